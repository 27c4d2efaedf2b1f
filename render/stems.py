"""The film's sound apart: stems for an editor, each as long as the film and beginning with its first sample.

Plans and hands over; what a stem sounds like is `audio`'s business.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from audio.mixing.grid import Bus
from audio.mixing.stems import StemRequest
from audio.score import composer
from audio.signal.edges import export_segment
from projects.disk import disk_errors
from projects.steps import Artifact, Step
from projects.workspace import Workspace
from render.chunks import Chunked, Level
from render.delivery import hand_over
from render.identity import sound_identity
from render.music import midi_step, score_step
from render.timeline import Timeline
from storyboard.film import Film
from storyboard.time import SAMPLE_RATE

WAVE = ".wav"

STEMS: Mapping[str, tuple[Bus, ...]] = {
    "dialogue": ("dialogue", "narration"),
    "music": ("music",),
    "effects": ("effects", "clip"),
}
"""The stems that editors ask for, and the buses in each; together they are the whole mix before its limiter."""


def stem_steps(
    film: Film, timeline: Timeline, workspace: Workspace, chunked: Chunked, level: Level, *, parts: bool
) -> list[Step]:
    """The steps of all stems of a soundtrack; with `parts`, of a film's composed score also its parts and its notes."""
    track = chunked.track
    steps = [_stem_step(name, buses, chunked, level) for name, buses in STEMS.items()]
    if not parts or track.scene or film.score.kind != "composed":
        return steps
    played = [score_step(film, timeline, workspace, part) for part in composer(film.score.backend).parts()]
    return [*steps, *played, *([midi_step(film, timeline, workspace)] if played else [])]


def _stem_step(name: str, buses: tuple[Bus, ...], chunked: Chunked, level: Level) -> Step:
    track = chunked.track
    cues = tuple(cue for cue in track.cues if cue.bus in buses)
    return Step(
        name=f"stem:{name}{f':{track.scene}' if track.scene else ''}",
        kind="stem",
        call="audio.mixing.stems:write_stem",
        request=StemRequest(track.samples, cues, track.speech, level.gain_db),
        inputs={cue.input: cue.input for cue in cues},
        suffix=".wav",
        scene=track.scene,
        label=f"the {name} stem",
        cost=track.samples / SAMPLE_RATE / 40,
        identity=sound_identity(),
    )


def hand_over_stems(
    steps: Iterable[Step], made: Mapping[str, Artifact], stem: Path, suffix: str = WAVE
) -> tuple[Path, ...]:
    """Put finished stems into the folder `stems` beside the films; gives their paths.

    With another `suffix` of `audio.signal.edges.FORMATS` than that of a WAV, sounds are written in that format.
    """
    paths = []
    for step in steps:
        kind, _, rest = step.name.partition(":")
        name, _, scene = rest.partition(":")
        named = f"score-{name}" if kind == "score" else name
        path = stem.parent / "stems" / f"{scene or stem.name}-{named}{step.suffix}"
        if step.suffix == WAVE != suffix:
            path = path.with_suffix(suffix)
            _export(made[step.name], path)
        else:
            hand_over(made[step.name].path, path)
        paths.append(path)
    return tuple(paths)


def _export(made: Artifact, path: Path) -> None:
    """Write a stem in the format that its name ends with; a reader never sees half of it."""
    with disk_errors(str(path)):
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f".part-{path.name}")
        try:
            export_segment(made.path, fresh, 0.0, made.facts["samples"] / SAMPLE_RATE + 0.001)
            fresh.replace(path)
        except BaseException:
            fresh.unlink(missing_ok=True)
            raise
