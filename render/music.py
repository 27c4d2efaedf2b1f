"""The film's music as steps: what a composer or a model is told of the scenes, and the author's own file.

Plans only; nothing is heard here. Which beats cuts fall on is told by `clock`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path

from audio.bought import BOUGHT
from audio.hosted.music import BuysMusic
from audio.music.beats import STEADY
from audio.music.laid_file import MusicRequest, TrackRequest
from audio.score import ComposeRequest, PartRequest, ScoreBackend, Section, composer
from projects.steps import Artifact, Step
from projects.weights import files_of_engine
from projects.workspace import Workspace
from render.bought_sounds import bought_score
from render.identity import sound_identity
from render.lengths import author_files
from render.makers import told
from render.purchases import Purchases
from render.timeline import Timeline
from scenes.frames import coder_identity
from storyboard.errors import WorkprintError
from storyboard.film import Beats, Film, Scene
from storyboard.schedule import Slot
from storyboard.snapping import Clock
from storyboard.time import SAMPLE_RATE, sample_of_frame

ENERGY = {"run": 0.9, "fall": 0.8, "wave": 0.6, "walk": 0.55, "enter": 0.55, "exit": 0.55, "sit": 0.3, "kneel": 0.3}
"""How lively an action makes the music, 0..1; others lie at 0.4."""

TRACKED = "music"
"""Name of the step that listens to the author's music."""

BEATS_A_BAR = 4

HOUSE = "composer"
"""The composer that comes with the house."""


def clock(film: Film, made: Mapping[str, Artifact]) -> Clock | None:
    """The beats of the author's music as they are heard in the film; None for music that has no clear ones.

    A composed score needs no clock: its beats follow from its tempo.
    """
    if film.score.kind != "file" or TRACKED not in made or made[TRACKED].facts["steady"] < STEADY:
        return None
    first, last = film.score.first, film.score.last
    beats = [Fraction(int(beat), SAMPLE_RATE) for beat in made[TRACKED].facts["beats"]]
    heard = tuple(beat - first for beat in beats if beat >= first and (not last or beat < last))
    return Clock((heard[-1] - heard[0]) / (len(heard) - 1), heard) if len(heard) > 1 else None


def clock_notes(film: Film, made: Mapping[str, Artifact]) -> tuple[str, ...]:
    """What to tell of cuts that were to fall on beats where the music has none that are clear."""
    asked = any(scene.snap or isinstance(scene.length, Beats) for scene in film.scenes)
    if not asked or TRACKED not in made or clock(film, made) is not None:
        return ()
    counted = f"lengths in beats are counted at {film.score.tempo} a minute"
    return (f"{film.score.file} has no steady beat: no cut is moved to it, and {counted}",)


def track_step(film: Film, workspace: Workspace) -> Step:
    """The step that listens to the author's music before anything hangs on its beats."""
    files, blocked = author_files(workspace, {"sound": film.score.file})
    return Step(
        name=TRACKED,
        kind="music",
        call="audio.music.laid_file:track_music",
        request=TrackRequest(film.score.file),
        files=files,
        suffix=".json",
        label=f"listen to {film.score.file}",
        blocked=blocked,
        identity=f"{sound_identity()}; {coder_identity()}",
    )


def file_score_step(film: Film, timeline: Timeline, workspace: Workspace) -> Step:
    """The step that lays the author's music over the film."""
    score = film.score
    files, blocked = author_files(workspace, {"sound": score.file})
    return Step(
        name="score",
        kind="score",
        call="audio.music.laid_file:lay_music",
        request=MusicRequest(
            score.file, timeline.samples, first=score.first, last=score.last, loop=score.loop, fade=score.fade
        ),
        inputs={"music": TRACKED},
        files=files,
        suffix=".wav",
        label=f"score: {score.file}",
        cost=timeline.samples / SAMPLE_RATE / 40,
        blocked=blocked,
        identity=f"{sound_identity()}; {coder_identity()}",
    )


def composed(film: Film, timeline: Timeline) -> ComposeRequest:
    """What is asked of whatever makes the film's music."""
    score = film.score
    scenes = {scene.id: scene for scene in film.scenes}
    return ComposeRequest(
        samples=timeline.samples,
        mood=score.mood,
        tempo=score.tempo,
        key=score.key,
        prompt=score.prompt,
        seed=film.seed,
        sections=tuple(_section(film, slot, scenes[slot.scene_id]) for slot in timeline.slots),
        composer=score.backend,
        speech=_speech(timeline, score.tempo),
        instruments=score.instruments,
        cast=_by_importance(film),
        model=score.model,
    )


def score_step(film: Film, timeline: Timeline, workspace: Workspace, part: str = "") -> Step:
    """The step of the film's music where it is made, or of one part of it."""
    request = composed(film, timeline)
    standing = _standing(request, workspace)
    return Step(
        name=f"score:{part}" if part else "score",
        kind="score",
        call="audio.score:compose_part" if part else "audio.score:compose_score",
        request=PartRequest(request, part) if part else request,
        inputs={"whole": "score"} if part else {},
        files=standing.files,
        suffix=".wav",
        label=f"the score's {part}" if part else f"the score, by {request.composer}",
        cost=timeline.samples / SAMPLE_RATE / 10,
        blocked=standing.blocked,
        identity=f"{standing.identity}; {sound_identity()}",
    )


def buys_score(film: Film) -> bool:
    """Whether the film's music is made by a hosted service."""
    if film.score.kind != "composed":
        return False
    try:
        return isinstance(composer(film.score.backend), BuysMusic)
    except WorkprintError:
        return False


def score_steps(film: Film, timeline: Timeline, workspace: Workspace, purchases: Purchases) -> list[Step]:
    """The steps of the film's music where it is made: bought first, where a service makes it."""
    step = score_step(film, timeline, workspace)
    if not isinstance(step.request, ComposeRequest):
        return [step]
    try:
        maker = composer(step.request.composer)
    except WorkprintError:
        return [step]  # the step says what is wrong
    if not isinstance(maker, BuysMusic):
        return [step]
    bought = bought_score(purchases, maker, step.request)
    # What stands in the way of buying stops nothing that is bought.
    standing = replace(step, blocked="", identity=f"{maker.identity()}; {sound_identity()}")
    return [bought, replace(standing, inputs={BOUGHT: bought.name})]


def midi_step(film: Film, timeline: Timeline, workspace: Workspace) -> Step:
    """The step that writes down the notes of a composed score."""
    request = composed(film, timeline)
    standing = _standing(request, workspace)
    return Step(
        name="score:notes",
        kind="score",
        call="audio.score:write_notes",
        request=request,
        suffix=".mid",
        label="the score's notes",
        cost=0.3,
        blocked=standing.blocked,
        identity=standing.identity,
    )


@dataclass(frozen=True, slots=True)
class _Standing:
    """How a maker of music stands here: its versions, the files of its model, and what is in its way."""

    identity: str = ""
    files: Mapping[str, Path] = field(default_factory=dict)
    blocked: str = ""


def _standing(request: ComposeRequest, workspace: Workspace) -> _Standing:
    try:
        maker: ScoreBackend = composer(request.composer)
        troubles = maker.check()
        if troubles:
            return _Standing(blocked="; ".join(f"{one.what} ({one.fix})" for one in troubles))
        maker.quantise(request)
        files = files_of_engine(maker, request.model, workspace.folder)
    except WorkprintError as problem:
        return _Standing(blocked=told(problem))
    return _Standing(maker.identity(), files)


def _section(film: Film, slot: Slot, scene: Scene) -> Section:
    """One scene for the composer; it begins in the middle of the transition into it."""
    wishes = scene.music
    return Section(
        start_sample=sample_of_frame(slot.start + slot.overlap_in // 2, film.rate) if slot.start else 0,
        mood=wishes.mood or _feeling(scene),
        energy=_energy(scene),
        has_speech=bool(scene.lines),
        hit=wishes.hit,
        rest=wishes.rest,
        who=tuple(part.character.id for part in scene.cast),
        # The house's composer reads no scenes: where one lies must not make its score anew.
        prompt="" if film.score.backend == HOUSE else " ".join(word for word in (scene.place, scene.time) if word),
    )


def _speech(timeline: Timeline, tempo: float) -> tuple[tuple[int, int], ...]:
    """Where somebody speaks, in whole bars: a line that becomes a little longer leaves the score as it is."""
    bar = Fraction(BEATS_A_BAR * 60 * SAMPLE_RATE) / Fraction(tempo)
    spans: list[tuple[int, int]] = []
    for cue in sorted(timeline.cues, key=lambda cue: cue.first_sample):
        first, last = cue.first_sample // bar, -(-(cue.first_sample + cue.samples) // bar)
        if spans and first <= spans[-1][1]:
            spans[-1] = spans[-1][0], max(spans[-1][1], last)
        else:
            spans.append((first, last))
    return tuple((round(first * bar), min(round(last * bar), timeline.samples)) for first, last in spans)


def _by_importance(film: Film) -> tuple[str, ...]:
    """The characters' ids, those who are in most scenes first."""
    there = Counter(part.character.id for scene in film.scenes for part in scene.cast)
    listed: Sequence[str] = [character.id for character in film.characters]
    return tuple(sorted(listed, key=lambda who: (-there[who], listed.index(who))))


def _feeling(scene: Scene) -> str:
    """What a scene feels like: its first emotion that is not neutral; "" keeps the film's mood."""
    felt = [*(part.emotion for part in scene.cast), *(line.emotion for line in scene.lines)]
    return next((emotion for emotion in felt if emotion != "neutral"), "")


def _energy(scene: Scene) -> float:
    """How much happens in a scene, 0..1, by its liveliest action."""
    return max((ENERGY.get(part.action, 0.4) for part in scene.cast), default=0.35)
