"""The embedded English voice: what it says, when, and how."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from audio.backends.hibari import Hibari
from audio.voice import VoiceRefusal, VoiceRequest
from tests.audio.sounding import hisses_off_by, off_by, rests

REQUEST = VoiceRequest("Stop! Come back, bring the candle; then go.", "en", "heart")


def test_words_lie_on_their_sound() -> None:
    """Every word beside a silence begins and ends within 60 ms of what is heard, also where the voice is varied."""
    for request in (REQUEST, replace(REQUEST, voice="lewis"), replace(REQUEST, emotion="sad", speed=1.2)):
        spoken = Hibari().speak(request)
        assert [word.text for word in spoken.words] == REQUEST.text.split()
        assert len(rests(spoken.samples, spoken.rate)) >= 2
        assert max(map(abs, off_by(spoken))) <= 0.06
        assert all(a.end <= b.start + 1e-9 for a, b in zip(spoken.words, spoken.words[1:], strict=False))


def test_words_in_the_midst_of_a_line_lie_on_their_sound() -> None:
    """Words that begin with a hiss, where nothing is silent, begin within 60 ms of it, nearly all of them."""
    lines = (
        "The people saw seven small boats sailing in the summer sun.",
        "We should sell the old ship to the singer's son, so we said.",
        "My mother served some soup at the same table on Sunday.",
        "Nobody else could sing the song that you sang to Simon.",
    )
    off = [one for line in lines for one in hisses_off_by(Hibari().speak(VoiceRequest(line, "en", "heart")))]
    assert len(off) >= 12
    assert abs(float(np.median(off))) <= 0.03
    assert np.mean(np.abs(off) <= 0.06) >= 0.85


def test_same_request_same_samples() -> None:
    """Speaking twice gives the same bytes."""
    assert np.array_equal(Hibari().speak(REQUEST).samples, Hibari().speak(REQUEST).samples)


def test_the_lexicon_changes_the_sound_and_not_the_words() -> None:
    """A word of the film's lexicon sounds otherwise, and captions show it as written, at its own time."""
    request = VoiceRequest("Meet Siobhan tonight.", "en", "heart")
    plain = Hibari().speak(request)
    for said in ("shi-VAWN", "/ʃɪˈvɔːn/"):
        told = Hibari().speak(replace(request, pronounce=(("Siobhan", said),)))
        assert [word.text for word in told.words] == ["Meet", "Siobhan", "tonight."]
        assert not np.array_equal(plain.samples, told.samples)
        assert 0.2 < told.words[1].end - told.words[1].start < 1.0


def test_figures_share_the_time_of_their_words() -> None:
    """A written figure lasts as long as the words read for it."""
    spoken = Hibari().speak(VoiceRequest("In 1984 we met.", "en", "heart"))
    assert [word.text for word in spoken.words] == ["In", "1984", "we", "met."]
    assert spoken.words[1].end - spoken.words[1].start > 0.6


def test_sentences_are_a_breath_apart() -> None:
    """Between two sentences lies a pause of a quarter to two thirds of a second, longer for the tired."""
    request = VoiceRequest("He came home. She left.", "en", "heart")
    pauses = []
    for emotion in ("neutral", "tired"):
        spoken = Hibari().speak(replace(request, emotion=emotion))
        ((silence, sound),) = rests(spoken.samples, spoken.rate, 0.2)
        pauses.append(sound - silence)
    assert 0.25 <= pauses[0] <= 0.67
    assert pauses[1] > 1.2 * pauses[0]


@pytest.mark.parametrize(
    "request_",
    [replace(REQUEST, voice="nobody"), replace(REQUEST, text="Привет всем"), replace(REQUEST, text=" ... ")],
)
def test_what_it_cannot_say_is_refused(request_: VoiceRequest) -> None:
    """An unknown voice, another script and a line without words are refused with a remedy."""
    with pytest.raises(VoiceRefusal) as refused:
        Hibari().speak(request_)
    assert refused.value.hint


def test_the_identity_names_versions_and_no_place() -> None:
    """Packages and the filter are named with their versions; no path of this machine is."""
    said = Hibari().identity()
    assert "hibari-tts 0.2" in said
    assert "onnxruntime" in said
    assert " /" not in said
