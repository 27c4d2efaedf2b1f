"""Where lines begin in their scene."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from storyboard.dialogue import (
    GAP,
    LEAD_IN,
    LEAST_GAP,
    LEAST_LEAD_IN,
    LEAST_PAUSE,
    LEAST_SAME_SPEAKER_GAP,
    SAME_SPEAKER_GAP,
    SHORTEST_LINE,
    TAIL,
    estimate,
    lay,
    needed,
)
from storyboard.film import Film

Maker = Callable[[str], Film]

BODY = "characters: {a: {}, b: {voice: {name: x, speed: 2.0}}}\nscenes: [{id: s, lines: [%s]}]\n"


def test_lines_follow_one_another_with_gaps_and_pauses(film: Maker) -> None:
    """Another speaker waits longer than the same one, and a pause comes on top of the gap after its line."""
    lines = film(BODY % "{by: a, say: x}, {by: a, say: y, pause: 1s}, {by: b, say: z}").scenes[0].lines
    laid = lay(lines, {"a-1": Fraction(1), "a-2": Fraction(2), "b-1": Fraction(3)})
    assert [one.start for one in laid] == [
        LEAD_IN,
        LEAD_IN + 1 + SAME_SPEAKER_GAP,
        LEAD_IN + 1 + SAME_SPEAKER_GAP + 2 + 1 + GAP,
    ]
    assert needed(lines, laid, Fraction(1)) == laid[-1].end + TAIL + 1


def test_a_long_transition_delays_the_first_line(film: Maker) -> None:
    """Nobody speaks before the transition into the scene is over."""
    lines = film(BODY % "{by: a, say: x}").scenes[0].lines
    assert lay(lines, {"a-1": Fraction(1)}, Fraction(2))[0].start == 2
    assert lay(lines, {"a-1": Fraction(1)}, Fraction(0))[0].start == LEAD_IN


def test_a_pause_after_the_last_line_counts(film: Maker) -> None:
    """The scene lasts through the pause that is written after its last line."""
    lines = film(BODY % "{by: a, say: x, pause: 2s}").scenes[0].lines
    laid = lay(lines, {"a-1": Fraction(1)})
    assert needed(lines, laid) == LEAD_IN + 1 + 2 + TAIL


def test_squeezed_silences_shrink_to_their_least(film: Maker) -> None:
    """At 1 every silence is at its least, at a half it is half way there, and lines keep order and length."""
    lines = film(BODY % "{by: a, say: x}, {by: a, say: y, pause: 1s}, {by: b, say: z}").scenes[0].lines
    seconds = {"a-1": Fraction(1), "a-2": Fraction(2), "b-1": Fraction(3)}
    loose, half, tight = (lay(lines, seconds, Fraction(0), Fraction(n, 2)) for n in range(3))
    assert [one.start for one in tight] == [
        LEAST_LEAD_IN,
        LEAST_LEAD_IN + 1 + LEAST_SAME_SPEAKER_GAP,
        LEAST_LEAD_IN + 1 + LEAST_SAME_SPEAKER_GAP + 2 + LEAST_PAUSE + LEAST_GAP,
    ]
    for a, b, c in zip(loose, half, tight, strict=True):
        assert b.start == (a.start + c.start) / 2
        assert a.seconds == b.seconds == c.seconds


@pytest.mark.parametrize("squeeze", [Fraction(0), Fraction(1, 3), Fraction(1)])
def test_a_squeezed_line_still_waits_for_the_transition(film: Maker, squeeze: Fraction) -> None:
    """However short the scene is, nobody speaks before the transition into it is over."""
    lines = film(BODY % "{by: a, say: x}").scenes[0].lines
    assert lay(lines, {"a-1": Fraction(1)}, Fraction(2), squeeze)[0].start == 2


def test_estimates_count_letters_and_heed_the_voice(film: Maker) -> None:
    """Russian is read slower than English, a fast voice is faster, and no line is shorter than a word."""
    slow, fast = film(BODY % f"{{by: a, say: {'x' * 150}}}, {{by: b, say: {'x' * 150}}}").scenes[0].lines
    assert estimate(slow, "en-GB") == 10
    assert estimate(fast, "en") == 5
    assert estimate(slow, "ru") > estimate(slow, "xx") > estimate(slow, "en")
    short = film(BODY % "{by: a, say: x}").scenes[0].lines[0]
    assert estimate(short, "en") == SHORTEST_LINE
