"""Fountain: the film as a screenplay again. Needs no pictures."""

from __future__ import annotations

from pathlib import Path

from render.exports.cut import Edit
from storyboard.film import Film
from storyboard.scripts.fountain_writer import fountain_text


class Fountain:
    """A screenplay."""

    name = "fountain"
    title = "Fountain screenplay"
    suffix = ".fountain"
    needs_media = False

    def export(self, edit: Edit, film: Film, target: Path) -> tuple[str, ...]:
        """Write the script."""
        del edit
        target.write_text(fountain_text(film), encoding="utf-8")
        return ()
