"""What is heard in a film: its effects, transitions' sounds and score as steps, and where each lies on the one bus.

Every sound sits at a sample offset computed from frames. Plans only; nothing here is heard.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from audio.effects import EffectRequest, natural_length
from audio.files import SoundFileRequest
from audio.grid import MixCue
from audio.score import ComposeRequest, Section
from projects.plugins import load
from projects.steps import Artifact, Step
from projects.workspace import Workspace
from render.identity import sound_identity
from render.lengths import author_files, voice_name
from render.timeline import Body, Timeline
from scenes.frames import coder_identity
from storyboard.film import Film, Scene, Sound
from storyboard.schedule import Slot
from storyboard.time import SAMPLE_RATE, sample_of_frame

EDGE = SAMPLE_RATE // 2
"""Fade of an ambience at the edges of its scene, in samples, where the transition is shorter."""

MARKED = SAMPLE_RATE
"""Longest stretch of a scene's sound that the self-test looks for, in samples."""

ENERGY = {"run": 0.9, "fall": 0.8, "wave": 0.6, "walk": 0.55, "enter": 0.55, "exit": 0.55, "sit": 0.3, "kneel": 0.3}
"""How lively an action makes the music, 0..1; others lie at 0.4."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a scene's sound can be told from any other: in a line, the input `source`, or "" for the mix itself."""

    scene: str
    source: str
    at_sample: int
    samples: int


@dataclass(frozen=True, slots=True)
class Soundtrack:
    """What is heard in a film (`scene` is "") or in one scene by itself. Places are samples from its first."""

    scene: str
    samples: int
    loudness: float
    bits: int
    steps: tuple[Step, ...]
    """What makes its sounds, but for lines and the author's files, which are made before lengths are known."""
    cues: tuple[MixCue, ...]
    """Their inputs are names of steps."""
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class _Moment:
    """What a sound belongs to: its first sample, its length, and the fades at its edges (0 for none)."""

    owner: str
    seed: int
    first: int
    samples: int
    fade_in: int = 0
    fade_out: int = 0


def file_steps(film: Film, workspace: Workspace, scenes: Iterable[str] = ()) -> list[Step]:
    """The steps that bring in the author's own sounds: of these scenes, or of the whole film with its score.

    How long a file is decides which chunks of the film it is heard in, so they come before the rest.
    """
    wanted = frozenset(scenes)
    steps = [
        _file_step(owner, sound, workspace)
        for owner, sounds in _owners(film, alone=bool(wanted))
        if not wanted or owner in wanted
        for sound in sounds
        if sound.file
    ]
    if film.score.kind == "file" and not wanted:
        files, blocked = author_files(workspace, {"sound": film.score.file})
        steps.append(
            Step(
                "score",
                "score",
                "audio.files:bring_in",
                SoundFileRequest(film.score.file, level=True),
                files=files,
                suffix=".wav",
                label=f"score: {film.score.file}",
                blocked=blocked,
                identity=f"{sound_identity()}; {coder_identity()}",
            )
        )
    return steps


def lay_soundtrack(film: Film, timeline: Timeline, made: Mapping[str, Artifact], scene: str = "") -> Soundtrack:
    """Lay out all that is heard; `made` tells how long the author's files are.

    With `scene`, the timeline is that of one scene by itself: no score and no sounds of transitions.
    """
    steps: list[Step] = []
    cues = [
        MixCue(voice_name(c.scene_id, c.line_id), "voice", c.first_sample, samples=c.samples) for c in timeline.cues
    ]
    for moment, sound in _sounds(film, timeline, alone=bool(scene)):
        if not sound.file:
            steps.append(_effect_step(moment, sound))
        cues.append(_cue(moment, sound, made))
    if film.score.kind != "none" and not scene:
        length = timeline.samples
        if film.score.kind == "composed":
            steps.append(_score_step(film, timeline))
        elif "score" in made:
            length = min(length, int(made["score"].facts["samples"]))
        cues.append(MixCue("score", "music", 0, film.score.level, samples=length))
    return Soundtrack(
        scene=scene,
        samples=timeline.samples,
        loudness=film.loudness,
        bits=film.encoding.audio_bits,
        steps=tuple(steps),
        cues=tuple(cues),
        marks=tuple(_marks(timeline)),
    )


def _owners(film: Film, *, alone: bool) -> Iterator[tuple[str, tuple[Sound, ...]]]:
    """Everything that has sounds, by the id that their steps' names begin with; no transitions for scenes alone."""
    yield "", film.opening.sounds
    for scene in film.scenes:
        yield scene.id, scene.sounds if alone else (*scene.sounds, *scene.transition.sounds)


def _sounds(film: Film, timeline: Timeline, *, alone: bool) -> Iterator[tuple[_Moment, Sound]]:
    """Every sound of the scenes and of the transitions between them, with what it belongs to."""
    scenes = {scene.id: scene for scene in film.scenes}
    if film.opening.sounds and not alone:
        first = timeline.slots[0]
        yield from ((_passage(film, "", 0, first.overlap_in), sound) for sound in film.opening.sounds)
    for slot in timeline.slots:
        scene = scenes[slot.scene_id]
        yield from ((_stay(film, scene, slot), sound) for sound in scene.sounds)
        if not alone:
            begin = slot.end - slot.overlap_out
            passage = _passage(film, scene.id, begin, slot.overlap_out, scene.seed)
            yield from ((passage, sound) for sound in scene.transition.sounds)


def _stay(film: Film, scene: Scene, slot: Slot) -> _Moment:
    """A scene. Its length is its own: where it lies in the film does not change its sound."""
    return _Moment(
        scene.id,
        scene.seed,
        sample_of_frame(slot.start, film.rate),
        sample_of_frame(slot.frames, film.rate),
        max(EDGE, sample_of_frame(slot.overlap_in, film.rate)),
        max(EDGE, sample_of_frame(slot.overlap_out, film.rate)),
    )


def _passage(film: Film, owner: str, begin: int, frames: int, seed: int = 0) -> _Moment:
    """A transition; for a cut, the cut."""
    return _Moment(owner, seed, sample_of_frame(begin, film.rate), sample_of_frame(frames, film.rate))


def _name(owner: str, sound: Sound) -> str:
    return f"effect:{owner}/{sound.id}"


def _file_step(owner: str, sound: Sound, workspace: Workspace) -> Step:
    files, blocked = author_files(workspace, {"sound": sound.file})
    return Step(
        _name(owner, sound),
        "effect",
        "audio.files:bring_in",
        SoundFileRequest(sound.file),
        files=files,
        suffix=".wav",
        scene=owner,
        label=f"{owner}: {sound.file}".removeprefix(": "),
        cost=0.3,
        blocked=blocked,
        identity=f"{sound_identity()}; {coder_identity()}",
    )


def _effect_step(moment: _Moment, sound: Sound) -> Step:
    samples = _lasting(moment, sound)
    return Step(
        _name(moment.owner, sound),
        "effect",
        "audio.effects:make_effect",
        EffectRequest(effect=sound.effect, samples=samples, seed=moment.seed),
        suffix=".wav",
        scene=moment.owner,
        label=f"{moment.owner}: {sound.effect}".removeprefix(": "),
        cost=samples / SAMPLE_RATE / 30,
        identity=sound_identity(),
    )


def _lasting(moment: _Moment, sound: Sound) -> int:
    """How long a synthesised sound lasts: as written, as it does by nature, or to the end of what it belongs to."""
    if sound.length:
        return round(sound.length * SAMPLE_RATE)
    rest = moment.samples - round(sound.at * SAMPLE_RATE)
    return natural_length(sound.effect) or max(SAMPLE_RATE // 10, rest)


def _cue(moment: _Moment, sound: Sound, made: Mapping[str, Artifact]) -> MixCue:
    """Where a sound lies, and how it comes and goes."""
    name = _name(moment.owner, sound)
    first = moment.first + round(sound.at * SAMPLE_RATE)
    if sound.file:
        there = int(made[name].facts["samples"]) if name in made else 0
        written = round(sound.length * SAMPLE_RATE)
        samples = min(written, there) if written and there else written or there
        return MixCue(name, "effects", first, sound.level, samples=samples, fade_out=EDGE // 10)
    samples = _lasting(moment, sound)
    ambience = natural_length(sound.effect) == 0
    return MixCue(
        name,
        "effects",
        first,
        sound.level,
        samples=samples,
        fade_in=min(moment.fade_in, samples // 3) if ambience and sound.at == 0 else 0,
        fade_out=min(moment.fade_out, samples // 3) if ambience and sound.length == 0 else 0,
    )


def _marks(timeline: Timeline) -> Iterator[Mark]:
    """One mark a scene: its first line if it has one, else the mix where the scene has fully arrived."""
    for body in (piece for piece in timeline.pieces if isinstance(piece, Body)):
        cue = next(iter(timeline.cues_of(body.scene)), None)
        if cue is not None:
            source = voice_name(cue.scene_id, cue.line_id)
            yield Mark(body.scene, source, cue.first_sample, min(cue.samples, MARKED))
        else:
            yield Mark(body.scene, "", sample_of_frame(body.start, timeline.rate), MARKED // 2)


def _score_step(film: Film, timeline: Timeline) -> Step:
    """The step of the film's music where it is composed."""
    score = film.score
    scenes = {scene.id: scene for scene in film.scenes}
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
                mood=_feeling(scenes[slot.scene_id]),
                energy=_energy(scenes[slot.scene_id]),
                has_speech=bool(scenes[slot.scene_id].lines),
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
