"""The loop: each picture is moved as the camera goes, brought back to its colours, strewn with noise, painted over.

Knows a model only as a function from a picture to a picture.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from scenes.backends.deforum.cadence import carried, completed, painted
from scenes.backends.deforum.colour import Match, matched, noised, sharpened
from scenes.backends.deforum.depth import Depth
from scenes.backends.deforum.directions import Directions
from scenes.backends.deforum.warp import Border, Picture


@dataclass(frozen=True, slots=True)
class Ways:
    """How pictures are treated between two passes of the model."""

    colours: Match = "mean"
    border: Border = "reflect"
    sharpen: float = 0.1
    seed: int = 0
    centre: tuple[float, float] = (0.5, 0.5)


Paint: TypeAlias = "Callable[[int, Picture | None], Picture]"
"""Paints a frame over a picture, or from nothing for the first one."""


def looped(
    frames: int,
    directions: Directions,
    ways: Ways,
    paint: Paint,
    depths: Callable[[int], Depth] | None = None,
) -> Iterator[Picture]:
    """All frames of a clip; `depths` gives the nearness (0..1) of each place of a frame, where it is known."""
    pictures: dict[int, Picture] = {}
    near: dict[int, Depth] = {}
    before = 0
    for frame in painted(frames, directions.cadence):
        if depths is not None:
            near[frame] = depths(frame)
        if frame == 0:
            pictures[0] = paint(0, None)
            continue
        steps = directions.steps[before + 1 : frame + 1]
        moved = carried(pictures[before], steps, near.get(before), ways.centre, ways.border)
        moved = matched(moved, pictures[0], ways.colours)
        moved = sharpened(noised(moved, directions.noise[frame], ways.seed, frame), ways.sharpen)
        pictures[frame] = paint(frame, np.clip(moved, 0.0, 255.0))
        before = frame
    known: Mapping[int, Depth] | None = near or None
    return completed(pictures, directions.steps, known, ways.centre, ways.border)
