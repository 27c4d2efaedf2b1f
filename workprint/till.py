"""The till: what is shown, and asked, before anything is paid for at a hosted service.

Knows plans; pays for nothing itself.
"""

from __future__ import annotations

import sys
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, TypeVar

import click

from workprint.streams import say
from workprint.tables import counted, show_table

if TYPE_CHECKING:
    from projects.hosted.job import Consent
    from render.orders import FilmPlan, PurchasePlan

Function = TypeVar("Function", bound=Callable[..., Any])

_ROOM = Decimal("1.25")
"""How much dearer than estimated the scenes may come whose length is not known when a person says yes."""
_CHEAPER, _SHOWN = 3, 12


@dataclass(frozen=True, slots=True)
class Purse:
    """What the options of a command say about paying."""

    yes: bool = False
    most: Decimal | None = None
    old_prices: bool = False
    again: tuple[str, ...] = ()
    resubmit: tuple[str, ...] = ()
    found: tuple[str, ...] = ()

    def consent(self) -> Consent:
        """What is agreed to before anything was asked: without `--yes`, what costs nothing."""
        from projects.hosted.job import Consent

        return Consent(
            run=uuid.uuid4().hex,
            given=self.yes,
            most=self.most,
            old_prices=self.old_prices,
            again=frozenset(self.again),
            resubmit=frozenset(self.resubmit),
            jobs=dict(_named(one) for one in self.found),
        )


class Dollars(click.ParamType):  # type: ignore[type-arg]  # generic only in the type stubs of newer versions
    """An amount such as `12.50` or `$12.50`."""

    name = "dollars"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The amount as a Decimal."""
        if isinstance(value, Decimal):
            return value
        try:
            amount = Decimal(str(value).strip().removeprefix("$"))
        except InvalidOperation:
            self.fail(f"'{value}' is no amount in dollars", param, ctx)
        if not amount.is_finite() or amount < 0:
            self.fail(f"'{value}' is no amount in dollars", param, ctx)
        return amount


def purse_options(function: Function) -> Function:
    """`--yes`, `--max-spend`, `--old-prices`, `--buy-again`, `--resubmit`, `--found`."""
    for option in reversed(
        (
            click.option("-y", "--yes", is_flag=True, help="Pay for what the storyboard has hosted services make."),
            click.option(
                "--max-spend",
                "most",
                type=Dollars(),
                envvar="WORKPRINT_MAX_SPEND",
                show_envvar=True,
                help="What this film may cost at hosted services in all its days, in US dollars.",
            ),
            click.option("--old-prices", is_flag=True, help="Pay even where a price is unknown or older than 90 days."),
            click.option(
                "--buy-again",
                "again",
                multiple=True,
                metavar="SCENE",
                help="Buy a changed scene anew; may be repeated.",
            ),
            click.option(
                "--resubmit", multiple=True, metavar="SCENE", help="Give up a scene's lost job and pay for another."
            ),
            click.option(
                "--found", multiple=True, metavar="SCENE=ID", help="The service's own name of a scene's lost job."
            ),
        )
    ):
        function = option(function)
    return function


def shown_bill(plan: FilmPlan) -> None:
    """What is bought, with its price and what would be cheaper; then quotas and what the film has cost."""
    if not plan.purchases:
        return
    rows = [
        (one.slot, one.title, f"{one.seconds:g} s" if one.seconds else "", _state(one), price(one), _doubts(one))
        for one in plan.purchases
    ]
    show_table(("bought", "from", "length", "state", "price", "note"), rows, right=("length", "price"))
    dear = [one for one in plan.purchases if one.pays and one.cheaper]
    for one in dear[:_SHOWN]:
        say(f"cheaper for {one.slot}: {', '.join(f'{name} ${cost:.2f}' for name, cost in one.cheaper[:_CHEAPER])}")
    if len(dear) > _SHOWN:
        say(f"{counted(len(dear) - _SHOWN, 'more scene')} could be had cheaper; `--json` lists all choices.")
    for quota in plan.quotas:
        say(f"quota of {quota.service}: {quota.told}: {quota.used:g} used, {quota.left:g} left")
    if plan.spent:
        say(f"This film has cost ${plan.spent:.2f} so far.")


def agreed(plan: FilmPlan, consent: Consent) -> Consent:
    """The consent of a person who has seen the bill; raises InterruptedRender where he declines.

    Asks only where something is to be paid for that `--yes` does not cover; without a terminal nobody can be asked.
    """
    from dataclasses import replace

    from projects.hosted.errors import Declined
    from storyboard.errors import InterruptedRender

    due = [one for one in plan.purchases if one.pays]
    if due:
        _within(plan, due, consent)
    if not due or consent.given:
        return consent
    total = sum((Decimal(str(one.money)) for one in due if one.money is not None), Decimal(0))
    if not sys.stdin.isatty():
        raise Declined(
            f"{counted(len(due), 'thing')} would be bought for {_total(due, total)}, and nobody can be asked here",
            "`--yes` agrees beforehand, `--max-spend` sets a limit, `workprint plan` shows the bill.",
        )
    if not click.confirm(f"Buy {counted(len(due), 'thing')} for {_total(due, total)}?", default=False, err=True):
        raise InterruptedRender("nothing was bought, and nothing rendered; `--draft` shows the film without it")
    limit = None if any(one.money is None for one in due) else total * (1 if _all_exact(due) else _ROOM)
    return replace(consent, given=True, agreed=limit, old_prices=True)


def _within(plan: FilmPlan, due: Sequence[PurchasePlan], consent: Consent) -> None:
    """Decline as a whole what would pass the film's limit half-way."""
    from projects.hosted.errors import Declined

    total = sum(one.money or 0.0 for one in due)
    if consent.most is not None and Decimal(str(round(plan.spent + total, 6))) > consent.most:
        raise Declined(
            f"the film has cost ${plan.spent:.2f}, and {counted(len(due), 'purchase')} for ${total:.2f} would pass the "
            f"${consent.most:.2f} that it may cost (`--max-spend`)",
            "Nothing was bought. Allow more, choose cheaper models, or render single scenes with `--scene`.",
        )


def price(one: PurchasePlan) -> str:
    """What a purchase costs, in words: `$0.60`, `about $0.60`, `unknown`."""
    if not one.pays:
        return ""
    if one.money is None:
        return "unknown"
    return f"${one.money:.2f}" if one.exact else f"about ${one.money:.2f}"


def _state(one: PurchasePlan) -> str:
    words = {"kept": "bought", "open": "being made", "unknown": "outcome unknown", "new": "to buy"}
    return words.get(one.standing, one.standing)


def _doubts(one: PurchasePlan) -> str:
    told = [one.why] if one.why else []
    if one.pays and one.money is not None and one.price_is_old:
        told.append(f"the price is {one.price_days} days old ({one.price_source})")
    return "; ".join(told)


def _total(due: Sequence[PurchasePlan], total: Decimal) -> str:
    unknown = sum(one.money is None for one in due)
    about = "" if _all_exact(due) else "about "
    return f"{about}${total:.2f}" + (f" and {counted(unknown, 'unknown price')}" if unknown else "")


def _all_exact(due: Sequence[PurchasePlan]) -> bool:
    return all(one.exact for one in due)


def _named(text: str) -> tuple[str, str]:
    slot, equals, job = text.partition("=")
    if not (slot and equals and job):
        raise click.UsageError(f"`--found {text}`: write SCENE=ID, the scene and the service's own name of its job")
    return slot, job
