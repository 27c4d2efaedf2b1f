"""The Russian voice: what reaches the program, and what it says."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.backends.festival import Copy, Festival, copy_for_voice
from audio.backends.festival_stress import mended
from audio.reading.aloud import spoken
from audio.voice import VoiceRefusal, VoiceRequest

needs_festival = pytest.mark.skipif(bool(Festival().check()), reason="festival and festvox-ru are not installed")


def _given(text: str, pronounce: tuple[tuple[str, str], ...] = ()) -> str:
    return copy_for_voice(spoken(text, "ru", pronounce), text).text


@pytest.mark.parametrize(
    "hostile",
    [
        'Привет") (system "touch owned") ("мир',
        'мир\\") (load \\"x\\")',
        "'(quote мир)",
        "мир\n(exit)\n",
        "мир;комментарий",
        "#.мир `мир ,@мир",
    ],
)
def test_no_text_becomes_code(hostile: str) -> None:
    """What is put between the quotes of the script holds no quote, backslash, parenthesis or line end."""
    assert not set(_given(hostile)) & set("\"\\()'`;#\n\r@|")


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_made_safe_or_refused(text: str) -> None:
    """Any text at all either becomes Cyrillic letters, spaces and six marks, or is refused."""
    try:
        plain = _given(f"мир {text}")
    except VoiceRefusal:
        return
    assert all("а" <= c <= "я" or c in "ё ,.!?-+" for c in plain)


def test_numbers_and_dashes_are_written_out() -> None:
    """Digits become words and a dash a pause, since the voice misreads the one and dies of the other."""
    assert _given("В 2026 году — пир!") == "в две тысячи двадцать шестом году, пир!"


def test_foreign_letters_are_refused() -> None:
    """Letters of a third alphabet are named in the refusal."""
    with pytest.raises(VoiceRefusal, match="你"):
        _given("мир 你好")


def test_stress_marks_and_the_lexicon_reach_the_program() -> None:
    """The stressed vowel is told word by word; a plus stands before it where a word has two stresses in one line."""
    words = (("Хоббит", "хо́ббит"), ("Guru", "/ɡʊˈru/"))
    line = "За́мок, зам+ок и хоббиты, Guru!"
    said = copy_for_voice(spoken(line, "ru", words), line)
    assert said == Copy("з+амок, зам+ок и хоббиты, гуру!", (("хоббиты", 1), ("гуру", 2)))


def test_the_dictionary_of_the_voice_is_mended() -> None:
    """Words that it stresses wrongly are told; a mark of the author's wins, and homographs stay as they are."""
    assert mended("должны") == "должны\u0301"
    assert mended("до\u0301лжны") == "до\u0301лжны"
    assert mended("мама") == "мама"
    assert mended("потом") == "потом"
    assert copy_for_voice(spoken("Мы должны", "ru"), "Мы должны").stresses == (("должны", 2),)


def test_a_lexicon_entry_cannot_become_code() -> None:
    """What the film says of a word is cleaned like the line itself."""
    assert not set(_given("мир", (("мир", 'м") (system "x") ("ир'),))) & set("\"\\()'`;#\n\r@|")


def test_at_least_ten_voices_of_all_kinds() -> None:
    """Men and women, young, old and children can be told apart."""
    voices = Festival().voices()
    assert len({voice.name for voice in voices}) >= 10
    kinds = {(voice.gender, voice.age) for voice in voices}
    assert kinds >= {(g, a) for g in ("male", "female") for a in ("adult", "young", "old", "child")}


@needs_festival
def test_russian_line_with_word_times(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hostile Russian line is spoken with its written words in order, and nothing of it is carried out."""
    monkeypatch.chdir(tmp_path)
    spoken = Festival().speak(VoiceRequest('Который час?") (system "touch owned") ("Два.', "ru", "anna"))
    assert spoken.words[0].text == "Который"
    assert all(a.start <= b.start for a, b in zip(spoken.words, spoken.words[1:], strict=False))
    assert spoken.words[-1].end <= len(spoken.samples) / spoken.rate + 0.01
    assert not list(tmp_path.rglob("owned"))


@needs_festival
def test_the_identity_names_versions_and_no_place() -> None:
    """Program, recorded voice, normaliser and filter are named; where they lie on this machine is not."""
    said = Festival().identity()
    assert "Festival Speech Synthesis System" in said
    assert "voice " in said
    assert "ru-normalizr" in said
    assert "/" not in said
