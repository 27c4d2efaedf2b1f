"""What backends that are recipes share: courses, each made by another installed backend with settings of its own.

A recipe's settings for a course begin with its name: `animate_folder`, `animate_steps`. Knows no particular recipe.
"""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from projects.plugins import find, load
from projects.weights import ModelMissing, Setting
from scenes import rife
from scenes.backend import ClipBackend, ClipPlan, ClipRequest, Frame, LoadsWeights, Problem, Refusal
from scenes.upscaling import MILLISECONDS, REMEDY, upscaled, upscaler_identity, upscaler_is_there
from storyboard.errors import RenderError
from storyboard.film import Part, Post

_WEIGHTS = re.compile(r"\w+:model[ /]")
"""Names under which a recipe's steps are handed the weights of its courses."""

_DOUBLINGS = {1: 0, 2: 1, 4: 2}
"""How often a picture is doubled, by how many times larger it is to be."""

_MOST_DOUBLINGS = 2
"""How often a picture is doubled at most: beyond four times its size a network invents more than it sees."""


_GUESS = 0.7
"""How alike a name must be to be guessed."""


@runtime_checkable
class DrawsPictures(Protocol):
    """A backend that sets pictures of its own in motion, and can hand them over as they were drawn."""

    def drawing(self) -> ClipBackend:
        """What makes its pictures alone, of the request's size as near as it can: a clip's frames are its moments'."""


@dataclass(frozen=True, slots=True)
class Course:
    """One course of a recipe: the name under which its settings stand, and the backend that makes it."""

    name: str
    backend: ClipBackend
    model: tuple[tuple[str, Setting], ...]
    recipe: str = ""

    @property
    def maker(self) -> str:
        """The name of its backend."""
        return self.backend.capabilities().name

    def weights(self, project: Path | None) -> dict[str, Path]:
        """The files of its model, by names that hold the course's; raises MissingError for what is not here."""
        if not isinstance(self.backend, LoadsWeights):
            return {}
        with self._told():
            return {f"{self.name}:{name}": path for name, path in self.backend.weights(self.model, project).items()}

    def plan(self, asked: ClipRequest) -> ClipPlan:
        """What its backend makes of a request of its own; a Refusal says which course refuses."""
        with self._told():
            return self.backend.quantise(asked)

    def request(self, whole: ClipRequest, **scene: Any) -> ClipRequest:
        """What is asked of the course's backend: the whole request with its own settings, files and small weights."""
        own = f"{self.name}:"
        files = {name.removeprefix(own): path for name, path in whole.files.items() if name.startswith(own)}
        shared = {name: path for name, path in whole.files.items() if not _WEIGHTS.match(name)}
        cast = tuple(map(self._cast, whole.scene.cast))
        sees = "references" in self.backend.capabilities().takes
        look = whole.scene.look if sees else replace(whole.scene.look, examples=())
        made = replace(whole.scene, backend=self.maker, model=self.model, cast=cast, look=look, **scene)
        return replace(whole, scene=made, files={**shared, **files})

    def _cast(self, part: Part) -> Part:
        """Somebody with what the course's backend can use: what is meant for the whole recipe is meant for it too."""
        takes, who = self.backend.capabilities().takes, part.character
        loras = [one for one in who.loras if one.backend in ("", self.recipe, self.maker)] if "lora" in takes else []
        known = replace(
            who,
            loras=tuple(replace(one, backend=self.maker) for one in loras),
            references=who.references if "references" in takes else (),
        )
        return replace(part, character=known)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Have refusals say which course they are of, and how its settings are called in the recipe."""
        begin = f"`{self.name}` ({self.maker})"
        called = f"; in {self.recipe} its settings begin with `{self.name}_`"
        try:
            yield
        except ModelMissing as problem:
            raise ModelMissing(f"{begin}: {problem.message}", problem.hint + called) from problem
        except RenderError as problem:
            raise Refusal(f"{begin}: {problem.message}", problem.hint + called) from problem


def course(settings: Sequence[tuple[str, Setting]], name: str, usual: str, recipe: str) -> Course:
    """The course of that name with the backend that the settings name, else the usual one.

    Raises Refusal for a backend that is not installed, is a recipe itself, or cannot work here.
    """
    wanted = str(dict(settings).get(name, usual))
    there = find("workprint.clips")
    if wanted not in there:
        guess = _guessed(wanted, there)
        raise Refusal(
            f"{recipe}: there is no backend {wanted!r} for `{name}:`", f"{guess}`workprint backends` lists them"
        )
    backend: ClipBackend = load("workprint.clips", wanted)()
    if is_recipe(backend):
        raise Refusal(f"{recipe}: {wanted} is a recipe itself, not its `{name}:`", "name a backend with a model")
    problems = backend.check()
    if problems:
        raise Refusal(f"{recipe}: {wanted} cannot work here: {problems[0].what}", problems[0].fix)
    begin = f"{name}_"
    model = tuple((key.removeprefix(begin), value) for key, value in settings if key.startswith(begin))
    return Course(name, backend, model, recipe)


def weights_of(courses: Iterable[Course], project: Path | None) -> dict[str, Path]:
    """The files of all courses' models; raises ModelMissing for all that are not here, with the lines that fetch."""
    files: dict[str, Path] = {}
    missing: list[ModelMissing] = []
    for one in courses:
        try:
            files |= one.weights(project)
        except ModelMissing as problem:
            missing.append(problem)
    if len(missing) == 1:
        raise missing[0]
    if missing:
        raise ModelMissing(*("; ".join(told) for told in zip(*((m.message, m.hint) for m in missing), strict=True)))
    return files


def is_recipe(backend: object) -> bool:
    """Whether a backend is made of others."""
    return bool(getattr(backend, "recipe", False))


def lacking(backend: object) -> Iterator[Problem]:
    """What keeps the usual courses of a recipe from being made; nothing for any other backend.

    Other courses may be named in a scene's settings: so the recipe itself is not refused for it.
    """
    courses: Mapping[str, str] = getattr(backend, "courses", {}) if is_recipe(backend) else {}
    for name, usual in courses.items():
        for problem in load("workprint.clips", usual)().check():
            yield Problem(f"its usual `{name}:`, {usual}: {problem.what}", problem.fix)


def see_settings(settings: Sequence[tuple[str, Setting]], courses: Mapping[str, str], recipe: str) -> None:
    """Refuse what is neither a setting of the recipe nor of one of its courses, and what is not installed for it."""
    own = {*courses, "interpolator", "upscale"}
    asked = dict(settings)
    for key in asked:
        if key not in own and not key.startswith(tuple(f"{name}_" for name in courses)):
            rest = key.partition("_")[2]
            # Whose setting it may be: written without its course, or with a slip in the course's name.
            meant = [f"{name}_{part}" for name in courses for part in (key, rest) if part]
            guess = _guessed(key, [*own, *meant])
            such = ", ".join(f"{name}_{key}" for name in courses)
            raise Refusal(
                f"{recipe} has no setting {key!r}",
                f"{guess}there are: {', '.join(sorted(own))}; what a course has begins with its name ({such})",
            )
    interpolator = asked.get("interpolator", "")
    if interpolator not in ("", rife.NAME):
        raise Refusal(f"{recipe}: {interpolator!r} is no interpolator", f"write `{rife.NAME}`, or leave it out")
    if interpolator and not rife.rife_is_there():
        raise Refusal(
            f"{recipe}: what invents frames by `interpolator: {rife.NAME}` is not installed",
            f"{rife.REMEDY}, or leave it out",
        )
    upscale = asked.get("upscale", 1)
    if upscale not in _DOUBLINGS or isinstance(upscale, bool):
        raise Refusal(f"{recipe}: `upscale: {upscale}` is none", "write 1, 2 or 4, or leave it out")
    if upscale != 1 and not upscaler_is_there():
        raise Refusal(
            f"{recipe}: what enlarges pictures for `upscale: {upscale}` is not installed", f"{REMEDY}, or leave it out"
        )


def _guessed(word: str, known: Iterable[str]) -> str:
    """The question whether a near name was meant; "" where none is near."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=_GUESS)
    return f"did you mean {near[0]!r}? " if near else ""


def recipe_identity(name: str) -> str:
    """Versions of every backend that a recipe may be made of, and of what enlarges."""
    each = []
    for other in sorted(find("workprint.clips")):
        backend = load("workprint.clips", other)()
        if not is_recipe(backend) and not backend.check():
            each.append(backend.identity())
    finish = [told for told in (upscaler_identity(), rife.rife_identity()) if told]
    return "; ".join([f"{name} 2", *each, *finish, f"numpy {metadata.version('numpy')}"])


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
    """How often the pictures are doubled by a network: as asked, else until they cover the canvas where it is there."""
    asked = dict(request.scene.model).get("upscale")
    if asked is not None:
        return _DOUBLINGS[int(asked)]
    if not upscaler_is_there() or not _is_small(request, made):
        return 0
    short = max(request.width / made.width, request.height / made.height)
    return min(_MOST_DOUBLINGS, math.ceil(math.log2(short)))


def finishing_seconds(request: ClipRequest, made: ClipPlan, plan: ClipPlan) -> float:
    """What bringing a clip from one plan to the other takes on one core: frames in between, pictures doubled."""
    from scenes.post import costs

    interpolator = str(dict(request.scene.model).get("interpolator", ""))
    between = Post(interpolate=math.ceil(plan.rate), interpolator=interpolator)
    spent = sum(cost for _, cost in costs(between, made.width, made.height, plan.frames, plan.rate, made.rate))
    megapixels = made.width * made.height * plan.frames / 1e6
    enlarged = sum(4.0 ** (turn + 1) for turn in range(doublings(request, made)))
    return spent + MILLISECONDS / 1e3 * megapixels * enlarged


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


def both(*told: str) -> str:
    """What several models are called together."""
    return "; ".join(dict.fromkeys(one for each in told for one in each.split("; ") if one))
