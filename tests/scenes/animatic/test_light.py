"""Light and air over time: keys from the beats, what they do to the picture, and the stage as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest

from scenes.backend import ClipRequest
from scenes.backends.animatic.light import gain_at, lights_of, stars_at
from scenes.backends.animatic.projection import Projector
from scenes.backends.animatic.stage import as_json, stage_of
from scenes.backends.animatic.weather import air_at, air_of
from storyboard.film import Beat, Character, Lettering, Part, VoiceChoice

RequestOf = Callable[..., ClipRequest]
NIGHTFALL = (Beat(), Beat(), Beat(time="night"))
SHOWER = (Beat(), Beat(weather="rain"), Beat(weather="clear"))


def _actor() -> Part:
    return Part(
        Character("anna", "Anna", "heroine", "heroine", "", "", VoiceChoice("en/emma")), "walk", "happy", "left"
    )


def test_light_is_as_painted_without_words(request_of: RequestOf) -> None:
    """A scene whose moments say nothing of hour and weather keeps its light throughout."""
    keys = lights_of(request_of().scene, False)
    assert {gain_at(keys, beat / 10) for beat in range(11)} == {(1.0, 1.0, 1.0)}


def test_night_falls_within_its_third(request_of: RequestOf) -> None:
    """Until the third that says so it is noon; then it darkens steadily, and blue keeps most."""
    keys = lights_of(request_of(time="noon", beats=NIGHTFALL).scene, False)
    assert gain_at(keys, 0.6) == (1.0, 1.0, 1.0)
    levels = [sum(gain_at(keys, beat)) for beat in (0.7, 0.8, 0.9, 1.0)]
    assert levels == sorted(levels, reverse=True)
    red, green, blue = gain_at(keys, 1.0)
    assert red < green < blue < 0.6


def test_stars_come_out_at_nightfall(request_of: RequestOf) -> None:
    """Stars come steadily within the third in which night falls; a sky that was painted by night gets no more."""
    keys = lights_of(request_of(time="noon", beats=NIGHTFALL).scene, False)
    assert stars_at(keys, 0.6) == 0.0 < stars_at(keys, 0.8) < stars_at(keys, 1.0) == 1.0
    night = lights_of(request_of(time="night", beats=(Beat(), Beat(), Beat(time="dusk"))).scene, False)
    assert stars_at(night, 1.0) == 0.0


def test_stars_are_seen(request_of: RequestOf, monkeypatch: pytest.MonkeyPatch) -> None:
    """The upper sky has bright points at the end that it has not without the stars, and none at the beginning."""
    request = request_of(640, 360, time="dusk", beats=NIGHTFALL)
    run = Projector(stage_of(request), request)
    first, last = (run.picture(index).astype(int) for index in (0, 23))
    monkeypatch.setattr("scenes.backends.animatic.projection.draw_stars", lambda *given: None)
    dull = Projector(stage_of(request), request)
    assert np.array_equal(dull.picture(0), first)
    assert (last - dull.picture(23).astype(int))[: len(last) // 3].max() > 15


def test_indoors_the_hour_shows_less(request_of: RequestOf) -> None:
    """In a room nightfall darkens, but less than outside."""
    scene = request_of(time="noon", beats=NIGHTFALL).scene
    inside, outside = (sum(gain_at(lights_of(scene, indoors), 1.0)) for indoors in (True, False))
    assert outside < inside < 3.0


def test_rain_begins_and_ends(request_of: RequestOf) -> None:
    """Rain comes within the third that names it and goes within the one that clears."""
    keys = air_of(request_of(beats=SHOWER).scene)
    assert air_at(keys, 0.3).rain == 0.0
    assert 0.0 < air_at(keys, 0.5).rain < air_at(keys, 0.66).rain
    assert air_at(keys, 1.0).rain == 0.0


def test_time_and_weather_of_beats_change_the_picture(request_of: RequestOf) -> None:
    """The end of the scene is darker by night and streaked by rain; its beginning is the same."""
    frames = {}
    for name, beats in (
        ("none", (Beat(),) * 3),
        ("night", NIGHTFALL),
        ("rain", (Beat(), Beat(), Beat(weather="rain"))),
    ):
        request = request_of(beats=beats)
        run = Projector(stage_of(request), request)
        frames[name] = [run.picture(index).astype(int) for index in (0, 23)]
    assert np.array_equal(frames["none"][0], frames["night"][0])
    assert frames["night"][1].mean() < 0.75 * frames["none"][1].mean()
    assert np.abs(frames["rain"][1] - frames["none"][1]).mean() > 2.0


def test_birds_sleep_by_moonlight(request_of: RequestOf, monkeypatch: pytest.MonkeyPatch) -> None:
    """Birds fly by day, not under the moon and not where there is no air."""
    flights: list[object] = []
    monkeypatch.setattr("scenes.backends.animatic.air.birds", lambda *given: flights.append(given))
    counts = []
    for place, time in (("meadow", "noon"), ("meadow", "moonlit"), ("space", "noon")):
        request = request_of(place=place, time=time)
        flights.clear()
        Projector(stage_of(request), request).picture(0)
        counts.append(len(flights))
    assert counts == [1, 0, 0]


def test_there_is_no_weather_without_air(request_of: RequestOf) -> None:
    """In space rain does not fall, and the report says so."""
    dry, wet = (request_of(place="space", weather=weather) for weather in ("clear", "rain"))
    stages = [stage_of(request) for request in (dry, wet)]
    a, b = (Projector(stage, request).picture(3) for stage, request in zip(stages, (dry, wet), strict=True))
    assert np.array_equal(a, b)
    assert any("no air" in word for word in stages[1].not_drawn)


def test_the_stage_is_json(request_of: RequestOf) -> None:
    """The whole stage with lights, air, palette and focus can be written, and equal requests write the same."""
    fields = {
        "camera": "rack focus", "beats": (Beat(), Beat(weather="rain"), Beat(time="night")), "cast": (_actor(),),
        "lettering": (Lettering("title", ("Hello",), Fraction(1, 3)),),
    }  # fmt: skip
    texts = [json.dumps(as_json(stage_of(request_of(**fields))), sort_keys=True) for _ in range(2)]
    assert texts[0] == texts[1]
    whole = json.loads(texts[0])
    assert len(whole["lights"]) == 5
    assert whole["focus"]["strength"] == 1.0
    assert {name for name, _ in whole["palette"]} >= {"sky 0", "haze", "ink", "lamp"}
    assert len(whole["air"]) == 3


def test_extras_act_beside_the_cast(request_of: RequestOf) -> None:
    """Who is only named in the prose gets a track of his own; a close-up leaves him out and says so."""
    dog = Part(Character("extra-dog", "dog", "dog", "dog", "", "", VoiceChoice("en/emma")), "stand", "neutral", "right")
    wide = stage_of(request_of(cast=(_actor(),), extras=(dog,)))
    close = stage_of(request_of(cast=(_actor(),), extras=(dog,), shot="close-up"))
    assert [track.who for track in wide.tracks] == ["anna", "extra-dog"]
    assert [track.who for track in close.tracks] == ["anna"]
    assert "dog (not in a close-up)" in close.not_drawn
