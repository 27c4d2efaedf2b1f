"""Written times to exact numbers: durations to seconds, frame rates to fractions, seconds to frames.

Everything is a Fraction, so that nothing drifts. Knows no scenes and no transitions.
"""

from __future__ import annotations

import math
import re
from decimal import Decimal
from fractions import Fraction

from storyboard.errors import UnreadableError

LONGEST = Fraction(24 * 3600)
"""Seconds; no duration in a storyboard is longer."""

SAMPLE_RATE = 48_000
"""Samples per second of all sound in the house."""

_NUMBER = r"(?:[0-9]{1,9}(?:[.,][0-9]{1,9})?|[.,][0-9]{1,9})"
_UNITS = {
    "h": Fraction(3600),
    "ч": Fraction(3600),
    "час": Fraction(3600),
    "m": Fraction(60),
    "min": Fraction(60),
    "м": Fraction(60),
    "мин": Fraction(60),
    "s": Fraction(1),
    "sec": Fraction(1),
    "с": Fraction(1),
    "сек": Fraction(1),
    "ms": Fraction(1, 1000),
    "мс": Fraction(1, 1000),
}
_PART = re.compile(rf"({_NUMBER})\s*({'|'.join(sorted(_UNITS, key=len, reverse=True))})\.?(?![^\W\d_])", re.IGNORECASE)
_CLOCK = re.compile(r"(?:([0-9]{1,2}):)?([0-9]{1,3}):([0-9]{2}(?:\.[0-9]{1,9})?)")
_BARE = re.compile(_NUMBER)
_RATE = re.compile(r"([0-9]{1,6})/([0-9]{1,6})|[0-9]{1,6}(?:\.[0-9]{1,6})?")

_NTSC = {
    "23.976": Fraction(24000, 1001),
    "23.98": Fraction(24000, 1001),
    "29.97": Fraction(30000, 1001),
    "47.952": Fraction(48000, 1001),
    "59.94": Fraction(60000, 1001),
    "119.88": Fraction(120000, 1001),
}


def duration(text: str) -> Fraction:
    """Return a written duration (`6s`, `0.5s`, `500ms`, `1:30`, `1m 30s`) in exact seconds.

    Raises UnreadableError for a bare number (seconds or frames?), for anything else, and above 24 hours.
    """
    stripped = text.strip()
    clock = _CLOCK.fullmatch(stripped)
    if clock:
        hours, minutes, seconds = clock.groups()
        if Decimal(seconds) >= 60 or (hours and int(minutes) >= 60):
            raise UnreadableError(f"'{_short(text)}' is not a time: minutes and seconds go to 59", "write it like 1:30")
        total = Fraction(int(hours or 0) * 3600 + int(minutes) * 60) + Fraction(seconds)
    elif _BARE.fullmatch(stripped):
        bare = stripped.replace(",", ".")
        raise UnreadableError(f"'{_short(text)}' is a number without a unit", f"write {bare}s for seconds")
    else:
        total = _sum_of_parts(stripped, text)
    if total > LONGEST:
        raise UnreadableError(f"'{_short(text)}' is longer than 24 hours", code="E133")
    return total


def _sum_of_parts(stripped: str, text: str) -> Fraction:
    """Add up `1h 2m 3s`; each unit once, from large to small."""
    total, at, last = Fraction(0), 0, LONGEST
    while at < len(stripped):
        part = _PART.match(stripped, at)
        unit = _UNITS[part.group(2).lower()] if part else last
        if part is None or unit >= last:
            raise UnreadableError(f"'{_short(text)}' is not a length of time", "write 6s, 0.5s, 500ms, 1:30 or 1m 30s")
        total += Fraction(_decimal(part.group(1))) * unit
        last = unit
        at = part.end()
        while at < len(stripped) and stripped[at].isspace():
            at += 1
    if last == LONGEST:
        raise UnreadableError("the length of time is empty", "write 6s, 0.5s, 500ms, 1:30 or 1m 30s")
    return total


def _decimal(text: str) -> Decimal:
    text = text.replace(",", ".")
    return Decimal(f"0{text}" if text.startswith(".") else text)


def frame_rate(text: str) -> Fraction:
    """Return a written frame rate as a fraction; `23.976`, `29.97` and their kin are the NTSC rates (24000/1001 ...).

    Raises UnreadableError for anything but 1 to 240 frames per second.
    """
    stripped = text.strip().lower().removesuffix("fps").strip()
    match = _RATE.fullmatch(stripped)
    hint = "write 24, 25, 30, 50, 60, 23.976, 29.97 or a fraction such as 24000/1001"
    if match is None or (match.group(2) and int(match.group(2)) == 0):
        raise UnreadableError(f"'{_short(text)}' is not a frame rate", hint)
    rate = _NTSC.get(stripped) or Fraction(stripped)
    if not 1 <= rate <= 240:
        raise UnreadableError(f"{_short(text)} frames per second is out of range (1 to 240)", hint, "E133")
    return rate


def frames(seconds: Fraction, rate: Fraction) -> int:
    """Return the number of whole frames nearest to `seconds`; half a frame rounds up."""
    parts, whole = seconds.numerator * rate.numerator, seconds.denominator * rate.denominator
    return (2 * parts + whole) // (2 * whole)


def sample_of_frame(frame: int, rate: Fraction) -> int:
    """Return the 48 kHz sample nearest to the start of a frame."""
    # In whole numbers: a long film asks this for every frame of every mouth.
    return (2 * SAMPLE_RATE * frame * rate.denominator + rate.numerator) // (2 * rate.numerator)


def samples(seconds: Fraction) -> int:
    """Return the number of 48 kHz samples nearest to `seconds`."""
    return (2 * SAMPLE_RATE * seconds.numerator + seconds.denominator) // (2 * seconds.denominator)


def spell(seconds: Fraction) -> str:
    """Write a duration as a person would: `6s`, `0.5s`, `1:30`; rounded up to a hundredth of a second."""
    return _clock(math.ceil(seconds * 100))


def spell_down(seconds: Fraction) -> str:
    """Write a duration like `spell`, rounded down, for lengths that must fit into something."""
    return _clock(math.floor(seconds * 100))


def _clock(hundredths: int) -> str:
    if hundredths >= 360_000:
        hours, rest = divmod(hundredths, 360_000)
        return f"{hours}:{rest // 6000:02d}:{_seconds(rest % 6000, 2)}"
    if hundredths >= 6000:
        minutes, rest = divmod(hundredths, 6000)
        return f"{minutes}:{_seconds(rest, 2)}"
    return f"{_seconds(hundredths, 1)}s"


def _seconds(hundredths: int, digits: int) -> str:
    whole, part = divmod(hundredths, 100)
    fraction = f".{part:02d}".rstrip("0") if part else ""
    return f"{whole:0{digits}d}{fraction}"


def _short(text: str) -> str:
    """A written value, cut to a length that fits a message."""
    return text if len(text) <= 40 else f"{text[:37]}..."
