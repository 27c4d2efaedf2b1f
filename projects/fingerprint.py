"""Fingerprints: one sha256 over everything that can change what a step makes.

Requests are brought to canonical JSON, in which nothing depends on the machine, on dictionary order or on the run.
Knows no disk: digests of files are given to it.
"""

from __future__ import annotations

import functools
import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from fractions import Fraction
from typing import Any

from projects.steps import Json, Step
from storyboard.errors import RenderError

STORE_FORMAT = 1
"""Enters every fingerprint: raise it when stored artifacts of older versions must not be used any more."""

_PLAIN = frozenset({str, int, bool, type(None)})
"""Looked at first: nearly every value of a request is one of these."""

KIND = "!"
"""Key under which the class name of a dataclass stands, so that two empty classes differ."""


def canonical(value: Any, at: str = "request") -> Json:
    """Plain JSON data that is equal exactly when two requests mean the same.

    A dataclass becomes a dict with its class name under `KIND`, a Fraction becomes "n/d", an Enum its value, a tuple
    a list. Raises RenderError, naming the place `at`, for what has no canonical form (a path of this machine, a set,
    NaN, an unknown object).
    """
    if type(value) in _PLAIN:
        return value
    if isinstance(value, Enum):
        return canonical(value.value, at)
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise _unfit(at, f"the number {value}")
        return float(value)
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if is_dataclass(value) and not isinstance(value, type):
        parts: dict[str, Json] = {KIND: type(value).__name__}
        for name in _names(type(value)):
            part = getattr(value, name)
            parts[name] = part if type(part) in _PLAIN else canonical(part, f"{at}.{name}")
        return parts
    if isinstance(value, Mapping):
        return {_key(key, at): canonical(value[key], f"{at}.{key}") for key in sorted(value, key=str)}
    if isinstance(value, tuple | list):
        return [item if type(item) in _PLAIN else canonical(item, f"{at}[{index}]") for index, item in enumerate(value)]
    raise _unfit(at, f"a {type(value).__name__}")


@functools.cache
def _names(shape: type) -> tuple[str, ...]:
    """The fields of a dataclass."""
    return tuple(field.name for field in fields(shape))


def canonical_text(value: Any) -> str:
    """The canonical form as one line of JSON with sorted keys."""
    return _text(canonical(value))


def canonical_request(step: Step) -> Json:
    """The canonical form of a step's request; raises RenderError naming the step and the place in it."""
    try:
        return canonical(step.request)
    except RenderError as problem:
        raise RenderError(f"step {step.name}: {problem.message}", problem.hint) from problem


def fingerprint(step: Step, inputs: Mapping[str, str], files: Mapping[str, str], request: Json = None) -> str:
    """The fingerprint of a step, 64 hex digits.

    `inputs` maps the function's own names to fingerprints of other steps, `files` maps names to content digests;
    `request` is the step's canonical request where that is known already. The step's name, label, scene and cost do
    not enter: they cannot change what is made.
    """
    whole = {
        "format": STORE_FORMAT,
        "call": step.call,
        "identity": step.identity,
        "suffix": step.suffix,
        "request": canonical_request(step) if request is None else request,
        "inputs": dict(inputs),
        "files": dict(files),
    }
    return hashlib.sha256(_text(whole).encode("utf-8", "surrogatepass")).hexdigest()


def _text(plain: Json) -> str:
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def _key(key: Any, at: str) -> str:
    if isinstance(key, str) and not isinstance(key, Enum):
        return key
    raise _unfit(at, f"the key {key!r}, which is not text")


def _unfit(at: str, what: str) -> RenderError:
    return RenderError(
        f"{at} holds {what}, which has no canonical form",
        "A request holds only dataclasses, texts, numbers, fractions, lists and dicts; files go into Step.files.",
    )
