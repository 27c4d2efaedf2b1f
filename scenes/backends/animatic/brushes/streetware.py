"""What stands on a pavement: hydrant, litter bin, boxes with shrubs. Low, so that nobody's face is hidden by it.

A sheet of its own, so that wet ground mirrors nothing over it. Sizes are in heights of a person. Knows no places.
"""

from __future__ import annotations

from scenes.backends.animatic.brushes.sheet import Sheet, box, down, fill, polygon, stroke, sweep
from scenes.backends.animatic.brushes.trees import crown
from scenes.backends.animatic.light import mix


def street_furniture(sheet: Sheet) -> None:
    """A hydrant, a bin and shrubs on the ground; in narrow frames and near shots shrubs at the edges alone."""
    y = sheet.base
    narrow = sheet.layout.width < 3.2 * sheet.layout.person
    for at in (0.015, 0.985) if narrow else (0.02, 0.615, 0.98):
        _shrub(sheet, sheet.x(at), y)
    if not narrow:
        _hydrant(sheet, sheet.x(0.43), y + 0.02 * sheet.person)
        _bin(sheet, sheet.x(0.885), y)


def _shadow(sheet: Sheet, x: float, y: float, half: float) -> None:
    sheet.canvas.drawOval(box(x - half, y - 0.14 * half, 2.0 * half, 0.30 * half), fill(sheet.scheme.ink, 0.32))


def _shrub(sheet: Sheet, x: float, y: float) -> None:
    """A wooden box with a clipped shrub in it."""
    p, canvas = sheet.person, sheet.canvas
    w, h = 0.14 * p, 0.19 * p
    _shadow(sheet, x, y, 1.2 * w)
    wood, dark = sheet.tone("wood", lit=0.3), sheet.tone("wooddark", lighten=-0.2)
    canvas.drawPath(polygon([(x - w, y - h), (x + w, y - h), (x + 0.86 * w, y), (x - 0.86 * w, y)]), fill(wood))
    for k in (-0.5, 0.0, 0.5):
        canvas.drawLine(x + k * w, y - h, x + 0.88 * k * w, y, stroke(dark, 0.008 * p, 0.6))
    canvas.drawRect(box(x - 1.08 * w, y - h - 0.03 * p, 2.16 * w, 0.05 * p), fill(dark))
    crown(sheet, x, y - h - 0.13 * p, 0.32 * p, 0.28 * p, "leafdark")


def _hydrant(sheet: Sheet, x: float, y: float) -> None:
    p, canvas = sheet.person, sheet.canvas
    side = 1.0 if sheet.scheme.day.sun_x > 0.5 else -1.0
    lit, dark = sheet.tone("awning", lit=0.6), sheet.tone("awning", lighten=-0.45)
    w = 0.055 * p
    _shadow(sheet, x, y, 2.0 * w)
    body = sweep((x + side * w, 0), (x - side * w, 0), [(0, lit, 1), (0.5, mix(lit, dark, 0.4), 1), (1, dark, 1)])
    canvas.drawRect(box(x - w, y - 0.22 * p, 2.0 * w, 0.22 * p), body)
    canvas.drawOval(box(x - w, y - 0.275 * p, 2.0 * w, 0.11 * p), body)
    for low, wide in ((0.035, 1.35), (0.225, 1.25)):
        canvas.drawRect(box(x - wide * w, y - low * p, 2.0 * wide * w, 0.035 * p), body)
    canvas.drawRect(box(x - 1.7 * w, y - 0.165 * p, 3.4 * w, 0.055 * p), body)
    canvas.drawCircle(x, y - 0.138 * p, 0.034 * p, fill(dark))


def _bin(sheet: Sheet, x: float, y: float) -> None:
    p, canvas = sheet.person, sheet.canvas
    lit, dark = sheet.tone("fir", lit=0.5), sheet.tone("fir", lighten=-0.5)
    w, h = 0.095 * p, 0.33 * p
    _shadow(sheet, x, y, 1.3 * w)
    canvas.drawRect(box(x - w, y - h, 2.0 * w, h), down(y - h, y, [(0, lit, 1), (1, dark, 1)]))
    for k in range(-3, 4):
        canvas.drawLine(x + 0.28 * k * w, y - 0.92 * h, x + 0.28 * k * w, y - 0.06 * h, stroke(dark, 0.009 * p, 0.7))
    canvas.drawOval(box(x - 1.12 * w, y - h - 0.05 * p, 2.24 * w, 0.09 * p), fill(dark))
    canvas.drawOval(box(x - 0.8 * w, y - h - 0.035 * p, 1.6 * w, 0.05 * p), fill(sheet.scheme.ink, 0.8))


BRUSHES = {"street furniture": street_furniture}
RULED: frozenset[str] = frozenset()
