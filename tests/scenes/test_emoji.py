"""Emoji among words: in colour, joined where they belong together, and told where the face lacks them."""

from __future__ import annotations

from importlib.util import find_spec

import numpy as np
import pytest

from scenes.lettering import (
    Layer,
    caption,
    credit_roll,
    lettering_identity,
    lettering_notes,
    lower_third,
    set_text,
    title_card,
    unset_signs,
)
from storyboard.film import Lettering

needs_scripts = pytest.mark.skipif(find_spec("manimgx_fonts") is None, reason="manimgx-fonts is not installed")
needs_cjk = pytest.mark.skipif(find_spec("manimgx_fonts_cjk") is None, reason="manimgx-fonts-cjk is not installed")

MIXED = "Сад 😀 сад 👩\u200d🚀 樱桃 🎬 مرحبا 🌍 שלום ❤\ufe0f\u200d🔥"


def hues(pixels: Layer) -> int:
    """How many of twelve kinds of strong colour are seen."""
    import cv2

    seen = cv2.cvtColor(np.ascontiguousarray(pixels[..., :3]), cv2.COLOR_BGR2HSV)
    strong = seen[(seen[..., 1] > 90) & (seen[..., 2] > 90)]
    return int((np.bincount(strong[:, 0] // 15, minlength=12) > 12).sum())


@needs_scripts
@needs_cjk
def test_emoji_are_painted_in_colour_between_all_scripts() -> None:
    """Cyrillic, Chinese, Arabic, Hebrew and emoji stand in one paragraph; letters are white, emoji many-coloured."""
    assert unset_signs(MIXED) == ""
    letters = "".join(sign for sign in MIXED if ord(sign) < 0x2000 or sign in "樱桃")
    plain, full = (set_text(text, width=900, size=40) for text in (letters, MIXED))
    assert plain.lines == full.lines == 1
    assert hues(plain.pixels) == 0
    assert hues(full.pixels) > 3
    assert full.longest - plain.longest > 5 * 40


def test_every_way_to_set_words_shows_colours() -> None:
    """Titles, lower thirds, credits and captions paint emoji in colour, under shadow and fade too."""
    third, roll = lower_third(("Анна 🌍", "😀🍓🔥"), 640, 360), credit_roll(("Сад 🌍", "😀🍓🔥"), 640, 360)
    assert third is not None
    assert roll is not None
    for layer in (
        title_card("Сад 🌍😀🍓", 640, 360),
        caption("Смотри! 🌍😀🍓", 640, 360)[0],
        third.at(1.0)[0],
        roll.at(0.5, 8.0)[0],
        set_text("🌍😀🍓", width=300, size=40, shadow=4, outline=2).pixels,
    ):
        assert hues(layer) > 3


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("👩\u200d🚀", 1),
        ("👍🏽", 1),
        ("🇯🇵🇬🇧", 2),
        ("1\ufe0f\u20e3", 1),
        ("❤\ufe0f", 1),
        ("❤\ufe0f\u200d🔥", 1),
        ("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", 1),
    ],
)
def test_what_belongs_together_is_one_picture(text: str, signs: int) -> None:
    """Joined people, skins, flags of countries and of parts of them, and key caps are as wide as one emoji each."""
    one = set_text("😀", width=400, size=40)
    drawn = set_text(text, width=400, size=40)
    assert abs(drawn.longest - signs * one.longest) < 0.1 * one.longest
    assert hues(drawn.pixels) > 0


def test_signs_stay_signs_unless_a_picture_is_asked_for() -> None:
    """Copyright, arrows and digits are letters; the selector of pictures makes an emoji of an arrow."""
    assert hues(set_text("© → 12", width=300, size=40).pixels) == 0
    assert hues(set_text("↔\ufe0f", width=300, size=40).pixels) > 0


def test_the_letters_of_a_flag_that_is_lacking_make_no_other() -> None:
    """Of Serbia and Argentina the face has the second; its first letter does not become Saudi Arabia's with the R."""
    both, one, letter = (set_text(text, width=600, size=40).longest for text in ("🇷🇸🇦🇷", "🇦🇷", "🇷"))
    assert both == pytest.approx(one + 2 * letter, rel=0.1)
    pair = set_text("🇷🇸🇦🇷", width=600, size=40).pixels
    alone = set_text("🇦🇷", width=600, size=40).pixels
    left, right = round(2 * letter), round(both)
    wide = min(right - left, round(one)) - 4
    assert np.abs(pair[:, left + 2 : left + wide].astype(int) - alone[:, 2:wide]).mean() < 8


def test_flags_that_the_face_lacks_are_told() -> None:
    """A coat of arms too rich for the shipped face is named with its country's letters; a plain flag is not."""
    notes = lettering_notes((Lettering("title", ("🇯🇵 🇸🇻",)),), 320, 180, 4.0)
    assert [note for note in notes if "flags SV" in note] == list(notes)
    assert notes


def test_the_face_of_emoji_is_part_of_the_identity(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another file of emoji makes takes with words anew."""
    from scenes.lettering import fonts

    before = lettering_identity()
    monkeypatch.setattr(fonts, "_coloured_file", lambda: b"another")
    fonts.lettering_identity.cache_clear()
    try:
        assert lettering_identity() != before
    finally:
        fonts.lettering_identity.cache_clear()


@needs_scripts
def test_emoji_in_one_colour_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Emoji that only the drawn face has come with a note; coloured ones and plain words do not."""
    from scenes.lettering import fonts

    def notes(text: str) -> tuple[str, ...]:
        fonts._chosen.cache_clear()
        return lettering_notes((Lettering("title", (text,)),), 320, 180, 4.0)

    assert not notes("\U0001f600")
    assert not notes("Сад")
    with monkeypatch.context() as without:
        without.setattr(fonts, "_coloured_faces", lambda: fonts._base_faces()["PT Serif"])
        assert any("one colour" in note for note in notes("\U0001f600"))
    fonts._chosen.cache_clear()
