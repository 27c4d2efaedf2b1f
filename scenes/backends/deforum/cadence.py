"""Pictures between those that a model paints: both neighbours moved to the frame's place, and blended.

With a cadence of n only every n-th frame, and the last one, is painted. Each neighbour is moved in one go, so that
nothing smears, and counts only where it shows something: what one bares, the other has seen. Knows no model.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from scenes.backends.deforum import depth as distances
from scenes.backends.deforum.depth import Depth
from scenes.backends.deforum.warp import (
    Border,
    Grid,
    Matrix,
    Picture,
    Step,
    chained,
    covered,
    matrix,
    pose,
    sampled,
    sources,
)


def painted(frames: int, cadence: int) -> tuple[int, ...]:
    """The frames that a model paints: the first, every `cadence`-th and the last."""
    return tuple(sorted({*range(0, frames, cadence), frames - 1}))


def carried(
    picture: Picture,
    steps: Sequence[Step],
    depth: Depth | None = None,
    centre: tuple[float, float] = (0.5, 0.5),
    border: Border = "reflect",
) -> Picture:
    """The picture after several steps of the camera, in one go; with distances (h, w) if `depth` is given."""
    if all(step == Step() for step in steps):
        return picture.copy()
    return _moved(picture, steps, depth, centre, border, back=False)[0]


def completed(
    pictures: Mapping[int, Picture],
    steps: Sequence[Step],
    depths: Mapping[int, Depth] | None = None,
    centre: tuple[float, float] = (0.5, 0.5),
    border: Border = "reflect",
) -> Iterator[Picture]:
    """All frames of a clip, from painted ones by frame and the step that leads to each frame (the first is not used).

    The first and the last frame must be painted. Painted frames pass unchanged.
    """
    places = sorted(pictures)
    yield pictures[places[0]]
    for first, last in pairwise(places):
        for frame in range(first + 1, last):
            yield between(pictures, (first, frame, last), steps, depths, centre, border)
        yield pictures[last]


def between(
    pictures: Mapping[int, Picture],
    places: tuple[int, int, int],
    steps: Sequence[Step],
    depths: Mapping[int, Depth] | None = None,
    centre: tuple[float, float] = (0.5, 0.5),
    border: Border = "reflect",
) -> Picture:
    """The picture at a frame between two painted ones; `places` are the one before, the frame, and the one after."""
    import numpy as np

    first, frame, last = places
    known = depths or {}
    earlier, here = _moved(pictures[first], steps[first + 1 : frame + 1], known.get(first), centre, border, back=False)
    later, there = _moved(pictures[last], steps[frame + 1 : last + 1], known.get(last), centre, border, back=True)
    part = (frame - first) / (last - first)
    one, other = (1.0 - part) * (here + 1e-3), part * (there + 1e-3)
    share = (other / (one + other))[..., None].astype(np.float32)
    mixed = earlier.astype(np.float32) * (1 - share) + later.astype(np.float32) * share
    return mixed if earlier.dtype == np.float32 else np.rint(mixed).astype(np.uint8)


def _moved(
    picture: Picture,
    steps: Sequence[Step],
    depth: Depth | None,
    centre: tuple[float, float],
    border: Border,
    back: bool,
) -> tuple[Picture, Grid]:
    """The picture after the steps, or before them, and how surely each place of it was seen (0..1)."""
    import cv2
    import numpy as np

    height, width = picture.shape[:2]
    if depth is None:
        move = chained(matrix(step, width, height, centre) for step in steps)
        x, y = sources(_turned_round(move, back), width, height)
        return sampled(picture, x, y, border), covered(x, y, width, height)
    walk = chained((pose(step, width, height, centre) for step in steps), size=4)
    there = distances.places(depth, _turned_round(walk, back))
    seen = covered(there.x, there.y, width, height) * (1.0 - cv2.blur(there.bared.astype(np.float64), (3, 3)))
    return distances.looked_up(picture, there, border), seen


def _turned_round(move: Matrix, back: bool) -> Matrix:
    """The move, or the one that undoes it."""
    import numpy as np

    return np.asarray(np.linalg.inv(move), np.float64) if back else move
