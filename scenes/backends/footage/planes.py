"""Footage that is coded by the film's own matrix, brought to the canvas without a detour through RGB.

Its planes are scaled, turned and cut as they are: quicker by ten times, and colour edges stay as sharp as they came.
Knows one frame at a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any

from scenes.backend import Frame
from scenes.conform import SAME_SHAPE, Reframe, edge
from scenes.turning import Turn, upright

if TYPE_CHECKING:
    from av.video.reformatter import VideoReformatter


@dataclass(frozen=True, slots=True)
class Opening:
    """The picture that a frame is brought to: its width and height, both even, and how another shape is fitted in."""

    width: int
    height: int
    reframe: Reframe
    focus: tuple[float, float]


def fitted_planes(
    frame: Any, full: bool, turn: Turn, pixel: Fraction, opening: Opening, converter: VideoReformatter
) -> Frame | None:
    """A frame of BT.709 Y'CbCr (`full` range or limited) as an upright I420 picture of the opening's size.

    `pixel` is the shape of one stored sample. Returns None for a picture of another shape that is not to be cropped.
    """
    covering = _covering(frame, turn, pixel, opening)
    if covering is None:
        return None
    stored = covering[::-1] if turn.exchanged else covering
    planes = _planes(_scaled(frame, full, stored, converter).to_ndarray(), *stored)
    if full:
        planes = [_limited(219, 16)[planes[0]], *(_limited(224, 128 - 224 / 255 * 128)[plane] for plane in planes[1:])]
    if not turn.plain:
        planes = [upright(plane, turn) for plane in planes]
    return _cut(planes, covering, opening)


def _covering(frame: Any, turn: Turn, pixel: Fraction, opening: Opening) -> tuple[int, int] | None:
    """The even size, upright, at which the picture just covers the opening."""
    wide, high = frame.width * pixel, Fraction(frame.height)
    if turn.exchanged:
        wide, high = high, wide
    across, down = opening.width / wide, opening.height / high
    size = (opening.width, opening.height)
    # Half a sample too many or too few is no other shape.
    alike = abs(wide * down - opening.width) <= 1 or abs(high * across - opening.height) <= 1
    native = opening.reframe == "native" and abs(wide * opening.height / (high * opening.width) - 1) <= SAME_SHAPE
    if alike or native:
        return size
    if opening.reframe != "crop":
        return None
    factor = max(across, down)
    return max(size[0], round(wide * factor / 2) * 2), max(size[1], round(high * factor / 2) * 2)


def _scaled(frame: Any, full: bool, size: tuple[int, int], converter: VideoReformatter) -> Any:
    """The frame in 8-bit 4:2:0 of that size and of its own range; itself where it is so already."""
    from av.video.reformatter import ColorRange, Colorspace, Interpolation

    if frame.format.name in ("yuv420p", "yuvj420p") and (frame.width, frame.height) == size:
        return frame
    shrinks = size[0] <= frame.width and size[1] <= frame.height
    method = Interpolation.AREA if shrinks else Interpolation.LANCZOS
    spread = ColorRange.JPEG if full else ColorRange.MPEG
    return converter.reformat(
        frame,
        width=size[0],
        height=size[1],
        format="yuv420p",
        src_colorspace=Colorspace.ITU709,
        dst_colorspace=Colorspace.ITU709,
        src_color_range=spread,
        dst_color_range=spread,
        interpolation=method | Interpolation.ACCURATE_RND | Interpolation.BITEXACT,
        threads=1,
    )


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


def _cut(planes: list[Any], size: tuple[int, int], opening: Opening) -> Frame:
    """The part of the opening's size round its focus, at even places, planes in a row."""
    import numpy as np

    left = edge(opening.focus[0], size[0], opening.width) // 2 * 2
    top = edge(opening.focus[1], size[1], opening.height) // 2 * 2
    shown = [
        plane[top // step : (top + opening.height) // step, left // step : (left + opening.width) // step].reshape(-1)
        for plane, step in zip(planes, (1, 2, 2), strict=True)
    ]
    return np.concatenate(shown).reshape(opening.height * 3 // 2, opening.width)
