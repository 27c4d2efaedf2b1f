"""The author's own footage: trimmed, turned upright, brought to the film's colours, rate and canvas.

Frames are chosen by their time stamps, so that variable rates stay in step. Its sound belongs to the sound folder;
here it is only mentioned. Knows no other scene.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from scenes.backend import Capabilities, Clip, ClipPlan, ClipRequest, Cost, Frame, Problem, Refusal
from storyboard.errors import InterruptedRender, MissingError, RenderError

if TYPE_CHECKING:
    from pathlib import Path

    from av.video.reformatter import VideoReformatter

    from scenes.media import MediaInfo

_VERSION = 1
_TRANSFERS = {16: "pq", 18: "hlg"}
"""Transfer characteristics of ISO/IEC 23091-2 that are high dynamic range."""

_PRIMARIES = {9: "bt2020", 11: "p3", 12: "p3"}
_UNSPECIFIED = 2
_SD_LINES = 576
"""Untagged footage of at most so many lines is standard definition and coded by BT.601."""


@dataclass(frozen=True, slots=True)
class _Timed:
    """A decoded frame and the second (exact) from which it is on show."""

    frame: Any
    start: Fraction


class Footage:
    """Uses the author's footage."""

    def capabilities(self) -> Capabilities:
        """What it can do."""
        return Capabilities(
            name="footage",
            summary="your own footage, trimmed and fitted to the film",
            makes="photographed",
            needs=frozenset({"clip"}),
            uses_seed=False,
        )

    def check(self) -> Sequence[Problem]:
        """Nothing stands in its way: what it needs is installed with the program."""
        return ()

    def quantise(self, request: ClipRequest) -> ClipPlan:
        """The request as it is; raises Refusal where the footage is too short, RenderError where it is unreadable."""
        from scenes.media import probe

        scene = request.scene
        if not scene.clip:
            raise Refusal(f"scene '{scene.id}' has no footage", "add `clip:`, or leave `backend:` out")
        if request.frames < 1:
            raise Refusal(f"scene '{scene.id}' has no length", "give it a `length:`")
        if scene.reframe == "track":
            raise Refusal(
                f"scene '{scene.id}': `reframe: track` cannot be done for footage: nothing here finds what to follow",
                "write `reframe: crop` with `focus: [x, y]`, or `reframe: pad`",
            )
        info = probe(_file(request), scene.clip)
        if info.seconds:
            # Half a film frame is spared: containers round the length of their last frame.
            needed = (request.frames - Fraction(1, 2)) / request.rate
            if scene.clip_from + needed > info.seconds:
                raise _too_short(request, info.seconds)
        return ClipPlan(
            request.frames, request.frames, request.width, request.height, request.rate, _notes(request, info)
        )

    def estimate(self, plan: ClipPlan) -> Cost:
        """About thirty nanoseconds a pixel on one core."""
        return Cost(seconds=plan.frames * plan.width * plan.height * 30e-9, memory_mb=150)

    def identity(self) -> str:
        """Versions of what decodes, converts and scales."""
        import cv2
        import numpy as np

        from scenes.frames import coder_identity
        from scenes.lettering import lettering_identity

        libraries = f"{coder_identity()}, opencv {cv2.__version__}, numpy {np.__version__}"
        return f"footage {_VERSION}, {libraries}, {lettering_identity()}"

    def prepare(self, plans: Sequence[ClipPlan]) -> None:
        """Does nothing: a file is opened when its frames are wanted."""

    def release(self) -> None:
        """Does nothing: nothing is kept between clips."""

    def generate(
        self, request: ClipRequest, plan: ClipPlan, progress: Callable[[float], None], cancelled: Callable[[], bool]
    ) -> Clip:
        """Make the clip; notes say what was guessed about its colours."""
        notes: list[str] = []
        frames = _fitted(request, plan, notes, progress, cancelled)
        return Clip(frames, plan.width, plan.height, plan.rate, {"notes": notes, "not_drawn": []})


def _notes(request: ClipRequest, info: MediaInfo) -> tuple[str, ...]:
    """What a person should know about the footage before it is used."""
    name = request.scene.clip
    notes = []
    if info.has_audio:
        notes.append(f"{name} has sound of its own, which is not used")
    if info.rate and info.rate != request.rate:
        notes.append(
            f"{name} runs at {float(info.rate):.3f} frames a second, the film at {float(request.rate):.3f}: "
            "frames are repeated or left out"
        )
    if min(info.width / request.width, info.height / request.height) < 0.5:
        notes.append(f"{name} is only {info.width}x{info.height} and is enlarged")
    return tuple(notes)


def _file(request: ClipRequest) -> Path:
    """The absolute path of the footage."""
    name = request.scene.clip
    if name not in request.files:
        raise MissingError(
            f"scene '{request.scene.id}': the footage {name} is not there",
            "put the file in its place or correct the name",
        )
    return request.files[name]


def _too_short(request: ClipRequest, there: Fraction) -> Refusal:
    """The refusal of footage that ends before the scene does."""
    scene, length = request.scene, float(request.frames / request.rate)
    left = max(float(there - scene.clip_from), 0.0)
    start = f" from {float(scene.clip_from):.2f} s on" if scene.clip_from else ""
    return Refusal(
        f"scene '{scene.id}': {scene.clip} has {left:.2f} s{start}, but the scene needs {length:.2f} s",
        f"write `length: clip`, make the scene {left:.2f} s or shorter, or let it start earlier in the footage",
    )


def _fitted(
    request: ClipRequest,
    plan: ClipPlan,
    notes: list[str],
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> Iterator[Frame]:
    """Yield the frames of the plan: each is the source frame on show at the middle of its time."""
    from av.video.reformatter import VideoReformatter

    from scenes.conform import reshape
    from scenes.lettering import lay_over, title_card, unset_signs
    from scenes.media import open_media

    scene = request.scene
    card = title_card(scene.text, plan.width, plan.height) if scene.text else None
    if unset := unset_signs(scene.text):
        _note(notes, f"no font here has the signs {unset} of the scene's text")
    with open_media(_file(request), scene.clip) as media:
        pixel = Fraction(media.streams.video[0].sample_aspect_ratio or 1)
        converter = VideoReformatter()
        source = _decoded(media, scene.clip_from)
        here, there = next(source, None), next(source, None)
        fitted: tuple[Fraction, Frame] | None = None
        for place in range(plan.frames):
            if cancelled():
                raise InterruptedRender("stopped while footage was being read", "run again; it goes on from here")
            due = scene.clip_from + Fraction(2 * place + 1, 2) / plan.rate
            while there is not None and there.start <= due:
                here, there = there, next(source, None)
            if here is None or (there is None and due >= _end(here)):
                raise _too_short(request, _end(here) if here else scene.clip_from)
            if fitted is None or fitted[0] != here.start:
                picture = _upright(here.frame, pixel, converter, scene.clip, notes)
                shaped = reshape(picture, plan.width, plan.height, scene.reframe, scene.focus)
                fitted = (here.start, shaped if card is None else lay_over(shaped, card))
            progress((place + 1) / plan.frames)
            yield fitted[1]


def _decoded(media: Any, start: Fraction) -> Iterator[_Timed]:
    """Yield the frames from the one on show at `start` on, with times from the file's own beginning."""
    stream = media.streams.video[0]
    stream.codec_context.thread_count = 1
    base, offset = stream.time_base, stream.start_time or 0
    if start > 1:
        # A second early: some containers seek by decoding time, which runs before the time of showing.
        media.seek(offset + int((start - 1) / base), stream=stream, backward=True)
    waiting: _Timed | None = None
    count = 0
    for frame in media.decode(stream):
        if frame.pts is None:
            rate = stream.average_rate or stream.guessed_rate or 25
            time = Fraction(count) / Fraction(rate)
        else:
            time = (frame.pts - offset) * base
        count += 1
        if time <= start:
            waiting = _Timed(frame, time)
            continue
        if waiting is not None:
            yield waiting
            waiting = None
        yield _Timed(frame, time)
    if waiting is not None:
        yield waiting


def _end(last: _Timed) -> Fraction:
    """When the last frame of the footage goes off the screen."""
    length = last.frame.duration or 0
    return last.start + (Fraction(length) * last.frame.time_base if length else Fraction(1, 12))


def _upright(frame: Any, pixel: Fraction, converter: VideoReformatter, name: str, notes: list[str]) -> Frame:
    """One decoded frame, whose pixels are `pixel` times as wide as high, as upright sRGB with square pixels."""
    import numpy as np

    from scenes.conform import scale
    from scenes.media import MAX_PIXELS

    if frame.width * frame.height > MAX_PIXELS:
        raise RenderError(f"{name} grows to {frame.width}x{frame.height}, too large", "scale it below 8192x8192")
    if frame.is_corrupt:
        _note(notes, f"{name} is damaged in places; its decoder has mended what it could")
    if frame.interlaced_frame:
        _note(notes, f"{name} is interlaced; it is used as it is, so fast motion shows combs")
    picture = _rgb(frame, converter, name, notes)
    if pixel != 1:
        picture = scale(picture, max(1, round(frame.width * pixel)), frame.height)
    turns = round(frame.rotation / 90) % 4
    return np.ascontiguousarray(np.rot90(picture, turns)) if turns else picture


def _rgb(frame: Any, converter: VideoReformatter, name: str, notes: list[str]) -> Frame:
    """Convert a frame of any pixel format, matrix, range and transfer to 8-bit sRGB."""
    import numpy as np
    from av.video.reformatter import ColorRange, Colorspace, Interpolation

    from scenes.colour import to_srgb

    form = frame.format.name
    transfer = _TRANSFERS.get(int(frame.color_trc), "sdr")
    primaries = _PRIMARIES.get(int(frame.color_primaries), "bt709")
    coded: dict[str, Any] = {"dst_color_range": ColorRange.JPEG, "threads": 1}
    if not frame.format.is_rgb:
        matrix = int(frame.colorspace)
        if matrix == _UNSPECIFIED:
            standard = frame.height <= _SD_LINES and frame.width <= 1024
            matrix = int(Colorspace.ITU601 if standard else Colorspace.ITU709)
            _note(notes, f"{name} does not say how its colours are coded; BT.{601 if standard else 709} is taken")
        full = int(frame.color_range) == int(ColorRange.JPEG) or form.startswith("yuvj")
        coded["src_colorspace"] = matrix
        coded["src_color_range"] = ColorRange.JPEG if full else ColorRange.MPEG
    coded["interpolation"] = (
        Interpolation.BICUBIC | Interpolation.ACCURATE_RND | Interpolation.BITEXACT | Interpolation.FULL_CHR_H_INT
    )
    if transfer == "sdr" and primaries == "bt709":
        return np.ascontiguousarray(converter.reformat(frame, format="rgb24", **coded).to_ndarray(), dtype=np.uint8)
    _note(notes, f"{name} is {transfer.upper()} footage in {primaries}; its light is fitted to the film's")
    deep = np.asarray(converter.reformat(frame, format="rgb48le", **coded).to_ndarray(), dtype=np.uint16)
    return to_srgb(deep, transfer, primaries)  # type: ignore[arg-type]


def _note(notes: list[str], text: str) -> None:
    """Say something once."""
    if text not in notes:
        notes.append(text)
