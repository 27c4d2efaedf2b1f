"""What every backend shares whose clips a hosted service makes: the plan by the table, the price, and the purchase.

What was bought is then cut like footage; nothing here makes a frame or speaks to a service.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path
from typing import ClassVar

from projects.extras import pip_install
from projects.hosted import catalogue
from projects.hosted.catalogue import Estimate
from projects.hosted.job import Purchase, Service
from projects.hosted.keys import find_key, no_key
from projects.steps import Json
from projects.weights import Setting, Settings
from scenes.backend import Capabilities, Clip, ClipPlan, ClipRequest, Cost, Problem, Refusal
from scenes.hosted.asking import Digest, Wish, wish
from storyboard.errors import MissingError

WAIT = 120.0
"""Seconds that a clip takes at a service, roughly."""


class HostedClips:
    """A backend whose clips are bought. A service's own file says what is sent, and how it is spoken to."""

    name: ClassVar[str]
    summary: ClassVar[str]
    library: ClassVar[str] = "httpx"
    """The module that has to be there."""

    def capabilities(self) -> Capabilities:
        """What it can do at most; each model's own limits are in the table, which is not read for this."""
        return Capabilities(
            name=self.name,
            summary=self.summary,
            makes="generated",
            needs=frozenset({"prompt"}),
            hosted=True,
            makes_sound=True,
            takes=frozenset({"references"}),
        )

    def check(self) -> Sequence[Problem]:
        """What stands in the way of buying here: a library, a key. What is bought already needs neither."""
        problems = []
        entry = catalogue.service(self.name)
        if find_spec(self.library.partition(".")[0]) is None or not _there(self.library):
            problems.append(Problem(f"the library of {entry.title} is not installed", pip_install(entry.extra)))
        if entry.keys and not entry.key_optional and not find_key(self.name)[0]:
            problems.append(Problem(*no_key(self.name)))
        return tuple(problems)

    def obstacles(self, asked: Wish) -> Sequence[Problem]:
        """What stands in the way of buying this very thing here."""
        del asked
        return self.check()

    def quantise(self, request: ClipRequest) -> ClipPlan:
        """What would be bought, by the table; raises Refusal for what the model cannot do."""
        asked = self.wish(request)
        rate = Fraction(asked.found.model.rate)
        frames = math.ceil(Fraction(asked.seconds) * rate)
        keep = min(frames, math.ceil(request.frames / request.rate * rate))
        return ClipPlan(frames, keep, asked.width, asked.height, rate, asked.notes)

    def estimate(self, request: ClipRequest, plan: ClipPlan) -> Cost:
        """Time and money by the table; 0 where no price is known, which `price` tells apart."""
        del plan
        return Cost(seconds=WAIT, money=float(self.price(request).money or 0))

    def price(self, request: ClipRequest) -> Estimate:
        """What the request will cost, and how old that knowledge is."""
        return price_of(self.wish(request))

    def cheaper(self, request: ClipRequest) -> list[tuple[str, Estimate]]:
        """Other models and resolutions of the table that could make the request for less, the cheapest first."""
        own = self.price(request).money
        found: list[tuple[str, Estimate]] = []
        for name, entry in catalogue.table().services.items():
            for key, model in entry.models.items():
                for size in model.sizes or {"": {}}:
                    other = _fits(name, key, size, request)
                    if other and own is not None and other[1].money is not None and other[1].money < own:
                        found.append(other)
        return sorted(found, key=lambda one: one[1].money or 0)

    def identity(self) -> str:
        """Nothing but the request decides what is bought."""
        return f"bought from {self.name}"

    def prepare(self, plans: Sequence[ClipPlan]) -> None:
        """Does nothing."""

    def release(self) -> None:
        """Does nothing."""

    def generate(
        self, request: ClipRequest, plan: ClipPlan, progress: Callable[[float], None], cancelled: Callable[[], bool]
    ) -> Clip:
        """Never asked: the clip is bought in a step of its own, and then cut like footage."""
        del request, plan, progress, cancelled
        raise Refusal(f"a clip of {self.name} is bought in a step of its own", "render the film")

    def wish(self, request: ClipRequest) -> Wish:
        """What a request asks of the service."""
        return wish(self.name, request)

    def purchase(self, request: ClipRequest, digest: Digest) -> Purchase:
        """The whole request to the service; the same scene, the same purchase."""
        asked = self.wish(request)
        files = {place: digest(request.files[name]) for place, name in _placed(asked).items()}
        return Purchase(self.name, asked.found.id, self.body(asked), asked.take, files)

    def pictures(self, request: ClipRequest) -> dict[str, Path]:
        """The files of the purchase by what they are to the service."""
        return {place: request.files[name] for place, name in _placed(self.wish(request)).items()}

    def material(self, settings: Settings) -> list[str]:
        """Project-relative names of further files that a scene's `model:` means."""
        del settings
        return []

    def heard(self, settings: Settings) -> bool:
        """Whether a scene with such a `model:` has sound of its own; raises MissingError for a model nobody knows."""
        asked = dict(settings)
        model = catalogue.model_of(self.name, str(asked.get("name", ""))).model
        return model.audio != "none" and bool(asked.get("audio", model.audio == "always"))

    def body(self, asked: Wish) -> Mapping[str, Json]:
        """What is sent, in the service's own words, without files."""
        raise NotImplementedError

    def service(self) -> Service:
        """The service itself; opens nothing."""
        raise NotImplementedError


def price_of(asked: Wish) -> Estimate:
    """What a wish costs by the table."""
    price = asked.found.model.price
    amounts = {"second": asked.seconds, "minute": asked.seconds / 60, "clip": 1.0}
    if price is None or price.per not in amounts:
        return Estimate(None)
    made = catalogue.cost(price, amounts[price.per], asked.resolution, sound=asked.sound)
    sent = price.picture * len(_placed(asked))
    return made if made.money is None else replace(made, money=made.money + sent)


def _placed(asked: Wish) -> dict[str, str]:
    """Every picture that is sent by what it is to the service."""
    return {**asked.pictures, **{f"reference-{number}": name for number, name in enumerate(asked.references, 1)}}


def _fits(service: str, model: str, size: str, request: ClipRequest) -> tuple[str, Estimate] | None:
    """A model at a resolution as a person would name it, and its price; None where it cannot make the request."""
    own = dict(request.scene.model)
    settings: list[tuple[str, Setting]] = [("name", model), *([("resolution", size)] if size else [])]
    if "seconds" in own:
        settings.append(("seconds", own["seconds"]))
    if own.get("audio"):
        makes = catalogue.services()[service].models[model].audio
        if makes == "none":
            return None
        settings += [("audio", True)] if makes == "toggle" else []
    try:
        other = wish(service, replace(request, scene=replace(request.scene, model=tuple(settings))))
    except (Refusal, MissingError):
        return None
    if other.found.name != model:
        return None
    return f"{service} {model}{f' {size}' if size else ''}", price_of(other)


def _there(module: str) -> bool:
    """Whether a module can be found; a part of a namespace may be missing without its whole."""
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False
