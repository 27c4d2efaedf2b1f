"""The rules of the craft at their edges: where they speak, and where they stay silent."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.load import read
from storyboard.rules.ground import Ground
from storyboard.rules.register import asked, craft_rules
from storyboard.rules.rule import HEAD, TONGUES, Case
from storyboard.rules.words import moves, praises, said

MODEL = Ground("some", title="Some")


def codes(told: Any, body: str, ground: Ground | None = None) -> list[str]:
    """The codes that are told of a storyboard."""
    return [one.code for one in told(body, ground)]


@pytest.mark.parametrize(
    "prompt",
    [
        "Beautiful video",
        "amazing cinematic masterpiece, best quality, 8k, trending on artstation",
        "an epic film",
        "Красивое видео",
        "Очень красивый, атмосферный ролик в высоком качестве, 8k",
    ],
)
def test_praise_alone_is_vague(told: Any, prompt: str) -> None:
    """Praise and the word for what any film is say nothing."""
    assert codes(told, f"scenes: [{{id: s, prompt: '{prompt}'}}]") == ["W228"]


@pytest.mark.parametrize(
    "prompt",
    [
        "A beautiful garden in bloom",
        "A fox",
        "Великолепный дворец над рекой",
        "Snow.",
        "Cinematic shot of a lighthouse in fog",
        "x",
    ],
)
def test_what_shows_something_is_not_vague(told: Any, prompt: str) -> None:
    """A short prompt that shows a thing is none of the doubtful ones."""
    assert codes(told, f"scenes: [{{id: s, prompt: '{prompt}'}}]") == []


def test_rules_that_need_a_ground_are_silent_without_one(told: Any) -> None:
    """Nobody is told what a model can do where nobody knows which one it is."""
    needing = [rule for rule in craft_rules() if rule.ground is not None]
    assert len(needing) >= 6
    for rule in needing:
        assert codes(told, rule.bad) == []


def test_drawn_scenes_need_no_movement(told: Any) -> None:
    """The painter moves by himself."""
    body = "scenes: [{id: s, prompt: An old house of grey stone.}]"
    assert codes(told, body, replace(MODEL, makes="drawn")) == []
    assert codes(told, body, MODEL) == ["W229"]


@pytest.mark.parametrize(
    "more",
    [
        "camera: dolly in",
        "weather: rain",
        "moments: {end: a door opens}",
        "prompt: 'An old house, smoke rises'",
        "prompt: 'Старый дом, дым поднимается'",
    ],
)
def test_anything_that_moves_is_enough(told: Any, more: str) -> None:
    """The camera, the weather, a moment or a verb: one movement will do."""
    prompt = "" if "prompt" in more else "prompt: An old house of grey stone, "
    assert codes(told, f"scenes: [{{id: s, {prompt}{more}}}]", MODEL) == []


@pytest.mark.parametrize(
    ("side", "upscale", "told_of"),
    [
        ("480p", "", 0),
        ("720p", "", 0),
        ("1080p", "", 1),
        ("1080p", "post: {upscale: 2x}, ", 0),
        ("4k", "post: {upscale: 2x}, ", 1),
    ],
)
def test_blur_begins_well_above_the_size_made(told: Any, side: str, upscale: str, told_of: int) -> None:
    """Up to one and a half times a picture is shown without a word, and what a network enlarges counts."""
    ground = replace(MODEL, sizes=((832, 480), (480, 832)))
    body = f"resolution: {side}\nscenes: [{{id: s, {upscale}prompt: A ship sails by., backend: ltx}}]"
    assert codes(told, body, ground) == ["W223"] * told_of


def test_a_size_never_learnt_is_told(told: Any) -> None:
    """A model that is asked for thumbnails makes noise."""
    ground = replace(MODEL, sizes=((832, 480),))
    body = (
        "resolution: 360p\nscenes: [{id: s, prompt: A ship sails by., backend: ltx, model: {width: 256, height: 160}}]"
    )
    (found,) = told(body, ground)
    assert (found.code, "832x480" in found.message) == ("W223", True)


@pytest.mark.parametrize(
    ("seconds", "goes_on", "told_of"), [(5, False, 0), (5.1, False, 1), (9, True, 0), (11, True, 1)]
)
def test_scenes_longer_than_their_model(told: Any, seconds: float, goes_on: bool, told_of: int) -> None:
    """Whoever can go on is told only when it drifts."""
    ground = replace(MODEL, longest=Fraction(5), goes_on=goes_on)
    body = f"scenes: [{{id: s, prompt: A river flows., length: {seconds}s}}]"
    assert codes(told, body, ground) == ["W232"] * told_of


def test_hosted_prompts_are_counted_in_characters(told: Any) -> None:
    """Services count characters as UTF-16 units."""
    body = "scenes: [{id: s, prompt: Ships sail by in a long line.}]"
    assert codes(told, body, replace(MODEL, prompt_characters=40)) == ["W221"]
    assert codes(told, body, replace(MODEL, prompt_characters=400)) == []


def test_places_in_other_words(told: Any) -> None:
    """Forms, order and articles make no other place; another thing does."""

    def of(one: str, other: str) -> list[str]:
        body = f"scenes: [{{id: a, place: {one}, prompt: x}}, {{id: b, place: {other}, prompt: x}}]"
        return [code for code in codes(told, body) if code != "W201"]

    assert of("the zorvik mill", "zorvik mills") == ["W231"]
    assert of("zorvik mill", "old zorvik mill") == ["W231"]
    assert of("мельница зорвика", "у мельницы зорвика") == ["W231"]
    assert of("zorvik mill", "zorvik mill") == []
    assert of("zorvik", "zorvik yard") == []
    assert of("zorvik mill", "zorvik yard") == []


@pytest.mark.parametrize(
    ("second", "told_of"),
    [("weather: snow", 1), ("weather: rain", 0), ("weather: snow, time: night", 0), ("weather: snow, place: lake", 0)],
)
def test_weather_may_change_with_place_or_hour(told: Any, second: str, told_of: int) -> None:
    """Only the same place at the same hour cannot have another weather after a cut."""
    place = "" if "place" in second else "place: forest, "
    body = f"scenes: [{{id: a, place: forest, weather: rain, prompt: x}}, {{id: b, {place}{second}, prompt: x}}]"
    assert codes(told, body) == ["W231"] * told_of


def test_weather_that_turns_in_the_scene_before(told: Any) -> None:
    """What a moment has turned is what the next scene begins with."""
    body = (
        "scenes: [{id: a, place: forest, prompt: x, moments: {end: it begins to rain}},"
        " {id: b, place: forest, weather: rain, prompt: x}]"
    )
    assert codes(told, body) == []


def test_people_who_are_not_introduced(told: Any) -> None:
    """Without a face, never seen, or a name that nobody has: each is told; a narrator is not."""
    lines = "lines: [{by: ann, say: Here we are.}]"
    shown = f"characters: {{ann: {{role: heroine}}}}\nscenes: [{{id: s, place: lake, cast: [ann], {lines}}}]"
    assert codes(told, shown) == []
    unseen = f"characters: {{ann: {{looks: a red coat}}}}\nscenes: [{{id: s, clip: a.mov, {lines}}}]"
    assert codes(told, unseen) == ["W230"]
    assert codes(told, unseen.replace("looks: a red coat", "role: heroine")) == []
    named = "scenes: [{id: a, prompt: The old Wendell smiles.}, {id: b, prompt: And then Wendell goes.}]"
    assert codes(told, named) == ["W230"]
    assert codes(told, f"characters: {{w: {{name: Wendell, role: old man}}}}\n{named}") in ([], ["W205"])
    towns = (
        "scenes: [{id: a, prompt: 'A tram crosses Paris on Monday.'}, {id: b, prompt: 'Rain over Paris on Monday.'}]"
    )
    assert codes(told, towns) == []
    once = "scenes: [{id: a, prompt: The old Wendell smiles.}, {id: b, prompt: And then he goes.}]"
    assert codes(told, once) == []


def test_speech_over_anything_is_not_bare(told: Any) -> None:
    """Music, one sound, a place that sounds or the author's own footage will do; so does saying that it is meant."""
    bare = "scenes: [{id: s, text: The End, lines: [And so they lived on.]}]"
    assert codes(told, bare) == ["W225"]
    assert codes(told, f"score: {{mood: calm}}\n{bare}") == []
    assert codes(told, f"score: none\nsounds: none\n{bare}") == []
    assert codes(told, bare.replace("lines", "sounds: [{effect: room}], lines")) == []


def test_music_alone(told: Any) -> None:
    """A short film may have music alone; a long one is told."""
    silent = "score: {mood: calm}\nsounds: none\nscenes: [{id: s, place: lake, prompt: x, length: %s}]"
    assert codes(told, silent % "10s") == []
    assert codes(told, silent % "40s") == ["W226"]


def test_captions_that_rush(told: Any) -> None:
    """A quick voice is too quick for readers; without captions, with a pause or in short words it is none of theirs."""
    line = "We went up the river as far as the boat would carry us, and then we walked on."
    body = "narrator: {voice: {name: en/heart, speed: 1.6}}\nscenes: [{id: s, place: lake, lines: [{say: '%s'%s}]}]"
    assert codes(told, body % (line, "")) == ["W233"]
    assert codes(told, "captions: off\n" + body % (line, "")) == []
    assert codes(told, body % ("Off we go!", "")) == []
    assert codes(told, body % (line, ", file: a.wav")) == []


def test_speech_hurried_into_its_scene_hurries_readers(told: Any) -> None:
    """Lines that are spoken faster to fit a scene of fixed length are read faster too."""
    line = "We went up the river as far as the boat would carry us, and then we walked on through reeds."
    body = (
        "narrator: {voice: {name: en/heart, speed: 1.15}}\nscenes: [{id: s, place: lake, length: %ss, lines: ['%s']}]"
    )
    assert codes(told, body % (9, line)) == []
    assert codes(told, body % ("4.5", line)) == ["W233"]


@pytest.mark.parametrize(
    "prompt",
    [
        "Strobe lights",
        "Lights flash rapidly",
        "A flashing sign",
        "Стробоскоп над залом",
        "Мигающий свет",
        "частые вспышки",
    ],
)
def test_flashing_is_known_by_its_words(told: Any, prompt: str) -> None:
    """What asks for light that goes on and off is told in both languages."""
    assert codes(told, f"scenes: [{{id: s, prompt: '{prompt}'}}]") == ["W234"]


@pytest.mark.parametrize("prompt", ["No strobe lights", "A flash of lightning", "Без мигающего света", "Мигель идёт"])
def test_what_does_not_flash(told: Any, prompt: str) -> None:
    """One flash is none too many, and what is denied is not asked for."""
    assert codes(told, f"scenes: [{{id: s, prompt: '{prompt}'}}]") == []


@pytest.mark.parametrize(
    ("count", "length", "told_of"), [(3, "0.2s", 0), (4, "0.2s", 1), (12, "0.2s", 1), (12, "0.5s", 0)]
)
def test_runs_of_very_short_shots(told: Any, count: int, length: str, told_of: int) -> None:
    """More than three shots in a row that nobody can settle on, light and dark by turns."""
    shots = ", ".join(
        f"{{id: s{n}, length: {length}, place: forest, time: {'night' if n % 2 else 'noon'}}}" for n in range(count)
    )
    assert codes(told, f"scenes: [{shots}]") == ["W234"] * told_of
    alike = shots.replace("night", "noon")
    assert codes(told, f"scenes: [{alike}]") == []


def test_bursts_of_transitions(told: Any) -> None:
    """Glitches and whips that follow each other within a second flash."""
    shots = ", ".join(f"{{id: s{n}, length: 0.4s, place: lake, transition: glitch 0.15s}}" for n in range(6))
    assert codes(told, f"scenes: [{shots}, {{id: z, place: lake}}]") == ["W234"]


@pytest.mark.parametrize(
    ("negative", "told_of"),
    [
        ("no text, no people", 1),
        ("text, people", 0),
        ("blurry, without hands", 1),
        ("без надписей", 1),
        ("nobody, noise, knots", 0),
        ("non-human", 0),
    ],
)
def test_denials_of_what_is_denied(told: Any, negative: str, told_of: int) -> None:
    """Only whole words deny."""
    assert codes(told, f"scenes: [{{id: s, prompt: x, negative: '{negative}'}}]") == ["W235"] * told_of


@pytest.mark.parametrize(
    ("say", "told_of"),
    [
        ("Ann: Here.", 1),
        ("ANN (softly): Here.", 1),
        ("ann: Here.", 1),
        ("Anna: Here.", 0),
        ("Ann is here.", 0),
        ("Ann:", 0),
    ],
)
def test_names_before_lines(told: Any, say: str, told_of: int) -> None:
    """The speaker's own name with a colon is no speech; anybody else's is."""
    body = (
        "characters: {ann: {name: Ann, role: heroine}}\n"
        f"scenes: [{{id: s, place: lake, cast: [ann], lines: [{{by: ann, say: '{say}'}}]}}]"
    )
    assert codes(told, body) == ["W236"] * told_of


def test_few_pictures(told: Any) -> None:
    """Twelve seconds a picture, however many there are."""
    body = "scenes: [{id: s, length: %ss, keyframes: [%s]}]"
    assert codes(told, body % (12, "a.png")) == []
    assert codes(told, body % (13, "a.png")) == ["W224"]
    assert codes(told, body % (24, "a.png, b.png")) == []


def test_what_words_mean() -> None:
    """Praise praises, verbs move, and what is left of a prompt is what it shows."""
    assert praises("a Gorgeous view")
    assert not praises("a red barn")
    assert moves("the curtain flutters")
    assert moves("занавес колышется")
    assert not moves("a red barn")
    assert said("a very beautiful video of a red barn") == ["red", "barn"]


_TEXT = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\u2028\u2029\ufeff"), max_size=80
)


@settings(max_examples=60, deadline=None)
@given(prompt=_TEXT, negative=_TEXT, say=_TEXT, place=_TEXT)
def test_no_text_breaks_a_rule(prompt: str, negative: str, say: str, place: str) -> None:
    """Whatever somebody writes, every rule answers, in both languages, and its place is in the file."""
    import json

    scene = {"id": "s", "prompt": prompt, "negative": negative, "place": place, "lines": [say]}
    written = json.dumps({key: value for key, value in scene.items() if value not in ("", [""])}, ensure_ascii=False)
    body = f"scenes: [{written}, {{id: t, place: lake}}]\n"
    reading = read(HEAD + body, "storyboard.yaml")
    if reading.film is None or reading.places is None:
        return
    ground = Ground("some", prompt_tokens=20, sizes=((64, 64),), longest=Fraction(1), room_mb=1, wants_mb=2)
    case = Case(reading.film, reading.places, {"s": ground, "t": ground})
    for language in TONGUES:
        for found in asked(craft_rules(), case, language):
            assert found.message
            assert 0 <= found.line <= 3
