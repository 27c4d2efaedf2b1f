"""Moving a picture by the distance of each of its places: near things move more, and hide or bare what is behind.

The distances are carried into the new view first, the nearest one winning; each new pixel then looks up where it came
from. Places that nothing showed before are painted from what lies behind. Knows no model.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from scenes.backends.deforum.warp import Border, Grid, Matrix, Picture, lens, sampled

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Depth: TypeAlias = "NDArray[np.float32]"
"""(h, w) in 0..1; 1 is near. At 0.5 lies the plane at distance 1, at 0 twice as far, at 1 two thirds."""

Mask: TypeAlias = "NDArray[np.bool_]"
"""(h, w) of true and false."""

_LOST = 0.75
"""Pixels by which a place may miss the pixel that it should fill and still count as shown."""

_NEARER = 1.08
_ROUNDED = 1e-6
_UNKNOWN = 1e9
_ROUNDS = 3
_SPREAD = 24
"""Pixels over which the background grows into what is bared, and within which nearer things lend it no colour."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where each pixel of a new view comes from in the old one, across and down, and what is new in it."""

    x: Grid
    y: Grid
    bared: Mask
    """What nothing showed before."""
    hiding: Mask
    """The near things at the edge of it, which hid it until now."""


def moved(picture: Picture, depth: Depth, pose: Matrix, border: Border = "reflect") -> Picture:
    """The picture after a move (4, 4) of the camera, by its distances; bared places are painted from behind."""
    return looked_up(picture, places(depth, pose), border)


def looked_up(picture: Picture, there: Places, border: Border = "reflect") -> Picture:
    """The picture as it is seen from new places; what is bared is painted over from what lies beside and behind it."""
    import cv2
    import numpy as np
    from scipy import ndimage

    shown = sampled(picture, there.x, there.y, border)
    if not there.bared.any():
        return shown
    # One pixel more: the edge of what is bared holds a mixture of both sides.
    wide = cv2.dilate(there.bared.astype(np.uint8), np.ones((3, 3), np.uint8)).astype(bool)
    unfit = wide | there.hiding
    if unfit.all():
        return shown
    # What hid them lends no colour: its place is taken by the nearest of what lies behind.
    beside = ndimage.distance_transform_edt(unfit, return_distances=False, return_indices=True)
    behind = np.rint(shown).astype(np.uint8)[tuple(beside)]
    painted = cv2.inpaint(behind, wide.astype(np.uint8), 3.0, cv2.INPAINT_TELEA)
    mended: Picture = np.where((wide & ~there.hiding)[..., None], painted.astype(shown.dtype), shown)
    return mended


def places(depth: Depth, pose: Matrix) -> Places:
    """What a new view shows of a picture with these distances after a move (4, 4)."""
    import cv2
    import numpy as np

    height, width = depth.shape
    near: Grid = np.asarray(np.clip(depth, 0.0, 1.0), np.float64) + 0.5
    through = lens(width, height)
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    across, down, after = _seen(x, y, near, pose, through)
    carried, empty = _carried(across, down, after)
    back = np.asarray(np.linalg.inv(pose), np.float64)
    from_x, from_y, _ = _seen(x, y, carried, back, through)
    inner = empty & _within(from_x, from_y, width, height)
    if inner.any():
        # Within the picture only what is behind can have been hidden.
        for _ in range(_SPREAD):
            carried = np.where(inner, cv2.erode(carried, np.ones((3, 3), np.uint8)), carried)
        from_x, from_y, _ = _seen(x, y, carried, back, through)
    for _ in range(_ROUNDS):
        here = _clamped(from_x, width), _clamped(from_y, height)
        there = np.asarray(cv2.remap(near, *here, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float64)
        across, down, _ = _seen(from_x, from_y, there, pose, through)
        off_x, off_y = x - across, y - down
        missed = np.hypot(off_x, off_y)
        close = missed < 2.0
        from_x, from_y = from_x + np.where(close, off_x, 0.0), from_y + np.where(close, off_y, 0.0)
    bared = _within(from_x, from_y, width, height) & (missed > _LOST)
    return Places(from_x, from_y, bared, _hiding(bared, carried))


def _within(x: Grid, y: Grid, width: int, height: int) -> Mask:
    inside: Mask = (x > 0) & (x < width - 1) & (y > 0) & (y < height - 1)
    return inside


def _hiding(bared: Mask, near: Grid) -> Mask:
    """What stands beside bared places and clearly nearer than they."""
    import cv2
    import numpy as np

    around = np.ones((2 * _SPREAD + 1, 2 * _SPREAD + 1), np.uint8)
    # The farthest of it: pixels at the very edge may still have the distance of what hid them.
    behind = cv2.erode(np.where(bared, near, _UNKNOWN), around)
    hiding: Mask = ~bared & (near > behind * _NEARER)
    return hiding


def _seen(x: Grid, y: Grid, near: Grid, pose: Matrix, through: Matrix) -> tuple[Grid, Grid, Grid]:
    """Where points at pixels (x, y) with nearness (1 / distance) are seen after a move, and how near they are then."""
    import numpy as np

    length, middle_x, middle_y = through[0, 0], through[0, 2], through[1, 2]
    q_x, q_y = (x - middle_x) / length, (y - middle_y) / length
    # Everything is divided by the point's distance, so that what is very far needs no large numbers.
    p_x, p_y, p_z = (row[0] * q_x + row[1] * q_y + row[2] + row[3] * near for row in pose[:3])
    p_z = np.maximum(p_z, 1e-3)
    return length * p_x / p_z + middle_x, length * p_y / p_z + middle_y, near / p_z


def _carried(across: Grid, down: Grid, near: Grid) -> tuple[Grid, Mask]:
    """Nearness at each pixel of the new view, the nearest of what falls there or beside it, and where nothing did."""
    import cv2
    import numpy as np
    from scipy import ndimage

    height, width = near.shape
    flat = np.zeros(height * width)
    for right in (0, 1):
        for below in (0, 1):
            # A whole pixel fills itself only, however its number was rounded.
            column = np.floor(across + _ROUNDED).astype(np.int64) + right * (across % 1 > 2 * _ROUNDED)
            row = np.floor(down + _ROUNDED).astype(np.int64) + below * (down % 1 > 2 * _ROUNDED)
            within = (column >= 0) & (column < width) & (row >= 0) & (row < height)
            np.maximum.at(flat, row[within] * width + column[within], near[within])
    carried = flat.reshape(height, width)
    nothing: Mask = carried == 0.0
    if nothing.all():
        return near, nothing
    for _ in range(_SPREAD):
        empty = carried == 0.0
        if not empty.any():
            return carried, nothing
        around = cv2.erode(np.where(empty, _UNKNOWN, carried), np.ones((3, 3), np.uint8))
        carried = np.where(empty & (around < _UNKNOWN), around, carried)
    nearest = ndimage.distance_transform_edt(carried == 0.0, return_distances=False, return_indices=True)
    return carried[tuple(nearest)], nothing


def _clamped(places: Grid, length: int) -> NDArray[np.float32]:
    """Places within reach of a picture, as OpenCV takes them."""
    import numpy as np

    return np.clip(places, -1.0, float(length)).astype(np.float32)
