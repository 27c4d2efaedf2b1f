"""Every place, hour, weather, style and shot makes a picture of its own, and changes that and no more."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from scenes.backend import ClipRequest, Frame
from scenes.backends.animatic.painter import scheme_for
from scenes.backends.animatic.stage import Stage, stage_of
from storyboard.vocabulary import PLACES, SHOTS, STYLES, TIMES, WEATHERS, Table
from tests.quality.screening import Mask, Screening, actor, apart, change, request_of, shown_at, sky_of

AT = 30
"""The frame that is looked at: between two flashes of a storm."""
PLACE, HOUR, WEATHER, STYLE, SHOT = 12.0, 8.0, 4.0, 8.0, 8.0
"""How many levels of 255 two words of a kind are apart at least, in the mean of the frame."""
SKY, WEATHER_SKY, PATCH = 8.0, 3.0, 5.0
"""The same for the sky of two hours or weathers, and for each patch of the frame of two styles."""
STIRRED, CALM = 0.013, 0.010
"""The part of the frame about the actors that changes by more than 6 levels from one frame to the next."""

FROM = {"place": "desert", "time": "noon", "weather": "clear", "style": "flat", "shot": "wide"}
TABLES = {"place": PLACES, "time": TIMES, "weather": WEATHERS, "style": STYLES, "shot": SHOTS}


def _asked(field: str, word: str) -> ClipRequest:
    fields: dict[str, Any] = {**FROM, field: word}
    return request_of(cast=(actor(),), **fields)


class Gallery:
    """The frame, the stage and the actors' region of every word of a field."""

    def __init__(self, screening: Screening, field: str) -> None:
        """Shoot each word."""
        self.frames: dict[str, Frame] = {}
        self.stages: dict[str, Stage] = {}
        self.people: dict[str, Mask] = {}
        self.air: dict[str, float] = {}
        for word in TABLES[field].canonical:
            run = screening.run(_asked(field, word))
            self.stages[word], self.frames[word] = run.stage, run.picture(AT)
            self.people[word] = np.zeros(0, bool) if run.stage.close else shown_at(run, AT)
            after = change(self.frames[word], run.picture(AT + 1))
            about = after if run.stage.close else after[~self.people[word]]
            self.air[word] = float((about > 6).mean())

    def others(self, word: str) -> list[str]:
        """All words but one."""
        return [other for other in self.frames if other != word]


Galleries = Callable[[str], Gallery]


@pytest.fixture(scope="module")
def gallery(screening: Screening) -> Galleries:
    """The gallery of a field, shot once."""
    return cache(lambda field: Gallery(screening, field))


def words(table: Table) -> list[str]:
    """The canonical words of a table."""
    return list(table.canonical)


@pytest.mark.parametrize("word", words(PLACES))
def test_a_place_is_like_no_other(gallery: Galleries, word: str) -> None:
    """A place changes scenery about the actors and not where they stand; no two places look alike."""
    made = gallery("place")
    stage, frame = made.stages[word], made.frames[word]
    assert f"place: {word}" not in stage.not_drawn
    for other in made.others(word):
        scenery = ~(made.people[word] | made.people[other])
        assert apart(frame, made.frames[other], scenery) > PLACE, other
        assert stage.layers != made.stages[other].layers, other
        assert (stage.tracks, stage.layout, stage.camera.first) == (
            made.stages[other].tracks,
            made.stages[other].layout,
            made.stages[other].camera.first,
        ), other


@pytest.mark.parametrize("word", words(TIMES))
def test_an_hour_has_its_own_light(gallery: Galleries, word: str) -> None:
    """An hour changes the sky and the light on people, and neither where they stand nor what is in the air."""
    made = gallery("time")
    stage, frame, sky = made.stages[word], made.frames[word], sky_of(made.stages[word])
    for other in made.others(word):
        assert apart(frame, made.frames[other]) > HOUR, other
        assert apart(frame, made.frames[other], sky) > SKY, other
        assert dict(stage.palette) != dict(made.stages[other].palette), other
        lights = [scheme_for(one).figure_light(1.0) for one in (stage, made.stages[other])]
        assert lights[0] != lights[1], other
        kept = [(one.layout, one.tracks, one.camera, one.weather, one.air) for one in (stage, made.stages[other])]
        assert kept[0] == kept[1], other


@pytest.mark.parametrize("word", words(TIMES))
def test_an_hour_is_seen_indoors(screening: Screening, word: str) -> None:
    """In a room every hour is told from every other by its light."""
    frames = {one: screening.frame(request_of(64, 36, place="room", time=one), AT) for one in {word, *_beside(word)}}
    for other in _beside(word):
        assert apart(frames[word], frames[other]) > HOUR / 2, other


def _beside(word: str) -> tuple[str, ...]:
    """The hour that the table names next."""
    hours = words(TIMES)
    return (hours[(hours.index(word) + 1) % len(hours)],)


@pytest.mark.parametrize("word", words(WEATHERS))
def test_a_weather_is_in_sky_and_air(gallery: Galleries, word: str) -> None:
    """A weather changes the sky and what is in the air, and not where people stand."""
    made = gallery("weather")
    stage, frame, sky = made.stages[word], made.frames[word], sky_of(made.stages[word])
    assert not stage.not_drawn
    for other in made.others(word):
        assert apart(frame, made.frames[other]) > WEATHER, other
        assert apart(frame, made.frames[other], sky) > WEATHER_SKY, other
        assert stage.weather != made.stages[other].weather, other
        kept = [(one.layout, one.tracks, one.camera, one.place) for one in (stage, made.stages[other])]
        assert kept[0] == kept[1], other


@pytest.mark.parametrize("word", words(WEATHERS))
def test_what_falls_and_blows_moves_in_the_air(gallery: Galleries, word: str) -> None:
    """Where the stage says that something falls or blows, the air stirs between frames; elsewhere the sky is calm."""
    made = gallery("weather")
    first = made.stages[word].air[0]
    falls = max(first.rain, first.snow, first.leaves) > 0
    assert made.air[word] > STIRRED if falls else made.air[word] < CALM


@pytest.mark.parametrize("word", words(STYLES))
def test_a_style_changes_everything_but_the_staging(gallery: Galleries, word: str) -> None:
    """Another style changes every patch of the frame and nothing of layout, blocking, camera, air and things."""
    made = gallery("style")
    stage, frame = made.stages[word], made.frames[word]
    assert stage.style == word
    for other in made.others(word):
        assert apart(frame, made.frames[other]) > STYLE, other
        levels = change(frame, made.frames[other])
        patches = [part for row in np.array_split(levels, 3) for part in np.array_split(row, 4, axis=1)]
        assert min(float(patch.mean()) for patch in patches) > PATCH, other
        people = made.people[word] & made.people[other]
        assert apart(frame, made.frames[other], people) > PATCH, other
        kept = [
            (one.layout, one.tracks, one.camera, one.weather, one.air, one.focus, one.seed, one.seconds)
            for one in (stage, made.stages[other])
        ]
        assert kept[0] == kept[1], other


@pytest.mark.parametrize("word", words(SHOTS))
def test_a_shot_is_a_size_of_people(gallery: Galleries, word: str) -> None:
    """Each shot has its own size of people, and a picture of its own."""
    made = gallery("shot")
    for other in made.others(word):
        assert apart(made.frames[word], made.frames[other]) > SHOT, other
        assert made.stages[word].layout != made.stages[other].layout, other


def test_nearer_shots_show_larger_people() -> None:
    """In the order of the table people get larger, and the last shot is faces."""
    stages = [stage_of(_asked("shot", word)) for word in SHOTS.canonical]
    assert [stage.close for stage in stages] == [False] * (len(stages) - 1) + [True]
    tall = [stage.layout.person for stage in stages[:-1]]
    assert all(far < 0.95 * near for far, near in itertools.pairwise(tall))


def test_a_word_that_nobody_paints_is_named() -> None:
    """The words of this page are all drawn; one that is not in the tables is named as not drawn."""
    scene = replace(_asked("style", "flat").scene, style="cubist", place="volcano")
    stage = stage_of(replace(_asked("style", "flat"), scene=scene))
    assert {"style: cubist", "place: volcano"} <= {*stage.not_drawn}
    drawn = [stage_of(_asked(field, word)).not_drawn for field, table in TABLES.items() for word in table.canonical]
    assert {*itertools.chain(*drawn)} == set()
