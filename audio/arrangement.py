"""Arranging a score: bars, sections, chords and the notes of every part, from a mood and a seed.

Everything is counted in samples on an exact beat, so that scenes cut to the music stay on it. Pure; makes no sound.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from audio.harmony import Chord, Key, chord, nearest_tone, voiced
from audio.moods import Mood, Progression
from audio.percussion import BEATS, SWELL_LEAD
from audio.voice import RATE

BEATS_A_BAR = 4
_RING = 2.0
"""Seconds at least that the last chord rings."""


@dataclass(frozen=True, slots=True)
class Note:
    """One note or stroke: who plays it, MIDI pitch (0 for strokes), first sample, seconds, loudness, place -1..1."""

    voice: str
    pitch: int
    at: int
    seconds: float
    velocity: float
    pan: float = 0.0
    bright: float = 0.5


@dataclass(frozen=True, slots=True)
class Passage:
    """One section on the bar grid: its mood, how much happens (0..1) and whether somebody speaks over it."""

    first: int
    last: int
    mood: Mood
    energy: float
    speech: bool
    index: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole score before any note: grid, key, passages and every bar's chord. The last chord follows `bars`."""

    samples: int
    tempo: float
    key: Key
    seed: int
    bars: int
    passages: tuple[Passage, ...]
    chords: tuple[Chord, ...]
    voicings: tuple[tuple[int, ...], ...]
    build: bool = False

    def at(self, beat: float) -> int:
        """The sample of a beat counted from the start."""
        return round(beat * 60.0 * RATE / self.tempo)

    def bar(self, index: int) -> int:
        """The first sample of a bar."""
        return self.at(index * BEATS_A_BAR)


def bars_in(samples: int, tempo: float) -> int:
    """How many whole bars are played before the last chord, which rings for two seconds or more; 0 in a short film."""
    bar = BEATS_A_BAR * 60.0 * RATE / tempo
    return max(0, int((samples - _RING * RATE) // bar))


def plan(
    samples: int,
    tempo: float,
    key: Key,
    seed: int,
    sections: Sequence[tuple[int, Mood, float, bool]],
    build: bool = False,
) -> Plan:
    """Lays sections (first sample, mood, energy, speech) on bars and chooses the chords; the last bar leads home."""
    bars = bars_in(samples, tempo)
    bare = Plan(samples, tempo, key, seed, bars, (), (), (), build)
    passages = _passages(bare, sections)
    chords: list[Chord] = []
    for passage in passages:
        progression = _progression(passage, key, seed)
        chords += [chord(key, *progression[i % len(progression)]) for i in range(passage.last - passage.first)]
    if bars >= 2:
        chords[-1] = chord(key, 4, "dominant" if key.minor else "7")
    if bars >= 3:
        chords[-2] = chord(key, 3)
    chords.append(chord(key, 0, "9" if passages[-1].mood.name in ("wonder", "calm", "romantic") else ""))
    voicings: list[tuple[int, ...]] = []
    for index, tones in enumerate(chords):
        mood = passage_of(passages, index).mood
        voicings.append(voiced(tones, voicings[-1] if voicings else (), 60 + mood.register // 2))
    return replace(bare, passages=passages, chords=tuple(chords), voicings=tuple(voicings))


def _passages(bare: Plan, sections: Sequence[tuple[int, Mood, float, bool]]) -> tuple[Passage, ...]:
    """Sections on the nearest bars; one that would have no bar is left out."""
    starts = [min(bare.bars, round(start / max(1, bare.bar(1)))) for start, *_ in sections]
    starts[0] = 0
    made: list[Passage] = []
    for index, (first, (_, mood, energy, speech)) in enumerate(zip(starts, sections, strict=True)):
        last = starts[index + 1] if index + 1 < len(starts) else bare.bars
        if last > first or (not made and index + 1 == len(starts)):
            made.append(Passage(first, last, mood, energy, speech, index))
    return tuple(made)


def passage_of(passages: Sequence[Passage], bar: int) -> Passage:
    """The passage that a bar lies in; the last one for the final chord."""
    return next((one for one in passages if one.first <= bar < one.last), passages[-1])


def _progression(passage: Passage, key: Key, seed: int) -> Progression:
    choices = passage.mood.minor if key.minor else passage.mood.major
    return choices[int(_chance(seed, passage.index, 1).integers(len(choices)))]


def _chance(seed: int, *place: int) -> np.random.Generator:
    """The dice of one place in the score: what is thrown elsewhere does not move them."""
    return np.random.default_rng([seed & 0xFFFFFFFF, *place])


def notes_of_bar(score: Plan, bar: int) -> tuple[Note, ...]:
    """Every note that begins in a bar; `bar == score.bars` is the last chord."""
    if bar >= score.bars:
        return _last_chord(score)
    passage = passage_of(score.passages, bar)
    energy = passage.energy
    if score.build:
        energy = min(1.0, energy * (0.45 + 0.75 * bar / max(1, score.bars)))
    return (
        *_bed(score, bar, passage, energy),
        *_bass(score, bar, passage, energy),
        *_figure(score, bar, passage, energy),
        *_melody(score, bar, passage, energy),
        *_percussion(score, bar, passage, energy),
    )


def _bed(score: Plan, bar: int, passage: Passage, energy: float) -> list[Note]:
    mood = passage.mood
    if not mood.bed:
        return []
    seconds = (score.bar(bar + 1) - score.bar(bar)) / RATE
    loud = 0.34 + 0.22 * energy - (0.06 if passage.speech else 0.0)
    places = (-0.5, 0.4, -0.15, 0.6)
    return [
        Note(mood.bed, pitch, score.bar(bar), seconds, loud, places[i % 4], mood.brightness * (0.6 + 0.5 * energy))
        for i, pitch in enumerate(score.voicings[bar])
    ]


def _bass(score: Plan, bar: int, passage: Passage, energy: float) -> list[Note]:
    mood = passage.mood
    root = score.chords[bar].classes[0]
    pitch = next(p for p in range(33, 46) if p % 12 == root)
    beat = 60.0 / score.tempo
    bright = mood.brightness
    if mood.bass == "pulse" and energy >= 0.3:
        hits = (0, 1, 2, 3) if passage.speech or energy < 0.6 else (0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5)
        return [
            Note("pulse", pitch, score.at(bar * 4 + b), beat * 0.42, 0.42 + 0.1 * (b == 0), 0.0, bright) for b in hits
        ]
    if mood.bass == "walk" and energy >= 0.3 and not passage.speech:
        fifth = nearest_tone(score.chords[bar], pitch + 7)
        return [
            Note("walk", pitch, score.at(bar * 4), beat, 0.75, 0.0, bright),
            Note("walk", fifth, score.at(bar * 4 + 2), beat, 0.6, 0.0, bright),
        ]
    return [Note("soft", pitch, score.bar(bar), 3.9 * beat, 0.38 + 0.15 * energy, 0.0, bright)]


def _figure(score: Plan, bar: int, passage: Passage, energy: float) -> list[Note]:
    """The accompaniment: broken chords in eighths, thinned out under speech and where little happens."""
    mood, made = passage.mood, []
    if bar == 0 and score.bars > 4 and mood.bed:
        return []  # the bed alone opens the film
    dice = _chance(score.seed, passage.index, 2, bar)
    thin = 2 if passage.speech or energy < 0.35 else 1
    octave = 12 if mood.figure_voice in ("celesta", "pluck") and mood.register >= 0 else 0
    for step in range(0, 8, thin):
        tone = mood.figure[step]
        if tone < 0 and thin == 1:
            continue
        pitches = score.voicings[bar]
        pitch = pitches[abs(tone) % len(pitches)] + octave + (12 if abs(tone) >= len(pitches) else 0)
        accent = 1.0 if step == 0 else 0.82 if step == 4 else 0.68
        loud = (0.30 + 0.25 * energy) * accent * (0.62 if passage.speech else 1.0) * float(dice.uniform(0.88, 1.0))
        late = int(dice.integers(0, round(0.008 * RATE)))
        at = score.at(bar * 4 + step / 2) + late
        place = 0.35 * float(np.sin(step * 0.9))
        made.append(Note(mood.figure_voice, pitch, at, 30.0 / score.tempo, loud, place, mood.brightness))
    return made


_RHYTHMS: tuple[tuple[tuple[float, float], ...], ...] = (
    ((0, 1.5), (1.5, 0.5), (2, 2)),
    ((0, 1), (1, 1), (2, 2)),
    ((0, 3), (3, 1)),
    ((0, 2), (2, 1), (3, 1)),
    ((0.5, 0.5), (1, 1), (2, 1.5), (3.5, 0.5)),
    ((0, 0.5), (0.5, 0.5), (1, 1), (2, 2)),
)
"""Rhythms of a bar: beat and length of each note."""


def _melody(score: Plan, bar: int, passage: Passage, energy: float) -> list[Note]:
    """A motif of two bars, repeated over the changing chords, with a longer note and a rest at each phrase's end."""
    mood = passage.mood
    place = bar - passage.first
    if not mood.melody_voice or passage.speech or energy < 0.3 or place < 1:
        return []
    motif = _chance(score.seed, passage.index, 3)
    chosen = motif.permutation(len(_RHYTHMS))[:2]
    contour = [int(step) for step in motif.integers(-2, 3, size=8)]
    dice = _chance(score.seed, passage.index, 4, place // 4)
    if place % 4 >= 2 and dice.uniform() > 0.35 + mood.melody:
        return []  # the phrase breathes
    closing = place % 4 == 3 or bar == score.bars - 1
    rhythm = ((0.0, 3.0),) if closing else _RHYTHMS[int(chosen[place % 2])]
    centre = 72 + mood.register
    pitch = nearest_tone(score.chords[bar], centre + contour[(place // 2) % 8])
    made = []
    for index, (beat, length) in enumerate(rhythm):
        strong = beat in (0, 2) or length >= 1.5
        step = contour[(place % 2 * 4 + index) % 8] if index else 0
        pitch = _stepped(score, pitch, step)
        if strong:
            pitch = nearest_tone(score.chords[bar], pitch)
        if abs(pitch - centre) > 9:
            pitch = nearest_tone(score.chords[bar], centre)
        loud = (0.42 + 0.2 * energy) * (1.0 if strong else 0.8)
        at = score.at(bar * 4 + beat)
        seconds = length * 60.0 / score.tempo * 0.94
        made.append(Note(mood.melody_voice, pitch, at, seconds, loud, 0.12, mood.brightness))
    return made


def _stepped(score: Plan, pitch: int, step: int) -> int:
    """The scale tone `step` scale steps away from a pitch."""
    scale = sorted((score.key.tonic + s) % 12 for s in score.key.scale)
    ladder = [12 * octave + s for octave in range(2, 9) for s in scale]
    here = min(range(len(ladder)), key=lambda i: abs(ladder[i] - pitch))
    return ladder[max(0, min(len(ladder) - 1, here + step))]


def _percussion(score: Plan, bar: int, passage: Passage, energy: float) -> list[Note]:
    made = []
    if bar == passage.first and bar > 0 and passage.mood.beat and not passage.speech:
        made.append(Note("swell", 0, max(0, score.bar(bar) - SWELL_LEAD), 0.0, 0.35 + 0.4 * energy))
    quiet = passage.speech and passage.mood.beat != "pulse"
    if quiet or energy < 0.4 or bar - passage.first < (1 if energy < 0.7 else 0):
        return made
    for stroke, beat, loud in BEATS[passage.mood.beat]:
        level = loud * (0.35 + 0.45 * energy) * (0.6 if passage.speech else 1.0)
        made.append(Note(stroke, 0, score.at(bar * 4 + beat), 0.0, level, 0.25 if stroke == "shaker" else 0.0))
    return made


def _last_chord(score: Plan) -> tuple[Note, ...]:
    """The tonic, spread upwards, ringing to the last sample."""
    mood = score.passages[-1].mood
    at = score.bar(score.bars)
    seconds = max(0.2, (score.samples - at) / RATE - 0.2)
    root = score.chords[-1].classes[0]
    bass = next(p for p in range(33, 46) if p % 12 == root)
    made = [Note("soft", bass, at, seconds, 0.5, 0.0, mood.brightness)]
    for index, pitch in enumerate(score.voicings[-1]):
        made.append(Note(mood.bed or "warm", pitch, at, seconds, 0.42, (-0.5, 0.4, -0.15, 0.6)[index % 4], 0.4))
        late = at + round(index * 0.09 * RATE)
        made.append(Note(mood.figure_voice, pitch, late, 1.0, 0.4, 0.1 * index, mood.brightness))
    made.append(Note(mood.figure_voice, bass + 12, at, 1.0, 0.4, 0.0, mood.brightness))
    return tuple(made)


def parts(score: Plan) -> Mapping[str, int]:
    """How many notes each voice plays in the whole score."""
    counts: dict[str, int] = {}
    for bar in range(score.bars + 1):
        for note in notes_of_bar(score, bar):
            counts[note.voice] = counts.get(note.voice, 0) + 1
    return dict(sorted(counts.items()))
