"""Captions in time: with their words, long enough, one at a time, clear of cuts."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from render.burn import lit_word
from render.captions import Caption, Measure, Span, spans, within
from render.captions.timing import frames_needed, readable
from render.timeline import Uttered, Words

RATE = Fraction(24)
TEXT = "I did not hike eleven miles and nearly die to hear that. Oh heck no, my friend, that will not do at all today."


def uttered(*words: tuple[str, float, float]) -> tuple[Uttered, ...]:
    """Words at seconds of the film."""
    return tuple(Uttered(text, round(first * 48_000), round(last * 48_000)) for text, first, last in words)


def times(shown: tuple[Caption, ...]) -> list[tuple[int, int]]:
    """First and last frames."""
    return [(one.first, one.last) for one in shown]


def test_short_line_stays_whole() -> None:
    """A line that fits is shown as it is, from its first to its last frame, and knows where it comes from."""
    (shown,) = spans([Words("a", "Max", "Huh. New trail?", 24, 60, line_id="max-1")], RATE)
    assert (shown.text, shown.first, shown.last) == ("Huh. New trail?", 24, 60)
    assert (shown.place, shown.speaker) == ("a/max-1", "Max")


def test_portions_of_a_line_follow_one_another() -> None:
    """A long line is shown in portions with two frames between them, from its first to its last frame."""
    first, second = spans([Words("a", "Max", TEXT, 0, 240)], RATE)
    assert first.first == 0
    assert second.first - first.last == 2
    assert second.last == 240


def test_portions_begin_with_their_first_word() -> None:
    """A line that is split shows each portion when its first word is spoken, however long the text before it was."""
    every = TEXT.split()
    spoken = uttered(*[(word, 0.1 * n if n < 12 else 6.0 + 0.1 * n, 0.1 * n + 0.1) for n, word in enumerate(every)])
    shown = spans([Words("a", "Max", TEXT, 0, 240, spoken)], RATE)
    second = next(one for one in shown if one.text.startswith("Oh heck"))
    assert second.first == 172
    assert all(one.last <= 170 for one in shown if one.first < 172)


def test_nothing_is_shown_for_more_than_seven_seconds() -> None:
    """A line spoken slowly is shown in more portions, a single long-drawn word no longer than seven seconds."""
    shown = spans([Words("a", "Max", "One day, when all was quiet, he left the house.", 0, 480)], RATE)
    assert len(shown) > 1
    assert all(one.last - one.first <= 168 for one in shown)
    assert times(spans([Words("a", "Max", "Oooh!", 0, 480)], RATE)) == [(0, 168)]


def test_a_short_line_stays_on_into_silence() -> None:
    """A caption too short to be read stays until it can be, but not over the next one."""
    alone = spans([Words("a", "A", "Look out, behind you!", 24, 30)], RATE)
    assert times(alone) == [(24, 24 + frames_needed("Look out, behind you!", RATE, Measure()))]
    followed = spans([Words("a", "A", "Look out, behind you!", 24, 30), Words("a", "A", "Run!", 48, 80)], RATE)
    assert times(followed) == [(24, 46), (48, 80)]


def test_a_caption_goes_with_the_cut() -> None:
    """One that ends near a hard cut ends two frames before it, and silence is used up to a cut only."""
    words = [Words("a", "A", "Look out, behind you!", 24, 30)]
    assert times(spans(words, RATE, cuts=(40,))) == [(24, 38)]
    assert times(spans([Words("a", "A", "Huh. New trail?", 24, 60)], RATE, cuts=(65,))) == [(24, 63)]
    assert times(spans([Words("a", "A", "Huh. New trail?", 24, 60)], RATE, cuts=(57,))) == [(24, 55)]
    assert times(spans([Words("a", "A", "Huh. New trail?", 24, 60)], RATE, cuts=(40,))) == [(24, 60)]


def test_a_short_silence_is_bridged() -> None:
    """Between captions that follow each other within half a second the first one stays."""
    words = [Words("a", "A", "Huh. New trail?", 0, 40), Words("a", "A", "Yes, a new one.", 48, 90)]
    assert times(spans(words, RATE)) == [(0, 46), (48, 90)]


def test_two_captions_are_never_on_screen_together() -> None:
    """A caption ends where the next one begins."""
    shown = spans([Words("a", "A", "One two.", 0, 50), Words("a", "A", "Three.", 40, 80)], RATE)
    assert times(shown) == [(0, 38), (40, 80)]


LINES = st.lists(
    st.tuples(st.text("ab cd.,!", min_size=1, max_size=200), st.integers(0, 3000), st.integers(1, 400)), max_size=12
)


@given(LINES, st.lists(st.integers(1, 3000), max_size=8), st.integers(0, 3400))
def test_times_are_in_order_and_never_overlap(lines: list[tuple[str, int, int]], cuts: list[int], frames: int) -> None:
    """Whatever is said when, captions come in order, last at least a frame and at most seven seconds, one at a time."""
    said = [Words("a", "A", text, first, first + length) for text, first, length in lines if text.strip()]
    shown = spans(said, RATE, Measure(), sorted(cuts), frames)
    for one in shown:
        assert 0 < one.last - one.first <= 168
    for one, after in pairwise(shown):
        assert one.last <= after.first
    for one in shown:
        assert not frames or one.last <= max([frames, *(word.last for word in said)])
    starts = {word.first for word in said}
    assert not shown or shown[0].first == min(starts)


@given(LINES)
def test_making_readable_twice_changes_nothing(lines: list[tuple[str, int, int]]) -> None:
    """What is readable already stays as it is."""
    said = [Words("a", "A", text, first, first + length) for text, first, length in lines if text.strip()]
    shown = spans(said, RATE)
    assert readable(shown, RATE, Measure()) == shown


def test_words_that_were_not_all_heard_are_not_timed() -> None:
    """Where the words heard are not those written, no word gets a time that would be wrong."""
    (shown,) = spans([Words("a", "Max", "one two", 0, 48, uttered(("one", 0.1, 0.3)))], RATE)
    assert (shown.words, shown.heard) == ((), ())


def test_within_counts_from_the_piece() -> None:
    """A piece gets the part of a caption that it shows, counted from its own first frame."""
    assert within([Span("x", 10, 30), Span("y", 40, 50)], 20, 40) == (Span("x", 0, 10),)


def test_only_lit_words_change_a_piece() -> None:
    """Captions that light no word do not carry the times of words into a piece, so that these cannot stale it."""
    words = uttered(("one", 1.0, 1.2), ("two", 1.5, 2.0))
    shown = spans([Words("a", "Max", "one two", 24, 60, words)], RATE)
    assert within(shown, 12, 100) == (Span("one two", 12, 48),)
    (lit,) = within(shown, 12, 100, by_word=True)
    assert lit.words == (12, 24)
    assert [lit_word(lit, frame) for frame in (11, 12, 23, 24, 40)] == [-1, 0, 0, 1, 1]
