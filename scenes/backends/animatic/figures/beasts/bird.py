"""The bird: it hops, flaps, sings, cocks its head and ruffles its feathers.

Units: its own height is 1, x forward, y down, ground at 0.
"""

from __future__ import annotations

import math

from scenes.backends.animatic.figure import Colour, FigureState
from scenes.backends.animatic.figures.beasts.acting import BeastPose
from scenes.backends.animatic.figures.beasts.heads import INK
from scenes.backends.animatic.figures.brush import Brush
from scenes.backends.animatic.figures.expression import Expression
from scenes.backends.animatic.figures.look import Look, deeper, mix, paler
from scenes.backends.animatic.figures.places import Places

_BEAK: Colour = (0.93, 0.62, 0.2)


def draw_bird(brush: Brush, look: Look, state: FigureState, pose: BeastPose, face: Expression, walked: float) -> Places:
    """Paint the bird standing on (0, 0) of the brush's frame."""
    hop = abs(math.sin(math.pi * walked * 4)) * 0.25 if walked else 0.02 * max(0.0, math.sin(2.3 * state.t)) ** 8
    low = 0.26 * pose.hind + 0.12 * pose.fore + 0.22 * pose.lying
    stoop = 0.08 * math.sin(1.7 * state.t) + 0.35 * pose.fore - 0.5 * pose.rear + 0.3 * pose.lying
    if pose.lying < 0.5:
        _feet(brush, hop, low)
    with brush.at(0.0, -0.5 - hop + low, turn=stoop):
        tail = 0.16 * pose.tail
        brush.blob(
            [(-0.3, -0.04), (-0.78, 0.12 - 1.4 * tail), (-0.8, 0.22 - 1.4 * tail), (-0.25, 0.2)],
            brush.shaded(look.skin),
            part=True,
        )
        if pose.wing > 0.05:
            _wing(brush, look, 0.7 * pose.wing, near=False, state=state)
        fluff = 1.0 + 0.1 * pose.crest
        breast = [(0.3, -0.42), (0.42, -0.1), (0.25, 0.22), (-0.1, 0.28), (-0.38, 0.1), (-0.2, -0.2), (0.08, -0.45)]
        brush.blob([(x * fluff, y * fluff) for x, y in breast], look.skin, part=True)
        if not brush.flat:
            brush.blob([(0.36, -0.12), (0.26, 0.18), (0.0, 0.24), (0.14, 0.0)], paler(look.skin, 0.6))
        places = _head(brush, look, pose, face)
        _wing(brush, look, max(pose.wing, 0.3 * pose.lying), near=True, state=state)
    return places


def _feet(brush: Brush, hop: float, low: float) -> None:
    colour = deeper(_BEAK, 0.3)
    for x in (-0.06, 0.08):
        brush.bar([(x, -0.3 - hop + low), (x + 0.02, -0.02 - 0.6 * hop), (x + 0.12, -0.01 - 0.6 * hop)], 0.035, colour)


def _head(brush: Brush, look: Look, pose: BeastPose, face: Expression) -> Places:
    skin = look.skin
    at = (0.22 + 0.8 * pose.head[0], -0.32 + 0.8 * pose.head[1])
    with brush.at(*at, turn=0.85 * pose.nose - 0.55 * pose.cock):
        if pose.crest > 0.2:
            for k, x in enumerate((-0.1, -0.02, 0.06)):
                tip = (x - 0.1, -0.2 - (0.2 - 0.03 * k) * pose.crest)
                brush.poly([(x - 0.06, -0.14), tip, (x + 0.05, -0.16)], deeper(skin, 0.35) if not brush.flat else skin)
        gape = 0.1 * max(face.opening, 1.3 * pose.jaw)
        brush.poly([(0.12, -0.08), (0.44, 0.02 - gape), (0.14, 0.06)], _BEAK)
        brush.poly([(0.12, 0.02), (0.36, 0.06 + gape), (0.12, 0.12)], deeper(_BEAK, 0.25))
        brush.oval(0.0, 0.0, 0.21, 0.2, skin)
        if not brush.flat:
            _look(brush, look, face)
        return Places(brush.place(0.0, 0.0), brush.place(0.28, 0.04), brush.place(0.36, 0.06), None)


def _look(brush: Brush, look: Look, face: Expression) -> None:
    """Eye, brow, cheek and the corner of the beak."""
    if face.blush > 0.6:
        brush.oval(0.08, 0.08, 0.05, 0.04, mix(look.skin, (0.95, 0.35, 0.35), 0.7))
    if face.lid > 0.9:
        brush.stroke([(0.01, -0.03), (0.07, 0.0), (0.13, -0.03)], 0.022, INK)
    else:
        tall = 0.06 * face.wide * (1 - 0.75 * face.lid) * (1 - 0.5 * face.cheek) + 0.006
        brush.oval(0.07, -0.03, 0.062, tall, (0.97, 0.96, 0.93))
        brush.oval(0.08, -0.03 + 0.02 * face.gaze_y, 0.036 * face.pupil, tall * 0.7, INK)
    if abs(face.inner) >= 0.034:
        # a bird at peace has no brow
        brow = [(-0.01, -0.115 - 0.75 * face.outer), (0.15, -0.105 - 0.75 * face.inner)]
        brush.stroke(brow, 0.028, deeper(look.skin, 0.6))
    # the corner of the beak begins in the beak, so that it does not lie loose on the cheek
    lift = 0.05 * face.curve
    brush.stroke([(0.19, 0.055 - 0.5 * lift), (0.26, 0.05)], 0.018, deeper(_BEAK, 0.55))
    if face.tear:
        brush.oval(0.06, 0.07, 0.016, 0.028, (0.72, 0.88, 0.97), 0.9)


def _wing(brush: Brush, look: Look, up: float, near: bool, state: FigureState) -> None:
    flap = 0.12 * up * math.sin(11 * state.t)
    high = up + flap
    colour = look.skin if brush.flat else deeper(look.skin, 0.35 if near else 0.55)
    brush.blob(
        [
            (0.14, -0.1),
            (-0.06 - 0.1 * high, -0.12 - 0.34 * high),
            (-0.5 + 0.12 * high, 0.06 - 0.8 * high),
            (-0.26 - 0.02 * high, 0.16 - 0.34 * high),
            (0.06, 0.12 - 0.06 * high),
        ],
        colour,
        part=near,
    )
