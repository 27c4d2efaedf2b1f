"""The Russian voices heard by the recogniser: how well they are understood, and what a faster line costs."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest

from audio.backends.festival import Festival
from audio.speaking.delivery import DELIVERIES
from audio.voice import VoiceRequest
from tests.listening.recogniser import transcribe
from tests.listening.sentences import sentences
from tests.listening.trial import tried
from tests.listening.wer import word_errors

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(Festival().check()), reason="festival and festvox-ru are not installed"),
]

BOUND = 0.25
"""Word error rate that Russian speech may have."""
LOSS = 0.02
"""What a faster line may add to it."""
CHANCE = 0.02
"""What the recogniser may add to that: of two hundred words it hears some four otherwise in another version."""


def test_the_base_voice_is_understood_as_it_is_and_faster() -> None:
    """On twenty lines at most a quarter of the words are heard wrong, and 1.25 times as fast hardly more."""
    verdict = tried(Festival(), "nikolai", "ru", sentences("ru"))
    assert verdict.rate <= BOUND
    assert verdict.rate_faster <= verdict.rate + LOSS + CHANCE
    assert verdict.clipped == 0


def test_a_stress_mark_is_heard() -> None:
    """The two words that only the stress tells apart sound different, and stay the word that is written."""
    first, second = (Festival().speak(VoiceRequest(f"Это {word}.", "ru", "nikolai")) for word in ("з+амок", "зам+ок"))
    assert not np.array_equal(first.samples, second.samples)
    assert [word.text for word in first.words] == ["Это", "замок."]


@pytest.mark.parametrize("emotion", ["happy", "sad", "angry"])
def test_an_emotion_does_not_cost_words(emotion: str) -> None:
    """Four easy lines lose at most a word each when they are spoken with feeling."""
    assert _errors(emotion) <= _errors("neutral") + 4


@lru_cache(maxsize=len(DELIVERIES))
def _errors(emotion: str) -> int:
    """Words of four lines that are heard wrong when they are spoken in that emotion.

    The lines are heard one by one, and each counts no more than its words: now and then the recogniser repeats itself.
    """
    wrong = 0
    for line in sentences("ru")[15:19]:
        spoken = Festival().speak(VoiceRequest(line, "ru", "nikolai", emotion=emotion))
        errors, words = word_errors(line, transcribe(spoken.samples, spoken.rate, "ru"), "ru")
        wrong += min(errors, words)
    return wrong
