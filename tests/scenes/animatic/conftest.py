"""Requests for the animatic painter, small enough to be quick."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from scenes.backend import ClipRequest, Speech
from storyboard.film import Character, Fixed, Moments, Part, Scene, Transition, VoiceChoice

RequestOf = Callable[..., ClipRequest]


def character(name: str, role: str = "hero", looks: str = "") -> Character:
    """A character with an id, a name and a role."""
    return Character(name.lower(), name, role, role, looks, "", VoiceChoice("en/george"))


def part(name: str, action: str = "stand", at: Any = "left", role: str = "hero", facing: Any = "auto") -> Part:
    """One of the cast."""
    return Part(character(name, role), action, "neutral", at, facing)


_PLAIN = Scene(
    id="scene",
    length=Fixed(Fraction(2)),
    place="meadow",
    time="noon",
    weather="clear",
    shot="wide",
    camera="static",
    style="papercut",
    prompt="",
    negative="",
    cast=(),
    moments=Moments(),
    lines=(),
    sounds=(),
    transition=Transition("cut", Fraction(0)),
    backend="animatic",
)


@pytest.fixture
def request_of() -> RequestOf:
    """Makes a request from a scene's fields; canvas, frames, speech and draft may be given too."""

    def make(
        width: int = 160,
        height: int = 90,
        frames: int = 24,
        speech: tuple[Speech, ...] = (),
        draft: bool = False,
        seed: int = 7,
        **fields: Any,
    ) -> ClipRequest:
        scene = replace(_PLAIN, **fields)
        ids = tuple(one.character.id for one in scene.cast)
        return ClipRequest(scene, "", "", frames, Fraction(12), width, height, seed, 1, draft, speech, characters=ids)

    return make
