"""What nobody sees of people, hour and weather is named, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from scenes.backend import ClipRequest, Speech
from scenes.backends.animatic.stage import stage_of
from storyboard.load import read

CHARACTERS = """\
workprint: 1
title: T
characters:
  anna: {role: heroine, name: Anna}
  bob: {role: hero, name: Bob}
  rex: {role: dog, name: Rex}
scenes:
"""
SEEN_ALONE = ("walk", "run", "sit", "kneel", "wave", "point", "raise", "carry", "look up", "turn", "enter", "exit",
              "fall")  # fmt: skip
RequestOf = Callable[..., ClipRequest]


@pytest.fixture
def named(request_of: RequestOf) -> Callable[..., tuple[str, ...]]:
    """Stages a written scene and gives what is named as not drawn."""

    def stage(written: str, *speech: Speech) -> tuple[str, ...]:
        film = read(f"{CHARACTERS}  - {{id: s, {written}}}\n", "s.yaml").film
        assert film is not None
        everybody = tuple(person.id for person in film.characters)
        request = replace(request_of(frames=96), scene=film.scenes[0], characters=everybody, speech=speech)
        return stage_of(request).not_drawn

    return stage


Named = Callable[..., tuple[str, ...]]


@pytest.mark.parametrize("shot", ["wide", "close-up"])
@pytest.mark.parametrize("who", ["anna", "rex"])
@pytest.mark.parametrize("action", SEEN_ALONE)
def test_what_is_seen_is_not_named(named: Named, shot: str, who: str, action: str) -> None:
    """People and animals act what they are told through the scene, in close-ups too, so that nothing is named."""
    assert named(f"place: meadow, shot: {shot}, cast: [{{who: {who}, action: {action}, emotion: sad}}]") == ()


def test_acts_without_room_are_named(named: Named) -> None:
    """Where one third asks for more than it can show, or the moments leave nothing of the usual act, that is said."""
    told = named(
        "place: meadow, cast: [{who: anna, action: walk}], "
        "moments: {start: Anna waves, middle: Anna points and sits, end: Anna kneels}"
    )
    assert told == (
        "action: walk of Anna (no room beside what else is done)",
        "action: sit of Anna (no room beside what else is done)",
    )


def test_whoever_stays_seated_is_named(named: Named) -> None:
    """Who is told to stand up in a moment and keeps his seat is named; who gets up to wave is not."""
    seated = "place: meadow, cast: [{who: anna, action: sit}], moments: "
    assert named(seated + "{end: Anna stands up}") == ("action: stand of Anna (no room beside what else is done)",)
    assert named(seated + "{end: Anna waves}") == ()


def test_feelings_without_room_are_named(named: Named) -> None:
    """Of two feelings in one moment the face shows the later; the first is named."""
    told = named("place: meadow, cast: [{who: anna}], moments: {end: Anna smiles and cries}")
    assert told == ("emotion: happy of Anna (no room beside what else is felt)",)


def test_talking_without_lines_in_a_close_up_is_named(named: Named) -> None:
    """Lips of people stay with the voice, so that talk without a line is not seen there; an animal barks."""
    scene = "place: meadow, cast: [{who: %s, action: talk}], shot: "
    close = scene + "close-up"
    assert named(close % "anna") == ("action: talk of Anna (in a close-up lips move with lines only)",)
    assert named(close % "anna", Speech("anna", 10, 40)) == ()
    assert named(close % "rex") == ()
    assert named((scene + "wide") % "anna") == ()


def test_listening_to_nobody_is_named(named: Named) -> None:
    """Whoever is to listen where nobody speaks only stands there."""
    scene = "place: meadow, cast: [{who: anna, action: listen}, {who: bob}]"
    assert named(scene, Speech("bob", 10, 60)) == ()
    silent = named(scene)
    assert silent == ("action: listen of Anna (nobody speaks)",)


def test_crowds_do_not_act(named: Named) -> None:
    """What a crowd was to do and to feel is named, because it only stands by."""
    told = named("place: meadow, prompt: A sad crowd runs.")
    assert told == ("action: run of crowd (a crowd stands by)", "emotion: sad of crowd (a crowd stands by)")


def test_things_and_others_are_not_in_a_close_up(named: Named) -> None:
    """What a wide picture sets up and who stands there besides is named in a close-up."""
    written = "place: meadow, cast: [{who: anna}], prompt: 'A tent, a boulder. A wizard waves.', shot: "
    assert named(written + "wide") == ()
    assert named(written + "close-up") == ("tent", "boulder", "wizard (not in a close-up)")


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("space", ("weather: rain (there is no air)",)),
        ("kitchen", ("weather: rain (indoors it shows in the light only)",)),
        ("meadow", ()),
    ],
)
def test_weather_of_moments_is_named_where_it_is_not_seen(named: Named, place: str, told: tuple[str, ...]) -> None:
    """Rain that begins in a moment falls outdoors, and is named where it cannot."""
    assert named(f"place: {place}, moments: {{end: it begins to rain}}") == told


def test_fog_that_comes_is_named(named: Named) -> None:
    """Fog of the whole scene is painted; fog that comes later shows in the light only, and that is said."""
    assert named("place: meadow, weather: fog") == ()
    told = named("place: meadow, weather: clear, moments: {end: fog rises}")
    assert told == ("weather: fog that comes with a moment (it shows in the light only)",)
    assert named("place: meadow, weather: clear, moments: {end: the wind rises}") == ()
