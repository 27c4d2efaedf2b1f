"""Melody and counter-melody: motifs stated, varied, answered and let breathe, in phrases that end on long notes.

Pure; knows no sound.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from audio.composing.form import Bar, Phrase, chord_at, dice
from audio.composing.harmony import nearest, scale_over, stepped
from audio.composing.motif import Motif, motif_of
from audio.composing.orchestra import PLAYERS, within
from audio.composing.sketch import Sketched, Task, swung

_PLANS = (
    ("state", "sequence", "breathe", "vary", "invert", "sequence", "state", "breathe"),
    ("state", "vary", "breathe", "sequence", "state", "invert", "breathe", "vary"),
    ("state", "breathe", "sequence", "vary", "state", "sequence", "invert", "breathe"),
)
"""What the phrases of a passage do with the motif, one after the other."""


@dataclass(frozen=True, slots=True)
class Gesture:
    """One note of a tune before its pitch: beats from the phrase's first, length, steps above the motif's beginning.

    A `rests` note is a phrase's goal and falls on a chord tone.
    """

    beat: float
    beats: float
    steps: int
    rests: bool = False
    theme: str = ""


def tune(task: Task) -> tuple[list[Sketched], list[Sketched]]:
    """The melody and the counter-melody of a passage."""
    melody: list[Sketched] = []
    counter: list[Sketched] = []
    throws = dice(task.seed, task.passage.section, 3)
    plan = _PLANS[int(dice(task.seed, 7).integers(len(_PLANS)))]
    sung = 0
    start = 0 if task.new else task.turn
    for phrase in task.passage.phrases:
        opening = task.passage.opens and phrase.number == 0 and len(phrase.bars) == 2
        if opening:
            continue  # the accompaniment alone opens the music
        kind = plan[(start + sung) % len(plan)]
        if kind == "breathe" and (task.short or phrase.closing):
            kind = "vary"
        elif (
            sung
            and not task.short
            and not phrase.closing
            and throws.uniform() > task.passage.mood.singing + 0.2 * (task.energy - 0.5)
        ):
            kind = "breathe"
        voices = _phrase(task, phrase, kind, sung, throws)
        melody += voices[0]
        counter += voices[1]
        sung += 1
    return melody, counter


def _phrase(
    task: Task, phrase: Phrase, kind: str, sung: int, throws: np.random.Generator
) -> tuple[list[Sketched], list[Sketched]]:
    themes = task.themes
    name = themes[sung % len(themes[:3])]
    answer = themes[(sung + 1) % len(themes[:3])]
    mood = task.passage.mood
    player, second = task.player("melody", phrase), task.player("counter", phrase)
    gestures = _gestures(motif_of(name), name, phrase, kind, mood.meter, task.stretch, throws)
    if kind == "vary":
        gestures = _ornamented(gestures, mood.ornaments, throws)
    lift = {"vary": 3, "sequence": -1, "invert": 2}.get(kind, 0) + (2 if phrase.closing else 0)
    melody = _sung(task, phrase, gestures, player, mood.centres[0] + lift, 0.05, throws) if player else []
    counter: list[Sketched] = []
    if second and kind == "breathe":
        reply = _head(motif_of(answer), answer, mood.meter, task.stretch, phrase)
        counter = _sung(task, phrase, reply, second, (mood.centres[0] + mood.centres[1]) // 2, -0.02, throws)
    elif second and melody and task.level(phrase, phrase.bars[0]) >= 1 and (sung or task.energy > 0.6):
        counter = _guide(task, phrase, second, melody)
    return melody, counter


def _gestures(
    motif: Motif, name: str, phrase: Phrase, kind: str, meter: int, stretch: float, throws: np.random.Generator
) -> list[Gesture]:
    """The notes of a phrase, without pitches."""
    total = float(phrase.bars[-1].last - phrase.bars[0].first)
    if kind == "breathe" or total < meter:
        return []
    shape = motif.inverted() if kind == "invert" else motif
    beats = [(at * stretch, length * stretch) for at, length in shape.beats(meter)]
    span = 2.0 * meter * stretch
    whole = [Gesture(at, length, step) for (at, length), step in zip(beats, shape.steps, strict=True)]
    head = [one for one in whole if one.beat < span / 2]
    made: list[Gesture]
    shift = int(throws.choice((1, 2, -2)))
    if total <= span:
        return _once(whole, name, total, 0 if kind in ("state", "invert") else shift, moved=kind == "sequence")
    goal = total - meter
    if kind == "sequence" and total > span / 2 + meter:
        made = []
        for turn in range(math.ceil(goal / (span / 2))):
            made += [replace(one, beat=one.beat + turn * span / 2, steps=one.steps + turn * shift) for one in head]
    else:
        made = list(whole)
        for turn in range(1, math.ceil(goal / span)):  # a short motif is said again, elsewhere; a long one begun again
            again = whole if turn % 2 == 0 or span < 2 * meter else head
            made += [replace(one, beat=one.beat + turn * span, steps=one.steps + (turn % 3) * shift) for one in again]
    made = [replace(one, beats=min(one.beats, goal - one.beat)) for one in made if one.beat < goal - 0.01]
    made[0] = replace(made[0], theme=name)
    made.append(Gesture(goal, meter * 0.72, made[-1].steps - 1, rests=True))
    return made


def _once(whole: list[Gesture], name: str, total: float, shift: int, *, moved: bool) -> list[Gesture]:
    """The motif once, in a phrase that has room for no more: itself, elsewhere, or with another end."""
    made = [one for one in whole if one.beat < total - 0.4]
    half = 0 if moved else max(1, len(made) // 2)
    made = [replace(one, steps=one.steps + (shift if k >= half else 0)) for k, one in enumerate(made)]
    made[-1] = replace(made[-1], beats=0.9 * (total - made[-1].beat), rests=True)
    made[0] = replace(made[0], theme=name)
    return made


def _head(motif: Motif, name: str, meter: int, stretch: float, phrase: Phrase) -> list[Gesture]:
    """The answer while the melody breathes: the motif once, a bar late."""
    total = phrase.bars[-1].last - phrase.bars[0].first
    start = meter if total > 2 * meter else 0
    made = [
        Gesture(start + at * stretch, length * stretch, step)
        for (at, length), step in zip(motif.beats(meter), motif.steps, strict=True)
        if start + at * stretch < total - 1
    ]
    if made:
        made[0] = replace(made[0], theme=name)
        made[-1] = replace(made[-1], rests=True, beats=min(made[-1].beats, total - made[-1].beat))
    return made


def _ornamented(gestures: list[Gesture], chance: float, throws: np.random.Generator) -> list[Gesture]:
    """Some notes of a beat or more broken into a turn to their neighbour."""
    made: list[Gesture] = []
    for one in gestures:
        if 1.0 <= one.beats <= 2.0 and not one.rests and throws.uniform() < chance:
            half = one.beats / 2
            made += [replace(one, beats=half), Gesture(one.beat + half, half, one.steps + int(throws.choice((1, -1))))]
        else:
            made.append(one)
    return made


def _sung(
    task: Task, phrase: Phrase, gestures: list[Gesture], player: str, centre: int, louder: float,
    throws: np.random.Generator,
) -> list[Sketched]:  # fmt: skip
    """The gestures with pitches: the motif's steps along the scale of each chord, strong notes on its tones."""
    if not gestures:
        return []
    mood = task.passage.mood
    made: list[Sketched] = []
    first = phrase.bars[0].first
    low, high = PLAYERS[player].range
    middle = within(player, centre)
    steps = [one.steps for one in gestures]
    # The phrase as a whole is centred, so that a high motif starts low.
    start = middle - round(0.85 * (max(steps) + min(steps)))
    anchor = nearest(chord_at(task.passage, first + gestures[0].beat).classes, start)
    for one in gestures:
        beat = first + one.beat
        tones = chord_at(task.passage, beat)
        pitch = stepped(scale_over(task.key, tones), anchor, one.steps)
        strong = one.rests or one.beats >= 1.5 or (abs(one.beat % 2.0) < 1e-6 and one.beats >= 1.0)
        if strong:
            pitch = nearest(tones.classes, pitch)
        if made and pitch == made[-1].pitch and not strong:
            pitch = stepped(scale_over(task.key, tones), pitch, 1 if throws.uniform() < 0.5 else -1)
        pitch = pitch if low <= pitch <= high else within(player, pitch)
        loud = task.loudness(phrase, beat) + louder + (0.04 if strong else -0.02)
        at = swung(beat, mood.swing)
        made.append(Sketched(player, pitch, at, one.beats * mood.legato, loud, one.theme))
    return made


def _guide(task: Task, phrase: Phrase, player: str, melody: list[Sketched]) -> list[Sketched]:
    """A line of long notes under the melody: chord tones close to each other, against its direction."""
    mood = task.passage.mood
    made: list[Sketched] = []
    middle = within(player, (mood.centres[0] + mood.centres[1]) // 2)
    last, above = middle, 0
    for bar in phrase.bars:
        for at, beats in _halves(bar):
            tones = chord_at(task.passage, at)
            over = next((note.pitch for note in reversed(melody) if note.beat <= at + 0.01), middle + 12)
            options = [p for p in range(last - 7, last + 8) if p % 12 in tones.classes and abs(p - over) >= 3]
            options = [p for p in options if PLAYERS[player].range[0] <= p <= PLAYERS[player].range[1]] or [last]
            trend = over - above if above else 0
            choice = min(
                options,
                key=lambda p, t=trend, m=last: (  # type: ignore[misc]
                    abs(p - m) + 0.5 * abs(p - middle) + 2.0 * ((p - m) * t > 0) + 1.5 * (p == m), p,
                ),
            )  # fmt: skip
            above, last = over, choice
            made.append(Sketched(player, choice, at, beats * 0.97, task.loudness(phrase, at) - 0.08))
    return made


def _halves(bar: Bar) -> list[tuple[float, float]]:
    """The bar's chords, and its halves where one chord fills four beats."""
    edges = [beat for beat, _ in bar.chords]
    if len(edges) == 1 and bar.beats == 4:
        edges.append(bar.first + 2.0)
    return [(a, b - a) for a, b in zip(edges, [*edges[1:], float(bar.last)], strict=True)]


def answer(task: Task, name: str, first: float, last: float) -> list[Sketched]:
    """A few notes of somebody's motif in a gap of the dialogue between two beats."""
    players = task.band.get("counter", ()) or task.band.get("melody", ())
    room = last - first
    phrase = next((one for one in task.passage.phrases if one.bars[-1].last > first), None)
    if not players or phrase is None or room < 1.5:
        return []
    motif = motif_of(name)
    here = first - phrase.bars[0].first
    made = [
        Gesture(here + at, length, step)
        for (at, length), step in zip(motif.beats(4), motif.steps, strict=True)
        if at < min(room - 0.5, 4.0)
    ]
    if not made:
        return []
    made[-1] = replace(made[-1], rests=True, beats=min(2.0, room - (made[-1].beat - here)))
    made[0] = replace(made[0], theme=name)
    throws = dice(task.seed, task.passage.section, 4, round(first * 4))
    mood = task.passage.mood
    return _sung(task, phrase, made, players[0], (mood.centres[0] + mood.centres[1]) // 2 + 3, 0.0, throws)
