"""A flight over open land: what is seen, that it moves, and who keeps the sheets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from scenes.backend import ClipRequest
from scenes.backends.animatic.flight import terrain_of
from scenes.backends.animatic.layers import FLIGHT
from scenes.backends.animatic.painter import scheme_for
from scenes.backends.animatic.places.atlas import PLACES
from scenes.backends.animatic.projection import Projector
from scenes.backends.animatic.stage import stage_of
from storyboard.film import Character, Part, VoiceChoice

RequestOf = Callable[..., ClipRequest]
LANDS = sorted(name for name, place in PLACES.items() if place.land is not None)


def flight_of(request_of: RequestOf, width: int = 320, height: int = 180, **fields: Any) -> Projector:
    """A flight, ready to be looked at."""
    request = request_of(width, height, camera="fly over", shot="wide", **fields)
    return Projector(stage_of(request), request)


@pytest.mark.parametrize("place", LANDS)
def test_open_land_is_flown_over(request_of: RequestOf, place: str) -> None:
    """The land fills the lower part, moves from frame to frame, and gives the same picture for the same index."""
    seen = flight_of(request_of, place=place)
    middle = seen.stage.frames // 2
    first, second = seen.picture(middle).astype(int), seen.picture(middle + 3).astype(int)
    lower = np.abs(first - second)[90:].mean()
    assert lower > 1.0
    assert first[60:].std() > 6.0
    assert np.array_equal(seen.picture(middle), first)


@pytest.mark.parametrize(("width", "height"), [(180, 320), (240, 240), (320, 180)])
def test_it_is_composed_for_each_aspect(request_of: RequestOf, width: int, height: int) -> None:
    """Every aspect shows sky above and land to the lower edge."""
    seen = flight_of(request_of, width, height, place="mountains", time="noon")
    picture = seen.picture(seen.stage.frames // 2)
    assert picture.shape == (height, width, 3)
    assert np.abs(picture[: height // 12].mean(axis=(0, 1)) - picture[-height // 4 :].mean(axis=(0, 1))).max() > 20


def test_nearby_things_move_more(request_of: RequestOf) -> None:
    """What lies below the camera moves more between two frames than what lies at the horizon."""
    seen = flight_of(request_of, place="desert")
    middle = seen.stage.frames // 2
    change = np.abs(seen.picture(middle).astype(int) - seen.picture(middle + 2)).mean(axis=(1, 2))
    assert change[-40:].mean() > 1.5 * change[66:80].mean()


def test_who_acts_keeps_the_ground(request_of: RequestOf) -> None:
    """With a cast, in rooms, and with other cameras the place's sheets stay."""
    who = Character("a", "A", "woman", "woman", "", "", VoiceChoice(""))
    cast = (Part(who, "walk", "neutral", "center"),)
    for fields in (
        {"camera": "fly over", "cast": cast},
        {"camera": "pan left"},
        {"camera": "fly over", "place": "room"},
    ):
        stage = stage_of(request_of(320, 180, **{"place": "mountains", "shot": "wide", **fields}))
        assert FLIGHT not in {layer.kind for layer in stage.layers}


def test_the_camera_stays_above_the_land(request_of: RequestOf) -> None:
    """All along its way the camera is higher than the ground below it."""
    for seed in range(6):
        request = request_of(320, 180, camera="fly over", shot="wide", place="mountains")
        stage = replace(stage_of(request), seed=seed)
        flight = Projector(stage, request).flight
        assert flight is not None
        for k in range(65):
            x, y = flight._way(k / 64)
            ground = flight._heights_at(np.array([[x]], np.float32), np.array([[y]], np.float32))
            assert flight.altitude[k] > float(ground.max()) + 5.0


def test_land_has_no_seam(request_of: RequestOf) -> None:
    """Heights and colours go on over the edge of the field as they do within it."""
    stage = stage_of(request_of(320, 180, place="mountains", camera="fly over", shot="wide"))
    land = PLACES["mountains"].land
    assert land is not None
    terrain = terrain_of(land, scheme_for(stage), 3)
    within = np.abs(np.diff(terrain.heights, axis=0)).max()
    assert np.abs(terrain.heights[0] - terrain.heights[-1]).max() <= 1.5 * within
