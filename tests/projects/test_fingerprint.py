"""The canonical form and the fingerprint."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.fingerprint import canonical, canonical_text, fingerprint
from projects.steps import Step
from storyboard.errors import RenderError


class Colour(Enum):
    """A choice."""

    RED = "red"


@dataclass(frozen=True)
class Fit:
    """A thing without fields."""


@dataclass(frozen=True)
class Free:
    """Another thing without fields."""


@dataclass(frozen=True)
class Shot:
    """A thing with fields of every kind."""

    rate: Fraction
    length: Fit | Free
    colours: tuple[Colour, ...]
    extra: dict[str, Any]


SHOT = Shot(Fraction(24000, 1001), Fit(), (Colour.RED,), {"b": 1, "a": 0.1})
STEP = Step("take:a", "take", "scenes.make:make", SHOT, suffix=".mkv", identity="painter 1")


def test_canonical_forms() -> None:
    """Each kind of value has its one form."""
    assert canonical(SHOT) == {
        "!": "Shot",
        "rate": "24000/1001",
        "length": {"!": "Fit"},
        "colours": ["red"],
        "extra": {"a": 0.1, "b": 1},
    }


def test_order_of_keys_does_not_matter() -> None:
    """Two dicts that differ only in the order of their keys are the same."""
    assert canonical_text({"a": 1, "b": 2}) == canonical_text({"b": 2, "a": 1})


def test_types_are_told_apart() -> None:
    """One, one point nought, true and "1" are four different things."""
    assert len({canonical_text(value) for value in (1, 1.0, True, "1")}) == 4


@pytest.mark.parametrize("value", [Path("x"), {1, 2}, float("nan"), float("inf"), object(), {1: "x"}, b"x", Fit])
def test_unfit_values_are_refused_with_their_place(value: Any) -> None:
    """What has no canonical form is refused, and the message names the place."""
    with pytest.raises(RenderError, match=r"request\.cast\[1\]\.x"):
        canonical({"cast": [1, {"x": value}]})


def test_fingerprint_is_fixed() -> None:
    """The fingerprint of a given request never changes between versions without raising STORE_FORMAT."""
    print_ = fingerprint(STEP, {"voice": "0" * 64}, {"picture": "1" * 64})
    assert print_ == "8d491d98af5782adfb735bfe5ec83515dadb1e6b1c444a6a5bfddc12f6204463"


@pytest.mark.parametrize(
    "other",
    [
        replace(STEP, call="scenes.make:other"),
        replace(STEP, identity="painter 2"),
        replace(STEP, suffix=".mp4"),
        replace(STEP, request=replace(SHOT, rate=Fraction(24))),
        replace(STEP, request=replace(SHOT, length=Free())),
    ],
)
def test_whatever_changes_the_output_changes_the_fingerprint(other: Step) -> None:
    """Call, identity, suffix and each field of the request enter, down to the class of an empty part."""
    assert fingerprint(other, {}, {}) != fingerprint(STEP, {}, {})


def test_inputs_and_files_enter() -> None:
    """An input's fingerprint and a file's digest enter, each under its own name."""
    prints = [
        fingerprint(STEP, {}, {}),
        fingerprint(STEP, {"a": "1"}, {}),
        fingerprint(STEP, {"b": "1"}, {}),
        fingerprint(STEP, {}, {"a": "1"}),
        fingerprint(STEP, {"a": "2"}, {}),
    ]
    assert len(set(prints)) == len(prints)


def test_names_for_people_do_not_enter() -> None:
    """Name, label, scene, kind, cost and the paths of files leave the fingerprint as it is."""
    other = replace(STEP, name="x", kind="y", label="z", scene="s", cost=9.0, files={"picture": Path("/elsewhere")})
    assert fingerprint(other, {}, {}) == fingerprint(STEP, {}, {})


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(_JSON)
def test_canonical_form_is_a_fixed_point(value: Any) -> None:
    """Bringing a canonical form to canonical form changes nothing."""
    once = canonical(value)
    assert canonical(once) == once
    assert canonical_text(once) == canonical_text(value)
