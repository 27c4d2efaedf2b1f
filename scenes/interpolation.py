"""Frames between a clip's frames, so that a slower clip moves at the film's rate; never across a cut.

Each place of the picture in between takes, of the motions found both ways around it, the one by which both its
neighbours agree best, and both are shown where that motion puts them. Reads a stream and holds two frames of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from scenes import rife
from scenes.backend import Frame
from scenes.camera_motion import glanced
from scenes.flow import Field, both, is_cut
from scenes.frames import i420_to_rgb
from scenes.retiming import shortage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_NO_SECOND_MAP: Any = None
"""Places that are told as pairs need no map of their rows; OpenCV's types do not know it."""

_SEARCHED = 640
"""Pixels of the longer side of the copies in which motion is looked for."""

_SPARSE = 4
"""Pixels of these copies for which one motion is chosen, across and down."""

_NEIGHBOUR = 8
"""How far a motion may be fetched from, in such places: over the rim of what moves fast."""

_SIGHT = 7
"""Places across and down by which two pictures are compared."""


def interpolated(
    frames: Iterable[Frame], rate: Fraction, wanted: Fraction, count: int, interpolator: str = ""
) -> Iterator[Frame]:
    """Yield exactly `count` RGB frames at rate `wanted` from frames (RGB or I420) at `rate`.

    Both begin together; a source frame that is due is shown as it is, and up to a cut, and at the end, the frame
    before it is held. Frames that are not needed are not read. Raises Refusal when there are too few. `interpolator`
    is "" for the house's own way or `rife`, which raises MissingError where its packages are not installed.
    """
    source = iter(frames)
    read, here, pair = 0, None, None
    there: Frame | None = None
    for place in range(count):
        due = place * rate / wanted
        first, part = int(due), due - int(due)
        while read <= first:
            here, there = there if there is not None else next(source, None), None
            pair = None
            if here is None:
                raise shortage(read, rate, count, wanted)
            read += 1
        if here is None:
            raise shortage(read, rate, count, wanted)
        here = _as_rgb(here)
        if part and there is None:
            there = next(source, None)
        if part and there is not None and pair is None:
            there = _as_rgb(there)
            pair = paired(here, there, interpolator)
        yield meeting(pair, float(part)) if part and pair is not None else here


@dataclass(frozen=True, slots=True)
class Pair:
    """Two frames that follow one another, and how one becomes the other."""

    first: Frame
    second: Frame
    cut: bool
    greys: tuple[Frame, Frame] | None = None
    """Both at the size of the motion."""
    flows: tuple[Field, Field] | None = None
    """Motion there and back, in pixels of that size."""
    interpolator: str = ""
    """`rife` where the network finds the motion itself."""


def paired(first: Frame, second: Frame, interpolator: str = "") -> Pair:
    """Two RGB frames of one size with the motion between them; none is looked for across a cut."""
    copies = glanced(first, _SEARCHED), glanced(second, _SEARCHED)
    cut = is_cut(*copies)
    if cut or interpolator == rife.NAME:
        return Pair(first, second, cut, interpolator=interpolator)
    height, width = copies[0].shape[:2]
    sparse = (max(8, width // _SPARSE), max(8, height // _SPARSE))
    there, back = both(*copies)
    greys = (_grey(copies[0], sparse), _grey(copies[1], sparse))
    return Pair(first, second, False, greys, (_resized(there, sparse), _resized(back, sparse)))


def meeting(pair: Pair, part: float) -> Frame:
    """The picture at `part` (0 first, 1 second) of the way; the first one where a cut lies between."""
    import cv2
    import numpy as np

    if pair.interpolator == rife.NAME and not pair.cut:
        return rife.rife_between(pair.first, pair.second, part)
    if pair.cut or pair.greys is None or pair.flows is None:
        return pair.first
    height, width = pair.first.shape[:2]
    motion = _resized(_chosen(pair.greys, pair.flows, part), (width, height))
    grid = _grid(width, height)
    near = _looked_up(pair.first, grid - part * motion)
    far = _looked_up(pair.second, grid + (1.0 - part) * motion)
    return np.asarray(cv2.addWeighted(near, 1.0 - part, far, part, 0.0), np.uint8)


def _chosen(greys: tuple[Frame, Frame], flows: tuple[Field, Field], part: float) -> Field:
    """For every place of the picture in between the motion by which the greys before and after it agree best."""
    import cv2
    import numpy as np

    height, width = greys[0].shape
    grid = _grid(width, height)
    best: NDArray[np.float32] = np.full((height, width), np.inf, np.float32)
    motion = np.zeros((height, width, 2), np.float32)
    for field in _proposed(flows, part, grid):
        near, far = _looked_up(greys[0], grid - part * field), _looked_up(greys[1], grid + (1.0 - part) * field)
        apart = cv2.blur(cv2.absdiff(near, far).astype(np.float32), (_SIGHT, _SIGHT))
        better = apart < best
        best[better] = apart[better]
        motion[better] = field[better]
    return np.asarray(cv2.merge([cv2.medianBlur(one, 5) for one in cv2.split(motion)]), np.float32)


def _proposed(flows: tuple[Field, Field], part: float, grid: Field) -> Iterator[Field]:
    """Motions from the first picture to the second, as they may hold at places of the picture in between."""
    import numpy as np

    forward, back = flows[0], -flows[1]
    yield forward
    yield back
    # The same motion as it is found where it comes from, and where it leads.
    yield _looked_up(forward, grid - part * forward)
    yield _looked_up(back, grid + (1.0 - part) * back)
    for across, down in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        moved = grid + np.array([across, down], np.float32) * _NEIGHBOUR
        yield _looked_up(forward, moved)
        yield _looked_up(back, moved)


def _resized(field: Field, size: tuple[int, int]) -> Field:
    """A motion at another size (width, height), in pixels of it."""
    import cv2
    import numpy as np

    height, width = field.shape[:2]
    method = cv2.INTER_AREA if size[0] < width else cv2.INTER_LINEAR
    scaled = cv2.resize(field, size, interpolation=method)
    return np.asarray(scaled * np.array([size[0] / width, size[1] / height], np.float32), np.float32)


def _grid(width: int, height: int) -> Field:
    """The places of a picture's samples (h, w, 2), across and down."""
    import numpy as np

    grid = np.empty((height, width, 2), np.float32)
    grid[..., 0] = np.arange(width, dtype=np.float32)
    grid[..., 1] = np.arange(height, dtype=np.float32)[:, None]
    return grid


def _looked_up(values: Frame | Field, places: Field) -> Any:
    """Pictures or motions at places between their samples; outside, their edge goes on."""
    import cv2

    return cv2.remap(values, places, _NO_SECOND_MAP, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


def _as_rgb(picture: Frame) -> Frame:
    """The picture as RGB, whether it came so or coded (I420)."""
    return picture if picture.ndim == 3 else i420_to_rgb(picture)


def _grey(picture: Frame, size: tuple[int, int]) -> Frame:
    """The greys of an RGB picture at another size (width, height)."""
    import cv2
    import numpy as np

    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8)
