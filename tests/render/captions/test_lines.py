"""Lines and portions: nothing is lost, nothing is too wide, and breaks fall where a reader would breathe."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from render.captions import Measure, break_lines, measure_of, split
from render.captions.lines import halves, letters
from storyboard.captioning import CaptionLook
from storyboard.film import Aspect

ANY = st.text(alphabet="ab cdeж.,!?—й\u00a0 «»1%", min_size=1, max_size=400)
WIDE = st.text(alphabet="猫は。「」ーッ、名x ", min_size=1, max_size=200)


@given(ANY, st.sampled_from(["en", "ru", "ja"]), st.integers(8, 60), st.integers(1, 3))
def test_portions_lose_nothing(text: str, language: str, width: int, lines: int) -> None:
    """Splitting keeps every word in order, and each portion fits its lines, unless one word alone does not."""
    measure = Measure(language, width, lines)
    portions = split(text, measure)
    assert " ".join(portions).split() == text.split()
    for portion in portions:
        rows = break_lines(portion, language, width)
        assert len(rows) <= lines or any(letters(word) > width for word in portion.split())


@given(ANY, st.sampled_from(["en", "ru"]), st.integers(5, 60))
def test_lines_lose_nothing_and_are_no_wider(text: str, language: str, width: int) -> None:
    """Lines hold every word in order and none is wider than it may be, unless it is a single word."""
    lines = break_lines(text, language, width)
    assert " ".join(lines).split() == text.split()
    assert all(letters(line) <= width or len(line.split()) == 1 for line in lines)


@given(WIDE, st.integers(3, 20))
def test_signs_without_spaces_lose_nothing(text: str, width: int) -> None:
    """Japanese is broken between signs, none is lost, and no line begins with a full stop or ends with a bracket."""
    portions = split(text, Measure("ja", width, 2))
    assert "".join("".join(portions).split()) == "".join(text.split())
    lines = break_lines("猫は名前が無い。「どこで」生れたか、ニャーとぉ", "ja", width)
    assert all(line[0] not in "。」、ーぉャ" and line[-1] != "「" for line in lines)


@pytest.mark.parametrize(
    ("language", "text", "lines"),
    [
        ("en", "I did not hike eleven miles and nearly die to hear that.",
         ("I did not hike eleven miles", "and nearly die to hear that.")),
        ("en", "The old man of the sea walked to New York with 15 km of rope.",
         ("The old man of the sea walked", "to New York with 15 km of rope.")),
        ("en", "When the rain came, nobody had thought of the boats.",
         ("When the rain came,", "nobody had thought of the boats.")),
        ("ru", "Я шёл по лесу и думал о том, что Иван Иванович не приедет.",
         ("Я шёл по лесу и думал о том,", "что Иван Иванович не приедет.")),
        ("ru", "Он прошёл сорок вёрст, т. е. почти весь путь к дому.",
         ("Он прошёл сорок вёрст,", "т. е. почти весь путь к дому.")),
        ("ru", "Мы останемся здесь одни до весны — как и прежде бывало.",
         ("Мы останемся здесь одни до весны —", "как и прежде бывало.")),
        ("de", "Er wollte nicht mit der Bahn fahren, weil der Zug zu spät kam.",
         ("Er wollte nicht mit der Bahn fahren,", "weil der Zug zu spät kam.")),
    ],
)  # fmt: skip
def test_breaks_follow_the_language(language: str, text: str, lines: tuple[str, ...]) -> None:
    """Two lines break after a comma or before a clause, not inside a name, a quantity, `т. е.`, or before a dash."""
    assert break_lines(text, language, 42) == lines


@pytest.mark.parametrize(
    ("language", "text", "never"),
    [
        ("en", "She gave him the map of a land that was not there at all", ("the", "of", "a", "that", "not")),
        ("ru", "Он пришёл к нам с горы в ту пору когда не было и следа снега", ("к", "с", "в", "и", "не")),
        ("ru", "Так вот же она говорила ли я не помню бы ничего такого вовсе", ()),
    ],
)
def test_no_line_ends_with_a_word_that_leans_on_the_next(language: str, text: str, never: tuple[str, ...]) -> None:
    """Articles, prepositions, conjunctions and negations stand with what follows, particles with what goes before."""
    for width in range(30, 42):
        lines = break_lines(text, language, width)
        assert all(line.split()[-1] not in never for line in lines[:-1]), lines
        assert all(line.split()[0] not in ("же", "ли", "бы") for line in lines), lines


def test_lines_of_a_caption_are_even() -> None:
    """Where any break is as good, the two lines are nearly as long as each other and the upper one is no longer."""
    upper, lower = break_lines("alpha bravo charlie delta foxtrot golf hotel india", "en", 42)
    assert abs(len(upper) - len(lower)) <= 6


def test_a_text_that_fits_is_one_line() -> None:
    """A short text stays on one line, whatever stands in it."""
    assert break_lines("No. Never, my friend.", "en", 42) == ("No. Never, my friend.",)


def test_written_breaks_stay() -> None:
    """A break that is written is one of the picture."""
    assert break_lines("– No.\n– Yes.", "en", 42) == ("– No.", "– Yes.")


def test_a_long_line_is_split_at_a_sentence() -> None:
    """A line too long for one caption is cut where a sentence ends."""
    text = (
        "I did not hike eleven miles and nearly die to hear that. Oh heck no, my friend, that will not do at all today."
    )
    assert split(text) == [text[:56], text[57:]]


def test_halves_at_a_clause() -> None:
    """What stays too long is halved near its middle, after a comma where there is one; a single word is not."""
    assert halves("He came home late, and the dog barked.", "en") == ("He came home late,", "and the dog barked.")
    assert halves("Supercalifragilistic", "en") is None


def test_tall_pictures_and_large_letters_have_short_lines() -> None:
    """A line of 16:9 holds 42 characters, one of 1:1 and 9:16 fewer, and large captions fewer still."""
    shapes = [Aspect(16, 9), Aspect(4, 3), Aspect(1, 1), Aspect(9, 16)]
    widths = [measure_of("en", shape).width for shape in shapes]
    assert widths[0] == 42
    assert widths == sorted(widths, reverse=True)
    assert measure_of("en", shapes[0], CaptionLook(size="large")).width < 42
    assert measure_of("en", shapes[0], CaptionLook("bold pop")).lines == 1
    assert (measure_of("ru-RU", shapes[0]).speed, measure_of("en", shapes[0]).speed) == (15.0, 17.0)
    assert measure_of("zh", shapes[0]).width < 20
