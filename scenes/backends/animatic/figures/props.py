"""Things in hands, in body units about the palm: lantern, staff, umbrella and the rest."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from scenes.backends.animatic.figure import Colour
from scenes.backends.animatic.figures.brush import Brush, Point, smooth
from scenes.backends.animatic.figures.look import Look, deeper, mix, paler
from scenes.backends.animatic.figures.strokes import draw_strokes
from scenes.backends.animatic.things.drawing import Drawing, in_hand
from scenes.backends.animatic.things.room import PIECES

_IRON: Colour = (0.2, 0.17, 0.16)
_STEEL: Colour = (0.78, 0.82, 0.87)
_PAPER: Colour = (0.94, 0.91, 0.83)
_LOOSE = {"balloon": 0.22, "kite": 0.16, "flag": 0.05, "teapot": 0.08, "key": 0.1}
"""How far what hangs or flies turns with the swing, in radians."""
_LOAD = 0.17
"""Half the width of the largest thing that is carried in both arms, in body units."""

HELD_OUT = frozenset({
    "lantern", "staff", "umbrella", "book", "candle", "bouquet", "spear", "tray", "flask", "letter", "torch", "guitar",
    "clock", "telephone", "computer", "key", "gift", "cake", "teapot", "cup", "ball", "balloon", "kite", "map",
    "telescope", "flag", "skull", "crystal",
})  # fmt: skip
"""What an idle hand holds before the body instead of letting it hang."""
UPRIGHT = frozenset({"staff", "spear", "cane", "broom", "pitchfork"})
"""Long things that stand on the ground when their owner does."""


@dataclass(frozen=True, slots=True)
class _Held:
    """A thing in a hand: its colour, the palm's place, the forearm's direction (radians), the swing (-1..1)."""

    colour: Colour
    hand: Point
    turn: float
    swing: float


def draw_prop(brush: Brush, look: Look, hand: Point, turn: float, swing: float) -> Point | None:
    """Paint what is held at `hand`, the forearm pointing to `turn` radians and loose things swinging (-1..1).

    Gives the flame's place, if one burns.
    """
    draw = _PROPS.get(look.prop)
    if draw is None:
        piece = PIECES.get(look.prop)
        if piece is not None and piece.held is not None:
            with brush.at(*hand, turn=_LOOSE.get(look.prop, 0.0) * swing):
                draw_strokes(brush, piece.held, look.prop_colour)
        return None
    return draw(brush, _Held(look.prop_colour, hand, turn, swing))


def _lantern(brush: Brush, held: _Held) -> Point:
    lean = 0.16 * held.swing
    with brush.at(held.hand[0], held.hand[1] + 0.012, turn=-lean):
        brush.bar([(-0.018, 0.05), (-0.017, 0.018), (0.0, 0.0), (0.017, 0.018), (0.018, 0.05)], 0.006, _IRON)
        brush.poly([(-0.026, 0.055), (0.0, 0.028), (0.026, 0.055)], _IRON)
        if brush.tone.style != "silhouette":
            brush.glow(0.0, 0.087, 0.055, 0.06, (1.0, 0.72, 0.3), 0.22)
        brush.canvas.drawPath(
            smooth([(-0.022, 0.055), (0.022, 0.055), (0.028, 0.115), (-0.028, 0.115)], tension=30),
            brush.paint((1.0, 0.82, 0.42), toned=False),
        )
        brush.glow(0.0, 0.09, 0.011, 0.02, (1.0, 0.98, 0.86))
        for x in (-0.024, 0.0, 0.024):
            brush.bar([(0.8 * x, 0.055), (x, 0.115)], 0.0045, _IRON)
        brush.limb([(-0.026, 0.119), (0.026, 0.119)], (0.008, 0.008), _IRON, part=False)
    return (held.hand[0] + math.sin(lean) * 0.09, held.hand[1] + 0.1)


def _candle(brush: Brush, held: _Held) -> Point:
    x, y = held.hand
    brush.limb([(x + 0.014, y + 0.01), (x + 0.014, y - 0.06)], (0.012, 0.012), _PAPER)
    brush.limb([(x - 0.02, y + 0.008), (x + 0.05, y + 0.008)], (0.007, 0.007), (0.75, 0.6, 0.3), part=False)
    flame = [
        (x + 0.014, y - 0.115 + 0.004 * held.swing),
        (x + 0.025, y - 0.084),
        (x + 0.014, y - 0.068),
        (x + 0.003, y - 0.084),
    ]
    brush.glow(x + 0.014, y - 0.088, 0.036, 0.042, (1.0, 0.7, 0.3), 0.25)
    brush.canvas.drawPath(smooth(flame), brush.paint((1.0, 0.86, 0.45), toned=False))
    return (x + 0.014, y - 0.09)


def _torch(brush: Brush, held: _Held) -> Point:
    x, y = held.hand
    brush.limb([(x - 0.01, y + 0.1), (x + 0.03, y - 0.13)], (0.011, 0.016), held.colour)
    brush.glow(x + 0.036, y - 0.175, 0.08, 0.09, (1.0, 0.6, 0.2), 0.25)
    tongue = [
        (x + 0.036 - 0.03 * held.swing, y - 0.26),
        (x + 0.066, y - 0.18),
        (x + 0.038, y - 0.125),
        (x + 0.004, y - 0.17),
    ]
    brush.canvas.drawPath(smooth(tongue), brush.paint((1.0, 0.6, 0.2), toned=False))
    brush.glow(x + 0.036, y - 0.162, 0.014, 0.026, (1.0, 0.94, 0.65))
    return (x + 0.036, y - 0.17)


def _staff(brush: Brush, held: _Held) -> Point:
    x, y = held.hand
    foot = min(-0.004, y + 0.62)
    top = (x + 0.03, min(y - 0.3, foot - 0.98))
    brush.limb([(x - 0.02, foot), held.hand, top], (0.009, 0.011, 0.013), held.colour)
    brush.bar(
        [
            top,
            (top[0] + 0.04, top[1] - 0.02),
            (top[0] + 0.035, top[1] - 0.075),
            (top[0] - 0.015, top[1] - 0.085),
            (top[0] - 0.03, top[1] - 0.04),
        ],
        0.013,
        held.colour,
    )
    brush.glow(top[0] + 0.004, top[1] - 0.045, 0.02, 0.02, (0.72, 0.93, 1.0))
    return (top[0] + 0.004, top[1] - 0.045)


def _spear(brush: Brush, held: _Held) -> None:
    x, y = held.hand
    foot = min(-0.004, y + 0.62)
    brush.limb([(x - 0.015, foot), held.hand, (x + 0.025, foot - 1.12)], (0.008, 0.009, 0.008), held.colour)
    tip = (x + 0.028, foot - 1.22)
    brush.poly([tip, (x + 0.05, foot - 1.12), (x + 0.026, foot - 1.08), (x + 0.004, foot - 1.12)], _STEEL, part=True)


def _pitchfork(brush: Brush, held: _Held) -> None:
    x, y = held.hand
    foot = min(-0.004, y + 0.62)
    top = foot - 0.86
    brush.limb([(x - 0.015, foot), held.hand, (x + 0.02, top)], (0.008, 0.009, 0.008), held.colour)
    brush.bar(
        [
            (x - 0.03, top - 0.15),
            (x - 0.026, top - 0.02),
            (x + 0.02, top),
            (x + 0.066, top - 0.02),
            (x + 0.07, top - 0.15),
        ],
        0.009,
        _IRON,
    )
    brush.bar([(x + 0.02, top), (x + 0.02, top - 0.15)], 0.009, _IRON)


def _broom(brush: Brush, held: _Held) -> None:
    x, y = held.hand
    foot = min(-0.01, y + 0.56)
    brush.limb([(x - 0.02, y - 0.24), (x + 0.04, foot - 0.11)], (0.008, 0.009), held.colour)
    brush.poly(
        [(x + 0.025, foot - 0.13), (x + 0.055, foot - 0.13), (x + 0.1, foot), (x + 0.0, foot)],
        (0.86, 0.68, 0.36),
        part=True,
    )
    brush.stroke([(x + 0.02, foot - 0.09), (x + 0.068, foot - 0.09)], 0.008, (0.6, 0.2, 0.16))


def _cane(brush: Brush, held: _Held) -> None:
    x, y = held.hand
    brush.bar(
        [
            (x - 0.035, y + 0.02),
            (x - 0.02, y - 0.012),
            (x + 0.012, y - 0.006),
            (x + 0.02, y + 0.04),
            (x + 0.03, min(-0.004, y + 0.52)),
        ],
        0.015,
        held.colour,
    )


def _umbrella(brush: Brush, held: _Held) -> None:
    x, y = held.hand
    top = y - 0.5
    brush.bar([(x - 0.012, y + 0.06), (x + 0.006, y + 0.05), (x, y), (x - 0.03, top)], 0.01, _IRON)
    cx, rx = x - 0.032, 0.31
    for left, right, shade in ((-1.0, -0.36, 0.32), (-0.36, 0.3, 0.0), (0.3, 1.0, 0.18)):
        rim_l, rim_r = cx + rx * left, cx + rx * right
        base_l, base_r = top + 0.15 - 0.02 * (1 - left * left), top + 0.15 - 0.02 * (1 - right * right)
        sag = 0.5 * (base_l + base_r) - 0.032
        dome_l, dome_r = (
            (cx + rx * left * 0.82, top - 0.0 + 0.06 * left * left),
            (cx + rx * right * 0.82, top + 0.06 * right * right),
        )
        panel = [
            (cx, top - 0.045),
            (cx + rx * right * 0.45, top - 0.03),
            dome_r,
            (rim_r, base_r),
            (0.5 * (rim_l + rim_r), sag),
            (rim_l, base_l),
            dome_l,
            (cx + rx * left * 0.45, top - 0.03),
        ]
        brush.blob(panel, deeper(held.colour, shade) if not brush.flat else held.colour)
    brush.bar([(cx, top - 0.045), (cx - 0.003, top - 0.075)], 0.01, _IRON)


def _book(brush: Brush, held: _Held) -> None:
    with brush.at(held.hand[0] + 0.02, held.hand[1] - 0.03, turn=-0.35):
        brush.poly([(-0.05, -0.06), (0.05, -0.06), (0.05, 0.06), (-0.05, 0.06)], held.colour, part=True)
        brush.poly([(-0.042, 0.046), (0.046, 0.046), (0.046, 0.056), (-0.042, 0.056)], _PAPER)
        brush.stroke([(-0.036, -0.05), (-0.036, 0.045)], 0.006, deeper(held.colour, 0.5))
        brush.stroke([(-0.01, -0.025), (0.03, -0.025)], 0.008, (0.9, 0.75, 0.35))


def _letter(brush: Brush, held: _Held) -> None:
    with brush.at(held.hand[0] + 0.03, held.hand[1] - 0.03, turn=-0.3):
        brush.poly([(-0.042, -0.055), (0.042, -0.055), (0.042, 0.055), (-0.042, 0.055)], _PAPER, part=True)
        for y in (-0.032, -0.012, 0.008, 0.028):
            brush.stroke([(-0.03, y), (0.028, y)], 0.004, (0.35, 0.32, 0.35))


def _bouquet(brush: Brush, held: _Held) -> None:
    x, y = held.hand
    brush.poly([(x, y + 0.075), (x + 0.06, y - 0.05), (x - 0.045, y - 0.06)], (0.3, 0.5, 0.28), part=True)
    blooms = (
        (-0.04, -0.07, held.colour),
        (0.0, -0.1, paler(held.colour, 0.5)),
        (0.05, -0.075, held.colour),
        (0.012, -0.062, mix(held.colour, (1.0, 0.8, 0.3), 0.6)),
        (-0.01, -0.12, held.colour),
    )
    for dx, dy, petals in blooms:
        brush.oval(x + dx, y + dy, 0.026, 0.025, petals)
        brush.oval(x + dx, y + dy, 0.009, 0.009, (0.98, 0.85, 0.4))


def _suitcase(brush: Brush, held: _Held) -> None:
    with brush.at(*held.hand, turn=-0.1 * held.swing):
        brush.bar([(-0.026, 0.036), (-0.02, 0.012), (0.02, 0.012), (0.026, 0.036)], 0.009, deeper(held.colour, 0.5))
        brush.fill(
            smooth([(-0.088, 0.036), (0.088, 0.036), (0.088, 0.152), (-0.088, 0.152)], tension=26),
            held.colour,
            part=True,
        )
        for x in (-0.055, 0.055):
            brush.stroke([(x, 0.038), (x, 0.15)], 0.012, deeper(held.colour, 0.4), butt=True)


def _bag(brush: Brush, held: _Held) -> None:
    with brush.at(*held.hand, turn=-0.12 * held.swing):
        brush.bar([(-0.026, 0.06), (0.0, 0.006), (0.026, 0.06)], 0.008, deeper(held.colour, 0.45))
        brush.blob(
            [(-0.034, 0.05), (0.034, 0.05), (0.06, 0.11), (0.036, 0.15), (-0.036, 0.15), (-0.06, 0.11)],
            held.colour,
            part=True,
        )


def _sword(brush: Brush, held: _Held) -> None:
    down = math.sin(held.turn) > 0.6
    # lifted over the head the blade stands upright, wherever the arm comes from
    turn = 0.15 if math.sin(held.turn) < -0.7 else held.turn + (0.35 if down else 0.9)
    with brush.at(*held.hand, turn=turn):
        if down:
            blade = [(-0.004, -0.012), (0.4, -0.01), (0.43, 0.0), (0.4, 0.01), (-0.004, 0.012)]
            guard = [(0.018, -0.05), (0.018, 0.05)]
        else:
            blade = [(0.0, -0.011), (-0.02, -0.38), (-0.008, -0.42), (0.006, -0.38), (0.013, 0.0)]
            guard = [(-0.05, 0.0), (0.05, 0.0)]
        brush.poly(blade, _STEEL, part=True)
        brush.bar(guard, 0.014, (0.8, 0.64, 0.3))


def _wrench(brush: Brush, held: _Held) -> None:
    with brush.at(*held.hand, turn=held.turn - 0.6):
        brush.limb([(-0.03, 0.0), (0.1, 0.0)], (0.01, 0.012), _STEEL)
        brush.bar([(0.15, -0.02), (0.112, -0.024), (0.1, 0.0), (0.112, 0.024), (0.15, 0.02)], 0.015, _STEEL)


def _violin(brush: Brush, held: _Held) -> None:
    with brush.at(held.hand[0], held.hand[1] + 0.03, turn=1.2):
        brush.limb([(-0.16, 0.0), (0.02, 0.0)], (0.008, 0.009), _IRON)
        upper = [(0.0, -0.03), (0.04, -0.052), (0.085, -0.036), (0.13, -0.062), (0.19, -0.04)]
        body = [*upper, (0.2, 0.0), *((x, -y) for x, y in reversed(upper))]
        brush.blob(body, held.colour, part=True)
        brush.stroke([(-0.1, 0.0), (0.16, 0.0)], 0.008, _IRON)


def _tray(brush: Brush, held: _Held) -> None:
    x, y = held.hand
    brush.limb([(x + 0.02, y - 0.045), (x + 0.02, y - 0.09)], (0.012, 0.016), _PAPER)
    brush.limb([(x + 0.085, y - 0.045), (x + 0.085, y - 0.13)], (0.015, 0.01), held.colour)
    # the dish lies on the hand and is wider than what stands on it, dark below so that it is seen before pale land
    brush.limb([(x - 0.085, y - 0.024), (x + 0.165, y - 0.024)], (0.013, 0.013), deeper(_STEEL, 0.45))
    brush.limb([(x - 0.085, y - 0.032), (x + 0.165, y - 0.032)], (0.007, 0.007), _STEEL, part=False)


def _flask(brush: Brush, held: _Held) -> None:
    x, y = held.hand
    brush.limb([(x + 0.01, y + 0.0), (x + 0.01, y - 0.07)], (0.012, 0.01), (0.86, 0.93, 0.95), part=False)
    body = [(x, y - 0.02), (x + 0.02, y - 0.02), (x + 0.052, y + 0.05), (x + 0.01, y + 0.062), (x - 0.032, y + 0.05)]
    brush.blob(body, (0.35, 0.8, 0.6), part=True)


_PROPS: dict[str, Callable[[Brush, _Held], Point | None]] = {
    "lantern": _lantern, "candle": _candle, "torch": _torch, "staff": _staff, "spear": _spear, "pitchfork": _pitchfork,
    "broom": _broom, "cane": _cane, "umbrella": _umbrella, "book": _book, "letter": _letter, "bouquet": _bouquet,
    "suitcase": _suitcase,
    "bag": _bag, "sword": _sword, "wrench": _wrench, "violin": _violin, "tray": _tray, "flask": _flask,
}  # fmt: skip


def draw_crate(brush: Brush, middle: Point) -> None:
    """Paint the load of one who carries something in both arms."""
    x, y = middle
    wood: Colour = (0.62, 0.44, 0.26)
    brush.poly(
        [(x - 0.085, y - 0.075), (x + 0.085, y - 0.075), (x + 0.085, y + 0.06), (x - 0.085, y + 0.06)], wood, part=True
    )
    for dy in (-0.03, 0.015):
        brush.stroke([(x - 0.08, y + dy), (x + 0.08, y + dy)], 0.006, deeper(wood, 0.5))
    for dx in (-0.068, 0.068):
        brush.stroke([(x + dx, y - 0.068), (x + dx, y + 0.053)], 0.02, deeper(wood, 0.25))


def draw_load(brush: Brush, look: Look, middle: Point) -> None:
    """Paint what is carried in both arms, standing just below `middle`; a crate where nothing is said."""
    piece = PIECES.get(look.load)
    if piece is None:
        draw_crate(brush, middle)
        return
    left, top, right, bottom = piece.drawing.bounds()
    size = min(0.62, 2 * _LOAD / (right - left), 0.5 / (bottom - top))
    load: Drawing = in_hand(piece.drawing, (0.5 * (left + right), bottom), size)
    with brush.at(middle[0], middle[1] + 0.06):
        draw_strokes(brush, load, look.load_colour)


def draw_stool(brush: Brush, x: float, seat: float) -> None:
    """Paint the stool under one who sits; `seat` is its height."""
    wood: Colour = (0.45, 0.31, 0.2)
    for shift in (-0.075, 0.075):
        brush.limb(
            [(x + 0.75 * shift, -seat), (x + shift, -0.006)],
            (0.012, 0.01),
            deeper(wood, 0.35) if not brush.flat else wood,
        )
    brush.limb([(x - 0.085, -0.09), (x + 0.085, -0.09)], (0.008, 0.008), deeper(wood, 0.35) if not brush.flat else wood)
    brush.limb([(x - 0.095, -seat), (x + 0.095, -seat)], (0.018, 0.018), wood)
