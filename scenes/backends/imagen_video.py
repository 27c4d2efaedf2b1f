"""A recipe after Imagen Video: a small clip at few frames a second, then frames in between, then larger pictures.

The small clip is another installed backend's, so that a small model and a small card are enough.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from projects.weights import Setting
from scenes.backend import Capabilities, Clip, ClipPlan, ClipRequest, Cost, Problem
from scenes.recipes import Course, course, finished, finished_plan, finishing_seconds, recipe_identity, see_settings

NAME = "imagen-video"

_COURSES = {"base": "zeroscope"}


class ImagenVideo:
    """The clip backend `imagen-video`."""

    recipe = True
    courses = _COURSES

    def capabilities(self) -> Capabilities:
        """Words to video, small first."""
        summary = "recipe: a small clip (zeroscope, wan, animatediff), then more frames, then larger pictures"
        return Capabilities(
            NAME,
            summary,
            "generated",
            needs=frozenset({"prompt"}),
            prompt_tokens=77,
            makes_sound=True,
            takes=frozenset({"lora", "references"}),
        )

    def check(self) -> Sequence[Problem]:
        """Nothing of its own; its course tells what it lacks."""
        return ()

    def identity(self) -> str:
        """Versions of everything that it may be made of."""
        return recipe_identity(NAME)

    def weights(self, settings: Sequence[tuple[str, Setting]], project: Path | None) -> dict[str, Path]:
        """The weights of the small clip's model."""
        see_settings(settings, _COURSES, NAME)
        return _base(settings).weights(project)

    def made_of(self, settings: Sequence[tuple[str, Setting]]) -> tuple[str, ...]:
        """What makes the small clip."""
        return (_base(settings).maker,)

    def quantise(self, request: ClipRequest) -> ClipPlan:
        """The small clip's plan at the film's rate, doubled until it covers the canvas."""
        see_settings(request.scene.model, _COURSES, NAME)
        base = _base(request.scene.model)
        return finished_plan(request, base.plan(base.request(request)), ())

    def estimate(self, request: ClipRequest, plan: ClipPlan) -> Cost:
        """What the small clip costs, and bringing it to the plan."""
        base = _base(request.scene.model)
        asked = base.request(request)
        made = base.plan(asked)
        cost = base.backend.estimate(asked, made)
        return replace(cost, seconds=cost.seconds + finishing_seconds(request, made, plan))

    def prepare(self, plans: Sequence[ClipPlan]) -> None:
        """The course loads when it is its turn."""

    def release(self) -> None:
        """Nothing is held here."""

    def generate(
        self, request: ClipRequest, plan: ClipPlan, progress: Callable[[float], None], cancelled: Callable[[], bool]
    ) -> Clip:
        """Make the small clip and bring it to the plan."""
        base = _base(request.scene.model)
        asked = base.request(request)
        made = base.plan(asked)
        clip = base.backend.generate(asked, made, lambda part: progress(0.95 * part), cancelled)
        shown = finished(list(clip.frames), request, made, plan)
        return Clip(shown, plan.width, plan.height, plan.rate, dict(clip.facts), sound=clip.sound)


def _base(settings: Sequence[tuple[str, Setting]]) -> Course:
    return course(settings, "base", _COURSES["base"], NAME)
