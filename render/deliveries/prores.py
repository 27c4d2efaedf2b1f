"""The pieces of a master: the film's bodies and transitions in ProRes 422 HQ, ten bits, straight from the takes.

No coded picture lies between a take and the master. Step functions and their plan; they know nothing of the sound.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from projects.steps import Step, Work
from render.pieces import BodyRequest, JoinRequest, blended
from render.shift import Laid
from scenes.frames import I420, TICKS_PER_FRAME
from scenes.takes import take_frames
from storyboard.errors import InterruptedRender

if TYPE_CHECKING:
    import av

VERSION = "prores/1"
"""Raised whenever other bytes come of the same pictures."""

_HIGH_QUALITY = {"profile": "hq", "vendor": "apl0"}


@dataclass(frozen=True, slots=True)
class ProresRequest:
    """A piece of a film that is coded as ProRes instead of as the piece says."""

    piece: BodyRequest | JoinRequest


def prores_steps(laid: Laid) -> list[Step]:
    """The steps that code each piece of the order's one cut, in the film's order."""
    tag = laid.breakdown.targets[0].canvas.tag
    return [_prores(laid.graph[f"{piece.name}@{tag}"]) for piece in laid.timeline.pieces]


def _prores(step: Step) -> Step:
    return replace(
        step,
        name=f"prores:{step.name}",
        call="render.deliveries.prores:make_prores",
        request=ProresRequest(step.request),
        suffix=".mov",
        label=f"{step.label} (ProRes)",
        identity=f"{VERSION}; {step.identity}",
    )


def make_prores(request: ProresRequest, work: Work, out: Path) -> dict[str, Any]:
    """Code one piece. Facts: `frames`."""
    piece = request.piece
    shown: Iterable[I420 | av.VideoFrame]
    if isinstance(piece, BodyRequest):
        count = piece.last - piece.first
        shown = take_frames(work.inputs["take"], piece.first, piece.last)
    else:
        count, shown = piece.frames, blended(piece, work)
    return {"frames": _write(out, _watched(shown, count, work), piece.width, piece.height, piece.rate)}


def _watched(pictures: Iterable[Any], count: int, work: Work) -> Iterator[Any]:
    for number, picture in enumerate(pictures):
        if work.cancelled():
            raise InterruptedRender("stopped while coding the master")
        yield picture
        work.progress((number + 1) / count)


def _write(out: Path, pictures: Iterable[Any], width: int, height: int, rate: Fraction) -> int:
    """Code 4:2:0 pictures of eight bits as 4:2:2 of ten; gives how many there were."""
    import av
    from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc, VideoReformatter

    converter, count = VideoReformatter(), 0
    ticks = rate.numerator * TICKS_PER_FRAME
    with av.open(str(out), "w", format="mov", options={"video_track_timescale": str(ticks)}) as film:
        stream: Any = film.add_stream("prores_ks", rate, _HIGH_QUALITY)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv422p10le"
        stream.time_base = Fraction(1, ticks)
        coder = stream.codec_context
        coder.thread_count, coder.time_base, coder.sample_aspect_ratio = 1, 1 / rate, Fraction(1, 1)
        coder.color_range, coder.colorspace = ColorRange.MPEG, Colorspace.ITU709
        coder.color_primaries, coder.color_trc = ColorPrimaries.BT709, ColorTrc.BT709
        for picture in pictures:
            frame = converter.reformat(_frame(picture), format="yuv422p10le", threads=1)
            frame.pts, frame.time_base = count, 1 / rate
            film.mux(stream.encode(frame))
            count += 1
        film.mux(stream.encode(None))
    return count


def _frame(picture: Any) -> av.VideoFrame:
    """A decoded frame as it is, or an array of 4:2:0 samples as one."""
    import av
    from av.video.reformatter import ColorRange, Colorspace

    if isinstance(picture, av.VideoFrame):
        return picture
    frame = av.VideoFrame.from_ndarray(picture, format="yuv420p")
    frame.colorspace, frame.color_range = Colorspace.ITU709, ColorRange.MPEG
    return frame
