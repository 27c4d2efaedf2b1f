"""English voices as a listener hears them: what an offline recogniser writes down, as spoken and a quarter faster.

The whole table of the cast is printed by benchmarks/hearing.py; here a few voices read a few lines.
"""

from __future__ import annotations

import pytest

from audio.backends.hibari import Hibari
from audio.backends.kokoro import Kokoro
from audio.voice import VoiceRequest
from tests.listening.recogniser import transcribe_words
from tests.listening.sentences import sentences
from tests.listening.trial import tried
from tests.listening.wer import plain_words

BOUND = 0.03
"""Word error rate of the English cast, at most."""
LOST = 0.02
"""What a voice may lose at 1.25 times the tempo."""


@pytest.mark.slow
def test_the_embedded_voice_is_understood() -> None:
    """Hibari is understood on all twenty lines, also a quarter faster, and no sample clips."""
    verdict = tried(Hibari(), "heart", "en", sentences("en"))
    assert verdict.rate <= BOUND, verdict.said
    assert verdict.rate_faster <= verdict.rate + LOST
    assert verdict.clipped == 0


@pytest.mark.slow
def test_the_cast_is_understood() -> None:
    """Four voices of Kokoro, of either sex and accent, are understood on three lines each, also a quarter faster."""
    lines = sentences("en")
    voices = ("heart", "michael", "emma", "george")
    verdicts = [tried(Kokoro(), voice, "en", lines[5 * i : 5 * i + 3]) for i, voice in enumerate(voices)]
    words = sum(verdict.words for verdict in verdicts)
    errors = sum(verdict.errors for verdict in verdicts)
    assert errors / words <= BOUND, [verdict.said for verdict in verdicts]
    assert sum(verdict.errors_faster for verdict in verdicts) / words <= errors / words + LOST
    assert sum(verdict.clipped for verdict in verdicts) == 0


@pytest.mark.slow
def test_word_times_agree_with_the_recogniser() -> None:
    """The middles of words lie, in the middle of all, within 60 ms of where the recogniser hears them.

    The recogniser itself is good to about a tenth of a second; tests/audio has closer looks at single words.
    """
    off = []
    for line in sentences("en")[10:15]:
        spoken = Hibari().speak(VoiceRequest(line, "en", "heart"))
        heard = transcribe_words(spoken.samples, spoken.rate, "en")
        for word, other in zip(spoken.words, heard, strict=False):
            if plain_words(word.text, "en") != plain_words(other.text, "en"):
                break  # from here on the two are no longer word for word the same
            off.append((word.start + word.end) / 2 - (other.start + other.end) / 2)
    assert len(off) > 40
    off.sort()
    assert abs(off[len(off) // 2]) <= 0.06
    assert sum(abs(one) <= 0.2 for one in off) >= 0.85 * len(off)
