"""Fixtures: small storyboards, read as a person would have them read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from storyboard.film import Film
from storyboard.load import Reading, read

HEAD = "workprint: 1\ntitle: A film\n"

Reader = Callable[[str], Reading]
Maker = Callable[[str], Film]


@pytest.fixture
def reading() -> Reader:
    """A function that reads a storyboard of which only what follows the title is given."""
    return lambda body: read(HEAD + body, "storyboard.yaml")


@pytest.fixture
def film(reading: Reader) -> Maker:
    """A function that reads such a storyboard and returns the film, which must be without mistakes."""
    return lambda body: reading(body).checked()
