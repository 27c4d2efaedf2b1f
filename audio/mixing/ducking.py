"""Ducking: how far music, clips and ambience step back while somebody speaks.

The times of the lines are known, so the gain is a closed form of time, not a compressor: it lies still while a phrase
lasts, and any block of the film can be computed alone. Pure; knows no files.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from audio.voice import RATE, Samples

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ATTACK = round(0.150 * RATE)
"""Samples before a phrase in which the others step back."""
RELEASE = round(0.400 * RATE)
"""Samples after a phrase in which they return."""
RETURN = ATTACK + RELEASE + round(0.350 * RATE)
"""A pause shorter than this is not worth returning for: the gain glides from one phrase's depth to the next one's."""
_TOUCHING = round(0.060 * RATE)
"""Phrases nearer than this are one: no gain could move unheard between them."""

Span = tuple[int, int]
"""First sample and last sample (exclusive) of speech."""


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Speech spans in order, with those that overlap or all but touch made one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start - merged[-1][1] < _TOUCHING:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


def phrases(words: Sequence[tuple[float, float]], first: int, samples: int) -> tuple[Span, ...]:
    """The spans of a line of so many samples from `first`: one, or more where it rests long enough to return for.

    `words` are the begins and ends of its words, in seconds from its own first sample; none makes it one span.
    """
    ends = [first + round(end * RATE) for _, end in words]
    starts = [first + round(start * RATE) for start, _ in words]
    rests = [(end, start) for end, start in zip(ends, starts[1:], strict=False) if start - end >= RETURN]
    begun = [first, *(start for _, start in rests)]
    return tuple(zip(begun, [*(end for end, _ in rests), first + samples], strict=True))


def reaches(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Where the depth of each span from `joined` is heard: from before it, where the gain begins to move, to after."""
    lasts = [-RETURN + spans[0][0], *(last for _, last in spans)] if spans else []
    firsts = [*(first for first, _ in spans[1:]), spans[-1][1] + RETURN] if spans else []
    return tuple(
        (
            first - ATTACK if first - before >= RETURN else before,
            last + RELEASE if after - last >= RETURN else after,
        )
        for (first, last), before, after in zip(spans, lasts, firsts, strict=False)
    )


def duck(spans: Sequence[Span], depths: Sequence[float], start: int, count: int) -> NDArray[np.float32]:
    """The gain factor of each of `count` samples from `start`, (n,): what `step_back` does to a sound."""
    import numpy as np

    gain = np.ones(count, dtype=np.float32)
    step_back(gain[None, :], spans, depths, start)
    return gain


def step_back(planes: Samples, spans: Sequence[Span], depths: Sequence[float], start: int) -> None:
    """Lets a sound (channels, n) from sample `start` on step back by the depth in dB of each span from `joined`.

    The gain is constant within a span; between spans it follows half a cosine in dB.
    """
    import numpy as np

    for number, ((first, last), depth) in enumerate(zip(spans, depths, strict=True)):
        planes[:, max(first - start, 0) : max(last - start, 0)] *= np.float32(10.0 ** (depth / 20.0))
        before = spans[number - 1][1] if number else first - RETURN
        after = spans[number + 1][0] if number + 1 < len(spans) else last + RETURN
        if first - before >= RETURN:
            _glide(planes, start, (first - ATTACK, first), (0.0, depth))
        if after - last >= RETURN:
            _glide(planes, start, (last, last + RELEASE), (depth, 0.0))
        else:
            _glide(planes, start, (last, after), (depth, depths[number + 1]))


def _glide(planes: Samples, start: int, span: Span, depths: tuple[float, float]) -> None:
    """Moves the gain over a span from one depth to another."""
    import numpy as np

    low, high = max(span[0], start), min(span[1], start + planes.shape[1])
    if low >= high:
        return
    depth = np.array(depths, np.float32) * np.float32(math.log(10.0) / 20.0)
    part = _half_cosine(span[1] - span[0])[low - span[0] : high - span[0]]
    planes[:, low - start : high - start] *= np.exp(depth[0] + (depth[1] - depth[0]) * part)


@lru_cache(maxsize=16)
def _half_cosine(count: int) -> NDArray[np.float32]:
    """The way from 0 to 1, smooth at both ends."""
    import numpy as np

    way: NDArray[np.float32] = (0.5 - 0.5 * np.cos(np.pi * (np.arange(count) + 0.5) / count)).astype(np.float32)
    return way
