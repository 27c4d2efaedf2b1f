"""Paints the things of the property room on a sheet: in this light, in this style, dyed, one or several.

A thing stands at the option `x` (part of the frame's width), `turned` 1 to the right or -1 to the left, `count` of it
side by side; `red`, `green` and `blue` dye it. Knows no places and no single thing.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import skia

from scenes.backends.animatic.brushes.sheet import Sheet, argb, box, curve, fill, glow, polygon, stroke, sweep
from scenes.backends.animatic.brushes.wayside import dye, dyed, frame_of
from scenes.backends.animatic.figure import Colour
from scenes.backends.animatic.light import mix
from scenes.backends.animatic.things.drawing import Drawing, Mark, Piece
from scenes.backends.animatic.things.room import PIECES

TABLE = 0.50
"""Height of the little table that small things stand on, in heights of a person."""
_LIFE = 0.8
"""How large what is written for a table is shown on it."""
_GAP = 1.12
_DARK = 0.3
"""How brightly lamps burn (0..1) where those of things are lit too."""
_OPEN = ("line", "bow", "ring")


def thing(sheet: Sheet, piece: Piece) -> None:
    """One thing, or several side by side, on the ground, on a little table, on the water or in the air."""
    x, y, p, turned = frame_of(sheet)
    count = max(1, int(sheet.option("count", 1.0)))
    size = (_LIFE if piece.on == "table" else 1.0) * p
    step = _GAP * 2.0 * piece.wide * size
    if piece.on == "table":
        half = max(0.22 * p, 0.5 * (count - 1) * step + 0.9 * piece.wide * size)
        y -= _crate(sheet, x, y, p, half) if sheet.option("crate", 0.0) else _table(sheet, x, y, p, half)
    y -= piece.up * p
    sheet.canvas.saveLayer(None, None)
    for k in range(count):
        at = x + (k - 0.5 * (count - 1)) * step
        sheet.canvas.save()
        sheet.canvas.translate(at, y)
        sheet.canvas.scale(turned * size, size)
        _strokes(sheet, piece.drawing, dyed(sheet), hollow=sheet.scheme.style.silhouette and piece.on != "table")
        sheet.canvas.restore()
    _volume(sheet, x, y, 0.5 * count * step, size * max(0.3, -piece.drawing.bounds()[1]))
    sheet.canvas.restore()
    for mark in piece.drawing.marks:
        if mark.shape == "oval" and (mark.tone == "fire" or (mark.tone == "lamp" and sheet.scheme.day.lamps > _DARK)):
            far, strength = (0.22, 0.5) if mark.tone == "fire" else (0.55, 0.8 * sheet.scheme.day.lamps)
            for k in range(count):
                at = x + (k - 0.5 * (count - 1)) * step + turned * mark.points[0][0] * size
                glow(sheet, (at, y + mark.points[0][1] * size), far * size, sheet.scheme.lamp(), strength)


def _crate(sheet: Sheet, x: float, y: float, p: float, half: float) -> float:
    """A wooden box under open sky, `half` its width; gives its height."""
    left, top, right, _ = PIECES["crate"].drawing.bounds()
    tall = 0.36 * p
    sheet.canvas.save()
    sheet.canvas.translate(x, y)
    sheet.canvas.scale(2.0 * half / (right - left), tall / -top)
    _strokes(sheet, PIECES["crate"].drawing, None)
    sheet.canvas.restore()
    return tall


def _table(sheet: Sheet, x: float, y: float, p: float, half: float) -> float:
    """A little table, as wide as what stands on it; gives its height."""
    wood, dark = sheet.tone("wood", lit=0.5), sheet.tone("wooddark", lit=0.2)
    for side in (-1, 1):
        foot = x + side * 0.86 * half
        sheet.canvas.drawLine(foot, y + 0.01 * p, x + side * 0.78 * half, y - TABLE * p, stroke(dark, 0.035 * p))
    sheet.canvas.drawLine(x - 0.8 * half, y - 0.18 * p, x + 0.8 * half, y - 0.18 * p, stroke(dark, 0.02 * p))
    sheet.canvas.drawRect(box(x - 0.92 * half, y - TABLE * p, 1.84 * half, 0.06 * p), fill(dark))
    sheet.canvas.drawRoundRect(
        box(x - 1.04 * half, y - (TABLE + 0.01) * p, 2.08 * half, 0.045 * p), 0.012 * p, 0.012 * p, fill(wood)
    )
    return TABLE * p


def _strokes(sheet: Sheet, drawing: Drawing, own: Colour | None, hollow: bool = False) -> None:
    """All strokes in the canvas's present units, each casting a narrow shadow or inked, as the style has it.

    Where `hollow`, windows are cut out, so that a silhouette still tells a car from a stone.
    """
    canvas, style, lamps = sheet.canvas, sheet.scheme.style, sheet.scheme.day.lamps
    for mark in drawing.marks:
        local = drawing.colour(mark.tone, own)
        glazed = mark.tone.startswith(("glass", "lamp"))
        burning = mark.tone.rstrip("+-") in ("lamp", "fire") and (lamps > _DARK or mark.tone == "fire")
        colour = mix(sheet.scheme.lamp(), (1.0, 1.0, 1.0), 0.25) if burning else dye(sheet, local, lit=0.35)
        if style.outline:
            edge = stroke((0.16, 0.11, 0.12), 1.0, 0.85)
            edge.setStrokeWidth(0.016 + (mark.width if mark.shape in _OPEN else 0.0))
            canvas.drawPath(_path(mark), edge)
        elif style.shadow:
            canvas.save()
            canvas.translate(-0.006, 0.011)
            under = _paint(mark, (0.04, 0.02, 0.07), 0.26)
            under.setBlendMode(skia.BlendMode.kSrcATop)
            canvas.drawPath(_path(mark), under)
            canvas.restore()
        paint = _paint(mark, colour, 1.0)
        if hollow and glazed and not burning:
            paint.setBlendMode(skia.BlendMode.kClear)
        canvas.drawPath(_path(mark), paint)


def _paint(mark: Mark, colour: Colour, alpha: float) -> Any:
    if mark.shape not in _OPEN:
        return fill(colour, alpha)
    paint = stroke(colour, 1.0, alpha)
    paint.setStrokeWidth(mark.width)
    return paint


def _path(mark: Mark) -> Any:
    """The outline of a stroke, in units of its drawing."""
    points = mark.points
    if mark.shape in ("poly", "line"):
        return polygon(points, mark.shape == "poly")
    if mark.shape in ("blob", "bow"):
        return curve(points, mark.shape == "blob")
    (x, y), (a, b) = points
    builder = skia.PathBuilder()
    if mark.shape == "box":
        builder.addRRect(skia.RRect.MakeRectXY(skia.Rect.MakeLTRB(x, y, a, b), mark.width, mark.width))
    else:
        builder.addOval(skia.Rect.MakeLTRB(x - a, y - b, x + a, y + b))
    return builder.detach()


def _volume(sheet: Sheet, x: float, y: float, half: float, tall: float) -> None:
    """Light from the sun's side and shade at the foot, on what is painted alone."""
    if sheet.scheme.style.silhouette:
        return
    side = 1.0 if sheet.scheme.day.sun_x > 0.5 else -1.0
    ink, key = sheet.scheme.ink, sheet.scheme.day.key
    for start, stop, stops in (
        ((x, y), (x, y - tall), [(0.0, ink, 0.26), (0.45, ink, 0.0), (1.0, ink, 0.0)]),
        ((x + side * half, y), (x - side * half, y), [(0.0, key, 0.20), (0.5, key, 0.0), (1.0, key, 0.0)]),
        ((x - side * half, y), (x + side * half, y), [(0.0, ink, 0.24), (0.6, ink, 0.0), (1.0, ink, 0.0)]),
    ):
        paint = sweep(start, stop, stops)
        paint.setBlendMode(skia.BlendMode.kSrcATop)
        sheet.canvas.drawPaint(paint)


def shade(sheet: Sheet) -> None:
    """The soft shadow where a thing stands; `wide` is half its width in heights of a person."""
    x, y, p, _ = frame_of(sheet)
    half = sheet.option("wide", 0.3) * p
    stops = [argb(sheet.scheme.ink, alpha) for alpha in (0.42, 0.30, 0.0)]
    sheet.canvas.save()
    sheet.canvas.translate(x, y + 0.01 * p)
    sheet.canvas.scale(1.12 * half, 0.05 * p + 0.05 * half)
    shader = skia.GradientShader.MakeRadial((0.0, 0.0), 1.0, stops, [0.0, 0.55, 1.0])
    sheet.canvas.drawCircle(0.0, 0.0, 1.0, skia.Paint(AntiAlias=True, Shader=shader))
    sheet.canvas.restore()


BRUSHES = {f"thing:{name}": partial(thing, piece=piece) for name, piece in PIECES.items()} | {"shade": shade}
RULED = frozenset(f"thing:{name}" for name in PIECES)
