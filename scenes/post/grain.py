"""The fine end of a picture: grain taken out, bands in flat areas broken up, edges sharpened.

Each is a filter of one picture at a time. Knows no clips; colour is somebody else's.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from scenes.backend import Frame

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DENOISE: dict[str, tuple[int, int, int]] = {"light": (5, 18, 2), "medium": (7, 30, 3), "strong": (9, 45, 4)}
"""Diameter in pixels, and how far in levels and in pixels two samples may lie apart and still be mixed."""

SHARPEN: dict[str, tuple[float, float]] = {"light": (0.35, 0.9), "medium": (0.7, 1.1), "strong": (1.2, 1.3)}
"""How much of the detail is added, and its size in pixels of a picture of 720 lines."""

_LINES = 720
_HALO = 40
"""Levels of detail over which no more is added: what is stark already needs no line around it."""

_FLAT = 6
"""Levels among near neighbours over which a place is detail, not a flat area with bands."""

_STEP = 4.0
"""Levels by which a smoothed flat area may differ from what was there."""

_EDGE = 16.0
"""Levels within the reach up to which it is all one flat area; from twice as many on it is none."""

_REACH = 1 / 45
"""How far a flat area is smoothed, as a part of the picture's height."""

_TILE = 256


def denoise(picture: Frame, strength: str) -> Frame:
    """Smooth grain and leave edges alone (a bilateral filter)."""
    import cv2
    import numpy as np

    return np.asarray(cv2.bilateralFilter(picture, *DENOISE[strength]), dtype=np.uint8)


def sharpen(picture: Frame, strength: str) -> Frame:
    """Add the finest detail of the light once more (an unsharp mask); colours keep their edges."""
    import cv2
    import numpy as np

    amount, fine = SHARPEN[strength]
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    soft = cv2.GaussianBlur(grey, (0, 0), max(0.6, fine * picture.shape[0] / _LINES))
    detail = cv2.subtract(grey, soft, dtype=cv2.CV_16S)
    added = (np.clip(detail, -_HALO, _HALO) * amount).astype(np.int16)
    return np.asarray(cv2.add(picture, cv2.merge([added] * 3), dtype=cv2.CV_8U), dtype=np.uint8)


def deband(picture: Frame, place: int) -> Frame:
    """Smooth flat areas and round them back to levels with noise, so that no steps are seen.

    `place` is the picture's number in its clip: the noise differs from one to the next, and is the same every time.
    """
    import cv2
    import numpy as np

    height, width = picture.shape[:2]
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    rough = _range(grey, 5)
    exact = picture.astype(np.float32)
    # So wide a blur shows nothing that a quarter of the size does not.
    small = (max(4, width // 4), max(4, height // 4))
    reach = 2 * max(1, round(height * _REACH / 4)) + 1
    quarter = cv2.resize(exact, small, interpolation=cv2.INTER_AREA)
    wide = cv2.resize(cv2.blur(cv2.blur(quarter, (reach, reach)), (reach, reach)), (width, height))
    # Where an edge lies within the blur's reach, it would shine into the flat area beside it.
    around = _range(cv2.resize(grey, small, interpolation=cv2.INTER_AREA), 2 * reach + 1)
    calm = cv2.resize(np.clip(2.0 - around.astype(np.float32) / _EDGE, 0.0, 1.0), (width, height))
    flat = cv2.blur((rough <= _FLAT).astype(np.float32), (9, 9)) * calm
    # What differs by more than bands do is left alone, and between the two the step fades.
    near = np.clip(2.0 - cv2.absdiff(wide, exact) / (_STEP / 2), 0.0, 1.0)
    step = cv2.multiply(cv2.subtract(wide, exact), near) + _noise(place, height, width)[..., None]
    return np.asarray(np.clip(np.rint(exact + step * flat[..., None]), 0, 255), dtype=np.uint8)


def _range(grey: Any, size: int) -> Any:
    """By how many levels samples differ within a square around each."""
    import cv2
    import numpy as np

    square = np.ones((size, size), np.uint8)
    return cv2.subtract(cv2.dilate(grey, square), cv2.erode(grey, square))


def _noise(place: int, height: int, width: int) -> NDArray[np.float32]:
    """Noise of half a level about nothing, in triangular distribution, another for every picture."""
    import numpy as np

    rows, columns = (place * 97) % _TILE, (place * 57) % _TILE
    tile = np.roll(_tile(), (rows, columns), axis=(0, 1))
    noise: NDArray[np.float32] = np.tile(tile, (-(-height // _TILE), -(-width // _TILE)))[:height, :width]
    return noise


@cache
def _tile() -> Any:
    import numpy as np

    random = np.random.default_rng(7)
    return ((random.random((_TILE, _TILE)) + random.random((_TILE, _TILE)) - 1) * 0.7).astype(np.float32)
