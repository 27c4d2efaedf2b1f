"""Written sizes and levels to numbers."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard import measures
from storyboard.errors import UnreadableError
from storyboard.film import Aspect


@pytest.mark.parametrize(("text", "side"), [("720p", 720), ("4k", 2160), ("4K", 2160), ("240p", 240)])
def test_resolutions_are_short_sides(text: str, side: int) -> None:
    """A resolution is its short side."""
    assert measures.short_side(text) == side


@pytest.mark.parametrize(("text", "shape"), [("16:9", (16, 9)), ("9x16", (9, 16)), ("21 : 9", (21, 9))])
def test_aspects(text: str, shape: tuple[int, int]) -> None:
    """Shapes are read with a colon or a sign of multiplication."""
    assert measures.aspect(text) == Aspect(*shape)


@pytest.mark.parametrize(
    ("text", "level"), [("-22 dB", -22.0), ("+3dB", 3.0), ("-12,5 дБ", -12.5), ("\u22126 dB", -6.0)]
)
def test_levels(text: str, level: float) -> None:
    """Levels are decibels, also with a comma and a true minus."""
    assert measures.level(text) == level


def test_loudness() -> None:
    """Loudness is in LUFS."""
    assert measures.loudness("-14 LUFS") == -14.0


@pytest.mark.parametrize(
    ("text", "shade"), [("black", "#000000"), ("#FFF", "#ffffff"), ("белый", "#ffffff"), ("mud", "")]
)
def test_colours(text: str, shade: str) -> None:
    """Colours are names or hexadecimal; an unknown one is no colour."""
    assert measures.colour(text) == shade


@pytest.mark.parametrize(("text", "share"), [("start", "0"), ("конец", "1"), ("40%", "2/5"), ("12.5 %", "1/8")])
def test_positions(text: str, share: str) -> None:
    """A place within a scene is a share of it."""
    assert measures.position(text) == Fraction(share)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("d minor", "D minor"),
        ("F# major", "F# major"),
        ("Bb dur", "Bb major"),
        ("ре минор", "D minor"),
        ("до диез мажор", "C# major"),
    ],
)
def test_musical_keys(text: str, key: str) -> None:
    """Keys are read in English, German and Russian."""
    assert measures.musical_key(text) == key


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (measures.short_side, "1920x1080"),
        (measures.short_side, "721p"),
        (measures.short_side, "9999p"),
        (measures.aspect, "16:0"),
        (measures.aspect, "100:1"),
        (measures.aspect, "wide"),
        (measures.level, "-22"),
        (measures.level, "-99 dB"),
        (measures.level, "loud"),
        (measures.loudness, "-14 dB"),
        (measures.loudness, "0 LUFS"),
        (measures.position, "140%"),
        (measures.position, "soon"),
        (measures.musical_key, "H minor"),
    ],
)
def test_unusable_measures_are_refused(read: Callable[[str], object], text: str) -> None:
    """What cannot be made or read is refused, with words."""
    with pytest.raises(UnreadableError) as caught:
        read(text)
    assert caught.value.message


@settings(deadline=None)
@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text makes the readers of measures fail in another way than by refusing."""
    for read in (
        measures.short_side,
        measures.aspect,
        measures.level,
        measures.loudness,
        measures.position,
        measures.musical_key,
    ):
        with contextlib.suppress(UnreadableError):
            assert read(text) is not None
