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


@pytest.mark.parametrize("shape", sorted(SHAPES))
def test_the_castle_commands_its_picture(request_of: RequestOf, shape: str) -> None:
    """The walls reach over 0.4 of the frame's width at least, and at night the castle is lit from within."""
    width, height = SHAPES[shape]
    stage = stage_of(request_of(width, height, place="castle"))
    day = _sheet(stage, "castle")
    night = _sheet(stage_of(request_of(width, height, place="castle", time="night")), "castle")
    size = next(one for one in stage.layers if one.kind == "castle").options["size"] * stage.layout.unit
    above_the_hill = round(stage.layout.ground_at(7) - 0.40 * size - day.y)
    walls = np.flatnonzero((day.pixels[:above_the_hill, :, 3] > 200).any(axis=0))
    assert walls[-1] - walls[0] > 0.4 * width
    # BGRA: lamplight is red before it is blue, moonlight is not
    warm = night.pixels[..., 2].astype(int) - night.pixels[..., 0]
    assert (warm > 60).sum() > 8


@pytest.mark.parametrize("seed", [1, 7, 23])
def test_nothing_before_the_actors_hides_their_faces_in_a_forest(request_of: RequestOf, seed: int) -> None:
    """The trunks out of focus before the actors keep to the edges: no branch of theirs hangs where heads are."""
    stage = stage_of(request_of(320, 180, place="forest", seed=seed))
    near = next(layer for layer in stage.layers if layer.kind == "trunks" and layer.front)
    sheet = paint_stage(replace(stage, layers=(near,)))[0]
    layout = stage.layout
    left, right = round(0.22 * layout.width - sheet.x), round(0.78 * layout.width - sheet.x)
    top, low = round(layout.ground - 1.1 * layout.person - sheet.y), round(layout.ground - sheet.y)
    assert float((sheet.pixels[max(0, top) : low, left:right, 3] > 60).mean()) < 0.02


def test_what_frames_the_picture_stays_dark_in_fog(request_of: RequestOf) -> None:
    """In fog the trunks before the actors are clearly darker than the firs far behind; in clear air none is pushed."""
    stage = stage_of(request_of(320, 180, place="forest", weather="fog"))

    def level(kind: str, depth: float) -> float:
        layer = next(one for one in stage.layers if one.kind == kind and one.depth == depth)
        pixels = paint_stage(replace(stage, layers=(layer,)))[0].pixels
        return float(pixels[pixels[..., 3] > 250][:, :3].mean())

    assert level("trunks", 0.62) < 0.6 * level("hills", 11)
    assert not any(layer.haze < 0 for layer in stage_of(request_of(place="forest")).layers)


def test_white_heaps_of_cloud_are_for_the_day(request_of: RequestOf) -> None:
    """At noon clouds are bright and dense; against the light of the night they are streaks much darker than that."""

    def brightest(time: str) -> float:
        stage = stage_of(request_of(320, 180, place="meadow", time=time, weather="cloudy"))
        return float(np.percentile(_sheet(stage, "clouds").pixels[..., :3].max(axis=2), 98))

    assert brightest("noon") > 200
    assert brightest("night") < 0.8 * brightest("noon")


def test_lamps_and_skylights_light_the_ground_at_night(request_of: RequestOf) -> None:
    """At night the pavement and the roof have warm light on them that noon does not show."""
    for place, kind in (("city street", "pavement"), ("rooftop", "parapet")):
        warmth = {}
        for time in ("noon", "night"):
            pixels = _sheet(stage_of(request_of(320, 180, place=place, time=time)), kind).pixels.astype(int)
            warmth[time] = int(((pixels[..., 2] - pixels[..., 0]) > 45)[-90:].sum())
        floor = _sheet(stage_of(request_of(320, 180, place=place, time="night")), kind).pixels[..., :3]
        assert floor.max() > 90, place
        assert place == "rooftop" or warmth["night"] > warmth["noon"], place


def test_a_low_sun_leads_a_road_of_light_over_the_sea(request_of: RequestOf) -> None:
    """Below the sun at dusk the sea is brighter than at the far side of the frame."""
    stage = stage_of(request_of(320, 180, place="sea shore", time="dusk"))
    sheet = _sheet(stage, "sea")
    x = 320 * 0.60 - sheet.x
    rows = slice(2, 40)
    under, aside = (sheet.pixels[rows, round(at) - 12 : round(at) + 12, :3].mean() for at in (x, x - 150))
    assert under > 1.15 * aside


def test_snow_shows_drifts(request_of: RequestOf) -> None:
    """The ground of a snowfield has hollows and crests: its rows are far from even."""
    ground = next(one for one in stage_of(request_of(320, 180, place="snowfield")).layers if one.kind == "ground")
    stage = stage_of(request_of(320, 180, place="snowfield"))
    pixels = paint_stage(replace(stage, layers=(replace(ground, finish=False),)))[0].pixels
    solid = pixels[(pixels[..., 3] == 255).all(axis=1)][..., 0].astype(float)
    assert float(solid.std(axis=1).mean()) > 3.0


def test_a_wet_street_mirrors_nothing_over_its_furniture(request_of: RequestOf) -> None:
    """Hydrant and bin stand before the water of a wet pavement, not under it."""
    kinds = [layer.kind for layer in stage_of(request_of(place="city street", weather="rain")).layers]
    assert kinds.index("street furniture") > kinds.index("puddles")
