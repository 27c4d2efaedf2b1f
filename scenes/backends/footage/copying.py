"""Footage that is the take already: its coded frames are copied, neither decoded nor coded again.

That needs the film's own coding, colours, rate and length to the last detail; whoever differs anywhere is read and
coded like all others. What only has to be cropped or scaled keeps its own size, and the window says how it is shown.
Damage inside a coded picture is not looked for. Knows no other scene.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from scenes.backend import ClipPlan, ClipRequest
from scenes.backends.footage.headers import Setup, is_key_picture, setup_of
from scenes.conform import Reframe
from scenes.gate import Opening, window_of
from scenes.window import Window
from storyboard.errors import DiskError, InterruptedRender, RenderError

if TYPE_CHECKING:
    from pathlib import Path

    from scenes.media import MediaInfo

_LONGEST_GROUP = Fraction(2)
"""Seconds from key frame to key frame beyond which the tails that transitions need are reached too slowly: cameras stay
under it. What has longer groups is coded anew once, which costs less than reaching its tail for every transition.
"""

_LARGEST = Fraction(5, 2)
"""Times the canvas's samples beyond which footage is coded anew in the canvas's size. Body, transitions and every later
change decode the take from a key frame on, and the time of that grows with its samples: 1080p for a film of 720p (2.25)
is near enough, 4K for one of 1080p (4) is dearer than coding it once.
"""

_BT709 = 1
_LIMITED = 1


@dataclass(frozen=True, slots=True)
class Finished:
    """A file that is a take already; `name` is what messages call it.

    `frames` is its count, `rate` in frames a second, `delay` the frames by which decoding runs ahead of showing,
    `window` what of its pictures is shown, None where they have the canvas's size.
    """

    path: Path
    name: str
    frames: int
    rate: Fraction
    delay: int
    window: Window | None = None


def finished(
    request: ClipRequest, plan: ClipPlan, path: Path, info: MediaInfo, cancelled: Callable[[], bool]
) -> Finished | None:
    """The footage as a finished take of this plan, or None where anything about it has to be changed or is unsure."""
    scene, size = request.scene, (info.width, info.height)
    if (plan.width, plan.height, plan.rate) != (request.width, request.height, request.rate):
        return None  # more is done to it when it is conformed
    mode: Reframe = "crop" if scene.reframe == "track" else scene.reframe
    window = window_of(size, Fraction(1), Opening(plan.width, plan.height, mode, scene.focus))
    if window is None or not _fits(request, plan, info):
        return None
    delay = _delay(path, scene.clip, plan, cancelled)
    shown = None if size == (plan.width, plan.height) else window
    return None if delay is None else Finished(path, scene.clip, plan.frames, plan.rate, delay, shown)


def copy_packets(take: Finished, out: Path, progress: Callable[[float], None], cancelled: Callable[[], bool]) -> None:
    """Write the coded frames of a finished take to `out` as they are, timed as `scenes.frames.write_film` does it.

    Raises DiskError when the disk is full, RenderError when the file cannot be written, InterruptedRender on a stop.
    """
    import av

    from scenes.coders import TAGS
    from scenes.frames import TICKS_PER_FRAME
    from scenes.media import open_media, picture_track

    scale, step = take.rate.numerator * TICKS_PER_FRAME, TICKS_PER_FRAME * take.rate.denominator
    # The film's own clock too, or the edit list that hides the delay would round the length.
    timing = {"video_track_timescale": str(scale), "movie_timescale": str(scale)}
    with open_media(take.path, take.name) as media:
        source = picture_track(media, take.name)
        try:
            with av.open(str(out), "w", format="mp4", options=timing) as film:
                stream = film.add_stream_from_template(source, opaque=True)
                stream.time_base = Fraction(1, scale)
                stream.codec_context.codec_tag = TAGS["h264"]
                for number, packet in enumerate(_pictures(media, source, cancelled)):
                    place = packet.pts * packet.time_base * take.rate
                    packet.stream, packet.time_base = stream, stream.time_base
                    packet.pts, packet.dts, packet.duration = int(place) * step, (number - take.delay) * step, step
                    film.mux(packet)
                    progress((number + 1) / take.frames)
        except (OSError, av.error.FFmpegError) as error:
            if getattr(error, "errno", None) == errno.ENOSPC:
                raise DiskError(f"no room left to write {out.name}", "free some disk space and run again") from error
            raise RenderError(f"{take.name} could not be copied to {out.name}: {error}") from error


def _fits(request: ClipRequest, plan: ClipPlan, info: MediaInfo) -> bool:
    """Whether the scene wants the footage as it is, as far as its measure tells."""
    scene = request.scene
    return (
        not scene.clip_from
        and not (scene.text or scene.lettering)
        and not info.cut_short
        and info.codec == "h264"
        and info.pixel_format == "yuv420p"
        and info.rate == plan.rate
        and info.width * info.height <= _LARGEST * plan.width * plan.height
        and info.sample_aspect == 1
        and info.tracks == 1
        and info.first == 0
    )


def _delay(path: Path, name: str, plan: ClipPlan, cancelled: Callable[[], bool]) -> int | None:
    """The frames by which decoding runs ahead in a file whose frames are just those of the plan; None for other files.

    Only the first frame is decoded. Of the others the headers are read, with a memory of one group.
    """
    from scenes.media import open_media, picture_track

    with open_media(path, name) as media:
        stream = picture_track(media, name)
        setup = setup_of(stream.codec_context.extradata)
        if setup is None:
            return None
        walk = _Walk(plan, setup)
        for packet in _pictures(media, stream, cancelled):
            if not walk.count and not _looks_right(packet, stream):
                return None
            if not walk.takes(packet):
                return None
        # A decoder that was told of less reordering than there is shows the first frames in a wrong order.
        return walk.delay if walk.ends() and walk.delay <= stream.codec_context.reorder_depth else None


class _Walk:
    """Goes through the coded frames of a file and sees that each is one of the plan, at its place."""

    def __init__(self, plan: ClipPlan, setup: Setup) -> None:
        self._plan, self._setup = plan, setup
        self._longest = int(_LONGEST_GROUP * plan.rate)
        self._key = 0
        self._group: set[int] = set()  # the places of the frames since the last key frame
        self.count = 0
        self.delay = 0

    def takes(self, packet: Any) -> bool:
        """Whether the next coded frame is as it has to be."""
        odd = packet.is_discard or packet.is_corrupt or packet.has_sidedata("new_extradata")
        key = None if odd else is_key_picture(memoryview(packet), self._setup)
        if key is None or key != packet.is_keyframe or packet.pts is None:
            return False
        if not (self._closes() if key else self.count - self._key < self._longest):
            return False
        place = packet.pts * packet.time_base * self._plan.rate
        if place.denominator != 1 or not self._key <= place < self._plan.frames or place in self._group:
            return False
        if key != (place == self._key):
            return False
        self._group.add(int(place))
        self.delay = max(self.delay, self.count - int(place))
        self.count += 1
        return True

    def ends(self) -> bool:
        """Whether the file may end here: with all frames of the plan."""
        return self._closes() and self.count == self._plan.frames

    def _closes(self) -> bool:
        """Whether the group is whole, so that what comes next is shown after all of it; begins the next one."""
        whole = not self._group or max(self._group) == self.count - 1
        self._key = self.count
        self._group.clear()
        return whole


def _pictures(media: Any, stream: Any, cancelled: Callable[[], bool]) -> Iterator[Any]:
    """The coded frames of a track in their order."""
    for packet in media.demux(stream):
        if cancelled():
            raise InterruptedRender("stopped while footage was being copied", "run again; it goes on from here")
        if packet.size:
            yield packet


def _looks_right(packet: Any, stream: Any) -> bool:
    """Whether the first frame, decoded, is upright, progressive, of square pixels, and tagged as the film is.

    A range that nobody has written down counts as another one.
    """
    import av

    from scenes.media import turn_of_frame

    coder = stream.codec_context
    coder.thread_count = 1
    try:
        frames = [*packet.decode(), *coder.decode(None)]
    except av.error.InvalidDataError:
        return False
    if len(frames) != 1 or frames[0].is_corrupt:
        return False
    frame, turn = frames[0], turn_of_frame(frames[0])
    tags = (frame.colorspace, frame.color_primaries, frame.color_trc)
    return (
        turn.plain
        and turn.exact
        and not frame.interlaced_frame
        and frame.format.name == "yuv420p"
        and (frame.width, frame.height) == (stream.width, stream.height)
        and (coder.sample_aspect_ratio or 1) == 1
        and all(int(tag) == _BT709 for tag in tags)
        and int(frame.color_range) == _LIMITED
    )
