"""When each of a scene's pictures is seen: frames, dissolves and the part of its camera move.

Knows no pixels.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from scenes.backend import ClipRequest
from storyboard.film import Keyframe

_LONGEST_DISSOLVE = 1.0
"""Seconds; a dissolve takes at most half of the time between two keyframes."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture on the scene's time: whole from `rise` on, seen from `first` to `last` (frames, exclusive)."""

    keyframe: Keyframe
    first: float
    rise: float
    last: float

    def weight(self, place: int) -> float:
        """How much of this picture covers those before it at a frame, 0..1."""
        if place < self.first:
            return 0.0
        return 1.0 if place >= self.rise else (place - self.first) / (self.rise - self.first)

    def part(self, when: float) -> float:
        """How much of its camera move is done at a frame, 0..1."""
        return min(max((when - self.first) / max(self.last - self.first - 1, 1.0), 0.0), 1.0)


def shots_of(request: ClipRequest) -> tuple[Shot, ...]:
    """Lay the pictures on the scene's time: each is whole at its `at`, and they dissolve half-way between."""
    ordered = sorted(request.scene.keyframes, key=lambda keyframe: keyframe.at)
    places = [float(keyframe.at) * request.frames for keyframe in ordered]
    turns: list[tuple[float, float]] = []
    for here, there in pairwise(places):
        length = min(_LONGEST_DISSOLVE * float(request.rate), (there - here) / 2)
        middle = (here + there) / 2
        turns.append((middle - length / 2, middle + length / 2))
    starts = [(0.0, 0.0), *turns]
    ends = [*(end for _, end in turns), float(request.frames)]
    return tuple(
        Shot(keyframe, first, rise, last) for keyframe, (first, rise), last in zip(ordered, starts, ends, strict=True)
    )
