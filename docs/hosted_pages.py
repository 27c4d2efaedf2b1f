"""The generated page of hosted services: what the house's table knows of them, and the form of a table of one's own."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from projects.hosted import table as form
from projects.hosted.catalogue import house_table, lengths
from projects.hosted.table import Model, Name, Price, ServiceEntry, Span, Table

_HEAD = """\
What `backend:` may name to have a scene, a voice or music made by a service that is paid for, and what each of its
models can do. Every figure is from a table with dates; what the services say counts, and [a table of your
own](#a-table-of-your-own) corrects it.

Under `model:` a scene may say `name` (a model of the service), `seconds` (a length that it offers), `resolution` and,
where sound can be chosen, `audio: true`; further settings are named with the model.
"""

_OWN = """\
The file that `WORKPRINT_SERVICES` names, or `services.yaml` in your settings (`~/.config/workprint`), is laid over the
house's table: only what it names changes. New models, other prices, your quotas and other addresses go there.

```yaml
services:
  runway:
    account: studio
    quotas:
      - {limit: 50, unit: clips, period: month}
    models:
      gen4.5:
        price: {usd: {"": 0.10}, as_of: 2026-11-20, source: our contract}
```
"""

_FORMS = {
    "ServiceEntry": "A service: an entry of `services`",
    "Model": "A model: an entry of `models`",
    "Price": "`price`",
    "Quota": "An item of `quotas`",
    "Name": "A name from elsewhere: an entry of `names`",
}
_MEDIA = {"speech": "voices", "music": "music", "effects": "effects"}


def hosted_page(head: str) -> str:
    """All services with their models, names from elsewhere, and the keys of a table."""
    table = house_table()
    parts = [head, "# Hosted services\n", _HEAD]
    for name, entry in table.services.items():
        parts += _service(name, entry)
    if table.names:
        parts.append("## Names from elsewhere\n\nThey may be written as `backend:` too.\n")
        rows = [(f"`{name}`", *_led(table, one)) for name, one in sorted(table.names.items())]
        parts += _table(("name", "makes its scenes", "why"), rows)
    parts += ["## A table of your own\n", _OWN]
    told = _meanings()
    for kind, title in _FORMS.items():
        parts.append(f"### {title}\n")
        parts += _table(("key", "meaning"), [(f"`{key}`", meaning) for key, meaning in told[kind].items()])
    return "\n".join(parts).rstrip() + "\n"


def _led(table: Table, name: Name) -> tuple[str, str]:
    """What makes the scenes of a name now, and why."""
    service, model = name.service, name.model
    why = [f"given up on {name.retired_on}"] if name.retired_on else []
    while model and (own := table.services[service].models[model]).retired_on:
        why.append(f"{own.title} until {own.retired_on}")
        where, _, model = own.successor.rpartition("/")
        service = where or service
    why += [name.note] if name.note else []
    return f"`{service}`" + (f", `{model}`" if model else ""), "; ".join(why)


def _service(name: str, entry: ServiceEntry) -> Iterator[str]:
    yield f"## `{name}`\n"
    key = " or ".join(f"`{one}`".replace(":", "` and `") for one in entry.keys)
    facts = [
        entry.title,
        f"key in {key}{', where it wants one' if entry.key_optional else ''}" if key else "",
        f"needs `pip install 'workprint[{entry.extra}]'`" if entry.extra else "",
        f"jobs at <{entry.console}>" if entry.console else "",
        f"the usual model is `{entry.default}`" if entry.default else "",
    ]
    yield f"{'; '.join(fact for fact in facts if fact)}.\n"
    living = {key: model for key, model in entry.models.items() if not model.retired_on}
    films = {key: model for key, model in living.items() if model.media == "video"}
    if films:
        heads = ("model", "begins with", "seconds", "resolutions", "shapes", "pictures", "sound", "price", "also")
        yield from _table(heads, [_film(key, model) for key, model in films.items()])
    others = {key: model for key, model in living.items() if model.media != "video"}
    if others:
        rows = [
            (f"`{key}`", model.title, _MEDIA[model.media], _price(model.price), "; ".join(_also(model)))
            for key, model in others.items()
        ]
        yield from _table(("model", "", "makes", "price", "also"), rows)
    sources = dict.fromkeys(one.price.source for one in living.values() if one.price)
    if sources:
        yield f"Prices: {'; '.join(sources)}.\n"
    for key, model in entry.models.items():
        if model.retired_on:
            place = f"; then `{model.successor}`" if model.successor else ""
            yield f"- `{key}` ({model.title}): until {model.retired_on}{place}."
    if len(living) < len(entry.models):
        yield ""


def _film(name: str, model: Model) -> tuple[str, ...]:
    begins = {"text": "words", "image": "a picture"}
    named = f"`{name}`" + (f", {model.title}" if model.title else "")
    return (
        named,
        " or ".join(begins[mode] for mode in model.modes),
        _seconds(model),
        _sizes(model),
        _shapes(model),
        _pictures(model),
        {"none": "no", "toggle": "if wanted", "always": "always"}[model.audio],
        _price(model.price),
        "; ".join(_also(model)),
    )


def _seconds(model: Model) -> str:
    offered = lengths(model)
    if not offered:
        return "any"
    if isinstance(model.seconds, Span):
        step = f", by {model.seconds.step:g}" if model.seconds.step != 1 else ""
        return f"{offered[0]:g} to {offered[-1]:g}{step}"
    return ", ".join(f"{one:g}" for one in offered)


def _sizes(model: Model) -> str:
    if not model.sizes:
        return "any"
    told = ", ".join(model.sizes)
    other = list(model.framed_sizes) if model.framed_sizes else list(model.sizes)
    return told if other == list(model.sizes) else f"{told}; with a picture {', '.join(other)}"


def _shapes(model: Model) -> str:
    plain, framed = (
        " ".join(dict.fromkeys(shape for shapes in sizes.values() for shape in shapes))
        for sizes in (model.sizes, model.framed_sizes)
    )
    if model.follows and "text" not in model.modes:
        return "that picture's"
    if model.follows:
        return f"{plain}; with a picture that picture's"
    return f"{plain}; with a picture {framed}" if framed and framed != plain else plain or "any"


def _pictures(model: Model) -> str:
    told = [word for word, able in (("start", model.first), ("end", model.last)) if able]
    told += [f"{model.middle} in between"] if model.middle else []
    beside = {"anything": "", "words": ", without the others", "frames": ", beside the others"}
    told += [f"{model.references} of characters{beside[model.references_beside]}"] if model.references else []
    told += [f"{model.pictures} in all"] if model.pictures else []
    return ", ".join(told) or "none"


def _price(price: Price | None) -> str:
    if price is None:
        return "not known"
    told = f"{_dollars(price.usd)} a {price.per}"
    told += f", without sound {_dollars(price.silent)}" if price.silent else ""
    told += f", each picture {_money(price.picture)}" if price.picture else ""
    return f"{told} ({price.as_of})"


def _dollars(rows: dict[str, Decimal]) -> str:
    return ", ".join(f"{f'{name} ' if name else ''}{_money(money)}" for name, money in rows.items())


def _money(money: Decimal) -> str:
    return f"${money:.2f}" if money == round(money, 2) else f"${money:f}"


def _also(model: Model) -> Iterator[str]:
    if model.aliases:
        yield f"also called {', '.join(f'`{name}`' for name in model.aliases)}"
    if model.prompt:
        yield f"{model.prompt} characters of a prompt"
    if able := [word for word, can in (("seed", model.seed), ("`negative:`", model.negative)) if can]:
        yield f"reads {' and '.join(able)}"
    if model.settings:
        yield f"settings {', '.join(f'`{key}` ({kind})' for key, kind in model.settings.items())}"
    if model.note:
        yield model.note


def _meanings() -> dict[str, dict[str, str]]:
    """What stands below each key in the source of the table's form."""
    told: dict[str, dict[str, str]] = {}
    for part in ast.parse(inspect.getsource(form)).body:
        if not isinstance(part, ast.ClassDef):
            continue
        for one, below in zip(part.body, part.body[1:], strict=False):
            if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name) and isinstance(below, ast.Expr):
                told.setdefault(part.name, {})[one.target.id] = " ".join(ast.literal_eval(below.value).split())
    return told


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{'|'.join('---' for _ in heads)}|"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"
    yield ""
