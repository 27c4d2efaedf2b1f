"""Trunk, skirts, coats, capes and scarves of a whole figure, in body units.

They follow the legs, the step and the wind.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from scenes.backends.animatic.figure import Colour
from scenes.backends.animatic.figures.brush import Brush, Point, smooth
from scenes.backends.animatic.figures.look import Look, deeper, luma, mix, paler
from scenes.backends.animatic.figures.skeleton import Skeleton

HEMS = {"coat": 0.205, "dress": 0.31, "robe": 0.418, "apron": 0.33}
"""How far below the hips a garment falls."""


@dataclass(frozen=True, slots=True)
class Drift:
    """What moves cloth: wind (-1..1, forward is positive), the step's swing (-1..1), seconds, onward speed (0..1)."""

    wind: float
    step: float
    t: float
    rush: float

    def flutter(self, where: float) -> float:
        """Sideways waving of a loose end, -1..1, running along the cloth with `where`."""
        return math.sin((3.1 + 4.0 * abs(self.wind) + 2.5 * self.rush) * self.t - 4.0 * where)

    @property
    def pull(self) -> float:
        """How far loose cloth is carried forward (negative: trails behind), about -1.5..1."""
        return self.wind - 0.8 * self.rush


def hull(points: list[Point]) -> list[Point]:
    """The convex hull of the points, in order."""
    ordered = sorted(set(points))
    chains: list[list[Point]] = []
    for run in (ordered, ordered[::-1]):
        chain: list[Point] = []
        for p in run:
            while len(chain) > 1:
                (ax, ay), (bx, by) = chain[-2], chain[-1]
                if (bx - ax) * (p[1] - ay) - (by - ay) * (p[0] - ax) > 0:
                    break
                chain.pop()
            chain.append(p)
        chains.append(chain[:-1])
    return chains[0] + chains[1]


def trunk_outline(look: Look, low: float) -> list[Point]:
    """The trunk's contour in its own frame (hips at 0, up is negative), down to `low` below the hips."""
    g = look.girth
    belly = max(0.0, g - 1.05) * 0.16
    if look.womanly and look.age != "child":
        front = [
            (0.04, -0.334),
            (0.068, -0.295),
            (0.084 * g, -0.225),
            (0.052 * g + belly, -0.115),
            (0.07 * g + 0.6 * belly, low * 0.6),
        ]
        back = [(-0.068 * g, low * 0.6), (-0.046 * g, -0.12), (-0.066, -0.22), (-0.064, -0.295), (-0.04, -0.334)]
    else:
        front = [
            (0.042, -0.334),
            (0.078, -0.3),
            (0.088 * g, -0.22),
            (0.072 * g + belly, -0.1),
            (0.068 * g + 0.7 * belly, low * 0.6),
        ]
        back = [(-0.066 * g, low * 0.6), (-0.064 * g, -0.1), (-0.082 * g, -0.22), (-0.076, -0.3), (-0.042, -0.334)]
    return [*front, (0.06 * g + 0.4 * belly, low), (-0.06 * g, low), *back]


def draw_trunk(brush: Brush, look: Look, bones: Skeleton) -> None:
    """Paint the upper body in its garment; legs lie beneath, arms come later."""
    low = 0.075 if look.garment in ("suit", "armour") else 0.035
    with brush.at(*bones.hip, turn=bones.lean):
        outline = smooth(trunk_outline(look, low))
        brush.fill(outline, look.top, part=True)
        if brush.flat:
            return
        with brush.within(outline):
            _fold_shade(brush, look)
            _front(brush, look)


def _fold_shade(brush: Brush, look: Look) -> None:
    brush.blob(
        [(-0.12, -0.34), (-0.045, -0.3), (-0.035, -0.15), (-0.05, 0.0), (-0.03, 0.1), (-0.14, 0.1)],
        deeper(look.top, 0.45),
        0.5,
    )


def _front(brush: Brush, look: Look) -> None:
    top, dark = look.top, deeper(look.top, 0.5)
    if look.garment == "suit":
        brush.poly([(0.012, -0.345), (0.055, -0.345), (0.04, -0.19)], (0.93, 0.92, 0.9))
        brush.poly(
            [(0.028, -0.33), (0.042, -0.33), (0.047, -0.24), (0.038, -0.21), (0.03, -0.24)],
            mix(look.bottom, (0.6, 0.1, 0.14), 0.7),
        )
        if look.waistcoat is not None:
            _waistcoat_front(brush, look.waistcoat)
        brush.stroke([(0.008, -0.335), (0.014, -0.26), (0.04, -0.185), (0.046, 0.08)], 0.007, dark)
        brush.oval(0.034, -0.13, 0.006, 0.006, dark)
        brush.oval(0.036, -0.07, 0.006, 0.006, dark)
    elif look.garment == "armour":
        shine = paler(top, 0.55)
        brush.stroke([(0.045, -0.32), (0.07, -0.2), (0.055, -0.08)], 0.012, shine, 0.8)
        for y in (-0.1, -0.05, 0.0):
            brush.stroke([(-0.09, y), (0.0, y + 0.014), (0.09, y)], 0.008, dark)
        brush.poly([(0.02, -0.25), (0.05, -0.26), (0.06, -0.2), (0.04, -0.155), (0.016, -0.2)], (0.72, 0.16, 0.18))
    elif look.garment == "spacesuit":
        brush.poly([(0.005, -0.21), (0.075, -0.21), (0.075, -0.13), (0.005, -0.13)], (0.3, 0.34, 0.42))
        for x, colour in ((0.02, (0.9, 0.3, 0.25)), (0.04, (0.95, 0.8, 0.3)), (0.06, (0.35, 0.75, 0.5))):
            brush.oval(x, -0.185, 0.007, 0.007, colour)
        brush.stroke([(-0.1, -0.06), (0.1, -0.06)], 0.018, dark)
    elif look.garment == "overalls":
        brush.poly(
            [(0.0, -0.24), (0.075, -0.24), (0.1, 0.06), (-0.1, 0.06), (-0.1, -0.08), (-0.01, -0.11)], look.bottom
        )
        brush.stroke([(0.012, -0.235), (-0.022, -0.345)], 0.016, look.bottom)
        brush.stroke([(0.064, -0.235), (0.05, -0.345)], 0.016, look.bottom)
        brush.oval(0.013, -0.225, 0.007, 0.007, (0.92, 0.8, 0.4))
        brush.oval(0.063, -0.225, 0.007, 0.007, (0.92, 0.8, 0.4))
    else:
        collar = paler(top, 0.55) if luma(top) < 0.6 else deeper(top, 0.3)
        brush.poly([(0.0, -0.345), (0.06, -0.345), (0.034, -0.285)], collar)
        if look.waistcoat is not None and look.garment in ("coat", "shirt"):
            brush.poly([(0.0, -0.345), (0.07, -0.345), (0.05, -0.25)], (0.94, 0.93, 0.9))
            _waistcoat_front(brush, look.waistcoat)
            if look.garment == "shirt":
                brush.poly([(-0.05, -0.34), (0.02, -0.34), (0.04, -0.24), (0.05, 0.03), (-0.08, 0.03)], look.waistcoat)
            else:
                brush.stroke([(0.0, -0.34), (0.012, -0.26), (0.022, -0.1), (0.02, 0.08)], 0.012, paler(top, 0.12))
        elif look.garment in ("coat", "shirt"):
            brush.stroke([(0.034, -0.29), (0.046, -0.15), (0.048, 0.08)], 0.006, dark)
            for y in (-0.23, -0.17):
                brush.oval(0.032, y, 0.0055, 0.0055, dark)
        if look.garment == "shirt":
            brush.stroke([(-0.1, 0.012), (0.0, 0.02), (0.1, 0.012)], 0.022, deeper(look.bottom, 0.55))
            brush.oval(0.05, 0.018, 0.009, 0.01, (0.85, 0.7, 0.35))


def _waistcoat_front(brush: Brush, colour: Colour) -> None:
    """The waistcoat that shows where a jacket or coat stands open, down to the waist."""
    brush.poly([(0.014, -0.29), (0.04, -0.235), (0.07, -0.29), (0.11, -0.2), (0.11, 0.005), (0.022, 0.02)], colour)
    for y in (-0.19, -0.13, -0.07):
        brush.oval(0.052, y, 0.0055, 0.0055, deeper(colour, 0.45))


def draw_skirt(brush: Brush, look: Look, bones: Skeleton, drift: Drift) -> None:
    """Paint what falls below the waist of a coat, dress or robe, hung over the legs as they stand."""
    fall = HEMS.get(look.garment)
    if fall is None:
        return
    outline = _skirt_outline(look, bones, drift, fall)
    path = smooth(outline, tension=7.0)
    brush.fill(path, look.top, part=True)
    if brush.flat:
        return
    hip_x, hip_y = bones.hip
    hem = max(y for _, y in outline)
    with brush.within(path):
        dark = deeper(look.top, 0.5)
        back = min(x for x, _ in outline)
        brush.blob(
            [
                (back - 0.02, hem + 0.02),
                (hip_x - 0.1, hip_y - 0.1),
                (hip_x - 0.04, hip_y - 0.06),
                (0.45 * back + 0.2 * hip_x, hem + 0.02),
            ],
            dark,
            0.42,
        )
        knee = bones.far_leg.joint
        if look.garment == "coat":
            line = [
                (hip_x + 0.046, hip_y - 0.1),
                (hip_x + 0.05 + 0.3 * (knee[0] - hip_x), hip_y + 0.08),
                (hip_x + 0.04 + 0.62 * (knee[0] - hip_x), hem),
            ]
            brush.stroke(line, 0.0065, dark)
        else:
            for part in (0.3, 0.62):
                x = back + (max(x for x, _ in outline) - back) * part
                brush.stroke(
                    [
                        (hip_x - 0.03 + 0.08 * part, hip_y - 0.02),
                        (0.4 * hip_x + 0.6 * x, 0.45 * hip_y + 0.55 * hem),
                        (x, hem),
                    ],
                    0.007,
                    dark,
                    0.7,
                )
        if look.garment in ("dress", "robe"):
            trim = [(x, y - 0.018) for x, y in sorted(p for p in outline if p[1] > hem - 0.06)]
            if len(trim) > 1:
                brush.stroke(trim, 0.012, paler(look.top, 0.45) if luma(look.top) < 0.55 else dark, 0.8)
    with brush.at(hip_x, hip_y, turn=bones.lean):
        g = look.girth
        belt = deeper(look.top, 0.62) if look.garment != "robe" else (0.75, 0.6, 0.3)
        waist = -0.085
        with brush.within(smooth(trunk_outline(look, 0.035))):
            brush.stroke([(-0.1 * g, waist), (0.0, waist + 0.012), (0.13 * g, waist - 0.002)], 0.022, belt, butt=True)
        if look.garment == "coat":
            brush.oval(0.05 * g, waist + 0.006, 0.011, 0.013, (0.82, 0.68, 0.36))
    if look.apron is not None:
        _draw_apron(brush, look, bones, hem)


def _draw_apron(brush: Brush, look: Look, bones: Skeleton, hem: float) -> None:
    colour = look.apron
    if colour is None:
        return
    x, y = bones.hip
    knee = max(bones.near_leg.joint[0], bones.far_leg.joint[0])
    shape = [(x - 0.005, y - 0.09), (x + 0.06, y - 0.09), (max(x + 0.095, knee + 0.035), 0.4 * y + 0.6 * hem - 0.04)]
    shape += [(0.5 * x + 0.5 * knee + 0.05, hem - 0.06), (x - 0.01, hem - 0.08), (x - 0.02, 0.5 * y + 0.5 * hem - 0.05)]
    brush.blob(shape, colour, part=True)
    with brush.at(x, y, turn=bones.lean):
        brush.blob([(0.004, -0.085), (0.012, -0.22), (0.066, -0.22), (0.062, -0.085)], colour)


def _skirt_outline(look: Look, bones: Skeleton, drift: Drift, fall: float) -> list[Point]:
    """Contour of the cloth: the hull of waist, thighs and a hem that hangs from the knees."""
    hip_x, hip_y = bones.hip
    g = look.girth
    sine, cosine = math.sin(bones.lean), math.cos(bones.lean)
    waist = [(hip_x + x * cosine + 0.1 * sine, hip_y + x * sine - 0.1 * cosine) for x in (-0.052 * g, 0.06 * g)]
    flare = {"coat": 0.052, "dress": 0.075, "robe": 0.062, "apron": 0.07}[look.garment]
    around: list[Point] = [*waist, (hip_x - 0.076 * g, hip_y), (hip_x + 0.076 * g, hip_y)]
    for leg in (bones.near_leg, bones.far_leg):
        drop = min(fall, 0.226)
        knee = _along(leg.root, leg.joint, drop / 0.226)
        around += [(knee[0] - 0.05, knee[1] + 0.01), (knee[0] + 0.056, knee[1] - 0.012)]
        if fall > 0.226:
            shin = _along(leg.joint, leg.end, (fall - 0.226) / 0.222)
            around += [(shin[0] - flare, shin[1]), (shin[0] + 0.8 * flare, shin[1])]
        else:
            around += [(knee[0] - flare, knee[1] + 0.02), (knee[0] + 0.7 * flare, knee[1] + 0.016)]
    hem = max(y for _, y in around)
    back = min(x for x, y in around if y > hem - 0.09)
    front = max(x for x, y in around if y > hem - 0.09)
    sway = 0.012 * drift.step + 0.01 * drift.flutter(0.4) * (0.3 + abs(drift.wind))
    trail = min(0.0, 0.075 * drift.pull) + sway
    lead = max(0.0, 0.06 * drift.pull) + 0.5 * sway
    around += [(back + trail, hem - 0.012 + 0.15 * trail), (front + lead, hem - 0.01)]
    kept: list[Point] = []
    for x, y in hull(around):
        # Corners that nearly meet would make the smooth curve overshoot.
        if not kept or math.hypot(x - kept[-1][0], y - kept[-1][1]) > 0.036:
            kept.append((x, min(y, -0.012)))
    if math.hypot(kept[0][0] - kept[-1][0], kept[0][1] - kept[-1][1]) < 0.036:
        kept.pop()
    return kept


def _along(a: Point, b: Point, part: float) -> Point:
    return (a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part)


def draw_cape(brush: Brush, look: Look, bones: Skeleton, drift: Drift) -> None:
    """Paint the cape behind the body."""
    if look.cape is None:
        return
    x, y = bones.neck
    low = min(bones.hip[1] + 0.34, -0.02)
    pull = 0.13 * drift.pull
    shape = [(x + 0.07, y + 0.02), (x - 0.02, y - 0.012), (x - 0.085, y + 0.03)]
    for part in (0.35, 0.7, 1.0):
        wave = 0.016 * part * drift.flutter(part) * (0.6 + abs(drift.pull))
        shape.append((x - 0.1 - 0.07 * part + pull * part * 1.5 + wave, y + (low - y) * part - abs(pull) * part * 0.5))
    shape += [
        (x - 0.03 + pull * 0.9, low + 0.012 - abs(pull) * 0.3),
        (x + 0.075 + 0.4 * pull, low - 0.015),
        (x + 0.08, y + 0.16),
    ]
    brush.blob(shape, deeper(look.cape, 0.25) if not brush.flat else look.cape, part=True)
    if not brush.flat:
        brush.stroke(
            [(x - 0.075, y + 0.06), (x - 0.11 + pull * 0.6, 0.5 * y + 0.5 * low), (x - 0.12 + pull * 1.4, low - 0.04)],
            0.008,
            deeper(look.cape, 0.6),
            0.7,
        )


def draw_cape_collar(brush: Brush, look: Look, bones: Skeleton) -> None:
    """Paint the part of the cape that lies over the shoulders."""
    if look.cape is None:
        return
    x, y = bones.neck
    with brush.at(x, y, turn=bones.lean):
        brush.blob(
            [(-0.05, -0.006), (0.04, -0.006), (0.078, 0.035), (0.04, 0.058), (-0.03, 0.062), (-0.092, 0.05)],
            look.cape,
            part=True,
        )
        if not brush.flat:
            brush.oval(0.034, 0.022, 0.013, 0.013, (0.92, 0.75, 0.32))


def ribbon(chain: list[Point], widths: tuple[float, ...]) -> list[Point]:
    """The outline of a flat band along the chain, with straight ends."""
    left: list[Point] = []
    right: list[Point] = []
    for index, (x, y) in enumerate(chain):
        before, after = chain[max(0, index - 1)], chain[min(len(chain) - 1, index + 1)]
        dx, dy = after[0] - before[0], after[1] - before[1]
        reach = math.hypot(dx, dy) or 1e-6
        nx, ny = -dy / reach * widths[index], dx / reach * widths[index]
        left.append((x - nx, y - ny))
        right.append((x + nx, y + ny))
    return left + right[::-1]


def draw_scarf(brush: Brush, look: Look, bones: Skeleton, drift: Drift) -> None:
    """Paint the scarf around the neck, its two ends free in the wind."""
    if look.scarf is None:
        return
    x, y = bones.neck
    dark = deeper(look.scarf, 0.3) if not brush.flat else look.scarf
    for length, thick, colour, shift in ((0.24, 0.026, dark, 0.5), (0.19, 0.024, look.scarf, 0.0)):
        blown = max(-1.0, min(1.0, drift.pull if abs(drift.pull) > 0.12 else -0.12))
        chain: list[Point] = []
        for part in (0.0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9, 1.0):
            lift = abs(blown) ** 0.6
            wave = 0.022 * part * drift.flutter(part + shift) * (0.25 + lift)
            out = length * part * (0.25 + 0.75 * lift) * (1 if blown > 0 else -1)
            chain.append((x - 0.03 + out, y + 0.004 + length * part * (0.92 - 0.8 * lift) + wave))
        brush.poly(ribbon(chain, (0.016, 0.02, *(thick,) * 6)), colour, part=True)
        tip = chain[-1]
        if not brush.flat:
            brush.stroke(
                [(tip[0], tip[1] - thick * 0.8), (tip[0], tip[1] + thick * 0.8)], 0.006, deeper(look.scarf, 0.5)
            )
    with brush.at(x, y, turn=bones.lean):
        brush.limb([(-0.042, 0.0), (0.0, 0.012), (0.046, -0.002)], (0.026, 0.028, 0.026), look.scarf)
        brush.stroke([(-0.05, 0.006), (0.0, 0.02), (0.052, 0.004)], 0.006, deeper(look.scarf, 0.45), 0.8)
