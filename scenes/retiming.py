"""Which frame of a clip is on show when the film runs at another rate: frames are repeated or left out.

Exact fractions of a second, so that nothing drifts. Knows no pictures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from scenes.backend import Frame, Refusal

ALIKE = Fraction(1, 100)
"""Relative difference of two rates between which no frames are invented: a repeated one in a hundred goes unseen."""


def retime(frames: Iterable[Frame], rate: Fraction, wanted: Fraction, count: int) -> Iterator[Frame]:
    """Yield `count` frames at rate `wanted`: each is the source frame on show at the middle of its time.

    Equal rates pass every frame through; 30 to 24 leaves every fifth out; 12 to 24 shows every one twice.
    """
    source = iter(frames)
    read = 0
    for place in range(count):
        due = source_index(place, rate, wanted)
        while read <= due:
            picture = next(source, None)
            if picture is None:
                raise shortage(read, rate, count, wanted)
            shown, read = picture, read + 1
        yield shown


def source_index(place: int, rate: Fraction, wanted: Fraction) -> int:
    """Which frame of a source at `rate` is on show at the middle of frame `place` at rate `wanted`."""
    return int((2 * place + 1) * rate / (2 * wanted))


def invented_rate(rate: Fraction, wanted: Fraction, interpolate: int) -> Fraction:
    """The rate up to which frames of a clip at `rate` are invented for a film at `wanted`; 0 where none are.

    None are where the clip has the film's rate, or one as good as it, or all the frames that are asked for.
    """
    aim = min(Fraction(interpolate), wanted)
    if not interpolate or abs(rate / wanted - 1) <= ALIKE or (rate >= aim and aim < wanted):
        return Fraction(0)
    return aim


def shortage(read: int, rate: Fraction, count: int, wanted: Fraction) -> Refusal:
    """The refusal of a clip of `read` frames that ends too early."""
    there, due = float(read / rate), float(count / wanted)
    return Refusal(
        f"the clip has {read} frames ({there:.2f} s), but the scene needs {due:.2f} s",
        f"make the scene {there:.2f} s or shorter, write `length: clip`, or use a longer clip",
    )
