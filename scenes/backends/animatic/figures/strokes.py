"""Draws a thing that is written down in strokes with the brush of figures, about the brush's present frame."""

from __future__ import annotations

from scenes.backends.animatic.figure import Colour
from scenes.backends.animatic.figures.brush import Brush
from scenes.backends.animatic.things.drawing import Drawing, Mark


def draw_strokes(brush: Brush, drawing: Drawing, colour: Colour | None) -> None:
    """Paint a thing about the brush's present frame, dyed where a colour is given."""
    for mark in drawing.marks:
        _draw(brush, mark, drawing.colour(mark.tone, colour))


def _draw(brush: Brush, mark: Mark, colour: Colour) -> None:
    points = list(mark.points)
    part = mark.tone.rstrip("+-") == "own" and not mark.tone.endswith(("+", "-"))
    if mark.shape == "poly":
        brush.poly(points, colour, part=part)
    elif mark.shape == "blob":
        brush.blob(points, colour, part=part)
    elif mark.shape == "box":
        (left, top), (right, bottom) = points
        brush.poly([(left, top), (right, top), (right, bottom), (left, bottom)], colour, part=part)
    elif mark.shape == "line":
        radius = 0.5 * mark.width
        brush.limb(points, (radius,) * len(points), colour, part=False)
    elif mark.shape == "bow":
        brush.bar(points, mark.width, colour)
    else:
        (x, y), (rx, ry) = points
        if mark.shape == "ring":
            brush.ring(x, y, rx, ry, mark.width, colour)
        else:
            brush.oval(x, y, rx, ry, colour)
