"""A run of footage brought to a film's canvas: which frame is on show when, and how it fills the picture.

Frames are chosen by their times, so that variable rates stay in step; none is blended.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from scenes.backend import ClipPlan, ClipRequest, Frame, Refusal
from scenes.backends.footage.developing import develop, see_that_it_fits, taken_over, turn_told
from scenes.backends.footage.reading import Reel, Timed, frames_from
from storyboard.errors import InterruptedRender

if TYPE_CHECKING:
    from scenes.media import MediaInfo
    from scenes.turning import Turn

_LONGEST_GAP = Fraction(1, 4)
"""Seconds of damaged pictures over which the picture before them may stand."""


def fitted(
    request: ClipRequest,
    plan: ClipPlan,
    reel: Reel,
    info: MediaInfo,
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> Iterator[Frame]:
    """Yield the frames of the plan, RGB or (where nothing has to be changed) I420.

    Raises Refusal where the footage ends or is damaged before the scene ends.
    """
    from scenes.conform import as_rgb
    from scenes.lettering import lettered, lettering_notes, on_at, words_of

    words, whole = words_of(request.scene), plan.frames / float(plan.rate)
    for note in lettering_notes(words, plan.width, plan.height, whole):
        reel.note(note)
    shaped = _shaper(request, plan, reel, info)
    kept: tuple[Fraction, Frame] | None = None
    for place, timed in enumerate(_on_show(request, plan, reel)):
        if cancelled():
            raise InterruptedRender("stopped while footage was being read", "run again; it goes on from here")
        if kept is None or kept[0] != timed.start:
            kept = (timed.start, shaped(timed.frame))
        progress((place + 1) / plan.frames)
        now = place / float(plan.rate)
        yield lettered(as_rgb(kept[1]), words, now, whole) if on_at(words, now, whole) else kept[1]


def too_short(request: ClipRequest, there: Fraction, torn: bool = False) -> Refusal:
    """The refusal of footage that ends, or is whole only up to `there`, before the scene does."""
    scene, length = request.scene, float(request.frames / request.rate)
    left = max(float(there - scene.clip_from), 0.0)
    start = f" from {float(scene.clip_from):.2f} s on" if scene.clip_from else ""
    has = f"is whole for only {left:.2f} s" if torn else f"has {left:.2f} s"
    other = ", or export the file again" if torn else ""
    return Refusal(
        f"scene '{scene.id}': {scene.clip} {has}{start}, but the scene needs {length:.2f} s",
        f"write `length: clip`, make the scene {left:.2f} s or shorter, or let it start earlier in the footage{other}",
    )


def _on_show(request: ClipRequest, plan: ClipPlan, reel: Reel) -> Iterator[Timed]:
    """Yield, for each frame of the plan, the footage's frame on show at the middle of its time."""
    start = request.scene.clip_from
    source = frames_from(reel, start)
    here, there = next(source, None), next(source, None)
    for place in range(plan.frames):
        due = start + Fraction(2 * place + 1, 2) / plan.rate
        while there is not None and there.start <= due:
            here, there = there, next(source, None)
        if here is None or (there is None and due >= here.end):
            raise too_short(request, here.end if here else start, reel.torn)
        if there is not None and there.after_damage and due > here.end + _LONGEST_GAP:
            raise _damaged(request, here.end, there.start)
        yield here


def _damaged(request: ClipRequest, first: Fraction, last: Fraction) -> Refusal:
    """The refusal of footage that cannot be read in the middle of the scene."""
    scene = request.scene
    return Refusal(
        f"scene '{scene.id}': {scene.clip} is damaged from {float(first):.2f} to {float(last):.2f} s",
        f"export the file again, or let the scene start behind the damage (`from: {float(last):.2f}s` of the clip)",
    )


def _shaper(request: ClipRequest, plan: ClipPlan, reel: Reel, info: MediaInfo) -> Callable[[Any], Frame]:
    """What makes a picture of the canvas's size of a decoded frame."""
    from av.video.reformatter import VideoReformatter

    from scenes.conform import Reframe, reshape
    from scenes.gate import Gate, Opening

    scene, size, pixel = request.scene, (plan.width, plan.height), info.sample_aspect
    # A plan of the footage's own size is cropped when it is conformed.
    own = size != (request.width, request.height)
    mode: Reframe = "crop" if own or scene.reframe == "track" else scene.reframe
    opening = Opening(*size, mode, scene.focus)
    converter, gate = VideoReformatter(), Gate()

    turn: Turn | None = None

    def shape(frame: Any) -> Frame:
        nonlocal turn
        turn = turn or turn_told(frame, reel.name, reel.note)
        see_that_it_fits(frame, reel.name)
        straight = taken_over(frame, turn, pixel, opening, gate, reel.name, reel.note)
        if straight is not None:
            return straight
        picture = develop(frame, turn, pixel, converter, reel.name, reel.note)
        return reshape(picture, *size, mode, scene.focus)

    return shape
