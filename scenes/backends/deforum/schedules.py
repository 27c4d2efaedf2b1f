"""Values that change over a clip, as written: `0:(0.65), 30:(0.4*sin(t/10)), end:(1)`, or one formula for all frames.

A keyframe stands at a frame, at seconds (`2s`), at `start`, `middle` or `end`, or where a formula of `max_f` says.
Between two keyframes the value fades in a straight line from what the first comes to at that frame to what the second
does; before the first and after the last it is theirs. Knows no pictures.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from scenes.backends.deforum.expressions import Fault, Faulty, Node, parse, value
from storyboard.errors import RenderError

MOST_KEYS = 500
_LONGEST = 20_000
_SECONDS = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?|\.[0-9]{1,9})\s*s", re.ASCII)
_HOW = "write frames with their values, such as 0:(0.65), 30:(0.4*sin(t/10))"


@dataclass(frozen=True, slots=True)
class Clock:
    """How many frames a clip has, and how many of them pass in a second."""

    frames: int
    rate: Fraction

    def at(self, frame: float) -> dict[str, float]:
        """The variables of a formula at a frame."""
        return {"t": float(frame), "s": float(frame / self.rate), "max_f": float(self.frames)}


@dataclass(frozen=True, slots=True)
class Key:
    """A formula and the frame from which on it counts."""

    frame: float
    formula: Node


@dataclass(frozen=True, slots=True)
class Schedule:
    """One value for each frame of a clip."""

    keys: tuple[Key, ...]
    """In the order of their frames, which are all different; at least one."""
    clock: Clock

    def at(self, frame: int) -> float:
        """The value at a frame; raises Faulty where a formula has none."""
        given = self.clock.at(frame)
        after = bisect_right([key.frame for key in self.keys], frame)
        if after == 0 or after == len(self.keys):
            return value(self.keys[max(after - 1, 0)].formula, given)
        first, second = self.keys[after - 1], self.keys[after]
        part = (frame - first.frame) / (second.frame - first.frame)
        start = value(first.formula, given)
        return start if part == 0 else start + (value(second.formula, given) - start) * part

    def values(self, frames: int) -> tuple[float, ...]:
        """The values at frames 0 to `frames` - 1."""
        return tuple(self.at(frame) for frame in range(frames))


def read(text: str, clock: Clock, where: str = "") -> Schedule:
    """The schedule that a text means, looked through at every frame of the clip.

    Raises Faulty with all mistakes, each with its column; `where` says whose text it is.
    """
    if len(text) > _LONGEST:
        raise Faulty([Fault(1, f"the text has {len(text)} characters", f"write at most {_LONGEST}")], where)
    faults: list[Fault] = []
    schedule = Schedule(tuple(_keys(text, clock, faults)), clock)
    if not faults:
        _look_through(schedule, faults)
    if faults:
        raise Faulty(faults, where)
    return schedule


def read_all(texts: Mapping[str, str], clock: Clock) -> dict[str, Schedule]:
    """The schedules of several settings by name; raises RenderError with the mistakes of all of them."""
    schedules: dict[str, Schedule] = {}
    wrong: list[Faulty] = []
    for name, text in texts.items():
        try:
            schedules[name] = read(text, clock, f"the schedule {name!r}")
        except Faulty as fault:
            wrong.append(fault)
    if len(wrong) == 1:
        raise wrong[0]
    if wrong:
        told = "\n".join(f"{one.message}; {one.hint}" for one in wrong)
        raise RenderError(f"{len(wrong)} schedules cannot be read\n{told}", "mend each of them")
    return schedules


def _keys(text: str, clock: Clock, faults: list[Fault]) -> list[Key]:
    """The keyframes of a text; what is wrong with any goes to `faults`."""
    pieces = _pieces(text, ",")
    if not any(":" in piece for _, piece in pieces):
        if len(pieces) > 1:
            faults.append(Fault(pieces[1][0], "several values without their frames", _HOW))
            return []
        formula = _formula(text, 1, faults)
        return [Key(0.0, formula)] if formula is not None else []
    if len(pieces) > 1 and not pieces[-1][1].strip():
        pieces.pop()
    if len(pieces) > MOST_KEYS:
        fix = f"write at most {MOST_KEYS}, or a formula of t"
        faults.append(Fault(pieces[MOST_KEYS][0], f"there are {len(pieces)} keyframes", fix))
        return []
    keys: dict[float, Key] = {}
    for column, piece in pieces:
        begin = column + len(piece) - len(piece.lstrip())
        place, colon, written = piece.partition(":")
        if not colon:
            faults.append(Fault(begin, "a value without its frame", _HOW))
            continue
        frame = _frame(place, column, clock, faults)
        formula = _formula(written, column + len(place) + 1, faults)
        if frame in keys:
            faults.append(Fault(begin, f"frame {frame:g} is written twice", "keep one of them"))
        elif frame is not None and formula is not None:
            keys[frame] = Key(frame, formula)
    return [keys[frame] for frame in sorted(keys)]


def _pieces(text: str, sign: str) -> list[tuple[int, str]]:
    """The text cut at a sign wherever no bracket is open, each piece with the column of its first character."""
    pieces, depth, start = [], 0, 0
    for place, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if letter == sign and depth <= 0:
            pieces.append((start + 1, text[start:place]))
            start, depth = place + 1, 0
    return [*pieces, (start + 1, text[start:])]


def _frame(text: str, column: int, clock: Clock, faults: list[Fault]) -> float | None:
    """The frame that the words before a colon mean."""
    word = text.strip().lower()
    ends = {"start": 0.0, "middle": (clock.frames - 1) / 2, "end": float(clock.frames - 1)}
    if word in ends:
        return ends[word]
    if found := _SECONDS.fullmatch(word):
        return float(Fraction(found[1]) * clock.rate)
    begin = column + len(text) - len(text.lstrip())
    if not word:
        faults.append(Fault(begin, "a frame is missing before the colon", _HOW))
        return None
    formula = _formula(text, column, faults)
    if formula is None:
        return None
    try:
        frame = value(formula, clock.at(0))
    except Faulty as wrong:
        faults.extend(wrong.faults)
        return None
    if frame < 0:
        faults.append(Fault(begin, f"there is no frame {frame:g}", "the first one is 0"))
        return None
    return frame


def _formula(text: str, column: int, faults: list[Fault]) -> Node | None:
    try:
        return parse(text, column)
    except Faulty as wrong:
        faults.extend(wrong.faults)
        return None


def _look_through(schedule: Schedule, faults: list[Fault]) -> None:
    """Work out every frame, so that what fails late is told early: each place of the text once."""
    told: set[int] = set()
    for frame in range(schedule.clock.frames):
        try:
            schedule.at(frame)
        except Faulty as wrong:
            for fault in wrong.faults:
                if fault.column not in told:
                    told.add(fault.column)
                    faults.append(fault)
