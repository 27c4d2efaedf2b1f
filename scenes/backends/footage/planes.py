"""Footage that is coded by the film's own matrix, brought to the canvas without a detour through RGB.

Its planes are cut, scaled and turned as they are: quicker by ten times, and colour edges stay as sharp as they came.
Knows one frame at a time.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any

from scenes.backend import Frame
from scenes.gate import Opening, window_of
from scenes.turning import Turn, upright
from scenes.window import Window

if TYPE_CHECKING:
    from scenes.gate import Gate


def fitted_planes(frame: Any, full: bool, turn: Turn, pixel: Fraction, opening: Opening, gate: Gate) -> Frame | None:
    """A frame of BT.709 Y'CbCr (`full` range or limited) as an upright I420 picture of the opening's size.

    `pixel` is the shape of one stored sample. Returns None for a picture of another shape that is not to be cropped.
    """
    import numpy as np

    across = (frame.width, frame.height)
    window = window_of(*((across[::-1], 1 / pixel) if turn.exchanged else (across, pixel)), opening)
    if window is None:
        return None
    size = (opening.width, opening.height)
    stored = size[::-1] if turn.exchanged else size
    coded = gate.show(frame, _as_stored(window, turn), stored, full=full).to_ndarray()
    if turn.plain and not full:
        return np.asarray(coded, np.uint8)
    planes = _planes(coded, *stored)
    if full:
        planes = [_limited(219, 16)[planes[0]], *(_limited(224, 128 - 224 / 255 * 128)[plane] for plane in planes[1:])]
    shown = [upright(plane, turn).reshape(-1) for plane in planes]
    return np.concatenate(shown).reshape(opening.height * 3 // 2, opening.width)


def _as_stored(window: Window, turn: Turn) -> Window:
    """Where an upright picture's window lies in the picture as it is stored."""
    (wide, high), left, top = window.of, window.left, window.top
    if turn.mirrored:
        left = (wide - left - window.width) // 2 * 2
    if turn.flipped:
        top = (high - top - window.height) // 2 * 2
    if turn.exchanged:
        return Window((high, wide), top, left, window.height, window.width)
    return Window((wide, high), left, top, window.width, window.height)


@cache
def _limited(steps: int, base: float) -> Any:
    """Full range (0..255) to limited, as a table: `steps` levels from `base` on.

    FFmpeg's own conversion rounds chroma up, which tints a picture by half a level.
    """
    import numpy as np

    return np.round(base + np.arange(256) * steps / 255).astype(np.uint8)


def _planes(coded: Any, width: int, height: int) -> list[Any]:
    """The planes Y, U and V of an I420 picture."""
    flat, luma, chroma = coded.reshape(-1), height * width, height * width // 4
    small = (height // 2, width // 2)
    return [
        flat[:luma].reshape(height, width),
        flat[luma : luma + chroma].reshape(small),
        flat[luma + chroma :].reshape(small),
    ]
