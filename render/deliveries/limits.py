"""What a platform takes: told before a film is made for it, and written into the report of what was delivered.

Platforms change their minds, so that each limit is told with the day on which it was true. Refuses nothing.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from render.deliveries.presets import Preset, as_of, shaped
from render.orders import Order
from storyboard.time import spell

if TYPE_CHECKING:
    from render.production import Production


def warning(production: Production, wanted: Preset, order: Order) -> str:
    """What the platform will say of the film's length, "" where nothing; makes nothing."""
    if not wanted.most:
        return ""
    film = shaped(production.film, wanted)
    timeline = production.with_film(film).lay_out(replace(order, cuts=(wanted.cut(film),))).timeline
    return too_long(wanted, timeline.frames / timeline.rate, exact=timeline.exact)


def too_long(wanted: Preset, seconds: Fraction, *, exact: bool = True) -> str:
    """That a film of so many seconds is longer than the platform takes, "" where it is not."""
    if not wanted.most or seconds <= Fraction(wanted.most):
        return ""
    about = "" if exact else "about "
    longest = spell(Fraction(wanted.most))
    return f"{wanted.title} takes films of {longest} at most (as of {as_of()}); this one lasts {about}{spell(seconds)}"


def platform(wanted: Preset, seconds: float) -> dict[str, Any]:
    """The limits of a platform, and whether a film of so many seconds is within them."""
    return {
        "as_of": as_of(),
        "most_seconds": wanted.most or None,
        "title": wanted.title,
        "within": not wanted.most or seconds <= wanted.most,
    }
