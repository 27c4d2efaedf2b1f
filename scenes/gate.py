"""The part of a picture that fills the canvas, and the one way of showing it: cut out, then scaled, plane by plane.

It is cut first, so that nothing is scaled that nobody sees. Knows one frame at a time, and neither files nor films.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, cast

from scenes.conform import SAME_SHAPE, Reframe, edge
from scenes.filters import filter_like
from scenes.window import Window
from storyboard.errors import RenderError

if TYPE_CHECKING:
    import av
    from av.filter import Graph


@dataclass(frozen=True, slots=True)
class Opening:
    """The picture that a frame is brought to: its width and height, both even, and how another shape is fitted in."""

    width: int
    height: int
    reframe: Reframe
    focus: tuple[float, float]


def window_of(size: tuple[int, int], pixel: Fraction, opening: Opening) -> Window | None:
    """What an upright picture of that size shows through the opening; one of its samples is `pixel` as wide as high.

    Returns None for a picture of another shape that is not to be cropped.
    """
    wide, high = size[0] * pixel, Fraction(size[1])
    across, down = opening.width / wide, opening.height / high
    # Half a sample too many or too few is no other shape.
    alike = abs(wide * down - opening.width) <= 1 or abs(high * across - opening.height) <= 1
    native = opening.reframe == "native" and abs(wide * opening.height / (high * opening.width) - 1) <= SAME_SHAPE
    if alike or native:
        return Window(size, 0, 0, *size)
    if opening.reframe != "crop":
        return None
    factor = max(across, down)
    width = _even(opening.width / factor / pixel, size[0])
    height = _even(opening.height / factor, size[1])
    left, top = (
        2 * edge(focus, whole // 2, shown // 2)
        for focus, whole, shown in zip(opening.focus, size, (width, height), strict=True)
    )
    return Window(size, left, top, width, height)


class Gate:
    """Shows frames through windows; what it has set up for one serves the next that is like it."""

    def __init__(self) -> None:
        from av.video.reformatter import VideoReformatter

        self._converter = VideoReformatter()
        self._cutter: Graph | None = None
        self._cuts: tuple[Any, ...] = ()

    def show(self, frame: av.VideoFrame, window: Window, size: tuple[int, int], *, full: bool = False) -> av.VideoFrame:
        """What of a BT.709 frame (`full` range or limited) lies in the window, in 8-bit 4:2:0 of that size.

        Its range stays, and so does a frame that is all of this already. Raises RenderError for a frame of another
        size than the window's picture.
        """
        if (frame.width, frame.height) != window.of:
            raise RenderError(
                f"a frame is {frame.width}x{frame.height} where {window.of[0]}x{window.of[1]} was due",
                "make the file again",
            )
        if not window.is_all:
            frame = self._cut(frame, window, full)
        done = frame.format.name in ("yuv420p", "yuvj420p") and (frame.width, frame.height) == size
        return frame if done else self._reformat(frame, size, "yuv420p", full)

    def _cut(self, frame: av.VideoFrame, window: Window, full: bool) -> av.VideoFrame:
        """The samples in the window; none is copied."""
        if not frame.format.is_planar:
            # Samples in one row together cannot be cut apart.
            frame = self._reformat(frame, window.of, "yuv422p", full)
        likeness = (frame.format.name, frame.colorspace, frame.color_range, frame.time_base, window)
        if self._cutter is None or self._cuts != likeness:
            place = f"{window.width}:{window.height}:{window.left}:{window.top}"
            self._cutter, self._cuts = filter_like(frame, "crop", f"{place}"), likeness
        # FFmpeg rounds to whole chroma samples where these are wider than two of luma.
        self._cutter.push(frame)
        return cast("av.VideoFrame", self._cutter.pull())

    def _reformat(self, frame: av.VideoFrame, size: tuple[int, int], form: str, full: bool) -> av.VideoFrame:
        """The frame in another size or format, its colours as they are."""
        from av.video.reformatter import ColorRange, Colorspace, Interpolation

        shrinks = size[0] <= frame.width and size[1] <= frame.height
        method = Interpolation.AREA if shrinks else Interpolation.LANCZOS
        spread = ColorRange.JPEG if full else ColorRange.MPEG
        return self._converter.reformat(
            frame,
            width=size[0],
            height=size[1],
            format=form,
            src_colorspace=Colorspace.ITU709,
            dst_colorspace=Colorspace.ITU709,
            src_color_range=spread,
            dst_color_range=spread,
            interpolation=method | Interpolation.ACCURATE_RND | Interpolation.BITEXACT,
            threads=1,
        )


def _even(part: Fraction, whole: int) -> int:
    """The even number nearest to a part of a whole, or all of it."""
    return whole if part >= whole else max(2, min(round(part / 2), whole // 2) * 2)
