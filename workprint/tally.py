"""The count of a render under way: what is done, what is being made, how long it will take.

Made from the stream of progress events alone, for whatever shows it. Knows no terminal.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

from projects.progress import (
    Event,
    Note,
    RenderFinished,
    RenderStarted,
    StepEvent,
    StepFailed,
    StepFinished,
    StepProgress,
    StepReused,
    StepSkipped,
    StepStarted,
)

FILM = "film"
"""The row of the steps that belong to no single scene."""
_SURE_AFTER = 1.0
"""Seconds of work before a time left is worth telling."""


@dataclass(slots=True)
class Running:
    """A step in a worker's hands: its cost, and the part of it that is done, 0..1."""

    label: str
    scene: str
    cost: float
    part: float = 0.0


@dataclass(slots=True)
class Row:
    """What is known of one scene: steps made, reused, failed and skipped so far."""

    made: int = 0
    reused: int = 0
    failed: int = 0
    skipped: int = 0


@dataclass(slots=True)
class Tally:
    """Counts of the pass under way (a render may have several), rows of all passes, and notes, each once."""

    now: Callable[[], float] = monotonic
    steps: int = 0
    cost: float = 0.0
    ended: int = 0
    done_cost: float = 0.0
    begun: float = 0.0
    over: bool = False
    running: dict[str, Running] = field(default_factory=dict)
    rows: dict[str, Row] = field(default_factory=dict)
    notes: dict[str, None] = field(default_factory=dict)

    def take(self, event: Event) -> None:
        """Count one event."""
        if isinstance(event, RenderStarted):
            self.steps, self.cost, self.begun = event.steps, event.cost, self.now()
            self.ended, self.done_cost, self.over = 0, 0.0, False
            self.running.clear()
        elif isinstance(event, RenderFinished):
            self.running.clear()
            self.over = True
        elif isinstance(event, Note):
            self.notes[event.text] = None
        elif isinstance(event, StepEvent):
            self._take_step(event)

    @property
    def part(self) -> float:
        """How much of the pass is done, 0..1, by the cost of its steps."""
        if not self.cost:
            return 1.0 if self.over else 0.0
        under_way = sum(step.cost * step.part for step in self.running.values())
        return min(1.0, (self.done_cost + under_way) / self.cost)

    @property
    def left(self) -> float | None:
        """Seconds until the pass is done, by the pace so far; None while that cannot be told."""
        elapsed, part = self.now() - self.begun, self.part
        if elapsed < _SURE_AFTER or part <= 0:
            return None
        return elapsed * (1 - part) / part

    def state(self, scene: str) -> str:
        """How a scene stands: working, failed, blocked, made, current or waiting."""
        row = self.rows.get(scene, Row())
        if any((step.scene or FILM) == scene for step in self.running.values()):
            return "working"
        counts = ((row.failed, "failed"), (row.skipped, "blocked"), (row.made, "made"), (row.reused, "current"))
        return next((word for count, word in counts if count), "waiting")

    def _take_step(self, event: StepEvent) -> None:
        row = self.rows.setdefault(event.scene or FILM, Row())
        if isinstance(event, StepStarted):
            self.running[event.name] = Running(event.label or event.name, event.scene, event.cost)
        elif isinstance(event, StepProgress):
            if event.name in self.running:
                self.running[event.name].part = event.part
        elif isinstance(event, StepFinished):
            row.made += 1
            self._end(event.name, event.cost)
        elif isinstance(event, StepReused):
            row.reused += 1
        elif isinstance(event, StepFailed):
            row.failed += 1
            self._end(event.name, 0.0)
        elif isinstance(event, StepSkipped):
            row.skipped += 1
            self._end(event.name, 0.0)

    def _end(self, name: str, cost: float) -> None:
        step = self.running.pop(name, None)
        self.ended += 1
        self.done_cost += cost or (step.cost if step else 0.0)
