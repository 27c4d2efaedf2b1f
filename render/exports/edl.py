"""EDL in the CMX 3600 form: the picture track with cuts and dissolves, by the library's adapter.

Counts from 01:00:00:00, as editors lay their sequences; scenes and lines are locators (`* LOC`). The form knows neither
sound stems nor black at the film's ends: what is left out is told.
"""

from __future__ import annotations

import re
from pathlib import Path

from render.exports.cut import Edit, Marker
from render.exports.otio import library, timeline_of
from storyboard.film import Film

_EVENT = re.compile(r"^(\d{3,} .*\d\d:\d\d:\d\d[:;]\d\d )00(:\S+ )00(:\S+)\s*$")
_COLOURS = {"scene": "GREEN", "line": "CYAN"}
_LONGEST = 60
"""Signs of a locator's words that programs read."""

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
        target.write_text(_located(_dated(text), edit), encoding="utf-8", newline="\r\n")
        return tuple(notes)


def _dated(text: str) -> str:
    """The text with how its timecode counts, which the form asks for."""
    head, _, rest = text.partition("\n")
    counted = "DROP FRAME" if re.search(r"\d\d:\d\d:\d\d;\d\d", rest) else "NON-DROP FRAME"
    return f"{head}\nFCM: {counted}\n{rest}"


def _located(text: str, edit: Edit) -> str:
    """The list an hour later, with a locator for each marker below the event that it falls into."""
    lines: list[str] = []
    left = sorted(edit.markers, key=lambda marker: marker.at)
    ends = {number: clip.end for number, clip in enumerate(edit.clips, 1)}
    event = 0
    for line in (*text.splitlines(), None):
        begins = re.match(r"(\d{3,}) ", line) if line is not None else None
        if line is None or (begins and int(begins[1]) != event):
            while (
                left and event and left[0].at < (ends.get(event, edit.frames) if line is not None else edit.frames + 1)
            ):
                lines.append(_locator(left.pop(0), edit))
            event = int(begins[1]) if begins else event
        if line is not None:
            # An hour holds as many frames whether some are dropped or not: only its number changes.
            lines.append(_EVENT.sub(r"\g<1>01\g<2>01\g<3>", line))
    return "\n".join(lines) + "\n"


def _locator(marker: Marker, edit: Edit) -> str:
    time = library().opentime
    at = time.to_timecode(time.RationalTime(marker.at, float(edit.rate)), float(edit.rate))
    words = " ".join(marker.name.split())[:_LONGEST]
    return f"* LOC: 01{at[2:]} {_COLOURS[marker.kind]:7} {words}"
