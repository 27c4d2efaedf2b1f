"""Frames on disk and back: coded takes and pieces, frame-exact reading, and the film's one colour conversion.

Everything is 8-bit 4:2:0 in BT.709 limited range, tagged as such, at an exact rational rate. What others made is
measured by `scenes.media` and read by the footage backend; here only files that `write_film` made are read.
"""

from __future__ import annotations

import errno
import itertools
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cache, reduce
from operator import or_
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from scenes.backend import Frame
from scenes.coders import DELAYS, ENCODERS, TAGS, TAKE_PROFILE, EncoderProfile, check_size, hush
from scenes.libraries import library_versions, pyav_version
from scenes.media import MediaInfo, probe
from storyboard.errors import DiskError, RenderError

if TYPE_CHECKING:
    import av
    import numpy as np
    from av.container import InputContainer
    from av.video.reformatter import VideoReformatter
    from av.video.stream import VideoStream
    from numpy.typing import NDArray

__all__ = [
    "I420",
    "TAKE_PROFILE",
    "EncoderProfile",
    "MediaInfo",
    "coder_identity",
    "i420_to_rgb",
    "probe",
    "read_frames",
    "rgb_to_i420",
    "write_film",
]

I420: TypeAlias = "NDArray[np.uint8]"
"""One coded picture: contiguous (height * 3 / 2, width) uint8, planes Y, U, V in a row, BT.709 limited range."""

TICKS_PER_FRAME = 512
"""Track time runs this many times finer than a frame (of the rate's numerator), so that every time stamp is whole."""

_SEEK_MARGIN = 4
"""Frames by which decoding may run before showing."""

_SHRINK = ("AREA", "ACCURATE_RND", "BITEXACT", "FULL_CHR_H_INP")
_GROW = ("BILINEAR", "ACCURATE_RND", "BITEXACT", "FULL_CHR_H_INP", "FULL_CHR_H_INT")
"""How chroma is scaled, by the names of libswscale's flags: down where RGB becomes 4:2:0, up on the way back."""


def coder_identity() -> str:
    """Versions of what codes and converts frames, for fingerprints; loads none of it where that can be avoided."""
    libraries = library_versions(("libavcodec", "libavformat", "libswscale"))
    return f"pyav {pyav_version()}, {', '.join(f'{name} {version}' for name, version in libraries.items())}"


def rgb_to_i420(picture: Frame) -> I420:
    """Convert full-range RGB (h, w, 3), both sides even, to BT.709 limited 4:2:0."""
    from av.video.reformatter import VideoReformatter

    return planar(_convert_to_yuv(_wrap(picture), VideoReformatter()))


def i420_to_rgb(picture: I420) -> Frame:
    """Convert BT.709 limited 4:2:0 to full-range RGB (h, w, 3)."""
    import numpy as np
    from av.video.reformatter import ColorRange, Colorspace, VideoReformatter

    coded = VideoReformatter().reformat(
        _wrap(picture),
        format="rgb24",
        src_colorspace=Colorspace.ITU709,
        src_color_range=ColorRange.MPEG,
        dst_color_range=ColorRange.JPEG,
        interpolation=_flags(_GROW),
        threads=1,
    )
    return np.ascontiguousarray(coded.to_ndarray(), dtype=np.uint8)


def write_film(
    path: Path,
    frames: Iterable[Frame | I420 | av.VideoFrame],
    width: int,
    height: int,
    rate: Fraction,
    profile: EncoderProfile = TAKE_PROFILE,
) -> int:
    """Write frames (RGB, I420 or decoded ones, all of one size) as a silent mp4 and return how many there were.

    Deterministic: one encoder thread, exact time stamps, no clock. Raises RenderError for a size that the codec does
    not know, for a frame of another size or type and for an empty film, DiskError when the disk is full.
    """
    import av
    from av.video.reformatter import VideoReformatter
    from av.video.stream import VideoStream

    check_size(width, height, profile)
    hush(profile)
    count = 0
    converter = VideoReformatter()
    timing = {"video_track_timescale": str(rate.numerator * TICKS_PER_FRAME)}
    try:
        with av.open(str(path), "w", format="mp4", options=timing) as film:
            stream = cast(VideoStream, film.add_stream(ENCODERS[profile.codec], rate, profile.options(rate)))
            stream.width, stream.height = width, height
            stream.time_base = Fraction(1, rate.numerator * TICKS_PER_FRAME)
            _set_up(stream.codec_context, rate)
            stream.codec_context.codec_tag = TAGS[profile.codec]
            decoded = itertools.count(-DELAYS[profile.codec]) if profile.codec in DELAYS else None
            for picture in frames:
                if isinstance(picture, av.VideoFrame):
                    frame = _taken_over(picture, width, height, count)
                else:
                    _check(picture, width, height, count)
                    frame = _wrap(picture)
                    if picture.ndim == 3:
                        frame = _convert_to_yuv(frame, converter)
                frame.pts, frame.time_base = count, 1 / rate
                film.mux(_timed(stream.encode(frame), decoded))
                count += 1
            film.mux(_timed(stream.encode(None), decoded))
    except (OSError, av.error.FFmpegError) as error:
        if getattr(error, "errno", None) == errno.ENOSPC:
            raise DiskError(f"no room left to write {path.name}", "free some disk space and run again") from error
        raise RenderError(f"{path.name} could not be written: {error}") from error
    if not count:
        raise RenderError(f"{path.name} has no frames at all")
    return count


def read_frames(path: Path, first: int = 0, last: int | None = None) -> Iterator[I420]:
    """Yield the frames `first` (from 0) to `last` (exclusive; None for the end) of a file that `write_film` made.

    Seeks to the key frame before `first`; memory does not grow with the film. Raises RenderError when a frame is
    missing or out of place.
    """
    return map(planar, decoded_frames(path, first, last))


def decoded_frames(path: Path, first: int = 0, last: int | None = None) -> Iterator[av.VideoFrame]:
    """Yield the same frames as the decoder gives them, for `write_film` to code again without copying a sample.

    Those that the decoder had to mend say so (`is_corrupt`). Raises RenderError as `read_frames` does.
    """
    import av

    if first < 0 or (last is not None and last < first):
        raise RenderError(f"frames {first} to {last} of {path.name} are no range")
    if last == first:
        return
    due = first
    try:
        with av.open(str(path)) as film:
            if not film.streams.video:
                raise RenderError(f"{path.name} has no picture track")
            stream = film.streams.video[0]
            stream.codec_context.thread_count = 1
            rate = stream.average_rate
            if rate is None or stream.time_base is None:
                raise RenderError(f"{path.name} has no frame rate")
            packets = _packets(film, stream, first, 1 / rate / stream.time_base)
            for frame in _decoded(packets, stream, first / rate):
                place = _place(frame, rate, path)
                if place < due and due == first:
                    continue
                if place != due:
                    raise RenderError(f"frame {due} of {path.name} is missing (found {place})", "make the file again")
                yield frame
                due += 1
                if due == last:
                    return
    except (OSError, av.error.FFmpegError) as error:
        raise RenderError(f"{path.name} cannot be read: {error}", "delete it; it will be made again") from error
    if last is not None or due == first:
        raise RenderError(f"{path.name} ends at frame {due}, but frames {first} to {last} were wanted")


def _packets(film: InputContainer, stream: VideoStream, first: int, step: Fraction) -> Iterator[av.Packet[Any]]:
    """The coded frames from the key frame on that is shown at frame `first` or last before it; `step` ticks a frame."""
    # Sought is by time of decoding, which runs before that of showing where there are B-frames: a key frame that is
    # shown later may be found. Only then it is aimed earlier, for that costs the decoding of one more group.
    for place in dict.fromkeys((first, max(0, first - _SEEK_MARGIN))):
        if first:
            film.seek(int(place * step), stream=stream, backward=True)
        packets = film.demux(stream)
        found = next(packets, None)
        if found is None or found.pts is None or found.pts <= first * step:
            break
    if found is not None:
        yield found
        yield from packets


def _decoded(packets: Iterable[av.Packet[Any]], stream: VideoStream, start: Fraction) -> Iterator[av.VideoFrame]:
    """The frames of these coded ones; of those before second `start` only what later ones need."""
    # The decoder of H.264 obeys at once; that of AV1 runs ahead and would leave out a frame that is wanted.
    may_skip = stream.codec_context.name == "h264"
    for packet in packets:
        if may_skip:
            early = packet.pts is not None and packet.pts * packet.time_base < start
            # Nothing is lost: a frame that no other one refers to would only be thrown away.
            stream.codec_context.skip_frame = "NONREF" if early else "DEFAULT"
        yield from packet.decode()


@cache
def _flags(names: tuple[str, ...]) -> Any:
    """Flags of libswscale as one number."""
    from av.video.reformatter import Interpolation

    return reduce(or_, (Interpolation[name] for name in names))


def _set_up(coder: av.VideoCodecContext, rate: Fraction) -> None:
    """Set what every film of the house shares: one thread, square samples, BT.709 limited range."""
    from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc

    coder.pix_fmt = "yuv420p"
    coder.thread_count = 1
    coder.time_base = 1 / rate
    coder.framerate = rate
    coder.sample_aspect_ratio = Fraction(1, 1)
    coder.color_range = ColorRange.MPEG
    coder.colorspace = Colorspace.ITU709
    coder.color_primaries = ColorPrimaries.BT709
    coder.color_trc = ColorTrc.BT709


def _timed(packets: list[Any], decoded: Iterator[int] | None) -> list[Any]:
    """The same packets, their times of decoding taken from `decoded` where it is given."""
    if decoded is not None:
        for packet in packets:
            packet.dts = next(decoded)
    return packets


def _check(picture: NDArray[np.uint8], width: int, height: int, index: int) -> None:
    """Refuse a frame that is not of the film's size and type."""
    import numpy as np

    shapes = ((height, width, 3), (height * 3 // 2, width))
    if picture.dtype != np.uint8 or picture.shape not in shapes:
        raise RenderError(
            f"frame {index} is {picture.dtype} of shape {picture.shape}",
            f"uint8 of shape {shapes[0]} (RGB) or {shapes[1]} (4:2:0) was due",
        )


def _wrap(picture: NDArray[np.uint8]) -> av.VideoFrame:
    """A codec's frame with the same samples, tagged with what they mean."""
    import av
    import numpy as np
    from av.video.reformatter import ColorRange, Colorspace

    coded = picture.ndim == 2
    frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="yuv420p" if coded else "rgb24")
    if coded:
        frame.colorspace = Colorspace.ITU709
        frame.color_range = ColorRange.MPEG
    return frame


def _taken_over(frame: av.VideoFrame, width: int, height: int, index: int) -> av.VideoFrame:
    """A decoded frame made ready to be coded: the encoder chooses its type anew."""
    from av.video.frame import PictureType

    if (frame.format.name, frame.width, frame.height) != ("yuv420p", width, height):
        raise RenderError(
            f"frame {index} is {frame.format.name} of {frame.width}x{frame.height}",
            f"yuv420p of {width}x{height} was due",
        )
    frame.pict_type = PictureType.NONE
    return frame


def luma_of_frame(frame: av.VideoFrame) -> NDArray[np.uint8]:
    """The luma plane (h, w) of a decoded frame; a view, not to be written to."""
    import numpy as np

    plane: Any = frame.planes[0]
    return np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)[: frame.height, : frame.width]


def chroma_of_frame(frame: av.VideoFrame) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """The blue and the red chroma planes (h / 2, w / 2) of a decoded 4:2:0 frame; views, not to be written to."""
    import numpy as np

    planes: list[Any] = [frame.planes[1], frame.planes[2]]
    shape = ((frame.height + 1) // 2, (frame.width + 1) // 2)
    blue, red = (
        np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)[: shape[0], : shape[1]] for plane in planes
    )
    return blue, red


def _convert_to_yuv(frame: av.VideoFrame, converter: VideoReformatter) -> av.VideoFrame:
    """Full-range RGB to BT.709 limited 4:2:0."""
    from av.video.reformatter import ColorRange, Colorspace

    return converter.reformat(
        frame,
        format="yuv420p",
        src_color_range=ColorRange.JPEG,
        dst_colorspace=Colorspace.ITU709,
        dst_color_range=ColorRange.MPEG,
        interpolation=_flags(_SHRINK),
        threads=1,
    )


def planar(frame: av.VideoFrame) -> I420:
    """The samples of a 4:2:0 frame as one contiguous array."""
    import numpy as np

    if frame.format.name != "yuv420p":
        raise RenderError(f"a frame is coded as {frame.format.name} where yuv420p was due")
    return np.ascontiguousarray(frame.to_ndarray(), dtype=np.uint8)


def _place(frame: av.VideoFrame, rate: Fraction, path: Path) -> int:
    """Which frame of the film this is, from its exact time stamp."""
    if frame.pts is None or frame.time_base is None:
        raise RenderError(f"a frame of {path.name} has no time stamp")
    place = frame.pts * frame.time_base * rate
    if place.denominator != 1:
        raise RenderError(f"a frame of {path.name} lies between frames (at {float(place):.3f})", "make the file again")
    return int(place)
