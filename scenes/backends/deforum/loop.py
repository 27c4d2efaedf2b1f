"""The loop: each picture is moved as the camera goes, brought back to its colours, strewn with noise, painted over.

Knows a model only as a function from a picture to a picture.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
    frames: int, directions: Directions, ways: Ways, paint: Paint, depth: Depth | None = None
) -> Iterator[Picture]:
    """All frames of a clip; `depth` is the nearness (0..1) of each place of the first one, where it is known.

    It is carried along with the pictures, and used for moves that walk: a camera that only turns has no parallax.
    """
    # Levels are whole in what is kept: a long clip in floats would take four times the room.
    pictures: dict[int, Picture] = {}
    near: dict[int, Depth] = {0: depth} if depth is not None and directions.walks else {}
    last: Picture | None = None
    before = 0
    for frame in painted(frames, directions.cadence):
        if last is None:
            last = paint(frame, None)
        else:
            steps = directions.steps[before + 1 : frame + 1]
            moved = carried(last, steps, near.get(before), ways.centre, ways.border)
            if before in near:
                grey: Picture = np.repeat(np.asarray(near[before] * 255.0, np.float32)[..., None], 3, axis=2)
                grey = carried(grey, steps, near[before], ways.centre, ways.border)
                near[frame] = np.clip(grey[..., 0] / 255.0, 0.0, 1.0)
            moved = matched(moved, pictures[0], ways.colours)
            moved = sharpened(noised(moved, directions.noise[frame], ways.seed, frame), ways.sharpen)
            last = paint(frame, np.clip(moved, 0.0, 255.0))
        pictures[frame] = np.rint(last).astype(np.uint8)
        before = frame
    return completed(pictures, directions.steps, near or None, ways.centre, ways.border)
