"""The last resort: any language, voices that differ, and text that stays text."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from audio.backends.espeak import Espeak, markup
from audio.backends.espeak_sounds import mnemonics, restressed
from audio.reading.aloud import spoken
from audio.voice import VoiceRefusal, VoiceRequest

needs_espeak = pytest.mark.skipif(bool(Espeak().check()), reason="espeak-ng is not installed")


def test_text_is_escaped_and_phoneme_brackets_are_taken_away() -> None:
    """Neither tags nor the program's own phoneme brackets can be smuggled in through a line."""
    said = markup(spoken('<audio src="/etc/passwd"/> [[h@]] & so', "de"), "de")
    assert "<audio" not in said
    assert "[[" not in said
    assert said.count("<") == 4


def test_a_transcription_becomes_the_programs_sounds() -> None:
    """A word with phonetic signs is spoken by them in English."""
    assert mnemonics("ˈɡʊruː") == "'gUru:"
    assert mnemonics("tʃɜːtʃ") == "tS3:tS"
    assert "[['gUru:]]" in markup(spoken("A guru!", "en", (("guru", "/ˈɡʊruː/"),)), "en")


def test_the_stress_moves_and_vowels_change_with_it() -> None:
    """A Russian word is given in sounds with the stress where the author put it."""
    assert restressed("за\u0301мок", "zam'ok") == "z'AmVk"
    assert restressed("мо\u0301локо", "mVlVk'o") == "m'olVkV"
    assert restressed("за\u0301мок", "zm'ok") == ""


def test_ten_voices_of_all_ages() -> None:
    """There are men, women and children among them, each with its own name."""
    voices = Espeak().voices()
    assert len({voice.own for voice in voices}) == len(voices) == 10
    assert {(voice.gender, voice.age) for voice in voices} >= {("male", "child"), ("female", "old"), ("male", "adult")}


@needs_espeak
def test_voices_and_emotions_sound_different_and_repeat_exactly() -> None:
    """Two voices and two emotions give other samples; the same request gives the same ones."""
    lines = [
        VoiceRequest("Guten Tag, mein Freund.", "de", "robot-1"),
        VoiceRequest("Guten Tag, mein Freund.", "de", "robot-2"),
        VoiceRequest("Guten Tag, mein Freund.", "de", "robot-1", emotion="happy"),
        VoiceRequest("Guten Tag, mein Freund.", "de", "robot-1"),
    ]
    first, second, happy, again = (Espeak().speak(line) for line in lines)
    assert first.samples.tobytes() == again.samples.tobytes()
    assert len({first.samples.tobytes(), second.samples.tobytes(), happy.samples.tobytes()}) == 3
    assert len(happy.samples) < len(first.samples)
    assert first.words == ()


@needs_espeak
def test_figures_are_read_in_the_lines_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hostile line is only read aloud, and a stressed Russian word differs from the other stress."""
    monkeypatch.chdir(tmp_path)
    one = Espeak().speak(VoiceRequest("з+амок; $(touch owned) `touch owned`", "ru", "robot-1"))
    other = Espeak().speak(VoiceRequest("зам+ок; $(touch owned) `touch owned`", "ru", "robot-1"))
    assert not list(tmp_path.iterdir())
    assert not np.array_equal(one.samples, other.samples)


def test_what_it_cannot_speak_is_refused() -> None:
    """Unknown voices, tags that are no languages and lines without words are told apart."""
    with pytest.raises(VoiceRefusal, match="no voice"):
        Espeak().speak(VoiceRequest("hello", "en", "nobody"))
    with pytest.raises(VoiceRefusal, match="language tag"):
        Espeak().speak(VoiceRequest("hello", "../en", "robot-1"))
    with pytest.raises(VoiceRefusal, match="nothing to say"):
        Espeak().speak(VoiceRequest("… — 😀", "en", "robot-1"))
