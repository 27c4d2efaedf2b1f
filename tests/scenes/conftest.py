"""Scenes and requests for the tests of clips: small ones, with one detail changed at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from projects.steps import Work
from scenes.backend import ClipRequest, Frame
from storyboard.film import Fixed, Moments, Scene, Transition

PLAIN = Scene(
    id="pier",
    length=Fixed(Fraction(1)),
    place="lake",
    time="noon",
    weather="clear",
    shot="wide",
    camera="static",
    style="papercut",
    prompt="a pier",
    negative="",
    cast=(),
    moments=Moments(),
    lines=(),
    sounds=(),
    transition=Transition("cut", Fraction(0)),
    backend="auto",
)


@pytest.fixture
def make_scene() -> Callable[..., Scene]:
    """Builds a scene that differs from a plain one in what is given."""

    def build(**changes: Any) -> Scene:
        return replace(PLAIN, **changes)

    return build


@pytest.fixture
def make_request() -> Callable[..., ClipRequest]:
    """Builds a request of a small clip of a scene."""

    def build(scene: Scene = PLAIN, **changes: Any) -> ClipRequest:
        plain = ClipRequest(scene, scene.prompt, "", 12, Fraction(24), 64, 36, seed=1, take=1)
        return replace(plain, **changes)

    return build


@pytest.fixture
def make_work() -> Callable[..., Work]:
    """Builds what a step gets besides its request; `seen` gathers the progress."""

    def build(files: dict[str, Path] | None = None, seen: list[float] | None = None, cancelled: bool = False) -> Work:
        report = seen.append if seen is not None else lambda part: None
        return Work({}, files or {}, report, lambda: cancelled)

    return build


@pytest.fixture
def ramp() -> Callable[..., list[Frame]]:
    """Builds frames whose even grey says their place: frame k has the level 40 + 4k."""

    def build(count: int, width: int = 64, height: int = 36) -> list[Frame]:
        return [np.full((height, width, 3), 40 + 4 * place, np.uint8) for place in range(count)]

    return build
