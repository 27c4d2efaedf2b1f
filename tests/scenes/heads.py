"""Where faces are in a clip, as the painter places them: people are painted alone, so that no scenery is needed."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from scenes.backend import ClipRequest
from scenes.backends.animatic.busts import Busts
from scenes.backends.animatic.camera import view_at
from scenes.backends.animatic.figures.face import MOUTH
from scenes.backends.animatic.figures.painting import BEASTS
from scenes.backends.animatic.painter import scheme_for
from scenes.backends.animatic.players import Placed, Players
from scenes.backends.animatic.playing import place_at
from scenes.backends.animatic.stage import peopled, stage_of

_HALF, _WIDE = 0.5, 0.42
"""Half the height and half the width of a face, in heads."""


@dataclass(frozen=True)
class Box:
    """A part of a frame, in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether two boxes have a part in common."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


@dataclass(frozen=True)
class Face:
    """A face at a frame, the top of its hat or hair, and whether its owner is on his way in, out or through."""

    who: str
    index: int
    box: Box
    crown: float
    passing: bool


def faces(request: ClipRequest, moments: int = 12) -> Iterator[Face]:
    """The faces of all people at some moments of a clip, the first and the last among them; animals have none."""
    stage, request = stage_of(request), peopled(request)
    light = scheme_for(stage).figure_light(1.0)
    busts = Busts(stage, request, light) if stage.close else None
    players = Players(stage, request, light)
    for moment in range(moments + 1):
        index = round(moment / moments * (stage.frames - 1))
        t, beat = index / float(request.rate), index / max(1, stage.frames - 1)
        view = view_at(stage.camera, beat, t)
        for track in stage.tracks:
            if players.looks[track.part].kind in BEASTS:
                continue
            _, leg, _ = place_at(track, beat, stage.seconds)
            if busts is not None:
                place = next((x, lift) for one, x, lift in busts.order(index) if one is track)
                one = busts.placed(view, track, place, index, t)
                rise = busts.measured(track).rise * busts.framing.size
            else:
                one = players.placed(view, track, index, t)
                rise = track.crown
            yield Face(track.who, index, _box(one), one.y - one.scale * rise, bool(leg.moving or leg.edge))


def _box(one: Placed) -> Box:
    """The box of a face: head and mouth say where it is and how large."""
    ax, ay = one.sprite.anchor
    (hx, hy), (mx, my) = (
        (one.x + one.scale * (x - ax), one.y + one.scale * (y - ay))
        for x, y in (one.sprite.points["head"], one.sprite.points["mouth"])
    )
    head = math.hypot(mx - hx, my - hy) / math.hypot(*MOUTH)
    return Box(hx - _WIDE * head, hy - _HALF * head, hx + _WIDE * head, hy + _HALF * head)
