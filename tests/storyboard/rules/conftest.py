"""Fixtures: a storyboard as its rules see it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from storyboard.errors import Diagnostic
from storyboard.load import read
from storyboard.rules.ground import Ground
from storyboard.rules.register import asked, craft_rules
from storyboard.rules.rule import HEAD, Case, Tongue

Told = Callable[..., list[Diagnostic]]


def told_of(body: str, ground: Ground | None = None, language: Tongue = "en") -> list[Diagnostic]:
    """Everything that reading and the craft's rules say of a storyboard, with one ground under all of its scenes."""
    reading = read(HEAD + body, "storyboard.yaml", language=language)
    film = reading.checked()
    assert reading.places is not None
    grounds: Mapping[str, Ground] = {scene.id: ground for scene in film.scenes} if ground else {}
    return [*reading.diagnostics, *asked(craft_rules(), Case(film, reading.places, grounds), language)]


@pytest.fixture
def told() -> Told:
    """What is told of a storyboard of which only what follows the title is given."""
    return told_of
