"""Effects that the author chose for finished pictures: MoviePy's, or functions of his own, on takes and in transitions.

The house keeps reading, colour, count and size in its own hands; an effect only ever sees RGB pictures. Knows neither
the scene nor the film. An author's own code is run here, but never without the consent that `trouble` asks for.
"""

from __future__ import annotations

import platform
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from projects.steps import Work
from scenes import moviepy_door
from scenes.backend import Frame
from scenes.frames import I420, TAKE_PROFILE, i420_to_rgb, rgb_to_i420, write_film
from storyboard.errors import InterruptedRender, RenderError
from storyboard.film import Treatment
from storyboard.treatments import code_of

if TYPE_CHECKING:
    from scenes.reels import Pictures, Run

VERSION = 1
"""Raised whenever an effect may be shown other pictures, or its pictures may be taken otherwise."""

CONSENT = "--allow-code"


@dataclass(frozen=True, slots=True)
class TreatedRequest:
    """What is done to the input `take`, in order; the author's code comes as files named as the treatments name them.

    `frames`, `width`, `height` and `rate` are the take's own, and the treated take's too.
    """

    treatments: tuple[Treatment, ...]
    frames: int
    width: int
    height: int
    rate: Fraction


def make_treated(request: TreatedRequest, work: Work, out: Path) -> dict[str, Any]:
    """Write the take again (`TAKE_PROFILE`) with its effects; gives the take's facts and `effects`, their names.

    Raises RenderError for an effect that fails, names what it does not take, or leaves too little of the take;
    MissingError where MoviePy is not there; InterruptedRender when the user stops.
    """
    from scenes.reels import Run, of_take

    take = work.inputs["take"]
    run = Run(request.frames, request.width, request.height, request.rate)
    treated = treat(of_take(take, run.frames), run, request.treatments, work.files)
    written = write_film(
        out, _watched(treated, run.frames, work), request.width, request.height, request.rate, TAKE_PROFILE
    )
    if written != request.frames:
        raise RenderError(f"the treated take has {written} frames where {request.frames} were due")
    # What is written here is of the canvas's size, whatever the take was.
    facts = {name: fact for name, fact in take.facts.items() if name != "window"}
    return {**facts, "effects": [treatment.name for treatment in request.treatments]}


def treat(pictures: Pictures, run: Run, treatments: Sequence[Treatment], files: Mapping[str, Path]) -> Iterator[Frame]:
    """Yield exactly `run.frames` RGB frames of the run's size: the pictures with every treatment, in order.

    `files` holds the author's code by project-relative name. Effects of MoviePy that stand together are one clip of
    MoviePy's, so that one may lengthen what the next one shortens.
    """
    shown = pictures
    for source, group in groupby(treatments, key=lambda treatment: treatment.source):
        several = tuple(group)
        if source == "moviepy":
            shown = moviepy_door.treated(shown, run, several)
        else:
            for treatment in several:
                shown = _by_author(shown, run, treatment, files)
    return (shown(number) for number in range(run.frames))


def compose(
    tail: Iterable[I420],
    head: Iterable[I420],
    treatment: Treatment,
    rate: Fraction,
    frames: int,
    files: Mapping[str, Path],
) -> Iterator[I420]:
    """Yield the `frames` pictures of a transition from `tail` to `head`, both `frames` long, as 4:2:0 in BT.709.

    MoviePy lays `head`, with the effect, over `tail` (an effect whose name ends in `Out` is the tail's, over the
    head); `duration` is the transition's where the author gives none. An author's function gets both pictures as RGB
    and the progress, which is one step from 0 at the first picture and one step from 1 at the last.
    """
    from scenes.reels import kept

    if treatment.source == "moviepy":
        pictures = moviepy_door.composed(kept(tail), kept(head), treatment, rate, frames)
    else:
        pictures = _crossed_by_author(tail, head, treatment, frames, files)
    return (rgb_to_i420(picture) for picture in pictures)


def trouble(treatments: Iterable[Treatment], *, allow_code: bool) -> str:
    """Say what stands in the way of these effects and how to mend it, "" where nothing does.

    Runs nothing and imports neither MoviePy nor the author's code. `allow_code` is the person's consent to run code
    of the project; without it every function of the author's stands in the way.
    """
    told = []
    for treatment in treatments:
        if treatment.source == "moviepy":
            told.append(moviepy_door.trouble(treatment.name))
        elif not allow_code:
            told.append(
                f"{treatment.name} is code of this project, and it has not been allowed to run "
                f"(read {code_of(treatment)[0]}; if you trust it, add {CONSENT})"
            )
    return "; ".join(dict.fromkeys(filter(None, told)))


def treated_identity(treatments: Iterable[Treatment]) -> str:
    """Versions of what computes these effects, for fingerprints; "" where there are none."""
    sources = {treatment.source for treatment in treatments}
    parts = [f"treatments/{VERSION}, numpy {version('numpy')}"] if sources else []
    if "moviepy" in sources:
        parts.append(moviepy_door.identity())
    if "python" in sources:
        parts.append(f"python {'.'.join(platform.python_version_tuple()[:2])}")
    return ", ".join(parts)


def _by_author(pictures: Pictures, run: Run, treatment: Treatment, files: Mapping[str, Path]) -> Pictures:
    """The pictures, each given to a function of the author's with its time in seconds."""
    from scenes.authored_code import load_function, retouch

    function = load_function(treatment, files)
    return lambda number: retouch(function, pictures(number), float(number / run.rate))


def _crossed_by_author(
    tail: Iterable[I420], head: Iterable[I420], treatment: Treatment, frames: int, files: Mapping[str, Path]
) -> Iterator[Frame]:
    from scenes.authored_code import cross, load_function

    function = load_function(treatment, files)
    for number, (old, new) in enumerate(zip(tail, head, strict=True)):
        yield cross(function, i420_to_rgb(old), i420_to_rgb(new), (number + 1) / (frames + 1))


def _watched(pictures: Iterator[Frame], count: int, work: Work) -> Iterator[Frame]:
    """The same pictures, with progress told and cancelling heard."""
    for number, picture in enumerate(pictures):
        if work.cancelled():
            raise InterruptedRender("stopped while effects were being added", "run again; it goes on from here")
        yield picture
        work.progress((number + 1) / count)
