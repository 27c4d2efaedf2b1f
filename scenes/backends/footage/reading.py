"""The frames of the author's file with their times: sought, whole, and with interlaced fields made into pictures.

What is damaged is left out and told; a file that breaks off ends where it is whole. Knows no colours and no canvas.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from scenes.filters import filter_like
from scenes.media import open_media, picture_track

if TYPE_CHECKING:
    from pathlib import Path

_LOOK_BACK = (Fraction(1), Fraction(12))
"""Seconds by which a seek aims early, one after the other: some containers seek by decoding time, and some land where
nothing can be decoded yet."""

_SUPPOSED_RATE = 25
"""Frames a second of files that do not say."""


@dataclass(frozen=True, slots=True)
class Timed:
    """A decoded frame, and the seconds (exact, from the file's first frame) in which it is on show.

    `after_damage` says that what came right before it could not be read.
    """

    frame: Any
    start: Fraction
    end: Fraction
    after_damage: bool = False


@dataclass(slots=True)
class Reel:
    """The author's file as it is read; `name` is what messages call it, `notes` and `torn` grow while it is read.

    `rate` is in frames a second, 0 where unknown, `first` the stamp of the first frame in seconds, None where frames
    have none.
    `by_fields` makes two pictures of an interlaced frame, one of each field, for films that run faster than the
    footage. `torn` says that the file's end is damaged.
    """

    path: Path
    name: str
    rate: Fraction
    first: Fraction | None = None
    by_fields: bool = False
    notes: list[str] = field(default_factory=list)
    torn: bool = False

    def note(self, text: str) -> None:
        """Say something once."""
        if text not in self.notes:
            self.notes.append(text)


def frames_from(reel: Reel, start: Fraction) -> Iterator[Timed]:
    """Yield the whole frames from the one on show at `start` seconds on, in the order of their times."""
    for back in _LOOK_BACK:
        if start <= back:
            break
        frames = _since(_read(reel, start - back), start)
        first = next(frames, None)
        if first is not None and first.start <= start:
            yield first
            yield from frames
            return
    yield from _since(_read(reel, Fraction(0)), start)


def _since(frames: Iterator[Timed], start: Fraction) -> Iterator[Timed]:
    """Leave out the frames that have gone off the screen before `start`."""
    waiting: Timed | None = None
    for timed in frames:
        if timed.start <= start:
            waiting = timed
            continue
        if waiting is not None:
            yield waiting
            waiting = None
        yield timed
    if waiting is not None:
        yield waiting


def _read(reel: Reel, aim: Fraction) -> Iterator[Timed]:
    """Yield the whole frames of the file from about `aim` seconds on; all of them where it is 0.

    Yields nothing where the file cannot be sought.
    """
    import av

    with open_media(reel.path, reel.name) as media:
        stream = picture_track(media, reel.name)
        stream.codec_context.thread_count = 1
        if aim:
            if reel.first is None:
                return
            try:
                media.seek(int((reel.first + aim) / stream.time_base), stream=stream, backward=True)
            except av.error.FFmpegError:
                return
        wounds: set[Fraction] = set()
        yield from _timed(_progressive(_whole(reel, media, stream, wounds), reel), reel, bool(aim), wounds)


def _whole(reel: Reel, media: Any, stream: Any, wounds: set[Fraction]) -> Iterator[Any]:
    """Yield the frames that can be decoded; those that the decoder calls damaged only if whole ones follow.

    `wounds` gathers the stamps (in seconds) of the frames before which something was lost.
    """
    import av

    lost = False
    doubtful: list[Any] = []
    for packet in media.demux(stream):
        try:
            frames = packet.decode()
        except av.error.InvalidDataError:
            lost = True
            continue
        for frame in frames:
            if lost and frame.pts is not None:
                wounds.add(frame.pts * Fraction(frame.time_base))
            lost = False
            doubtful.append(frame)
            if frame.is_corrupt:
                continue
            if len(doubtful) > 1:
                reel.note(f"{reel.name} is damaged in places; its decoder has mended what it could")
            yield from doubtful
            doubtful = []
    if doubtful or lost:
        reel.torn = True
        reel.note(f"the end of {reel.name} is damaged and left out")


def _progressive(frames: Iterator[Any], reel: Reel) -> Iterator[Any]:
    """Pass whole pictures through, and make whole pictures of the fields of interlaced frames (FFmpeg's bwdif)."""
    weaver: Any = None
    shape: tuple[int, int, str] | None = None
    for frame in frames:
        here = (frame.width, frame.height, frame.format.name)
        if weaver is not None and shape != here:
            yield from _pulled(weaver, None)
            weaver = None
        if weaver is None and frame.interlaced_frame:
            what = "each field became a picture" if reel.by_fields else "its two fields became one picture"
            reel.note(f"{reel.name} is interlaced; {what} (bwdif)")
            weaver, shape = _weaver(frame, reel.by_fields), here
        if weaver is None:
            yield frame
        else:
            yield from _pulled(weaver, frame)
    if weaver is not None:
        yield from _pulled(weaver, None)


def _weaver(frame: Any, by_fields: bool) -> Any:
    """A filter graph that deinterlaces frames like this one."""
    return filter_like(frame, "bwdif", f"mode={'send_field' if by_fields else 'send_frame'}:deint=interlaced")


def _pulled(weaver: Any, fed: Any) -> Iterator[Any]:
    """Feed one frame (None: the end) to the filter and yield what comes out."""
    import av

    weaver.push(fed)
    while True:
        try:
            yield weaver.pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return


def _timed(frames: Iterator[Any], reel: Reel, sought: bool, wounds: set[Fraction]) -> Iterator[Timed]:
    """Give frames their times; those without a stamp follow one another at the file's rate.

    Yields nothing after a seek to a frame without a stamp, for nobody knows where that has led.
    """
    step = 1 / (reel.rate or Fraction(_SUPPOSED_RATE))
    end: Fraction | None = None
    for frame in frames:
        stamp = None if frame.pts is None or reel.first is None else frame.pts * Fraction(frame.time_base)
        if stamp is None or reel.first is None:
            if end is None and sought:
                return
            start = end or Fraction(0)
        else:
            start = stamp - reel.first
        lasts = frame.duration * Fraction(frame.time_base) if frame.duration and stamp is not None else step
        end = start + lasts
        yield Timed(frame, start, end, stamp in wounds)
