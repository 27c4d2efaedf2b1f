"""What is heard in a film: its effects, transitions' sounds and score as steps, and where each lies on the one bus.

Every sound sits at a sample offset computed from frames. Plans only; nothing here is heard.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from audio.effects import EffectRequest, natural_length
from audio.mixing.grid import MixCue
from audio.signal.files import SoundFileRequest
from audio.speaking.pacing import Pace
from projects.steps import Artifact, Step
from projects.workspace import Workspace
from render.bought_sounds import bought_effect
from render.clip_sound import clip_sounds
from render.identity import sound_identity
from render.lengths import author_files
from render.makers import Maker
from render.music import file_score_step, score_steps, track_step
from render.purchases import Purchases
from render.spoken import LineId, heard_name, line_cue, line_steps, phrases_of
from render.timeline import Body, Timeline
from render.walking import FOOTSTEPS, StepsRequest, is_heard
from scenes.frames import coder_identity
from storyboard.film import Film, Scene, Sound
from storyboard.schedule import Slot
from storyboard.time import SAMPLE_RATE, sample_of_frame

EDGE = SAMPLE_RATE // 2
"""Fade of an ambience, in samples, where the film or a scene by itself begins or ends."""

CROSSING = SAMPLE_RATE // 50
"""Samples over which the ambiences of two scenes cross at a cut: no click, and no hole between them."""

MARKED = SAMPLE_RATE
"""Longest stretch of a scene's sound that the self-test looks for, in samples."""


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
    speech: tuple[tuple[int, int], ...]
    """First sample and last sample (exclusive) of each line: a room may ring on after it."""
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
    reach: int = 0
    """Samples by which its ambience begins before it and ends after it: at a cut those of both scenes cross."""


def file_steps(film: Film, workspace: Workspace, purchases: Purchases, scenes: Iterable[str] = ()) -> list[Step]:
    """The steps that bring in the author's own sounds and bought ones: of these scenes, or of the whole film.

    How long a sound is decides which chunks of the film it is heard in, so they come before the rest.
    """
    wanted = frozenset(scenes)
    steps: list[Step] = []
    for owner, sounds in _owners(film, alone=bool(wanted)):
        for sound in sounds if not wanted or owner in wanted else ():
            if sound.file:
                steps.append(_file_step(owner, sound, workspace))
            elif sound.prompt:
                steps += bought_effect(purchases, owner, sound, _name(owner, sound))
    if film.score.kind == "file":
        steps.append(track_step(film, workspace))
    return steps


def buys_sounds(film: Film) -> bool:
    """Whether any effect of the film is made by a hosted service."""
    return any(sound.prompt for _, sounds in _owners(film, alone=False) for sound in sounds)


@dataclass(frozen=True, slots=True)
class Material:
    """What a soundtrack is laid out of besides the storyboard.

    `made` tells how long the author's files are, `paces` how lines are fitted, `walks` are the steps that tell where
    feet land, by scene; `tag` names the cut whose takes are asked for their sound.
    """

    workspace: Workspace
    made: Mapping[str, Artifact]
    paces: Mapping[LineId, Pace]
    walks: Mapping[str, Step]
    makers: Mapping[str, Maker]
    tag: str
    purchases: Purchases


def lay_soundtrack(film: Film, timeline: Timeline, material: Material, scene: str = "") -> Soundtrack:
    """Lay out all that is heard.

    With `scene`, the timeline is that of one scene by itself: no score and no sounds of transitions.
    """
    paces = material.paces
    steps = [step for cue in timeline.cues for step in line_steps(film, cue, paces.get((cue.scene_id, cue.line_id)))]
    cues = [line_cue(film, cue) for cue in timeline.cues]
    for moment, sound in _sounds(film, timeline, material.walks, alone=bool(scene)):
        if sound.effect:
            steps += _effect_steps(moment, sound, material.walks.get(moment.owner))
        cues.append(_cue(moment, sound, material.made))
    own_steps, own_cues = clip_sounds(film, timeline, material.makers, material.workspace, material.tag)
    steps += own_steps
    cues += own_cues
    if film.score.kind != "none" and not scene:
        written = film.score.kind == "file"
        if written:
            steps.append(file_score_step(film, timeline, material.workspace))
        else:
            steps += score_steps(film, timeline, material.workspace, material.purchases)
        cues.append(MixCue("score", "music", 0, film.score.level, samples=timeline.samples))
    steps = list({step.name: step for step in steps}.values())
    return Soundtrack(
        scene=scene,
        samples=timeline.samples,
        loudness=film.loudness,
        bits=film.encoding.audio_bits,
        steps=tuple(steps),
        cues=tuple(cues),
        speech=phrases_of(timeline),
        marks=tuple(_marks(timeline)),
    )


def _owners(film: Film, *, alone: bool) -> Iterator[tuple[str, tuple[Sound, ...]]]:
    """Everything that has sounds, by the id that their steps' names begin with; no transitions for scenes alone."""
    yield "", film.opening.sounds
    for scene in film.scenes:
        yield scene.id, scene.sounds if alone else (*scene.sounds, *scene.transition.sounds)


def _sounds(
    film: Film, timeline: Timeline, walks: Mapping[str, Step], *, alone: bool
) -> Iterator[tuple[_Moment, Sound]]:
    """Every sound of the scenes and of the transitions between them, with what it belongs to."""
    scenes = {scene.id: scene for scene in film.scenes}
    if film.opening.sounds and not alone:
        first = timeline.slots[0]
        yield from ((_passage(film, "", 0, first.overlap_in), sound) for sound in film.opening.sounds)
    for number, slot in enumerate(timeline.slots):
        scene = scenes[slot.scene_id]
        stay = _stay(film, scene, slot, opens=number == 0, closes=number + 1 == len(timeline.slots))
        yield from ((stay, sound) for sound in scene.sounds if is_heard(sound, scene, walks))
        if not alone:
            begin = slot.end - slot.overlap_out
            passage = _passage(film, scene.id, begin, slot.overlap_out, scene.seed)
            yield from ((passage, sound) for sound in scene.transition.sounds)


def _stay(film: Film, scene: Scene, slot: Slot, *, opens: bool, closes: bool) -> _Moment:
    """A scene; `opens` and `closes` say whether nothing is heard before or after it.

    Its length is its own: where it lies in the film, and what leads into it and out of it, does not change its sound.
    """
    into, out = (sample_of_frame(frames, film.rate) for frames in (slot.overlap_in, slot.overlap_out))
    return _Moment(
        scene.id,
        scene.seed,
        sample_of_frame(slot.start, film.rate),
        sample_of_frame(slot.frames, film.rate),
        fade_in=max(EDGE if opens else CROSSING, into),
        fade_out=max(EDGE if closes else CROSSING, out),
        reach=CROSSING // 2,
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
        "audio.signal.files:bring_in",
        SoundFileRequest(sound.file, start=round(sound.start * SAMPLE_RATE), trim=sound.trim),
        files=files,
        suffix=".wav",
        scene=owner,
        label=f"{owner}: {sound.file}".removeprefix(": "),
        cost=0.3,
        blocked=blocked,
        identity=f"{sound_identity()}; {coder_identity()}",
    )


def _effect_steps(moment: _Moment, sound: Sound, walk: Step | None) -> list[Step]:
    """The step that makes an effect; of footsteps that can follow somebody's feet, also the one that asks for them."""
    samples = _lasting(moment, sound)
    request = EffectRequest(effect=sound.effect, samples=samples, seed=moment.seed)
    step = Step(
        _name(moment.owner, sound),
        "effect",
        "audio.effects:make_effect",
        request,
        suffix=".wav",
        scene=moment.owner,
        label=f"{moment.owner}: {sound.effect}".removeprefix(": "),
        cost=samples / SAMPLE_RATE / 30,
        identity=sound_identity(),
    )
    if walk is None or sound.effect != FOOTSTEPS:
        return [step]
    after = round(sound.at * SAMPLE_RATE)
    asked = StepsRequest(request, sound.by, after)
    return [walk, replace(step, call="render.walking:make_footsteps", request=asked, inputs={"walk": walk.name})]


def _lasting(moment: _Moment, sound: Sound) -> int:
    """How long a synthesised sound lasts: as written, as it does by nature, or to the end of what it belongs to."""
    if sound.length:
        return round(sound.length * SAMPLE_RATE)
    rest = moment.samples - round(sound.at * SAMPLE_RATE) + _lead(moment, sound) + moment.reach
    return natural_length(sound.effect) or max(SAMPLE_RATE // 10, rest)


def _lead(moment: _Moment, sound: Sound) -> int:
    """By how many samples an ambience begins before its scene; everything else begins when it is told to."""
    return moment.reach if sound.at == 0 and natural_length(sound.effect) == 0 and sound.effect != FOOTSTEPS else 0


def _cue(moment: _Moment, sound: Sound, made: Mapping[str, Artifact]) -> MixCue:
    """Where a sound lies, and how it comes and goes."""
    name = _name(moment.owner, sound)
    first = moment.first + round(sound.at * SAMPLE_RATE)
    if not sound.effect:
        there = int(made[name].facts["samples"]) if name in made else 0
        written = round(sound.length * SAMPLE_RATE)
        samples = min(written, there) if written and there else written or there
        return MixCue(name, "effects", first, sound.level, samples=samples, fade_out=EDGE // 10)
    samples = _lasting(moment, sound)
    ambience = natural_length(sound.effect) == 0
    return MixCue(
        name,
        "effects",
        first - _lead(moment, sound),
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
            source = heard_name(cue.scene_id, cue.line_id)
            yield Mark(body.scene, source, cue.first_sample, min(cue.samples, MARKED))
        else:
            yield Mark(body.scene, "", sample_of_frame(body.start, timeline.rate), MARKED // 2)
