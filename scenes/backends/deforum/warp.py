"""Moving a picture as a camera does: drawn nearer, turned and shifted, flat or by the distance of each of its places.

Where a place of the new picture lies is worked out exactly, and colours between pixels are read from a cubic spline:
OpenCV rounds places to 1/32 pixel and its cubic blurs, which a loop adds up to crooked or smeared pictures. A slow
move also needs more than whole levels: float pictures stay floats. Knows no schedules and no model.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Matrix: TypeAlias = "NDArray[np.float64]"
"""Where points go, in homogeneous coordinates; (3, 3) in pixels of the picture."""

Picture: TypeAlias = "NDArray[Any]"
"""(h, w, 3) RGB in 0..255, uint8 or float32; what comes back has the type that was given."""

Grid: TypeAlias = "NDArray[np.float64]"
"""(h, w), one number for each pixel."""

Border = Literal["replicate", "reflect", "wrap"]
"""What lies outside a picture: its edge drawn out, its mirror image, or the picture again."""

UNIT = 512.0
"""Shifts are told in pixels of a picture with this shorter side, so that they are the same at any size."""

VIEW = 40.0
"""Degrees that the camera sees across the shorter side."""


@dataclass(frozen=True, slots=True)
class Step:
    """What happens from one picture to the next.

    `zoom` enlarges; `angle` turns the picture anticlockwise, in degrees; `x` and `y` shift it to the right and down, in
    pixels of a picture whose shorter side is 512. The rest moves a camera before the picture, which hangs at distance
    1: `z` brings it nearer, in 1/200 of that distance; `tilt` turns it upwards, `turn` to the right and `roll`
    clockwise, in degrees.
    """

    zoom: float = 1.0
    angle: float = 0.0
    x: float = 0.0
    y: float = 0.0
    z: float = 0.0
    tilt: float = 0.0
    turn: float = 0.0
    roll: float = 0.0


def matrix(step: Step, width: int, height: int, centre: tuple[float, float] = (0.5, 0.5)) -> Matrix:
    """Where each pixel of a flat picture goes. `centre` (fractions of the sides) stays where it is under a zoom."""
    import numpy as np

    through, short = lens(width, height), min(width, height)
    middle = _shift(centre[0] * width - 0.5, centre[1] * height - 0.5)
    flat = _angled(step)
    flat[2, 2] = 1.0 / _growth(step)
    moved = _shift(step.x * short / UNIT, step.y * short / UNIT) @ middle @ flat @ np.linalg.inv(middle)
    turned: Matrix = through @ _turned(step) @ np.linalg.inv(through) @ moved
    return turned


def pose(step: Step, width: int, height: int, centre: tuple[float, float] = (0.5, 0.5)) -> Matrix:
    """Where each point of a picture with distances goes, (4, 4), seen from the camera: the same step, walked.

    A zoom comes nearer towards `centre`, a shift passes by; what hangs at distance 1 goes where `matrix` says.
    """
    import numpy as np

    back, short, nearer = np.linalg.inv(lens(width, height)), min(width, height), 1.0 / _growth(step)
    towards = back @ np.array([centre[0] * width - 0.5, centre[1] * height - 0.5, 1.0])
    passing = back[0, 0] * short / UNIT * np.array([step.x, step.y, 0.0])
    angled = _angled(step)
    whole = np.eye(4)
    whole[:3, :3] = _turned(step) @ angled
    whole[:3, 3] = _turned(step) @ (nearer * (towards + passing) - angled @ towards)
    return whole


def chained(moves: Iterable[Matrix], size: int = 3) -> Matrix:
    """Several moves, one after the other, as one."""
    import numpy as np

    return reduce(lambda done, move: move @ done, moves, np.eye(size))


def warped(picture: Picture, move: Matrix, border: Border = "reflect") -> Picture:
    """The picture after a move (3, 3); outside of it lies what `border` says."""
    import numpy as np

    if np.allclose(move / move[2, 2], np.eye(3), rtol=0.0, atol=1e-9):
        return picture.copy()
    return sampled(picture, *sources(move, picture.shape[1], picture.shape[0]), border)


def sources(move: Matrix, width: int, height: int) -> tuple[Grid, Grid]:
    """Where each pixel of the picture after a move (3, 3) comes from, across and down, in pixels."""
    import numpy as np

    back = np.linalg.inv(move)
    back /= back[2, 2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    # What would lie behind the camera is looked for very far away instead.
    far = np.maximum(back[2, 0] * x + back[2, 1] * y + 1.0, 1e-3)
    across = (back[0, 0] * x + back[0, 1] * y + back[0, 2]) / far
    down = (back[1, 0] * x + back[1, 1] * y + back[1, 2]) / far
    return across, down


def covered(x: Grid, y: Grid, width: int, height: int) -> Grid:
    """How surely places lie within a picture: 1 inside, falling to 0 over the last fiftieth of the shorter side."""
    import numpy as np

    inside = np.minimum(np.minimum(x, width - 1 - x), np.minimum(y, height - 1 - y)) + 0.5
    return np.clip(inside / max(min(width, height) / 50, 1.0), 0.0, 1.0)


def sampled(picture: Picture, x: Grid, y: Grid, border: Border = "reflect") -> Picture:
    """The colours of a picture at places (h, w) across and down, in pixels."""
    import numpy as np
    from scipy import ndimage

    mode = "grid-wrap" if border == "wrap" else "mirror"
    height, width = picture.shape[:2]
    # Beyond some repetitions nothing new is shown. An edge drawn out is the edge itself, wherever one looks.
    beyond = 0 if border == "replicate" else 8
    places = [
        np.clip(places, -beyond * length, (beyond + 1) * length - 1) for places, length in ((y, height), (x, width))
    ]
    shown = np.empty((*x.shape, 3), np.float32)
    for channel in range(3):
        spline = ndimage.spline_filter(picture[..., channel].astype(np.float64), order=3, mode=mode)
        ndimage.map_coordinates(spline, places, shown[..., channel], order=3, mode=mode, prefilter=False)
    shown = np.clip(shown, 0.0, 255.0)
    return shown if picture.dtype == np.float32 else np.rint(shown).astype(np.uint8)


def _growth(step: Step) -> float:
    """How many times larger what lies at distance 1 is seen."""
    return step.zoom / max(1.0 - step.z / 200.0, 0.05)


def _angled(step: Step) -> Matrix:
    """The turn of the picture itself, anticlockwise to the eye although y points down."""
    import numpy as np

    cosine, sine = math.cos(math.radians(step.angle)), math.sin(math.radians(step.angle))
    return np.array([[cosine, sine, 0.0], [-sine, cosine, 0.0], [0.0, 0.0, 1.0]])


def _turned(step: Step) -> Matrix:
    """What the turns of the camera do to points before it (x to the right, y down, z away)."""
    import numpy as np

    tilt, turn, roll = (math.radians(angle) for angle in (step.tilt, step.turn, step.roll))
    about_x = [[1.0, 0.0, 0.0], [0.0, math.cos(tilt), math.sin(tilt)], [0.0, -math.sin(tilt), math.cos(tilt)]]
    about_y = [[math.cos(turn), 0.0, -math.sin(turn)], [0.0, 1.0, 0.0], [math.sin(turn), 0.0, math.cos(turn)]]
    about_z = [[math.cos(roll), math.sin(roll), 0.0], [-math.sin(roll), math.cos(roll), 0.0], [0.0, 0.0, 1.0]]
    turned: Matrix = np.array(about_x) @ np.array(about_y) @ np.array(about_z)
    return turned


def lens(width: int, height: int) -> Matrix:
    """From points before the camera to pixels."""
    import numpy as np

    length = min(width, height) / 2 / math.tan(math.radians(VIEW / 2))
    return np.array([[length, 0.0, (width - 1) / 2], [0.0, length, (height - 1) / 2], [0.0, 0.0, 1.0]])


def _shift(across: float, down: float) -> Matrix:
    import numpy as np

    return np.array([[1.0, 0.0, across], [0.0, 1.0, down], [0.0, 0.0, 1.0]])
