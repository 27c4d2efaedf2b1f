"""Reading English aloud: every figure, date, abbreviation and sign becomes words, tied to the written ones."""

from __future__ import annotations

import pytest

from audio.reading.aloud import spoken
from audio.reading.timing import written_words

_SAID = {
    "1,234": "one thousand two hundred and thirty-four",
    "3.14": "three point one four",
    "-5": "minus five",
    "007": "zero zero seven",
    "the 22nd day": "the twenty-second day",
    "in 1905": "in nineteen oh five",
    "in 2026": "in twenty twenty-six",
    "1500 horses": "one thousand five hundred horses",
    "the 1990s": "the nineteen nineties",
    "the '80s": "the eighties",
    "$5.50": "five dollars and fifty cents",
    "$0.99": "ninety-nine cents",
    "£1.2 million": "one point two million pounds",
    "100 USD": "one hundred dollars",
    "5.5%": "five point five percent",
    "1/2 cup": "one half cup",
    "2 3/4 miles": "two and three quarters miles",
    "2½ hours": "two and a half hours",
    "5 km": "five kilometres",
    "20 °C": "twenty degrees Celsius",
    "60mph": "sixty miles an hour",
    "9:30 pm": "nine thirty pee em",
    "9:00": "nine o'clock",
    "21:05": "twenty-one oh five",
    "Mon. 5 June": "Monday the fifth of June",
    "476 B.C. on": "four seventy-six bee see on",
    "10–12 people": "ten to twelve people",
    "1914-1918": "nineteen fourteen to nineteen eighteen",
    "call 555-1234": "call five five five, one two three four",
    "Dr. Watson": "Doctor Watson",
    "Baker St. and St. Paul": "Baker Street and Saint Paul",
    "Mr. Fox vs. Mrs. Hen": "Mister Fox versus Missus Hen",
    "cats, e.g. Tom": "cats, for example Tom",
    "No. 5": "number five",
    "Chapter IV": "Chapter four",
    "Henry VIII": "Henry the eighth",
    "World War II": "World War two",
    "I said so": "I said so",
    "J. R. R. Tolkien": "jay ar ar Tolkien",
    "the FBI and NASA": "the eff bee eye and NASA",
    "the US army told us": "the you ess army told us",
    "R2-D2": "ar two-dee two",
    "#3 & #film": "number three and hashtag film",
    "bob@mail.com": "bob at mail dot com",
    "www.example.org/a": "double-you double-you double-you dot example dot org slash ay",
    "2 + 2 = 4": "two plus two equals four",
    "24/7": "twenty-four seven",
    "hello 😀 you": "hello you",
}


@pytest.mark.parametrize("written", _SAID)
def test_what_is_said(written: str) -> None:
    """Each written form is said as a reader would say it."""
    assert spoken(written, "en-US").text == _SAID[written]


def test_dates_follow_the_language_tag() -> None:
    """The same figures are another day in London than in New York."""
    assert spoken("3/4/2026", "en-US").text == "March fourth, twenty twenty-six"
    assert spoken("3/4/2026", "en-GB").text == "the third of April, twenty twenty-six"
    assert spoken("Nov 22, 2026", "en-GB").text == "the twenty-second of November, twenty twenty-six"
    assert spoken("2026-11-22", "en").text == "November twenty-second, twenty twenty-six"


def test_the_stop_of_an_abbreviation_is_a_pause_only_at_a_sentence_end() -> None:
    """`Dr.` and `p.m.` inside a sentence make no pause; `etc.` at the end of one does."""
    read = spoken("Dr. No came at 9 p.m. with cats, dogs, etc. Then he left.", "en")
    assert read.text == "Doctor No came at nine pee em with cats, dogs, et cetera. Then he left."


def test_shouted_words_are_not_spelt_out() -> None:
    """Capitals mean letters only where they stand out."""
    assert spoken("STOP THE TV!", "en").text == "STOP THE TV!"
    assert spoken("Stop the TV!", "en").text == "Stop the tee vee!"


def test_every_written_word_is_kept_in_order() -> None:
    """Whatever is said, the written words are those that captions show."""
    line = 'On Nov 22, 2026 — "at 9:30 pm" (sharp) — Dr. Who paid $5.50 & left 10–12 people, etc. 😀 …'
    assert spoken(line, "en").written == written_words(line)


def test_pauses_are_carried() -> None:
    """Marks at the ends of words become pauses; quotes go, brackets are commas, a dash stays."""
    read = spoken('"Who?" he said (softly) — and… left; yes!', "en")
    assert [token.after for token in read.tokens] == ["?", "", ",", "—", "…", ";", "!"]
    assert read.text == "Who? he said, softly — and… left; yes!"


def test_a_lexicon_word_is_said_the_authors_way() -> None:
    """Whole words in any case are respelt, the syllable in capitals stressed; parts of other words are not."""
    words = (("Yorblef", "YOR-blef"), ("baba yaga", "BAH-ba ya-GAH"))
    read = spoken("Yorblef's hat, YORBLEF, Yorblefs and Baba Yaga!", "en", words)
    assert read.text == "yor-blef's hat, yor-blef, Yorblefs and bah-ba ya-gah!"
    assert read.text_with("'").startswith("yo'r-blef's")
    assert read.tokens[-1].written == ("Baba", "Yaga!")


def test_a_transcription_reaches_the_token() -> None:
    """What stands between slashes is kept as phonetic signs, with the ending of a possessive."""
    read = spoken("Guru's hat and a guru.", "en", (("Guru", "/ˈɡʊruː/"),))
    assert [token.ipa for token in read.tokens] == ["ˈɡʊruːz", "", "", "", "ˈɡʊruː"]


def test_other_languages_pass_unchanged() -> None:
    """A language without rules here is left to its engine, figures and all."""
    assert spoken("Ich habe 3,5 Äpfel (20 %), ja?", "de").text == "Ich habe 3,5 Äpfel, 20 %, ja?"
    assert spoken("„C'est 10€ à 9:30!“", "fr").text == "C'est 10€ à 9:30!"


def test_words_that_only_a_mark_parts_stay_apart() -> None:
    """A missing space after a mark does not make one word of two."""
    assert spoken("Well,yes...no:five", "en").text == "Well, yes no, five"
