"""The self-test of a finished film: planned against measured, from the file that people will play.

A step, so that its report is as reproducible as the film. The measuring itself is done by `watching` and `listening`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from audio.loudness import SILENCE, measure
from projects.steps import Step, Work
from render.identity import sound_identity
from render.lengths import voice_name
from render.listening import REACH, Found, Mono, excerpts, find, read_excerpt, silence
from render.picture import Canvas
from render.timeline import Body, Timeline
from render.watching import COMPARED, Watched, cut_error, frames_near, luma_of, thumb, watch
from scenes.frames import coder_identity, read_frames
from storyboard.errors import InterruptedRender
from storyboard.film import Film
from storyboard.time import SAMPLE_RATE, sample_of_frame

HEARD = 0.2
"""Likeness under which a planned sound counts as not there: speech over loud effects still has twice as much."""

VERSION = "inspection/4"
"""Raised whenever a figure may be measured otherwise."""

SYNC = 15.0
"""Milliseconds that sound may lie off the picture."""

LOUDNESS = 0.3
"""LU by which the finished film may miss its loudness."""

PEAK = -1.0
"""Highest true peak of the finished film, dBTP."""


@dataclass(frozen=True, slots=True)
class PlannedCut:
    """Where a scene's untouched frames begin: in the film, and in its take (the input `take:<scene>`)."""

    scene: str
    frame: int
    take_frame: int
    frames: int

    @property
    def compared(self) -> int:
        """How many frames can be compared there."""
        return min(COMPARED, self.frames)


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
        identity=f"{VERSION}; {sound_identity()}; {coder_identity()}",
    )


def inspect_film(request: InspectionRequest, work: Work, out: Path) -> dict[str, Any]:
    """Measure the film; the report is both the artifact and its facts."""
    film = work.inputs["film"].path
    watched = watch(film, request.rate, frames_near(cut.frame for cut in request.cuts), _teller(request, work))
    cuts = _cuts(request, work, film, watched)
    loudness = measure(film)
    offsets = [abs(cut["av_offset_ms"]) for cut in cuts if cut["av_offset_ms"] is not None]
    report = {
        "frames": watched.frames,
        "frames_planned": request.frames,
        "seconds": float(watched.frames / request.rate),
        "exact_times": watched.exact_times,
        "size": f"{request.width}x{request.height}",
        "colour": watched.colour,
        "black": watched.black,
        "silent": silence(film),
        "cuts": cuts,
        "worst_cut_error_frames": max((abs(cut["error_frames"]) for cut in cuts), default=0),
        "worst_av_offset_ms": max(offsets, default=0.0),
        "lufs": _figure(loudness.integrated),
        "lufs_planned": request.loudness,
        "true_peak_dbtp": _figure(loudness.true_peak),
    }
    report["faults"] = _faults(report, request)
    report["passed"] = not report["faults"]
    out.write_text(json.dumps(report, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    return report


def _figure(level: float) -> float | None:
    """A level rounded for people; None for silence, which has none."""
    return round(level, 2) if math.isfinite(level) and level > SILENCE else None


def _teller(request: InspectionRequest, work: Work) -> Callable[[int], None]:
    """What is done after each frame: progress is told and cancelling heard."""

    def told(number: int) -> None:
        if work.cancelled():
            raise InterruptedRender("stopped while measuring the film")
        work.progress(min(1.0, (number + 1) / request.frames))

    return told


def _cuts(request: InspectionRequest, work: Work, film: Path, watched: Watched) -> list[dict[str, Any]]:
    """Each scene's beginning: planned and measured frame, and how far the sound lies from the picture."""
    sounds = _sound_errors(request, work, film)
    told = []
    for cut in request.cuts:
        due = read_frames(work.inputs[f"take:{cut.scene}"].path, cut.take_frame, cut.take_frame + cut.compared)
        frames = cut_error([thumb(luma_of(picture)) for picture in due], cut.frame, watched.near)
        sound = sounds[cut.scene]
        offset = None if sound is None else float(Fraction(sound.late, SAMPLE_RATE) - frames / request.rate) * 1000
        told.append(
            {
                "scene": cut.scene,
                "planned_frame": cut.frame,
                "error_frames": frames,
                "sound_error_samples": None if sound is None else sound.late,
                "sound_likeness": None if sound is None else sound.likeness,
                "av_offset_ms": None if offset is None else round(offset, 3),
            }
        )
    return told


def _sound_errors(request: InspectionRequest, work: Work, film: Path) -> dict[str, Found | None]:
    """Per scene, where its sound was found: its first line if it has one, else the mix at its start."""
    planned: dict[str, tuple[int, Mono]] = {}
    for cut in request.cuts:
        cue = next((cue for cue in request.cues if cue.scene == cut.scene), None)
        if cue is not None:
            length = min(cue.samples, SAMPLE_RATE)
            planned[cut.scene] = (cue.sample, read_excerpt(work.inputs[cue.source].path, 0, length))
        else:
            at = sample_of_frame(cut.frame, request.rate)
            planned[cut.scene] = (at, read_excerpt(work.inputs["mix"].path, at, SAMPLE_RATE // 2))
    windows = [(at - REACH, len(excerpt) + 2 * REACH) for at, excerpt in planned.values()]
    heard = excerpts(film, windows)
    return {scene: find(sound, excerpt) for (scene, (_, excerpt)), sound in zip(planned.items(), heard, strict=True)}


def _faults(report: dict[str, Any], request: InspectionRequest) -> list[str]:
    """What is not as planned, in words; empty for a film that is."""
    lufs, peak = report["lufs"], report["true_peak_dbtp"]
    checks = {
        f"{report['frames']} frames instead of {request.frames}": report["frames"] != request.frames,
        "frames are not shown at their exact times": not report["exact_times"],
        f"a cut is {report['worst_cut_error_frames']} frames off": report["worst_cut_error_frames"] > 0,
        f"sound lies {report['worst_av_offset_ms']} ms off the picture": report["worst_av_offset_ms"] >= SYNC,
        f"colour is tagged {report['colour']}": report["colour"] != "bt709 limited",
        f"loudness is {lufs} LUFS": lufs is not None and abs(lufs - request.loudness) > LOUDNESS,
        f"true peak is {peak} dBTP": peak is not None and peak > PEAK,
    }
    heard = {cut["scene"]: cut["sound_likeness"] for cut in report["cuts"]}
    unheard = [scene for scene, likeness in heard.items() if likeness is not None and likeness < HEARD]
    checks[f"planned sound is not heard in {', '.join(unheard)}"] = bool(unheard)
    return [words for words, wrong in checks.items() if wrong]
