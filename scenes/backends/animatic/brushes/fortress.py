"""A castle on its rock: towers, spires, battlements and lit slits.

Knows no places.
"""

from __future__ import annotations

from scenes.backends.animatic.brushes.sheet import Sheet, box, curve, down, fill, glow, polygon, stroke
from scenes.backends.animatic.figure import Colour


def castle(sheet: Sheet) -> None:
    """A castle on its rock: towers with spires and pennants, walls with battlements.

    Options: `x`, `size` (frame unit).
    """
    canvas, layout = sheet.canvas, sheet.layout
    u = sheet.option("size", 0.56) * layout.unit
    x, y = sheet.x(sheet.option("x", 0.62)), sheet.base
    stone, shade, roof = (
        sheet.tone("stone", lit=0.7),
        sheet.tone("stonedark", lighten=-0.2),
        sheet.tone("roofdark", lit=0.3),
    )
    white = sheet.scheme.weather.white > 0
    rock = [
        (x - 1.05 * u, y + 0.12 * u),
        (x - 0.72 * u, y - 0.10 * u),
        (x - 0.46 * u, y - 0.16 * u),
        (x - 0.30 * u, y - 0.34 * u),
        (x, y - 0.38 * u),
        (x + 0.32 * u, y - 0.35 * u),
        (x + 0.52 * u, y - 0.18 * u),
        (x + 0.80 * u, y - 0.08 * u),
        (x + 1.15 * u, y + 0.12 * u),
        (x + 1.2 * u, sheet.bottom),
        (x - 1.1 * u, sheet.bottom),
    ]
    canvas.drawPath(
        polygon(rock),
        down(y - 0.38 * u, y + 0.2 * u, [(0, sheet.tone("rockdark", lit=0.3), 1), (1, sheet.tone("leafdark", 0.1), 1)]),
    )
    for k in range(9):
        px = x + (-0.55 + 0.125 * k) * u
        canvas.drawPath(
            polygon(
                [
                    (px, y - 0.26 * u),
                    (px + 0.07 * u, y - 0.20 * u),
                    (px + 0.04 * u, y + 0.02 * u),
                    (px - 0.03 * u, y - 0.05 * u),
                ]
            ),
            fill(sheet.tone("rock", lit=0.5), 0.22),
        )
    towers = (
        (-0.30, 0.085, 0.30, 0.16),
        (-0.185, 0.12, 0.24, 0.0),
        (0.17, 0.12, 0.30, 0.0),
        (0.02, 0.14, 0.56, 0.25),
        (-0.10, 0.075, 0.42, 0.17),
        (0.29, 0.095, 0.36, 0.19),
        (0.135, 0.06, 0.47, 0.14),
    )
    foot = y - 0.28 * u
    canvas.drawRect(box(x - 0.33 * u, foot - 0.16 * u, 0.66 * u, 0.22 * u), fill(shade))
    _battlements(sheet, x - 0.33 * u, foot - 0.16 * u, 0.66 * u, 0.022 * u, shade)
    for at, w, h, spire in towers:
        px, top = x + at * u, foot - h * u
        canvas.drawRect(box(px - w / 2 * u, top, w * u, h * u + 0.10 * u), fill(stone))
        canvas.drawRect(box(px, top, w / 2 * u, h * u + 0.10 * u), fill(shade, 0.55))
        if spire:
            canvas.drawRect(box(px - 0.62 * w * u, top - 0.02 * u, 1.24 * w * u, 0.035 * u), fill(shade))
            tip = top - spire * u
            canvas.drawPath(
                polygon([(px - 0.68 * w * u, top - 0.015 * u), (px, tip), (px + 0.68 * w * u, top - 0.015 * u)]),
                fill(sheet.tone("snow") if white else roof),
            )
            canvas.drawPath(
                polygon([(px + 0.05 * w * u, top - 0.015 * u), (px, tip), (px + 0.68 * w * u, top - 0.015 * u)]),
                fill(sheet.tone("roofdark", lighten=-0.4), 0.5),
            )
            canvas.drawLine(px, tip, px, tip - 0.055 * u, stroke(sheet.tone("metal"), 0.004 * u))
            canvas.drawPath(
                polygon([(px, tip - 0.055 * u), (px + 0.055 * u, tip - 0.042 * u), (px, tip - 0.026 * u)]),
                fill(sheet.tone("fabric", lit=0.5)),
            )
        else:
            _battlements(sheet, px - w / 2 * u, top, w * u, 0.022 * u, stone)
        for k in range(int(h * 7)):
            if sheet.rng.random() < 0.7:
                _slit(sheet, px + (-0.18 if k % 2 else 0.12) * w * u, top + (0.05 + 0.085 * k) * u, 0.016 * u)
    canvas.drawPath(
        curve(
            [
                (x - 0.05 * u, foot + 0.05 * u),
                (x - 0.05 * u, foot - 0.05 * u),
                (x, foot - 0.09 * u),
                (x + 0.05 * u, foot - 0.05 * u),
                (x + 0.05 * u, foot + 0.05 * u),
            ]
        ),
        fill(sheet.tone("wooddark", lighten=-0.4)),
    )


def _battlements(sheet: Sheet, x: float, y: float, width: float, tooth: float, colour: Colour) -> None:
    count = max(3, int(width / (1.8 * tooth)))
    for k in range(count):
        sheet.canvas.drawRect(
            box(x + k * (width - tooth) / (count - 1), y - 1.1 * tooth, tooth, 1.4 * tooth), fill(colour)
        )


def _slit(sheet: Sheet, x: float, y: float, w: float) -> None:
    day = sheet.scheme.day
    if day.lamps > 0.3:
        glow(sheet, (x + w / 2, y + w), 4.2 * w, sheet.scheme.lamp(), 0.4 * day.lamps)
    colour = sheet.scheme.lamp() if day.lamps > 0.3 else sheet.tone("wooddark", lighten=-0.4)
    sheet.canvas.drawPath(
        curve([(x, y + 2.2 * w), (x, y + 0.6 * w), (x + w / 2, y), (x + w, y + 0.6 * w), (x + w, y + 2.2 * w)]),
        fill(colour),
    )


BRUSHES = {"castle": castle}
RULED = frozenset({"castle"})
