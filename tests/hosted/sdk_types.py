"""The types of a vendor's library, read: what a request may hold by them, and what their comments promise."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterable, Iterator, Mapping
from types import ModuleType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import typing_extensions
from typing_extensions import is_typeddict


def models_of(module: ModuleType) -> dict[str, Any]:
    """The typed dictionaries of a module that ask for a model, by the model's name."""
    found = {}
    for _, kind in inspect.getmembers(module, is_typeddict):
        hint = fields_of(kind).get("model")
        if hint is not None and get_origin(hint) is Literal:
            found[get_args(hint)[0]] = kind
    return found


def fields_of(kind: Any) -> dict[str, Any]:
    """What each key may hold, keys spelt as they travel."""
    return {_alias(hint) or name: _bare(hint) for name, hint in get_type_hints(kind, include_extras=True).items()}


def faults(value: object, hint: Any, where: str = "body") -> Iterator[str]:
    """What in a value its type does not allow, unknown and missing keys too."""
    hint = _bare(hint)
    origin, inside = get_origin(hint), get_args(hint)
    if hint is object or hint is Any:
        return
    if origin in (Union, UnionType):
        told = [list(faults(value, one, where)) for one in inside]
        if all(told):
            yield from min(told, key=len)
    elif origin is Literal:
        if not any(value == one and type(value) is type(one) for one in inside):
            yield f"{where} is {value!r}, and may be {', '.join(map(str, inside))}"
    elif is_typeddict(hint):
        yield from _keys(value, hint, where)
    elif origin is not None and issubclass(origin, Iterable):
        if not isinstance(value, list):
            yield f"{where} is no list"
        else:
            for number, one in enumerate(value):
                yield from faults(one, inside[0], f"{where}[{number}]")
    elif isinstance(value, bool) != (hint is bool) or not isinstance(value, (int, float) if hint is float else hint):
        yield f"{where} is {value!r}, and must be {hint.__name__}"


def _keys(value: object, hint: Any, where: str) -> Iterator[str]:
    if not isinstance(value, Mapping):
        yield f"{where} is no mapping"
        return
    known = fields_of(hint)
    for key, one in value.items():
        if key in known:
            yield from faults(one, known[key], f"{where}.{key}")
        else:
            yield f"{where}.{key} is unknown"
    hints = get_type_hints(hint, include_extras=True)
    needed = {_alias(one) or name for name, one in hints.items() if get_origin(one) is typing_extensions.Required}
    yield from (f"{where}.{key} is missing" for key in sorted(needed - set(value)))


def comments_of(module: ModuleType) -> dict[str, dict[str, str]]:
    """What stands below each key of each typed dictionary, on one line; by the Python names of both."""
    told: dict[str, dict[str, str]] = {}
    for part in ast.parse(inspect.getsource(module)).body:
        if not isinstance(part, ast.ClassDef):
            continue
        below = told.setdefault(part.name, {})
        for one, after in zip(part.body, part.body[1:], strict=False):
            if (
                isinstance(one, ast.AnnAssign)
                and isinstance(one.target, ast.Name)
                and isinstance(after, ast.Expr)
                and isinstance(after.value, ast.Constant)
            ):
                below[one.target.id] = " ".join(str(after.value.value).split())
    return told


def words_of(hint: Any) -> set[str]:
    """Every text that a type allows by name, however deep."""
    hint = _bare(hint)
    if get_origin(hint) is Literal:
        return {one for one in get_args(hint) if isinstance(one, str)}
    if is_typeddict(hint):
        return set()
    return {word for one in get_args(hint) for word in words_of(one)}


def _bare(hint: Any) -> Any:
    while True:
        origin = get_origin(hint)
        if origin in (typing_extensions.Required, typing_extensions.NotRequired):
            hint = get_args(hint)[0]
        elif origin is Annotated:
            hint = hint.__origin__
        else:
            return hint


def _alias(hint: Any) -> str:
    while get_origin(hint) in (typing_extensions.Required, typing_extensions.NotRequired):
        hint = get_args(hint)[0]
    notes = hint.__metadata__ if get_origin(hint) is Annotated else ()
    return next((note.alias for note in notes if getattr(note, "alias", None)), "")
