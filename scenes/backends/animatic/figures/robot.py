"""The robot's head in head units, same frame as `face`: a tin case whose lamps still tell ten emotions."""

from __future__ import annotations

from scenes.backends.animatic.figure import Colour
from scenes.backends.animatic.figures.brush import Brush, smooth
from scenes.backends.animatic.figures.expression import Expression
from scenes.backends.animatic.figures.face import MOUTH
from scenes.backends.animatic.figures.look import Look, deeper, paler

_GLASS: Colour = (0.10, 0.13, 0.17)
_LAMP: Colour = (0.55, 0.95, 1.0)


def draw_robot(brush: Brush, look: Look, face: Expression) -> None:
    """Paint the robot's head with the expression on its screen."""
    tin = look.skin
    brush.bar([(-0.05, -0.46), (-0.08, -0.66)], 0.035, deeper(tin, 0.4))
    brush.oval(-0.08, -0.7, 0.06, 0.06, tin)
    if not brush.flat:
        brush.glow(-0.08, -0.7, 0.05, 0.05, (1.0, 0.45, 0.3))
    case = smooth([(-0.36, -0.42), (0.34, -0.44), (0.42, 0.0), (0.36, 0.44), (-0.32, 0.44), (-0.42, 0.0)], tension=9)
    brush.fill(case, tin, part=True)
    if brush.flat:
        return
    with brush.within(case):
        brush.haze(-0.46, 0.1, 0.34, 0.7, deeper(tin, 0.6), 0.8)
        brush.stroke([(0.0, -0.38), (0.28, -0.38)], 0.03, paler(tin, 0.6), 0.7)
    brush.oval(-0.35, 0.02, 0.09, 0.13, deeper(tin, 0.35))
    brush.oval(-0.36, 0.02, 0.05, 0.08, paler(tin, 0.2))
    screen = smooth([(-0.14, -0.24), (0.37, -0.26), (0.41, 0.0), (0.36, 0.2), (-0.14, 0.2), (-0.19, 0.0)], tension=9)
    brush.fill(screen, _GLASS)
    with brush.within(screen):
        for x, wide in ((0.02, 0.085), (0.27, 0.07)):
            _lamp(brush, face, x, wide)
    _grille(brush, face)


def _lamp(brush: Brush, face: Expression, x: float, wide: float) -> None:
    gx, gy = x + 0.03 * face.gaze_x, -0.02 + 0.05 * face.gaze_y
    tall = 0.1 * face.wide * (1 - 0.85 * face.lid) + 0.008
    brush.glow(gx, gy, wide * 1.5, tall + 0.05, _LAMP, 0.16)
    brush.glow(gx, gy, wide * (0.5 + 0.4 * face.wide), tall, _LAMP)
    if face.cheek > 0.1:
        brush.oval(gx, gy + tall * 1.2, wide * 1.5, tall * (0.5 + face.cheek), _GLASS)
    near = x < 0.2
    ends = (-face.outer, -face.inner) if near else (-face.inner, -face.outer)
    base = -0.17
    brush.stroke([(x - wide, base + ends[0]), (x + wide, base + ends[1])], 0.03, _LAMP, 0.85)


def _grille(brush: Brush, face: Expression) -> None:
    x, y = MOUTH
    half, drop = 0.15 * face.breadth, 0.022 + 0.075 * face.opening
    bend = 0.045 * face.curve
    hole = [
        (x - half, y + 0.045 - bend - 0.4 * drop),
        (x, y + 0.045 + bend - drop),
        (x + half, y + 0.045 - bend - 0.4 * drop),
    ]
    hole += [
        (x + half, y + 0.045 - bend + 0.4 * drop),
        (x, y + 0.045 + bend + drop),
        (x - half, y + 0.045 - bend + 0.4 * drop),
    ]
    brush.blob(hole, _GLASS)
    if face.opening > 0.08:
        brush.glow(x, y + 0.045 + bend, half * 0.7, drop * 0.45, _LAMP, 0.9)
