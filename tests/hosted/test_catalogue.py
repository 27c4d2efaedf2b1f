"""The table and the user's corrections over it: names of yesterday, lengths, prices that age, mistakes told at once."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from projects.hosted import catalogue
from projects.hosted.catalogue import cost, house_table, lengths, model_of, resolve, service
from projects.hosted.table import Model, Price, Span
from storyboard.errors import MissingError, StoryboardError
from tests.hosted.conftest import Shop

TODAY = dt.date(2026, 11, 23)
MILL = """
services:
  mill:
    title: The Mill
    default: now
    models:
      now: {id: mill-now-001, aliases: [fresh]}
      old: {retired_on: 2026-01-01, successor: older}
      older: {retired_on: 2026-02-01, successor: now}
      going: {retired_on: 2027-01-01, successor: now}
      gone: {retired_on: 2026-01-01}
      moved: {retired_on: 2026-01-01, successor: other/thing}
      left: {retired_on: 2026-01-01, successor: right}
      right: {retired_on: 2026-01-01, successor: left}
names:
  windmill: {service: mill, retired_on: 2026-06-30, note: "bought by others"}
  watermill: {service: mill, model: old}
"""


def test_names_lead_to_models(shop: Shop) -> None:
    """A model is found by its name, the service's own name and by aliases; nothing named is the usual one."""
    shop.write_services(MILL)
    for name in ("now", "mill-now-001", "fresh", ""):
        found = model_of("mill", name, TODAY)
        assert (found.name, found.id, found.notes) == ("now", "mill-now-001", ())


def test_retired_models_lead_to_what_lives(shop: Shop) -> None:
    """Over as many steps as it takes, each told; what retires one day is used and said."""
    shop.write_services(MILL)
    found = model_of("mill", "old", TODAY)
    assert found.name == "now"
    assert [note.split(":")[0] for note in found.notes] == [
        "The Mill retired old on 2026-01-01",
        "The Mill retired older on 2026-02-01",
    ]
    going = model_of("mill", "going", TODAY)
    assert (going.name, going.notes) == ("going", ("The Mill retires going on 2027-01-01",))
    assert model_of("mill", "going", dt.date(2027, 1, 1)).name == "now"


@pytest.mark.parametrize(
    ("name", "told", "hint"),
    [
        ("nwo", "has no model 'nwo'", "Did you mean 'now'?"),
        ("gone", "retired gone on 2026-01-01", "There are: now, going."),
        ("moved", "retired moved on 2026-01-01", "`backend: other` and `model: {name: thing}`"),
        ("left", "go in a circle", "services.yaml"),
    ],
)
def test_names_that_lead_nowhere(shop: Shop, name: str, told: str, hint: str) -> None:
    """They are told with what lives, where it went, or what to mend."""
    shop.write_services(MILL)
    with pytest.raises(MissingError, match=told) as problem:
        model_of("mill", name, TODAY)
    assert hint in problem.value.hint


def test_a_service_without_a_usual_model(shop: Shop) -> None:
    """One must be named there; none is taken because its own name is empty."""
    shop.write_services("services: {inn: {title: The Inn, models: {bed: {}, board: {}}}}\n")
    with pytest.raises(MissingError, match="The Inn has no usual model") as told:
        model_of("inn")
    assert "There are: bed, board." in told.value.hint


def test_a_service_that_nobody_knows() -> None:
    """It is told with the nearest."""
    with pytest.raises(MissingError, match="no service 'runaway'") as told:
        service("runaway")
    assert "Did you mean 'runway'?" in told.value.hint


def test_names_from_elsewhere(shop: Shop) -> None:
    """A name that people know leads to a model, with what became of it, and over retired ones too."""
    shop.write_services(MILL)
    found = resolve("windmill")
    assert found is not None
    assert (found.service, found.name) == ("mill", "now")
    told = "'windmill': it was retired on 2026-06-30; now of The Mill makes its scenes (bought by others)"
    assert found.notes == (told,)
    other = resolve("watermill")
    assert other is not None
    (note,) = other.notes
    assert note.startswith("'watermill': The Mill retired old on 2026-01-01: older is taken in its place; ")
    assert note.endswith("; now of The Mill makes its scenes")
    assert resolve("animatic") is None


@pytest.mark.parametrize(
    ("seconds", "given"),
    [
        (Span(least=2, most=5), (2, 3, 4, 5)),
        (Span(least=0.5, most=2, step=0.5), (0.5, 1, 1.5, 2)),
        (Span(least=1, most=2, step=0.1), (1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9, 2)),
        (Span(least=2, most=5.5, step=2), (2, 4)),
        ((8, 4, 6), (4, 6, 8)),
        ((), ()),
    ],
)
def test_lengths(seconds: Span | tuple[float, ...], given: tuple[float, ...]) -> None:
    """Spans and lists give what can be asked for, shortest first, without the dust of floats."""
    assert lengths(Model(seconds=seconds)) == given


def test_costs() -> None:
    """Exact to the cent: by resolution, else the common price; without sound by what that costs."""
    price = Price(
        per="second",
        usd={"": Decimal("0.1"), "4k": Decimal("0.3")},
        silent={"": Decimal("0.05")},
        as_of=dt.date(2026, 11, 1),
        source="a test",
    )
    assert cost(price, 7, today=TODAY).money == Decimal("0.7")
    assert cost(price, 7, "4k", today=TODAY).money == Decimal("2.1")
    assert cost(price, 7, "720p", sound=False, today=TODAY).money == Decimal("0.35")
    assert cost(None, 7) == catalogue.Estimate(None)
    only = price.model_copy(update={"usd": {"4k": Decimal(1)}, "silent": {}})
    assert cost(only, 7, "720p", today=TODAY).money is None


@pytest.mark.parametrize(("days", "old"), [(0, False), (90, False), (91, True)])
def test_prices_age(days: int, old: bool) -> None:
    """After ninety days a price is told to be old."""
    price = Price(per="clip", usd={"": Decimal(1)}, as_of=TODAY - dt.timedelta(days), source="a test")
    estimate = cost(price, 1, today=TODAY)
    assert (estimate.days, estimate.is_old, estimate.source) == (days, old, "a test")


def test_the_user_s_file_corrects_the_house_s(shop: Shop) -> None:
    """Only what it names changes; prices are read exactly; without it the house's table is as it was."""
    shop.write_services(
        "services: {runway: {account: studio, quotas: [{limit: 50, unit: clips}],"
        " models: {gen4.5: {price: {usd: {'': 0.07}}, retired_on: 2099-01-01}}}}\n"
    )
    entry = service("runway")
    price = entry.models["gen4.5"].price
    assert price is not None
    assert (entry.account, entry.title, price.usd) == ("studio", "Runway", {"": Decimal("0.07")})
    own = house_table().services["runway"].models["gen4.5"].price
    assert own is not None
    assert (price.source, entry.quotas[0].period) == (own.source, "month")
    assert house_table().services["runway"].account == "default"


def test_a_change_of_the_user_s_file_is_seen(shop: Shop) -> None:
    """It is read anew when it has changed."""
    for title in ("One", "Another"):
        shop.write_services(f"services: {{runway: {{title: {title}}}}}\n")
        assert service("runway").title == title


def test_mistakes_of_the_user_s_file_are_told_at_once(shop: Shop) -> None:
    """Each with its line and what is wrong."""
    shop.write_services(
        "services:\n  runway:\n    colour: red\n    models:\n      gen4.5:\n        first: perhaps\n"
        "        price: {usd: {'': -1}}\n"
    )
    with pytest.raises(StoryboardError) as told:
        catalogue.table()
    assert [(one.line, one.code) for one in told.value.diagnostics] == [(3, "E702"), (6, "E702"), (7, "E702")]
    assert "services.runway.colour" in told.value.diagnostics[0].message


@pytest.mark.parametrize("text", ["", "- one\n", "services: {a: [}\n", "a: 1\na: 2\n"])
def test_a_file_that_is_no_table(shop: Shop, text: str) -> None:
    """It is told as a mistake of that file."""
    shop.write_services(text)
    with pytest.raises(StoryboardError, match=r"services\.yaml"):
        catalogue.table()


def test_a_named_file_that_is_not_there(shop: Shop) -> None:
    """Whoever names one wants it read."""
    shop.services.unlink()
    with pytest.raises(MissingError, match="WORKPRINT_SERVICES names a file that is not there"):
        catalogue.table()


def test_the_user_s_own_settings(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the variable the file in the user's settings counts."""
    monkeypatch.delenv("WORKPRINT_SERVICES")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(shop.folder / "settings"))
    assert service("runway").title == "Runway"
    place = shop.folder / "settings" / "workprint" / "services.yaml"
    place.parent.mkdir(parents=True)
    place.write_text("services: {runway: {title: Mine}}\n", encoding="utf-8")
    assert service("runway").title == "Mine"
