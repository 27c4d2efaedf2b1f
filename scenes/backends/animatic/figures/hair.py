"""Hair in head units: what falls behind the body, and what lies on the skull. Moves with wind and step."""

from __future__ import annotations

import math

from scenes.backends.animatic.figures.brush import Brush
from scenes.backends.animatic.figures.look import Look, deeper, paler

_WRAPPED = frozenset({"hood", "headscarf", "kerchief", "bonnet", "beanie", "helmet"})
"""Headgear that holds the hair together."""


def draw_hair_behind(brush: Brush, look: Look, sway: float, wind: float) -> None:
    """Paint the hair that hangs behind neck and shoulders; `sway` (-1..1) is the step's, `wind` -1..1."""
    if look.hat in ("hood", "globe") or look.kind == "robot":
        return
    back = deeper(look.hair, 0.24) if not brush.flat else look.hair
    drift = -0.16 * wind - 0.05 * sway
    if look.hair_style == "long":
        shape = [
            (0.1, -0.5),
            (-0.3, -0.45),
            (-0.47, -0.1),
            (-0.5 + 0.4 * drift, 0.4),
            (-0.52 + drift, 0.86),
            (-0.3 + 1.3 * drift, 1.06),
        ]
        shape += [(-0.02 + drift, 0.92), (0.16, 0.6), (0.2, 0.2)]
        brush.blob(shape, back, part=True)
    elif look.hair_style == "bob":
        shape = [
            (0.1, -0.5),
            (-0.32, -0.42),
            (-0.48, -0.05),
            (-0.5 + 0.4 * drift, 0.3),
            (-0.4 + 0.5 * drift, 0.56),
            (-0.1, 0.58),
            (0.2, 0.52),
            (0.26, 0.1),
        ]
        brush.blob(shape, back, part=True)
    elif look.hair_style == "curly":
        for x, y, r in (
            (-0.3, -0.3, 0.26),
            (-0.42, -0.05, 0.24),
            (-0.4, 0.2, 0.24),
            (-0.3, 0.42, 0.22),
            (-0.1, 0.5, 0.18),
        ):
            brush.oval(x + 0.3 * drift * max(0.0, y), y, r, r, back)
    elif look.hair_style == "pony":
        tail = [
            (-0.36, -0.32),
            (-0.56, -0.3),
            (-0.68 + 0.5 * drift, 0.0),
            (-0.66 + 1.2 * drift, 0.42),
            (-0.58 + 1.6 * drift, 0.6),
        ]
        tail += [(-0.5 + drift, 0.3), (-0.44, 0.0)]
        brush.blob(tail, look.hair, part=True)
    elif look.hair_style == "bun" and look.hat not in _WRAPPED:
        brush.oval(-0.44, -0.36, 0.19, 0.18, look.hair)
        brush.stroke([(-0.54, -0.4), (-0.44, -0.3), (-0.35, -0.34)], 0.02, deeper(look.hair, 0.4))
    elif look.hair_style == "braid":
        for step in range(6):
            y = 0.12 + 0.17 * step
            x = -0.36 + drift * (0.1 + 0.22 * step) + 0.02 * math.sin(step * 3.14)
            brush.oval(x, y, 0.115 - 0.011 * step, 0.12, back if step % 2 else look.hair)


def draw_hair(brush: Brush, look: Look, detail: bool) -> None:
    """Paint the hair on the skull, around face and ear."""
    if look.hat in ("hood", "headscarf") or look.kind == "robot":
        if look.hat == "headscarf" and look.hair_style != "bald":
            brush.blob([(0.0, -0.42), (0.2, -0.42), (0.36, -0.3), (0.2, -0.3), (0.02, -0.22), (-0.12, -0.1)], look.hair)
        return
    colour = look.hair
    if look.hair_style == "bald":
        if look.age == "old" or look.beard in ("full", "long"):
            brush.blob(
                [(-0.28, -0.16), (-0.42, -0.2), (-0.47, 0.04), (-0.38, 0.22), (-0.29, 0.16), (-0.31, 0.0)],
                colour,
                part=True,
            )
        return
    brush.blob(_cap(look), colour, part=True)
    if look.hair_style == "curly" and look.hat not in _WRAPPED:
        rings = (
            (-0.4, -0.28, 0.17),
            (-0.26, -0.48, 0.18),
            (-0.02, -0.57, 0.18),
            (0.2, -0.5, 0.16),
            (0.34, -0.36, 0.12),
            (-0.36, 0.0, 0.15),
            (-0.3, 0.22, 0.14),
        )
        for x, y, r in rings:
            brush.oval(x, y, r, r, colour)
    elif look.hair_style == "spiky" and not look.hat:
        for x, y, tip_x, tip_y in (
            (-0.38, -0.2, -0.62, -0.24),
            (-0.32, -0.38, -0.58, -0.48),
            (-0.16, -0.5, -0.36, -0.7),
            (0.04, -0.53, -0.04, -0.72),
            (0.24, -0.46, 0.24, -0.64),
            (0.33, -0.36, 0.46, -0.46),
        ):
            brush.poly([(x - 0.1, y + 0.1), (tip_x, tip_y), (x + 0.14, y - 0.02)], colour)
    elif look.hair_style in ("long", "bob"):
        low = 0.62 if look.hair_style == "long" else 0.44
        lock = [
            (-0.02, -0.36),
            (-0.14, -0.14),
            (-0.15, 0.12),
            (-0.2, low),
            (-0.34, low + 0.05),
            (-0.43, 0.2),
            (-0.45, -0.1),
            (-0.3, -0.4),
        ]
        brush.blob(lock, colour, part=True)
    if detail:
        brush.haze(-0.02, -0.48, 0.3, 0.1, paler(colour, 0.35), 0.4)
        strand = deeper(colour, 0.35)
        brush.stroke([(-0.38, -0.2), (-0.28, -0.36), (-0.12, -0.44)], 0.014, strand, 0.6)
        brush.stroke([(0.1, -0.4), (0.22, -0.42), (0.34, -0.36)], 0.014, strand, 0.6)


def _cap(look: Look) -> list[tuple[float, float]]:
    """The outline of the hair that covers the skull; its front edge is the hairline."""
    crown = [(0.43, -0.3), (0.36, -0.48), (0.14, -0.585), (-0.12, -0.58), (-0.36, -0.46), (-0.475, -0.22)]
    if look.hair_style == "crop":
        crown = [(0.41, -0.27), (0.34, -0.43), (0.14, -0.53), (-0.12, -0.53), (-0.34, -0.42), (-0.44, -0.2)]
    nape = [(-0.46, 0.02), (-0.38, 0.2), (-0.3, 0.16), (-0.31, 0.0)]
    if look.womanly:
        fringe = [(-0.2, 0.0), (-0.13, -0.16), (0.0, -0.29), (0.12, -0.37), (0.26, -0.33), (0.395, -0.22)]
    elif look.age == "child":
        fringe = [(-0.2, 0.0), (-0.14, -0.15), (-0.02, -0.22), (0.1, -0.2), (0.2, -0.26), (0.3, -0.21), (0.39, -0.24)]
    elif look.age == "old":
        fringe = [(-0.2, 0.02), (-0.16, -0.18), (-0.06, -0.34), (0.1, -0.43), (0.26, -0.42)]
    else:
        fringe = [(-0.2, 0.04), (-0.15, -0.14), (-0.04, -0.25), (0.14, -0.3), (0.3, -0.27)]
    return [*fringe, *crown, *nape]
