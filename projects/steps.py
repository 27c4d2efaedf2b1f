"""The step: one pure piece of work of a film, as plain data.

A step names a function as `module:function` of this house and everything that can change its output. The runner
may carry it out in another process. Knows nothing of clips, sounds or films.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

Json = Any
"""Plain JSON data: dict, list, str, int, float, bool, None."""


@dataclass(frozen=True, slots=True)
class Step:
    """One piece of work.

    `name` is unique in the graph and stable between runs (`take:chasm@16x9`); `kind` groups steps for people (`take`,
    `body`, `join`, `voice`, `mix` ...). `request` is a tree of plain picklable data (frozen dataclasses, tuples, dicts,
    text, numbers, Fraction, Enum) holding everything that can change the output. `inputs` maps the function's own names
    to names of other steps. `files` maps names to absolute paths of the author's files; their digests, not their paths,
    enter the fingerprint. `suffix` ends the artifact's file name. `scene` is the scene that a person would name, or "".
    `label` is what the progress display calls it. `cost` is a relative weight for progress. `blocked` says why the step
    cannot be carried out, or "".
    """

    name: str
    kind: str
    call: str
    request: Any
    inputs: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, Path] = field(default_factory=dict)
    suffix: str = ""
    scene: str = ""
    label: str = ""
    cost: float = 1.0
    blocked: str = ""
    identity: str = ""
    """Versions of what makes it; part of the fingerprint."""
    lane: str = ""
    """What loads the same big thing as this step: a worker keeps it from one step to the next. "" needs none.

    Steps that have one are carried out in the order of their lanes, in as few workers as there are cards.
    """
    errand: Any = None
    """What a step that goes out to a service is told besides: consent, money, where its results are kept.

    It changes nothing in what is made and enters no fingerprint. Such a step mostly waits, so it takes no worker from
    the others.
    """


@dataclass(frozen=True, slots=True)
class Artifact:
    """A finished output: its file, and the facts that its maker found.

    Facts are plain JSON: a frame count, word times, words that were not drawn.
    """

    fingerprint: str
    path: Path
    facts: Json


@dataclass(frozen=True, slots=True)
class Work:
    """What a step function gets besides its request: its inputs, the author's files, and a way to report and stop."""

    inputs: Mapping[str, Artifact]
    files: Mapping[str, Path]
    progress: Callable[[float], None]
    """Called with the finished part, 0..1."""
    cancelled: Callable[[], bool]
    errand: Any = None
    """As in the step."""


class StepFunction(Protocol):
    """Makes the file at `out` and returns facts (plain JSON). Same request and inputs: same bytes."""

    def __call__(self, request: Any, work: Work, out: Path) -> Json:
        """Carry the step out."""
