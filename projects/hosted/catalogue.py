"""The table of hosted services, with the user's own corrections laid over it, and what follows from it.

Names of yesterday lead to what lives today, prices age, and every number has a date. Speaks to no service.
"""

from __future__ import annotations

import datetime as dt
import difflib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from projects.digests import signature
from storyboard.errors import Diagnostic, MissingError, StoryboardError
from storyboard.node import Node, descend, plain
from storyboard.source import parse

SERVICES_VARIABLE = "WORKPRINT_SERVICES"
"""A file whose entries replace those of the table; without it `services.yaml` in the user's settings."""

PRICES_LAST = 90
"""Days after which a price is not used without a word."""

_CODE = "E702"
_MOST_STEPS = 8


if TYPE_CHECKING:
    # Its models take long to set up: a film that buys nothing never needs them.
    from projects.hosted.table import Model, Price, ServiceEntry, Table


@dataclass(frozen=True, slots=True)
class Found:
    """A model that a name has led to. `notes` tell what has become of the name."""

    service: str
    name: str
    model: Model
    notes: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """What the service calls it."""
        return self.model.id or self.name


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a purchase will cost in US dollars; None where nobody knows. `days` is how old the price is."""

    money: Decimal | None
    days: int = 0
    source: str = ""

    @property
    def is_old(self) -> bool:
        """Whether the price is too old to be used without a word."""
        return self.days > PRICES_LAST


def settings_folder() -> Path:
    """The user's own settings."""
    home = os.environ.get("APPDATA") if os.name == "nt" else os.environ.get("XDG_CONFIG_HOME")
    return (Path(home) if home else Path.home() / ".config") / "workprint"


def services() -> Mapping[str, ServiceEntry]:
    """All services by name."""
    return table().services


def service(name: str) -> ServiceEntry:
    """One service; raises MissingError with a suggestion."""
    known = services()
    if name in known:
        return known[name]
    raise MissingError(f"there is no service '{name}'", _near(name, known))


def house_table() -> Table:
    """The house's own table, without the user's corrections."""
    return _table(None, "")


def table() -> Table:
    """The house's table under the user's; raises StoryboardError with every mistake of the user's file."""
    named = os.environ.get(SERVICES_VARIABLE)
    path = Path(named).expanduser() if named else settings_folder() / "services.yaml"
    if not path.is_file():
        if named:
            raise MissingError(f"{SERVICES_VARIABLE} names a file that is not there: {path}", "Mend the name.")
        return house_table()
    return _table(path, signature(path))


@lru_cache(maxsize=4)
def _table(path: Path | None, _signature: str) -> Table:
    from pydantic import ValidationError

    from projects.hosted.table import Table

    whole = _house()
    if path is None:
        return Table.model_validate(whole)
    try:
        written = _tree(path.read_bytes(), path.name)
    except OSError as problem:
        raise MissingError(f"'{path}' cannot be read: {problem.strerror}", "Mend its permissions.") from problem
    try:
        return Table.model_validate(_over(whole, plain(written)))
    except ValidationError as problem:
        raise StoryboardError(tuple(sorted(_mistake(one, written) for one in problem.errors()))) from problem


@lru_cache(maxsize=1)
def _house() -> Any:
    own = resources.files("projects.hosted").joinpath("services.yaml").read_bytes()
    return plain(_tree(own, "services.yaml"))


def _tree(text: bytes, name: str) -> Node:
    parsed = parse(text, name)
    if parsed.node is None or parsed.diagnostics:
        raise StoryboardError(tuple(parsed.diagnostics) or (Diagnostic(name, 1, 1, _CODE, "the file is empty"),))
    if not isinstance(parsed.node.value, dict):
        raise StoryboardError((Diagnostic(name, 1, 1, _CODE, "the file must hold `services:` and `names:`"),))
    return parsed.node


def _mistake(problem: Any, written: Node) -> Diagnostic:
    """A mistake of the user's file at its place."""
    place = descend(written, problem["loc"])
    told = f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}"
    return Diagnostic(written.path, place.line, place.column, _CODE, told, "see the reference of hosted services")


def _over(below: Any, above: Any) -> Any:
    """One mapping laid over another, mappings in them likewise."""
    if not isinstance(below, dict) or not isinstance(above, dict):
        return above
    return below | {key: _over(below[key], value) if key in below else value for key, value in above.items()}


def resolve(name: str) -> Found | None:
    """What a backend's name means where it is not a backend's: `veo3` leads to what has become of it."""
    known = table().names.get(name)
    if known is None:
        return None
    found = model_of(known.service, known.model)
    retired = [f"it was retired on {known.retired_on}"] if known.retired_on else []
    made = f"{found.name} of {service(found.service).title} makes its scenes"
    told = "; ".join([*retired, *found.notes, made]) + (f" ({known.note})" if known.note else "")
    return Found(found.service, found.name, found.model, (f"'{name}': {told}",))


def model_of(service_name: str, name: str = "", today: dt.date | None = None) -> Found:
    """The model of a service by name, id or alias, its default for ""; a retired one leads to its successor.

    Raises MissingError for a name that nobody knows and for a retired model without a successor of that service.
    """
    today = today or dt.date.today()
    entry, notes = service(service_name), []
    wanted = name or entry.default
    if not wanted:
        raise MissingError(
            f"{entry.title} has no usual model", f"Write `model: {{name: ...}}`. {_near('', entry.models)}"
        )
    for _ in range(_MOST_STEPS):
        own = next((key for key, model in entry.models.items() if wanted in (key, model.id, *model.aliases)), "")
        if not own:
            raise MissingError(f"{entry.title} has no model '{wanted}'", _near(wanted, entry.models))
        model = entry.models[own]
        if model.retired_on is None or model.retired_on > today:
            if model.retired_on is not None:
                notes.append(f"{entry.title} retires {own} on {model.retired_on}")
            return Found(service_name, own, model, tuple(notes))
        if not model.successor:
            raise MissingError(f"{entry.title} retired {own} on {model.retired_on}", _near("", _living(entry, today)))
        if "/" in model.successor:
            raise MissingError(
                f"{entry.title} retired {own} on {model.retired_on}",
                "Write `backend: {}` and `model: {{name: {}}}`.".format(*model.successor.split("/", 1)),
            )
        notes.append(f"{entry.title} retired {own} on {model.retired_on}: {model.successor} is taken in its place")
        wanted = model.successor
    raise MissingError(f"the successors of {service_name}/{name} go in a circle", "Mend `services.yaml`.")


def _living(entry: ServiceEntry, today: dt.date) -> dict[str, Model]:
    return {key: one for key, one in entry.models.items() if one.retired_on is None or one.retired_on > today}


def lengths(model: Model) -> tuple[float, ...]:
    """The lengths in seconds that can be asked of a model, shortest first."""
    if not isinstance(model.seconds, tuple):
        count = int((model.seconds.most - model.seconds.least) / model.seconds.step + 1e-9)
        return tuple(round(model.seconds.least + model.seconds.step * number, 3) for number in range(count + 1))
    return tuple(sorted(model.seconds))


def cost(
    price: Price | None, amount: float, resolution: str = "", *, sound: bool = True, today: dt.date | None = None
) -> Estimate:
    """What so many units cost, at a resolution, with or without sound."""
    if price is None:
        return Estimate(None)
    rows = {**price.usd, **({} if sound else price.silent)}
    unit = rows.get(resolution, rows.get(""))
    days = ((today or dt.date.today()) - price.as_of).days
    money = None if unit is None else (unit * Decimal(str(amount))).quantize(Decimal("0.000001"))
    return Estimate(money, days, price.source)


def _near(name: str, known: Mapping[str, object]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return f"{f'Did you mean {near[0]!r}? ' if near else ''}There are: {', '.join(known) or 'none'}."
