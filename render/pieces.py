"""The pieces that a film is joined from: a scene's body and the transitions, each a small closed file.

Both are cut from the source take, never from a delivered encode, and all pieces of a cut share one encoder profile.
Step functions; they know nothing of the film's order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from projects.steps import Artifact, Work
from render.captions import Span
from render.flashing import Light
from render.identity import picture_identity
from render.watching import is_dark, planes_of, planes_of_frame, runs
from scenes.frames import I420, EncoderProfile, write_film
from scenes.takes import take_frames, take_pictures
from storyboard.errors import InterruptedRender
from storyboard.film import Treatment

if TYPE_CHECKING:
    import av
    import numpy as np
    from numpy.typing import NDArray

Picture = TypeVar("Picture")


@cache
def identity(*, burned: bool) -> str:
    """What else changes a coded piece: the coder's versions and, under captions, those of the letters."""
    from scenes.lettering import lettering_identity

    letters = f"; {lettering_identity()}" if burned else ""
    return f"pieces/3 {picture_identity()}{letters}"


@dataclass(frozen=True, slots=True)
class BodyRequest:
    """Frames `first` to `last` (exclusive) of the input `take`, with captions counted from `first`."""

    first: int
    last: int
    width: int
    height: int
    rate: Fraction
    profile: EncoderProfile
    captions: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class JoinRequest:
    """`frames` frames on the way from frame `tail` of the input `before` to frame `head` of the input `after`.

    Where an input is missing, black (or the fade's own colour) stands in for it: the film's opening and its ending.
    The picture of a `matte` is the file `matte`. With `treatments` (one) the author's effect makes the frames, and its
    code, if it is his own, is the file that the treatment names.
    """

    kind: str
    option: str
    tail: int
    head: int
    frames: int
    width: int
    height: int
    rate: Fraction
    profile: EncoderProfile
    captions: tuple[Span, ...] = ()
    linear: bool = False
    softness: float = 0.1
    treatments: tuple[Treatment, ...] = ()


def make_body(request: BodyRequest, work: Work, out: Path) -> dict[str, Any]:
    """Encode the untouched frames of a take.

    Facts: `frames`; `dark`, the runs [first, last) of black ones; `flashing`, how its light changes (see `Light`); and
    `notes`, where its decoder had to mend the take.
    """
    take = work.inputs["take"]
    count = request.last - request.first
    if request.captions:
        return _coded(take_pictures(take, request.first, request.last), count, request, work, out)
    mended: list[int] = []
    # Without captions nothing looks at the samples, so none has to be copied between the decoder and the encoder.
    frames = _mended(take_frames(take, request.first, request.last), mended)
    dark: list[bool] = []
    light = Light()
    shown = _watched(frames, planes_of_frame, count, work, dark, light)
    written = write_film(out, shown, request.width, request.height, request.rate, request.profile)
    notes = [f"{len(mended)} frames are damaged and were mended as far as can be"] if mended else []
    return {"frames": written, "dark": runs(dark), "flashing": light.facts(), "notes": notes}


def make_join(request: JoinRequest, work: Work, out: Path) -> dict[str, Any]:
    """Blend and encode the frames of one transition. Facts: as those of a body."""
    return _coded(blended(request, work), request.frames, request, work, out)


def _coded(
    pictures: Iterator[I420], count: int, request: BodyRequest | JoinRequest, work: Work, out: Path
) -> dict[str, Any]:
    """Encode the `count` pictures of a piece under its captions, and tell what was seen on the way."""
    dark: list[bool] = []
    light = Light()
    if request.captions:
        from render.burn import burned

        pictures = burned(pictures, request.captions, request.width, request.height)
    shown = _watched(pictures, planes_of, count, work, dark, light)
    written = write_film(out, shown, request.width, request.height, request.rate, request.profile)
    return {"frames": written, "dark": runs(dark), "flashing": light.facts(), "notes": []}


def _mended(frames: Iterator[av.VideoFrame], found: list[int]) -> Iterator[av.VideoFrame]:
    """The same frames, with the numbers of those noted that the decoder could not read whole."""
    for number, frame in enumerate(frames):
        if frame.is_corrupt:
            found.append(number)
        yield frame


def blended(request: JoinRequest, work: Work) -> Iterator[I420]:
    """The frames of a transition; the first is one step away from the old picture, the last one step before the new."""
    from render.transition import Way, chosen, transition

    colour = request.option if request.option.startswith("#") else "#000000"
    shape = (request.height * 3 // 2, request.width)
    old = _side(work.inputs.get("before"), request.tail, request.frames, shape, colour)
    new = _side(work.inputs.get("after"), request.head, request.frames, shape, colour)
    if request.treatments:
        from scenes.treatments import compose

        yield from compose(old, new, request.treatments[0], request.rate, request.frames, work.files)
        return
    kind = transition(way_of(request.kind, *(side for side in ("before", "after") if side in work.inputs)))
    way = Way(
        option=chosen(kind, request.option) if kind.name == request.kind else "",
        linear=request.linear,
        matte=_matte(request, work),
        softness=request.softness,
        step=1 / (request.frames + 1),
    )
    for number, (tail, head) in enumerate(zip(old, new, strict=True)):
        yield kind.blend(tail, head, (number + 1) * way.step, way)


def _matte(request: JoinRequest, work: Work) -> NDArray[np.float32] | None:
    """The author's picture that a transition follows, if it has one."""
    # Imported here, for a plan reads this module and needs no painter.
    from render.transitions.matte import field_of
    from scenes.stills import open_still

    path = work.files.get("matte")
    return field_of(open_still(path, path.name).picture, request.width, request.height) if path else None


def way_of(kind: str, *sides: str) -> str:
    """The transition that makes a join of that kind, given the sides that have a picture.

    With nothing on one side a fade has no way through its colour: it comes from it or goes to it.
    """
    return "crossfade" if kind == "fade" and len(list(filter(None, sides))) < 2 else kind


def _side(take: Artifact | None, first: int, count: int, shape: tuple[int, int], colour: str) -> Iterator[I420]:
    """The frames of one side of a transition."""
    from render.transition import solid

    if take is None:
        still = solid(shape, colour)
        return iter([still] * count)
    return take_pictures(take, first, first + count)


def _watched(
    pictures: Iterator[Picture],
    planes: Callable[[Picture], tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.uint8]]],
    count: int,
    work: Work,
    dark: list[bool],
    light: Light,
) -> Iterator[Picture]:
    """The same pictures, with progress told, cancelling heard, noted in `dark` which are black, and seen by `light`."""
    for number, picture in enumerate(pictures):
        if work.cancelled():
            raise InterruptedRender("stopped while encoding a piece")
        seen = planes(picture)
        dark.append(is_dark(seen[0]))
        light.see(*seen)
        yield picture
        work.progress((number + 1) / count)
