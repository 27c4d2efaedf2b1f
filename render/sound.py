"""The sound of a film as steps: effects, the score, the mix on one bus for all cuts, and its coding.

Every sound sits at a sample offset computed from frames. Plans only; nothing here is heard.
"""

from __future__ import annotations

from dataclasses import dataclass

from audio import encode, mix
from audio.effects import EffectRequest, natural_length
from audio.files import SoundFileRequest
from audio.score import ComposeRequest, Section
from projects.plugins import load
from projects.steps import Step
from projects.workspace import Workspace
from render.identity import sound_identity
from render.lengths import author_files, voice_name
from render.timeline import Timeline
from scenes.frames import coder_identity
from storyboard.film import Film, Scene, Sound
from storyboard.time import SAMPLE_RATE, sample_of_frame

CEILING = -2.2
"""Highest true peak of the mix in dBTP: the coded film may rise above it by a decibel and still keep -1."""

EDGE = SAMPLE_RATE // 2
"""Fade of an ambience at the edges of its scene, in samples, where the transition is shorter."""


ENERGY = {"run": 0.9, "fall": 0.8, "wave": 0.6, "walk": 0.55, "enter": 0.55, "exit": 0.55, "sit": 0.3, "kneel": 0.3}
"""How lively an action makes the music, 0..1; others lie at 0.4."""


@dataclass(frozen=True, slots=True)
class Laid:
    """Where a sound of a scene lies in the film, in samples."""

    at: int
    samples: int


def sound_steps(film: Film, timeline: Timeline, workspace: Workspace, scene: str = "") -> list[Step]:
    """All steps of the sound except the voices, which are made before the timeline is.

    The last one is `sound`. With `scene`, the timeline is that of one scene by itself: no score, names end in the
    scene's id.
    """
    tag = f":{scene}" if scene else ""
    steps: list[Step] = []
    cues = [
        mix.MixCue(
            input=voice_name(cue.scene_id, cue.line_id), bus="voice", at_sample=cue.first_sample, samples=cue.samples
        )
        for cue in timeline.cues
    ]
    for slot in timeline.slots:
        of_slot = film.scene(slot.scene_id)
        for sound in of_slot.sounds:
            step, cue = _sound(film, of_slot, sound, timeline, workspace)
            steps.append(step)
            cues.append(cue)
    if film.score.kind != "none" and not scene:
        steps.append(_score_step(film, timeline, workspace))
        cues.append(
            mix.MixCue(input="score", bus="music", at_sample=0, samples=timeline.samples, gain_db=film.score.level)
        )
    mixed = mix_step(film, f"mix{tag}", timeline.samples, cues, scene)
    return [*steps, mixed, encode_step(f"sound{tag}", mixed.name, scene)]


def mix_step(film: Film, name: str, samples: int, cues: list[mix.MixCue], scene: str = "") -> Step:
    """The step that mixes cues whose inputs are the names of other steps."""
    names = sorted({cue.input for cue in cues})
    return Step(
        name=name,
        kind="mix",
        call="audio.mix:mix_film",
        request=mix.MixRequest(samples=samples, cues=tuple(cues), loudness=film.loudness, ceiling=CEILING),
        inputs={source: source for source in names},
        suffix=".wav",
        scene=scene,
        label="mix",
        cost=samples / SAMPLE_RATE / 20,
        identity=sound_identity(),
    )


def encode_step(name: str, mixed: str, scene: str = "") -> Step:
    """The step that codes a mix as AAC."""
    return Step(
        name=name,
        kind="sound",
        call="audio.encode:encode_sound",
        request=encode.EncodeRequest(),
        inputs={"mix": mixed},
        suffix=".m4a",
        scene=scene,
        label="encode sound",
        cost=1.0,
        identity=f"{sound_identity()}; {coder_identity()}",
    )


def _sound(film: Film, scene: Scene, sound: Sound, timeline: Timeline, workspace: Workspace) -> tuple[Step, mix.MixCue]:
    """The step and the cue of one effect or file of a scene."""
    name = f"effect:{scene.id}/{sound.id}"
    laid = _laid(film, scene, sound, timeline)
    slot = timeline.slot(scene.id)
    if sound.file:
        files, blocked = author_files(workspace, {"sound": sound.file})
        step = Step(
            name,
            "effect",
            "audio.files:bring_in",
            SoundFileRequest(sound.file),
            files=files,
            suffix=".wav",
            scene=scene.id,
            label=f"{scene.id}: {sound.file}",
            cost=0.3,
            blocked=blocked,
            identity=f"{sound_identity()}; {coder_identity()}",
        )
        return step, mix.MixCue(
            input=name, bus="effects", at_sample=laid.at, samples=laid.samples, gain_db=sound.level, fade_out=EDGE // 10
        )
    request = EffectRequest(effect=sound.effect, samples=laid.samples, seed=scene.seed)
    step = Step(
        name,
        "effect",
        "audio.effects:make_effect",
        request,
        suffix=".wav",
        scene=scene.id,
        label=f"{scene.id}: {sound.effect}",
        cost=laid.samples / SAMPLE_RATE / 30,
        identity=sound_identity(),
    )
    ambience = natural_length(sound.effect) == 0
    starts, ends = ambience and sound.at == 0, ambience and sound.length == 0
    fade_in = max(EDGE, sample_of_frame(slot.overlap_in, film.rate)) if starts else 0
    fade_out = max(EDGE, sample_of_frame(slot.overlap_out, film.rate)) if ends else 0
    return step, mix.MixCue(
        input=name,
        bus="effects",
        at_sample=laid.at,
        samples=laid.samples,
        gain_db=sound.level,
        fade_in=min(fade_in, laid.samples // 3),
        fade_out=min(fade_out, laid.samples // 3),
    )


def _laid(film: Film, scene: Scene, sound: Sound, timeline: Timeline) -> Laid:
    """Where the sound lies: from its time in the scene for as long as written, as it is, or as the scene lasts.

    Its length is counted from the scene's own beginning: where the scene lies in the film does not change the sound.
    """
    slot = timeline.slot(scene.id)
    late = round(sound.at * SAMPLE_RATE)
    first = sample_of_frame(slot.start, film.rate) + late
    if sound.length:
        return Laid(first, round(sound.length * SAMPLE_RATE))
    if sound.file:
        return Laid(first, 0)
    rest = sample_of_frame(slot.frames, film.rate) - late
    return Laid(first, natural_length(sound.effect) or max(SAMPLE_RATE // 10, rest))


def _score_step(film: Film, timeline: Timeline, workspace: Workspace) -> Step:
    """The step of the film's music."""
    score = film.score
    if score.kind == "file":
        files, blocked = author_files(workspace, {"sound": score.file})
        return Step(
            "score",
            "score",
            "audio.files:bring_in",
            SoundFileRequest(score.file, level=True),
            files=files,
            suffix=".wav",
            label=f"score: {score.file}",
            cost=1.0,
            blocked=blocked,
            identity=f"{sound_identity()}; {coder_identity()}",
        )
    request = ComposeRequest(
        samples=timeline.samples,
        mood=score.mood,
        tempo=score.tempo,
        key=score.key,
        prompt=score.prompt,
        seed=film.seed,
        sections=tuple(
            Section(
                start_sample=sample_of_frame(slot.start + slot.overlap_in // 2, film.rate) if slot.start else 0,
                mood=_feeling(film.scene(slot.scene_id)),
                energy=_energy(film.scene(slot.scene_id)),
                has_speech=bool(film.scene(slot.scene_id).lines),
            )
            for slot in timeline.slots
        ),
    )
    return Step(
        name="score",
        kind="score",
        call="audio.score:compose_score",
        request=request,
        suffix=".wav",
        label="compose the score",
        cost=timeline.samples / SAMPLE_RATE / 10,
        identity=f"{load('workprint.scores', 'composer')().identity()}; {sound_identity()}",
    )


def _feeling(scene: Scene) -> str:
    """What a scene feels like: its first emotion that is not neutral; "" keeps the film's mood."""
    felt = [*(part.emotion for part in scene.cast), *(line.emotion for line in scene.lines)]
    return next((emotion for emotion in felt if emotion != "neutral"), "")


def _energy(scene: Scene) -> float:
    """How much happens in a scene, 0..1, by its liveliest action."""
    return max((ENERGY.get(part.action, 0.4) for part in scene.cast), default=0.35)
