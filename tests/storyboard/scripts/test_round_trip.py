"""From a script to a storyboard and back: nothing that is said gets lost on the way."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings

from storyboard.errors import Severity
from storyboard.film import Film
from storyboard.load import read
from storyboard.scripts.fountain_writer import fountain_text
from storyboard.scripts.importing import import_script
from storyboard.scripts.names import fold
from storyboard.vocabulary.emotions import EMOTIONS
from storyboard.vocabulary.table import find
from storyboard.writer import storyboard_text
from tests.storyboard.scripts.fountains import Spoken, Written, scripts

pytestmark = pytest.mark.slow


def film_of(text: str) -> Film:
    """The film of a Fountain text, whose storyboard has no mistake."""
    adapted = import_script(text.encode(), "chance.fountain")
    reading = read(storyboard_text(adapted.document), "storyboard.yaml")
    mistakes = [one for one in reading.diagnostics if one.severity is Severity.ERROR]
    assert not mistakes, (mistakes, storyboard_text(adapted.document))
    assert reading.film is not None
    return reading.film


def said(film: Film) -> list[tuple[str, str, str]]:
    """Who says what and how, in order."""
    return [(fold(line.by.name), line.text, line.emotion) for scene in film.scenes for line in scene.lines]


def plain(words: str) -> str:
    """Words without Fountain's signs of emphasis, which are no words."""
    return re.sub(r"(\*{1,3}|_)(?=\S)(.+?)(?<=\S)\1", r"\2", words)


@given(scripts())
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example(Written("INT. ROOM - DAY\n\nADA\n(beat)\nWell.\n", (Spoken("ADA", "Well.", ""),), "en"))
def test_no_word_is_lost(written: Written) -> None:
    """A hundred scripts by chance: speakers, words, order and feelings survive the way in, out, and in again."""
    film = film_of(written.text)
    got = said(film)
    wanted = [(fold(one.who), plain(one.words)) for one in written.spoken]
    assert [(who, words) for who, words, _ in got] == wanted
    for one, (_, _, emotion) in zip(written.spoken, got, strict=True):
        if one.manner:
            assert emotion == find(EMOTIONS, one.manner)
    again = film_of(fountain_text(film))
    assert said(again) == got
    assert [bool(line.pause) for scene in again.scenes for line in scene.lines] == [
        bool(line.pause) for scene in film.scenes for line in scene.lines
    ]


@given(scripts())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_places_and_hours_survive(written: Written) -> None:
    """Scenes keep their place, hour and heading on the way back."""

    def stages(film: Film) -> list[tuple[Any, ...]]:
        kept: list[tuple[Any, ...]] = []
        for scene in film.scenes:
            here = (scene.place, scene.time)
            if not kept or scene.heading or kept[-1][:2] != here:
                kept.append((*here, scene.heading))
        return kept

    film = film_of(written.text)
    assert stages(film_of(fountain_text(film))) == stages(film)
