"""The self-test of a finished film: planned against measured, from the file that people will play.

What was seen in the pieces (`rushes`) counts for the film once their coded bytes are found in it, each at its place
and time: so the cost of the test is that of what changed. A step, so that its report is as reproducible as the film.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audio.mixing.grid import PACKET
from audio.signal.loudness import SILENCE
from projects.steps import Step, Work
from render.identity import sound_identity
from render.listening import Heard, combined
from render.rushes import rush_name
from render.timeline import Body, Timeline
from scenes.frames import coder_identity
from storyboard.film import Film
from storyboard.time import SAMPLE_RATE

if TYPE_CHECKING:
    from render.picture import Canvas
    from render.stored import Stored

HEARD = 0.2
"""Likeness under which a planned sound counts as not there: speech over loud effects still has twice as much."""

VERSION = "inspection/6"
"""Raised whenever a figure may be measured otherwise."""

SYNC = 15.0
"""Milliseconds that sound may lie off the picture."""

LOUDNESS = 0.3
"""LU by which the finished film may miss its loudness."""

PEAK = -1.0
"""Highest true peak of the finished film, dBTP."""


@dataclass(frozen=True, slots=True)
class PlannedPiece:
    """A piece of the film, seen by the input `rush`: its first frame in the film, its length, a body's scene or ""."""

    rush: str
    start: int
    frames: int
    scene: str = ""


@dataclass(frozen=True, slots=True)
class InspectionRequest:
    """What the film should be."""

    frames: int
    samples: int
    rate: Fraction
    width: int
    height: int
    pieces: tuple[PlannedPiece, ...]
    heard: tuple[str, ...]
    """Inputs: what was heard in each chunk of the sound, in order."""
    loudness: float


def check_step(film: Film, timeline: Timeline, canvas: Canvas, joined: str, heard: Sequence[str]) -> Step:
    """The step that inspects one cut of the film; `heard` names the steps that listened to its sound, in order."""
    names = [rush_name(f"{piece.name}@{canvas.tag}") for piece in timeline.pieces]
    return Step(
        name=f"check@{canvas.tag}",
        kind="check",
        call="render.inspection:inspect_film",
        request=InspectionRequest(
            frames=timeline.frames,
            samples=timeline.samples,
            rate=film.rate,
            width=canvas.width,
            height=canvas.height,
            pieces=tuple(
                PlannedPiece(name, piece.start, piece.frames, piece.scene if isinstance(piece, Body) else "")
                for name, piece in zip(names, timeline.pieces, strict=True)
            ),
            heard=tuple(heard),
            loudness=film.loudness,
        ),
        inputs={
            "film": joined,
            **{name: name for name in (*names, *heard)},
        },
        suffix=".json",
        label=f"measure {canvas.cut}",
        cost=timeline.frames / 4000,
        identity=f"{VERSION}; {sound_identity()}; {coder_identity()}",
    )


def inspect_film(request: InspectionRequest, work: Work, out: Path) -> dict[str, Any]:
    """Measure the film; the report is both the artifact and its facts."""
    from render.flashing import counted
    from render.flashing import told as warned
    from render.stored import look_into
    from render.watching import joined_runs, long_runs

    film = work.inputs["film"].path
    stored = look_into(film)
    seen = [work.inputs[piece.rush].facts for piece in request.pieces]
    places = _places(film, stored, seen)
    told = [work.inputs[name].facts for name in request.heard]
    heard = combined(told)
    cuts = _cuts(request, heard, seen, places)
    offsets = [abs(cut["av_offset_ms"]) for cut in cuts if cut["av_offset_ms"] is not None]
    dark = joined_runs([(place or 0, facts["dark"]) for place, facts in zip(places, seen, strict=True)])
    lights = [(place or 0, facts["flashing"]) for place, facts in zip(places, seen, strict=True)]
    flashing = counted(lights, request.rate)
    report = {
        "frames": len(stored.picture),
        "frames_planned": request.frames,
        "seconds": float(len(stored.picture) / request.rate),
        "exact_times": _exact(stored, request) and all(facts["exact_times"] for facts in seen),
        "size": stored.size,
        "colour": _colour(stored, seen),
        "foreign": [piece.start for piece, place in zip(request.pieces, places, strict=True) if place is None],
        "flashing": {"most_changes_a_second": flashing.most, "spans": [list(span) for span in flashing.spans]},
        "black": long_runs(dark, float(1 / request.rate)),
        "foreign_sound": _foreign_sound(film, stored, told),
        "silent": heard.silent,
        "cuts": cuts,
        "worst_cut_error_frames": max((abs(cut["error_frames"]) for cut in cuts), default=0),
        "worst_av_offset_ms": max(offsets, default=0.0),
        "lufs": _figure(heard.loudness.integrated),
        "lufs_planned": request.loudness,
        "true_peak_dbtp": _figure(heard.loudness.true_peak),
    }
    report["notes"] = [note] if (note := warned(flashing)) else []
    report["faults"] = _faults(report, request)
    report["passed"] = not report["faults"]
    out.write_text(json.dumps(report, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    return report


def _places(film: Path, stored: Stored, seen: Sequence[Mapping[str, Any]]) -> list[int | None]:
    """The frame of the film at which each piece's own coded bytes begin; None where others lie in their place."""
    from render.stored import payload_digests

    counts = [int(facts["frames"]) for facts in seen]
    digests = payload_digests(film, stored.picture, counts)
    starts = accumulate(counts, initial=0)
    return [
        start if digest == facts["sha256"] else None
        for start, digest, facts in zip(starts, digests, seen, strict=False)
    ]


def _exact(stored: Stored, request: InspectionRequest) -> bool:
    """Whether picture and sound begin at once, follow at exactly their rates, and the sound ends on its last sample."""
    from render.stored import evenly_timed

    picture = stored.picture.start == 0 and evenly_timed(stored.picture, 1 / request.rate)
    if stored.sound is None:
        return picture
    heard = stored.sound.start == 0 and evenly_timed(stored.sound, Fraction(PACKET, SAMPLE_RATE))
    return picture and heard and stored.sound.seconds == Fraction(request.samples, SAMPLE_RATE)


def _colour(stored: Stored, seen: Sequence[Mapping[str, Any]]) -> str:
    """What the film and all its pieces are tagged as; the first odd one where they differ."""
    tags = [stored.colour, *(str(facts["colour"]) for facts in seen)]
    return next((tag for tag in tags if tag != tags[0]), tags[0])


def _figure(level: float) -> float | None:
    """A level rounded for people; None for silence, which has none."""
    return round(level, 2) if math.isfinite(level) and level > SILENCE else None


def _cuts(
    request: InspectionRequest,
    heard: Heard,
    seen: Sequence[Mapping[str, Any]],
    places: Sequence[int | None],
) -> list[dict[str, Any]]:
    """Each scene's beginning: planned and measured frame, and how far the sound lies from the picture."""
    told = []
    for piece, facts, place in zip(request.pieces, seen, places, strict=True):
        if not piece.scene:
            continue
        frames = (piece.start if place is None else place) - piece.start + int(facts["late"])
        sound = heard.found.get(piece.scene)
        offset = None if sound is None else float(Fraction(sound.late, SAMPLE_RATE) - frames / request.rate) * 1000
        told.append(
            {
                "scene": piece.scene,
                "planned_frame": piece.start,
                "error_frames": frames,
                "sound_error_samples": None if sound is None else sound.late,
                "sound_likeness": None if sound is None else sound.likeness,
                "av_offset_ms": None if offset is None else round(offset, 3),
            }
        )
    return told


def _foreign_sound(film: Path, stored: Stored, told: Sequence[Mapping[str, Any]]) -> list[int]:
    """Numbers of the chunks whose coded bytes do not lie in their place in the film."""
    from render.stored import payload_digests

    counts = [int(facts["packets"]) for facts in told]
    if stored.sound is None or len(stored.sound) != sum(counts):
        return list(range(len(told)))
    digests = payload_digests(film, stored.sound, counts)
    return [number for number, facts in enumerate(told) if digests[number] != facts["sha256"]]


def _faults(report: dict[str, Any], request: InspectionRequest) -> list[str]:
    """What is not as planned, in words; empty for a film that is."""
    lufs, peak = report["lufs"], report["true_peak_dbtp"]
    checks = {
        f"{report['frames']} frames instead of {request.frames}": report["frames"] != request.frames,
        "frames or sounds do not come at their exact times": not report["exact_times"],
        f"the picture from frame {next(iter(report['foreign']), 0)} on is not the one that was made": bool(
            report["foreign"]
        ),
        f"the sound from chunk {next(iter(report['foreign_sound']), 0)} on is not the one that was made": bool(
            report["foreign_sound"]
        ),
        f"the picture is {report['size']}": report["size"] != f"{request.width}x{request.height}",
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
