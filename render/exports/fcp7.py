"""Final Cut Pro 7 XML (`xmeml`), which Premiere Pro and DaVinci Resolve read too, by the library's adapter."""

from __future__ import annotations

from pathlib import Path

from render.exports.cut import Edit
from render.exports.otio import library, timeline_of
from storyboard.film import Film


class Fcp7:
    """Final Cut Pro 7 XML."""

    name = "fcp7"
    title = "Final Cut Pro 7 XML"
    suffix = ".xml"
    needs_media = True

    def export(self, edit: Edit, film: Film, target: Path) -> tuple[str, ...]:
        """Write the sequence with its stems; media is named by whole addresses, as the form wants it."""
        del film
        timeline = timeline_of(edit, target.parent.resolve())
        target.write_text(library().adapters.write_to_string(timeline, "fcp_xml"), encoding="utf-8")
        return ("media is named by its whole path in this format: export anew after the folder was moved",)
