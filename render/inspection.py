"""The self-test of a finished film: planned against measured, from the file that people will play.

Decodes the film once and keeps only figures. A step, so that its report is as reproducible as the film.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from audio.loudness import measure
from projects.steps import Step, Work
from render.lengths import voice_name
from render.listening import REACH, excerpts, read_excerpt, shift
from render.picture import Canvas
from render.timeline import Body, Timeline
from scenes.frames import read_frames
from storyboard.errors import InterruptedRender
from storyboard.film import Film
from storyboard.time import sample_of_frame

REACH_FRAMES = 3
"""How far, in frames, a cut is looked for before and after its planned place."""

COMPARED = 4
"""Frames compared at each cut."""

BLACK = 20.0
"""Mean luma (limited range, black is 16) under which a frame counts as black."""

SPAN = 0.5
"""Seconds of black or silence that are worth telling."""

IDENTITY = "inspection/1"

Thumb = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class PlannedCut:
    """Where a scene's untouched frames begin: in the film, and in its take (the input `take:<scene>`)."""

    scene: str
    frame: int
    take_frame: int
    frames: int


@dataclass(frozen=True, slots=True)
class PlannedCue:
    """Where a line was laid; its voice is the input `source`."""

    scene: str
    source: str
    sample: int
    samples: int


@dataclass(frozen=True, slots=True)
class InspectionRequest:
    """What the film should be."""

    frames: int
    rate: Fraction
    width: int
    height: int
    cuts: tuple[PlannedCut, ...]
    cues: tuple[PlannedCue, ...]
    loudness: float


def check_step(film: Film, timeline: Timeline, canvas: Canvas, joined: str) -> Step:
    """The step that inspects one cut of the film."""
    bodies = [piece for piece in timeline.pieces if isinstance(piece, Body)]
    cues = tuple(
        PlannedCue(cue.scene_id, voice_name(cue.scene_id, cue.line_id), cue.first_sample, cue.samples)
        for cue in timeline.cues
    )
    return Step(
        name=f"check@{canvas.tag}",
        kind="check",
        call="render.inspection:inspect_film",
        request=InspectionRequest(
            frames=timeline.frames,
            rate=film.rate,
            width=canvas.width,
            height=canvas.height,
            cuts=tuple(PlannedCut(body.scene, body.start, body.first, body.frames) for body in bodies),
            cues=cues,
            loudness=film.loudness,
        ),
        inputs={
            "film": joined,
            "mix": "mix",
            **{cue.source: cue.source for cue in cues},
            **{f"take:{body.scene}": f"take:{body.scene}@{canvas.tag}" for body in bodies},
        },
        suffix=".json",
        label=f"measure {canvas.cut}",
        cost=timeline.frames / 400,
        identity=IDENTITY,
    )


def inspect_film(request: InspectionRequest, work: Work, out: Path) -> dict[str, Any]:
    """Measure the film; the report is both the artifact and its facts."""
    film = work.inputs["film"].path
    picture = _picture(request, work, film)
    cuts = _cuts(request, work, film, picture.pop("near"))
    loudness = measure(film)
    report = {
        **picture,
        "cuts": cuts,
        "worst_cut_error_frames": max((abs(cut["error_frames"]) for cut in cuts), default=0),
        "worst_av_offset_ms": max(
            (abs(cut["av_offset_ms"]) for cut in cuts if cut["av_offset_ms"] is not None), default=0.0
        ),
        "lufs": round(loudness.integrated, 2) if np.isfinite(loudness.integrated) else None,
        "lufs_planned": request.loudness,
        "true_peak_dbtp": round(loudness.true_peak, 2) if np.isfinite(loudness.true_peak) else None,
        "silent": _silent(film),
    }
    report["passed"] = _passed(report, request)
    out.write_text(json.dumps(report, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    return report


def _picture(request: InspectionRequest, work: Work, film: Path) -> dict[str, Any]:
    """Frame count, exact times, colour tags, black spans, and thumbnails near each planned cut (`near`)."""
    wanted = {cut.frame + offset for cut in request.cuts for offset in range(-REACH_FRAMES, REACH_FRAMES + COMPARED)}
    near: dict[int, Thumb] = {}
    dark: list[bool] = []
    exact = True
    with av.open(str(film)) as media:
        stream = media.streams.video[0]
        stream.thread_type = "AUTO"
        for number, frame in enumerate(media.decode(stream)):
            if work.cancelled():
                raise InterruptedRender("stopped while measuring the film")
            exact = exact and frame.pts * frame.time_base == number / request.rate
            luma = _luma(frame)
            dark.append(float(luma[::8, ::8].mean()) < BLACK)
            if number in wanted:
                near[number] = _thumb(luma)
            work.progress(min(1.0, (number + 1) / request.frames))
        context = stream.codec_context
        tags = [
            str(int(tag))
            for tag in (context.color_primaries, context.color_trc, context.colorspace, context.color_range)
        ]
    return {
        "frames": len(dark),
        "frames_planned": request.frames,
        "seconds": float(Fraction(len(dark)) / request.rate),
        "exact_times": exact,
        "size": f"{request.width}x{request.height}",
        "colour": "bt709 limited" if tags == ["1", "1", "1", "1"] else "/".join(tags),
        "black": _spans(dark, float(1 / request.rate)),
        "near": near,
    }


def _luma(frame: Any) -> NDArray[np.uint8]:
    """The luma plane of a decoded frame, without copying the chroma."""
    plane = frame.planes[0]
    rows = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)
    return rows[: frame.height, : frame.width]


def _thumb(luma: NDArray[np.uint8]) -> Thumb:
    """A small picture by block means, about 64 samples wide: enough to tell one frame from the next."""
    step = max(1, luma.shape[1] // 64)
    rows, columns = luma.shape[0] // step * step, luma.shape[1] // step * step
    blocks = luma[:rows, :columns].reshape(rows // step, step, columns // step, step)
    return blocks.mean(axis=(1, 3), dtype=np.float32)


def _cuts(request: InspectionRequest, work: Work, film: Path, near: dict[int, Thumb]) -> list[dict[str, Any]]:
    """Each scene's beginning: planned and measured frame, and how far the sound lies from the picture."""
    pictures = {cut.scene: _picture_error(cut, work, near) for cut in request.cuts}
    sounds = _sound_errors(request, work, film)
    told = []
    for cut in request.cuts:
        frames, sound = pictures[cut.scene], sounds[cut.scene]
        offset = None if sound is None else float(Fraction(sound, 48_000) - Fraction(frames) / request.rate) * 1000
        told.append(
            {
                "scene": cut.scene,
                "planned_frame": cut.frame,
                "error_frames": frames,
                "sound_error_samples": sound,
                "av_offset_ms": None if offset is None else round(offset, 3),
            }
        )
    return told


def _picture_error(cut: PlannedCut, work: Work, near: dict[int, Thumb]) -> int:
    """By how many frames the take's frames lie later in the film than planned.

    Where nothing moves every place looks alike; then the planned one is believed.
    """
    count = min(COMPARED, cut.frames)
    take = work.inputs[f"take:{cut.scene}"].path
    height = work.inputs[f"take:{cut.scene}"].facts["height"]
    due = [_thumb(picture[:height]) for picture in read_frames(take, cut.take_frame, cut.take_frame + count)]
    errors = {}
    for offset in range(-REACH_FRAMES, REACH_FRAMES + 1):
        shown = [near.get(cut.frame + offset + number) for number in range(count)]
        if all(thumb is not None for thumb in shown):
            errors[offset] = float(np.mean([np.abs(a - b).mean() for a, b in zip(due, shown, strict=True)]))
    best = min(errors, key=lambda offset: (errors[offset], abs(offset)), default=0)
    return 0 if 0 in errors and errors[0] <= errors[best] * 1.02 + 0.02 else best


def _sound_errors(request: InspectionRequest, work: Work, film: Path) -> dict[str, int | None]:
    """Per scene, by how many samples its sound lies late: its first line if it has one, else the mix at its start."""
    planned: dict[str, tuple[int, Any]] = {}
    for cut in request.cuts:
        cue = next((cue for cue in request.cues if cue.scene == cut.scene), None)
        if cue is not None:
            length = min(cue.samples, 48_000)
            planned[cut.scene] = (cue.sample, read_excerpt(work.inputs[cue.source].path, 0, length))
        else:
            at = sample_of_frame(cut.frame, request.rate)
            planned[cut.scene] = (at, read_excerpt(work.inputs["mix"].path, at, 24_000))
    windows = [(at - REACH, len(excerpt) + 2 * REACH) for at, excerpt in planned.values()]
    heard = excerpts(film, windows)
    return {scene: shift(sound, excerpt) for (scene, (_, excerpt)), sound in zip(planned.items(), heard, strict=True)}


def _silent(film: Path) -> list[list[float]]:
    """Spans of silence (under -60 dBFS), in seconds."""
    quiet = [level < 1e-3 for level in _levels(film)]
    return _spans(quiet, 0.1)


def _levels(film: Path) -> Iterator[float]:
    """The root mean square of each tenth of a second."""
    with av.open(str(film)) as media:
        rest = np.zeros(0, np.float32)
        for frame in media.decode(audio=0):
            rest = np.concatenate([rest, frame.to_ndarray().mean(axis=0)])
            while len(rest) >= 4800:
                yield float(np.sqrt(np.mean(np.square(rest[:4800], dtype=np.float64))))
                rest = rest[4800:]


def _spans(flags: list[bool], step: float) -> list[list[float]]:
    """Runs of true flags that last at least SPAN, as [start, end] in seconds."""
    found, begin = [], None
    for number, flag in enumerate([*flags, False]):
        if flag and begin is None:
            begin = number
        if not flag and begin is not None:
            if (number - begin) * step >= SPAN:
                found.append([round(begin * step, 3), round(number * step, 3)])
            begin = None
    return found


def _passed(report: dict[str, Any], request: InspectionRequest) -> bool:
    """Whether the film is what was planned: frames, times, cuts, sync, loudness, peak, colour."""
    return bool(
        report["frames"] == request.frames
        and report["exact_times"]
        and report["worst_cut_error_frames"] == 0
        and report["worst_av_offset_ms"] < 15
        and report["colour"] == "bt709 limited"
        and (report["lufs"] is None or abs(report["lufs"] - request.loudness) <= 0.3)
        and (report["true_peak_dbtp"] is None or report["true_peak_dbtp"] <= -1.0)
    )
