"""How long the scenes are: the steps that find it out (voices, the author's footage), and the schedule that follows.

Voices come first because scenes may last as long as they speak. What is not spoken yet is estimated, and the
schedule says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from audio.casting import Casting
from audio.engines import engines
from audio.recording import RecordingRequest
from audio.speech import SpeakRequest
from projects.steps import Artifact, Step, Work
from projects.workspace import Workspace
from render.identity import sound_identity
from render.makers import told
from scenes.frames import coder_identity
from scenes.media import probe
from storyboard.errors import MissingError, Severity, StoryboardError
from storyboard.film import Film, FitClip, Line, Scene
from storyboard.node import Places
from storyboard.schedule import Schedule, schedule
from storyboard.time import SAMPLE_RATE


@dataclass(frozen=True, slots=True)
class ProbeRequest:
    """The author's clip, named as the storyboard names it."""

    name: str


def probe_clip(request: ProbeRequest, work: Work, out: Path) -> dict[str, Any]:
    """Measure a clip; the facts hold its length in seconds as an exact fraction."""
    info = probe(work.files["clip"], request.name)
    seconds = str(info.seconds)
    out.write_text(seconds, encoding="utf-8")
    return {"seconds": seconds, "width": info.width, "height": info.height}


def voice_name(scene_id: str, line_id: str) -> str:
    """Name of the step that makes a line."""
    return f"voice:{scene_id}/{line_id}"


def length_steps(film: Film, casting: Casting, workspace: Workspace) -> list[Step]:
    """The steps of all lines, and of all footage that sets the length of its scene."""
    steps = [_voice_step(scene, line, casting, workspace) for scene in film.scenes for line in scene.lines]
    for scene in film.scenes:
        if isinstance(scene.length, FitClip) and scene.clip:
            files, blocked = author_files(workspace, {"clip": scene.clip})
            steps.append(
                Step(
                    name=f"probe:{scene.id}",
                    kind="probe",
                    call="render.lengths:probe_clip",
                    request=ProbeRequest(scene.clip),
                    files=files,
                    suffix=".txt",
                    scene=scene.id,
                    label=f"{scene.id}: measure the clip",
                    cost=0.1,
                    blocked=blocked,
                    identity=coder_identity(),
                )
            )
    return steps


def _voice_step(scene: Scene, line: Line, casting: Casting, workspace: Workspace) -> Step:
    """The step that speaks one line, or takes the author's recording of it."""
    plain = Step(
        name=voice_name(scene.id, line.id),
        kind="voice",
        call="audio.speech:speak_line",
        request=None,
        suffix=".wav",
        scene=scene.id,
        label=f"{scene.id}: {line.by.name or 'narrator'} speaks",
        cost=0.3 + len(line.text) / 200,
    )
    if line.file:
        files, blocked = author_files(workspace, {"recording": line.file})
        recording = RecordingRequest(name=line.file, text=line.text)
        return replace(
            plain,
            call="audio.recording:take_recording",
            request=recording,
            files=files,
            blocked=blocked,
            identity=f"{sound_identity()}; {coder_identity()}",
        )
    part = casting.voices.get(line.by.id)
    if part is None:
        problems = "; ".join(told(problem) for problem in casting.problems)
        return replace(plain, request=line.text, blocked=problems or f"{line.by.name} has no voice")
    engine = engines()[part.engine].identity()
    request = SpeakRequest(part.engine, part.request(line.text, line.emotion))
    return replace(plain, request=request, identity=f"{engine}; {sound_identity()}")


def author_files(workspace: Workspace, names: Mapping[str, str]) -> tuple[dict[str, Path], str]:
    """The author's files by name -> absolute path, and why one of them cannot be used ("" when all can)."""
    found: dict[str, Path] = {}
    for name, relative in names.items():
        try:
            found[name] = workspace.resolve_media(relative)
        except MissingError as problem:
            return {}, told(problem)
    return found, ""


def scheduled(film: Film, made: Mapping[str, Artifact], places: Places | None) -> Schedule:
    """The schedule after everything that has been made so far.

    Raises StoryboardError where a transition does not fit; `places` tell where it was written.
    """
    spoken = {
        (scene.id, line.id): Fraction(made[name].facts["samples"], SAMPLE_RATE)
        for scene in film.scenes
        for line in scene.lines
        if (name := voice_name(scene.id, line.id)) in made
    }
    clips = {
        scene.id: Fraction(made[f"probe:{scene.id}"].facts["seconds"])
        for scene in film.scenes
        if f"probe:{scene.id}" in made
    }
    made_up = schedule(film, spoken, clips, places)
    errors = tuple(d for d in made_up.diagnostics if d.severity is Severity.ERROR)
    if errors:
        raise StoryboardError(errors)
    return made_up


def envelopes(film: Film, made: Mapping[str, Artifact]) -> dict[tuple[str, str], Sequence[int]]:
    """Loudness of each spoken line, 0..100 per 1/100 s, for the lips."""
    return {
        (scene.id, line.id): made[name].facts["envelope"]
        for scene in film.scenes
        for line in scene.lines
        if (name := voice_name(scene.id, line.id)) in made
    }
