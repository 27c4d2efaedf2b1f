"""Captions: readable portions, exact times, well-formed files."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from render.burn import lit_word
from render.captions import LONGEST, Span, spans, split, srt, vtt, within
from render.timeline import Uttered, Words

RATE = Fraction(24)


def test_short_line_stays_whole() -> None:
    """A line that fits is shown as it is, from its first to its last frame."""
    assert spans([Words("a", "Max", "Huh. New trail?", 24, 60)], RATE) == (Span("Huh. New trail?", 24, 60),)


def test_long_line_is_split_at_a_sentence() -> None:
    """A long line is cut where a sentence ends, and its portions follow one another without a gap."""
    text = (
        "I did not hike eleven miles and nearly die to hear that. Oh heck no, my friend, that will not do at all today."
    )
    shown = spans([Words("a", "Max", text, 0, 240)], RATE)
    assert [span.text for span in shown] == [text[:56], text[57:]]
    assert (shown[0].first, shown[0].last, shown[1].last) == (0, shown[1].first, 240)


@given(st.text(alphabet="ab cdeж.,!?", min_size=1, max_size=600))
def test_split_loses_nothing(text: str) -> None:
    """Splitting keeps every word in order and no portion is too long, unless one word alone is."""
    portions = split(text)
    assert " ".join(portions).split() == text.split()
    assert all(len(portion) <= LONGEST or " " not in portion for portion in portions)


def test_two_captions_are_never_on_screen_together() -> None:
    """A caption ends where the next one begins."""
    shown = spans([Words("a", "A", "One two.", 0, 50), Words("a", "B", "Three.", 40, 80)], RATE)
    assert [(span.first, span.last) for span in shown] == [(0, 40), (40, 80)]


def test_srt() -> None:
    """SubRip numbers its captions and writes milliseconds after a comma."""
    assert srt([Span("Да & нет", 12, 36)], RATE) == "1\n00:00:00,500 --> 00:00:01,500\nДа & нет\n"


def test_vtt_escapes_markup() -> None:
    """WebVTT gets no markup from a storyboard."""
    text = vtt([Span("a <b> & c", 0, 24)], RATE, "en")
    assert text.startswith("WEBVTT\n")
    assert "a &lt;b&gt; &amp; c" in text
    assert "00:00:00.000 --> 00:00:01.000" in text


def test_clock_of_ntsc_has_no_drift() -> None:
    """After an hour of 30000/1001 the clock is still exact to the millisecond."""
    assert "01:00:03,600" in srt([Span("x", 108_000, 108_030)], Fraction(30000, 1001))


def test_within_counts_from_the_piece() -> None:
    """A piece gets the part of a caption that it shows, counted from its own first frame."""
    assert within([Span("x", 10, 30), Span("y", 40, 50)], 20, 40) == (Span("x", 0, 10),)


def uttered(*words: tuple[str, float, float]) -> tuple[Uttered, ...]:
    """Words at seconds of the film."""
    return tuple(Uttered(text, round(first * 48_000), round(last * 48_000)) for text, first, last in words)


def test_portions_begin_with_their_first_word() -> None:
    """A line that is split shows each portion when its first word is spoken, however long the text before it was."""
    text = (
        "I did not hike eleven miles and nearly die to hear that. Oh heck no, my friend, that will not do at all today."
    )
    every = text.split()
    times = uttered(*[(word, 0.1 * n if n < 12 else 6.0 + 0.1 * n, 0.1 * n + 0.1) for n, word in enumerate(every)])
    first, second = spans([Words("a", "Max", text, 0, 240, times)], RATE)
    assert second.text.startswith("Oh heck")
    assert second.first == 172
    assert first.last == 172


def test_vtt_tells_when_each_word_is_spoken() -> None:
    """Each word after the first follows its time; signs that are not spoken come with the word before them."""
    words = uttered(("Да,", 1.0, 1.2), ("<это>", 1.5, 1.8), ("тропа.", 2.0, 2.4))
    shown = spans([Words("a", "Max", "Да, — <это> тропа.", 24, 60, words)], RATE)
    assert "Да, — <00:00:01.500>&lt;это&gt; <00:00:02.000>тропа.\n" in vtt(shown, RATE, "ru")


def test_words_that_were_not_all_heard_are_not_timed() -> None:
    """Where the words heard are not those written, no word gets a time that would be wrong."""
    shown = spans([Words("a", "Max", "one two", 0, 48, uttered(("one", 0.1, 0.3)))], RATE)
    assert shown == (Span("one two", 0, 48),)


def test_only_lit_words_change_a_piece() -> None:
    """Captions that light no word do not carry the times of words into a piece, so that these cannot stale it."""
    words = uttered(("one", 1.0, 1.2), ("two", 1.5, 2.0))
    shown = spans([Words("a", "Max", "one two", 24, 60, words)], RATE)
    assert within(shown, 12, 100) == (Span("one two", 12, 48),)
    (lit,) = within(shown, 12, 100, by_word=True)
    assert lit.words == (12, 24)
    assert [lit_word(lit, frame) for frame in (11, 12, 23, 24, 40)] == [-1, 0, 0, 1, 1]
