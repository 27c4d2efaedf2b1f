"""What a film buys: which clip or sound it uses of those that were bought, and what is still to be paid for.

A scene that was changed after its clip was bought keeps the clip until somebody asks for another; undoing the change
makes it current again. Plans only: nothing here speaks to a service.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Literal

from projects.digests import Digests
from projects.hosted.catalogue import Estimate
from projects.hosted.job import BuyRequest, Consent, Errand, Purchase
from projects.hosted.shelf import Kept, Shelf
from projects.plugins import Group
from projects.steps import Step
from render.makers import Maker, told
from scenes.clip import TakeRequest
from storyboard.errors import MissingError, RenderError
from storyboard.film import Scene

Standing = Literal["kept", "stale", "open", "unknown", "new"]
"""kept: bought as it is asked for now; stale: bought before something changed, and used; open: paid for and being made;
unknown: asked for, and the answer was lost; new: to be paid for."""

KIND = "bought"
"""Kind of the steps that buy."""

_TOLD = 3


@dataclass(frozen=True, slots=True)
class Offer(Errand):
    """What a step that buys would do, for people: how it stands, why, and what would be cheaper."""

    title: str = ""
    """Service and model."""
    standing: Standing = "new"
    why: str = ""
    notes: tuple[str, ...] = ()
    """What a person should know of the model, and of what it leaves out."""
    cheaper: tuple[tuple[str, Estimate], ...] = ()

    @property
    def pays(self) -> bool:
        """Whether a render would pay for it."""
        return self.standing == "new"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing that a film wants of a service. `slot` is what a person calls it; `files` are those of the purchase.

    With `keeps`, an older purchase of the same take serves until another is asked for. `blocked` is why it cannot be
    bought here and now.
    """

    group: Group
    backend: str
    purchase: Purchase
    slot: str
    scene: str
    label: str
    estimate: Estimate
    seconds: float
    files: Mapping[str, Path]
    keeps: bool = False
    blocked: str = ""
    notes: tuple[str, ...] = ()
    cheaper: Callable[[], Sequence[tuple[str, Estimate]]] = tuple


def wanted_clip(scene: Scene, is_main: bool, asked: Step, maker: Maker, digests: Digests) -> Wanted:
    """What a scene wants of the service that makes it; `asked` is its take as it would be made for the final film.

    A cut that is asked for by itself has a slot of its own. A refusal is kept as `blocked`.
    """
    request: TakeRequest = asked.request
    seen = replace(request.clip.scene, clip_sound=scene.clip_sound)
    shop, clip = maker.shop, replace(request.clip, scene=seen, files=dict(asked.files))
    if shop is None:
        raise RenderError(f"{maker.backend} sells nothing")
    slot = scene.id if is_main else asked.name.removeprefix("take:")
    wanted = Wanted(
        group="workprint.clips",
        backend=maker.backend,
        purchase=Purchase(maker.backend, "", {}, clip.take),
        slot=slot,
        scene=scene.id,
        label=f"{slot}: buy from {maker.backend}",
        estimate=Estimate(None),
        seconds=0.0,
        files={},
        keeps=True,
        blocked=asked.blocked,
    )
    if asked.blocked:
        return wanted
    try:
        return replace(
            wanted,
            purchase=shop.purchase(clip, digests.of),
            estimate=shop.price(clip),
            seconds=shop.wish(clip).seconds,
            keeps=shop.price(clip).money != 0,
            notes=shop.wish(clip).notes,
            files=shop.pictures(clip),
            blocked="; ".join(f"{problem.what} ({problem.fix})" for problem in shop.obstacles(shop.wish(clip))),
            cheaper=partial(shop.cheaper, clip),
        )
    except (MissingError, RenderError) as problem:
        return replace(wanted, blocked=told(problem))


class Purchases:
    """The shelf of a project as it is now, and what a person has agreed to."""

    def __init__(self, project: Path, consent: Consent) -> None:
        self._project = project
        self._shelf = Shelf(project)
        self._consent = consent
        self._kept = {kept.key: kept for kept in self._shelf.all()}

    def has(self, slot: str, take: int) -> bool:
        """Whether anything was bought for a slot in a take, or is being made."""
        return self._older(slot, take, "video") is not None

    def step(self, wanted: Wanted) -> Step:
        """The step that brings what was bought, or buys it."""
        purchase, standing, why = self._chosen(wanted)
        pays = standing == "new"
        offer = Offer(
            project=self._project,
            slot=wanted.slot,
            estimate=wanted.estimate,
            files=dict(wanted.files) if purchase is wanted.purchase else {},
            seconds=wanted.seconds,
            consent=self._consent,
            title=f"{purchase.service} {purchase.model}",
            standing=standing,
            why=why,
            notes=wanted.notes,
            cheaper=tuple(wanted.cheaper()) if pays or standing == "stale" else (),
        )
        return Step(
            name=f"{KIND}:{wanted.slot}",
            kind=KIND,
            call="projects.hosted.buying:make_bought",
            request=BuyRequest(wanted.group, wanted.backend, purchase),
            suffix=purchase.suffix,
            scene=wanted.scene,
            label=wanted.label,
            cost=20.0 if standing in ("new", "open", "unknown") else 0.1,
            blocked=wanted.blocked if standing in ("new", "unknown") else "",
            errand=offer,
        )

    def _chosen(self, wanted: Wanted) -> tuple[Purchase, Standing, str]:
        """What is used, how that stands, and what a person should know of it."""
        own = self._kept.get(wanted.purchase.key)
        if own is not None and own.state in ("taken", "asked") and wanted.slot in self._consent.resubmit:
            return wanted.purchase, "new", "asked for again: the first job is given up"
        if own is not None and own.state in ("done", "taken", "asked"):
            if own.state == "done":
                there = self._shelf.path(own) is not None
                return wanted.purchase, "kept" if there else "open", "" if there else "its file is fetched again"
            if own.state == "taken":
                return wanted.purchase, "open", f"being made ({own.job})"
            return wanted.purchase, "unknown", "it was asked for, and the answer was lost"
        older = self._older(wanted.slot, wanted.purchase.take, wanted.purchase.media) if wanted.keeps else None
        if older is not None and wanted.slot not in self._consent.again:
            return older.purchase, "stale", f"bought before {changed(older, wanted.purchase)}"
        failed = own is not None and own.state in ("failed", "given up")
        return wanted.purchase, "new", "the last job came to nothing" if failed else ""

    def _older(self, slot: str, take: int, media: str) -> Kept | None:
        """The last thing that was bought for a slot in a take, or is being made."""
        fitting = [
            kept
            for kept in self._kept.values()
            if (kept.slot, kept.take, kept.media) == (slot, take, media)
            and (kept.state == "taken" or (kept.state == "done" and self._shelf.path(kept) is not None))
        ]
        return max(fitting, key=lambda kept: kept.asked, default=None)


def offers(steps: Iterable[Step]) -> tuple[Offer, ...]:
    """What the steps that buy would do, in order."""
    return tuple(step.errand for step in steps if step.kind == KIND and isinstance(step.errand, Offer))


def remarks(found: Iterable[Offer]) -> tuple[str, ...]:
    """What a person should know of them before the film is made."""
    told = []
    for offer in found:
        told += [f"{offer.slot}: {note}" for note in offer.notes]
        if offer.standing == "stale":
            price = "" if offer.estimate.money is None else f" for about ${offer.estimate.money:.2f}"
            told.append(
                f"{offer.slot}: shown as it was {offer.why}; `workprint render --buy-again {offer.slot}` buys it anew"
                + price
            )
        elif offer.standing in ("open", "unknown"):
            told.append(f"{offer.slot}: {offer.title}: {offer.why}")
    return tuple(told)


def changed(before: Kept, now: Purchase) -> str:
    """What is asked for otherwise than it was, in words."""
    told = [
        name
        for name, old, new in (
            ("service", before.service, now.service),
            ("model", before.model, now.model),
            *((key, before.body.get(key), now.body.get(key)) for key in {**before.body, **now.body}),
            *((f"file {key}", before.files.get(key), now.files.get(key)) for key in {**before.files, **now.files}),
        )
        if old != new
    ]
    names = list(dict.fromkeys(told))
    more = f" and {len(names) - _TOLD} more" if len(names) > _TOLD else ""
    return f"{', '.join(names[:_TOLD])}{more} changed" if names else "something changed"
