"""A recipe after Make-A-Video: words to a picture, the picture set in motion, frames in between, pictures enlarged.

Each course is another installed backend. The picture may be looked at first: `stills` alone makes the same one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from projects.weights import Setting
from scenes.backend import Capabilities, Clip, ClipPlan, ClipRequest, Cost, Problem, Refusal
from scenes.recipes import both, course, finished, finished_plan, recipe_identity, see_settings
from storyboard.film import Keyframe

if TYPE_CHECKING:
    from scenes.recipes import Course

NAME = "make-a-video"

_COURSES = {"picture": "stills", "animate": "svd"}
"""Its courses, and the backend that usually makes each."""

_DRAWN = "picture.png"
_PART = 0.2
"""How much of the work the picture is."""


class MakeAVideo:
    """The clip backend `make-a-video`."""

    recipe = True

    def capabilities(self) -> Capabilities:
        """Words to video, by way of a picture."""
        summary = "recipe: words to a picture (stills), set in motion (svd, wan, ltx), interpolated and enlarged"
        return Capabilities(
            NAME, summary, "generated", needs=frozenset({"prompt"}), prompt_tokens=77, takes=frozenset({"lora"})
        )

    def check(self) -> Sequence[Problem]:
        """Nothing of its own; its courses tell what they lack."""
        return ()

    def identity(self) -> str:
        """Versions of everything that it may be made of."""
        return recipe_identity(NAME)

    def weights(self, settings: Sequence[tuple[str, Setting]], project: Path | None) -> dict[str, Path]:
        """The weights of both courses."""
        see_settings(settings, _COURSES, NAME)
        picture, animate = _courses(settings)
        return {**picture.weights(project), **animate.weights(project)}

    def quantise(self, request: ClipRequest) -> ClipPlan:
        """What setting the picture in motion gives, at the film's rate and doubled until it covers the canvas."""
        see_settings(request.scene.model, _COURSES, NAME)
        if not request.scene.prompt:
            raise Refusal(f"scene '{request.scene.id}': {NAME} needs words", "add `prompt:` to the scene")
        if request.scene.keyframes or request.scene.clip:
            raise Refusal(
                f"scene '{request.scene.id}': {NAME} makes its own picture",
                "take `keyframes:` and `clip:` out, or choose a backend that begins with a picture (`svd`, `wan`)",
            )
        picture, animate = _courses(request.scene.model)
        made = animate.backend.quantise(_moving(animate, request))
        drawn = picture.backend.quantise(_still(picture, request, made))
        return finished_plan(request, made, drawn.notes)

    def estimate(self, request: ClipRequest, plan: ClipPlan) -> Cost:
        """What its courses cost together."""
        picture, animate = _courses(request.scene.model)
        moving = _moving(animate, request)
        made = animate.backend.quantise(moving)
        still = _still(picture, request, made)
        costs = [
            animate.backend.estimate(moving, made),
            picture.backend.estimate(still, picture.backend.quantise(still)),
        ]
        return replace(
            max(costs, key=lambda cost: cost.memory_mb),
            seconds=sum(cost.seconds for cost in costs),
            money=sum(cost.money for cost in costs),
        )

    def prepare(self, plans: Sequence[ClipPlan]) -> None:
        """Its courses load when it is their turn."""

    def release(self) -> None:
        """Nothing is held here."""

    def generate(
        self, request: ClipRequest, plan: ClipPlan, progress: Callable[[float], None], cancelled: Callable[[], bool]
    ) -> Clip:
        """Make the picture, set it in motion, and bring what comes of it to the plan."""
        from PIL import Image

        picture, animate = _courses(request.scene.model)
        moving = _moving(animate, request)
        made = animate.backend.quantise(moving)
        still = _still(picture, request, made)
        drawn = picture.backend.quantise(still)
        told = picture.backend.generate(still, drawn, lambda part: progress(_PART * part), cancelled)
        first = next(iter(told.frames))
        with TemporaryDirectory(prefix="workprint-") as folder:
            path = Path(folder) / _DRAWN
            Image.fromarray(first).save(path)
            given = replace(moving, files={**moving.files, _DRAWN: path})
            clip = animate.backend.generate(
                given, made, lambda part: progress(_PART + (0.95 - _PART) * part), cancelled
            )
            frames = list(clip.frames)
        facts = {
            "model": both(told.facts.get("model", ""), clip.facts.get("model", "")),
            "licence": both(told.facts.get("licence", ""), clip.facts.get("licence", "")),
            "notes": [*told.facts.get("notes", ()), *clip.facts.get("notes", ())],
            "prompt": request.prompt,
        }
        return Clip(finished(frames, request, made, plan), plan.width, plan.height, plan.rate, facts)


def _courses(settings: Sequence[tuple[str, Setting]]) -> tuple[Course, Course]:
    picture, animate = (course(settings, name, usual, NAME) for name, usual in _COURSES.items())
    return picture, animate


def _moving(animate: Course, request: ClipRequest) -> ClipRequest:
    """What is asked of the backend that sets the picture in motion; one that reads no words is given none."""
    asked = animate.request(request, keyframes=(Keyframe(_DRAWN, Fraction(0)),))
    if animate.backend.capabilities().prompt_tokens:
        return asked
    return replace(asked, prompt="", negative="", schedule=(), scene=replace(asked.scene, prompt="", negative=""))


def _still(picture: Course, request: ClipRequest, made: ClipPlan) -> ClipRequest:
    """One picture of the scene's beginning, of the size that is then set in motion."""
    asked = picture.request(request, camera="static")
    return replace(asked, frames=1, width=made.width, height=made.height, schedule=())
