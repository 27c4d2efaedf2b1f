"""Written times to exact numbers."""

from __future__ import annotations

import contextlib
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.errors import UnreadableError
from storyboard.time import duration, frame_rate, frames, sample_of_frame, spell, spell_down

RATES = st.sampled_from(["24", "25", "30", "50", "60", "23.976", "29.97", "59.94", "12.5", "24000/1001"])


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("6s", "6"),
        ("0.5s", "1/2"),
        (".5 s", "1/2"),
        ("500ms", "1/2"),
        ("1:30", "90"),
        ("1:30.5", "181/2"),
        ("0:00:10", "10"),
        ("1m 30s", "90"),
        ("1h2m3s", "3723"),
        ("2 min", "120"),
        ("0,5с", "1/2"),
        ("6 сек.", "6"),
        ("1 мин 30 с", "90"),
        ("0s", "0"),
    ],
)
def test_durations_are_exact(text: str, seconds: str) -> None:
    """Each way to write a length of time has one exact reading."""
    assert duration(text) == Fraction(seconds)


@pytest.mark.parametrize(
    "text", ["5", "5.5", "", " ", "s", "-1s", "1:60", "1:5", "1s 2m", "1s 1s", "5 parsecs", "6sx", "25h", "1e9s", "١s"]
)
def test_what_is_no_duration_is_refused(text: str) -> None:
    """Bare numbers, wrong orders and unknown units are refused."""
    with pytest.raises(UnreadableError):
        duration(text)


def test_a_bare_number_is_told_its_unit() -> None:
    """The remedy for a bare number is the number with a unit."""
    with pytest.raises(UnreadableError) as caught:
        duration("5")
    assert "5s" in caught.value.hint


@pytest.mark.parametrize(
    ("text", "rate"),
    [("24", "24"), ("23.976", "24000/1001"), ("29.97", "30000/1001"), ("59.94 fps", "60000/1001"), ("12.5", "25/2")],
)
def test_frame_rates_are_fractions(text: str, rate: str) -> None:
    """NTSC rates become their exact fractions."""
    assert frame_rate(text) == Fraction(rate)


@pytest.mark.parametrize("text", ["0", "1000", "fast", "24/0", "-24", "1e3", "241"])
def test_what_is_no_frame_rate_is_refused(text: str) -> None:
    """Rates from 1 to 240 are allowed, and nothing else."""
    with pytest.raises(UnreadableError):
        frame_rate(text)


@settings(deadline=None)
@given(st.fractions(0, 10_000), RATES)
def test_quantising_is_never_off_by_more_than_half_a_frame(seconds: Fraction, written: str) -> None:
    """A quantised length lies within half a frame of the exact one."""
    rate = frame_rate(written)
    assert abs(frames(seconds, rate) / rate - seconds) <= Fraction(1, 2) / rate


@settings(deadline=None)
@given(st.integers(0, 10_000_000), RATES)
def test_frames_survive_the_way_over_seconds(count: int, written: str) -> None:
    """A whole number of frames is itself again after the way over seconds."""
    rate = frame_rate(written)
    assert frames(count / rate, rate) == count


@settings(deadline=None)
@given(st.integers(0, 1_000_000), RATES)
def test_samples_of_frames_never_drift(frame: int, written: str) -> None:
    """The sample of a frame lies within half a sample of the exact place, however late in the film."""
    rate = frame_rate(written)
    assert abs(sample_of_frame(frame, rate) - frame / rate * 48_000) <= Fraction(1, 2)


@settings(deadline=None)
@given(st.integers(1, 8_640_000))
def test_spelled_durations_are_read_back(hundredths: int) -> None:
    """What is spelled for a person is read as the same length."""
    seconds = Fraction(hundredths, 100)
    assert duration(spell(seconds)) == seconds == duration(spell_down(seconds))


def test_spelling_rounds_up_or_down() -> None:
    """Needed lengths are rounded up and fitting ones down."""
    assert (spell(Fraction(1, 3)), spell_down(Fraction(1, 3))) == ("0.34s", "0.33s")
    assert spell(Fraction(90)) == "1:30"


@settings(deadline=None)
@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text makes the readers of times fail in another way than by refusing."""
    for read in (duration, frame_rate):
        with contextlib.suppress(UnreadableError):
            assert read(text) is not None
