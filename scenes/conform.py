"""Bringing any run of frames to the film's canvas, rate and exact count.

Time first (frames are repeated or left out, never blended), then shape (cropped around a focus, or padded). Knows
where neither the frames nor the numbers come from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from scenes.backend import Frame, Refusal
from scenes.frames import i420_to_rgb

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


def conform(frames: Iterable[Frame], rate: Fraction, canvas: Canvas) -> Iterator[Frame]:
    """Yield exactly `canvas.frames` frames of the canvas's size and rate from frames at `rate`.

    Frames beyond the count are not read, and coded ones (I420) of the canvas's size pass as they are. Raises Refusal
    when there are too few.
    """
    for picture in retime(frames, rate, canvas.rate, canvas.frames):
        if picture.shape == (canvas.height * 3 // 2, canvas.width):
            yield picture
            continue
        yield reshape(as_rgb(picture), canvas.width, canvas.height, canvas.reframe, canvas.focus)


def retime(frames: Iterable[Frame], rate: Fraction, wanted: Fraction, count: int) -> Iterator[Frame]:
    """Yield `count` frames at rate `wanted`: each is the source frame on show at the middle of its time.

    Equal rates pass every frame through; 30 to 24 leaves every fifth out; 12 to 24 shows every one twice.
    """
    source = iter(frames)
    read = 0
    for place in range(count):
        due = source_index(place, rate, wanted)
        while read <= due:
            picture = next(source, None)
            if picture is None:
                raise _shortage(read, rate, count, wanted)
            shown, read = picture, read + 1
        yield shown


def source_index(place: int, rate: Fraction, wanted: Fraction) -> int:
    """Which frame of a source at `rate` is on show at the middle of frame `place` at rate `wanted`."""
    return int((2 * place + 1) * rate / (2 * wanted))


def reshape(
    picture: Frame, width: int, height: int, mode: Reframe = "crop", focus: tuple[float, float] = (0.5, 0.5)
) -> Frame:
    """Bring an RGB picture to width x height: cropped around `focus`, padded, or only scaled (`native`).

    Raises Refusal for `native` where the shapes differ, and for `track`, which needs a subject to follow.
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
            "`reframe: track` cannot be done for this clip: nothing here finds what to follow",
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


def _shortage(read: int, rate: Fraction, count: int, wanted: Fraction) -> Refusal:
    """The refusal of a clip that ends too early."""
    there, due = float(read / rate), float(count / wanted)
    return Refusal(
        f"the clip has {read} frames ({there:.2f} s), but the scene needs {due:.2f} s",
        f"make the scene {there:.2f} s or shorter, write `length: clip`, or use a longer clip",
    )
