"""Arranging a score: from sections, mood, key and seed to every note of every part.

What is asked of the music comes as plain data. Pure; makes no sound.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from audio.composing import backing, bars, form, strokes, tune
from audio.composing.bars import Grid
from audio.composing.form import Passage, Scene, Span, dice
from audio.composing.harmony import Key
from audio.composing.orchestra import PARTS, PLAYERS, seated
from audio.composing.piece import Note, Piece
from audio.composing.sketch import Sketched, Task
from audio.voice import RATE

_BEFORE = round(0.15 * RATE)
"""Samples before a word by which the melody has ended."""
_AFTER = round(0.10 * RATE)
_LATE = round(0.006 * RATE)
"""By how many samples at most a player of the accompaniment is late."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the author wants beyond the moods.

    Only these `players`, or the mood's own with the `featured` ones among them and the `denied` ones left out. `lift`
    is added to every energy, and a piece that `builds` grows to its end. `cast` are those who have a motif.
    """

    players: tuple[str, ...] = ()
    featured: tuple[str, ...] = ()
    denied: frozenset[str] = frozenset()
    lift: float = 0.0
    builds: bool = False
    cast: tuple[str, ...] = ()


def arranged(
    samples: int, tempo: float, key: Key, seed: int, scenes: Sequence[Scene], speech: Sequence[Span], wish: Wish
) -> Piece:
    """The whole piece. `scenes` follow each other from sample 0 to the end; `speech` is sorted and disjoint."""
    accents = [scene.start for scene in scenes if scene.hit and not scene.rest]
    grid = bars.laid(samples, tempo, accents)
    laid = form.passages(grid, scenes, key, seed, speech)
    parts: dict[str, list[Note]] = {part: [] for part in PARTS}
    endings: list[Span] = []
    tasks = _tasks(laid, grid, key, seed, wish)
    for index, task in enumerate(tasks):
        sketch = _written(task, tasks[index + 1] if index + 1 < len(tasks) else None)
        if task.passage.ends:
            beat = task.passage.last
            at = grid.at(beat)
            length = task.passage.ends - at
            endings.append((at, task.passage.ends))
            rung = strokes.ending(task, beat, length / bars.period(tempo) + 0.01)
            for part, notes in rung.items():
                sketch[part] = [*sketch[part], *notes]
        for part, notes in sketch.items():
            parts[part] += _noted(task, part, notes)
    for accent in accents:
        _accented(parts, accent, tasks, grid)
    rests = tuple((scene.start, scene.end) for scene in scenes if scene.rest)
    whole = {
        part: tuple(sorted(_bounded(notes, samples), key=lambda note: (note.at, note.player, note.pitch)))
        for part, notes in parts.items()
    }
    return Piece(samples, tempo, key, grid, laid, whole, tuple(accents), rests, tuple(endings), tuple(speech))


def _key_of(key: Key, passage: Passage) -> Key:
    """The key with the passage's own mode, where the author asked only for major or minor."""
    if key.mode not in ("major", "minor"):
        return key
    return replace(key, mode=passage.mood.modes[1 if key.minor else 0])


def _tasks(laid: Sequence[Passage], grid: Grid, key: Key, seed: int, wish: Wish) -> list[Task]:
    last = max((passage.last for passage in laid), default=1)
    tasks: list[Task] = []
    heard: set[str] = set()
    count = sum(len(passage.phrases) for passage in laid)
    for passage in laid:
        band = seated(passage.mood.band, wish.players, wish.featured, wish.denied)
        lift = wish.lift
        if wish.builds:
            lift += 0.55 * (0.5 * (passage.first + passage.last) / max(1, last)) - 0.3
        known = [name for name in passage.who if not wish.cast or name in wish.cast]
        themes = tuple(known[:3]) or (f"theme {seed}",)
        turn = tasks[-1].turn + len(tasks[-1].passage.phrases) if tasks else 0
        new = themes[0] not in heard
        tasks.append(Task(passage, band, _key_of(key, passage), grid, seed, lift, themes, turn, new, count <= 4))
        heard.add(themes[0])
    return tasks


def _written(task: Task, following: Task | None) -> dict[str, list[Sketched]]:
    """Every part of one passage, without its last chord."""
    melody, counter = tune.tune(task)
    if task.passage.speech:
        melody, counter = _open(task, melody), [*_open(task, counter), *_answers(task)]
    return {
        "melody": melody,
        "counter": counter,
        "harmony": backing.harmony(task),
        "figure": backing.figure(task),
        "bass": backing.bass(task),
        "percussion": strokes.percussion(
            task, following.energy if following and not task.passage.ends else 0.0
        ),
    }  # fmt: skip


def _gaps(task: Task) -> list[Span]:
    """Where nobody speaks in a passage, with room for breath at both ends."""
    low, high = task.grid.at(task.passage.first), task.grid.at(task.passage.last)
    gaps, here = [], low
    for first, last in task.passage.speech:
        if first - _BEFORE > here:
            gaps.append((here, first - _BEFORE))
        here = max(here, last + _AFTER)
    if high > here:
        gaps.append((here, high))
    return gaps


def _open(task: Task, notes: Sequence[Sketched]) -> list[Sketched]:
    """The notes that lie in gaps of at least two bars, cut where somebody begins to speak."""
    wide = 2 * task.passage.mood.meter * bars.period(task.grid.tempo)
    made = []
    for first, last in (gap for gap in _gaps(task) if gap[1] - gap[0] >= wide):
        for note in notes:
            at = task.grid.at(note.beat)
            if first <= at < last - RATE // 8:
                room = (last - at) / bars.period(task.grid.tempo)
                made.append(replace(note, beats=min(note.beats, room)))
    return made


def _answers(task: Task) -> list[Sketched]:
    """A short reply in every narrower gap that has room for one."""
    length = bars.period(task.grid.tempo)
    made: list[Sketched] = []
    for first, last in _gaps(task):
        if 2 * length <= last - first < 2 * task.passage.mood.meter * length:
            beat = task.grid.beat_from(first)
            name = task.themes[(len(made) + 1) % len(task.themes)]
            made += tune.answer(task, name, beat, beat + (last - task.grid.at(beat)) / length)
    return made


def _noted(task: Task, part: str, notes: Sequence[Sketched]) -> list[Note]:
    """Sketched notes on their samples, the accompaniment a little human where no machine plays."""
    grid, passage = task.grid, task.passage
    human = part in ("figure", "counter") and passage.mood.groove != "four"
    throws = dice(task.seed, passage.section, 6, PARTS.index(part))
    made = []
    for note in notes:
        at, end = grid.at(note.beat), grid.at(note.beat + note.beats)
        late = int(throws.integers(0, _LATE)) if human and note.beat != passage.last else 0
        if passage.ends and note.beat < passage.last:
            end = min(end, grid.at(passage.last))
        if passage.ends:
            end = min(end, passage.ends)
        if part in ("melody", "counter"):
            end = _hushed(passage, at, end)
        velocity = min(1.0, max(0.08, note.velocity))
        made.append(Note(note.player, note.pitch, at + late, max(1, end - at - late), velocity, note.theme))
    return made


def _hushed(passage: Passage, at: int, end: int) -> int:
    """The end of a melody's note, before the next word."""
    return min([end, *(first - _BEFORE for first, _ in passage.speech if first > at)])


def _accented(parts: Mapping[str, list[Note]], at: int, tasks: Sequence[Task], grid: Grid) -> None:
    """Clears half a beat before an accent, but for what rolls into it, and writes the accent."""
    task = next(
        (t for t in tasks if grid.at(t.passage.first) <= at < max(grid.at(t.passage.last), t.passage.ends)), tasks[-1]
    )
    clear = round(0.5 * bars.period(grid.tempo))
    for part, notes in parts.items():
        kept = [
            replace(note, samples=min(note.samples, at - note.at)) if note.at < at < note.at + note.samples else note
            for note in notes
            if part == "percussion" or not at - clear <= note.at < at
        ]
        notes[:] = [note for note in kept if not (note.at == at and part in ("harmony", "bass"))]
    beat = grid.nearest(at)
    for part, sketched in strokes.accent(task, beat).items():
        for note in sketched:
            length = grid.at(beat + note.beats) - grid.at(beat)
            parts[part].append(Note(note.player, note.pitch, at, length, min(1.0, note.velocity)))


def _bounded(notes: Sequence[Note], samples: int) -> list[Note]:
    """The notes within the piece; of two equal ones that begin together only the louder."""
    kept: dict[tuple[int, str, int], Note] = {}
    for note in notes:
        if not 0 <= note.at < samples:
            continue
        low, high = PLAYERS[note.player].range
        place = (note.at, note.player, min(high, max(low, note.pitch)))
        there = kept.get(place)
        if there is None or there.velocity < note.velocity:
            kept[place] = replace(note, samples=min(note.samples, samples - note.at))
    return list(kept.values())
