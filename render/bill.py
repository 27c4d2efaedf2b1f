"""The bill of a plan: what is to be paid for, what was, which quotas it counts for, and which scenes are out of date.

Reads the ledger; buys nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from projects.hosted.job import BuyRequest
from projects.hosted.ledger import Ledger, spent
from projects.hosted.quotas import rows_of, used
from projects.hosted.shelf import Shelf
from projects.steps import Step
from render.orders import FilmPlan, PurchasePlan, QuotaPlan, ScenePlan
from render.purchases import Offer


@dataclass(frozen=True, slots=True)
class Bill:
    """What a film buys, the quotas that it counts for, and what it has cost so far in US dollars."""

    purchases: tuple[PurchasePlan, ...] = ()
    quotas: tuple[QuotaPlan, ...] = ()
    spent: float = 0.0


def bill(steps: Iterable[Step], exact: Mapping[str, bool], shelf: Shelf) -> Bill:
    """The bill of these steps; `exact` says of scenes whether their length is known."""
    bought: list[PurchasePlan] = []
    models: dict[tuple[str, str], None] = {}
    for step in steps:
        offer, request = step.errand, step.request
        if not isinstance(offer, Offer) or not isinstance(request, BuyRequest):
            continue
        bought.append(_purchase(offer, step, exact.get(step.scene, True)))
        if offer.pays:
            models[request.purchase.service, request.purchase.model] = None
    entries = Ledger().entries() if shelf.folder.is_dir() or models else ()
    rows = dict.fromkeys(row for service, model in models for row in rows_of(service, model))
    quotas = tuple(
        QuotaPlan(row.service, row.account, row.told(), float(now.used), float(now.left))
        for row in rows
        for now in (used(row, entries),)
    )
    return Bill(tuple(bought), quotas, float(spent(entries, shelf.film()) if shelf.folder.is_dir() else 0))


def with_bill(plan: FilmPlan, bought: Bill) -> FilmPlan:
    """The plan with its bill: money by scene and in all, and `stale` where a scene shows what was bought earlier."""
    money: dict[str, float] = {}
    stale: dict[str, str] = {}
    for one in bought.purchases:
        if one.pays:
            money[one.scene] = money.get(one.scene, 0.0) + (one.money or 0.0)
        if one.standing == "stale":
            stale[one.scene] = one.why
    scenes = tuple(_billed(scene, money.get(scene.id, 0.0), stale.get(scene.id, "")) for scene in plan.scenes)
    return replace(
        plan,
        scenes=scenes,
        money=plan.money + sum(money.values()),
        purchases=bought.purchases,
        quotas=bought.quotas,
        spent=bought.spent,
    )


def _billed(scene: ScenePlan, money: float, stale: str) -> ScenePlan:
    # What is missing or blocked beside it matters more.
    billed = replace(scene, money=scene.money + money)
    return replace(billed, state="stale", why=stale) if stale and scene.state in ("current", "stale") else billed


def _purchase(offer: Offer, step: Step, exact: bool) -> PurchasePlan:
    money = offer.estimate.money
    return PurchasePlan(
        slot=offer.slot,
        scene=step.scene,
        title=offer.title,
        standing=offer.standing,
        why=step.blocked or offer.why,
        seconds=offer.seconds,
        money=None if money is None else float(money),
        price_days=offer.estimate.days,
        price_source=offer.estimate.source,
        price_is_old=offer.estimate.is_old,
        exact=exact,
        cheaper=tuple((name, float(cost.money)) for name, cost in offer.cheaper if cost.money is not None),
    )
