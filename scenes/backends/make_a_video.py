"""A recipe after Make-A-Video: words to a picture, the picture set in motion, frames in between, pictures enlarged.

Each course is another installed backend. The picture may be looked at first: `stills` alone makes the same one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from projects.weights import Setting
from scenes.backend import Capabilities, Clip, ClipPlan, ClipRequest, Cost, Problem, Refusal
from scenes.recipes import (
    DrawsPictures,
    both,
    course,
    finished,
    finished_plan,
    finishing_seconds,
    recipe_identity,
    see_settings,
    weights_of,
)
from storyboard.film import Keyframe

if TYPE_CHECKING:
    from scenes.recipes import Course

NAME = "make-a-video"

_COURSES = {"picture": "stills", "animate": "svd"}
"""Its courses, and the backend that usually makes each."""

_DRAWN = "picture:drawn.png"
"""The picture among the files of what sets it in motion; no name of an author's."""

_PART = 0.2
"""How much of the work the picture is."""


class MakeAVideo:
    """The clip backend `make-a-video`."""

    recipe = True
    courses = _COURSES

    def capabilities(self) -> Capabilities:
        """Words to video, by way of a picture."""
        summary = "recipe: words to a picture (stills), set in motion (svd, wan, ltx), interpolated and enlarged"
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
        """Nothing of its own; its courses tell what they lack."""
        return ()

    def identity(self) -> str:
        """Versions of everything that it may be made of."""
        return recipe_identity(NAME)

    def weights(self, settings: Sequence[tuple[str, Setting]], project: Path | None) -> dict[str, Path]:
        """The weights of both courses."""
        see_settings(settings, _COURSES, NAME)
        return weights_of(_courses(settings), project)

    def made_of(self, settings: Sequence[tuple[str, Setting]]) -> tuple[str, ...]:
        """What makes the picture, and what sets it in motion."""
        return tuple(one.maker for one in _courses(settings))

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
        if "animate_start" in dict(request.scene.model):
            raise Refusal(
                f"scene '{request.scene.id}': {NAME} begins with its own picture, not with `animate_start:`",
                "take it out, or write `picture_start: stage`, which makes the picture from the painter's",
            )
        _, made, drawn = _plans(request)
        return finished_plan(request, made, drawn.notes)

    def estimate(self, request: ClipRequest, plan: ClipPlan) -> Cost:
        """What its courses cost together, and bringing the clip to the plan."""
        (still, moving), made, drawn = _plans(request)
        picture, animate = _courses(request.scene.model)
        costs = [animate.backend.estimate(moving, made), picture.backend.estimate(still, drawn)]
        return replace(
            max(costs, key=lambda cost: cost.memory_mb),
            seconds=sum(cost.seconds for cost in costs) + finishing_seconds(request, made, plan),
            money=sum(cost.money for cost in costs),
            vram_mb=max(cost.vram_mb for cost in costs),
            disk_mb=sum(cost.disk_mb for cost in costs),
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

        from scenes.conform import as_rgb

        picture, animate = _courses(request.scene.model)
        (still, moving), made, drawn = _plans(request)
        told = picture.backend.generate(still, drawn, lambda part: progress(_PART * part), cancelled)
        first, *_ = told.frames
        with TemporaryDirectory(prefix="workprint-") as folder:
            path = Path(folder) / "picture.png"
            Image.fromarray(as_rgb(first)).save(path)
            given = replace(moving, files={**moving.files, _DRAWN: path})
            clip = animate.backend.generate(
                given, made, lambda part: progress(_PART + (0.95 - _PART) * part), cancelled
            )
            frames = list(clip.frames)
        facts: dict[str, Any] = {
            "model": both(told.facts.get("model", ""), clip.facts.get("model", "")),
            "licence": both(told.facts.get("licence", ""), clip.facts.get("licence", "")),
            "prompt": request.prompt,
        }
        for key in ("notes", "not_drawn"):
            facts[key] = [*told.facts.get(key, ()), *clip.facts.get(key, ())]
        shown = finished(frames, request, made, plan)
        return Clip(shown, plan.width, plan.height, plan.rate, facts, sound=clip.sound)


def _courses(settings: Sequence[tuple[str, Setting]]) -> tuple[Course, Course]:
    """What makes the picture, which hands it over as it was drawn where it can, and what sets it in motion."""
    picture, animate = (course(settings, name, usual, NAME) for name, usual in _COURSES.items())
    if isinstance(picture.backend, DrawsPictures):
        picture = replace(picture, backend=picture.backend.drawing())
    return picture, animate


def _plans(request: ClipRequest) -> tuple[tuple[ClipRequest, ClipRequest], ClipPlan, ClipPlan]:
    """What is asked of both courses, the plan of the clip that moves, and that of the picture, of its size."""
    picture, animate = _courses(request.scene.model)
    moving = _moving(animate, request)
    made = animate.plan(moving)
    still = _still(picture, request, made)
    return (still, moving), made, picture.plan(still)


def _moving(animate: Course, request: ClipRequest) -> ClipRequest:
    """What is asked of the backend that sets the picture in motion; one that reads no words is given none."""
    asked = animate.request(request, keyframes=(Keyframe(_DRAWN, Fraction(0)),))
    if animate.backend.capabilities().prompt_tokens:
        return asked
    return replace(asked, prompt="", negative="", schedule=(), scene=replace(asked.scene, prompt="", negative=""))


def _still(picture: Course, request: ClipRequest, made: ClipPlan) -> ClipRequest:
    """One picture of the scene's beginning, of the size that is then set in motion."""
    prompt = request.schedule[0][1] if request.schedule else request.prompt
    asked = replace(
        picture.request(request), prompt=prompt, width=made.width, height=made.height, schedule=(), words=None
    )
    if isinstance(picture.backend, DrawsPictures):
        return asked
    # The first frame of a clip is all that is wanted: none of its camera's way.
    return replace(asked, frames=1, scene=replace(asked.scene, camera="static"))
