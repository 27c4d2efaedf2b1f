"""One decoded frame of the author's file as a picture of the film: upright, square pixels, BT.709, 8 bits.

Any pixel format, matrix, range and transfer that can be told is converted; what cannot is refused with a remedy.
Knows one frame at a time and no canvas.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from scenes.backend import Frame, Refusal
from scenes.backends.footage.planes import fitted_planes
from storyboard.errors import RenderError

if TYPE_CHECKING:
    from av.video.reformatter import VideoReformatter

    from scenes.gate import Gate, Opening
    from scenes.turning import Turn

# Code points of ISO/IEC 23091-2.
_UNSPECIFIED = 2
_BT709 = 1
_MATRICES = {1, 2, 4, 5, 6, 7, 9, 10}
"""Matrices that can be undone: BT.709, unsaid, FCC, BT.601 (625 and 525 lines), SMPTE 240M, BT.2020."""

_HIGH_RANGE = {16: "pq", 18: "hlg"}
_UNSEEN = {8: "linear light", 9: "a logarithmic curve", 10: "a logarithmic curve", 17: "SMPTE ST 428"}
"""Transfers that no screen of this film's kind shows, and that footage for a grade is kept in."""

_WIDE = {9: "bt2020", 11: "p3", 12: "p3"}
_SD_LINES = 576
"""Untagged footage of at most so many lines is standard definition and coded by BT.601."""


def develop(
    frame: Any, turn: Turn, pixel: Fraction, converter: VideoReformatter, name: str, note: Callable[[str], None]
) -> Frame:
    """One decoded frame, whose pixels are `pixel` times as wide as high, as upright sRGB with square pixels.

    Raises Refusal where nobody can tell how its colours are meant.
    """
    from scenes.conform import scale
    from scenes.turning import upright

    picture = _rgb(frame, converter, name, note)
    if pixel != 1:
        picture = scale(picture, max(1, round(frame.width * pixel)), frame.height)
    return upright(picture, turn)


def taken_over(
    frame: Any,
    turn: Turn,
    pixel: Fraction,
    opening: Opening,
    gate: Gate,
    name: str,
    note: Callable[[str], None],
) -> Frame | None:
    """A frame that is coded by the film's own matrix as a picture of the film (I420); None where it is not.

    4:4:4 goes the long way: RGB takes nothing from it, and its chroma is halved more exactly there.
    """
    parts, width = frame.format.components, frame.width
    if frame.format.is_rgb or len(parts) != 3 or frame.format.chroma_width(width) == width:
        return None
    if _light(frame, name) != ("sdr", "bt709") or _matrix(frame, name, note) != _BT709:
        return None
    return fitted_planes(frame, _is_full(frame), turn, pixel, opening, gate)


def see_that_it_fits(frame: Any, name: str) -> None:
    """Raise RenderError for a frame that has grown beyond what can be opened safely."""
    from scenes.media import MAX_PIXELS

    if frame.width * frame.height > MAX_PIXELS:
        raise RenderError(f"{name} grows to {frame.width}x{frame.height}, too large", "scale it below 8192x8192")


def turn_told(frame: Any, name: str, note: Callable[[str], None]) -> Turn:
    """Which way up a file is, after its first frame.

    Asked once: a frame whose side data were looked at lies in a circle of references with them, and stays in memory
    until these are collected.
    """
    from scenes.media import turn_of_frame

    turn = turn_of_frame(frame)
    if not turn.exact:
        note(f"{name} wants to be turned by an odd angle; it is turned by the nearest quarter")
    return turn


def _light(frame: Any, name: str) -> tuple[str, str]:
    """Transfer (`pq`, `hlg`, `sdr`) and primaries (`bt2020`, `p3`, `bt709`) of a frame."""
    coded = int(frame.color_trc)
    if coded in _UNSEEN:
        raise Refusal(
            f"{name} is kept in {_UNSEEN[coded]}, which has to be graded before it is shown",
            "grade it in an editor and export it as BT.709, or as HDR in PQ or HLG",
        )
    return _HIGH_RANGE.get(coded, "sdr"), _WIDE.get(int(frame.color_primaries), "bt709")


def _matrix(frame: Any, name: str, note: Callable[[str], None]) -> int:
    """The matrix that a YUV frame is coded by; said where it was guessed."""
    coded = int(frame.colorspace)
    if coded not in _MATRICES:
        raise Refusal(
            f"{name} is coded by a colour matrix that is not known here (number {coded})",
            "export it again as H.264 mp4 with BT.709 colours",
        )
    if coded != _UNSPECIFIED:
        return coded
    standard = frame.height <= _SD_LINES and frame.width <= 1024
    note(f"{name} does not say how its colours are coded; BT.{601 if standard else 709} is taken")
    return 6 if standard else _BT709


def _is_full(frame: Any) -> bool:
    """Whether black is 0 and white 255 rather than 16 and 235."""
    return int(frame.color_range) == 2 or frame.format.name.startswith("yuvj")


def _rgb(frame: Any, converter: VideoReformatter, name: str, note: Callable[[str], None]) -> Frame:
    """Convert a frame of any pixel format, matrix, range and transfer to 8-bit sRGB over black."""
    import numpy as np
    from av.video.reformatter import ColorRange, Interpolation

    from scenes.colour import to_srgb

    transfer, primaries = _light(frame, name)
    coded: dict[str, Any] = {"dst_color_range": ColorRange.JPEG, "threads": 1}
    if not frame.format.is_rgb:
        coded["src_colorspace"] = _matrix(frame, name, note)
        coded["src_color_range"] = ColorRange.JPEG if _is_full(frame) else ColorRange.MPEG
    coded["interpolation"] = (
        Interpolation.BICUBIC | Interpolation.ACCURATE_RND | Interpolation.BITEXACT | Interpolation.FULL_CHR_H_INT
    )
    clear = any(part.is_alpha for part in frame.format.components)
    plain = transfer == "sdr" and primaries == "bt709"
    form = ("rgba" if clear else "rgb24") if plain else ("rgba64le" if clear else "rgb48le")
    picture = converter.reformat(frame, format=form, **coded).to_ndarray()
    if clear:
        picture = _over_black(picture, name, note)
    if plain:
        return np.ascontiguousarray(picture, dtype=np.uint8)
    note(f"{name} is {transfer.upper()} footage in {primaries}; its light is fitted to the film's")
    return to_srgb(np.ascontiguousarray(picture, dtype=np.uint16), transfer, primaries)  # type: ignore[arg-type]


def _over_black(picture: Any, name: str, note: Callable[[str], None]) -> Any:
    """The colours of a picture with (straight) alpha, laid over black."""
    import numpy as np

    whole = np.iinfo(picture.dtype).max
    alpha = picture[..., 3:]
    if int(alpha.min()) == whole:
        return picture[..., :3]
    note(f"{name} is transparent in places; it is laid over black")
    product = picture[..., :3].astype(np.uint32) * alpha + whole // 2
    return (product // whole).astype(picture.dtype)
