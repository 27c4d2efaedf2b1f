"""What a media file of the author's really holds, opened and measured without trusting its name.

Files are hostile: only containers that carry their own pictures are opened (no playlists that name other files), and
nothing beyond the file itself is read. Knows no backend and no film.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from projects.digests import signature
from scenes.turning import Turn, turn_of
from storyboard.errors import MissingError, RenderError

if TYPE_CHECKING:
    import av

MAX_PIXELS = 8192 * 8192
"""Larger pictures are refused: one frame of them would fill the memory."""

_CONTAINERS = (
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,ogg,gif,apng,mxf,flv,asf,h264,hevc,ivf,dv,"
    "yuv4mpegpipe,wtv,nut,obu,av1"
)
_OPENING = {"format_whitelist": _CONTAINERS, "protocol_whitelist": "file"}

_UNTIMED = 0x80
"""Flag of FFmpeg's demuxers whose files carry no time stamps (AVFMT_NOTIMESTAMPS)."""

_FASTEST = 1000
"""Frames a second beyond which an average is not believed."""

_STILL_SIGNS = (
    (0, b"\xff\xd8\xff", "JPEG"),
    (0, b"BM", "BMP"),
    (0, b"II*\0", "TIFF"),
    (0, b"MM\0*", "TIFF"),
    *((4, b"ftyp" + brand, "HEIF") for brand in (b"heic", b"heix", b"heim", b"heis", b"mif1")),
    (4, b"ftypavif", "AVIF"),
)
"""Where and how the files of still pictures begin."""


@dataclass(frozen=True, slots=True)
class MediaInfo:
    """The measure of a picture track, as shown: width and height after turning, rate and length exact.

    `rotation` is the quarter turn (0, 90, 180, 270 degrees counter-clockwise) that the player applies. `frames` is 0
    where the file does not say, `seconds` is how much of the track is there, `promised` how much its header says.
    `sample_aspect` is the shape of one pixel, `tracks` how many picture tracks there are, covers left out.
    `first` is the stamp of the first frame in seconds, None where frames carry no stamps.
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
    promised: Fraction = Fraction(0)
    tracks: int = 1
    first: Fraction | None = None

    @property
    def cut_short(self) -> bool:
        """Whether the file ends before its own header says."""
        return self.promised > self.seconds


def probe(path: Path, name: str = "") -> MediaInfo:
    """Measure the author's media; `name` is what messages call it (the file's own name if left out).

    Raises MissingError where there is no file and RenderError where it holds no readable picture.
    """
    shown = name or path.name
    if not path.is_file():
        raise MissingError(f"{shown} is not there", "put the file in its place or correct the name")
    return _probed(path, shown, signature(path))


# A take's making asks twice, for its plan and for its frames.
@lru_cache(maxsize=8)
def _probed(path: Path, shown: str, _signature: str) -> MediaInfo:
    """What `probe` gives of the file as it is now."""
    _see_that_it_moves(path, shown)
    with open_media(path, shown) as media:
        info = _measure(media, shown)
        own_length = picture_track(media, shown).duration is not None
    if info.promised and _reaches(path, shown, info.promised, 1 / info.rate if info.rate else Fraction(1, 12)):
        return info
    whole = _length_of_packets(path, shown, info.rate)
    # A sound that is longer makes the whole file longer than its pictures: that is no damage.
    promised = info.promised if own_length or not info.has_audio else whole
    frames = round(whole * info.rate)
    return replace(info, frames=frames, seconds=whole, promised=max(promised, whole))


@contextmanager
def open_media(path: Path, name: str) -> Iterator[av.container.InputContainer]:
    """Open the author's media; everything that FFmpeg finds wrong inside becomes a RenderError that says `name`."""
    import av

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


def picture_track(media: av.container.InputContainer, name: str) -> Any:
    """The track that is shown: the one that the file marks as its own choice, else the first; never a cover.

    Raises RenderError where there is none.
    """
    import av

    tracks = picture_tracks(media)
    if not tracks:
        kind = "sound only" if media.streams.audio else "no picture track"
        kind = "no moving picture, only a cover" if media.streams.video else kind
        raise RenderError(f"{name} holds {kind}", "name a file with a moving picture, or a picture under `keyframes:`")
    chosen = [track for track in tracks if track.disposition & av.stream.Disposition.default]
    return (chosen or tracks)[0]


def picture_tracks(media: av.container.InputContainer) -> list[Any]:
    """All picture tracks but covers and previews."""
    import av

    aside = av.stream.Disposition.attached_pic | av.stream.Disposition.timed_thumbnails
    return [track for track in media.streams.video if not track.disposition & aside]


def is_timed(media: av.container.InputContainer) -> bool:
    """Whether the file's frames carry their times."""
    return not media.format.flags & _UNTIMED


def rate_of(media: av.container.InputContainer, stream: Any) -> Fraction:
    """Frames a second on average, 0 where nobody knows; for files without stamps after the first frame was decoded."""
    if not is_timed(media) and stream.codec_context.framerate:
        # FFmpeg takes 25 for every such file; what its coded pictures say is better.
        return Fraction(stream.codec_context.framerate)
    average, guessed = Fraction(stream.average_rate or 0), Fraction(stream.guessed_rate or 0)
    # Of raw DV the average is nonsense.
    return average if 0 < average <= _FASTEST or not guessed else guessed


def turn_of_frame(frame: av.VideoFrame) -> Turn:
    """The turn that a decoded frame asks for."""
    matrix: Any = frame.side_data.get("DISPLAYMATRIX")
    return turn_of(bytes(matrix)) if matrix is not None else Turn()


def _see_that_it_moves(path: Path, name: str) -> None:
    """Refuse an empty file and a still picture under a film's name."""
    with path.open("rb") as file:
        head = file.read(4096)
    if not head:
        raise RenderError(f"{name} cannot be read as video: it is empty", "copy or export it again")
    kind = next((kind for place, sign, kind in _STILL_SIGNS if head.startswith(sign, place)), "")
    if head.startswith(b"\x89PNG\r\n\x1a\n") and b"acTL" not in head:
        kind = "PNG"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        if b"ANIM" in head:
            raise RenderError(
                f"{name} is an animated WebP picture, which cannot be read as video", "save it as GIF, WebM or mp4"
            )
        kind = "WebP"
    if kind:
        raise RenderError(
            f"{name} is a still picture ({kind}) and no film", "name it under `keyframes:` instead of `clip:`"
        )


def _measure(media: av.container.InputContainer, name: str) -> MediaInfo:
    """Measure the picture track of an open file, its length as its header promises."""
    import av

    stream = picture_track(media, name)
    width, height = stream.width, stream.height
    if width < 1 or height < 1:
        raise RenderError(f"{name} has a picture track without a size", "export it again as H.264 mp4")
    if width * height > MAX_PIXELS:
        raise RenderError(f"{name} is {width}x{height}, too large to be opened safely", "scale it below 8192x8192")
    aspect = Fraction(stream.sample_aspect_ratio or 1) or Fraction(1)
    frame = _first_frame(media, stream)
    if frame is None:
        raise RenderError(f"{name} has a picture track but no frame in it", "export it again as H.264 mp4")
    wide = round(width * aspect)
    seconds = Fraction(0)
    if stream.duration is not None and stream.time_base is not None:
        seconds = stream.duration * stream.time_base
    elif media.duration is not None and is_timed(media):
        seconds = Fraction(media.duration, av.time_base)
    return MediaInfo(
        *((height, wide) if turn_of_frame(frame).exchanged else (wide, height)),
        rate=(rate := rate_of(media, stream)),
        frames=stream.frames or int(seconds * rate),
        seconds=seconds,
        has_audio=bool(media.streams.audio),
        rotation=round(frame.rotation / 90) * 90 % 360,
        codec=stream.codec_context.name,
        pixel_format=stream.codec_context.pix_fmt or "",
        sample_aspect=aspect,
        promised=max(seconds, Fraction(0)),
        tracks=len(picture_tracks(media)),
        first=None if frame.pts is None or not is_timed(media) else frame.pts * Fraction(frame.time_base),
    )


def _first_frame(media: av.container.InputContainer, stream: Any) -> Any:
    """The first frame that can be decoded, or None."""
    import av

    for packet in media.demux(stream):
        try:
            frames = packet.decode()
        except av.error.InvalidDataError:
            continue
        if frames:
            return frames[0]
    return None


def _reaches(path: Path, name: str, promised: Fraction, frame: Fraction) -> bool:
    """Whether there are pictures up to the end that the header promises, found with one look near that end."""
    import av

    with open_media(path, name) as media:
        stream = picture_track(media, name)
        offset = stream.start_time
        if offset is None or not is_timed(media):
            return False
        try:
            media.seek(offset + int(max(promised - 1, Fraction(0)) / stream.time_base), stream=stream, backward=True)
        except av.error.FFmpegError:
            return False
        end = max((_end(packet, offset) for packet in _packets(media, stream) if packet.pts is not None), default=0)
    return end >= promised - max(frame, Fraction(1, 20))


def _length_of_packets(path: Path, name: str, rate: Fraction) -> Fraction:
    """How long the pictures last, found by going through all of them without decoding."""
    with open_media(path, name) as media:
        stream = picture_track(media, name)
        count, first, end = 0, 0, Fraction(0)
        for packet in _packets(media, stream):
            if is_timed(media) and packet.pts is not None:
                first = min(first, packet.pts) if end else packet.pts
                end = max(end, _end(packet, 0)) if end else _end(packet, 0)
            count += 1
        if end:
            offset = first if stream.start_time is None else stream.start_time
            return end - offset * Fraction(stream.time_base)
        return count / rate if rate else Fraction(0)


def _packets(media: av.container.InputContainer, stream: Any) -> Iterator[Any]:
    """The coded frames of a track that are shown, up to the place where the file breaks off."""
    import av

    try:
        for packet in media.demux(stream):
            if packet.size and not packet.is_discard:
                yield packet
    except av.error.FFmpegError:
        return


def _end(packet: Any, offset: int) -> Fraction:
    """When a packet's frame goes off the screen, in seconds from `offset`."""
    return Fraction(packet.pts - offset + (packet.duration or 0)) * Fraction(packet.time_base)
