"""Findings of pydantic to diagnostics that a film-maker understands, each with its place and a remedy.

Knows the keys of the models, and nothing of what resolved films are.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from typing import Any, get_args

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from storyboard.errors import Diagnostic
from storyboard.model.base import Written
from storyboard.model.captions import WrittenCaptions
from storyboard.model.checks import OR_NOTHING
from storyboard.model.delivery import WrittenEncoding
from storyboard.model.film import WrittenFilm
from storyboard.model.lettering import CARD, ELEMENT, ELEMENTS, WrittenLettering
from storyboard.model.passage import AUTHORED, PLAIN, WrittenTransition
from storyboard.model.people import WrittenCharacter, WrittenNarrator, WrittenVoice
from storyboard.model.presets import WrittenStyle, WrittenTemplate
from storyboard.model.scene import (
    WrittenClip,
    WrittenKeyframe,
    WrittenLine,
    WrittenMoments,
    WrittenPart,
    WrittenPost,
    WrittenScene,
)
from storyboard.model.score import WrittenSceneScore, WrittenScore
from storyboard.model.sound import WrittenSound
from storyboard.node import Node, descend, key_node

Loc = tuple[str | int, ...]

_MODELS: Mapping[tuple[str, ...], type[Written]] = {
    (): WrittenFilm,
    ("characters", "*"): WrittenCharacter,
    ("characters", "*", "voice"): WrittenVoice,
    ("narrator",): WrittenNarrator,
    ("narrator", "voice"): WrittenVoice,
    ("styles", "*"): WrittenStyle,
    ("templates", "*"): WrittenTemplate,
    ("captions",): WrittenCaptions,
    ("score",): WrittenScore,
    ("encoding",): WrittenEncoding,
    ("opening",): WrittenTransition,
    ("opening", "sound"): WrittenSound,
    ("opening", "sounds"): WrittenSound,
    ("scenes",): WrittenScene,
    ("scenes", "cast"): WrittenPart,
    ("scenes", "lines"): WrittenLine,
    ("scenes", "text"): WrittenLettering,
    ("scenes", "sounds"): WrittenSound,
    ("scenes", "score"): WrittenSceneScore,
    ("scenes", "transition"): WrittenTransition,
    ("scenes", "transition", "sound"): WrittenSound,
    ("scenes", "transition", "sounds"): WrittenSound,
    ("scenes", "moments"): WrittenMoments,
    ("scenes", "keyframes"): WrittenKeyframe,
    ("scenes", "clip"): WrittenClip,
    ("scenes", "post"): WrittenPost,
}

_TAGS = (AUTHORED, PLAIN, CARD, ELEMENT, ELEMENTS)
"""What stands in the locations of findings and is no key."""
MOST_EXPLAINED = 1_000
"""Findings that are looked at one by one; a file with more of them is not a storyboard."""

_KINDS: Mapping[str, tuple[str, str]] = {
    "int_type": ("takes a whole number", ""),
    "int_from_float": ("takes a whole number", ""),
    "int_parsing": ("takes a whole number", ""),
    "float_type": ("takes a number", ""),
    "finite_number": ("takes a number", ""),
    "bool_type": ("takes true or false", ""),
    "list_type": ("takes a list", "begin each item with '- ' on a line of its own, or write [a, b]"),
    "dict_type": ("takes keys and values", "write `key: value` lines below it"),
    "model_type": ("takes keys and values", "write `key: value` lines below it"),
    "model_attributes_type": ("takes keys and values", "write `key: value` lines below it"),
}


def explain(error: ValidationError, root: Node) -> list[Diagnostic]:
    """Return one diagnostic for each finding, in no particular order; beyond `MOST_EXPLAINED` they are counted."""
    every = error.errors(include_url=False)
    found = [_diagnostic(details, root) for details in every[:MOST_EXPLAINED]]
    if len(every) > MOST_EXPLAINED:
        message = f"{len(every) - MOST_EXPLAINED} more findings are not shown"
        found.append(Diagnostic(root.path, 0, 0, "E113", message, "mend the first ones"))
    return found


def _diagnostic(details: ErrorDetails, root: Node) -> Diagnostic:
    loc: Loc = tuple(step for step in details["loc"] if step not in _TAGS)
    at_key = bool(loc) and loc[-1] == "[key]"
    if at_key:
        loc = loc[:-1]
    speak = _BY_TYPE.get(details["type"], _other)
    code, message, hint = speak(details, loc)
    points_at_key = at_key or details["type"] == "extra_forbidden"
    node = key_node(root, loc) if points_at_key else descend(root, loc)
    return Diagnostic(node.path, node.line, node.column, code, message, hint)


def keys_of(loc: Loc) -> tuple[str, ...]:
    """Return the keys that a mapping at `loc` may have, and none where it is no mapping of the format."""
    model = _model_at(loc)
    return tuple(field.alias or name for name, field in model.model_fields.items()) if model else ()


def _model_at(loc: Loc) -> type[Written] | None:
    names = [step for step in loc if isinstance(step, str)]
    if names and names[0] in ("characters", "styles", "templates") and len(names) > 1:
        names[1] = "*"
    return _MODELS.get(tuple(names))


def _range(loc: Loc) -> str:
    """The numbers that a key takes, as a remedy; "" where they have no bounds."""
    model = _model_at(loc[:-1]) if loc else None
    field = model.model_fields.get(str(loc[-1])) if model else None
    bounds = [getattr(one, side, None) for side in ("ge", "le") for one in _metadata(field)]
    told = [f"{bound:g}" for bound in bounds if bound is not None]
    return f"write a number from {told[0]} to {told[1]}" if len(told) == 2 else ""


def _metadata(field: FieldInfo | None) -> list[Any]:
    """The bounds of a field, also where it may be left out."""
    if field is None:
        return []
    inner = [part for kind in get_args(field.annotation) for part in getattr(kind, "__metadata__", ())]
    return [part for one in (*field.metadata, *inner) for part in getattr(one, "metadata", [one])]


def _name(loc: Loc) -> str:
    """What a person would call the value: its key, or the list that holds it."""
    if not loc:
        return "the storyboard"
    if isinstance(loc[-1], int):
        return f"item {loc[-1] + 1} of '{loc[-2]}'" if len(loc) > 1 else f"item {loc[-1] + 1}"
    return f"'{loc[-1]}'"


def _ours(details: ErrorDetails, loc: Loc) -> tuple[str, str, str]:
    context = details.get("ctx", {})
    message, hint = str(context.get("message", details["msg"])), str(context.get("hint", ""))
    if str(context.get("code")) in ("E132", "E138"):
        message = f"{_name(loc)}: {message}"
    if hint == OR_NOTHING and _is_wanted(loc):
        hint = "write something" if loc[-1] != "say" else "write the words, or delete the line"
    return str(context.get("code", "E132")), message, hint


def _is_wanted(loc: Loc) -> bool:
    """Whether the key at the end of `loc` may not be left out."""
    model = _model_at(loc[:-1])
    field = model.model_fields.get(str(loc[-1])) if model and loc else None
    return field is not None and field.is_required()


def _missing(_details: ErrorDetails, loc: Loc) -> tuple[str, str, str]:
    key = str(loc[-1])
    parent = _name(loc[:-1])
    example = {
        "id": "fork-in-the-trail",
        "title": "My film",
        "say": "Hello!",
        "workprint": "1",
        "kind": "crossfade",
    }.get(key)
    return "E131", f"{parent} has no '{key}'", f"add `{key}: {example}`" if example else f"add `{key}:`"


def _unknown(_details: ErrorDetails, loc: Loc) -> tuple[str, str, str]:
    key = str(loc[-1])
    known = keys_of(loc[:-1])
    near = difflib.get_close_matches(key.lower(), known, n=1, cutoff=0.6)
    hint = f"did you mean '{near[0]}'?" if near else f"known keys here: {', '.join(known)}"
    return "E130", f"unknown key '{key[:60]}'", hint


def _bound(details: ErrorDetails, loc: Loc) -> tuple[str, str, str]:
    context = details.get("ctx", {})
    low = context.get("ge", context.get("gt"))
    high = context.get("le", context.get("lt"))
    limit = f"at least {low:g}" if low is not None else f"at most {high:g}"
    return "E133", f"{_name(loc)} must be {limit}, not {_shown(details['input'])}", _range(loc)


def _count(details: ErrorDetails, loc: Loc) -> tuple[str, str, str]:
    context = details.get("ctx", {})
    least, most = context.get("min_length"), context.get("max_length")
    wanted = f"at least {least}" if details["type"] == "too_short" else f"at most {most}"
    return "E138", f"{_name(loc)} must have {wanted} items, not {context.get('actual_length')}", ""


def _other(details: ErrorDetails, loc: Loc) -> tuple[str, str, str]:
    wanted, hint = _KINDS.get(details["type"], (f"cannot be {_shown(details['input'])}", ""))
    tail = f", not {_shown(details['input'])}" if details["type"] in _KINDS else ""
    return "E132", f"{_name(loc)} {wanted}{tail}", hint or _range(loc)


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, dict)):
        return "a list" if isinstance(value, list) else "a mapping"
    if value is None:
        return "nothing"
    text = str(value)
    return f"'{text if len(text) <= 40 else text[:37] + '...'}'"


_BY_TYPE: Mapping[str, Callable[[ErrorDetails, Loc], tuple[str, str, str]]] = {
    "workprint": _ours,
    "missing": _missing,
    "extra_forbidden": _unknown,
    "greater_than_equal": _bound,
    "greater_than": _bound,
    "less_than_equal": _bound,
    "less_than": _bound,
    "too_short": _count,
    "too_long": _count,
}
