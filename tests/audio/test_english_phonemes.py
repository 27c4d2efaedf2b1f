"""The English front end: phonemes, the place of every word in them, and phrases of a length that a model takes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.speaking import english
from audio.voice import VoiceRefusal


def phonemes(text: str, british: bool = False, pronounce: tuple[tuple[str, str], ...] = ()) -> str:
    """All phonemes of a line in one string."""
    reading = english.read(text, "en", pronounce)
    return " ".join(phrase.phonemes for phrase in english.phrases(reading, british, 400, packed=True))


def test_each_spoken_word_has_its_phonemes() -> None:
    """There is one span for each spoken word, in order, and none of them holds a mark of pause."""
    reading = english.read("Dr. Smith's 24 dogs left at 7:30 pm; he paid $5.50 — then ran!", "en")
    (phrase,) = english.phrases(reading, british=False, longest=400, packed=True)
    assert len(phrase.spans) == len(phrase.rests) == len(reading.spoken)
    words = [phrase.phonemes[first:last] for first, last in phrase.spans]
    assert words[0] == "dˈɑktəɹ"
    assert words[2] == "twˈɛntifˌɔɹ"
    assert not any(set(word) & set(" ;:,.!?—…") for word in words)
    assert phrase.rests[-1] == 2
    assert phrase.rests[reading.spoken.index("em")] == 1


def test_british_and_american_differ() -> None:
    """The same words are pronounced as on either side of the ocean."""
    assert phonemes("The bath is hot.") == "ðə bˈæθ ɪz hˈɑt."
    assert phonemes("The bath is hot.", british=True) == "ðə bˈɑːθ ɪz hˈɒt."


@pytest.mark.parametrize(
    ("said", "american", "british"),
    [
        ("/təˈmɑːtəʊ/", "təmˈɑtO", "təmˈɑːtQ"),
        ("/ˈtʃeɪndʒ/", "ʧˈAnʤ", "ʧˈAnʤ"),
        ("toh-MAH-toh", "tOmˈɑtO", "tQmˈɑːtQ"),
    ],
)
def test_the_author_says_how_a_word_is_said(said: str, american: str, british: str) -> None:
    """A transcription goes to the model in its own alphabet, a respelling is read with its loud syllable stressed."""
    lexicon = (("tomato", said),)
    assert phonemes("A tomato.", pronounce=lexicon) == f"ɐ {american}."
    assert phonemes("A tomato.", british=True, pronounce=lexicon) == f"ɐ {british}."


def test_letters_and_calls_are_said_as_people_say_them() -> None:
    """The letter A is no `eye`, the old word `ay` is; clipped words and calls are not spelt out."""
    assert phonemes("The USA.").endswith("ju ˈɛs ˈA.")
    assert phonemes("Ay!") == "ˈI!"
    assert phonemes("'Twas late.") == "twʌz lˈAt."
    assert "ʃ" in phonemes("Shh, listen.")
    assert "ʧ" not in phonemes("Shh, listen.")


def test_long_lines_are_cut_where_one_breathes() -> None:
    """A phrase ends with a sentence where it can, else with a clause, else between words, and is never too long."""
    text = "It rains today, and nobody came. " * 6 + "word " * 60
    reading = english.read(text, "en")
    found = english.phrases(reading, british=False, longest=120, packed=True)
    assert all(len(phrase.phonemes) <= 120 for phrase in found)
    assert sum(len(phrase.spans) for phrase in found) == len(reading.spoken)
    assert found[0].rests[-1] == 2
    assert len(found[0].rests) > 6
    assert found[-2].rests[-1] == 0
    apart = english.phrases(english.read("One came. Two left.", "en"), british=False, longest=400, packed=False)
    assert [phrase.rests[-1] for phrase in apart] == [2, 2]


def test_one_word_longer_than_a_phrase_is_kept_whole() -> None:
    """A word that alone is too long becomes a phrase of its own rather than none."""
    reading = english.read("Pneumonoultramicroscopicsilicovolcanoconiosis hurts.", "en")
    found = english.phrases(reading, british=False, longest=10, packed=True)
    assert [len(phrase.spans) for phrase in found] == [1, 1]


@pytest.mark.parametrize("text", ["", "...", "— !", "Привет, друзья мои"])
def test_nothing_to_say_is_refused(text: str) -> None:
    """A line without words, or in another script, is refused with a remedy."""
    with pytest.raises(VoiceRefusal) as refused:
        english.read(text, "en")
    assert refused.value.hint


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet="abcXYZ 019'’\"()[]/-—.,!?:;$%&#@áß\n", max_size=50))
def test_any_text_has_a_place_for_each_word(text: str) -> None:
    """Whatever is written, the spans of the phrases are as many as the spoken words and lie within the phonemes."""
    reading = english.read(f"word {text}", "en", (("abc", "/ˈeɪ/"),))
    found = english.phrases(reading, british=False, longest=60, packed=True)
    assert sum(len(phrase.spans) for phrase in found) == len(reading.spoken)
    assert all(0 <= a <= b <= len(phrase.phonemes) for phrase in found for a, b in phrase.spans)
