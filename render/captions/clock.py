"""Times of frames and samples as caption files write them. Pure numbers."""

from __future__ import annotations

from fractions import Fraction

from storyboard.time import SAMPLE_RATE


def milliseconds_of_frame(frame: int, rate: Fraction) -> int:
    """Milliseconds at which a frame begins."""
    return round(Fraction(frame * 1000) / rate)


def milliseconds_of_sample(sample: int) -> int:
    """Milliseconds of a 48 kHz sample."""
    return round(Fraction(sample * 1000, SAMPLE_RATE))


def stamp(milliseconds: int, point: str) -> str:
    """`hh:mm:ss` and milliseconds after a `point`."""
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{point}{rest:03}"


def span_of(first: int, last: int, rate: Fraction, point: str) -> str:
    """`from --> to` of two frames."""
    return " --> ".join(stamp(milliseconds_of_frame(frame, rate), point) for frame in (first, last))
