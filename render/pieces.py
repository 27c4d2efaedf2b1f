"""The pieces that a film is joined from: a scene's body and the transitions, each a small closed H.264 file.

Both are cut from the source take, never from a delivered encode, and all pieces of a cut share one encoder profile.
Step functions; they know nothing of the film's order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from projects.steps import Artifact, Work
from render.burn import burned
from render.captions import Span
from render.identity import picture_identity
from render.transition import solid, transition
from scenes.frames import I420, EncoderProfile, read_frames, write_film
from scenes.lettering import lettering_identity
from storyboard.errors import InterruptedRender

DELIVERY = EncoderProfile(crf=20, preset="veryfast", keyint=48)
"""Delivered picture: transparent to the eye at 720p, a key frame at least every two seconds."""

DRAFT = EncoderProfile(crf=26, preset="ultrafast", keyint=48)
"""For drafts: speed before size."""


@cache
def identity(*, burned: bool) -> str:
    """What else changes a coded piece: the coder's versions and, under captions, those of the letters."""
    letters = f"; {lettering_identity()}" if burned else ""
    return f"pieces/1 {picture_identity()}{letters}"


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


def make_body(request: BodyRequest, work: Work, out: Path) -> dict[str, Any]:
    """Encode the untouched frames of a take."""
    count = request.last - request.first
    pictures = read_frames(work.inputs["take"].path, request.first, request.last)
    written = write_film(
        out,
        _watched(burned(pictures, request.captions, request.width, request.height), count, work),
        request.width,
        request.height,
        request.rate,
        request.profile,
    )
    return {"frames": written}


def make_join(request: JoinRequest, work: Work, out: Path) -> dict[str, Any]:
    """Blend and encode the frames of one transition."""
    written = write_film(
        out,
        _watched(burned(blended(request, work), request.captions, request.width, request.height), request.frames, work),
        request.width,
        request.height,
        request.rate,
        request.profile,
    )
    return {"frames": written}


def blended(request: JoinRequest, work: Work) -> Iterator[I420]:
    """The frames of a transition; the first is one step away from the old picture, the last one step before the new."""
    colour = request.option if request.option.startswith("#") else "#000000"
    shape = (request.height * 3 // 2, request.width)
    way = transition(way_of(request.kind, *(side for side in ("before", "after") if side in work.inputs)))
    old = _side(work.inputs.get("before"), request.tail, request.frames, shape, colour)
    new = _side(work.inputs.get("after"), request.head, request.frames, shape, colour)
    for number, (tail, head) in enumerate(zip(old, new, strict=True)):
        yield way.blend(tail, head, (number + 1) / (request.frames + 1), request.option)


def way_of(kind: str, *sides: str) -> str:
    """The transition that makes a join of that kind, given the sides that have a picture.

    With nothing on one side a fade has no way through its colour: it comes from it or goes to it.
    """
    return "crossfade" if kind == "fade" and len(list(filter(None, sides))) < 2 else kind


def _side(take: Artifact | None, first: int, count: int, shape: tuple[int, int], colour: str) -> Iterator[I420]:
    """The frames of one side of a transition."""
    if take is None:
        still = solid(shape, colour)
        return iter([still] * count)
    return read_frames(take.path, first, first + count)


def _watched(pictures: Iterator[I420], count: int, work: Work) -> Iterator[I420]:
    """The same pictures, with progress told and cancelling heard."""
    for number, picture in enumerate(pictures):
        if work.cancelled():
            raise InterruptedRender("stopped while encoding a piece")
        yield picture
        work.progress((number + 1) / count)
