"""What a media file of the author's really holds, opened and measured without trusting its name.

Files are hostile: only containers that carry their own pictures are opened (no playlists that name other files), and
nothing beyond the file itself is read. Knows no backend and no film.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av

from storyboard.errors import MissingError, RenderError

MAX_PIXELS = 8192 * 8192
"""Larger pictures are refused: one frame of them would fill the memory."""

_CONTAINERS = (
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,ogg,gif,apng,mxf,flv,asf,h264,hevc,ivf,dv,"
    "yuv4mpegpipe,wtv,nut,obu,av1"
)
_OPENING = {"format_whitelist": _CONTAINERS, "protocol_whitelist": "file"}


@dataclass(frozen=True, slots=True)
class MediaInfo:
    """The measure of a picture track, as shown: width and height after turning, rate and length exact.

    `rotation` is the quarter turn (0, 90, 180, 270 degrees counter-clockwise) that the player applies. `frames` and
    `seconds` are 0 where the file does not say. `sample_aspect` is the shape of one pixel.
    """

    width: int
    height: int
    rate: Fraction
    frames: int
    seconds: Fraction
    has_audio: bool
    rotation: int = 0
    codec: str = ""
    pixel_format: str = ""
    sample_aspect: Fraction = Fraction(1)


def probe(path: Path, name: str = "") -> MediaInfo:
    """Measure the author's media; `name` is what messages call it (the file's own name if left out).

    Raises MissingError where there is no file and RenderError where it holds no readable picture.
    """
    shown = name or path.name
    if not path.is_file():
        raise MissingError(f"{shown} is not there", "put the file in its place or correct the name")
    with open_media(path, shown) as media:
        return _measure(media, shown)


@contextmanager
def open_media(path: Path, name: str) -> Iterator[av.container.InputContainer]:
    """Open the author's media; everything that FFmpeg finds wrong inside becomes a RenderError that says `name`."""
    try:
        with av.open(str(path.absolute()), options=_OPENING) as media:
            yield media
    except (OSError, av.error.FFmpegError) as error:
        raise unreadable(name, error) from error


def unreadable(name: str, error: Exception) -> RenderError:
    """The error of a file that is no picture track, whatever its name says."""
    return RenderError(
        f"{name} cannot be read as video: {getattr(error, 'strerror', None) or error}",
        "it may be damaged, cut short or another kind of file under this name; export it again as H.264 mp4",
    )


def _measure(media: av.container.InputContainer, name: str) -> MediaInfo:
    """Measure the first picture track of an open file."""
    if not media.streams.video:
        kind = "sound only" if media.streams.audio else "no picture track"
        raise RenderError(f"{name} holds {kind}", "a file with a picture was due")
    stream = media.streams.video[0]
    width, height = stream.width, stream.height
    if width < 1 or height < 1:
        raise RenderError(f"{name} has a picture track without a size", "export it again as H.264 mp4")
    if width * height > MAX_PIXELS:
        raise RenderError(f"{name} is {width}x{height}, too large to be opened safely", "scale it below 8192x8192")
    aspect = Fraction(stream.sample_aspect_ratio or 1) or Fraction(1)
    frame = next(media.decode(stream), None)
    if frame is None:
        raise RenderError(f"{name} has a picture track but no frame in it", "export it again as H.264 mp4")
    rotation = round(frame.rotation / 90) * 90 % 360
    wide = round(width * aspect)
    shown = (height, wide) if rotation in (90, 270) else (wide, height)
    seconds = Fraction(0)
    if stream.duration is not None and stream.time_base is not None:
        seconds = stream.duration * stream.time_base
    elif media.duration is not None:
        seconds = Fraction(media.duration, av.time_base)
    rate = Fraction(stream.average_rate or stream.guessed_rate or 0)
    return MediaInfo(
        *shown,
        rate=rate,
        frames=stream.frames or int(seconds * rate),
        seconds=seconds,
        has_audio=bool(media.streams.audio),
        rotation=rotation,
        codec=stream.codec_context.name,
        pixel_format=stream.codec_context.pix_fmt or "",
        sample_aspect=aspect,
    )
