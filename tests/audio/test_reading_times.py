"""The way back: times of what was said become times of what was written."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.reading.aloud import spoken
from audio.reading.stress import unstressed
from audio.reading.timing import written_words
from audio.voice import Word


def test_exact_times_where_the_engine_read_the_spoken_words() -> None:
    """A written figure gets the span of all words said for it, its neighbours keep theirs to the digit."""
    reading = spoken("I paid 25% then", "en")
    assert reading.spoken == ("I", "paid", "twenty-five", "percent", "then")
    read = [Word(word, i * 0.5, i * 0.5 + 0.4) for i, word in enumerate(reading.spoken)]
    assert reading.carry(read) == (
        Word("I", 0.0, 0.4),
        Word("paid", 0.5, 0.9),
        Word("25%", 1.0, 1.9),
        Word("then", 2.0, 2.4),
    )


def test_written_words_that_are_said_as_one_share_its_span() -> None:
    """A date of three written words is spread over the words said for it, in order and without gaps outside."""
    reading = spoken("On Nov 22, 2026 it rained", "en")
    read = [Word(word, float(i), i + 1.0) for i, word in enumerate(reading.spoken)]
    placed = reading.carry(read)
    assert [word.text for word in placed] == ["On", "Nov", "22,", "2026", "it", "rained"]
    assert (placed[1].start, placed[3].end) == (1.0, 5.0)
    assert placed[4] == Word("it", 5.0, 6.0)


def test_other_words_than_given_are_matched_by_likeness() -> None:
    """An engine that splits a word still gives every written word its place."""
    reading = spoken("a well-known man", "en")
    read = [Word("a", 0.0, 0.2), Word("well", 0.2, 0.5), Word("known", 0.5, 0.9), Word("man", 1.0, 1.4)]
    placed = reading.carry(read)
    assert [word.text for word in placed] == ["a", "well-known", "man"]
    assert placed[1].start == pytest.approx(0.2)
    assert placed[1].end == pytest.approx(0.9)


def test_nothing_read_gives_no_times() -> None:
    """Without words from the engine there is nothing to carry."""
    assert spoken("well", "en").carry(()) == ()


def test_what_a_voice_leaves_out_is_told_once() -> None:
    """A voice without stress or transcriptions owes a note for each word that asked for them."""
    reading = spoken("з+амок, з+амок и Гуру", "ru")
    assert reading.unheard(stress=False, ipa=False) == (
        "this voice cannot put the stress of 'замок' where it is marked",
    )
    assert reading.unheard(stress=True, ipa=False) == ()
    transcribed = spoken("a guru", "en", (("guru", "/ˈɡʊruː/"),))
    assert transcribed.unheard(stress=True, ipa=False) == ("this voice cannot read the transcription of 'guru'",)


@settings(max_examples=40, deadline=None)
@given(
    st.text(alphabet="абвеёйря АМ ,.!?—-:;()«»\"'+0123456789/%$€№&@#°\u0301egtSX😀", max_size=40),
    st.sampled_from(["en", "en-GB", "ru", "de"]),
)
def test_any_line_keeps_its_written_words(text: str, language: str) -> None:
    """Whatever stands in a line, its written words come back in order, each with a time."""
    reading = spoken(text, language, (("ар", "а́р"),))
    assert reading.written == written_words(unstressed(text))
    placed = reading.carry([Word(word, float(i), i + 0.9) for i, word in enumerate(reading.spoken)])
    assert not reading.spoken or tuple(word.text for word in placed) == reading.written
    assert all(a.start <= b.start for a, b in pairwise(placed))
