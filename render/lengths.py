"""How long the scenes are: the steps that find it out, voices and the author's footage.

Voices come first because scenes may last as long as they speak. What follows from them is told by `spoken`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from audio.bought import BOUGHT, BuysSpeech
from audio.casting.choice import Casting
from audio.engines import engines
from audio.speaking import readers
from audio.speaking.recording import RecordingRequest
from audio.speaking.speech import SpeakRequest
from projects.steps import Artifact, Step, Work
from projects.weights import files_of_engine
from projects.workspace import Workspace
from render.bought_sounds import bought_line
from render.identity import sound_identity
from render.makers import told
from render.purchases import Purchases
from scenes.frames import coder_identity
from scenes.media import probe
from storyboard.errors import MissingError, WorkprintError
from storyboard.film import Film, FitClip, Line, Scene


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


def length_steps(film: Film, casting: Casting, workspace: Workspace, purchases: Purchases) -> list[Step]:
    """The steps of all lines, and of all footage that sets the length of its scene."""
    # Where an engine does not tell when each word is spoken, a reading of the same text does.
    reader = f"{sound_identity()}; {readers.identity(film.language)}"
    steps = [
        step
        for scene in film.scenes
        for line in scene.lines
        for step in _voice_steps(film, scene, line, casting, workspace, reader, purchases)
    ]
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


def _voice_steps(
    film: Film,
    scene: Scene,
    line: Line,
    casting: Casting,
    workspace: Workspace,
    reader: str,
    purchases: Purchases,
) -> list[Step]:
    """The steps that buy and speak one line, or take the author's recording; `reader` is what places its words."""
    step = _voice_step(film, scene, line, casting, workspace, reader)
    request = step.request
    if step.blocked or not isinstance(request, SpeakRequest):
        return [step]
    engine = engines()[request.engine]
    if not isinstance(engine, BuysSpeech):
        return [step]
    label = f"{scene.id}: buy what {line.by.name or 'the narrator'} says"
    bought = bought_line(purchases, scene.id, line.id, engine, request.voice, label)
    return [bought, replace(step, inputs={BOUGHT: bought.name})]


def _voice_step(film: Film, scene: Scene, line: Line, casting: Casting, workspace: Workspace, reader: str) -> Step:
    """The step that speaks one line, or takes the author's recording of it; `reader` is what places its words."""
    plain = Step(
        name=voice_name(scene.id, line.id),
        kind="voice",
        call="audio.speaking.speech:speak_line",
        request=None,
        suffix=".wav",
        scene=scene.id,
        label=f"{scene.id}: {line.by.name or 'narrator'} speaks",
        cost=0.3 + len(line.text) / 200,
    )
    if line.file:
        files, blocked = author_files(workspace, {"recording": line.file})
        recording = RecordingRequest(line.file, line.text, film.language, film.pronounce)
        return replace(
            plain,
            call="audio.speaking.recording:take_recording",
            request=recording,
            files=files,
            blocked=blocked,
            identity=f"{reader}; {coder_identity()}",
        )
    part = casting.voices.get(line.by.id)
    if part is None:
        problems = "; ".join(told(problem) for problem in casting.problems)
        return replace(plain, request=line.text, blocked=problems or f"{line.by.name} has no voice")
    engine = engines()[part.engine]
    request = SpeakRequest(part.engine, part.request(line.text, line.emotion))
    try:
        files, blocked = files_of_engine(engine, part.model, workspace.folder), ""
    except WorkprintError as problem:
        files, blocked = {}, told(problem)
    return replace(plain, request=request, files=files, blocked=blocked, identity=f"{engine.identity()}; {reader}")


def author_files(workspace: Workspace, names: Mapping[str, str]) -> tuple[dict[str, Path], str]:
    """The author's files by name -> absolute path, and why one of them cannot be used ("" when all can)."""
    found: dict[str, Path] = {}
    for name, relative in names.items():
        try:
            found[name] = workspace.resolve_media(relative)
        except MissingError as problem:
            return {}, told(problem)
    return found, ""


def clip_lengths(film: Film, made: Mapping[str, Artifact]) -> dict[str, Fraction]:
    """Seconds of the whole footage of each scene that was measured."""
    return {
        scene.id: Fraction(made[f"probe:{scene.id}"].facts["seconds"])
        for scene in film.scenes
        if f"probe:{scene.id}" in made
    }
