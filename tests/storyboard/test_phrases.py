"""Lengths and transitions as short phrases."""

from __future__ import annotations

import contextlib
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyboard.errors import UnreadableError
from storyboard.film import Beats, FitClip, FitVoice, Fixed, Length, Transition
from storyboard.phrases import scene_length, transition


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
        ("cut", Transition("cut", Fraction(0))),
        ("crossfade 0.8s", Transition("crossfade", Fraction(4, 5))),
        ("crossfade", Transition("crossfade", Fraction(1))),
        ("cross fade 1m 1s", Transition("crossfade", Fraction(61))),
        ("dissolve 500ms", Transition("crossfade", Fraction(1, 2))),
        ("fade", Transition("fade", Fraction(1), "#000000")),
        ("fade white 2s", Transition("fade", Fraction(2), "#ffffff")),
        ("fade to black 1s", Transition("fade", Fraction(1), "#000000")),
        ("fade #20304a", Transition("fade", Fraction(1), "#20304a")),
        ("wipe up 0.5s", Transition("wipe", Fraction(1, 2), "up")),
        ("wipe", Transition("wipe", Fraction(7, 10), "left")),
        ("slide to the right", Transition("slide", Fraction(7, 10), "right")),
        ("склейка", Transition("cut", Fraction(0))),
        ("наплыв 0,8с", Transition("crossfade", Fraction(4, 5))),
        ("затемнение 1с", Transition("fade", Fraction(1), "#000000")),
        ("уход в белый 1 сек", Transition("fade", Fraction(1), "#ffffff")),
        ("шторка вверх", Transition("wipe", Fraction(7, 10), "up")),
        ("plugin:glitch 0.4s", Transition("glitch", Fraction(2, 5))),
    ],
)
def test_transitions(text: str, expected: Transition) -> None:
    """A transition is a kind, an option of that kind, and a length, in that order."""
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


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text makes the readers of phrases fail in another way than by refusing."""
    for read in (scene_length, transition):
        with contextlib.suppress(UnreadableError):
            assert read(text) is not None
