"""The film's lines in time: schedule, fitting to scenes of fixed length, and the steps from a voice to what is heard.

What a line is after fitting follows from its facts alone, so pictures and captions need not wait for its sound.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from audio.mixing.ducking import Span, phrases
from audio.mixing.grid import MixCue
from audio.mixing.treatment import TreatRequest, treated_samples
from audio.speaking.delivery import deliver
from audio.speaking.fitting import Fitting, fit, too_long
from audio.speaking.pacing import Pace, PaceRequest, paced_facts, pacing_identity
from audio.speaking.speech import SPEECH_LUFS
from projects.steps import Artifact, Step
from render.identity import sound_identity
from render.lengths import clip_lengths, voice_name
from render.timeline import Timeline
from storyboard.errors import Severity, StoryboardError
from storyboard.film import Film, FitVoice, Fixed, Line, Scene
from storyboard.node import Places
from storyboard.schedule import Cue, Schedule, schedule
from storyboard.snapping import Clock
from storyboard.time import SAMPLE_RATE

PANS: Mapping[str, float] = {"far left": -0.25, "left": -0.13, "center": 0.0, "right": 0.13, "far right": 0.25}
"""How far to the side a line is heard, by where its speaker stands: -1 is left alone, 1 right alone."""

LineId = tuple[str, str]
"""Scene and line."""
Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Spoken:
    """The film in time after all that is spoken. `paces` holds the lines that are changed to fit their scene.

    `facts` are those of each spoken line as it is heard; `notes` say what was done to fit lines, and what did not fit.
    """

    schedule: Schedule
    paces: Mapping[LineId, Pace]
    facts: Mapping[LineId, Facts]
    notes: tuple[str, ...]

    @property
    def envelopes(self) -> dict[LineId, Sequence[int]]:
        """Loudness of each line, 0..100 per 1/100 s, for the lips."""
        return {line: facts["envelope"] for line, facts in self.facts.items()}

    @property
    def words(self) -> dict[LineId, Sequence[tuple[str, float, float]]]:
        """The words of each line: text, begin and end in seconds from its first sample."""
        return {line: facts["words"] for line, facts in self.facts.items()}


def spoken(film: Film, made: Mapping[str, Artifact], places: Places | None, clock: Clock | None) -> Spoken:
    """Lay the film out in time after everything that has been made so far, and fit its lines to their scenes.

    Raises StoryboardError where a transition does not fit; `places` tell where it was written.
    """
    facts = {
        (scene.id, line.id): made[name].facts
        for scene in film.scenes
        for line in scene.lines
        if (name := voice_name(scene.id, line.id)) in made
    }
    clips = clip_lengths(film, made)
    first = schedule(film, _lengths(facts), clips, places, clock)
    fittings = {scene.id: _fitting(film, scene, first, facts) for scene in film.scenes if _is_fitted(scene)}
    fittings = {name: fitting for name, fitting in fittings.items() if fitting.changed or not fitting.fits}
    if not fittings:
        return Spoken(_without_errors(first), {}, facts, ())
    paces = {
        (scene, line): pace for scene, one in fittings.items() for line, pace in one.paces.items() if not pace.plain
    }
    facts |= {line: paced_facts(facts[line], pace) for line, pace in paces.items() if line in facts}
    told = tuple(note for name, fitting in fittings.items() if (note := _note(film, name, fitting, first)))
    squeezes = {name: fitting.squeeze for name, fitting in fittings.items()}
    second = schedule(_with_all_said(film, fittings), _lengths(facts), clips, places, clock, squeezes)
    return Spoken(_without_errors(second), paces, facts, told)


def _is_fitted(scene: Scene) -> bool:
    return bool(scene.lines) and not isinstance(scene.length, FitVoice)


def _lengths(facts: Mapping[LineId, Facts]) -> dict[LineId, Fraction]:
    return {line: Fraction(int(one["samples"]), SAMPLE_RATE) for line, one in facts.items()}


def _fitting(film: Film, scene: Scene, laid: Schedule, facts: Mapping[LineId, Facts]) -> Fitting:
    slot = laid.slot(scene.id)
    known = {line.id: facts[scene.id, line.id] for line in scene.lines if (scene.id, line.id) in facts}
    overlaps = slot.overlap_in / film.rate, slot.overlap_out / film.rate
    return fit(scene.lines, known, scene.language, slot.frames / film.rate, *overlaps)


def _note(film: Film, scene_id: str, fitting: Fitting, laid: Schedule) -> str:
    """What a person should know of one fitting; "" where lines only begin a little earlier."""
    if fitting.fits:
        return f"{scene_id}: to fit its length, {fitting.told}" if fitting.told else ""
    message, hint = too_long(scene_id, laid.slot(scene_id).frames / film.rate, fitting)
    last = film.scenes[-1].id == scene_id
    goes_on = "the film is made longer by what is missing" if last else "they go on over the next scene"
    return f"{message}; {goes_on} ({hint})"


def _with_all_said(film: Film, fittings: Mapping[str, Fitting]) -> Film:
    """The film, its last scene long enough for its lines: no film ends in the middle of a word."""
    last = film.scenes[-1]
    fitting = fittings.get(last.id)
    if fitting is None or fitting.fits:
        return film
    return replace(film, scenes=(*film.scenes[:-1], replace(last, length=Fixed(fitting.least))))


def _without_errors(made_up: Schedule) -> Schedule:
    errors = tuple(one for one in made_up.diagnostics if one.severity is Severity.ERROR)
    if errors:
        raise StoryboardError(errors)
    return made_up


def heard_name(scene_id: str, line_id: str) -> str:
    """Name of the step that makes a line as it is heard in the film."""
    return f"line:{scene_id}/{line_id}"


def line_cue(film: Film, cue: Cue) -> MixCue:
    """Where a line is heard: on the narrator's bus in the middle, or where its speaker stands."""
    scene, line = _said(film, cue)
    place = next((part.at for part in scene.cast if part.character.id == line.by.id), "center")
    treated = _treatment(film, cue)
    return MixCue(
        heard_name(cue.scene_id, cue.line_id),
        "narration" if treated.narration else "dialogue",
        cue.first_sample,
        samples=treated_samples(cue.samples, treated),
        pan=PANS[place],
    )


def line_steps(film: Film, cue: Cue, pace: Pace | None) -> tuple[Step, ...]:
    """The steps from a voice to what is heard of it: fitted to its scene where it has to be, then treated."""
    line = cue.scene_id, cue.line_id
    fitted = (pace_step(line, pace),) if pace is not None else ()
    treated = Step(
        name=heard_name(*line),
        kind="line",
        call="audio.mixing.treatment:treat_voice",
        request=_treatment(film, cue),
        inputs={"line": fitted[0].name if fitted else voice_name(*line)},
        suffix=".wav",
        scene=cue.scene_id,
        label=f"{cue.scene_id}: treat a line",
        cost=0.2,
        identity=sound_identity(),
    )
    return (*fitted, treated)


def _said(film: Film, cue: Cue) -> tuple[Scene, Line]:
    scene = film.scene(cue.scene_id)
    return scene, next(line for line in scene.lines if line.id == cue.line_id)


def _treatment(film: Film, cue: Cue) -> TreatRequest:
    scene, line = _said(film, cue)
    narration = line.by.id == film.narrator.id
    place = "" if narration else scene.place
    return TreatRequest(place, narration, SPEECH_LUFS + deliver(line.emotion).loudness)


def phrases_of(timeline: Timeline) -> tuple[Span, ...]:
    """Where somebody speaks, in samples: each line, in parts where it rests long enough for the music to return."""
    heard = {(said.scene_id, said.line_id): said.uttered for said in timeline.words}
    spans: list[Span] = []
    for cue in timeline.cues:
        uttered = heard.get((cue.scene_id, cue.line_id), ())
        begun = [
            ((w.first - cue.first_sample) / SAMPLE_RATE, (w.last - cue.first_sample) / SAMPLE_RATE) for w in uttered
        ]
        spans += phrases(begun, cue.first_sample, cue.samples)
    return tuple(spans)


def pace_step(line: LineId, pace: Pace) -> Step:
    """The step that fits a spoken line to its scene."""
    scene_id, line_id = line
    return Step(
        name=f"pace:{scene_id}/{line_id}",
        kind="pace",
        call="audio.speaking.pacing:pace_line",
        request=PaceRequest(pace),
        inputs={"line": voice_name(scene_id, line_id)},
        suffix=".wav",
        scene=scene_id,
        label=f"{scene_id}: fit a line",
        cost=0.2,
        identity=f"{pacing_identity()}; {sound_identity()}",
    )
