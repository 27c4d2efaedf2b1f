"""The brush: puts shapes on a premultiplied BGRA array through skia, in the colours of the scene's light and style.

All shapes come in units of whoever draws (heights, heads); the brush keeps the transform. It knows neither people nor
poses.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import skia
from numpy.typing import NDArray

from scenes.backends.animatic.figure import Colour, FigureLight
from scenes.backends.animatic.figures.look import deeper, luma, mix
from scenes.backends.animatic.styles.tables import STYLES, FigureFinish

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Tone:
    """What light and style make of a local colour before any relief is added."""

    light: FigureLight
    style: str

    @property
    def finish(self) -> FigureFinish:
        """What the style does to people; an unknown style is papercut."""
        return STYLES.get(self.style, STYLES["papercut"]).figure

    def __call__(self, colour: Colour) -> Colour:
        """The colour as it is painted: one colour in silhouette, else greyed as asked and tinted by the ambient."""
        dark = self.flat_colour()
        if dark is not None:
            return dark
        grey = luma(colour)
        keeps_red = self.finish.keeps_red
        red = keeps_red and colour[0] > 0.45 and colour[0] > 2.2 * max(colour[1], colour[2])
        part = self.light.desaturate if not keeps_red or self.light.desaturate > 0 else 0.9
        kept = colour if red else mix(colour, (grey, grey, grey), part)
        return (
            min(1.0, kept[0] * self.light.ambient[0]),
            min(1.0, kept[1] * self.light.ambient[1]),
            min(1.0, kept[2] * self.light.ambient[2]),
        )

    def flat_colour(self) -> Colour | None:
        """The one colour of a silhouette, or None where inner drawing shows."""
        if self.light.silhouette is not None:
            return self.light.silhouette
        return self.finish.dark


class Brush:
    """Paints smooth shapes; `layered` styles let each shape throw a narrow shadow on what lies beneath it."""

    def __init__(self, canvas: Any, tone: Tone) -> None:
        """Paint on a skia canvas; `canvas_of` gives one for an array."""
        self.canvas = canvas
        self.tone = tone
        self._toned: dict[Colour, Colour] = {}
        self.flat = tone.flat_colour() is not None
        self.layered = not self.flat and tone.finish.layered
        self.scale = 1.0

    @contextmanager
    def at(self, x: float, y: float, size: float = 1.0, turn: float = 0.0, mirror: bool = False) -> Iterator[None]:
        """Draw within a frame moved to (x, y), turned by `turn` radians clockwise and enlarged by `size`."""
        before = self.scale
        self.canvas.save()
        self.canvas.translate(x, y)
        if turn:
            self.canvas.rotate(math.degrees(turn))
        self.canvas.scale(-size if mirror else size, size)
        self.scale = before * size
        yield
        self.scale = before
        self.canvas.restore()

    def paint(self, colour: Colour, alpha: float = 1.0, toned: bool = True) -> Any:
        """A fill of the colour under the scene's light (`toned` off: as it is, for what glows by itself)."""
        mixed = self._toned.get(colour) if toned else colour
        if mixed is None:
            mixed = self._toned[colour] = self.tone(colour)
        red, green, blue = mixed
        return skia.Paint(AntiAlias=True, Color4f=skia.Color4f(red, green, blue, alpha))

    def _under(self, path: Any) -> None:
        """Draw what belongs beneath a part: its contour, or the shadow of one paper on another."""
        outline = self.tone.light.outline
        if outline is not None and not self.flat:
            edge = skia.Paint(AntiAlias=True, Color4f=skia.Color4f(*outline, 1.0), Style=skia.Paint.kStroke_Style)
            edge.setStrokeWidth(2 * self.line)
            edge.setStrokeJoin(skia.Paint.kRound_Join)
            self.canvas.drawPath(path, edge)
        elif self.layered:
            reach = 0.0075 * self.line_scale
            shadow = skia.Paint(AntiAlias=True, Color4f=skia.Color4f(0.04, 0.02, 0.07, 0.32))
            shadow.setBlendMode(skia.BlendMode.kSrcATop)
            self.canvas.save()
            self.canvas.translate(-0.5 * reach, reach)
            self.canvas.drawPath(path, shadow)
            self.canvas.restore()

    def apart(self, points: Sequence[Point], radii: Sequence[float]) -> None:
        """Darken what is painted already beneath a limb's edge, where the style itself sets nothing apart."""
        if self.flat or self.layered or self.tone.light.outline is not None:
            return
        reach = 0.006 * self.line_scale
        shade = skia.Paint(AntiAlias=True, Color4f=skia.Color4f(0.04, 0.03, 0.08, 0.3))
        shade.setBlendMode(skia.BlendMode.kSrcATop)
        self.canvas.drawPath(tube(points, [radius + reach for radius in radii]), shade)

    line = 0.0
    """Half the contour's width in present units; set by `rule`."""
    line_scale = 1.0
    """How many present units one body height is worth."""

    def rule(self, units: float) -> None:
        """Say that one body height is worth `units` of the present frame, so that lines keep their weight."""
        self.line_scale = units
        self.line = max(0.0012, self.tone.light.outline_width) * units

    def fill(self, path: Any, colour: Colour, alpha: float = 1.0, part: bool = False) -> None:
        """Fill a path; a `part` is a paper of its own, with contour or shadow."""
        if part:
            self._under(path)
        self.canvas.drawPath(path, self.paint(colour, alpha))

    def blob(self, points: Sequence[Point], colour: Colour, alpha: float = 1.0, part: bool = False) -> None:
        """Fill a closed smooth curve through the points."""
        self.fill(smooth(points), colour, alpha, part)

    def poly(self, points: Sequence[Point], colour: Colour, part: bool = False) -> None:
        """Fill a polygon with straight edges."""
        self.fill(straight(points), colour, part=part)

    def oval(self, x: float, y: float, rx: float, ry: float, colour: Colour, alpha: float = 1.0) -> None:
        """Fill an ellipse about (x, y)."""
        self.canvas.drawOval(skia.Rect.MakeLTRB(x - rx, y - ry, x + rx, y + ry), self.paint(colour, alpha))

    def ring(self, x: float, y: float, rx: float, ry: float, width: float, colour: Colour) -> None:
        """Draw an ellipse's outline about (x, y)."""
        pen = self.paint(colour)
        pen.setStyle(skia.Paint.kStroke_Style)
        pen.setStrokeWidth(width)
        self.canvas.drawOval(skia.Rect.MakeLTRB(x - rx, y - ry, x + rx, y + ry), pen)

    def haze(self, x: float, y: float, rx: float, ry: float, colour: Colour, alpha: float = 1.0) -> None:
        """Fill an ellipse that fades to nothing at its edge."""
        red, green, blue = self.tone(colour)
        paint = skia.Paint(AntiAlias=True)
        middle, edge = skia.Color4f(red, green, blue, alpha), skia.Color4f(red, green, blue, 0.0)
        paint.setShader(skia.GradientShader.MakeRadial((0.0, 0.0), 1.0, [middle.toColor(), edge.toColor()]))
        self.canvas.save()
        self.canvas.translate(x, y)
        self.canvas.scale(rx, ry)
        self.canvas.drawCircle(0.0, 0.0, 1.0, paint)
        self.canvas.restore()

    def limb(self, points: Sequence[Point], radii: Sequence[float], colour: Colour, part: bool = True) -> None:
        """Fill a tube along the points whose half-width at each is given: an arm, a leg, a neck."""
        self.fill(tube(points, radii), colour, part=part)

    def stroke(
        self, points: Sequence[Point], width: float, colour: Colour, alpha: float = 1.0, butt: bool = False
    ) -> None:
        """Draw a smooth open line through the points; nothing in silhouette, where inner lines do not show."""
        if self.flat:
            return
        self.bar(points, width, colour, alpha, butt)

    def bar(
        self, points: Sequence[Point], width: float, colour: Colour, alpha: float = 1.0, butt: bool = False
    ) -> None:
        """Draw a smooth open line that belongs to the outline too: a staff, a wire, a handle."""
        pen = self.paint(colour, alpha)
        pen.setStyle(skia.Paint.kStroke_Style)
        pen.setStrokeWidth(width)
        pen.setStrokeCap(skia.Paint.kButt_Cap if butt else skia.Paint.kRound_Cap)
        pen.setStrokeJoin(skia.Paint.kRound_Join)
        self.canvas.drawPath(smooth(points, closed=False), pen)

    def glow(self, x: float, y: float, rx: float, ry: float, colour: Colour, alpha: float = 1.0) -> None:
        """Fill an ellipse that shines by itself, untouched by the scene's light."""
        box = skia.Rect.MakeLTRB(x - rx, y - ry, x + rx, y + ry)
        self.canvas.drawOval(box, self.paint(colour, alpha, toned=False))

    @contextmanager
    def within(self, path: Any) -> Iterator[None]:
        """Draw only inside the path."""
        self.canvas.save()
        self.canvas.clipPath(path, True)
        yield
        self.canvas.restore()

    def place(self, x: float, y: float) -> Point:
        """The pixel where the present frame's (x, y) lies."""
        there = self.canvas.getTotalMatrix().mapPoints([skia.Point(x, y)])[0]
        return (float(there.fX), float(there.fY))

    def shaded(self, colour: Colour) -> Colour:
        """The colour of a part that lies on the far side of the body."""
        return colour if self.flat else deeper(colour, 0.3)


def canvas_of(pixels: NDArray[np.uint8]) -> Any:
    """A skia canvas that paints straight into `pixels` (height x width x 4, premultiplied BGRA, C-contiguous)."""
    return skia.Canvas(pixels, skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType)


def smooth(points: Sequence[Point], closed: bool = True, tension: float = 6.0) -> Any:
    """A Catmull-Rom curve through the points, as a skia path."""
    builder = skia.PathBuilder()
    count = len(points)
    builder.moveTo(*points[0])
    for index in range(count if closed else count - 1):
        if closed:
            a, b = points[index - 1], points[index]
            c, d = points[(index + 1) % count], points[(index + 2) % count]
        else:
            a, b = points[max(0, index - 1)], points[index]
            c, d = points[index + 1], points[min(count - 1, index + 2)]
        builder.cubicTo(
            b[0] + (c[0] - a[0]) / tension,
            b[1] + (c[1] - a[1]) / tension,
            c[0] - (d[0] - b[0]) / tension,
            c[1] - (d[1] - b[1]) / tension,
            c[0],
            c[1],
        )
    if closed:
        builder.close()
    return builder.detach()


def straight(points: Sequence[Point]) -> Any:
    """A closed polygon as a skia path."""
    builder = skia.PathBuilder()
    builder.moveTo(*points[0])
    for point in points[1:]:
        builder.lineTo(*point)
    builder.close()
    return builder.detach()


def tube(points: Sequence[Point], radii: Sequence[float]) -> Any:
    """One path around a chain of points with a half-width at each; joints are round."""
    builder = skia.PathBuilder()
    for (x, y), radius in zip(points, radii, strict=True):
        builder.addCircle(x, y, radius)
    for index in range(len(points) - 1):
        (ax, ay), (bx, by) = points[index], points[index + 1]
        reach = math.hypot(bx - ax, by - ay) or 1e-6
        nx, ny = -(by - ay) / reach, (bx - ax) / reach
        ra, rb = radii[index], radii[index + 1]
        # Same winding as the circles, or the overlaps would be punched out.
        builder.moveTo(ax - nx * ra, ay - ny * ra)
        builder.lineTo(bx - nx * rb, by - ny * rb)
        builder.lineTo(bx + nx * rb, by + ny * rb)
        builder.lineTo(ax + nx * ra, ay + ny * ra)
        builder.close()
    return builder.detach()
