"""Setting a text in a column: wrapped, shaped and ordered by Skia's paragraph engine.

Knows which faces there are only through `fonts`, and nothing of where the words go.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any, Literal

from scenes.lettering.fonts import Family, breaks_anywhere, choose_fonts, clean, runs_right_to_left
from scenes.lettering.layers import Layer, fill

Align = Literal["left", "center", "right"]

_FLAG_LETTERS = 0x1F1E6
"""The first of the 26 signs of which two are the flag of a country."""

_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")


@dataclass(frozen=True, slots=True)
class LetteredBlock:
    """A set text: its pixels and their size, and the advance of its longest line."""

    pixels: Layer
    width: int
    height: int
    longest: float
    lines: int
    column: int
    """The width in which it was set."""


@dataclass(frozen=True, slots=True)
class Lit:
    """Signs of a text, from `first` to `last` (exclusive), that have a colour of their own."""

    first: int
    last: int
    colour: str


def set_text(
    text: str,
    *,
    width: int,
    size: float,
    family: Family = "sans",
    weight: int = 400,
    colour: str = "#ffffff",
    align: Align = "left",
    shadow: float = 0.0,
    outline: float = 0.0,
    lit: Lit | None = None,
) -> LetteredBlock:
    """Set a text in a column of `width` pixels at `size` pixels, wrapped, with a soft shadow or a dark outline.

    `weight` is 400 or 700; `shadow` (blur) and `outline` (stroke) are in pixels. The block has a margin for both.
    What is written from right to left is ordered so, and stands at the right where `align` is left.
    """
    import numpy as np
    import skia

    margin = math.ceil(2 * shadow + outline)
    face = paragraph(text, width, size, family, weight, align, fill(colour), lit)
    height = max(1, math.ceil(face.Height))
    pixels: Layer = np.zeros((height + 2 * margin, width + 2 * margin, 4), np.uint8)
    canvas = skia.Canvas(pixels, colorType=skia.kBGRA_8888_ColorType, alphaType=skia.kPremul_AlphaType)
    if shadow > 0:
        under = fill("#000000", 0.75)
        under.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, shadow / 2))
        offset = shadow * 0.25
        dark = paragraph(text, width, size, family, weight, align, under)
        dark.paint(canvas, margin + offset, margin + offset)
    if outline > 0:
        stroke = fill("#000000", 0.9)
        stroke.setStyle(skia.Paint.kStroke_Style)
        stroke.setStrokeWidth(2 * outline)
        stroke.setStrokeJoin(skia.Paint.kRound_Join)
        paragraph(text, width, size, family, weight, align, stroke).paint(canvas, margin, margin)
    face.paint(canvas, margin, margin)
    lines = _lines(text, face.Height, size, family, weight)
    return LetteredBlock(pixels, pixels.shape[1], pixels.shape[0], float(face.LongestLine), lines, width)


def paragraph(
    text: str,
    width: float,
    size: float,
    family: Family,
    weight: int,
    align: Align,
    paint: Any,
    lit: Lit | None = None,
) -> Any:
    """A laid-out paragraph."""
    import skia

    engine = skia.textlayout
    signs = clean(text)
    fonts = choose_fonts(signs, family)

    def styled(paint: Any) -> Any:
        style = engine.TextStyle()
        style.setFontFamilies(list(fonts.families))
        style.setFontSize(size)
        slant = skia.FontStyle.kUpright_Slant
        style.setFontStyle(skia.FontStyle(weight, skia.FontStyle.kNormal_Width, slant))
        style.setForegroundPaint(paint)
        return style

    style = styled(paint)
    setting = engine.ParagraphStyle()
    setting.setTextStyle(style)
    backwards = runs_right_to_left(signs)
    aligns = {"left": engine.TextAlign.kLeft, "center": engine.TextAlign.kCenter, "right": engine.TextAlign.kRight}
    setting.setTextAlign(aligns["right" if backwards and align == "left" else align])
    builder = engine.ParagraphBuilder.make(setting, fonts.collection, skia.Unicodes.ICU.Make())
    builder.pushStyle(style)
    if lit is None or backwards:
        builder.addText(_isolated(signs) if backwards else signs)
    else:
        builder.addText(signs[: lit.first])
        builder.pushStyle(styled(fill(lit.colour)))
        builder.addText(signs[lit.first : lit.last])
        builder.pop()
        builder.addText(signs[lit.last :])
    laid = builder.Build()
    laid.layout(width)
    return laid


def longest_word(text: str, size: float, family: Family, weight: int) -> float:
    """The advance of the longest word of a text that must not be broken, in pixels."""
    words = sorted((word for word in clean(text).split() if not breaks_anywhere(word)), key=len)[-3:]
    advances = [paragraph(word, 1e5, size, family, weight, "left", fill("#ffffff")).LongestLine for word in words]
    return float(max(advances, default=0.0))


def spelt_flags(text: str) -> tuple[str, ...]:
    """The countries (`MX`) whose flags, written in a text, the faces do not have: two letters stand for each."""
    pairs = dict.fromkeys(_FLAG.findall(clean(text)))
    one = paragraph("\U0001f600", 1e5, 40, "sans", 400, "left", fill("#ffffff")).LongestLine if pairs else 0.0
    shown = {pair: paragraph(pair, 1e5, 40, "sans", 400, "left", fill("#ffffff")).LongestLine for pair in pairs}
    return tuple(
        "".join(chr(ord(sign) - _FLAG_LETTERS + ord("A")) for sign in pair)
        for pair, advance in shown.items()
        if advance > 1.5 * one
    )


def _lines(text: str, height: float, size: float, family: Family, weight: int) -> int:
    """How many lines make up the height of a set text: those of some scripts are half as high again as Latin ones."""
    written = max(1, clean(text).count("\n") + 1)
    unwrapped = paragraph(text, 1e6, size, family, weight, "left", fill("#ffffff")).Height
    return max(1, round(height * written / unwrapped)) if unwrapped else 1


def _isolated(text: str) -> str:
    """Each line marked as one that runs from right to left: the engine's paragraphs themselves run to the right."""
    return "\n".join(f"\u2067{line}\u2069" for line in text.split("\n"))
