"""What a scene sounds like where nobody wrote it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from storyboard.ambience import ground, suggested
from storyboard.film import Beat, Character, Fixed, Moments, Part, Scene, Thing, Transition, VoiceChoice
from storyboard.vocabulary.effects import AMBIENCE_LEVEL, EFFECTS, EVENT_LEVEL, usual_level
from storyboard.vocabulary.places import PLACES
from storyboard.vocabulary.times import TIMES
from storyboard.vocabulary.weathers import WEATHERS

PLAIN = Scene(
    id="scene",
    length=Fixed(Fraction(5)),
    place="forest",
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
    backend="auto",
)


def heard(**fields: object) -> dict[str, float]:
    """The effects that a scene suggests, with their levels."""
    return {sound.effect: sound.level for sound in suggested(replace(PLAIN, **fields))}  # type: ignore[arg-type]


def somebody(action: str, name: str = "anna", role: str = "heroine") -> Part:
    """One of the cast who does something."""
    return Part(Character(name, name.title(), role, role, "", "", VoiceChoice("")), action, "neutral", "center")


@pytest.mark.parametrize(
    ("place", "time", "weather", "due"),
    [
        ("forest", "noon", "clear", {"birds", "leaves"}),
        ("forest", "night", "clear", {"night"}),
        ("meadow", "moonlit", "clear", {"crickets"}),
        ("city street", "noon", "clear", {"city"}),
        ("city street", "noon", "rain", {"rain", "city"}),
        ("sea shore", "dawn", "fog", {"sea"}),
        ("mountains", "noon", "storm", {"storm"}),
        ("room", "noon", "clear", {"room"}),
        ("room", "night", "rain", {"rain on roof", "room"}),
        ("cave", "noon", "storm", {"cave"}),
        ("space", "noon", "rain", {"room"}),
        ("snowfield", "noon", "snow", {"snow"}),
        ("forest", "noon", "drizzle", {"drizzle"}),
        ("", "noon", "rain", {"rain"}),
        ("", "noon", "clear", set()),
    ],
)
def test_place_hour_and_weather_are_heard(place: str, time: str, weather: str, due: set[str]) -> None:
    """Every place sounds like itself, by day and by night, in the open and under a roof."""
    assert set(heard(place=place, time=time, weather=weather)) == due


def test_every_place_has_a_sound_and_none_is_loud() -> None:
    """All words of the vocabulary give sounds that exist, at modest levels, each once and by a name of its own."""
    for place in PLACES.canonical:
        for time in TIMES.canonical:
            for weather in WEATHERS.canonical:
                sounds = suggested(replace(PLAIN, place=place, time=time, weather=weather))
                assert sounds
                assert {sound.effect for sound in sounds} <= set(EFFECTS.canonical)
                assert len({sound.id for sound in sounds}) == len(sounds) == len({sound.effect for sound in sounds})
                assert all(sound.suggested and -40 <= sound.level <= -15 for sound in sounds)


def test_rain_is_muffled_within() -> None:
    """Rain in a room is another sound, and softer than in the street."""
    assert heard(place="room", weather="rain")["rain on roof"] < heard(place="park", weather="rain")["rain"] - 4


def test_weather_that_comes_is_heard() -> None:
    """Where the middle of a scene brings rain, it rains."""
    assert "rain" in heard(beats=(Beat(), Beat(weather="rain"), Beat()))


def test_things_are_heard() -> None:
    """A campfire crackles, and a crowd murmurs."""
    assert "fire" in heard(things=(Thing("campfire", "campfire"),))
    assert "crowd" in heard(extras=(somebody("stand", "extra-1", "crowd"),))


def test_whoever_walks_is_heard_by_name() -> None:
    """Each walker has steps of his own; who stands has none, nor a crowd; later acts count."""
    cast = (somebody("walk"), somebody("stand", "ben"), somebody("walk", "all", "crowd"), somebody("stand", "cora"))
    beats = (Beat(), Beat(actions=(("cora", "exit"),)), Beat())
    sounds = [sound for sound in suggested(replace(PLAIN, cast=cast, beats=beats)) if sound.effect == "footsteps"]
    assert [(sound.id, sound.by) for sound in sounds] == [
        ("suggested-footsteps-anna", "anna"),
        ("suggested-footsteps-cora", "cora"),
    ]


@pytest.mark.parametrize("fields", [{"shot": "close-up"}, {"place": "space"}, {"clip": "a.mp4", "clip_sound": False}])
def test_steps_nobody_could_hear(fields: dict[str, object]) -> None:
    """A close-up, open space and own footage have no steps."""
    assert "footsteps" not in heard(cast=(somebody("walk"),), **fields)


def test_footage_keeps_its_own_sound() -> None:
    """A clip that is heard gets nothing besides; one whose sound is left out sounds like its place."""
    assert heard(clip="a.mp4") == {}
    assert set(heard(clip="a.mp4", clip_sound=False)) == {"birds", "leaves"}


def test_a_card_is_silent() -> None:
    """Words on nothing suggest nothing; words over a place do."""
    assert heard(place="", text="The End", weather="rain") == {}
    assert heard(text="The End")


@pytest.mark.parametrize(
    ("place", "weather", "due"),
    [
        ("forest", "clear", "earth"),
        ("meadow", "clear", "grass"),
        ("desert", "clear", "sand"),
        ("city street", "clear", "street"),
        ("city street", "snow", "snow"),
        ("room", "snow", "wood"),
        ("cave", "snow", "stone"),
        ("space", "clear", ""),
    ],
)
def test_ground(place: str, weather: str, due: str) -> None:
    """Feet land on what the place is made of, and on snow where it lies."""
    assert ground(replace(PLAIN, place=place, weather=weather)) == due


def test_usual_levels() -> None:
    """A bell is meant to be heard, a rain is not to be in the way."""
    assert usual_level("bell") == EVENT_LEVEL > usual_level("footsteps") > usual_level("rain") == AMBIENCE_LEVEL
