"""The head without hair and hat: skull, ear, eyes, brows, nose, mouth, beard, seen in three quarters.

Drawn in head units (crown at -0.5, chin at 0.5, looking towards +x), the same in the whole figure and in the
close-up; small heads only leave out what could not be seen.
"""

from __future__ import annotations

from dataclasses import dataclass

from scenes.backends.animatic.figures.brush import Brush, Point, smooth
from scenes.backends.animatic.figures.expression import Expression
from scenes.backends.animatic.figures.look import Look, deeper, luma, mix, paler

MOUTH: Point = (0.185, 0.275)
"""Middle of the closed mouth."""
_NEAR_EYE = (0.045, -0.005, 0.088, 0.088)
_FAR_EYE = (0.3, -0.005, 0.064, 0.084)
_INK = (0.13, 0.08, 0.09)
_REST = 0.47
"""Where the chin ends at rest."""
_CHIN = 0.07
"""How much of the chin is below the lips at least: the jaw goes down with a mouth that opens wide."""


def skull(look: Look, jaw: float = 0.0) -> list[Point]:
    """The contour of the face and skull, without hair; the chin is `jaw` heads lower than at rest."""
    if look.age == "child":
        jaw_line = [(0.41, 0.12), (0.40, 0.26), (0.30, 0.43), (0.14, 0.5), (-0.06, 0.46), (-0.26, 0.32)]
    elif look.womanly:
        jaw_line = [(0.385, 0.10), (0.36, 0.22), (0.27, 0.4), (0.165, 0.5), (0.03, 0.45), (-0.2, 0.3)]
    else:
        jaw_line = [(0.39, 0.10), (0.375, 0.25), (0.32, 0.42), (0.185, 0.5), (0.0, 0.475), (-0.23, 0.32)]
    if look.girth > 1.12 and look.age != "child":
        jaw_line = [(x * (1.08 if x > 0 else 1.1), y + (0.02 if y > 0.3 else 0)) for x, y in jaw_line]
    jawed = [(x, y + jaw * min(1.0, max(0.0, (y - 0.15) / 0.3))) for x, y in jaw_line]
    return [
        (0.02, -0.5),
        (0.24, -0.44),
        (0.38, -0.26),
        (0.405, -0.08),
        *jawed,
        (-0.3, 0.12),
        (-0.4, -0.12),
        (-0.3, -0.4),
    ]


@dataclass(frozen=True, slots=True)
class Gape:
    """Where lips part: the middle of the closed ones, and how far down the lower one goes, in heads."""

    mid: float
    drop: float

    @property
    def low(self) -> float:
        """The lower edge of the lips."""
        return self.mid + self.drop


def gape_of(face: Expression) -> Gape:
    """The mouth of a face; closed lips have no drop."""
    return Gape(MOUTH[1] + 0.033 * face.curve, 0.045 + 0.165 * face.opening if face.opening >= 0.08 else 0.0)


def jaw_of(face: Expression) -> float:
    """How much lower than at rest the chin of a face is, in heads."""
    return max(0.0, gape_of(face).low + _CHIN - _REST)


def draw_face(brush: Brush, look: Look, face: Expression, detail: bool) -> None:
    """Paint the head; hair and hat come on top of it."""
    mouth, jaw = gape_of(face), jaw_of(face)
    contour = smooth(skull(look, jaw))
    brush.fill(contour, look.skin, part=True)
    if brush.flat:
        brush.blob([(0.36, 0.02), (0.46, 0.1), (0.45, 0.14), (0.36, 0.17)], look.skin)
        _beard(brush, look, jaw)
        return
    with brush.within(contour):
        brush.haze(-0.4, 0.12, 0.34, 0.66, deeper(look.skin, 0.45), 0.7)
        brush.haze(0.1, 0.62, 0.42, 0.26, deeper(look.skin, 0.4), 0.6)
        rosy = mix(look.skin, (0.9, 0.28, 0.25), 0.6)
        if face.blush > 0 and brush.tone.light.desaturate < 0.5:
            brush.haze(-0.02, 0.18, 0.15, 0.11, rosy, 0.85 * face.blush)
            brush.haze(0.36, 0.18, 0.09, 0.1, rosy, 0.85 * face.blush)
    _ear(brush, look, detail)
    if look.beard == "stubble" and detail:
        with brush.within(contour):
            brush.blob(
                [(-0.2, 0.2), (0.05, 0.24), (0.18, 0.18), (0.4, 0.2), (0.4, 0.5), (0.1, 0.56), (-0.2, 0.4)],
                look.hair,
                0.22,
            )
    _eye(brush, look, face, _NEAR_EYE, detail)
    _eye(brush, look, face, _FAR_EYE, detail)
    if look.age == "old" or face.bags > 0.5:
        _wrinkles(brush, look, face)
    if look.patch:
        brush.blob([(-0.06, -0.1), (0.15, -0.1), (0.13, 0.06), (0.04, 0.11), (-0.05, 0.06)], _INK)
        brush.stroke([(-0.36, -0.22), (0.05, -0.1), (0.39, -0.2)], 0.03, _INK)
    _beard(brush, look, jaw)
    _mouth(brush, look, face, mouth, detail)
    _nose(brush, look, detail)
    if look.beard in ("full", "long", "moustache"):
        _moustache(brush, look)
    if look.glasses:
        _glasses(brush)
    _brows(brush, look, face)
    if face.sweat and detail:
        for x, y, size in ((-0.15, -0.19, 1.0), (-0.205, -0.07, 0.7)):
            drop = [(0.0, -0.06), (0.028, 0.0), (0.0, 0.034), (-0.028, 0.0)]
            brush.blob([(x + size * a, y + size * b) for a, b in drop], (0.66, 0.86, 0.97), 0.92)


def _ear(brush: Brush, look: Look, detail: bool) -> None:
    brush.blob(
        [(-0.27, -0.08), (-0.19, -0.07), (-0.17, 0.03), (-0.21, 0.14), (-0.27, 0.15), (-0.31, 0.02)],
        look.skin,
        part=detail,
    )
    if detail:
        brush.stroke([(-0.265, -0.02), (-0.225, -0.02), (-0.215, 0.05), (-0.245, 0.09)], 0.02, deeper(look.skin, 0.45))
    else:
        brush.oval(-0.24, 0.03, 0.035, 0.06, deeper(look.skin, 0.3))


def _eye(brush: Brush, look: Look, face: Expression, eye: tuple[float, float, float, float], detail: bool) -> None:
    x, y, rx, ry = eye
    rx, ry = rx * (0.5 + 0.5 * face.wide), ry * face.wide
    if look.age == "child":
        rx, ry = rx * 1.12, ry * 1.12
    lash = mix(_INK, look.hair, 0.25)
    shut = face.lid > 0.9
    if shut:
        brush.stroke([(x - rx, y + 0.01), (x, y + 0.045), (x + rx, y + 0.01)], 0.032, lash)
        return
    if not detail:
        _dot_eye(brush, face, (x, y, rx, ry), lash)
        return
    upper, lower = y - ry + 2 * ry * face.lid * 0.62, y + ry - 2 * ry * face.cheek * 0.42
    slant = 0.35 * (face.outer - face.inner) * (1 if x < 0.2 else -1)
    almond = smooth([
        (x - rx, y + 0.15 * ry - slant), (x - 0.55 * rx, upper + 0.2 * (y - upper) - slant), (x + 0.05 * rx, upper),
        (x + 0.62 * rx, upper + 0.24 * (y - upper) + slant), (x + rx, y + 0.12 * ry + slant),
        (x + 0.5 * rx, lower - 0.12 * ry), (x - 0.45 * rx, lower - 0.1 * ry),
    ])  # fmt: skip
    brush.fill(almond, (0.97, 0.96, 0.93))
    with brush.within(almond):
        gx, gy = x + 0.016 + 0.34 * rx * face.gaze_x, y + 0.008 + 0.3 * ry * face.gaze_y
        iris = 0.05 * (0.8 + 0.2 * face.wide)
        brush.oval(gx, gy, iris * 0.95, iris, mix(look.hair, (0.25, 0.33, 0.35), 0.6))
        brush.oval(gx, gy, iris * 0.58 * face.pupil, iris * 0.6 * face.pupil, (0.05, 0.04, 0.05))
        brush.oval(gx + 0.018, gy - 0.02, 0.014, 0.015, (1.0, 1.0, 1.0))
        brush.oval(x, upper - 0.012, rx * 1.1, 0.028, (0.3, 0.22, 0.25), 0.28)
    lid = [
        (x - rx, y + 0.15 * ry - slant),
        (x - 0.5 * rx, upper + 0.17 * (y - upper) - slant),
        (x + 0.05 * rx, upper - 0.004),
    ]
    lid += [(x + 0.62 * rx, upper + 0.22 * (y - upper) + slant), (x + rx, y + 0.1 * ry + slant)]
    brush.stroke(lid, 0.026 if look.womanly else 0.02, lash)
    if look.womanly:
        outer = lid[0]
        if x < 0.2:
            brush.stroke([outer, (outer[0] - 0.035, outer[1] - 0.035)], 0.018, lash)
    if face.lid > 0.2:
        brush.stroke(
            [(x - rx * 0.8, upper - 0.035), (x, upper - 0.05), (x + rx * 0.8, upper - 0.03)],
            0.012,
            deeper(look.skin, 0.4),
        )
    if face.tear and x < 0.2:
        brush.blob(
            [(x - 0.02, y + 0.1), (x + 0.005, y + 0.16), (x - 0.02, y + 0.205), (x - 0.047, y + 0.16)],
            (0.72, 0.88, 0.97),
            0.9,
        )


def _dot_eye(
    brush: Brush, face: Expression, eye: tuple[float, float, float, float], ink: tuple[float, float, float]
) -> None:
    x, y, rx, ry = eye
    if face.wide > 1.1:
        brush.oval(x, y, rx * 0.98, ry * 0.98, (0.97, 0.96, 0.93))
    tall = ry * 0.82 * (1 - 0.55 * face.lid) * (1 - 0.35 * face.cheek)
    if face.wide > 1.1:
        tall *= 0.62
    gx, gy = x + 0.3 * rx * face.gaze_x, y + 0.02 + 0.32 * ry * face.gaze_y + 0.3 * ry * face.lid
    brush.oval(gx, gy, rx * 0.58, tall, ink)
    if face.lid > 0.3:
        brush.stroke([(x - rx, gy - tall), (x + rx, gy - tall)], 0.03, ink)


def _brows(brush: Brush, look: Look, face: Expression) -> None:
    base = -0.165 - 0.02 * (face.wide - 1) * 4
    colour = deeper(look.hair, 0.25) if luma(look.hair) < 0.6 else mix(look.hair, (0.4, 0.36, 0.34), 0.35)
    thick = (0.038 if look.womanly else 0.052) * (1.25 if look.age == "old" and not look.womanly else 1.0)
    near = [
        (-0.085, base + 0.015 - face.outer),
        (0.03, base - 0.02 - 0.55 * face.outer - 0.45 * face.inner),
        (0.135, base + 0.01 - face.inner),
    ]
    far = [
        (0.245, base + 0.01 - face.inner),
        (0.31, base - 0.018 - 0.5 * face.outer - 0.5 * face.inner),
        (0.375, base + 0.012 - face.outer),
    ]
    brush.stroke(near, thick, colour)
    brush.stroke(far, thick * 0.9, colour)
    if face.inner < -0.05:
        brush.stroke([(0.18, base - 0.02), (0.185, base + 0.05)], 0.014, deeper(look.skin, 0.5))


def _nose(brush: Brush, look: Look, detail: bool) -> None:
    big = 1.25 if look.age == "old" else 0.82 if look.age == "child" or look.womanly else 1.0
    bright = mix(look.skin, (0.95, 0.42, 0.32), 0.16)
    shade = deeper(bright, 0.26)
    if detail:
        brush.stroke([(0.205, -0.03), (0.235, 0.05), (0.25 + 0.02 * big, 0.1)], 0.016, deeper(look.skin, 0.34), 0.55)
    tip = 0.235 + 0.085 * big
    brush.blob(
        [(0.19, 0.125), (0.215, 0.075), (tip - 0.05, 0.055), (tip, 0.1), (tip - 0.02, 0.15), (0.225, 0.165)], shade
    )
    brush.oval(tip - 0.062, 0.1, 0.052 * big, 0.042 * big, bright)
    if detail:
        brush.oval(tip - 0.045, 0.09, 0.022 * big, 0.018 * big, paler(look.skin, 0.45), 0.75)
        brush.stroke([(0.2, 0.155), (0.235, 0.172), (0.275, 0.16)], 0.016, deeper(look.skin, 0.6))


def _mouth(brush: Brush, look: Look, face: Expression, gape: Gape, detail: bool) -> None:
    mx, my = MOUTH
    half = 0.118 * face.breadth
    lift = 0.06 * face.curve
    corner_y = my - lift
    lips = mix(look.skin, (0.72, 0.16, 0.2), 0.62 if look.womanly else 0.38)
    line = deeper(lips, 0.5)
    mid, drop = gape.mid, gape.drop
    if look.beard in ("full", "long"):
        _bare_lips(brush, look, (mx, mid), half, drop or 0.03)
    if not drop:
        brush.stroke([(mx - half, corner_y), (mx, mid), (mx + half * 0.85, corner_y)], 0.026 if detail else 0.04, line)
        if detail:
            brush.stroke([(mx - 0.4 * half, mid + 0.048), (mx + 0.3 * half, mid + 0.048)], 0.02, lips, 0.8)
        return
    top = mid - 0.03 * min(1.0, face.opening * 2)
    hole = smooth([
        (mx - half, corner_y), (mx - 0.5 * half, 0.4 * corner_y + 0.6 * top), (mx, top),
        (mx + 0.45 * half, 0.4 * corner_y + 0.6 * top), (mx + 0.88 * half, corner_y),
        (mx + 0.6 * half, mid + drop * 0.78),
        (mx + 0.28 * half, mid + drop), (mx - 0.3 * half, mid + drop),
        (mx - 0.68 * half, mid + drop * 0.78),
    ])  # fmt: skip
    brush.fill(hole, (0.3, 0.07, 0.09))
    with brush.within(hole):
        if detail:
            brush.oval(mx - 0.01, mid + drop + 0.005, half * 0.7, drop * 0.42, (0.8, 0.34, 0.36))
        if face.teeth or face.opening > 0.45:
            brush.oval(mx, top - 0.012, half * 1.05, 0.05 + 0.012 * face.opening, (0.97, 0.95, 0.91))
    if detail:
        edge = [
            (mx - half, corner_y),
            (mx - 0.5 * half, 0.4 * corner_y + 0.6 * top),
            (mx, top),
            (mx + 0.45 * half, 0.4 * corner_y + 0.6 * top),
        ]
        brush.stroke([*edge, (mx + 0.88 * half, corner_y)], 0.018, line)
        brush.stroke(
            [(mx - 0.45 * half, mid + drop * 0.98), (mx, mid + drop + 0.018), (mx + 0.4 * half, mid + drop * 0.98)],
            0.026,
            lips,
        )


def _bare_lips(brush: Brush, look: Look, middle: Point, half: float, drop: float) -> None:
    """The skin about the mouth that a beard leaves free, without which a dark one would hide what it says."""
    x, y = middle
    shape = [(x - 1.3 * half, y), (x - 0.7 * half, y - 0.055), (x + 0.7 * half, y - 0.055), (x + 1.2 * half, y)]
    shape += [(x + 0.75 * half, y + drop + 0.045), (x - 0.75 * half, y + drop + 0.045)]
    brush.blob(shape, paler(look.skin, 0.12))


def _wrinkles(brush: Brush, look: Look, face: Expression) -> None:
    crease = deeper(look.skin, 0.42)
    for x, width in ((0.045, 0.075), (0.3, 0.05)):
        brush.stroke([(x - width, 0.095), (x, 0.125), (x + width, 0.1)], 0.017, crease, 0.6 if face.bags < 0.5 else 0.9)
    if look.age == "old":
        brush.stroke([(0.06, 0.16), (0.045, 0.22), (0.05, 0.27)], 0.016, crease, 0.7)
        brush.stroke([(0.06, -0.3), (0.2, -0.315), (0.33, -0.29)], 0.014, crease, 0.6)
        brush.stroke([(0.08, -0.355), (0.2, -0.368), (0.3, -0.35)], 0.012, crease, 0.45)


def _beard(brush: Brush, look: Look, jaw: float) -> None:
    if look.beard not in ("full", "long"):
        return
    low = (0.66 if look.beard == "full" else 1.12) + jaw
    shape = [(-0.26, 0.06), (-0.18, 0.16), (-0.02, 0.24), (0.1, 0.2), (0.28, 0.2), (0.37, 0.16), (0.41, 0.3)]
    shape += [(0.36, 0.48), (0.24, low - 0.03), (0.12, low), (0.0, 0.5 * low + 0.24), (-0.18, 0.44), (-0.28, 0.24)]
    brush.blob(shape, look.hair, part=True)
    strand = deeper(look.hair, 0.3)
    for start, end in (
        ((-0.08, 0.34), (0.02, 0.56)),
        ((0.08, 0.44), (0.12, low - 0.1)),
        ((0.26, 0.44), (0.22, low - 0.14)),
    ):
        brush.stroke([start, end], 0.016, strand, 0.6)


def _moustache(brush: Brush, look: Look) -> None:
    colour = mix(look.hair, (1.0, 1.0, 1.0), 0.08)
    brush.blob([(0.2, 0.19), (0.1, 0.2), (0.02, 0.28), (0.06, 0.295), (0.14, 0.26), (0.215, 0.235)], colour)
    brush.blob([(0.22, 0.19), (0.3, 0.195), (0.375, 0.275), (0.34, 0.29), (0.28, 0.255), (0.215, 0.235)], colour)


def _glasses(brush: Brush) -> None:
    for x, y, rx, ry in (_NEAR_EYE, _FAR_EYE):
        brush.oval(x, y, rx + 0.03, ry + 0.03, (0.85, 0.95, 1.0), 0.22)
        brush.ring(x, y, rx + 0.032, ry + 0.03, 0.024, (0.16, 0.14, 0.16))
    brush.stroke([(0.165, -0.015), (0.205, -0.03), (0.21, -0.015)], 0.022, (0.16, 0.14, 0.16))
    brush.stroke([(-0.075, -0.02), (-0.24, -0.035)], 0.022, (0.16, 0.14, 0.16))
