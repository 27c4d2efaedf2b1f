"""`workprint services`: the hosted services and their models, as the table knows them, with dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from workprint.commandline import COMMANDS
from workprint.options import json_option
from workprint.streams import say, say_json
from workprint.tables import show_table

if TYPE_CHECKING:
    from projects.hosted.table import Model, ServiceEntry


@click.command("services", help=COMMANDS["services"])
@click.argument("name", required=False)
@json_option
def command(name: str | None, as_json: bool) -> None:
    """Without NAME every service, whether its key is there, and names from elsewhere; with it, the models of one."""
    from projects.hosted import catalogue

    if name is not None and (led := catalogue.resolve(name)) is not None and name not in catalogue.services():
        for note in led.notes:
            say(f"note: {note}", stderr=True)
        name = led.service
    if as_json:
        say_json(_plain(name))
    elif name is None:
        _show_services()
    else:
        _show_models(catalogue.service(name))


def _show_services() -> None:
    from projects.hosted.catalogue import resolve, services, table
    from projects.hosted.keys import find_key

    rows = []
    for name, entry in services().items():
        where = find_key(name)[1]
        key = f"set ({where})" if where else "not needed" if entry.key_optional or not entry.keys else "not set"
        rows.append((name, entry.title, key, sum(model.retired_on is None for model in entry.models.values())))
    show_table(("service", "title", "key", "models"), rows, right=("models",))
    for name in table().names:
        if (led := resolve(name)) is not None:
            say("; ".join(led.notes))


def _show_models(entry: ServiceEntry) -> None:
    rows = [
        (
            key,
            model.media,
            _span(model),
            ", ".join(f"{size} {'/'.join(shapes)}" for size, shapes in model.sizes.items()),
            _pictures(model),
            model.audio if model.media == "video" else "",
            _price(model),
            _state(model),
        )
        for key, model in entry.models.items()
    ]
    show_table(("model", "makes", "seconds", "sizes", "pictures", "sound", "price", "state"), rows)
    for key, model in entry.models.items():
        if model.note:
            say(f"{key}: {model.note}")


def _span(model: Model) -> str:
    from projects.hosted.catalogue import lengths

    offered = lengths(model)
    if len(offered) > 4:  # more are told by their ends
        return f"{offered[0]:g}-{offered[-1]:g}"
    return ", ".join(f"{one:g}" for one in offered)


def _pictures(model: Model) -> str:
    can = [word for word, able in (("first", model.first), ("last", model.last)) if able]
    can += [f"{model.middle} between"] if model.middle else []
    can += [f"{model.references} references"] if model.references else []
    return ", ".join(can)


def _price(model: Model) -> str:
    from datetime import date

    from projects.hosted.catalogue import PRICES_LAST

    if model.price is None:
        return "unknown"
    told = [f"${usd:f} {size}".strip() for size, usd in model.price.usd.items()]
    old = (date.today() - model.price.as_of).days > PRICES_LAST
    return f"{', '.join(told)} a {model.price.per} ({model.price.as_of}{', old' if old else ''})"


def _state(model: Model) -> str:
    if model.retired_on is None:
        return "there"
    return f"retired on {model.retired_on}" + (f": {model.successor}" if model.successor else "")


def _plain(name: str | None) -> Any:
    from projects.hosted.catalogue import service, table

    return (table() if name is None else service(name)).model_dump(mode="json")
