"""The public face as a typed script uses it; checked by the type checker, and its plug-ins by the tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np

import workprint
from workprint import Capabilities, Clip, ClipPlan, ClipRequest, Cost, Delivery, Diagnostic, Event, Film, Problem


def mistakes(path: Path) -> list[str]:
    """Every mistake of a storyboard, as lines."""
    found: tuple[Diagnostic, ...] = workprint.check(path)
    return [str(diagnostic) for diagnostic in found]


def seconds_of(path: Path) -> dict[str, float]:
    """How long each scene lasts."""
    return {scene.id: scene.seconds for scene in workprint.plan(path, cuts=["9:16"]).scenes}


def title_of(path: Path) -> str:
    """The film's title."""
    film: Film = workprint.load(path)
    return film.title


def make(path: Path, hear: Callable[[Event], None]) -> list[Path]:
    """Render a draft and give the films."""
    try:
        delivery: Delivery = workprint.render(path, draft=True, jobs=1, on_event=hear)
    except workprint.WorkprintError as problem:
        raise SystemExit(int(problem.exit_code)) from problem
    return [film.path for film in delivery.films]


class Grey:
    """The smallest clip backend: grey pictures."""

    def capabilities(self) -> Capabilities:
        """Draws whatever is asked as grey."""
        return Capabilities("grey", "grey pictures", "drawn")

    def check(self) -> Sequence[Problem]:
        """Nothing stands in its way."""
        return ()

    def quantise(self, request: ClipRequest) -> ClipPlan:
        """Honours any request as it is."""
        return ClipPlan(request.frames, request.frames, request.width, request.height, Fraction(request.rate))

    def estimate(self, request: ClipRequest, plan: ClipPlan) -> Cost:
        """A millisecond for each frame."""
        return Cost(plan.frames / 1000)

    def identity(self) -> str:
        """The version."""
        return "grey/1"

    def prepare(self, plans: Sequence[ClipPlan]) -> None:
        """Nothing to load."""

    def release(self) -> None:
        """Nothing to give back."""

    def generate(
        self, request: ClipRequest, plan: ClipPlan, progress: Callable[[float], None], cancelled: Callable[[], bool]
    ) -> Clip:
        """Make the pictures."""
        grey = np.full((plan.height, plan.width, 3), 128, np.uint8)
        return Clip(iter([grey] * plan.frames), plan.width, plan.height, plan.rate)


backend: workprint.ClipBackend = Grey()
