"""Bringing any run of frames to the film's canvas, rate and exact count.

Time first (frames are repeated or left out, or invented where that is asked for), then shape (cropped around a focus or
round a subject that is followed, or padded). Knows where neither the frames nor the numbers come from.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from scenes.backend import Frame, Refusal
from scenes.frames import i420_to_rgb
from scenes.retiming import invented_rate, retime, source_index

__all__ = [
    "Canvas",
    "Reframe",
    "as_rgb",
    "conform",
    "cover",
    "edge",
    "invented_rate",
    "pad",
    "reshape",
    "retime",
    "scale",
    "source_index",
]

Reframe = Literal["crop", "track", "native", "pad"]

SAME_SHAPE = 0.03
"""Relative difference of two aspects that `native` still takes for one shape (1280x704 for 1280x720 is 2.3 %)."""


@dataclass(frozen=True, slots=True)
class Canvas:
    """What the film wants of a clip: size, rate and count, and how a picture of another shape is brought in."""

    width: int
    height: int
    rate: Fraction
    frames: int
    reframe: Reframe = "crop"
    focus: tuple[float, float] = (0.5, 0.5)
    """What a crop must keep, as fractions of the picture's width and height."""
    interpolate: int = 0
    """Frames a second up to which frames are invented where the clip has fewer; 0 for none."""
    interpolator: str = ""
    """What invents them: "" for the house's own way, or `rife`."""
    upscale: int = 1
    """2 for doubling pictures that are smaller than the canvas by a network before they are scaled."""


def conform(frames: Iterable[Frame], rate: Fraction, canvas: Canvas) -> Iterator[Frame]:
    """Yield exactly `canvas.frames` frames of the canvas's size and rate from frames at `rate`.

    Frames beyond the count are not read, and coded ones (I420) of the canvas's size pass as they are. Raises Refusal
    when there are too few.
    """
    timed = _timed(frames, rate, canvas)
    if canvas.upscale > 1:
        timed = (_enlarged(picture, canvas) for picture in timed)
    if canvas.reframe == "track":
        yield from _tracked(timed, canvas)
        return
    for picture in timed:
        if _fits(picture, canvas):
            yield picture
            continue
        yield reshape(as_rgb(picture), canvas.width, canvas.height, canvas.reframe, canvas.focus)


def _timed(frames: Iterable[Frame], rate: Fraction, canvas: Canvas) -> Iterator[Frame]:
    """The canvas's count of frames at its rate."""
    aim = invented_rate(rate, canvas.rate, canvas.interpolate)
    if not aim:
        return retime(frames, rate, canvas.rate, canvas.frames)
    from scenes.interpolation import interpolated

    count = source_index(canvas.frames - 1, aim, canvas.rate) + 1
    return retime(interpolated(frames, rate, aim, count, canvas.interpolator), aim, canvas.rate, canvas.frames)


def _tracked(frames: Iterator[Frame], canvas: Canvas) -> Iterator[Frame]:
    """The frames with the canvas following their subject; those of its own shape are only scaled."""
    from scenes.faces import faces
    from scenes.tracking import followed

    first = next(frames, None)
    if first is None:
        return
    pictures = itertools.chain((first,), frames)
    wide, high = first.shape[1], first.shape[0] if first.ndim == 3 else first.shape[0] * 2 // 3
    if abs(wide * canvas.height - high * canvas.width) <= max(canvas.width, canvas.height):
        for picture in pictures:
            yield picture if _fits(picture, canvas) else scale(as_rgb(picture), canvas.width, canvas.height)
        return
    yield from followed(map(as_rgb, pictures), canvas.width, canvas.height, canvas.focus, faces)


def _enlarged(picture: Frame, canvas: Canvas) -> Frame:
    """The picture at twice its size where it does not cover the canvas."""
    from scenes.upscaling import upscaled

    wide, high = picture.shape[1], picture.shape[0] if picture.ndim == 3 else picture.shape[0] * 2 // 3
    if wide >= canvas.width and high >= canvas.height:
        return picture
    return upscaled(as_rgb(picture))


def _fits(picture: Frame, canvas: Canvas) -> bool:
    """Whether a picture, coded (I420) or RGB, needs no other shape."""
    return picture.shape in ((canvas.height * 3 // 2, canvas.width), (canvas.height, canvas.width, 3))


def reshape(
    picture: Frame, width: int, height: int, mode: Reframe = "crop", focus: tuple[float, float] = (0.5, 0.5)
) -> Frame:
    """Bring an RGB picture to width x height: cropped around `focus`, padded, or only scaled (`native`).

    Raises Refusal for `native` where the shapes differ, and for `track`, which one picture alone cannot show.
    """
    high, wide = picture.shape[:2]
    if (wide, high) == (width, height):
        return picture
    if mode == "pad":
        return pad(picture, width, height)
    if mode == "native":
        if abs(wide * height / (high * width) - 1) > SAME_SHAPE:
            raise Refusal(
                f"`reframe: native` was asked for, but the picture is {wide}x{high} and the film is {width}x{height}",
                "write `reframe: crop` (with `focus:`) or `reframe: pad`",
            )
        return scale(picture, width, height)
    if mode == "track":
        raise Refusal(
            "`reframe: track` cannot be done here: a picture by itself has nothing to follow",
            "write `reframe: crop` with `focus: [x, y]` around what must stay in the frame",
        )
    return cover(picture, width, height, focus)


def cover(picture: Frame, width: int, height: int, focus: tuple[float, float] = (0.5, 0.5)) -> Frame:
    """Scale a picture until it covers the canvas and cut off what stands over, `focus` as central as can be."""
    import numpy as np

    high, wide = picture.shape[:2]
    factor = max(width / wide, height / high)
    scaled = scale(picture, max(width, round(wide * factor)), max(height, round(high * factor)))
    left = edge(focus[0], scaled.shape[1], width)
    top = edge(focus[1], scaled.shape[0], height)
    return np.ascontiguousarray(scaled[top : top + height, left : left + width])


def pad(picture: Frame, width: int, height: int) -> Frame:
    """Show the whole picture in the middle of a blurred, darkened enlargement of itself."""
    import cv2
    import numpy as np

    high, wide = picture.shape[:2]
    factor = min(width / wide, height / high)
    inner = scale(picture, min(width, max(1, round(wide * factor))), min(height, max(1, round(high * factor))))
    small_width, small_height = max(2, width // 8), max(2, height // 8)
    blurred = cv2.GaussianBlur(cover(picture, small_width, small_height), (0, 0), max(1.0, small_height / 20))
    enlarged = cv2.resize(blurred, (width, height), interpolation=cv2.INTER_CUBIC)
    canvas: Frame = np.asarray(cv2.convertScaleAbs(enlarged, alpha=0.45), dtype=np.uint8)
    top, left = (height - inner.shape[0]) // 2, (width - inner.shape[1]) // 2
    canvas[top : top + inner.shape[0], left : left + inner.shape[1]] = inner
    return canvas


def as_rgb(picture: Frame) -> Frame:
    """The picture as RGB, whether it came so or coded (I420)."""
    return picture if picture.ndim == 3 else i420_to_rgb(picture)


def scale(picture: Frame, width: int, height: int) -> Frame:
    """Scale a picture: by area where it shrinks, by Lanczos where it grows."""
    import cv2
    import numpy as np

    high, wide = picture.shape[:2]
    if (wide, high) == (width, height):
        return picture
    shrinks = width <= wide and height <= high
    method = cv2.INTER_AREA if shrinks else cv2.INTER_LANCZOS4
    return np.asarray(cv2.resize(picture, (width, height), interpolation=method), dtype=np.uint8)


def edge(focus: float, whole: int, shown: int) -> int:
    """Where a crop of `shown` of `whole` samples begins: the focus in its middle, or as near as the edge allows."""
    return min(max(round(focus * whole - shown / 2), 0), whole - shown)
