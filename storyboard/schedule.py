"""The schedule: which frames each scene has, what transitions take from both sides, and when each line is heard.

Everything is quantised once, to whole frames of the film's rate and to 48 kHz samples. Knows no pictures and no sound.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from storyboard.dialogue import FASTEST, Spoken, estimate, lay, needed
from storyboard.errors import Diagnostic, Severity
from storyboard.film import Beats, Film, FitClip, Fixed, Scene, Transition
from storyboard.node import Place, Places
from storyboard.snapping import Clock, Measure, on_beats
from storyboard.time import frames, sample_of_frame, samples, spell, spell_down

LEAST_BODY = 2
"""Frames of a scene that no transition touches."""
LEAST_TRANSITION = 2
"""Frames of any transition but a cut."""
UNKNOWN_CLIP = Fraction(5)
"""Seconds that footage is taken to last before it was measured."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One scene's frames: `start` on the film's count, and what the transitions before and after it overlap.

    The first slot's `overlap_in` and the last slot's `overlap_out` fade against a colour and take no extra time.
    """

    scene_id: str
    start: int
    frames: int
    overlap_in: int
    overlap_out: int
    exact: bool = True
    """False where the scene's length is estimated, because voices or footage were not measured yet."""

    @property
    def end(self) -> int:
        """The first frame after the scene."""
        return self.start + self.frames

    @property
    def body(self) -> tuple[int, int]:
        """First frame and first frame after, within the scene, of what no transition touches."""
        return self.overlap_in, self.frames - self.overlap_out

    @property
    def markers(self) -> tuple[int, int, int]:
        """Frames within the scene of its start, middle and end."""
        return 0, self.frames // 2, self.frames - 1


@dataclass(frozen=True, slots=True)
class Cue:
    """One line on the film's sound track, in 48 kHz samples from the film's first."""

    scene_id: str
    line_id: str
    first_sample: int
    samples: int


@dataclass(frozen=True, slots=True)
class Schedule:
    """The film in time. `frames` is its whole length; `exact` is False while anything is estimated."""

    rate: Fraction
    frames: int
    slots: tuple[Slot, ...]
    cues: tuple[Cue, ...]
    exact: bool
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def seconds(self) -> Fraction:
        """The film's length."""
        return self.frames / self.rate

    @property
    def samples(self) -> int:
        """The length of the sound track at 48 kHz."""
        return sample_of_frame(self.frames, self.rate)

    def slot(self, scene_id: str) -> Slot:
        """The slot of a scene; KeyError where there is none."""
        for slot in self.slots:
            if slot.scene_id == scene_id:
                return slot
        raise KeyError(scene_id)


@dataclass(frozen=True, slots=True)
class _Measured:
    """A scene's length before transitions are checked."""

    frames: int
    exact: bool
    heard: bool
    laid: tuple[Spoken, ...]
    found: tuple[Diagnostic, ...]
    least: int = LEAST_BODY
    """Frames that its lines need, or that any scene needs."""


def schedule(
    film: Film,
    spoken: Mapping[tuple[str, str], Fraction] | None = None,
    clips: Mapping[str, Fraction] | None = None,
    places: Places | None = None,
    clock: Clock | None = None,
    squeezes: Mapping[str, Fraction] | None = None,
) -> Schedule:
    """Compute the film in time.

    `squeezes` say for scenes (by id) by how much the silences around their lines are shortened, 0..1, after their
    lines were fitted to them.

    `clock` holds the beats of a music file that was listened to; a composed score has those of its tempo.

    `spoken` maps (scene id, line id) to seconds and `clips` maps scene ids to the seconds of their whole footage;
    what is missing is estimated and said so. Diagnostics: E153, E170 and E171 are errors (the overlaps returned are
    then the longest that fit); W203 and, where a length is only estimated, W210 are warnings.
    """
    overlaps = [overlap_frames(scene.transition, film.rate) for scene in film.scenes]
    opening = overlap_frames(film.opening, film.rate)
    incoming = [opening, *overlaps[:-1]]
    measured = [
        _measure(
            film,
            scene,
            (before, after),
            spoken,
            clips or {},
            places,
            clocked=clock is not None,
            squeeze=(squeezes or {}).get(scene.id),
        )
        for scene, before, after in zip(film.scenes, incoming, overlaps, strict=True)
    ]
    fitted_in, fitted_out, found = _fit(film, measured, [opening, *overlaps], places)
    lengths = _on_beats(film, measured, fitted_in, fitted_out, clock)
    slots: list[Slot] = []
    start = 0
    for number, scene in enumerate(film.scenes):
        if number:
            start += lengths[number - 1] - fitted_in[number]
        slot = Slot(scene.id, start, lengths[number], fitted_in[number], fitted_out[number], measured[number].exact)
        slots.append(slot)
    cues = tuple(_cue(slot, line, film.rate) for slot, one in zip(slots, measured, strict=True) for line in one.laid)
    every = (*(diagnostic for one in measured for diagnostic in one.found), *found)
    return Schedule(
        film.rate, slots[-1].end, tuple(slots), cues, all(one.exact and one.heard for one in measured), every
    )


def _on_beats(
    film: Film, measured: list[_Measured], before: list[int], after: list[int], clock: Clock | None
) -> list[int]:
    """The lengths of the scenes after cuts were moved to the beats of the score, where the storyboard asks for that."""
    if clock is None and film.score.kind == "composed":
        clock = Clock(Fraction(60, film.score.tempo))
    if clock is None or not any(scene.snap or isinstance(scene.length, Beats) for scene in film.scenes):
        return [one.frames for one in measured]
    scenes = [
        Measure(scene.length, one.frames, max(one.least, first + last + LEAST_BODY), (first, last), scene.snap)
        for scene, one, first, last in zip(film.scenes, measured, before, after, strict=True)
    ]
    return on_beats(scenes, clock, film.rate)


def overlap_frames(transition: Transition, rate: Fraction) -> int:
    """Return how many frames a transition lasts: none for a cut, else at least two."""
    if transition.kind == "cut" or not transition.length:
        return 0
    return max(LEAST_TRANSITION, frames(transition.length, rate))


def _cue(slot: Slot, line: Spoken, rate: Fraction) -> Cue:
    first = sample_of_frame(slot.start, rate) + samples(line.start)
    return Cue(slot.scene_id, line.line_id, first, samples(line.seconds))


def _measure(
    film: Film,
    scene: Scene,
    overlaps: tuple[int, int],
    spoken: Mapping[tuple[str, str], Fraction] | None,
    clips: Mapping[str, Fraction],
    places: Places | None,
    *,
    clocked: bool,
    squeeze: Fraction | None,
) -> _Measured:
    """Lay the lines of a scene and apply its length rule."""
    known = spoken or {}
    heard = all((scene.id, line.id) in known for line in scene.lines)
    seconds = {line.id: known.get((scene.id, line.id), estimate(line, scene.language)) for line in scene.lines}
    before, after = (overlap / film.rate for overlap in overlaps)
    laid = lay(scene.lines, seconds, before, squeeze or Fraction(0))
    need = needed(scene.lines, laid, after)
    rule = scene.length
    found: list[Diagnostic] = []
    exact = True
    if isinstance(rule, Fixed):
        length = rule.seconds
    elif isinstance(rule, Beats):
        # Of a file that nobody listened to yet, the tempo is a guess.
        exact = film.score.kind == "composed" or clocked
        length = Fraction(rule.count * 60, film.score.tempo)
    elif isinstance(rule, FitClip):
        exact = scene.id in clips
        length = clips.get(scene.id, UNKNOWN_CLIP + scene.clip_from) - scene.clip_from
        if length <= 0:
            message = f"the clip of scene '{scene.id}' is over before {spell(scene.clip_from)}, where it is to start"
            found.append(_finding(places, scene, "clip", "E153", message, "choose an earlier `from`"))
            length = Fraction(LEAST_BODY) / film.rate
    else:
        length, exact = need, heard
    count = frames(length, film.rate)
    if count < LEAST_BODY:
        message = f"scene '{scene.id}' lasts less than {LEAST_BODY} frames at this frame rate"
        found.append(_finding(places, scene, "length", "E171", message, "make it longer"))
        count = LEAST_BODY
    shortest = laid
    if squeeze is None:
        # Nobody has fitted the lines yet: what fits when hurried is no doubt.
        shortest = lay(scene.lines, {name: long / FASTEST for name, long in seconds.items()}, before, Fraction(1))
    if shortest and shortest[-1].end > count / film.rate:
        found.append(_speech_too_long(scene, count / film.rate, laid[-1].end, need, places, estimated=not heard))
    least = frames(laid[-1].end, film.rate) if laid and laid[-1].end <= count / film.rate else LEAST_BODY
    return _Measured(count, exact, heard, laid, tuple(found), max(least, LEAST_BODY))


def _speech_too_long(
    scene: Scene, length: Fraction, end: Fraction, need: Fraction, places: Places | None, *, estimated: bool
) -> Diagnostic:
    about = "about " if estimated else ""
    message = f"the lines of scene '{scene.id}' last until {about}{spell(end)}, but the scene ends at {spell(length)}"
    hint = f"write `length: {spell(need)}` or `length: voice`"
    return _finding(places, scene, "length", "W203", message, hint, Severity.WARNING)


def _finding(
    places: Places | None,
    scene: Scene,
    key: str,
    code: str,
    message: str,
    hint: str,
    severity: Severity = Severity.ERROR,
) -> Diagnostic:
    at = places.of_scene(scene.id, key) if places else Place("storyboard")
    return Diagnostic(at.path, at.line, at.column, code, message, hint, severity)


def _fit(
    film: Film, measured: list[_Measured], wanted: list[int], places: Places | None
) -> tuple[list[int], list[int], list[Diagnostic]]:
    """Shorten transitions that leave a scene less than its body, and say which and what would fit.

    `wanted` holds the opening, then the transition after each scene.
    """
    fitted = list(wanted)
    found: list[Diagnostic] = []
    for number, one in enumerate(measured):
        room = max(0, one.frames - LEAST_BODY)
        if fitted[number] + fitted[number + 1] <= room:
            continue
        share = min(fitted[number], max(room // 2, room - fitted[number + 1]))
        before, after = _playable(share), _playable(min(fitted[number + 1], room - share))
        found.append(_no_room(film, number, one, (before, after), fitted, places))
        fitted[number], fitted[number + 1] = before, after
    return fitted[:-1], fitted[1:], found


def _playable(overlap: int) -> int:
    return overlap if overlap >= LEAST_TRANSITION else 0


def _no_room(
    film: Film,
    number: int,
    measured: _Measured,
    fitting: tuple[int, int],
    wanted: list[int],
    places: Places | None,
) -> Diagnostic:
    """Name the transition that does not fit: the one out of the scene if that is cut short, else the one into it."""
    scene = film.scenes[number]
    outgoing = fitting[1] < wanted[number + 1]
    longest = fitting[1] if outgoing else fitting[0]
    owner = scene if outgoing or not number else film.scenes[number - 1]
    transition = owner.transition if outgoing or number else film.opening
    fits = f"the longest that fits is {spell_down(longest / film.rate)}" if longest else "only a cut fits"
    message = (
        f"the {transition.kind} of {spell(transition.length)} {'after' if outgoing else 'before'} scene '{scene.id}' "
        f"does not fit into its {spell_down(measured.frames / film.rate)}; {fits}"
    )
    hint = "make the scene longer or the transition shorter"
    code, severity = ("E170", Severity.ERROR) if measured.exact else ("W210", Severity.WARNING)
    if not outgoing and not number:
        at = places.of("opening") if places else Place("storyboard")
        return Diagnostic(at.path, at.line, at.column, code, message, hint, severity)
    return _finding(places, owner, "transition", code, message, hint, severity)
