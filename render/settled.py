"""Levels of soundtracks that were reckoned before, kept from run to run in one small file.

The same evidence always gives the same level, so an answer that is known needs no reckoning, and no numpy. Losing the
file costs time and nothing else.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from projects.notebook import read_notebook, write_notebook
from render.chunks import Level

_KEPT = 64
"""Levels that are remembered: some drafts, cuts and scenes by themselves, and the way back from a few changes."""


class Settled:
    """Levels by what they were reckoned from, kept in a JSON file, or only in memory."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._known = read_notebook(path)

    def recall(self, evidence: Sequence[str | float]) -> Level | None:
        """The level that was reckoned from this evidence before."""
        match self._known.get(_key(evidence)):
            case [float() | int() as gain, bool() as heard, float() | int() as foreseen]:
                return Level(float(gain), exact=True, heard=heard, foreseen=float(foreseen))
        return None

    def note(self, evidence: Sequence[str | float], level: Level) -> None:
        """Remember an exact level; a file that cannot be written is only slower, not wrong."""
        self._known[_key(evidence)] = [level.gain_db, level.heard, level.foreseen]
        self._known = dict(list(self._known.items())[-_KEPT:])
        if self._path is not None and self._path.parent.is_dir():
            write_notebook(self._path, self._known)


def _key(evidence: Sequence[str | float]) -> str:
    return hashlib.sha256(json.dumps(list(evidence)).encode()).hexdigest()
