"""The stream of events of a render, and what reads it.

The console, the JSON Lines log and any page are readers of these events and of nothing else.
Knows nothing of how steps are carried out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Protocol

from projects.disk import disk_errors
from projects.steps import Json


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened in a render."""

    def as_json(self) -> dict[str, Json]:
        """The event as plain data; `event` names its kind (`step-started`)."""
        kind = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", type(self).__name__).lower()
        return {"event": kind, **{f.name: getattr(self, f.name) for f in fields(self)}}


@dataclass(frozen=True, slots=True)
class RenderStarted(Event):
    """A render begins: how many steps it has to make, how many it needs not, and the sum of the costs to come."""

    steps: int
    reused: int
    cost: float
    jobs: int


@dataclass(frozen=True, slots=True)
class StepEvent(Event):
    """Something that happened to one step; the first four fields are the step's own."""

    name: str
    kind: str
    scene: str
    label: str


@dataclass(frozen=True, slots=True)
class StepStarted(StepEvent):
    """A worker has taken the step."""

    cost: float


@dataclass(frozen=True, slots=True)
class StepProgress(StepEvent):
    """The step is done to this part, 0..1."""

    part: float


@dataclass(frozen=True, slots=True)
class StepFinished(StepEvent):
    """The step's artifact is in the store."""

    fingerprint: str
    seconds: float
    cost: float
    facts: Json


@dataclass(frozen=True, slots=True)
class StepReused(StepEvent):
    """The step's artifact was there already."""

    fingerprint: str
    facts: Json


@dataclass(frozen=True, slots=True)
class StepFailed(StepEvent):
    """The step could not be carried out; `log` is the name of the file with the details, or ""."""

    message: str
    hint: str
    log: str


@dataclass(frozen=True, slots=True)
class StepSkipped(StepEvent):
    """The step was not begun, because something that it needs is not there."""

    because: str


@dataclass(frozen=True, slots=True)
class Note(Event):
    """Something that a person should know."""

    text: str


@dataclass(frozen=True, slots=True)
class RenderFinished(Event):
    """The render is over, well or not."""

    made: int
    reused: int
    failed: int
    skipped: int
    seconds: float
    interrupted: bool = False


class Reporter(Protocol):
    """A reader of events."""

    def report(self, event: Event) -> None:
        """Take note of one event; called in one thread, in the order in which things happened."""


class Silent:
    """Reads nothing."""

    def report(self, event: Event) -> None:
        """Let the event pass."""


class Tee:
    """Hands each event to several readers, in turn."""

    def __init__(self, reporters: Sequence[Reporter]) -> None:
        self._reporters = tuple(reporters)

    def report(self, event: Event) -> None:
        """Hand the event on."""
        for reporter in self._reporters:
            reporter.report(event)


class JsonLines:
    """Writes each event as one line of JSON, with the time (UTC), and lets nothing wait in memory.

    A log that cannot be written any more must not stop a render: `trouble` then says what happened, else it is "".
    """

    def __init__(self, path: Path) -> None:
        self.trouble = ""
        with disk_errors("the event log"):
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("wb", buffering=0)

    def report(self, event: Event) -> None:
        """Write the event at once."""
        if self.trouble:
            return
        line = {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), **event.as_json()}
        try:
            self._file.write(f"{json.dumps(line, ensure_ascii=False)}\n".encode("utf-8", "surrogatepass"))
        except OSError as problem:
            self.trouble = f"the event log could not be written to its end: {problem.strerror}"

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __enter__(self) -> JsonLines:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
