"""Harmony, figure and bass: what carries the tune.

Voices are led from chord to chord; patterns are drawn in the mood and chosen by how much happens. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from audio.composing.form import Bar, Passage, Phrase, chord_at, dice
from audio.composing.harmony import Chord, nearest, scale_over, stepped, voiced
from audio.composing.orchestra import PLAYERS, within
from audio.composing.sketch import Sketched, Task, drawn, swung


def harmony(task: Task) -> list[Sketched]:
    """The chords, in as many voices as the mood has."""
    mood, made = task.passage.mood, []
    before: tuple[int, ...] = ()
    for phrase, bar in _bars(task.passage):
        players = task.band.get("harmony", ())
        if not players:
            continue
        level = task.level(phrase, bar)
        heard = players if level == 2 else (task.player("harmony", phrase),)
        leads: dict[float, tuple[int, ...]] = {}
        for beat, tones in bar.chords:
            before = voiced(tones, before, mood.centres[1], mood.voices)
            leads[beat] = before
        for start, beats, _ in drawn(mood.harmony[level], bar, mood.meter):
            for beat, length, pitches in _cut(start, beats, leads):
                short = length <= 0.75 * mood.meter / 3
                strong = 0.04 if abs(beat - bar.first) < 1e-6 else 0.0
                loud = task.loudness(phrase, beat) - 0.10 + strong
                for seat, player in enumerate(heard):
                    made += [
                        Sketched(player, within(player, p), swung(beat, mood.swing), length * (0.6 if short else 0.99),
                                 loud - 0.08 * seat)
                        for p in pitches
                    ]  # fmt: skip
    return _tied(made)


def _bars(passage: Passage) -> Iterator[tuple[Phrase, Bar]]:
    return ((phrase, bar) for phrase in passage.phrases for bar in phrase.bars)


def _cut(
    start: float, beats: float, leads: dict[float, tuple[int, ...]]
) -> Iterator[tuple[float, float, tuple[int, ...]]]:
    """A held chord cut where the harmony changes under it."""
    changes = sorted(leads)
    sounding = max((beat for beat in changes if beat <= start + 1e-6), default=changes[0])
    edges = [start, *(beat for beat in changes if start + 1e-6 < beat < start + beats - 1e-6), start + beats]
    for first, last in pairwise(edges):
        sounding = max((beat for beat in changes if beat <= first + 1e-6), default=sounding)
        yield first, last - first, leads[sounding]


def _tied(notes: Sequence[Sketched]) -> list[Sketched]:
    """Notes of the bowed and blown that go on in the next chord are held over, for at most eight beats."""
    made: list[Sketched] = []
    open_notes: dict[tuple[str, int], int] = {}
    for note in notes:
        held = open_notes.get((note.player, note.pitch))
        if held is not None and PLAYERS[note.player].sustains:
            last = made[held]
            if abs(last.beat + last.beats / 0.99 - note.beat) < 0.05 and last.beats + note.beats <= 8.1:
                made[held] = replace(last, beats=(note.beat - last.beat) + note.beats)
                continue
        open_notes[note.player, note.pitch] = len(made)
        made.append(note)
    return made


def figure(task: Task) -> list[Sketched]:
    """The moving accompaniment: broken chords, ostinati and strummed chords."""
    mood, made = task.passage.mood, []
    for phrase, bar in _bars(task.passage):
        player = task.player("figure", phrase)
        if not player:
            continue
        throws = dice(task.seed, task.passage.section, 2, bar.first)
        level = task.playable(task.level(phrase, bar), [(drawing,) for drawing in mood.figure])
        pattern = mood.figure[level]
        if phrase.number % 4 == 3 and not task.spoken(bar.first, bar.last):
            pattern = _mirrored(pattern)
        rings = not PLAYERS[player].sustains
        for beat, beats, letter in drawn(pattern, bar, mood.meter):
            pitches = _figured(letter, chord_at(task.passage, beat), mood.centres[2])
            accent = 0.06 if abs(beat - bar.first) < 1e-6 else 0.02 if abs(beat - round(beat)) < 1e-6 else -0.04
            loud = task.loudness(phrase, beat) - 0.06 + accent + float(throws.uniform(-0.04, 0.04))
            length = max(beats, min(2.0, bar.last - beat)) if rings else beats * 0.62
            for index, pitch in enumerate(pitches):
                at = swung(beat, mood.swing) + 0.02 * index
                made.append(Sketched(player, within(player, pitch), at, length, loud))
    return made


def _mirrored(pattern: str) -> str:
    """A pattern whose chord tones go the other way."""
    top = max((int(letter) for letter in pattern if letter.isdigit()), default=0)
    return "".join(str(top - int(letter)) if letter.isdigit() else letter for letter in pattern)


def _figured(letter: str, tones: Chord, centre: int) -> list[int]:
    """The pitches of one letter of a figure."""
    if letter == "r":
        return [nearest((tones.root,), centre - 13)]
    if letter == "f":
        low = nearest((tones.root,), centre - 13)
        return [nearest((tones.classes[-1] if len(tones.classes) < 3 else tones.classes[2],), low + 7)]
    ladder = [p for p in range(centre - 6, centre + 40) if p % 12 in tones.classes[:4]]
    return ladder[:4] if letter == "x" else [ladder[int(letter)]]


def bass(task: Task) -> list[Sketched]:
    """The bass line."""
    mood, made = task.passage.mood, []
    last = 0
    bars = list(_bars(task.passage))
    for index, (phrase, bar) in enumerate(bars):
        player = task.player("bass", phrase)
        if not player:
            continue
        low = max(PLAYERS[player].range[0], 28)
        following = bars[index + 1][1].chords[0][1] if index + 1 < len(bars) else bar.chords[-1][1]
        level = task.playable(task.level(phrase, bar), [(drawing,) for drawing in mood.bass])
        for beat, beats, letter in drawn(mood.bass[level], bar, mood.meter):
            tones = chord_at(task.passage, beat)
            coming = chord_at(task.passage, beat + 1) if beat + 1 < bar.last - 0.01 else following
            pitch = _bass_pitch(letter, tones, coming, task, last or low + 11, beat)
            pitch = within(player, pitch)
            while pitch > low + 19:
                pitch -= 12
            last = pitch
            accent = 0.05 if abs(beat - bar.first) < 1e-6 else 0.0
            length = beats * (0.97 if beats >= 1 else 0.7)
            loud = task.loudness(phrase, beat) - 0.02 + accent
            made.append(Sketched(player, pitch, swung(beat, mood.swing), length, loud))
    return made


def _bass_pitch(letter: str, tones: Chord, coming: Chord, task: Task, last: int, beat: float) -> int:
    root = nearest((tones.root,), (last + 38) / 2)
    if letter == "p":
        return nearest((task.key.tonic,), 36)
    if letter == "w":
        if coming.root != tones.root:  # the last step before a new chord leans into it
            goal = nearest((coming.root,), last)
            return goal - 1 if last <= goal else goal + 1
        scale = scale_over(task.key, tones)
        up = int(dice(task.seed, task.passage.section, 5, int(beat)).integers(2)) * 2 - 1
        return stepped(scale, last, up if 30 < last < 48 else (1 if last <= 30 else -1))
    fifth = tones.classes[min(2, len(tones.classes) - 1)]
    third = tones.classes[1] if len(tones.classes) > 2 else fifth
    if letter == "o":
        return root + 12
    return {"f": nearest((fifth,), root + 5), "t": nearest((third,), root + 4)}.get(letter, root)
