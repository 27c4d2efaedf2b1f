"""Keys of services that somebody has written into a storyboard, where everybody who gets the film would find them.

Looks at the form of words only; never repeats what it has found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from storyboard.errors import Diagnostic
from storyboard.node import Node

_CODE = "E163"
_NAMES = re.compile(
    r"(api|access|secret|auth|private)[-_ ]?(key|token)|secret|password|passwd|authorization|bearer|credentials?",
    re.IGNORECASE,
)
"""Names of keys under which nothing else than a secret stands."""

_VALUES = re.compile(
    r"\bkey_[0-9a-f]{64,}"
    r"|\bsk[-_][A-Za-z0-9_-]{20,}"
    r"|\bAIza[0-9A-Za-z_-]{30,}"
    r"|\bya29\.[\w-]{20,}"
    r"|\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}:[0-9a-f]{20,}"
    r"|\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----"
)
"""The forms in which services give out their keys."""

_HINT = (
    "take it out, and make a new key at the service: this one may have been seen; "
    "keys belong in the environment or in the system's keyring"
)


def secrets(root: Node) -> Iterator[Diagnostic]:
    """Every place at which a key of a service, or something that can be nothing else, is written."""
    value = root.value
    if isinstance(value, dict):
        for name, entry in value.items():
            at = entry.key
            if _NAMES.fullmatch(name):
                yield Diagnostic(at.path, at.line, at.column, _CODE, f"`{name}` is no place for a secret", _HINT)
            elif _VALUES.search(name):
                yield _found(at)
            else:
                yield from secrets(entry.value)
    elif isinstance(value, list):
        for item in value:
            yield from secrets(item)
    elif isinstance(value, str) and _VALUES.search(value):
        yield _found(root)


def _found(at: Node) -> Diagnostic:
    return Diagnostic(at.path, at.line, at.column, _CODE, "this looks like the key of a service", _HINT)
