"""The zoom: the camera rushes into the old picture and arrives in the new one."""

from __future__ import annotations

from collections.abc import Sequence

from render.blending import dissolve, ease
from render.motion import exposure, filled, mixed, scaled, streaked
from render.transition import Way, planes
from scenes.frames import I420

DEPTH = 4.0
"""How many times larger things are at the end of the rush than at its beginning."""
HANDOVER = 0.1
"""The part of the way, on both sides of the middle, in which the old picture gives way."""
COARSE = 1.02
"""Growth within one exposure above which streaks hide that a quarter of the samples is taken."""


class Zoom:
    """The camera rushes into the old picture and comes out in the new one, with the streaks of its speed."""

    name = "zoom"
    detour = False

    def options(self) -> Sequence[str]:
        """Whether the camera rushes forwards or back."""
        return ("in", "out")

    def blend(self, tail: I420, head: I420, progress: float, way: Way) -> I420:
        """Both pictures grow (or shrink) alike; round the middle, where the blur hides it, one gives way."""
        begin, end = exposure(progress, way.step)
        # Streaks always grow out of the smaller picture, which a camera that moves back meets last.
        place = -end if way.option == "out" else begin
        ratio = DEPTH ** (end - begin)
        whole = 1 if way.option == "out" else -1
        share = ease(min(1.0, max(0.0, (progress - 0.5 + HANDOVER) / (2 * HANDOVER))))
        coarse = 2 if ratio > COARSE and not way.linear else 1
        old = scaled(tail, DEPTH**place, coarse) if share < 1 else []
        new = scaled(head, DEPTH ** (place + whole), coarse) if share > 0 else []
        if not (old and new):
            shown = old or new
        elif way.linear:
            shown = list(planes(dissolve(filled(old, tail.shape), filled(new, tail.shape), share, linear=True)))
        else:
            shown = mixed(old, new, share)
        return filled(streaked(shown, ratio), tail.shape)
