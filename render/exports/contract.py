"""The contract of an exporter, found by entry point `workprint.exports`: one cut of a film into one file.

Knows no format.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from render.exports.cut import Edit
from storyboard.film import Film


@dataclass(frozen=True, slots=True)
class Exported:
    """What an exporter wrote, and what a person should know of it."""

    path: Path
    notes: tuple[str, ...] = ()


class Exporter(Protocol):
    """Writes a cut in one format."""

    name: str
    title: str
    """What people call the format."""
    suffix: str
    needs_media: bool
    """Whether takes and stems have to lie beside what is written; else words are enough."""

    def export(self, edit: Edit, film: Film, target: Path) -> tuple[str, ...]:
        """Write `edit` to `target`, whose folder is there; gives notes. Media is named relative to that folder.

        Raises MissingError where a library is not installed, and OSError as the disk does.
        """
