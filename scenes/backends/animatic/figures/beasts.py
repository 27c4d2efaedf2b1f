"""Dog, wolf, cat, horse and bird: the same paper and light as the people, on four legs or two.

Units: the animal's own height (paws to the top of the head) is 1, x forward, y down, ground at 0. Actions are walking,
running, sitting and standing; everything else is stood. Emotions show in tail, ears, head, brow and mouth.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from scenes.backends.animatic.figure import Colour, FigureState
from scenes.backends.animatic.figures.bearing import Bearing, bearing
from scenes.backends.animatic.figures.brush import Brush, Point
from scenes.backends.animatic.figures.expression import Expression, expression
from scenes.backends.animatic.figures.gait import RUN, WALK, footfall, gait_speed
from scenes.backends.animatic.figures.limbs import bend, span
from scenes.backends.animatic.figures.look import Look, deeper, mix, paler
from scenes.backends.animatic.figures.places import Places

_INK: Colour = (0.1, 0.07, 0.08)


@dataclass(frozen=True, slots=True)
class Build:
    """Measures of a four-legged animal in its own height."""

    back: float
    length: float
    chest: float
    loin: float
    leg: float
    neck: float
    head: Point
    skull: float
    muzzle: float
    ears: str
    tail: str


_BUILDS = {
    "dog": Build(0.62, 0.62, 0.155, 0.12, 0.05, 0.105, (0.45, -0.83), 0.145, 0.16, "hanging", "up"),
    "wolf": Build(0.66, 0.74, 0.175, 0.13, 0.05, 0.15, (0.53, -0.82), 0.14, 0.19, "pointed", "brush"),
    "cat": Build(0.60, 0.60, 0.14, 0.13, 0.044, 0.1, (0.40, -0.77), 0.19, 0.03, "pointed", "long"),
    "horse": Build(0.62, 0.60, 0.15, 0.13, 0.042, 0.1, (0.47, -0.88), 0.1, 0.2, "small", "hair"),
}


def draw_beast(brush: Brush, look: Look, state: FigureState) -> Places:
    """Paint an animal standing on (0, 0) of the brush's frame."""
    mood = bearing(state.emotion)
    walked = state.walked / look.stature
    face = expression(state.emotion, state.mouth, state.blink)
    if look.kind == "bird":
        return _draw_bird(brush, look, state, face, walked)
    build = _BUILDS[look.kind]
    seated = span(state.beat, 0.0, 0.15) if state.action in ("sit", "kneel") and look.kind != "horse" else 0.0
    going = gait_speed(state.action) > 0 or walked != 0.0
    bob = 0.012 * math.sin(4 * math.pi * walked / WALK.cycle) if going else 0.004 * math.sin(1.9 * state.t)
    fore = (0.5 * build.length - 0.08, -build.back + bob + 0.02)
    hind = (-0.5 * build.length + 0.08 + 0.1 * seated, -build.back + bob + 0.02 + 0.34 * seated)
    _legs(brush, look, build, (fore, hind), _feet(state, walked, going, seated), near=False)
    _tail(brush, look, build, state, (hind[0] - 0.1, hind[1] - 0.04), mood)
    head = _head_place(build, state, mood, bob)
    neck = [(fore[0] + 0.01, fore[1] + 0.02), (0.5 * (fore[0] + head[0]) - 0.01, 0.5 * (fore[1] + head[1])), head]
    brush.limb(neck, (build.chest * 0.95, build.neck, build.neck * 0.82), look.skin)
    trunk = [(fore[0], fore[1]), (0.5 * (fore[0] + hind[0]), 0.5 * (fore[1] + hind[1]) - 0.012), hind]
    brush.limb(trunk, (build.chest, 0.5 * (build.chest + build.loin) - 0.008, build.loin), look.skin, part=False)
    _legs(brush, look, build, (fore, hind), _feet(state, walked, going, seated), near=True)
    if look.kind == "horse":
        _mane(brush, look, fore, head, state)
    return _head(brush, look, build, face, head, 0.55 * mood.bow)


def _feet(state: FigureState, walked: float, going: bool, seated: float) -> dict[str, tuple[float, float]]:
    gait = RUN if state.action == "run" else replace(WALK, lift=0.07)
    stance = {"near fore": (0.02, 0.0), "far fore": (0.07, 0.5), "near hind": (0.0, 0.62), "far hind": (0.05, 0.12)}
    feet: dict[str, tuple[float, float]] = {}
    for name, (shift, offset) in stance.items():
        if going:
            foot = footfall(gait, walked, offset)
            feet[name] = (foot.x, min(-0.03, foot.y + 0.01))
        else:
            feet[name] = (shift + (0.16 * seated if "hind" in name else 0.0), -0.03)
    return feet


def _legs(
    brush: Brush, look: Look, build: Build, roots: tuple[Point, Point], feet: dict[str, tuple[float, float]], near: bool
) -> None:
    colour = look.skin if near else brush.shaded(look.skin)
    side = "near" if near else "far"
    reach = (build.back - 0.05) / 2 + 0.014
    hoof = (
        deeper(look.skin, 0.65)
        if look.kind == "horse"
        else paler(look.skin, 0.3)
        if look.kind != "cat"
        else (0.93, 0.92, 0.9)
    )
    for which, root, knee in (("hind", roots[1], -1), ("fore", roots[0], 1)):
        foot = feet[f"{side} {which}"]
        target = (root[0] + foot[0], foot[1])
        joint, end = bend(root, target, reach, reach, knee if which == "fore" else -1)
        thick = build.leg
        widths = (
            (thick * 1.9, thick * 0.95, thick * 0.68) if which == "hind" else (thick * 1.45, thick * 0.85, thick * 0.65)
        )
        brush.limb([root, joint, end], widths, colour)
        paw = [
            (end[0] - thick * 0.8, end[1] + 0.028),
            (end[0] - 0.4 * thick, end[1] - 0.02),
            (end[0] + thick, end[1] - 0.012),
            (end[0] + thick * 1.5, end[1] + 0.028),
        ]
        brush.blob(paw, hoof if near else brush.shaded(hoof))


def _tail(brush: Brush, look: Look, build: Build, state: FigureState, root: Point, mood: Bearing) -> None:
    proud = max(-1.0, min(1.0, -6 * mood.bow + 0.3 - 20 * max(0.0, mood.shrug)))
    wag = math.sin((9.0 if state.emotion == "happy" else 2.2) * state.t) * (0.06 if state.emotion == "happy" else 0.025)
    x, y = root
    dark = deeper(look.skin, 0.35)
    if build.tail == "brush":
        brush.limb(
            [(x + 0.04, y), (x - 0.12, y + 0.12 - 0.1 * proud), (x - 0.2 + wag, min(-0.04, y + 0.32 - 0.3 * proud))],
            (0.035, 0.075, 0.02),
            brush.shaded(look.skin),
        )
    elif build.tail == "hair":
        brush.limb(
            [(x + 0.03, y - 0.03), (x - 0.07, y + 0.06), (x - 0.11 + wag - 0.08 * state.wind, min(-0.06, y + 0.4))],
            (0.025, 0.05, 0.03),
            dark,
        )
    elif build.tail == "long":
        chain = [
            (x + 0.04, y),
            (x - 0.14, y - 0.02 - 0.1 * proud),
            (x - 0.24, y - 0.2 - 0.2 * proud),
            (x - 0.16 + wag, y - 0.36 - 0.22 * proud),
        ]
        brush.bar(chain, 0.06, look.skin)
    else:
        chain = [(x + 0.04, y), (x - 0.1, y - 0.08 - 0.08 * proud), (x - 0.15 + wag, y - 0.14 - 0.22 * proud)]
        brush.bar(chain, 0.055, look.skin)


def _head_place(build: Build, state: FigureState, mood: Bearing, bob: float) -> Point:
    x, y = build.head
    down = max(-0.05, 0.55 * mood.bow)
    if state.action == "look up":
        down = -0.06
    nod = 0.015 * math.sin(6.0 * state.t) if state.talking else 0.006 * math.sin(1.1 * state.t)
    return (x + 0.08 * down, y + 0.75 * down + 0.6 * bob + nod)


def _mane(brush: Brush, look: Look, fore: Point, head: Point, state: FigureState) -> None:
    dark = deeper(look.skin, 0.6)
    for part in (0.1, 0.3, 0.5, 0.7, 0.9):
        x, y = fore[0] + (head[0] - fore[0]) * part - 0.085, fore[1] + (head[1] - fore[1]) * part - 0.06
        blow = -0.05 + 0.05 * state.wind + 0.01 * math.sin(3 * state.t + 4 * part)
        brush.blob([(x + 0.06, y - 0.06), (x + 0.02, y - 0.02), (x + blow, y + 0.1), (x + 0.05, y + 0.05)], dark)


def _head(brush: Brush, look: Look, build: Build, face: Expression, head: Point, turn: float) -> Places:
    s, m = build.skull, build.muzzle
    skin, dark = look.skin, deeper(look.skin, 0.45)
    with brush.at(*head, turn=turn + (0.5 if look.kind == "horse" else 0.06)):
        if build.ears != "hanging":
            _ears(brush, build, brush.shaded(skin), 0.25 * s, face)
        jaw = 0.35 * face.opening * s
        if jaw > 0.01:
            brush.blob(
                [(0.3 * s, 0.35 * s), (s + 0.7 * m, 0.45 * s + jaw), (s + 0.5 * m, 0.7 * s + jaw), (0.2 * s, 0.8 * s)],
                dark,
            )
            brush.blob(
                [(0.5 * s, 0.42 * s), (s + 0.4 * m, 0.5 * s + 0.7 * jaw), (0.6 * s, 0.62 * s + 0.3 * jaw)],
                (0.85, 0.42, 0.45),
            )
        snout = [
            (0.2 * s, -0.5 * s),
            (0.9 * s, -0.28 * s),
            (s + 0.85 * m, 0.0),
            (s + m, 0.22 * s),
            (s + 0.75 * m, 0.5 * s),
            (0.5 * s, 0.72 * s),
            (0.0, 0.7 * s),
        ]
        brush.oval(0.0, 0.0, 1.03 * s, 0.98 * s, skin)
        brush.blob(snout, skin if look.kind in ("dog", "horse") else paler(skin, 0.35), part=False)
        _muzzle(brush, look, s, m)
        _face(brush, look, build, face)
        _ears(brush, build, skin if look.kind != "dog" else mix(skin, dark, 0.6), -0.45 * s, face)
        return Places(brush.place(0.0, 0.0), brush.place(s + 0.4 * m, 0.5 * s), brush.place(s, 0.0), None)


def _muzzle(brush: Brush, look: Look, s: float, m: float) -> None:
    """Nose, nostril or whiskers at the snout's end; `s` and `m` are skull and muzzle."""
    if look.kind == "horse":
        brush.oval(s + 0.78 * m, 0.24 * s, 0.36 * s, 0.4 * s, deeper(look.skin, 0.3))
        brush.oval(s + 0.9 * m, 0.1 * s, 0.08 * s, 0.1 * s, _INK)
    elif look.kind == "cat":
        brush.oval(s + 0.9 * m, 0.06 * s, 0.12 * s, 0.09 * s, (0.85, 0.5, 0.5))
        for y in (0.2, 0.34):
            brush.stroke([(0.7 * s, y * s), (0.1 * s, (1.6 * y - 0.1) * s)], 0.02 * s, (0.93, 0.92, 0.9), 0.8)
    else:
        brush.oval(s + 0.93 * m, 0.1 * s, 0.2 * s, 0.17 * s, _INK)


def _face(brush: Brush, look: Look, build: Build, face: Expression) -> None:
    s, m = build.skull, build.muzzle
    if brush.flat:
        return
    eye_x, eye_y = 0.34 * s, -0.16 * s
    if face.lid > 0.9:
        brush.stroke([(eye_x - 0.2 * s, eye_y), (eye_x, eye_y + 0.08 * s), (eye_x + 0.2 * s, eye_y)], 0.09 * s, _INK)
    else:
        white = (0.95, 0.8, 0.35) if look.kind in ("wolf", "cat") else (0.96, 0.95, 0.92)
        tall = 0.25 * s * face.wide * (1 - 0.5 * face.lid) * (1 - 0.4 * face.cheek)
        brush.oval(eye_x, eye_y, 0.23 * s, tall, white)
        brush.oval(eye_x + 0.05 * s, eye_y + 0.08 * s * face.gaze_y, 0.13 * s, tall * 0.8, _INK)
        brush.oval(eye_x + 0.1 * s, eye_y - 0.07 * s, 0.05 * s, 0.05 * s, (1.0, 1.0, 1.0))
    lift = 2.2 * s
    brow = [
        (eye_x - 0.26 * s, eye_y - 0.36 * s - face.outer * lift),
        (eye_x + 0.26 * s, eye_y - 0.34 * s - face.inner * lift),
    ]
    brush.stroke(brow, 0.1 * s, deeper(look.skin, 0.6))
    bend_up = 0.22 * s * face.curve
    brush.stroke(
        [(s + 0.75 * m, 0.48 * s), (s + 0.2 * m, 0.56 * s + 0.3 * bend_up), (0.42 * s, 0.5 * s - bend_up)],
        0.055 * s,
        _INK,
    )


def _ears(brush: Brush, build: Build, colour: Colour, x: float, face: Expression) -> None:
    s = build.skull
    low = 0.5 * s * max(0.0, face.inner * 6 + face.bags * 0.5)
    if build.ears == "hanging":
        brush.blob(
            [
                (x - 0.1 * s, -0.75 * s),
                (x + 0.35 * s, -0.6 * s),
                (x + 0.2 * s, 0.2 * s + low),
                (x - 0.1 * s, 0.75 * s),
                (x - 0.45 * s, 0.2 * s),
            ],
            colour,
            part=True,
        )
        return
    tall = (1.15 if build.ears == "pointed" else 1.5) * s
    base = 0.42 * s if build.ears == "pointed" else 0.3 * s
    tip = (x - 0.25 * s - low, -0.55 * s - tall + low)
    brush.poly([(x - base, -0.55 * s), tip, (x + base, -0.75 * s)], colour)
    if build.ears == "pointed" and not brush.flat:
        brush.poly(
            [(x - 0.5 * base, -0.66 * s), (tip[0] + 0.04 * s, tip[1] + 0.3 * s), (x + 0.5 * base, -0.76 * s)],
            mix(colour, (0.9, 0.6, 0.55), 0.5),
        )


def _draw_bird(brush: Brush, look: Look, state: FigureState, face: Expression, walked: float) -> Places:
    hop = abs(math.sin(math.pi * walked * 4)) * 0.25 if walked else 0.02 * max(0.0, math.sin(2.3 * state.t)) ** 8
    tilt = 0.08 * math.sin(1.7 * state.t)
    beak: Colour = (0.93, 0.62, 0.2)
    for x in (-0.06, 0.08):
        brush.bar(
            [(x, -0.3 - hop), (x + 0.02, -0.02 - 0.6 * hop), (x + 0.12, -0.01 - 0.6 * hop)], 0.035, deeper(beak, 0.3)
        )
    with brush.at(0.0, -0.5 - hop, turn=tilt):
        brush.blob([(-0.3, -0.04), (-0.78, 0.1), (-0.8, 0.2), (-0.25, 0.2)], brush.shaded(look.skin), part=True)
        brush.blob(
            [(0.3, -0.42), (0.42, -0.1), (0.25, 0.22), (-0.1, 0.28), (-0.38, 0.1), (-0.2, -0.2), (0.08, -0.45)],
            look.skin,
            part=True,
        )
        if not brush.flat:
            brush.blob([(0.36, -0.12), (0.26, 0.18), (0.0, 0.24), (0.14, 0.0)], paler(look.skin, 0.6))
        open_beak = 0.12 * face.opening
        brush.poly([(0.34, -0.4), (0.66, -0.3 - open_beak), (0.36, -0.26)], beak)
        brush.poly([(0.34, -0.3), (0.58, -0.26 + open_beak), (0.34, -0.2)], deeper(beak, 0.25))
        brush.oval(0.22, -0.32, 0.21, 0.2, look.skin)
        flap = 0.3 * abs(math.sin(11 * state.t)) if state.action in ("wave", "run", "fall") else 0.0
        brush.blob(
            [(0.14, -0.1), (-0.1, -0.12 - flap), (-0.5, 0.06 - 1.6 * flap), (-0.2, 0.16), (0.06, 0.12)],
            deeper(look.skin, 0.35) if not brush.flat else look.skin,
            part=True,
        )
        if not brush.flat:
            tall = 0.055 * face.wide * (1 - 0.9 * face.lid) + 0.006
            brush.oval(0.29, -0.35, 0.06, tall, (0.97, 0.96, 0.93))
            brush.oval(0.3, -0.35, 0.035, tall * 0.7, _INK)
            brush.stroke([(0.21, -0.44 - face.outer), (0.37, -0.43 - face.inner)], 0.025, deeper(look.skin, 0.6))
        return Places(brush.place(0.22, -0.32), brush.place(0.5, -0.28), brush.place(0.5, -0.28), None)
