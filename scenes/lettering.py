"""Words as pictures: title cards and burned captions, set by Skia's paragraph engine with the fonts of the package.

Latin, Cyrillic and Greek are set in the bundled faces, the same on every machine; other scripts in the system's own.
Yields premultiplied BGRA to be laid over any picture. Knows no scene and no timing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from scenes.backend import Frame
from storyboard.errors import MissingError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Layer: TypeAlias = "NDArray[np.uint8]"
"""Premultiplied BGRA, (height, width, 4)."""

Family = Literal["sans", "serif"]
Align = Literal["left", "center", "right"]

_FACES: dict[Family, str] = {"sans": "Noto Sans", "serif": "PT Serif"}
_SAFE = 0.8
"""Part of the frame's width and height in which words are safe on every screen."""

_CAPTION_SAFE = 0.9
_MAX_TEXT = 4000
"""Characters; more cannot be read from a screen and would only fill the memory."""


@dataclass(frozen=True, slots=True)
class LetteredBlock:
    """A set text: its pixels and their size, and the advance of its longest line."""

    pixels: Layer
    width: int
    height: int
    longest: float
    lines: int


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
) -> LetteredBlock:
    """Set a text in a column of `width` pixels at `size` pixels, wrapped, with a soft shadow or a dark outline.

    `weight` is 400 or 700; `shadow` (blur) and `outline` (stroke) are in pixels. The block has a margin for both.
    """
    import numpy as np
    import skia

    margin = math.ceil(2 * shadow + outline)
    face = _paragraph(text, width, size, family, weight, align, _fill(colour))
    height = max(1, math.ceil(face.Height))
    pixels: Layer = np.zeros((height + 2 * margin, width + 2 * margin, 4), np.uint8)
    canvas = skia.Canvas(pixels, colorType=skia.kBGRA_8888_ColorType, alphaType=skia.kPremul_AlphaType)
    if shadow > 0:
        under = _fill("#000000", 0.75)
        under.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, shadow / 2))
        offset = shadow * 0.25
        dark = _paragraph(text, width, size, family, weight, align, under)
        dark.paint(canvas, margin + offset, margin + offset)
    if outline > 0:
        stroke = _fill("#000000", 0.9)
        stroke.setStyle(skia.Paint.kStroke_Style)
        stroke.setStrokeWidth(2 * outline)
        stroke.setStrokeJoin(skia.Paint.kRound_Join)
        _paragraph(text, width, size, family, weight, align, stroke).paint(canvas, margin, margin)
    face.paint(canvas, margin, margin)
    single = _paragraph("X", width, size, family, weight, align, _fill(colour)).Height
    return LetteredBlock(pixels, pixels.shape[1], pixels.shape[0], float(face.LongestLine), round(face.Height / single))


def title_card(text: str, width: int, height: int) -> Layer:
    """A full frame with a title in its middle: the first line large in serif, a thin rule, the others smaller.

    Sizes follow the canvas and shrink until everything lies in the title-safe area.
    """
    import numpy as np

    card: Layer = np.zeros((height, width, 4), np.uint8)
    lines = [line.strip() for line in _clean(text).split("\n") if line.strip()]
    if not lines:
        return card
    column, room = int(width * _SAFE), height * _SAFE
    size = 0.105 * math.sqrt(width * height) if len(lines[0]) < 60 else 0.06 * math.sqrt(width * height)
    while True:
        head, rest = _title_blocks(lines, column, size)
        gap = round(size * 0.38)
        whole = head.height + ((2 * gap + rest.height) if rest else 0)
        if (whole <= room and head.longest <= column and _fits_words(lines[0], column, size)) or size < 2:
            break
        size *= 0.92
    top = (height - whole) // 2
    _lay(card, head.pixels, (width - head.width) // 2, top)
    if rest:
        _rule(card, top + head.height + gap, size)
        _lay(card, rest.pixels, (width - rest.width) // 2, top + head.height + 2 * gap)
    return card


def caption(text: str, width: int, height: int) -> tuple[Layer, int, int]:
    """A caption of at most two lines in a soft dark box, and where its left upper corner goes.

    It stands centred in the lower title-safe area; a text too long for two lines is set smaller.
    """
    import numpy as np

    words = " ".join(_clean(text).split())
    if not words:
        return np.zeros((1, 1, 4), np.uint8), 0, 0
    column = int(width * (_CAPTION_SAFE if height > width else _SAFE))
    size = 0.046 * min(height, width * 1.1)
    while True:
        block = set_text(words, width=column, size=size, weight=500, align="center", shadow=0.1 * size)
        if block.lines <= 2 or size < 7:
            break
        size *= 0.94
    even = _balanced(words, block, column, size)
    side, air = round(0.55 * size), round(0.28 * size)
    inner_width = min(width, math.ceil(even.longest) + 2 * side)
    box = _box(inner_width, even.height + 2 * air, 0.35 * size)
    _lay(box, even.pixels, (inner_width - even.width) // 2, air)
    left = (width - inner_width) // 2
    top = round(height * (1 - (1 - _CAPTION_SAFE) * (0.9 if width >= height else 1.6))) - box.shape[0]
    return box, left, max(top, 0)


def lay_over(picture: Frame, layer: Layer, left: int = 0, top: int = 0) -> Frame:
    """The RGB picture with a premultiplied BGRA layer over it, cut off at the picture's edges."""
    import numpy as np

    out = picture.copy()
    y0, x0 = max(top, 0), max(left, 0)
    y1, x1 = min(top + layer.shape[0], out.shape[0]), min(left + layer.shape[1], out.shape[1])
    if y1 <= y0 or x1 <= x0:
        return out
    part = layer[y0 - top : y1 - top, x0 - left : x1 - left]
    rest = 255 - part[..., 3:].astype(np.uint16)
    below = out[y0:y1, x0:x1].astype(np.uint16) * rest
    out[y0:y1, x0:x1] = np.minimum((below + 127) // 255 + part[..., 2::-1], 255).astype(np.uint8)
    return out


def unset_signs(text: str) -> str:
    """The signs of a text that no font on this machine has, each once; they would show as empty boxes."""
    import skia

    if _covered(_clean(text)):
        return ""
    system, style = skia.FontMgr(), skia.FontStyle()
    faces = _typefaces()
    return "".join(
        sign
        for sign in dict.fromkeys(_clean(text))
        if not sign.isspace()
        and all(face.unicharToGlyph(ord(sign)) == 0 for face in faces)
        and system.matchFamilyStyleCharacter("sans-serif", style, [], ord(sign)) is None
    )


def lettering_identity() -> str:
    """Versions of the engine and the faces, for fingerprints; loads neither."""
    from importlib.metadata import version

    names = ("skia-python", "fontpkg-noto-sans", "fontpkg-pt-serif")
    return ", ".join(f"{name} {version(name)}" for name in names)


def _title_blocks(lines: list[str], column: int, size: float) -> tuple[LetteredBlock, LetteredBlock | None]:
    """The title's first line and the rest, set at a size."""
    shadow = 0.12 * size
    head = set_text(lines[0], width=column, size=size, family="serif", weight=700, align="center", shadow=shadow)
    if len(lines) == 1:
        return head, None
    rest = set_text(
        "\n".join(lines[1:]), width=column, size=size * 0.46, family="serif", align="center", shadow=shadow * 0.6
    )
    return head, rest


def _fits_words(line: str, column: int, size: float) -> bool:
    """Whether no single word of a title is broken by the column."""
    longest = max(line.split(), key=len)
    word = _paragraph(longest, 10 * column, size, "serif", 700, "left", _fill("#ffffff"))
    return bool(word.LongestLine <= column)


def _balanced(words: str, block: LetteredBlock, column: int, size: float) -> LetteredBlock:
    """The same two lines at nearly equal lengths: the narrowest column that still needs no third line."""
    if block.lines != 2:
        return block
    low, high = column // 2, column
    while high - low > 4:
        middle = (low + high) // 2
        tried = set_text(words, width=middle, size=size, weight=500, align="center", shadow=0.1 * size)
        if tried.lines <= block.lines:
            high, block = middle, tried
        else:
            low = middle
    return block


def _rule(card: Layer, middle: int, size: float) -> None:
    """Draw the thin line between a title and what follows it."""
    height, width = card.shape[:2]
    thick, half = max(1, round(size * 0.02)), round(size * 0.9)
    top, left = min(max(middle - thick // 2, 0), height - thick), max(width // 2 - half, 0)
    card[top : top + thick, left : min(width // 2 + half, width)] = 217


def _box(width: int, height: int, radius: float) -> Layer:
    """A dark, half transparent box with round corners."""
    import numpy as np
    import skia

    pixels: Layer = np.zeros((height, width, 4), np.uint8)
    canvas = skia.Canvas(pixels, colorType=skia.kBGRA_8888_ColorType, alphaType=skia.kPremul_AlphaType)
    canvas.drawRoundRect(skia.Rect.MakeWH(width, height), radius, radius, _fill("#000000", 0.55))
    return pixels


def _lay(ground: Layer, layer: Layer, left: int, top: int) -> None:
    """Lay one premultiplied layer over another in place, cut off at the edges."""
    import numpy as np

    y0, x0 = max(top, 0), max(left, 0)
    y1, x1 = min(top + layer.shape[0], ground.shape[0]), min(left + layer.shape[1], ground.shape[1])
    if y1 <= y0 or x1 <= x0:
        return
    part = layer[y0 - top : y1 - top, x0 - left : x1 - left]
    rest = 255 - part[..., 3:].astype(np.uint16)
    below = ground[y0:y1, x0:x1].astype(np.uint16) * rest
    ground[y0:y1, x0:x1] = np.minimum((below + 127) // 255 + part, 255).astype(np.uint8)


def _clean(text: str) -> str:
    """The text without control characters (but line breaks), and bounded."""
    kept = "".join(sign for sign in text.replace("\r\n", "\n") if sign == "\n" or sign.isprintable() or sign == "\t")
    return kept[:_MAX_TEXT]


def _fill(colour: str, alpha: float = 1.0) -> Any:
    """A paint of a `#rrggbb` colour."""
    import skia

    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return skia.Paint(AntiAlias=True, Color=skia.ColorSetARGB(round(255 * alpha), red, green, blue))


def _paragraph(text: str, width: float, size: float, family: Family, weight: int, align: Align, paint: Any) -> Any:
    """A laid-out paragraph."""
    import skia

    engine = skia.textlayout
    signs = _clean(text)
    bundled = _covered(signs)
    style = engine.TextStyle()
    style.setFontFamilies([_FACES[family]] if bundled else [_FACES[family], "sans-serif"])
    style.setFontSize(size)
    slant = skia.FontStyle.kUpright_Slant
    style.setFontStyle(skia.FontStyle(weight, skia.FontStyle.kNormal_Width, slant))
    style.setForegroundPaint(paint)
    setting = engine.ParagraphStyle()
    setting.setTextStyle(style)
    aligns = {"left": engine.TextAlign.kLeft, "center": engine.TextAlign.kCenter, "right": engine.TextAlign.kRight}
    setting.setTextAlign(aligns[align])
    builder = engine.ParagraphBuilder.make(setting, _collection(bundled), skia.Unicodes.ICU.Make())
    builder.pushStyle(style)
    builder.addText(signs)
    paragraph = builder.Build()
    paragraph.layout(width)
    return paragraph


def _covered(text: str) -> bool:
    """Whether the bundled faces have every sign of the text."""
    signs = sorted({ord(sign) for sign in text if not sign.isspace()})
    return not signs or all(0 not in face.unicharsToGlyphs(signs) for face in _typefaces())


@lru_cache(maxsize=1)
def _typefaces() -> tuple[Any, ...]:
    """The faces of the font packages, upright, regular and bold."""
    from importlib.resources import files

    import skia

    found: list[Any] = []
    for package in ("fontpkg_noto_sans", "fontpkg_pt_serif"):
        try:
            folder = files(package) / "files"
            names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".ttf"))
        except (ModuleNotFoundError, FileNotFoundError) as error:
            raise MissingError(
                f"the fonts of the package {package} are not there", "install workprint again, with its dependencies"
            ) from error
        upright = [folder / name for name in names if "Italic" not in name]
        found.extend(skia.Typeface.MakeFromData(skia.Data.MakeWithCopy(face.read_bytes())) for face in upright)
    return tuple(found)


@lru_cache(maxsize=2)
def _collection(bundled: bool) -> Any:
    """The fonts to set with: only the bundled ones, or the system's for the scripts that those lack."""
    import skia

    collection = skia.textlayout.FontCollection()
    if bundled:
        provider = skia.textlayout.TypefaceFontProvider()
        for face in _typefaces():
            provider.registerTypeface(face)
        collection.setDefaultFontManager(provider)
    else:
        collection.setDefaultFontManager(skia.FontMgr())
    return collection
