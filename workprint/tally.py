"""The count of a render under way: what is done, what is being made, how long it will take.

Made from the stream of progress events alone, for whatever shows it. Knows no terminal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
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
from projects.steps import Step

FILM = "film"
"""The row of the steps that belong to no single scene."""
_SURE_AFTER = 1.0
"""Seconds of work before a time left is worth telling."""
_LONG = 5.0
"""Seconds after which a step has a time of its own to tell."""
_SURE_PART = 0.01
"""Part of the render that a pass must have done before its pace is worth telling."""


@dataclass(slots=True)
class Running:
    """A step in a worker's hands: its cost, and the part of it that is done, 0..1."""

    label: str
    scene: str
    cost: float
    part: float = 0.0
    begun: float = 0.0

    def left(self, now: float) -> float | None:
        """Seconds until the step is done, by its own pace; None while that cannot be told, or is soon over."""
        elapsed = now - self.begun
        if elapsed < _LONG or self.part < _SURE_PART:
            return None
        return elapsed * (1 - self.part) / self.part


@dataclass(slots=True)
class Row:
    """What is known of one scene: steps made, reused, failed and skipped so far."""

    made: int = 0
    reused: int = 0
    failed: int = 0
    skipped: int = 0


@dataclass(slots=True)
class Tally:
    """Counts, rows and notes of a render; its passes (what sets lengths, then the rest) count as one.

    `expect` may tell beforehand what a plan expects of all passes together.
    """

    now: Callable[[], float] = monotonic
    steps: int = 0
    cost: float = 0.0
    ended: int = 0
    done_cost: float = 0.0
    begun: float = 0.0
    """When the pass under way began."""
    before: float = 0.0
    """How much of the render was done by then, 0..1; no later figure is smaller."""
    passes: int = 0
    over: bool = False
    there: set[str] = field(default_factory=set)
    """Names of the steps that were made or reused."""
    running: dict[str, Running] = field(default_factory=dict)
    rows: dict[str, Row] = field(default_factory=dict)
    notes: dict[str, None] = field(default_factory=dict)

    def expect(self, steps: Sequence[Step], scenes: Iterable[str]) -> None:
        """Count with these steps, and give the scenes that have work among them their rows, in this order."""
        self.steps, self.cost = len(steps), sum(step.cost for step in steps)
        busy = {step.scene for step in steps}
        self.rows.update({scene: Row() for scene in scenes if scene in busy})

    def take(self, event: Event) -> None:
        """Count one event."""
        if isinstance(event, RenderStarted):
            self._begin(event)
        elif isinstance(event, RenderFinished):
            self.running.clear()
            self.over = True
        elif isinstance(event, Note):
            self.notes[event.text] = None
        elif isinstance(event, StepEvent):
            self._take_step(event)

    @property
    def part(self) -> float:
        """How much of the render is done, 0..1, by the cost of its steps; never falls."""
        if not self.cost:
            return 1.0 if self.over else 0.0
        under_way = sum(step.cost * step.part for step in self.running.values())
        return min(1.0, max(self.before, (self.done_cost + under_way) / self.cost))

    @property
    def left(self) -> float | None:
        """Seconds until the render is done, by the pace of the pass under way; None while that cannot be told."""
        elapsed, part = self.now() - self.begun, self.part
        if elapsed < _SURE_AFTER or part - self.before < _SURE_PART:
            return None
        return elapsed * (1 - part) / (part - self.before)

    def state(self, scene: str) -> str:
        """How a scene stands: working, failed, blocked, made, current or waiting."""
        row = self.rows.get(scene, Row())
        if any((step.scene or FILM) == scene for step in self.running.values()):
            return "working"
        counts = ((row.failed, "failed"), (row.skipped, "blocked"), (row.made, "made"), (row.reused, "current"))
        return next((word for count, word in counts if count), "waiting")

    def _begin(self, event: RenderStarted) -> None:
        """Begin a pass. Only the first is part of what was expected; what a later one brings is known by then."""
        self.before = self.part if self.cost else 0.0
        if self.passes:
            self.steps, self.cost = self.ended + event.steps, self.done_cost + event.cost
        else:
            self.steps, self.cost = max(self.steps, event.steps), max(self.cost, event.cost)
        self.passes += 1
        self.begun, self.over = self.now(), False
        self.running.clear()

    def _take_step(self, event: StepEvent) -> None:
        row = self.rows.setdefault(event.scene or FILM, Row())
        if isinstance(event, StepStarted):
            self.running[event.name] = Running(event.label or event.name, event.scene, event.cost, begun=self.now())
        elif isinstance(event, StepProgress):
            if event.name in self.running:
                self.running[event.name].part = event.part
        elif isinstance(event, StepFinished):
            row.made += 1
            self.there.add(event.name)
            self._end(event.name, event.cost)
        elif isinstance(event, StepReused):
            # A later pass finds there what an earlier one has made or found.
            row.reused += event.name not in self.there
            self.there.add(event.name)
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
