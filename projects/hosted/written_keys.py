"""Keys that stand in a project's own files, where everybody who gets the film would find them.

Looks for the keys that are at hand, in small files of text. Knows no service.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from projects.hosted.errors import AuthError
from projects.hosted.keys import known_keys

_TEXTS = frozenset({".yaml", ".yml", ".json", ".jsonl", ".txt", ".md", ".toml", ".ini", ".cfg", ".env", ".py", ".csv"})
_NOT_LOOKED_AT = frozenset({".git", ".workprint", "out", "node_modules"})
_LARGEST, _MOST_FILES = 1_000_000, 2_000
_SHORTEST = 12
"""Characters of a key below which it could be an ordinary word."""


def refuse_written_keys(project: Path) -> None:
    """Raise AuthError where a key that is at hand also stands in a file of the project."""
    known = [key for key in known_keys() if len(key) >= _SHORTEST]
    for path in _texts(project) if known else ():
        with suppress(OSError):
            text = path.read_text(encoding="utf-8", errors="replace")
            if any(key in text for key in known):
                raise AuthError(
                    f"the key of a service is written in the project's file {path.relative_to(project).as_posix()}",
                    "Take it out, and make a new one at the service: keys stay in the environment or the keyring.",
                )


def _texts(project: Path) -> Iterator[Path]:
    """The project's own small files of text, a bounded number of them."""
    looked = 0
    for folder, inner, names in os.walk(project):
        inner[:] = sorted(name for name in inner if name not in _NOT_LOOKED_AT)
        for name in sorted(names):
            path = Path(folder) / name
            if path.suffix.lower() not in _TEXTS and not name.startswith(".env"):
                continue
            with suppress(OSError):
                if path.stat().st_size <= _LARGEST:
                    looked += 1
                    yield path
            if looked >= _MOST_FILES:
                return
