"""Lengths and transitions as short phrases."""

from __future__ import annotations

import contextlib
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.errors import UnreadableError
from storyboard.film import Beats, FitClip, FitVoice, Fixed, Length
from storyboard.phrases import TransitionPhrase, scene_length, transition


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("6s", Fixed(Fraction(6))),
        ("1:30", Fixed(Fraction(90))),
        ("voice", FitVoice()),
        ("по голосу", FitVoice()),
        ("clip", FitClip()),
        ("8 beats", Beats(8)),
        ("1 beat", Beats(1)),
        ("16 долей", Beats(16)),
    ],
)
def test_lengths(text: str, rule: Length) -> None:
    """Each length rule has its words."""
    assert scene_length(text) == rule


@pytest.mark.parametrize("text", ["0s", "0 beats", "5", "voise", "forever", ""])
def test_unusable_lengths_are_refused(text: str) -> None:
    """Nothing, bare numbers and unknown words are no lengths."""
    with pytest.raises(UnreadableError):
        scene_length(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cut", TransitionPhrase("cut")),
        ("crossfade 0.8s", TransitionPhrase("crossfade", Fraction(4, 5))),
        ("crossfade", TransitionPhrase("crossfade")),
        ("crossfade linear 1s", TransitionPhrase("crossfade", Fraction(1), linear=True)),
        ("dissolve in linear light", TransitionPhrase("crossfade", linear=True)),
        ("fade linear white", TransitionPhrase("fade", option="#ffffff", linear=True)),
        ("fade white linear 2s", TransitionPhrase("fade", Fraction(2), "#ffffff", linear=True)),
        ("cross fade 1m 1s", TransitionPhrase("crossfade", Fraction(61))),
        ("dissolve 500ms", TransitionPhrase("crossfade", Fraction(1, 2))),
        ("fade", TransitionPhrase("fade")),
        ("fade to black 1s", TransitionPhrase("fade", Fraction(1), "#000000")),
        ("fade #20304a", TransitionPhrase("fade", option="#20304a")),
        ("wipe up linear", TransitionPhrase("wipe", option="up", linear=True)),
        ("wipe up 0.5s", TransitionPhrase("wipe", Fraction(1, 2), "up")),
        ("slide to the right", TransitionPhrase("slide", option="right")),
        ("push right", TransitionPhrase("push", option="right")),
        ("iris out 1s", TransitionPhrase("circle", Fraction(1), "out")),
        ("circle close", TransitionPhrase("circle", option="out")),
        ("clock", TransitionPhrase("clock")),
        ("zoom out", TransitionPhrase("zoom", option="out")),
        ("blur linear", TransitionPhrase("blur", linear=True)),
        ("whip pan down 0.4s", TransitionPhrase("whip", Fraction(2, 5), "down")),
        ("glitch 12 ms", TransitionPhrase("glitch", Fraction(12, 1000))),
        ("склейка", TransitionPhrase("cut")),
        ("наплыв 0,8с", TransitionPhrase("crossfade", Fraction(4, 5))),
        ("наплыв линейно 1с", TransitionPhrase("crossfade", Fraction(1), linear=True)),
        ("затемнение 1с", TransitionPhrase("fade", Fraction(1))),
        ("уход в белый 1 сек", TransitionPhrase("fade", Fraction(1), "#ffffff")),
        ("шторка вверх", TransitionPhrase("wipe", option="up")),
        ("диафрагма наружу", TransitionPhrase("circle", option="out")),
        ("вжик влево", TransitionPhrase("whip", option="left")),
        ("plugin:swirl 0.4s", TransitionPhrase("swirl", Fraction(2, 5))),
        ("plugin:swirl Wide 0.4s", TransitionPhrase("swirl", Fraction(2, 5), "wide")),
    ],
)
def test_transitions(text: str, expected: TransitionPhrase) -> None:
    """A transition is a kind, an option of that kind, linear light, and a length; what is not said stays unsaid."""
    assert transition(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "crosfade 1s",
        "cut 1s",
        "crossfade 0s",
        "fade mauve 1s",
        "wipe sideways",
        "crossfade left",
        "1s",
        "",
        "fade 1",
        "plugin:../x",
        "plugin:python 1s",
        "moviepy SlideIn",
        "wipe inwards",
        "clock left",
        "circle left",
        "slide linear",
        "cut linear",
        "crossfade linear linear",
    ],
)
def test_unusable_transitions_are_refused(text: str) -> None:
    """Unknown kinds, options and lengths are refused with words."""
    with pytest.raises(UnreadableError) as caught:
        transition(text)
    assert caught.value.message


def test_a_misspelt_transition_is_suggested() -> None:
    """The nearest known word is offered in the language written."""
    with pytest.raises(UnreadableError, match="crosfade") as caught:
        transition("crosfade 1s")
    assert "crossfade" in caught.value.hint
    with pytest.raises(UnreadableError) as caught:
        transition("наплыф")
    assert "наплыв" in caught.value.hint


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text makes the readers of phrases fail in another way than by refusing."""
    for read in (scene_length, transition):
        with contextlib.suppress(UnreadableError):
            assert read(text) is not None
