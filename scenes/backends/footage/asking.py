"""In what size and at what rate footage is handed over: the film's, or its own where more is done to it afterwards.

Frames are invented between the footage's own ones, and a subject is followed in the whole picture; both happen when
the take is conformed. Knows numbers only.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

from scenes.backend import ClipRequest
from scenes.retiming import invented_rate

if TYPE_CHECKING:
    from scenes.media import MediaInfo

_ALIKE = Fraction(1, 100)
"""Relative difference of two aspects under which there is nothing to follow."""


def asked(request: ClipRequest, info: MediaInfo) -> tuple[int, int, int, Fraction]:
    """Frames, width, height and rate of the plan for a request."""
    frames, rate = _timed(request, info)
    width, height = _sized(request, info)
    return frames, width, height, rate


def _timed(request: ClipRequest, info: MediaInfo) -> tuple[int, Fraction]:
    """The film's rate, or the footage's own where frames are invented between its frames."""
    aim = invented_rate(info.rate, request.rate, request.scene.post.interpolate) if info.rate else Fraction(0)
    if not aim:
        return request.frames, request.rate
    last = int((2 * request.frames - 1) * aim / (2 * request.rate))
    needed = int(last * info.rate / aim) + 1
    # One more, towards which the last frames move, if it is there.
    room = info.seconds and request.scene.clip_from + Fraction(needed + 1) / info.rate <= info.seconds
    return needed + int(bool(room)), info.rate


def _sized(request: ClipRequest, info: MediaInfo) -> tuple[int, int]:
    """The canvas's size, or the footage's own, no larger than covers the canvas."""
    scene, canvas = request.scene, (request.width, request.height)
    apart = abs(Fraction(info.width * canvas[1], info.height * canvas[0]) - 1)
    factor = max(Fraction(canvas[0], info.width), Fraction(canvas[1], info.height))
    follows = scene.reframe == "track" and apart > _ALIKE
    if not follows and (scene.post.upscale == 1 or factor <= 1):
        return canvas
    width, height = (2 * math.ceil(side * min(factor, Fraction(1)) / 2) for side in (info.width, info.height))
    return width, height
