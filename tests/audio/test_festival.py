"""The Russian voice: what reaches the program, and what it says."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.backends.festival import Festival, spoken_form
from audio.voice import VoiceRefusal, VoiceRequest

needs_festival = pytest.mark.skipif(bool(Festival().check()), reason="festival and festvox-ru are not installed")


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
    assert not set(spoken_form(hostile)) & set("\"\\()'`;#\n\r@|")


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_made_safe_or_refused(text: str) -> None:
    """Any text at all either becomes Cyrillic letters, spaces and four marks, or is refused."""
    try:
        plain = spoken_form(f"мир {text}")
    except VoiceRefusal:
        return
    assert all("а" <= c <= "я" or c in "ё ,.!?-" for c in plain)


def test_numbers_and_dashes_are_written_out() -> None:
    """Digits become words and a dash a pause, since the voice misreads the one and dies of the other."""
    assert spoken_form("В 2026 году — пир!") == "в две тысячи двадцать шестом году, пир!"


def test_foreign_letters_are_refused() -> None:
    """Letters of a third alphabet are named in the refusal."""
    with pytest.raises(VoiceRefusal, match="你"):
        spoken_form("мир 你好")


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
