"""EDL in the CMX 3600 form: the picture track with cuts and dissolves, by the library's adapter.

The form knows neither sound stems nor markers of its own, and black only as a comment: what is left out is told.
"""

from __future__ import annotations

import re
from pathlib import Path

from render.exports.cut import Edit
from render.exports.otio import library, timeline_of
from storyboard.film import Film

MOST = 999
"""Events that an EDL can number."""


class Edl:
    """CMX 3600."""

    name = "edl"
    title = "EDL (CMX 3600)"
    suffix = ".edl"
    needs_media = True

    def export(self, edit: Edit, film: Film, target: Path) -> tuple[str, ...]:
        """Write the list; gives what it cannot hold."""
        del film
        otio = library()
        timeline = timeline_of(edit, sound=False)
        picture = timeline.tracks[0]
        notes = ["sound stems are not in the EDL; lay them at its first frame"] if edit.stems else []
        ends = [place for place in (0, len(picture) - 1) if isinstance(picture[place], otio.schema.Transition)]
        notes += [f"the {picture[place].name} at the {'end' if place else 'start'} is not in the EDL" for place in ends]
        kept = [one for place, one in enumerate(picture) if place not in ends]
        del picture[:]
        picture.extend(kept)
        for number, clip in enumerate(timeline.find_clips(), 1):
            # Eight signs of a long name may be those of another one.
            clip.metadata["cmx_3600"] = {"reel": f"S{number:04}"}
        if len(edit.clips) > MOST:
            notes.append(f"the EDL has {len(edit.clips)} events; many programs read {MOST}")
        text = otio.adapters.write_to_string(timeline, "cmx_3600", rate=float(edit.rate), style="avid")
        target.write_text(_dated(text), encoding="utf-8", newline="\r\n")
        return tuple(notes)


def _dated(text: str) -> str:
    """The text with how its timecode counts, which the form asks for."""
    head, _, rest = text.partition("\n")
    counted = "DROP FRAME" if re.search(r"\d\d:\d\d:\d\d;\d\d", rest) else "NON-DROP FRAME"
    return f"{head}\nFCM: {counted}\n{rest}"
