"""Waiting for services: in small steps, so that a person can stop it, and longer after each time in vain.

Knows neither jobs nor money.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from projects.hosted.errors import RateLimited
from storyboard.errors import InterruptedRender

_T = TypeVar("_T")
_STEP = 0.1


@dataclass(frozen=True, slots=True)
class Patience:
    """How often a thing is tried, and how many seconds lie between: `first` doubled each time, up to `longest`."""

    tries: int = 15
    first: float = 0.5
    longest: float = 60.0

    def pause(self, number: int, cancelled: Callable[[], bool]) -> None:
        """Wait after the try of that number, counted from 0."""
        self.sleep(min(self.longest, self.first * 2**number), cancelled)

    def sleep(self, seconds: float, cancelled: Callable[[], bool]) -> None:
        """Wait so many seconds; raises InterruptedRender when the user stops meanwhile."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if cancelled():
                raise InterruptedRender("stopped while waiting for a service", "Run again; nothing is paid twice.")
            time.sleep(min(_STEP, left))


def asked_patiently(ask: Callable[[], _T], cancelled: Callable[[], bool], patience: Patience) -> _T:
    """What `ask` gives; where the service had too much to do and has surely taken nothing on, it is asked again."""
    for number in range(patience.tries):
        try:
            return ask()
        except RateLimited as problem:
            if number == patience.tries - 1:
                raise
            patience.sleep(max(problem.after, min(patience.longest, patience.first * 2**number)), cancelled)
    raise AssertionError
