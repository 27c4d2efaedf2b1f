"""A step on its way to a worker and its outcome on the way back: what the two processes say to each other.

Tasks travel as pickles (their requests are dataclasses), answers as JSON lines. Knows nothing of who runs what.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from projects.digests import signature
from projects.receipt import Order
from projects.steps import Artifact, Step
from projects.store import Store
from storyboard.errors import (
    BusyError,
    DiskError,
    ExitCode,
    InterruptedRender,
    MissingError,
    RenderError,
    WorkprintError,
)


@dataclass(frozen=True, slots=True)
class Task:
    """Everything that a worker needs to carry out one step and store what it made."""

    order: Order
    request: Any
    store: Store
    log: Path
    """Where the worker writes a traceback, should there be one."""
    inputs: Mapping[str, Artifact] = field(default_factory=dict)
    files: Mapping[str, Path] = field(default_factory=dict)
    signatures: Mapping[str, str] = field(default_factory=dict)
    """Signatures of the author's files at the time their digests were taken."""
    errand: Any = None


@dataclass(frozen=True, slots=True)
class Envelope:
    """What the parent sends: a pickled task, or the word to stop the one at hand.

    The task is pickled within, so that a task that cannot be opened fails by itself and not the whole line.
    """

    word: Literal["task", "cancel"]
    task: bytes = b""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a worker is told when it is started: whose it is, what it may call, and what it loads while it waits."""

    parent: int
    """The parent's process number."""
    extra_packages: tuple[str, ...] = ()
    """Packages beside the house's own whose functions steps may name."""
    tools: tuple[str, ...] = ()
    """Modules that nearly every step needs."""

    def as_text(self) -> str:
        """The terms as one argument of a command line."""
        return json.dumps([self.parent, self.extra_packages, self.tools])


def read_terms(text: str) -> Terms:
    """The terms that `Terms.as_text` wrote."""
    parent, extra_packages, tools = json.loads(text)
    return Terms(parent, tuple(extra_packages), tuple(tools))


def pack(step: Step, order: Order, inputs: Mapping[str, Artifact], store: Store, log: Path) -> Envelope:
    """The envelope of a step; raises RenderError when its request cannot travel to another process."""
    files = dict(step.files)
    try:
        signatures = {name: signature(path) for name, path in files.items()}
    except OSError as problem:
        raise MissingError(f"a file of {step.name} cannot be read any more: {problem}") from problem
    task = Task(order, step.request, store, log, dict(inputs), files, signatures, step.errand)
    try:
        return Envelope("task", pickle.dumps(task))
    except (pickle.PicklingError, AttributeError, TypeError) as problem:
        raise RenderError(f"the request of {step.name} cannot be given to a worker: {problem}") from problem


_ERRORS: tuple[type[WorkprintError], ...] = (MissingError, DiskError, BusyError, InterruptedRender)


def error_from(code: int, message: str, hint: str) -> WorkprintError:
    """The error that a worker reported, as the house's own class of that exit code (RenderError for the others)."""
    for kind in _ERRORS:
        if kind.exit_code == ExitCode(code):
            return kind(message, hint)
    return RenderError(message, hint)
