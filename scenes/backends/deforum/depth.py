"""Moving a picture by the distance of each of its places: near things move more, and hide or bare what is behind.

The distances are carried into the new view first, the nearest one winning; each new pixel then looks up where it came
from. Places that nothing showed before are painted from what surrounds them. Knows no model.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from scenes.backends.deforum.warp import Border, Grid, Matrix, Picture, lens, sampled

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Depth: TypeAlias = "NDArray[np.float32]"
"""(h, w) in 0..1; 1 is near. At 0.5 lies the plane at distance 1, at 0 twice as far, at 1 two thirds."""

Bared: TypeAlias = "NDArray[np.bool_]"
"""(h, w), true where nothing was shown before."""

_LOST = 0.75
"""Pixels by which a place may miss the pixel that it should fill and still count as shown."""

_ROUNDS = 3
_SPREAD = 24
"""Pixels over which the background grows into what it has bared; beyond, the nearest known distance is taken."""


def moved(picture: Picture, depth: Depth, pose: Matrix, border: Border = "reflect") -> Picture:
    """The picture after a move (4, 4) of the camera, by its distances; bared places are painted from their edges."""
    x, y, bared = places(depth, pose)
    return mended(sampled(picture, x, y, border), bared)


def places(depth: Depth, pose: Matrix) -> tuple[Grid, Grid, Bared]:
    """Where each pixel after a move comes from, across and down in pixels, and which ones nothing showed before."""
    import cv2
    import numpy as np

    height, width = depth.shape
    near: Grid = np.asarray(np.clip(depth, 0.0, 1.0), np.float64) + 0.5
    through = lens(width, height)
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    across, down, after = _seen(x, y, near, pose, through)
    carried = _carried(across, down, after)
    back = np.asarray(np.linalg.inv(pose), np.float64)
    from_x, from_y, _ = _seen(x, y, carried, back, through)
    for _ in range(_ROUNDS):
        here = _clamped(from_x, width), _clamped(from_y, height)
        there = np.asarray(cv2.remap(near, *here, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float64)
        across, down, _ = _seen(from_x, from_y, there, pose, through)
        off_x, off_y = x - across, y - down
        missed = np.hypot(off_x, off_y)
        close = missed < 2.0
        from_x, from_y = from_x + np.where(close, off_x, 0.0), from_y + np.where(close, off_y, 0.0)
    inside = (from_x > 0) & (from_x < width - 1) & (from_y > 0) & (from_y < height - 1)
    return from_x, from_y, inside & (missed > _LOST)


def mended(picture: Picture, bared: Bared) -> Picture:
    """The picture with its bared places painted over from their edges."""
    import cv2
    import numpy as np

    if not bared.any():
        return picture
    # One pixel more: the edge of what is bared holds a mixture of both sides.
    mask = cv2.dilate(bared.astype(np.uint8), np.ones((3, 3), np.uint8))
    levels = np.rint(picture).astype(np.uint8)
    painted = cv2.inpaint(levels, mask, 3.0, cv2.INPAINT_TELEA)
    result: Picture = np.where(mask[..., None] > 0, painted.astype(picture.dtype), picture)
    return result


def _seen(x: Grid, y: Grid, near: Grid, pose: Matrix, through: Matrix) -> tuple[Grid, Grid, Grid]:
    """Where points at pixels (x, y) with nearness (1 / distance) are seen after a move, and how near they are then."""
    import numpy as np

    length, middle_x, middle_y = through[0, 0], through[0, 2], through[1, 2]
    q_x, q_y = (x - middle_x) / length, (y - middle_y) / length
    # Everything is divided by the point's distance, so that what is very far needs no large numbers.
    p_x, p_y, p_z = (row[0] * q_x + row[1] * q_y + row[2] + row[3] * near for row in pose[:3])
    p_z = np.maximum(p_z, 1e-3)
    return length * p_x / p_z + middle_x, length * p_y / p_z + middle_y, near / p_z


def _carried(across: Grid, down: Grid, near: Grid) -> Grid:
    """Nearness at each pixel of the new view: the nearest of what falls there; gaps get what lies behind."""
    import cv2
    import numpy as np
    from scipy import ndimage

    height, width = near.shape
    flat = np.zeros(height * width)
    for right in (0, 1):
        for below in (0, 1):
            column = np.floor(across).astype(np.int64) + right
            row = np.floor(down).astype(np.int64) + below
            within = (column >= 0) & (column < width) & (row >= 0) & (row < height)
            np.maximum.at(flat, row[within] * width + column[within], near[within])
    carried = flat.reshape(height, width)
    if not carried.any():
        return near
    for _ in range(_SPREAD):
        empty = carried == 0.0
        if not empty.any():
            return carried
        around = cv2.erode(np.where(empty, np.inf, carried), np.ones((3, 3), np.uint8))
        carried = np.where(empty & np.isfinite(around), around, carried)
    nearest = ndimage.distance_transform_edt(carried == 0.0, return_distances=False, return_indices=True)
    filled: Grid = carried[tuple(nearest)]
    return filled


def _clamped(places: Grid, length: int) -> NDArray[np.float32]:
    """Places within reach of a picture, as OpenCV takes them."""
    import numpy as np

    return np.clip(places, -1.0, float(length)).astype(np.float32)
