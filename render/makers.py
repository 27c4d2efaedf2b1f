"""Which backend makes each scene, why, and what stands in its way.

Asks backends for their data through the plug-in door; loads none of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from projects.plugins import find, load
from projects.steps import Step
from render.identity import picture_identity
from scenes.backend import (
    Capabilities,
    ClipBackend,
    ClipPlan,
    ClipRequest,
    Cost,
    LoadsWeights,
    MadeOfOthers,
    ReadsWords,
    Refusal,
)
from scenes.bought import BoughtTakeRequest
from scenes.choose import Choice, choose
from scenes.clip import TakeRequest
from scenes.hosted.clips import HostedClips
from scenes.post import check_post, costs
from scenes.sound import TellsFootfalls
from storyboard.errors import MissingError, RenderError, WorkprintError
from storyboard.film import Film, Scene

FOOTAGE = "footage"
"""The backend that cuts clips: the author's, and those that were bought."""


_CUT = 0.03
"""Seconds of one processor for a million pixels of a clip that is cut."""


@dataclass(frozen=True, slots=True)
class Maker:
    """What makes a scene's clip: the backend's name, why it was chosen, its versions, and what stands in its way."""

    backend: str
    reason: str
    identity: str = ""
    generated: bool = False
    hears: bool = False
    """True where speech can be seen in its picture."""
    walks: bool = False
    """True where it can tell beforehand where feet will land."""
    sounds: bool = False
    """True where its clips may bring sound of their own."""
    tokens: int = 0
    """What it reads of a prompt, in tokens; 0 leaves that to the house."""
    weights: Mapping[str, Path] = field(default_factory=dict)
    """The files of its model, by the names under which its steps are handed them."""
    reader: ReadsWords | None = None
    """What encodes its prompts beforehand."""
    composes: bool = True
    """True where it makes a picture of its own for each shape; else one clip serves all cuts."""
    takes: frozenset[str] = frozenset()
    """What else of its characters it can use: `references`, `lora`, `headroom`."""
    courses: tuple[str, ...] = ()
    """The backends that make the clip for it, one after the other, where it is a recipe."""
    shop: HostedClips | None = None
    """What buys its clip, where a hosted service makes it; the clip is then cut like footage."""
    blocked: str = ""


@dataclass(frozen=True, slots=True)
class Appraisal:
    """What a take will cost: seconds of work on one processor, US dollars; or why it cannot be made.

    `works` is what its `post` comes to, in the order in which it is done: name and seconds, which `seconds` holds too.
    """

    seconds: float = 0.0
    money: float = 0.0
    refusal: str = ""
    works: tuple[tuple[str, float], ...] = ()
    model: Cost | None = None
    """What its model takes, where it has one that lies here."""


@dataclass(slots=True)
class Studio:
    """The backends that are installed, each opened at most once. `folder` is the project's, where models may lie."""

    folder: Path | None = None
    broken: dict[str, WorkprintError] = field(default_factory=dict)
    _open: dict[str, ClipBackend] = field(default_factory=dict)
    _able: dict[str, Capabilities] = field(default_factory=dict)
    _identities: dict[str, tuple[str, str]] = field(default_factory=dict)

    def capabilities(self) -> Mapping[str, Capabilities]:
        """What every installed backend can do; one that cannot be loaded is kept in `broken` instead."""
        for name in find("workprint.clips"):
            if name in self._able or name in self.broken:
                continue
            try:
                backend: Any = load("workprint.clips", name)()
                self._able[name] = backend.capabilities()
                self._open[name] = backend
            except MissingError as problem:
                self.broken[name] = problem
        return self._able

    def maker(self, scene: Scene) -> Maker:
        """What makes the scene; a refusal or a missing part is kept as `blocked`, with its remedy."""
        able = self.capabilities()
        try:
            choice = choose(scene, able)
        except (MissingError, RenderError) as problem:
            broken = self.broken.get(scene.backend)
            return Maker(scene.backend, "no backend can make it", blocked=told(broken or problem))
        if isinstance(shop := self._open[choice.name], HostedClips):
            return self._bought(scene, choice, shop)
        identity, blocked = self._identity(choice.name)
        can, backend = able[choice.name], self._open[choice.name]
        weights: Mapping[str, Path] = {}
        courses: tuple[str, ...] = ()
        if isinstance(backend, MadeOfOthers) and not blocked:
            try:
                courses = backend.made_of(scene.model)
            except (MissingError, RenderError) as problem:
                blocked = told(problem)
        if isinstance(backend, LoadsWeights) and not blocked:
            try:
                weights = backend.weights(scene.model, self.folder)
            except (MissingError, RenderError) as problem:
                blocked = told(problem)
        return Maker(
            choice.name,
            choice.reason,
            f"{identity}; {picture_identity()}",
            generated=can.makes == "generated",
            hears=can.uses_speech,
            walks=isinstance(backend, TellsFootfalls),
            sounds=able[courses[-1]].makes_sound if courses else can.makes_sound,
            tokens=can.prompt_tokens,
            weights=weights,
            reader=backend if can.reads_ahead and isinstance(backend, ReadsWords) else None,
            takes=can.takes & frozenset().union(*(able[one].takes for one in courses)) if courses else can.takes,
            composes=can.native_aspects or can.makes != "generated" or scene.reframe == "native",
            courses=courses,
            blocked=blocked,
        )

    def _bought(self, scene: Scene, choice: Choice, shop: HostedClips) -> Maker:
        """What makes a scene whose clip is bought. What stands in the way of buying stops nothing that is bought."""
        try:
            heard, blocked = shop.heard(scene.model), ""
        except (MissingError, RenderError) as problem:
            heard, blocked = False, told(problem)
        identity, _ = self._identity(FOOTAGE)
        return Maker(
            choice.name,
            choice.reason,
            f"{identity}; {picture_identity()}",
            generated=True,
            sounds=heard and scene.clip_sound,
            takes=self._able[choice.name].takes,
            shop=shop,
            blocked=blocked,
        )

    def _identity(self, name: str) -> tuple[str, str]:
        """Versions of a backend, and what stands in its way on this machine."""
        if name not in self._identities:
            backend = self._open[name]
            problems = backend.check()
            blocked = "; ".join(f"{problem.what} ({problem.fix})" for problem in problems)
            self._identities[name] = ("" if blocked else backend.identity(), blocked)
        return self._identities[name]

    def appraise(self, step: Step, *, exact: bool = True) -> Appraisal:
        """What a take will cost, asked of its own backend, or why it refuses; reads no more than it must.

        Where its length is not `exact` yet, it is not refused for that length.
        """
        if isinstance(step.request, BoughtTakeRequest):
            return Appraisal(step.cost * _CUT)
        request: TakeRequest = step.request
        backend = self._open.get(request.backend)
        if backend is None or step.blocked:
            return Appraisal()
        clip = replace(request.clip, files=dict(step.files))
        try:
            check_post(clip.scene.post, clip.files)
            plan = _quantised(backend, clip, exact=exact)
            cost = backend.estimate(clip, plan)
        except (MissingError, RenderError) as problem:
            return Appraisal(refusal=told(problem))
        works = works_of(clip, plan)
        model = cost if cost.disk_mb else None
        return Appraisal(cost.seconds + sum(spent for _, spent in works), cost.money, works=works, model=model)

    def makers(self, film: Film) -> dict[str, Maker]:
        """The maker of every scene."""
        return {scene.id: self.maker(scene) for scene in film.scenes}


def _quantised(backend: ClipBackend, clip: ClipRequest, *, exact: bool) -> ClipPlan:
    """The backend's plan; what is refused only for an estimated length is planned with a single frame."""
    try:
        return backend.quantise(clip)
    except Refusal:
        if exact:
            raise
        return backend.quantise(replace(clip, frames=1))


def works_of(clip: ClipRequest, plan: ClipPlan) -> tuple[tuple[str, float], ...]:
    """Name and seconds of all that `post` does to a clip made to this plan, in the order in which it is done."""
    post = clip.scene.post
    # Pictures that cover the canvas are not enlarged, whatever is asked.
    if plan.width >= clip.width and plan.height >= clip.height:
        post = replace(post, upscale=1)
    return costs(post, clip.width, clip.height, clip.frames, clip.rate, plan.rate)


def told(problem: WorkprintError) -> str:
    """An error and its remedy on one line."""
    return f"{problem.message} ({problem.hint})" if problem.hint else problem.message
