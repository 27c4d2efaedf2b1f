"""The sheet that a brush paints on, and the strokes that all brushes share.

A sheet is a premultiplied BGRA picture whose coordinates are those of the frame: (0, 0) is the frame's corner when
the camera rests, and the sheet reaches beyond it on all sides. Knows no places.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import skia
from numpy.typing import NDArray

from scenes.backends.animatic.figure import Colour
from scenes.backends.animatic.layers import Layer
from scenes.backends.animatic.layout import Layout
from scenes.backends.animatic.scheme import Scheme

Point = tuple[float, float]


@dataclass(slots=True)
class Sheet:
    """A canvas in frame coordinates: it spans x from `left` to `right` and y from `top` to `bottom`, in pixels."""

    pixels: NDArray[np.uint8]
    canvas: Any
    left: float
    top: float
    right: float
    bottom: float
    layout: Layout
    layer: Layer
    scheme: Scheme
    rng: np.random.Generator

    @property
    def base(self) -> float:
        """The y of the ground plane at this sheet's depth."""
        return self.layout.ground_at(self.layer.depth)

    @property
    def person(self) -> float:
        """The height of a grown-up at this sheet's depth, in pixels."""
        return self.layout.person_at(self.layer.depth)

    def option(self, name: str, otherwise: float) -> float:
        """A number of the layer, or the brush's own."""
        return self.layer.options.get(name, otherwise)

    def tone(self, material: str, haze: float = 0.0, lighten: float = 0.0, lit: float = 0.0) -> Colour:
        """A material at this sheet's distance, `haze` farther."""
        return self.scheme.tone(material, min(1.0, self.layer.haze + haze), lighten, lit)

    def x(self, share: float) -> float:
        """A part of the frame's width as a place at rest; may lie outside 0..1."""
        return self.layout.width * share


def new_sheet(
    edges: tuple[float, float, float, float], layout: Layout, layer: Layer, scheme: Scheme, seed: int
) -> Sheet:
    """An empty sheet reaching `edges` (left, top, right, bottom; pixels) beyond the frame."""
    left, top, right, bottom = (math.ceil(edge) for edge in edges)
    width, height = layout.width + left + right, layout.height + top + bottom
    pixels = np.zeros((height, width, 4), np.uint8)
    canvas = skia.Canvas(pixels, skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType)
    canvas.translate(left, top)
    rng = np.random.default_rng([seed, layer.seed, len(layer.kind), int(layer.depth * 100)])
    return Sheet(pixels, canvas, -left, -top, layout.width + right, layout.height + bottom, layout, layer, scheme, rng)


def argb(colour: Colour, alpha: float = 1.0) -> int:
    """A colour as skia's packed integer."""
    r, g, b = (max(0, min(255, round(part * 255))) for part in colour)
    return int(skia.ColorSetARGB(max(0, min(255, round(alpha * 255))), r, g, b))


def fill(colour: Colour, alpha: float = 1.0) -> Any:
    """A paint that fills smoothly."""
    paint = skia.Paint(AntiAlias=True)
    paint.setColor(argb(colour, alpha))
    return paint


def stroke(colour: Colour, width: float, alpha: float = 1.0) -> Any:
    """A paint that draws lines of `width` pixels with round ends."""
    paint = skia.Paint(AntiAlias=True, Style=skia.Paint.kStroke_Style, StrokeWidth=max(0.5, width))
    paint.setColor(argb(colour, alpha))
    paint.setStrokeCap(skia.Paint.kRound_Cap)
    paint.setStrokeJoin(skia.Paint.kRound_Join)
    return paint


def soft(colour: Colour, blur: float, alpha: float = 1.0) -> Any:
    """A paint with a blurred edge of `blur` pixels."""
    paint = fill(colour, alpha)
    paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.BlurStyle.kNormal_BlurStyle, max(0.1, blur)))
    return paint


Stop = tuple[float, Colour, float]
"""A gradient's stop: position 0..1, colour, alpha."""


def down(y0: float, y1: float, stops: Sequence[Stop]) -> Any:
    """A paint that grades from y0 to y1."""
    return sweep((0.0, y0), (0.0, y1), stops)


def sweep(start: Point, stop: Point, stops: Sequence[Stop]) -> Any:
    """A paint that grades from one point to another."""
    shader = skia.GradientShader.MakeLinear(
        [start, stop], [argb(colour, alpha) for _, colour, alpha in stops], [at for at, _, _ in stops]
    )
    return skia.Paint(AntiAlias=True, Shader=shader, Dither=True)


def round_about(centre: Point, radius: float, stops: Sequence[Stop]) -> Any:
    """A paint that grades outwards from a centre."""
    shader = skia.GradientShader.MakeRadial(
        centre, max(0.5, radius), [argb(colour, alpha) for _, colour, alpha in stops], [at for at, _, _ in stops]
    )
    return skia.Paint(AntiAlias=True, Shader=shader, Dither=True)


def polygon(points: Sequence[Point], closed: bool = True) -> Any:
    """A path of straight lines."""
    builder = skia.PathBuilder()
    builder.moveTo(float(points[0][0]), float(points[0][1]))
    for x, y in points[1:]:
        builder.lineTo(float(x), float(y))
    if closed:
        builder.close()
    return builder.detach()


def curve(points: Sequence[Point], closed: bool = True) -> Any:
    """A smooth path through the points (Catmull-Rom)."""
    n = len(points)
    builder = skia.PathBuilder()
    builder.moveTo(float(points[0][0]), float(points[0][1]))
    for i in range(n if closed else n - 1):
        p1, p2 = points[i % n], points[(i + 1) % n]
        p0 = points[(i - 1) % n] if closed or i > 0 else p1
        p3 = points[(i + 2) % n] if closed or i + 2 < n else p2
        builder.cubicTo(
            float(p1[0] + (p2[0] - p0[0]) / 6), float(p1[1] + (p2[1] - p0[1]) / 6),
            float(p2[0] - (p3[0] - p1[0]) / 6), float(p2[1] - (p3[1] - p1[1]) / 6),
            float(p2[0]), float(p2[1]),
        )  # fmt: skip
    if closed:
        builder.close()
    return builder.detach()


def box(x: float, y: float, width: float, height: float) -> Any:
    """A rectangle by its corner and size."""
    return skia.Rect.MakeXYWH(float(x), float(y), float(width), float(height))


def glow(sheet: Sheet, centre: Point, radius: float, colour: Colour, strength: float) -> None:
    """Adds a soft light around a point; it covers a little, so it shows on empty sheets too."""
    stops: list[Stop] = [
        (0, colour, strength),
        (0.22, colour, 0.42 * strength),
        (0.55, colour, 0.11 * strength),
        (1, colour, 0),
    ]
    paint = round_about(centre, radius, stops)
    paint.setBlendMode(skia.BlendMode.kScreen)
    sheet.canvas.drawCircle(centre[0], centre[1], radius, paint)
