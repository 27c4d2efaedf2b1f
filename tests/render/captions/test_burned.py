"""Burned captions in pixels: five styles, every shape, on any ground, within the safe area."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from render.burn import burned, lines_on, patch_of
from render.captions import Burned, Dress, Span
from scenes.lettering import caption, caption_advance, column_of, lay_over
from storyboard.captioning import CaptionLook, CaptionStyle
from storyboard.safe_area import WHOLE, SafeArea

STYLES: tuple[CaptionStyle, ...] = ("boxed", "outline", "plain", "karaoke", "bold pop")
SHAPES = ((640, 360), (360, 640), (360, 360))
SAFE = SafeArea(top=0.12, right=0.2, bottom=0.25, left=0.06)
TEXTS = {
    "en": "I did not hike eleven miles and nearly die to hear that.",
    "ru": "Я шёл по лесу и думал о том, что в этом году Иван Иванович не приедет.",
}


def ink(text: str, size: tuple[int, int], dress: Dress, lit: int = -1) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what a caption draws."""
    pixels, left, top = caption("\n".join(lines_on(text, *size, dress)), *size, lit, dress.look, dress.safe)
    rows, columns = np.flatnonzero(pixels[..., 3].any(axis=1)), np.flatnonzero(pixels[..., 3].any(axis=0))
    return left + int(columns[0]), top + int(rows[0]), left + int(columns[-1]) + 1, top + int(rows[-1]) + 1


@pytest.mark.parametrize(("style", "size"), list(product(STYLES, SHAPES)))
def test_captions_keep_out_of_what_lies_over_the_picture(style: CaptionStyle, size: tuple[int, int]) -> None:
    """Whatever its style and language, at the foot or at the head, a caption lies in the safe area of every shape."""
    width, height = size
    for (language, text), at in product(TEXTS.items(), ("bottom", "top")):
        look = CaptionLook(style, "large", at)  # type: ignore[arg-type]  # one of both
        left, top, right, bottom = ink(text, size, Dress(look, language, SAFE))
        assert left >= SAFE.left * width
        assert right <= (1 - SAFE.right) * width + 1
        assert top >= SAFE.top * height
        assert bottom <= (1 - SAFE.bottom) * height


@pytest.mark.parametrize(("style", "size"), list(product(STYLES, SHAPES)))
def test_captions_stand_centred_at_foot_or_head(style: CaptionStyle, size: tuple[int, int]) -> None:
    """With nothing over the picture a caption stands in its middle, in its lower third or in its upper one."""
    width, height = size
    for at, low, high in (("bottom", 0.5, 0.97), ("top", 0.03, 0.5)):
        look = CaptionLook(style, "medium", at)  # type: ignore[arg-type]  # one of both
        left, top, right, bottom = ink("Oh heck no, my friend.", size, Dress(look))
        assert abs((left + right) / 2 - width / 2) <= 0.03 * width
        assert top >= low * height
        assert bottom <= high * height


@pytest.mark.parametrize(("style", "ground"), list(product(STYLES, (12, 128, 245))))
def test_captions_are_read_on_any_ground(style: CaptionStyle, ground: int) -> None:
    """On black, grey and nearly white there is light and dark within the caption, far apart."""
    picture = np.full((360, 640, 3), ground, np.uint8)
    dress = Dress(CaptionLook(style))
    pixels, left, top = caption("Oh heck no!", 640, 360, -1, dress.look)
    seen = lay_over(picture, pixels, left, top)[top : top + pixels.shape[0], left : left + pixels.shape[1]]
    light = seen.astype(float).mean(axis=2)
    assert light.max() > 235
    assert light.min() < 120


def test_styles_look_different() -> None:
    """No two styles draw the same caption alike, and sizes are what they say."""
    drawn = [caption("Oh heck no!", 640, 360, 1, CaptionLook(style))[0].tobytes() for style in STYLES]
    assert len(set(drawn)) == len(STYLES)
    heights = [
        caption("Oh no!", 640, 360, -1, CaptionLook(size=size))[0].shape[0] for size in ("small", "medium", "large")
    ]
    assert heights == sorted(set(heights))


@pytest.mark.parametrize("style", STYLES)
def test_the_lit_word_moves(style: CaptionStyle) -> None:
    """In every style the word that is spoken has another colour; karaoke keeps what was spoken lit."""

    def yellow(lit: int) -> int:
        pixels, _, _ = caption("One two\nthree four.", 640, 360, lit, CaptionLook(style))
        blue, red, cover = (pixels[..., channel].astype(int) for channel in (0, 2, 3))
        return int(((red - blue > 90) & (cover > 250)).sum())

    assert yellow(-1) == 0
    assert yellow(0) > 10
    if style == "karaoke":
        assert yellow(3) > yellow(1) > yellow(0)


def test_lines_are_broken_by_what_fits() -> None:
    """On every shape lines are within the column, at most two, and break where the language has it."""
    for size, (language, text) in product(SHAPES, TEXTS.items()):
        dress = Dress(CaptionLook("outline"), language, WHOLE)
        lines = lines_on(text, *size, dress)
        assert 1 <= len(lines) <= 2
        assert " ".join(lines) == text
    assert lines_on(TEXTS["en"], 360, 360, Dress()) == ("I did not hike eleven miles", "and nearly die to hear that.")
    assert caption_advance("miles", 640, 360) < column_of(640, 360)


def test_a_word_too_long_for_the_picture_is_set_smaller() -> None:
    """A word of eighty letters stays whole within the frame."""
    left, _, right, _ = ink("Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen" * 2, (360, 640), Dress())
    assert left >= 0
    assert right <= 360


def test_bold_words_are_capitals() -> None:
    """The loud style is set in capitals, as many letters as were written."""
    dress = Dress(CaptionLook("bold pop"), "de")
    assert lines_on("Die Straße ist nass", 640, 360, dress) == ("DIE STRAßE IST NASS",)
    assert lines_on("kırık iz", 640, 360, Dress(CaptionLook("bold pop"), "tr")) == ("kırık iz",)


def test_a_piece_is_drawn_in_its_dress() -> None:
    """What a piece is given decides how its captions look; plain spans look as ever."""
    picture = np.full((180 * 3 // 2, 320), 128, np.uint8)
    picture[:180] = 90
    plain = Span("Huh.", 0, 1)
    dressed = Burned("Huh.", 0, 1, (), (), Dress(CaptionLook("outline", at="top")))
    (low,), (high,) = (list(burned(iter([picture]), [span], 320, 180)) for span in (plain, dressed))
    assert (low[:90] == picture[:90]).all()
    assert (high[90:180] == picture[90:180]).all()
    assert (high[:90] != picture[:90]).any()
    assert patch_of("Huh.", 320, 180).y > patch_of("Huh.", 320, 180, -1, dressed.dress).y
