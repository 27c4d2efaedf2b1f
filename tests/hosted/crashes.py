"""Ending a purchase at any of its steps, as a killed process ends: before or after each thing that can be seen outside.

Steps are every line of the ledger, every receipt, every file put on the shelf, and every call of the service.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from projects.disk import replace_json
from projects.hosted.job import Service
from projects.hosted.shelf import Shelf
from projects.journal import add_line

CALLS = ("ask", "look", "fetch", "find", "accept")


class Killed(BaseException):
    """The process is gone."""


@dataclass
class Steps:
    """Counts steps and ends the process at one of them: `at` counts from 1, 0 never."""

    at: int = 0
    seen: list[str] = field(default_factory=list)

    def step(self, name: str) -> None:
        """One step."""
        self.seen.append(name)
        if len(self.seen) == self.at:
            raise Killed(name)

    def around(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, with a step before it and one after it."""

        def stepped(*args: Any, **more: Any) -> Any:
            self.step(f"before {name}")
            given = function(*args, **more)
            self.step(f"after {name}")
            return given

        return stepped


class Watched:
    """A service whose calls are steps."""

    def __init__(self, service: Service, steps: Steps) -> None:
        self._service, self._steps = service, steps

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._service, name)
        return self._steps.around(name, found) if name in CALLS else found


@contextmanager
def watched(service: Service, at: int = 0) -> Iterator[tuple[Any, Steps]]:
    """The service, and the steps of everything that is bought from it here."""
    steps = Steps(at)
    with (
        patch("projects.hosted.ledger.add_line", steps.around("ledger", add_line)),
        patch("projects.hosted.shelf.replace_json", steps.around("receipt", replace_json)),
        patch.object(Shelf, "put", steps.around("put", Shelf.put)),
    ):
        yield Watched(service, steps), steps
