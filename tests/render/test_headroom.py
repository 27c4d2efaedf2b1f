"""How much of a picture heads may take: what captions and a platform's buttons leave free, in upright shapes only."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from render.burn import lines_on
from render.captions import Dress
from render.headroom import headroom
from render.picture import Canvas, canvas_of
from scenes.headroom import HEADROOM
from scenes.lettering import caption, caption_band
from storyboard.captioning import CaptionLook, CaptionStyle
from storyboard.film import Aspect, Captions, Film
from storyboard.load import read
from storyboard.safe_area import WHOLE, SafeArea

SAFE = SafeArea(top=0.12, right=0.14, bottom=0.27, left=0.06)
TALL = Aspect(9, 16)
TAKES = frozenset({HEADROOM})
TEXT = """
workprint: 1
title: T
captions: CAPTIONS
characters: {ann: {name: Ann}}
scenes:
  - {id: a, prompt: x, cast: [{who: ann}]}
  - {id: b, prompt: x}
"""


def film_of(captions: str = "burned", safe: SafeArea = SAFE) -> Film:
    """A film with somebody in its first scene."""
    return replace(read(TEXT.replace("CAPTIONS", captions), "storyboard.yaml").checked(), safe=safe)


def canvas(film: Film, shape: Aspect = TALL) -> Canvas:
    """A canvas of a draft."""
    return canvas_of(film, shape, draft=True)


def test_captions_take_their_part() -> None:
    """Heads keep out of what the platform covers, and above burned captions of two lines or below them."""
    film = film_of()
    low = headroom(film, film.scenes[0], canvas(film), TAKES)
    assert (low.top, low.right, low.left) == (SAFE.top, SAFE.right, SAFE.left)
    assert 0.36 < low.bottom < 0.42
    above = film_of("{show: burned, at: top}")
    high = headroom(above, above.scenes[0], canvas(above), TAKES)
    assert (high.bottom, high.right) == (SAFE.bottom, SAFE.right)
    assert 0.22 < high.top < 0.28
    off = replace(film, captions=Captions.OFF)
    assert headroom(off, off.scenes[0], canvas(off), TAKES) == SAFE


def test_nothing_else_is_touched() -> None:
    """Without a platform, without people, in other shapes, and for makers that do not heed it, all is free."""
    film, free = film_of(), film_of(safe=WHOLE)
    assert headroom(free, free.scenes[0], canvas(free), TAKES) == WHOLE
    assert headroom(film, film.scenes[1], canvas(film), TAKES) == WHOLE
    assert headroom(film, film.scenes[0], canvas(film, Aspect(16, 9)), TAKES) == WHOLE
    assert headroom(film, film.scenes[0], canvas(film, Aspect(1, 1)), TAKES) == WHOLE
    assert headroom(film, film.scenes[0], canvas(film), frozenset({"lora"})) == WHOLE


@pytest.mark.parametrize("style", get_args(CaptionStyle))
@pytest.mark.parametrize("size", ["small", "medium", "large"])
@pytest.mark.parametrize("at", ["bottom", "top"])
def test_captions_are_drawn_in_their_band(style: CaptionStyle, size: str, at: str) -> None:
    """What is drawn of two lines, in every style, size and place, is in the band that heads leave."""
    look = CaptionLook(style, size, at)  # type: ignore[arg-type]  # the three are literals
    width, height = 540, 960
    lines = "\n".join(lines_on("Just what you see: grey quays, jolly pigs", width, height, Dress(look, "en", SAFE)))
    pixels, _, top = caption(lines, width, height, -1, look, SAFE)
    first, last = caption_band(width, height, look, SAFE)
    assert "\n" in lines
    assert top >= first * height - 1
    assert top + pixels.shape[0] <= last * height + 1
