"""Titles of a painted scene keep off the faces that the painter puts there: above them, or below.

Knows where heads are, and of words only how much room they take.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scenes.backends.animatic.busts import Busts
from scenes.backends.animatic.camera import placing, view_at
from scenes.backends.animatic.framing import head_of
from scenes.backends.animatic.playing import place_at
from scenes.backends.animatic.stage import Stage
from scenes.lettering import span_of, title_ink
from storyboard.film import Lettering
from storyboard.safe_area import SafeArea
from storyboard.safe_lettering import SafeLettering, safe_of

_MOMENTS = 8
_AIR = 0.02
"""What stays free between words and a head, in parts of the frame's height."""
_EDGE = 0.07
"""Margin above and below within which words stay, in parts of the frame's height."""
_ROOM = 0.2
"""How much of the frame's height a title needs at least: in less it would be too small to be one."""
_GENEROUS = 0.3
"""What a title above the heads is content with: words over feet come second."""


@dataclass(frozen=True, slots=True)
class _Head:
    """Where a head with its hat is, in pixels of the frame."""

    left: float
    top: float
    right: float
    bottom: float


def off_heads(words: Sequence[Lettering], stage: Stage, busts: Busts | None) -> tuple[Lettering, ...]:
    """The words of a scene, with titles that would lie over a head moved to where there is more room.

    A title stays in the middle where it lies over nobody, and where there is no room elsewhere.
    """
    return tuple(_moved(one, stage, busts) if one.kind == "title" and stage.tracks else one for one in words)


def _moved(title: Lettering, stage: Stage, busts: Busts | None) -> Lettering:
    layout, safe = stage.layout, safe_of(title)
    first, last = span_of(title, stage.seconds)
    heads = list(_close(busts) if busts is not None else _heads(stage, first, last))
    left, top, right, bottom = title_ink(title, layout.width, layout.height)
    if not any(one.left < right and left < one.right and one.top < bottom and top < one.bottom for one in heads):
        return title
    above = SafeArea(max(safe.top, _EDGE), safe.right, _share(min(one.top for one in heads), layout.height), safe.left)
    chin = max(one.bottom for one in heads) / layout.height + _AIR
    below = SafeArea(chin, safe.right, max(safe.bottom, _EDGE), safe.left)
    best = above if _height(above) >= _GENEROUS else max((above, below), key=_height)
    if _height(best) < _ROOM:
        return title
    return SafeLettering(title.kind, title.lines, title.first, title.length, title.automatic, title.sets_length, best)


def _share(top: float, height: int) -> float:
    """What is kept free at the foot of the picture by words that end above `top`."""
    return min(1.0, max(0.0, 1.0 - top / height + _AIR))


def _height(area: SafeArea) -> float:
    return 1.0 - area.top - area.bottom


def _heads(stage: Stage, first: float, last: float) -> Iterator[_Head]:
    """The heads of whole figures between two seconds of the scene."""
    for moment in range(_MOMENTS + 1):
        t = first + (last - first) * moment / _MOMENTS
        beat = min(1.0, t / stage.seconds) if stage.seconds else 0.0
        s, tx, ty = placing(view_at(stage.camera, beat, t), 1.0, stage.layout)
        for track in stage.tracks:
            x, leg, _ = place_at(track, beat, stage.seconds)
            left, right, top = head_of(track, x, leg)
            yield _Head(s * left + tx, s * top + ty, s * right + tx, s * (track.y - track.chin) + ty)


def _close(busts: Busts) -> Iterator[_Head]:
    """The heads of a close-up at rest."""
    height, size = busts.stage.layout.height, busts.framing.size
    for track, x, lift in busts.order(0):
        one = busts.measured(track)
        foot = height - lift
        yield _Head(x - one.left * size, foot - one.rise * size, x + one.right * size, foot - one.chin * size)
