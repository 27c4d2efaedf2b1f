"""Cuts to export, from storyboards that are only laid out, and what a reader of an export finds in it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from render.exports.cut import Edit, Stem, edit_of
from render.timeline import build_timeline
from storyboard.film import Film
from storyboard.load import read
from storyboard.schedule import schedule

RATES = ("24", "25", "29.97", "23.976", "30")
WAYS = ("", "crossfade 0.5s", "crossfade 0.21s", "wipe left 0.3s", "fade black 0.4s", "cut", "zoom in 0.25s")


@dataclass(frozen=True)
class Seen:
    """A clip as a reader finds it: name, frame of the film, frame of the take, frames."""

    name: str
    start: int
    first: int
    frames: int


def film_of(text: str) -> Film:
    """The film of a storyboard."""
    film = read(text, "storyboard.yaml").film
    assert film is not None
    return film


def laid_out(film: Film, *, sound: bool = True) -> Edit:
    """The cut of a film nothing of which is made."""
    timeline = build_timeline(film, schedule(film))
    media = {scene.id: Path("media") / f"{scene.id}.mp4" for scene in film.scenes}
    about = {scene.id: {"scene": scene.id, "sha256": "0" * 64} for scene in film.scenes}
    stems = [Stem(name, Path("media") / f"{name}.wav") for name in ("dialogue", "music", "effects")] if sound else []
    return edit_of(film, timeline, (1280, 720), media, about, stems)


@st.composite
def films(draw: st.DrawFn) -> Film:
    """A film of up to seven scenes of any length and with any transitions, with odd names."""
    rate = draw(st.sampled_from(RATES))
    opening = draw(st.sampled_from(["cut", "fade black 0.5s"]))
    parts = [f"workprint: 1\ntitle: 'Eine & <Ände> «ё»'\nfps: {rate}\nopening: {opening}\nscenes:"]
    count = draw(st.integers(1, 7))
    for number in range(count):
        hundredths = draw(st.integers(120, 700))
        way = draw(st.sampled_from(WAYS))
        last = number == count - 1
        if last:
            way = draw(st.sampled_from(["", "fade black 0.5s"]))
        parts.append(f'  - id: сцена-{number}\n    length: {hundredths / 100}s\n    prompt: a <wood> & "more"')
        if way:
            parts.append(f"    transition: {way}")
    return film_of("\n".join(parts) + "\n")


def wanted(edit: Edit) -> list[Seen]:
    """What every reader has to find."""
    return [Seen(one.scene, one.start, one.first, one.frames) for one in edit.clips]


def found(track: Any, rate: Fraction) -> list[Seen]:
    """The clips of a track that a library has read."""
    import opentimelineio as otio

    clips = [one for one in track if isinstance(one, otio.schema.Clip)]
    return [
        Seen(
            one.name,
            _frames(one.range_in_parent().start_time, rate),
            _frames(one.source_range.start_time, rate),
            _frames(one.source_range.duration, rate),
        )
        for one in clips
    ]


def passages(track: Any, rate: Fraction) -> list[tuple[int, int]]:
    """How far each transition of a track reaches before and behind its edge, in frames."""
    import opentimelineio as otio

    ways = [one for one in track if isinstance(one, otio.schema.Transition)]
    return [(_frames(one.in_offset, rate), _frames(one.out_offset, rate)) for one in ways]


def _frames(time: Any, rate: Fraction) -> int:
    frames: float = time.value * float(rate) / time.rate
    assert abs(frames - round(frames)) < 0.02, (time, rate)
    return round(frames)
