"""The shake taken out of a clip: the camera's path is smoothed, and each picture shifted and turned onto it.

A little is cropped so that no edge is seen. Frames are held for as long as the smoothing looks ahead; a cut begins
anew.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from scenes.backend import Frame

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CROP = 0.04
"""Part of the width and height that is given up for steadiness."""

_LONGEST = 36
"""Frames held at most."""

_SEARCHED = 480
"""Pixels of the longer side of the copies in which the camera's motion is looked for."""


def steadied(frames: Iterable[Frame], rate: Fraction) -> Iterator[Frame]:
    """Yield as many RGB frames, the shake taken out; a second of frames (36 at most) is held."""
    from scenes.camera_motion import camera_motion, glanced
    from scenes.flow import is_cut, motion

    reach = min(max(2, round(rate)), _LONGEST)
    held: deque[Frame] = deque()
    path: list[Any] = []
    before: Frame | None = None
    for picture in frames:
        copy = glanced(picture, _SEARCHED)
        if before is None or is_cut(before, copy):
            yield from _out(held, path, reach, 0)
            path = [_still()]
        else:
            moved = camera_motion(_grey(before), motion(before, copy))
            # Shifts are kept in parts of the width, so that the path fits every size of picture.
            path.append(path[-1] + moved / (copy.shape[1], copy.shape[1], 1.0, 1.0))
        held.append(picture)
        before = copy
        yield from _out(held, path, reach, reach)
    yield from _out(held, path, reach, 0)


def _out(held: deque[Frame], path: list[Any], reach: int, keep: int) -> Iterator[Frame]:
    """Yield the held frames but the last `keep`, each moved onto the smooth path."""
    while len(held) > keep:
        place = len(path) - len(held)
        yield _moved(held.popleft(), _smooth(path, place, reach) - path[place])


def _smooth(path: list[Any], place: int, reach: int) -> Any:
    """The path at a place, weighed by a Gaussian; beyond both ends it goes on as it came."""
    import numpy as np

    away = np.arange(-reach, reach + 1)
    weights = np.exp(-0.5 * (away / (reach / 2.0)) ** 2)
    last = len(path) - 1
    points = []
    for at in range(place - reach, place + reach + 1):
        if at < 0:
            points.append(2 * path[0] - path[min(-at, last)])
        elif at > last:
            points.append(2 * path[last] - path[max(2 * last - at, 0)])
        else:
            points.append(path[at])
    return (weights[:, None] * np.array(points)).sum(axis=0) / weights.sum()


def _moved(picture: Frame, by: NDArray[np.float64]) -> Frame:
    """A picture enlarged by the crop, and shifted and turned as far as it still fills the frame."""
    import cv2
    import numpy as np

    height, width = picture.shape[:2]
    least, most = 0.0, 1.0
    if not _covers(_matrix(by, width, height), width, height):
        for _ in range(10):
            middle = (least + most) / 2
            fits = _covers(_matrix(by * middle, width, height), width, height)
            least, most = (middle, most) if fits else (least, middle)
        most = least
    matrix = _matrix(by * most, width, height)
    shown = cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT_101)
    return np.asarray(shown, np.uint8)


def _matrix(by: NDArray[np.float64], width: int, height: int) -> Any:
    """Where the picture's samples go: (2, 3)."""
    import numpy as np

    size = np.exp(by[3]) / (1.0 - CROP)
    a, b = size * np.cos(by[2]), size * np.sin(by[2])
    x, y = (width - 1) / 2, (height - 1) / 2
    return np.array([[a, -b, x - a * x + b * y + by[0] * width], [b, a, y - b * x - a * y + by[1] * width]])


def _covers(matrix: Any, width: int, height: int) -> bool:
    """Whether no corner of the frame lies outside the picture."""
    import numpy as np

    corners = np.array([[0, 0], [width - 1, 0], [0, height - 1], [width - 1, height - 1]], np.float64)
    found = np.linalg.solve(matrix[:, :2], (corners - matrix[:, 2]).T)
    inside = (found[0] >= 0) & (found[0] <= width - 1) & (found[1] >= 0) & (found[1] <= height - 1)
    return bool(inside.all())


def _still() -> Any:
    import numpy as np

    return np.zeros(4)


def _grey(picture: Frame) -> Frame:
    import cv2
    import numpy as np

    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), np.uint8)
