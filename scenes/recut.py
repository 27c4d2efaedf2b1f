"""The step that cuts a take for another shape out of the take that a model made: one clip, paid for once, in all cuts.

Knows one scene only, and neither who made it nor how.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from projects.steps import Json, Work
from scenes.backend import Frame
from scenes.conform import Canvas, Reframe, conform
from scenes.frames import TAKE_PROFILE, i420_to_rgb, write_film
from scenes.takes import take_pictures
from storyboard.errors import InterruptedRender, RenderError


@dataclass(frozen=True, slots=True)
class RecutRequest:
    """The shape that is wanted of the step's input `take`, and what of its picture must stay in sight."""

    frames: int
    rate: Fraction
    width: int
    height: int
    reframe: Reframe
    focus: tuple[float, float]


def make_recut(request: RecutRequest, work: Work, out: Path) -> Json:
    """Write the take in its other shape to `out` (as a take is); the facts are the take's, with the new size.

    Raises RenderError for a take of another length, InterruptedRender when the user stops.
    """
    take = work.inputs["take"]
    canvas = Canvas(request.width, request.height, request.rate, request.frames, request.reframe, request.focus)

    def read() -> Iterator[Frame]:
        for number, picture in enumerate(take_pictures(take)):
            if work.cancelled():
                raise InterruptedRender("stopped while a take was being cut", "run again; it goes on from here")
            work.progress(number / request.frames)
            yield i420_to_rgb(picture)

    count = write_film(
        out, conform(read(), request.rate, canvas), request.width, request.height, request.rate, TAKE_PROFILE
    )
    if count != request.frames:
        raise RenderError(f"the take has {count} frames where {request.frames} were due")
    kept = {name: fact for name, fact in take.facts.items() if name not in ("window", "sound")}
    return {**kept, "width": request.width, "height": request.height, "taken": "coded"}
