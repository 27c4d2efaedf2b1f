"""What backends that are recipes share: courses, each made by another installed backend with settings of its own.

A recipe's settings for a course begin with its name: `animate_folder`, `animate_steps`. Knows no particular recipe.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from importlib import metadata
from pathlib import Path
from typing import Any

from projects.plugins import find, load
from projects.weights import Setting
from scenes.backend import ClipBackend, ClipPlan, ClipRequest, Frame, LoadsWeights, Refusal
from scenes.upscaling import REMEDY, upscaled, upscaler_identity, upscaler_is_there

_WEIGHTS = re.compile(r"\w+:model[ /]")
"""Names under which a recipe's steps are handed the weights of its courses."""

_MOST_DOUBLINGS = 2
"""How often a picture is doubled at most: beyond four times its size a network invents more than it sees."""


@dataclass(frozen=True, slots=True)
class Course:
    """One course of a recipe: the name under which its settings stand, and the backend that makes it."""

    name: str
    backend: ClipBackend
    model: tuple[tuple[str, Setting], ...]

    def weights(self, project: Path | None) -> dict[str, Path]:
        """The files of its model, by names that hold the course's; raises MissingError for what is not here."""
        if not isinstance(self.backend, LoadsWeights):
            return {}
        return {f"{self.name}:{name}": path for name, path in self.backend.weights(self.model, project).items()}

    def request(self, whole: ClipRequest, **scene: Any) -> ClipRequest:
        """What is asked of the course's backend: the whole request with its own settings and files."""
        own = f"{self.name}:"
        files = {name.removeprefix(own): path for name, path in whole.files.items() if name.startswith(own)}
        shared = {name: path for name, path in whole.files.items() if not _WEIGHTS.match(name)}
        name = self.backend.capabilities().name
        made = replace(whole.scene, backend=name, model=self.model, **scene)
        return replace(whole, scene=made, files={**shared, **files})


def course(settings: Sequence[tuple[str, Setting]], name: str, usual: str, recipe: str) -> Course:
    """The course of that name with the backend that the settings name, else the usual one.

    Raises Refusal for a backend that is not installed, is a recipe itself, or cannot work here.
    """
    wanted = str(dict(settings).get(name, usual))
    if wanted not in find("workprint.clips"):
        raise Refusal(f"{recipe}: there is no backend {wanted!r} for {name!r}", "`workprint backends` lists them")
    backend: ClipBackend = load("workprint.clips", wanted)()
    if is_recipe(backend):
        raise Refusal(f"{recipe}: {wanted} is a recipe itself, not its {name!r}", "name a backend with a model")
    problems = backend.check()
    if problems:
        raise Refusal(f"{wanted} cannot work here: {problems[0].what}", problems[0].fix)
    begin = f"{name}_"
    model = tuple((key.removeprefix(begin), value) for key, value in settings if key.startswith(begin))
    return Course(name, backend, model)


def is_recipe(backend: object) -> bool:
    """Whether a backend is made of others."""
    return bool(getattr(backend, "recipe", False))


def see_settings(settings: Sequence[tuple[str, Setting]], courses: Mapping[str, str], recipe: str) -> None:
    """Refuse what is neither a setting of the recipe nor of one of its courses."""
    own = {*courses, "interpolator", "upscale"}
    for key, _ in settings:
        if key not in own and not key.startswith(tuple(f"{name}_" for name in courses)):
            raise Refusal(
                f"{recipe} has no setting {key!r}",
                f"there are: {', '.join(sorted(own))}, and those of its courses, such as "
                f"{', '.join(f'{name}_folder' for name in courses)}",
            )
    interpolator = dict(settings).get("interpolator", "")
    if interpolator not in ("", "rife"):
        raise Refusal(f"{recipe}: {interpolator!r} is no interpolator", "write `rife`, or leave it out")


def recipe_identity(name: str) -> str:
    """Versions of every backend that a recipe may be made of, and of what enlarges."""
    each = []
    for other in sorted(find("workprint.clips")):
        backend = load("workprint.clips", other)()
        if not is_recipe(backend) and not backend.check():
            each.append(backend.identity())
    return "; ".join([f"{name} 1", *each, upscaler_identity(), f"numpy {metadata.version('numpy')}"])


def finished_plan(request: ClipRequest, made: ClipPlan, notes: Iterable[str]) -> ClipPlan:
    """The plan of a clip after it was brought to the film's rate, and doubled until it covers the canvas."""
    rate = max(made.rate, request.rate)
    frames = math.ceil(request.frames * rate / request.rate)
    times = 2 ** doublings(request, made)
    told = [*made.notes, *notes]
    if not upscaler_is_there() and dict(request.scene.model).get("upscale") is None and _is_small(request, made):
        told.append(f"enlarged without a network, which is not installed ({REMEDY})")
    return ClipPlan(frames, frames, made.width * times, made.height * times, rate, tuple(told))


def doublings(request: ClipRequest, made: ClipPlan) -> int:
    """How often the pictures are doubled by a network; Refusal where it is asked for and not installed."""
    asked = dict(request.scene.model).get("upscale")
    if asked not in (None, 1, 2, 4):
        raise Refusal(f"`upscale: {asked}` is none", "write 1, 2 or 4, or leave it out")
    if asked in (2, 4) and not upscaler_is_there():
        raise Refusal("what enlarges pictures is not installed", REMEDY)
    if asked is not None:
        return {1: 0, 2: 1, 4: 2}[int(asked)]
    if not upscaler_is_there() or not _is_small(request, made):
        return 0
    short = max(request.width / made.width, request.height / made.height)
    return min(_MOST_DOUBLINGS, math.ceil(math.log2(short)))


def finished(frames: Iterable[Frame], request: ClipRequest, made: ClipPlan, plan: ClipPlan) -> Iterator[Frame]:
    """Exactly the frames of `plan` from those of `made`: frames in between first, then pictures doubled."""
    from scenes.interpolation import interpolated

    interpolator = str(dict(request.scene.model).get("interpolator", ""))
    timed = interpolated(frames, made.rate, plan.rate, plan.frames, interpolator)
    for picture in timed:
        for _ in range(doublings(request, made)):
            picture = upscaled(picture)  # noqa: PLW2901 - doubled in place
        yield picture


def _is_small(request: ClipRequest, made: ClipPlan) -> bool:
    return made.width < request.width or made.height < request.height


def both(*told: Fraction | str) -> str:
    """What several models are called together."""
    return "; ".join(dict.fromkeys(str(one) for one in told if one))
