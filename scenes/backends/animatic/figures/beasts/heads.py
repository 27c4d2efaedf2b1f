"""The heads of the four-legged animals: skull, muzzle, eyes, brows, mouth and ears; the horse has one of its own.

Drawn about the skull's middle in the animal's own height, the nose towards +x. Emotions come as expression and ears.
"""

from __future__ import annotations

import math

from scenes.backends.animatic.figure import Colour
from scenes.backends.animatic.figures.beasts.acting import BeastPose
from scenes.backends.animatic.figures.beasts.build import Build
from scenes.backends.animatic.figures.brush import Brush, Point
from scenes.backends.animatic.figures.expression import Expression
from scenes.backends.animatic.figures.look import Look, deeper, mix, paler
from scenes.backends.animatic.figures.places import Places

INK: Colour = (0.1, 0.07, 0.08)
_TONGUE: Colour = (0.85, 0.42, 0.45)


def draw_head(brush: Brush, look: Look, build: Build, face: Expression, pose: BeastPose, head: Point) -> Places:
    """Paint the head at `head`; gives its middle, its mouth, and as hand the place where it holds a thing."""
    if look.kind == "horse":
        return _horse(brush, look, face, pose, head)
    s, m = build.skull, build.muzzle
    skin, dark = look.skin, deeper(look.skin, 0.45)
    with brush.at(*head, turn=pose.nose + 0.06):
        brush.canvas.scale(1.0 - 0.12 * pose.cock, 1.0)
        if build.ears != "hanging":
            _pointed(brush, s, brush.shaded(skin), 0.25 * s + 0.1 * s * pose.cock, pose.ears)
        else:
            _hanging(brush, s, mix(dark, INK, 0.3), 0.3 * s, pose.ears)
        jaw = max(0.35 * face.opening, 0.5 * pose.jaw) * s
        _jaw(brush, s, m, jaw, dark, tongue=look.kind != "cat" and face.curve > 0.5 and pose.jaw > 0.2)
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
        brush.blob(snout, skin if look.kind == "dog" else paler(skin, 0.35), part=False)
        _nose(brush, look, s, m)
        _face(brush, look, (s, m), face, pose)
        if build.ears != "hanging":
            _pointed(brush, s, skin, -0.45 * s - 0.15 * s * pose.cock, pose.ears)
        else:
            _hanging(brush, s, mix(skin, dark, 0.6), -0.45 * s, pose.ears - 0.5 * pose.cock)
        mouth = (s + 0.4 * m, 0.5 * s)
        return Places(brush.place(0.0, 0.0), brush.place(*mouth), brush.place(s + 0.6 * m, 0.45 * s), None)


def _jaw(brush: Brush, s: float, m: float, jaw: float, dark: Colour, tongue: bool) -> None:
    if jaw <= 0.01 * s:
        return
    brush.blob(
        [(0.3 * s, 0.35 * s), (s + 0.7 * m, 0.42 * s + jaw), (s + 0.5 * m, 0.7 * s + jaw), (0.2 * s, 0.8 * s)], dark
    )
    brush.blob(
        [(0.5 * s, 0.42 * s), (s + 0.4 * m, 0.48 * s + 0.7 * jaw), (0.6 * s, 0.62 * s + 0.3 * jaw)],
        _TONGUE,
    )
    if tongue and not brush.flat:
        brush.limb(
            [(s + 0.2 * m, 0.55 * s + 0.4 * jaw), (s + 0.3 * m, 0.85 * s + 1.2 * jaw)], (0.1 * s, 0.13 * s), _TONGUE
        )


def _nose(brush: Brush, look: Look, s: float, m: float) -> None:
    if look.kind == "cat":
        brush.oval(s + 0.62 * m, 0.1 * s, 0.13 * s, 0.09 * s, (0.85, 0.5, 0.5))
        for y in (0.2, 0.34):
            brush.stroke([(0.7 * s, y * s), (0.1 * s, (1.6 * y - 0.1) * s)], 0.02 * s, (0.93, 0.92, 0.9), 0.8)
    else:
        brush.oval(s + 0.93 * m, 0.1 * s, 0.2 * s, 0.17 * s, INK)


def _face(brush: Brush, look: Look, size: tuple[float, float], face: Expression, pose: BeastPose) -> None:
    """Eye, brow, mouth line, teeth."""
    if brush.flat:
        return
    s, m = size
    white = (0.95, 0.8, 0.35) if look.kind in ("wolf", "cat") else (0.96, 0.95, 0.92)
    eye_of(brush, (0.34 * s, -0.16 * s), s, white, face, deeper(look.skin, 0.6))
    lift = 0.26 * s * face.curve
    corner = 0.42 * s
    brush.stroke(
        [(s + 0.75 * m, 0.48 * s), (s + 0.2 * m, 0.56 * s + 0.3 * lift), (corner, 0.5 * s - lift)], 0.055 * s, INK
    )
    if face.teeth and face.curve < 0 and pose.jaw > 0.1:
        for x in (0.15, 0.42, 0.68):
            at = s + x * m
            brush.poly([(at - 0.06 * s, 0.5 * s), (at + 0.06 * s, 0.5 * s), (at, 0.68 * s)], (0.97, 0.96, 0.9))
    if face.tear:
        brush.oval(0.3 * s, 0.2 * s, 0.06 * s, 0.1 * s, (0.72, 0.88, 0.97), 0.9)


def eye_of(brush: Brush, at: Point, s: float, white: Colour, face: Expression, brow_colour: Colour) -> None:
    """Paint one eye with its brow at `at`; `s` is the size of the skull."""
    x, y = at
    if face.lid > 0.9:
        brush.stroke([(x - 0.2 * s, y), (x, y + 0.08 * s), (x + 0.2 * s, y)], 0.09 * s, INK)
    else:
        tall = 0.25 * s * face.wide * (1 - 0.5 * face.lid) * (1 - 0.4 * face.cheek)
        brush.oval(x, y, 0.23 * s, tall, white)
        pupil = 0.13 * s * (0.6 + 0.4 * face.pupil)
        brush.oval(x + 0.05 * s, y + 0.08 * s * face.gaze_y, pupil, tall * 0.8, INK)
        brush.oval(x + 0.1 * s, y - 0.07 * s, 0.05 * s, 0.05 * s, (1.0, 1.0, 1.0))
        if face.lid > 0.3:
            brush.stroke([(x - 0.25 * s, y - tall), (x + 0.25 * s, y - tall)], 0.07 * s, brow_colour)
    if abs(face.inner) < 0.034:
        # an animal at peace has no brows; a bar over the eye would make it look grim
        return
    lift = 2.4 * s
    brow = [(x - 0.3 * s, y - 0.29 * s - face.outer * lift), (x + 0.2 * s, y - 0.38 * s - face.inner * lift)]
    brush.stroke(brow, 0.1 * s, brow_colour)


def _pointed(brush: Brush, s: float, colour: Colour, x: float, ears: float) -> None:
    """An ear that stands up, leans forward when pricked and lies back in fear and anger."""
    back = max(0.0, -ears)
    tall = 1.15 * s * (1.0 - 0.25 * back)
    base = 0.42 * s
    turn = 0.16 * ears - 0.9 * back
    tip = (x - 0.2 * s + tall * math.sin(turn), -0.58 * s - tall * math.cos(turn))
    brush.poly([(x - base, -0.55 * s), tip, (x + base, -0.75 * s)], colour)
    if not brush.flat:
        inner = [(x - 0.5 * base, -0.66 * s), (tip[0] + 0.04 * s, tip[1] + 0.3 * s), (x + 0.5 * base, -0.76 * s)]
        brush.poly(inner, mix(colour, (0.9, 0.6, 0.55), 0.5))


def _hanging(brush: Brush, s: float, colour: Colour, x: float, ears: float) -> None:
    """An ear that hangs: pricked it is raised at its root and falls forward, laid back it clings to the neck."""
    up, back = max(0.0, ears), max(0.0, -ears)
    lift = 0.35 * s * up
    forward = 0.3 * s * up - 0.35 * s * back
    brush.blob(
        [
            (x - 0.1 * s, -0.75 * s - 0.6 * lift),
            (x + 0.35 * s, -0.6 * s - lift),
            (x + 0.2 * s + 0.8 * forward, 0.2 * s - 1.2 * lift),
            (x - 0.1 * s + forward, 0.75 * s - 1.5 * lift - 0.2 * s * back),
            (x - 0.45 * s + 0.8 * forward, 0.2 * s - lift),
        ],
        colour,
        part=True,
    )


def _horse(brush: Brush, look: Look, face: Expression, pose: BeastPose, head: Point) -> Places:
    """A long head: forehead, straight nose, soft muzzle, round cheek, upright ears, forelock."""
    skin, dark = look.skin, deeper(look.skin, 0.62)
    with brush.at(*head, turn=pose.nose * 0.8 + 0.78):
        brush.canvas.scale(1.0 - 0.1 * pose.cock, 1.0)
        _horse_ear(brush, brush.shaded(skin), (-0.028, -0.058), pose.ears)
        jaw = 0.05 * max(0.6 * face.opening, pose.jaw)
        if jaw > 0.003:
            brush.blob([(0.1, 0.05), (0.24, 0.04 + jaw), (0.25, 0.065 + jaw), (0.2, 0.075 + jaw), (0.08, 0.09)], dark)
            brush.blob([(0.13, 0.05), (0.23, 0.045 + 0.6 * jaw), (0.15, 0.07)], _TONGUE)
        contour = [
            (-0.07, -0.05), (-0.02, -0.082), (0.05, -0.07), (0.15, -0.048), (0.225, -0.038), (0.268, -0.018),
            (0.28, 0.022), (0.262, 0.05), (0.21, 0.052), (0.15, 0.05), (0.09, 0.088), (0.02, 0.1), (-0.05, 0.075),
            (-0.09, 0.02),
        ]  # fmt: skip
        brush.blob(contour, skin, part=True)
        if not brush.flat:
            brush.blob(
                [(0.2, -0.04), (0.262, -0.02), (0.278, 0.022), (0.26, 0.05), (0.21, 0.05), (0.195, 0.0)],
                deeper(skin, 0.32),
            )
            brush.blob([(0.03, -0.06), (0.16, -0.043), (0.17, -0.028), (0.03, -0.036)], paler(skin, 0.75))
            brush.oval(0.245, -0.004, 0.014, 0.01, INK)
            brush.stroke([(0.07, 0.07), (0.02, 0.086), (-0.04, 0.064)], 0.007, deeper(skin, 0.4), 0.8)
            lift = 0.03 * face.curve
            brush.stroke([(0.27, 0.03), (0.22, 0.034 + 0.3 * lift), (0.18, 0.03 - lift)], 0.008, INK)
            eye_of(brush, (0.03, -0.022), 0.075, (0.96, 0.95, 0.92), face, dark)
            if face.teeth and face.curve < 0:
                brush.poly([(0.215, 0.036), (0.265, 0.032), (0.262, 0.05), (0.22, 0.054)], (0.97, 0.96, 0.9))
            if face.tear:
                brush.oval(0.05, 0.03, 0.007, 0.012, (0.72, 0.88, 0.97), 0.9)
        brush.blob([(-0.085, -0.05), (-0.02, -0.1), (0.045, -0.07), (0.085, -0.03), (0.02, -0.045)], dark)
        _horse_ear(brush, skin, (-0.06, -0.045), pose.ears)
        return Places(brush.place(0.05, 0.0), brush.place(0.25, 0.045), brush.place(0.24, 0.06), None)


def _horse_ear(brush: Brush, colour: Colour, root: Point, ears: float) -> None:
    # the head hangs at 45 degrees, so that up is back and up in its own frame
    turn = -0.75 + 0.35 * ears - 0.5 * max(0.0, -ears)
    with brush.at(*root, turn=turn):
        brush.blob(
            [(-0.028, 0.015), (-0.03, -0.05), (-0.002, -0.115), (0.026, -0.05), (0.024, 0.015)], colour, part=True
        )
        if not brush.flat:
            brush.blob(
                [(-0.012, 0.0), (-0.014, -0.045), (0.0, -0.09), (0.012, -0.045), (0.01, 0.0)], deeper(colour, 0.45)
            )
