"""Transitions with keys of their own: what they resolve to, and which keys cannot stand together."""

from __future__ import annotations

from fractions import Fraction

import pytest

from projects.plugins import find, load
from storyboard.film import Sound, Transition, Treatment
from storyboard.vocabulary.transitions import MANNERS, TRANSITIONS
from tests.storyboard.conftest import Maker, Reader

SCENES = "scenes:\n  - id: a\n    prompt: x\n    transition: {}\n  - {{id: b, prompt: y}}\n"


def way(film: Maker, written: str) -> Transition:
    """The transition after the first scene of a film."""
    return film(SCENES.format(written)).scenes[0].transition


def told(reading: Reader, written: str) -> list[str]:
    """The findings about a transition, without the file's name."""
    return [str(one).removeprefix("storyboard.yaml:") for one in reading(SCENES.format(written)).diagnostics]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{kind: cut}", Transition("cut", Fraction(0))),
        ("{kind: crossfade, length: 0.8s}", Transition("crossfade", Fraction(4, 5))),
        ("{kind: crossfade 0.8s, linear: true}", Transition("crossfade", Fraction(4, 5), linear=True)),
        ("crossfade linear 1s", Transition("crossfade", Fraction(1), linear=True)),
        ("{kind: fade}", Transition("fade", Fraction(1), "#000000")),
        ("{kind: fade, colour: белый}", Transition("fade", Fraction(1), "#ffffff")),
        ("{kind: wipe, direction: вверх, length: 1s}", Transition("wipe", Fraction(1), "up")),
        ("{kind: circle, direction: close}", Transition("circle", Fraction(7, 10), "out")),
        ("push", Transition("push", Fraction(7, 10), "left")),
        ("circle", Transition("circle", Fraction(7, 10), "in")),
        ("{kind: 'plugin:swirl', direction: in}", Transition("swirl", Fraction(7, 10), "in")),
        (
            "{kind: matte, picture: p/brush.png, softness: 0.25}",
            Transition("matte", Fraction(1), picture="p/brush.png", softness=0.25),
        ),
        (
            "{moviepy: SlideIn, side: left, length: 0.5s}",
            Transition("moviepy", Fraction(1, 2), treatments=(Treatment("moviepy", "SlideIn", (("side", "left"),)),)),
        ),
        (
            "{python: 'effects/swirl.py:swirl', direction: in, amount: 2, list: [1, two, true]}",
            Transition(
                "python",
                Fraction(1),
                treatments=(
                    Treatment(
                        "python",
                        "effects/swirl.py:swirl",
                        (("amount", 2), ("direction", "in"), ("list", (1, "two", True))),
                    ),
                ),
            ),
        ),
    ],
)
def test_transitions_resolve(film: Maker, written: str, expected: Transition) -> None:
    """What is not written is what the kind usually does; keys beside an effect are its settings."""
    assert way(film, written) == expected


def test_a_transition_carries_sounds(film: Maker) -> None:
    """One sound or many, on a cut too, with ids that no sound of the scene has."""
    swoosh = Sound("transition-file-1", file="sounds/swoosh.wav", level=-10.0)
    one = way(film, "{kind: whip, sound: {file: sounds/swoosh.wav, level: -10 dB}}")
    assert one.sounds == (swoosh,)
    many = way(film, "{kind: cut, sounds: [wind, {file: sounds/swoosh.wav, level: -10 dB, at: 0.1s}]}")
    assert (many.kind, many.length) == ("cut", Fraction(0))
    assert [sound.id for sound in many.sounds] == ["transition-wind-1", "transition-file-1"]
    assert many.sounds[1].at == Fraction(1, 10)
    own = way(film, "{moviepy: SlideIn, side: left, sound: thunder}")
    assert [sound.effect for sound in own.sounds] == ["thunder"]
    assert dict(own.treatments[0].settings) == {"side": "left"}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{kind: crossfade 1s, length: 1s}", "6:46: error E155: the length is said twice"),
        ("{kind: cut, length: 1s}", "6:37: error E133: a cut takes no time"),
        ("{kind: matte}", "6:24: error E131: a matte follows a picture"),
        ("{kind: wipe, direction: in}", "6:41: error E135: 'in' is no direction for a wipe"),
        ("{kind: wipe, direction: lefft}", "6:41: error E135: 'lefft' is not a direction that is known here; did you"),
        ("{kind: wipe, knd: 2}", "6:30: error E130: unknown key 'knd'; did you mean 'kind'?"),
        ("{kind: clock, direction: left}", "6:42: error E161: a clock takes no `direction`"),
        ("{kind: whip, picture: p.png}", "6:39: error E161: a whip takes no `picture`; delete it; it belongs to matte"),
        ("{kind: push, linear: true}", "6:38: error E161: a push mixes no pictures"),
        ("{moviepy: os.system}", "6:27: error E134: 'os.system' is not the name of an effect"),
        ("{python: '../x.py:f'}", "6:26: error E137: the path '../x.py' leaves the project"),
        ("{python: 'x.py:f', __class__: 2}", "6:36: error E136: '__class__' cannot be a setting"),
        ("{moviepy: SlideIn, kind: wipe}", "6:42: error E155: a transition is either a `kind` or an effect"),
        ("{moviepy: SlideIn, side: [[1]]}", "6:42: error E132: 'side': text, a number, true or false is wanted here"),
        ("{kind: whip, sound: {efect: wind}}", "6:38: error E130: unknown key 'efect'; did you mean 'effect'?"),
        ("moviepy SlideIn 1s", "6:17: error E135: 'moviepy SlideIn 1s' needs keys of its own"),
    ],
)
def test_mistakes_have_their_place_and_remedy(reading: Reader, written: str, expected: str) -> None:
    """Each mistake is told at the key or value that makes it."""
    assert any(one.startswith(expected) for one in told(reading, written)), told(reading, written)


def test_all_mistakes_of_a_transition_are_told_at_once(reading: Reader) -> None:
    """One run shows everything."""
    found = told(reading, "{kind: wipe, direction: lefft, colour: mauve, knd: 2, softness: 3, sound: {at: 1s}}")
    assert {one.split("error ")[1][:4] for one in found} == {"E130", "E133", "E135", "E155", "E161"}
    assert len(found) == 7


def test_an_opening_is_read_alike(reading: Reader, film: Maker) -> None:
    """It may have keys and sounds, but only a cut or a fade opens a film."""
    tail = "scenes: [{id: a, prompt: x}]\n"
    opened = film("opening: {kind: fade, colour: white, linear: true, sound: bell}\n" + tail).opening
    assert (opened.option, opened.linear, opened.sounds[0].id) == ("#ffffff", True, "opening-bell-1")
    for written in ("{kind: wipe}", "{moviepy: SlideIn, side: left}"):
        found = [one.code for one in reading(f"opening: {written}\n" + tail).errors]
        assert found == ["E159"]


def test_a_sound_after_the_last_frame_is_told(reading: Reader) -> None:
    """A cut after the last scene leads nowhere, and so does its sound."""
    found = reading("scenes: [{id: a, prompt: x, transition: {kind: cut, sound: bell}}]\n")
    assert [one.code for one in found.diagnostics] == ["W204"]
    assert found.checked().scenes[0].transition.sounds == ()


def test_every_kind_has_its_manner() -> None:
    """The table of what kinds take speaks of each kind of the vocabulary, and of no other."""
    assert tuple(MANNERS) == TRANSITIONS.canonical


@pytest.mark.parametrize("kind", MANNERS)
def test_the_plug_ins_take_what_may_be_written(kind: str) -> None:
    """Each kind is made by a plug-in that names the same options in the same order."""
    assert kind in find("workprint.transitions")
    assert tuple(load("workprint.transitions", kind)().options()) == MANNERS[kind].options
