"""What people do by the prompt: the telling act of several, one after the other, and what is done with things."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from storyboard.film import Film, Scene

Maker = Callable[[str], Film]


def scene_of(film: Maker, prompt: str, more: str = "") -> Scene:
    """A scene of a prompt; `more` are other keys of it."""
    people = "characters: {ann: {name: Ann, role: heroine}}\n"
    return film(people + f'scenes: [{{id: a, prompt: "{prompt}"{more}}}]\n').scenes[0]


@pytest.mark.parametrize(
    ("prompt", "actions"),
    [
        ("A woman stands at the lake and waves", ["wave"]),
        ("Женщина стоит у озера и машет рукой", ["wave"]),
        ("A detective stands under a street lamp, holding a light", ["hold light"]),
        ("A boy looks up at the city", ["look up"]),
        ("Two women point at the sea", ["point", "point"]),
        ("Седой старик с фонарём идёт по лесу", ["walk"]),
        ("Старик держит фонарь", ["hold light"]),
        ("A man holds a book", ["stand"]),
        ("A man holds her hand", ["stand"]),
        ("A man carries a suitcase", ["walk"]),
        ("A man carries a heavy chest", ["carry"]),
        ("A young woman walks her dog", ["walk", "walk"]),
        ("A mother walks with her son", ["walk", "walk"]),
        ("A boy runs from a wolf", ["run", "stand"]),
    ],
)
def test_the_telling_act_is_played(film: Maker, prompt: str, actions: list[str]) -> None:
    """Standing gives way to what else is done; a thing in the hand does not make a load; who is taken along goes."""
    assert [part.action for part in scene_of(film, prompt).extras] == actions


@pytest.mark.parametrize(
    ("prompt", "thirds"),
    [
        ("A man sits on a bench, then waves", ["", "wave", "wave"]),
        ("A man turns and walks away", ["", "", "exit"]),
        ("A man kneels, points at the sea and waves", ["", "point", "wave"]),
        ("A man stands and waves", ["", "", ""]),
    ],
)
def test_acts_follow_one_another(film: Maker, prompt: str, thirds: list[str]) -> None:
    """Several acts of the prompt fill the moments that say nothing."""
    told = [dict(beat.actions).get("extra-man", "") for beat in scene_of(film, prompt).beats]
    assert told == thirds


def test_a_light_stays_in_the_hand(film: Maker) -> None:
    """Who holds a light of which nothing more is said has a lantern, also while he does the next thing."""
    scene = scene_of(film, "A detective, holding a light, looks up at the city")
    assert [(thing.kind, thing.held_by) for thing in scene.things] == [("lantern", "extra-detective")]
    assert [part.action for part in scene.extras] == ["hold light"]
    assert scene.beats[1].actions == (("extra-detective", "look up"),)
    assert len(scene_of(film, "A detective holds a candle").things) == 1


def test_written_acts_and_moments_win(film: Maker) -> None:
    """The prompt's second act gives way to a written action and to a moment that speaks of the same person."""
    acted = scene_of(film, "Ann sits, then waves", ", cast: [{who: ann, action: kneel}]")
    assert [part.action for part in acted.cast] == ["kneel"]
    assert [beat.actions for beat in acted.beats] == [(), (), ()]
    moved = scene_of(film, "Ann sits, then waves", ", cast: [ann], moments: {end: Ann runs}")
    assert [beat.actions for beat in moved.beats] == [(), (), (("ann", "run"),)]
