"""Predicted durations: where words lie in a phrase, and how phrases are laid in a row."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from audio.speaking.durations import Spoken, in_a_row, laid, paused, settled, word_times
from audio.speaking.english import Phrase
from audio.voice import Samples

RATE = 24_000
ALPHABET = {"a": 1, "b": 2, " ": 3, ",": 4}


def sound(*spans: tuple[float, float], seconds: float) -> Samples:
    """A steady hum in some spans of a silence, in seconds."""
    wave = np.zeros(round(seconds * RATE), np.float32)
    for first, last in spans:
        count = round(last * RATE) - round(first * RATE)
        wave[round(first * RATE) :][:count] = 0.5 * np.sin(np.arange(count) * 0.05)
    return wave


def test_words_are_due_by_the_sum_of_durations() -> None:
    """A word begins after all that stands before it, less the four units by which the sound is ahead."""
    phrase = Phrase("aZb, ba", ((0, 3), (5, 7)), (1, 2))  # the model does not know Z and gives it no duration
    durations = np.array([10, 4, 4, 2, 2, 4, 4, 8], np.float32)
    assert word_times(phrase, ALPHABET, durations, 0.5) == [(3.0, 7.0), (9.0, 13.0)]


def test_words_settle_beside_silences() -> None:
    """Words next to a rest begin and end at its edges, wherever they were due; others go over into the next."""
    wave = sound((0.3, 1.2), (1.6, 2.4), seconds=2.8)
    words = settled([(0.25, 0.66), (0.7, 1.3), (1.5, 2.7)], (0, 1, 2), wave, RATE)
    edges = [edge for word in words for edge in word]
    assert edges == pytest.approx([0.3, 0.7, 0.7, 1.2, 1.6, 2.4], abs=0.006)


def test_short_words_at_the_ends_settle_too() -> None:
    """A word of a tenth of a second goes with the sound, even where that begins after its middle."""
    wave = sound((0.4, 1.0), seconds=1.5)
    edges = [edge for word in settled([(0.32, 0.42), (0.42, 1.3)], (0, 2), wave, RATE) for edge in word]
    assert edges == pytest.approx([0.4, 0.42, 0.42, 1.0], abs=0.006)


def test_a_short_word_after_a_pause_is_heard_later_than_due() -> None:
    """A pause may end after the middle of the short word behind it, and a silence inside the next word is none."""
    wave = sound((0.1, 0.5), (0.9, 1.0), (1.1, 1.6), seconds=1.8)
    words = settled([(0.1, 0.5), (0.8, 0.88), (0.88, 1.6)], (2, 0, 2), wave, RATE)
    assert words[0] == pytest.approx((0.1, 0.5), abs=0.006)
    assert words[1][0] == pytest.approx(0.9, abs=0.006)


def test_a_stop_inside_a_word_moves_nothing() -> None:
    """A silence in the middle of a word is no end of it."""
    wave = sound((0.0, 0.5), (0.6, 2.0), seconds=2.0)
    assert settled([(0.0, 1.1), (1.1, 2.0)], (0, 2), wave, RATE) == ((0.0, 1.1), (1.1, 2.0))


def test_phrases_stand_apart_by_what_ends_them() -> None:
    """Between phrases stays a natural rest, longer after a sentence than after a clause; words move with the sound."""
    wave = sound((0.5, 1.0), seconds=1.6)
    phrases = [Spoken(wave, ((0.5, 1.0),), 2), Spoken(wave, ((0.5, 1.0),), 1), Spoken(wave, ((0.5, 1.0),), 2)]
    whole, words = in_a_row(phrases, RATE)
    assert words[0] == (0.5, 1.0)
    assert words[1][0] - words[0][1] == pytest.approx(0.48, abs=0.03)
    assert words[2][0] - words[1][1] == pytest.approx(0.28, abs=0.03)
    assert len(whole) / RATE == pytest.approx(words[2][1] + 0.6, abs=0.01)
    for start, end in words:
        assert np.abs(whole[round(start * RATE) + 50 : round(end * RATE)]).max() > 0.4
        assert np.abs(whole[round(start * RATE) - 1200 : round(start * RATE) - 5]).max() < 0.01


def test_a_silent_phrase_keeps_its_length() -> None:
    """Silence alone is not cut away to nothing."""
    quiet = np.zeros(RATE, np.float32)
    whole, words = in_a_row([Spoken(quiet, ((0.0, 0.5),), 2)], RATE)
    assert len(whole) == RATE
    assert words == [(0.0, 0.5)]


@pytest.mark.parametrize("factor", [0.5, 2.0])
def test_pauses_grow_and_shrink(factor: float) -> None:
    """A written pause becomes longer or shorter by the factor; any other silence and every word stay."""
    wave = sound((0.2, 1.0), (1.4, 2.0), (2.2, 3.0), seconds=3.4)
    words = ((0.2, 1.0), (1.4, 2.0), (2.2, 3.0))
    longer, moved = paused(words, (1, 0, 2), wave, RATE, factor)
    assert moved[1][0] - moved[0][1] == pytest.approx(0.4 * factor, abs=0.001)
    assert moved[2][0] - moved[1][1] == pytest.approx(0.2, abs=0.001)
    assert len(longer) - len(wave) == pytest.approx(0.4 * (factor - 1) * RATE, abs=2)
    for before, after in zip(words, moved, strict=True):
        old = wave[round(before[0] * RATE) : round(before[1] * RATE)]
        assert np.array_equal(old, longer[round(after[0] * RATE) :][: len(old)])


def test_sentences_get_a_breath() -> None:
    """A short silence after a sentence becomes a breath, a long one and that after a clause stay as they are."""
    wave = sound((0.2, 1.0), (1.1, 2.0), (2.1, 3.0), (3.6, 4.0), seconds=4.2)
    words = ((0.2, 1.0), (1.1, 2.0), (2.1, 3.0), (3.6, 4.0))
    _, moved = paused(words, (2, 1, 2, 2), wave, RATE, 1.0)
    gaps = [after[0] - before[1] for before, after in pairwise(moved)]
    assert gaps == pytest.approx([0.32, 0.1, 0.6], abs=0.001)


def test_a_phrase_is_laid_with_its_pauses() -> None:
    """Words are settled on the sound first, then its pauses are stretched."""
    wave = sound((0.2, 1.0), (1.4, 2.0), seconds=2.2)
    done = laid(Phrase("a, b", ((0, 1), (3, 4)), (1, 2)), [(0.1, 0.9), (1.3, 2.1)], wave, RATE, 1.5)
    assert done.rest == 2
    assert done.words[1][0] - done.words[0][1] == pytest.approx(0.6, abs=0.02)
