"""Ducking: still within a phrase, smooth around it, and the same from wherever it is looked at."""

from __future__ import annotations

import numpy as np
import pytest

from audio.mixing.ducking import ATTACK, RELEASE, RETURN, Span, duck, joined, phrases, step_back
from audio.voice import RATE

SPANS: tuple[Span, ...] = ((RATE, 2 * RATE), (2 * RATE + 20_000, 3 * RATE), (5 * RATE, 5 * RATE + 100))
DEPTHS = (-12.0, -18.0, -7.0)


def decibels(gain: np.ndarray[tuple[int], np.dtype[np.float32]]) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """A gain in dB."""
    return np.asarray(20 * np.log10(gain))


def test_the_gain_is_still_within_every_phrase() -> None:
    """Music is down by a phrase's own depth from its first sample to its last, and untouched far from all of them."""
    gain = decibels(duck(SPANS, DEPTHS, 0, 7 * RATE))
    for (first, last), depth in zip(SPANS, DEPTHS, strict=True):
        assert np.abs(gain[first:last] - depth).max() < 1e-3
    for free in (gain[: RATE - ATTACK], gain[3 * RATE + RELEASE : 5 * RATE - ATTACK], gain[5 * RATE + 100 + RELEASE :]):
        assert not np.any(free)


def test_short_pauses_do_not_pump() -> None:
    """Between two phrases with a breath between them the gain goes straight from one depth to the other."""
    gain = decibels(duck(SPANS, DEPTHS, 0, 7 * RATE))
    pause = gain[2 * RATE : 2 * RATE + 20_000]
    assert np.all(np.diff(pause) <= 1e-5)
    assert pause[0] == pytest.approx(-12.0, abs=0.01)
    assert pause[-1] == pytest.approx(-18.0, abs=0.01)


def test_the_gain_moves_smoothly_and_in_time() -> None:
    """It falls within 20 to 200 ms, returns within 250 to 500 ms, and never by more than 0.01 dB a sample."""
    assert 0.020 <= ATTACK / RATE <= 0.200
    assert 0.250 <= RELEASE / RATE <= 0.500
    assert np.abs(np.diff(decibels(duck(SPANS, DEPTHS, 0, 7 * RATE)))).max() < 0.01


@pytest.mark.parametrize(("start", "count"), [(RATE - 5000, 7000), (2 * RATE - 10, 50_000), (RATE + 10, 20), (-900, 9)])
def test_any_block_is_that_of_the_whole(start: int, count: int) -> None:
    """The gain of a block computed alone is bit for bit that of the whole."""
    whole = duck(SPANS, DEPTHS, -RATE, 8 * RATE)
    assert np.array_equal(duck(SPANS, DEPTHS, start, count), whole[start + RATE :][:count])


def test_a_sound_steps_back_on_both_sides() -> None:
    """Every channel is multiplied by the gain."""
    sound = np.stack([np.full(7 * RATE, 0.5, np.float32), np.full(7 * RATE, -0.25, np.float32)])
    step_back(sound, SPANS, DEPTHS, 0)
    gain = duck(SPANS, DEPTHS, 0, 7 * RATE)
    assert np.abs(sound[0] - 0.5 * gain).max() < 1e-6
    assert np.abs(sound[1] + 0.25 * gain).max() < 1e-6


def test_speech_that_overlaps_or_touches_is_one_phrase() -> None:
    """Two lines at once are one span; a pause parts them."""
    assert joined([(5000, 9000), (0, 6000), (9100, 9200)]) == ((0, 9200),)
    assert joined([(0, 100), (20_000, 30_000)]) == ((0, 100), (20_000, 30_000))


def test_a_line_with_a_long_rest_is_several_phrases() -> None:
    """Where words lie further apart than a return, the line is two spans; shorter rests are part of a phrase."""
    rest = RETURN / RATE
    words = [(0.0, 0.4), (0.6, 1.0), (1.0 + rest, 1.5 + rest), (1.4 + 2 * rest, 3.0 + 2 * rest)]
    first, last = 7000, 7000 + round((3.1 + 2 * rest) * RATE)
    assert phrases(words, first, last - first) == ((first, first + RATE), (first + RATE + RETURN, last))
    assert phrases([], first, 99) == ((first, first + 99),)
