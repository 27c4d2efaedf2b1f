"""The places: every word of the vocabulary is painted, unlike every other, in each shape of frame and each style."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from scenes.backend import ClipRequest
from scenes.backends.animatic.layout import layout_of
from scenes.backends.animatic.light import daylight_of
from scenes.backends.animatic.painter import BRUSHES, PaintedSheet, paint_stage
from scenes.backends.animatic.places.atlas import PLACES
from scenes.backends.animatic.places.setting import Setting, words_in
from scenes.backends.animatic.projection import Projector
from scenes.backends.animatic.stage import Stage, stage_of
from scenes.backends.animatic.styles.tables import STYLES
from scenes.backends.animatic.weather import weather_of
from storyboard.vocabulary.places import PLACES as WORDS

RequestOf = Callable[..., ClipRequest]
SHAPES = {"wide": (96, 54), "tall": (54, 96), "square": (72, 72)}
PLACED = sorted(WORDS.canonical)


def _picture(request: ClipRequest) -> NDArray[np.int16]:
    return Projector(stage_of(request), request).picture(3).astype(np.int16)


def _sheet(stage: Stage, kind: str) -> PaintedSheet:
    wanted = tuple(layer for layer in stage.layers if layer.kind == kind)
    return paint_stage(replace(stage, layers=wanted))[0]


def test_every_place_of_the_vocabulary_is_painted() -> None:
    """The words for places and the places that are painted are the same."""
    assert sorted(PLACES) == PLACED


@pytest.mark.parametrize(
    "shape", ["wide", pytest.param("tall", marks=pytest.mark.slow), pytest.param("square", marks=pytest.mark.slow)]
)
def test_no_two_places_look_alike(request_of: RequestOf, shape: str) -> None:
    """Every place differs from every other and from the backdrop of a place that nobody paints, in each shape."""
    width, height = SHAPES[shape]
    pictures = {place: _picture(request_of(width, height, place=place)) for place in (*PLACED, "")}
    apart = {
        (one, other): float(np.abs(pictures[one] - pictures[other]).mean())
        for one, other in itertools.combinations(pictures, 2)
    }
    closest = min(apart, key=apart.__getitem__)
    assert apart[closest] > 3.0, closest


def _holds(request_of: RequestOf, place: str, style: str, shape: str) -> None:
    width, height = SHAPES[shape]
    picture = _picture(request_of(width, height, place=place, style=style, time="dusk"))
    assert picture.std() > 4.0, (place, style, shape)


def test_places_and_styles_go_together(request_of: RequestOf) -> None:
    """Every place in one style and every style in three places: none fails, none comes out as one flat colour."""
    for place, style, shape in zip(PLACED, itertools.cycle(sorted(STYLES)), itertools.cycle(SHAPES), strict=False):
        _holds(request_of, place, style, shape)


@pytest.mark.slow
@pytest.mark.parametrize("style", sorted(STYLES))
def test_every_place_in_every_style(request_of: RequestOf, style: str) -> None:
    """Every place in every style, the shapes of the frame by turns."""
    for place, shape in zip(PLACED, itertools.cycle(SHAPES), strict=False):
        _holds(request_of, place, style, shape)


@pytest.mark.parametrize("place", PLACED)
def test_actors_have_ground_under_their_feet(request_of: RequestOf, place: str) -> None:
    """At depth 1 something opaque lies along the line of the feet, across nearly all of the frame."""
    for width, height in SHAPES.values():
        stage = stage_of(request_of(width, height, place=place))
        floor = tuple(layer for layer in stage.layers if layer.depth == 1.0 and not layer.front)
        near = paint_stage(replace(stage, layers=floor))
        covered = np.zeros(width, bool)
        for sheet in near:
            row = round(stage.layout.ground - sheet.y)
            if 0 <= row < sheet.pixels.shape[0]:
                line = sheet.pixels[row, max(0, round(-sheet.x)) :, 3][:width] > 120
                start = max(0, round(sheet.x))
                covered[start : start + len(line)] |= line[: width - start]
        assert covered.mean() > 0.75, (width, height)


@pytest.mark.parametrize("place", PLACED)
def test_every_place_has_depth_and_life(request_of: RequestOf, place: str) -> None:
    """A place has sheets at five depths at least, and one of them moves, bends, breathes or is water."""
    layers = stage_of(request_of(place=place)).layers
    assert len({layer.depth for layer in layers}) >= 5
    assert any(one.drift or one.sway or one.bob or one.pulse or one.blend == "water" for one in layers[1:])


def test_places_without_air_hide_the_sky(request_of: RequestOf) -> None:
    """Space and other planets say that they are airless, have no clouds, and cover the sky and its birds wholly."""
    airless = {name for name, place in PLACES.items() if place.airless}
    assert airless == {"space", "planet surface"}
    for place in airless:
        stage = stage_of(request_of(place=place, weather="storm"))
        assert not any(layer.kind in ("clouds", "shafts") for layer in stage.layers)
        heavens = _sheet(stage, "heavens")
        assert int(heavens.pixels[..., 3].min()) == 255


@pytest.mark.parametrize(
    ("place", "prose", "kind"),
    [
        ("room", "A bedroom at dawn", "bedstead"), ("room", "Спальня.", "bedstead"), ("room", "the hall", "chandelier"),
        ("room", "Бальный зал", "chandelier"), ("kitchen", "A small cafe", "bar"),
        ("office", "в лаборатории", "glassware"), ("office", "an old library", "bookcases"),
    ],
)  # fmt: skip
def test_words_of_the_prose_furnish_a_room(place: str, prose: str, kind: str) -> None:
    """A bedroom has a bed, a hall a chandelier, a café a bar, a laboratory glassware; without the words none has."""

    def kinds(words: frozenset[str]) -> set[str]:
        setting = Setting(layout_of(96, 54, "wide"), daylight_of("noon", ""), weather_of(""), STYLES["flat"], words)
        return {layer.kind for layer in PLACES[place].lay(setting)}

    assert kind in kinds(words_in(prose)) <= set(BRUSHES)
    assert kind not in kinds(words_in("two people talk"))


def test_the_moon_is_grey_and_a_highway_has_asphalt() -> None:
    """Words for the moon and for a highway change the ground that people stand on."""

    def ground(place: str, prose: str) -> dict[str, float]:
        setting = Setting(
            layout_of(96, 54, "wide"), daylight_of("noon", ""), weather_of(""), STYLES["flat"], words_in(prose)
        )
        return next(layer.options for layer in PLACES[place].lay(setting) if layer.depth == 1.0)

    assert ground("planet surface", "On the moon")["moon"] == 1.0
    assert "moon" not in ground("planet surface", "Two people talk")
    assert ground("road", "Пустое шоссе")["asphalt"] == 1.0
    assert ground("road", "Two people talk")["asphalt"] == 0.0


def test_rooms_caves_and_theatres_are_indoors() -> None:
    """Rain does not fall where there is a roof."""
    assert {name for name, place in PLACES.items() if place.indoors} == {"room", "kitchen", "office", "stage", "cave"}


@pytest.mark.parametrize("shape", sorted(SHAPES))
def test_the_castle_stands_inside_the_frame(request_of: RequestOf, shape: str) -> None:
    """The highest pennant of the castle is below the upper edge of the frame."""
    width, height = SHAPES[shape]
    sheet = _sheet(stage_of(request_of(width, height, place="castle")), "castle")
    drawn = np.flatnonzero((sheet.pixels[..., 3] > 200).any(axis=1))
    assert sheet.y + drawn[0] >= 0.0


def test_space_is_dark_and_a_cave_is_lit_from_its_mouth(request_of: RequestOf) -> None:
    """Even at noon the sky of space is dark; the mouth of a cave is brighter than its walls."""
    space = _picture(request_of(place="space"))
    meadow = _picture(request_of(place="meadow"))
    assert space[:20].mean() < 0.45 * meadow[:20].mean()
    cave = _picture(request_of(place="cave")).mean(axis=2)
    assert cave[35:50, 88:104].mean() > 1.6 * cave[35:50, 4:30].mean()
