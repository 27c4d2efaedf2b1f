"""Delivers a film by presets: each is the same production with a changed film, and what is made of it afterwards.

Takes, voices and sounds that a preset does not change are those of every other render. Each delivery lies in a folder
of its own, measured, with a report beside it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from projects.disk import disk_errors
from projects.progress import Note, Reporter
from render.deliveries import hardware, limits
from render.deliveries.finishing import Finishing
from render.deliveries.glimpses import Glimpse, Glimpsing, seals
from render.deliveries.hardware import Encoder
from render.deliveries.measuring import preview_report
from render.deliveries.presets import FOLDER, Preset, preset, shaped
from render.delivery import write_report
from render.orders import FilmPlan, Order
from render.papers import Papers
from render.picture import canvas_of
from storyboard.errors import MissingError

if TYPE_CHECKING:
    from render.production import Production

EncoderName = Literal["auto", "software", "nvenc", "qsv", "videotoolbox", "amf", "vaapi"]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of all deliveries alike: codec and short side in place of the presets', and the encoder."""

    codec: str = ""
    short: int = 0
    encoder: EncoderName = "software"


@dataclass(frozen=True, slots=True)
class DeliveredFiles:
    """The files of one delivery, what was measured of them, and what a person should know."""

    preset: str
    files: tuple[Path, ...]
    report: dict[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def deliver(
    production: Production,
    names: Sequence[str],
    order: Order,
    reporter: Reporter,
    cancel: threading.Event | None = None,
    wish: Wish = Wish(),
) -> Iterator[DeliveredFiles]:
    """Make one delivery after the other, each in its folder under `out`; all are looked at before any is made.

    Raises MissingError for a preset that is not known or an encoder that is not here, and what `render` raises.
    """
    wanted = wanted_of(names)
    for told in warnings(production, names, order):
        reporter.report(Note(told))
    encoders = {one.name: _encoder(production, one, order, wish) for one in wanted if one.kind == "film"}
    for one in wanted:
        reporter.report(Note(f"delivery: {one.title}"))
        yield _Delivering(production, one, order, reporter, cancel, wish).make(encoders.get(one.name))


def wanted_of(names: Sequence[str]) -> list[Preset]:
    """The presets of these names, each once; raises MissingError for one that is not known, and for none."""
    if not names:
        raise MissingError(
            "no delivery is named", "Name one (`workprint deliver youtube`), or write `deliver: [youtube]`."
        )
    return list({one.name: one for one in map(preset, names)}.values())


def warnings(production: Production, names: Sequence[str], order: Order) -> tuple[str, ...]:
    """What platforms will say of the film, as far as its length is known before anything is made."""
    return tuple(filter(None, (limits.warning(production, one, order) for one in wanted_of(names))))


def foreseen(production: Production, names: Sequence[str], order: Order, wish: Wish = Wish()) -> FilmPlan:
    """What these deliveries would buy, all in one plan: that of the first, with the purchases of them all."""
    plans = [_Delivering(production, one, order, _Silence(), None, wish).plan() for one in wanted_of(names)]
    purchases = dict.fromkeys(bought for plan in plans for bought in plan.purchases)
    quotas = dict.fromkeys(quota for plan in plans for quota in plan.quotas)
    return replace(plans[0], purchases=tuple(purchases), quotas=tuple(quotas))


class _Silence:
    """A reporter that nobody hears."""

    def report(self, event: object) -> None:
        """Hear nothing."""


def _encoder(production: Production, wanted: Preset, order: Order, wish: Wish) -> Encoder | None:
    """The hardware encoder that is to be used, None for the house's own."""
    if wish.encoder == "software":
        return None
    film = shaped(production.film, wanted, codec=wish.codec, short=wish.short)
    canvas = canvas_of(film, wanted.cut(film), order.draft)
    coding = film.encoding
    return hardware.encoder_for(coding.codec, wish.encoder, (canvas.width, canvas.height), film.rate, coding.crf)


@dataclass(frozen=True, slots=True)
class _Delivering:
    """One delivery under way."""

    production: Production
    wanted: Preset
    order: Order
    reporter: Reporter
    cancel: threading.Event | None
    wish: Wish

    def make(self, encoder: Encoder | None) -> DeliveredFiles:
        """Render what is needed and make the delivery of it."""
        home = (self.order.out or self.production.workspace.output) / FOLDER / self.wanted.name
        with disk_errors(str(home)):
            home.mkdir(parents=True, exist_ok=True)
        production, order = self._shaped(), replace(self._order(), out=home)
        if self.wanted.kind in ("poster", "thumbnails"):
            glimpse = Glimpsing(production, order, self.reporter, self.cancel).stills(self.wanted, home)
            return self._glimpsed(production, order, glimpse)
        if self.wanted.kind in ("gif", "webp"):
            glimpsing = self._preview(production, order)
            small = replace(self.wanted, short=self.wish.short or self.wanted.short)
            return self._glimpsed(production, order, glimpsing.preview(small, home, self._stopped))
        finishing = Finishing(production, order, home, self.reporter, self.cancel, self._stopped)
        if self.wanted.kind == "film":
            made = finishing.film(encoder)
            notes = list(made.notes)
            if self.wish.encoder == "auto" and encoder is None:
                notes.append("no hardware encoder works here; the film is coded by the house's own")
        else:
            made = finishing.web() if self.wanted.kind == "web" else finishing.master()
            notes = list(made.notes)
        return self._told(made.files, made.report, notes)

    def plan(self) -> FilmPlan:
        """What would be made, and bought, for it."""
        production, order = self._shaped(), self._order()
        if self.wanted.kind in ("gif", "webp"):
            glimpsing = self._preview(production, order)
            shown = glimpsing.scenes_shown(glimpsing.production.lay_out(order))
            return glimpsing.production.plan(replace(order, scenes=shown))
        if self.wanted.kind == "poster" and Glimpsing(production, order, self.reporter, self.cancel).has_takes():
            # It is chosen among them: nothing is made, and nothing bought.
            return production.plan(order, appraised=False)
        return production.plan(order)

    def _order(self) -> Order:
        return replace(self.order, cuts=(self.wanted.cut(self.production.film),))

    def _shaped(self) -> Production:
        # What is coded anew afterwards has a codec of its own.
        codec = self.wish.codec if self.wanted.kind == "film" else ""
        return self.production.with_film(shaped(self.production.film, self.wanted, codec=codec, short=self.wish.short))

    def _preview(self, production: Production, order: Order) -> Glimpsing:
        """A preview out of the film's own takes, where they are made or dear, else small from the beginning."""
        small = Glimpsing(production, order, self.reporter, self.cancel)
        film = replace(production.film, short_side=self.production.film.short_side)
        whole = replace(small, production=self.production.with_film(film))
        return whole if whole.is_made() else small

    def _glimpsed(self, production: Production, order: Order, glimpse: Glimpse) -> DeliveredFiles:
        """Seal the pictures, measure what moves, and tell."""
        beside = Papers() if order.draft else seals(production, glimpse.laid)
        cut = str(order.cuts[0])
        for path in glimpse.files:
            beside.seal(path, cut=cut)
        report = preview_report(glimpse.files[0]) if self.wanted.kind in ("gif", "webp") else {}
        return self._told(glimpse.files, report, [*glimpse.notes, *beside.notes])

    def _stopped(self) -> bool:
        return self.cancel is not None and self.cancel.is_set()

    def _told(self, files: Sequence[Path], report: Mapping[str, Any], notes: Sequence[str]) -> DeliveredFiles:
        """Write the report, with what the platform takes, and tell what is not as planned."""
        told = list(notes)
        whole = dict(report)
        if whole:
            seconds = float(whole.get("seconds", 0.0))
            whole["platform"] = limits.platform(self.wanted, seconds)
            if over := limits.too_long(self.wanted, Fraction(seconds).limit_denominator(1000)):
                told.append(over)
            told += [f"{self.wanted.title} is not as planned: {fault}" for fault in whole.get("faults", ())]
            write_report(files[0].with_suffix(".report.json"), whole)
        return DeliveredFiles(self.wanted.name, tuple(files), whole, tuple(dict.fromkeys(told)))
