"""Steps as data: each falls where the painter sets a foot down, and backends that cannot tell say so."""

from __future__ import annotations

import itertools
import time
from dataclasses import replace
from fractions import Fraction

import pytest

from scenes.backend import ClipRequest
from scenes.backends.animatic.blocking import state_at
from scenes.backends.animatic.figures.casting import looks_of
from scenes.backends.animatic.figures.gait import CARRY, RUN, WALK, footfall
from scenes.backends.animatic.figures.painting import body_unit, pose_of
from scenes.backends.animatic.stage import stage_of
from scenes.sound import footfalls
from storyboard.film import Beat, Character, Fixed, Moments, Part, Scene, Transition, VoiceChoice

RATE = Fraction(24)
GOERS = [
    ("walk", "heroine", "static"), ("run", "hero", "static"), ("carry", "worker", "static"),
    ("walk", "child", "static"),
    ("walk", "king", "tracking"), ("enter", "man", "static"), ("exit", "detective", "pan left"),
]  # fmt: skip


def asked(action: str, role: str = "man", camera: str = "static", **fields: object) -> ClipRequest:
    """A request for a scene in which one person does something."""
    who = Character("anna", "Anna", role, role, "", "", VoiceChoice(""))
    scene = Scene(
        id="scene",
        length=Fixed(Fraction(4)),
        place="meadow",
        time="noon",
        weather="clear",
        shot="wide",
        camera=camera,
        style="flat",
        prompt="",
        negative="",
        cast=(Part(who, action, "neutral", "left", "right"),),
        moments=Moments(),
        lines=(),
        sounds=(),
        transition=Transition("cut", Fraction(0)),
        backend="animatic",
    )
    return ClipRequest(replace(scene, **fields), "", "", 96, RATE, 640, 360, 7, 1, characters=("anna",))  # type: ignore[arg-type]


def landings(request: ClipRequest) -> list[float]:
    """The frames between which the painter's own gait sets a foot down that it held in the air."""
    stage = stage_of(request)
    look, track = looks_of(request.scene, request.characters)[0], stage.tracks[0]
    down = []
    for index in range(stage.frames):
        beat = index / (stage.frames - 1)
        _, state = state_at(track, beat, stage.seconds, index, index / float(RATE), (), 0.0)
        gait = RUN if state.action == "run" else CARRY if state.action == "carry" else WALK
        walked = state.walked / body_unit(look)
        feet = tuple(walked == 0.0 or footfall(gait, walked, offset).planted for offset in (0.0, 0.5))
        down.append((walked, feet))
    found = []
    for index, ((before, was), (after, now)) in enumerate(itertools.pairwise(down)):
        if before and after > before:
            found += [index + 0.5 for foot in range(2) if now[foot] and not was[foot]]
    return found


@pytest.mark.parametrize(("action", "role", "camera"), GOERS)
def test_steps_fall_where_feet_land(action: str, role: str, camera: str) -> None:
    """Every painted landing has its step within half a frame, and there is no step besides but the last, soft one."""
    request = asked(action, role, camera)
    told = footfalls("animatic", request)
    assert told is not None
    steps = [step.seconds * float(RATE) for step in told if step.strength > 0.6 * max(one.strength for one in told)]
    due = [frame for frame in landings(request) if frame < 94]
    shown = [step for step in steps if step < 94]
    assert len(due) >= 3
    for frame in due:
        # those far outside the picture are not heard
        near = min(abs(frame - step) for step in steps)
        assert near <= 0.5 + 1e-3 or frame < min(steps)
    assert all(min(abs(step - frame) for frame in due) <= 0.5 + 1e-3 for step in shown)


def test_the_ball_of_the_foot_is_on_the_ground() -> None:
    """In the frame after a step the painted foot stands; half a step earlier it is in the air."""
    request = asked("walk", "heroine")
    stage = stage_of(request)
    look, track = looks_of(request.scene, request.characters)[0], stage.tracks[0]

    def heights(frame: float) -> tuple[float, float]:
        _, state = state_at(track, frame / (stage.frames - 1), stage.seconds, round(frame), frame / 24, (), 0.0)
        pose, _ = pose_of(look, state)
        return pose.near_foot[1], pose.far_foot[1]

    told = footfalls("animatic", request)
    assert told
    for step in told[2:6]:
        frame = step.seconds * 24
        before, after = heights(frame - 0.1 * 24), heights(frame + 0.2)
        assert max(after) == pytest.approx(-0.04, abs=0.004)
        assert min(before) < -0.05


def test_who_comes_to_stand_sets_his_foot_down() -> None:
    """The last step of one who enters is soft and comes after he has arrived."""
    told = footfalls("animatic", asked("enter"))
    assert told is not None
    assert told[-1].strength < 0.7 * told[-2].strength
    assert 0.0 < told[-1].seconds - told[-2].seconds < 1.2


def test_strength_place_and_ground() -> None:
    """Running is harder than walking, a child lighter; steps go from left to right over the place's ground."""
    walk, run, child = (
        footfalls("animatic", asked(action, role)) or ()
        for action, role in (("walk", "man"), ("run", "man"), ("walk", "child"))
    )
    assert max(s.strength for s in run) > max(s.strength for s in walk) > max(s.strength for s in child) > 0.3
    assert [step.place for step in walk] == sorted(step.place for step in walk)
    assert {step.surface for step in walk} == {"grass"}
    assert {step.who for step in walk} == {"anna"}


@pytest.mark.parametrize(
    "request_", [asked("stand"), asked("walk", shot="close-up"), asked("walk", place="space"), asked("walk", "cat")]
)
def test_no_steps(request_: ClipRequest) -> None:
    """Nobody who stands, no feet out of the picture, nothing in space, no paws."""
    assert footfalls("animatic", request_) == ()


def test_a_horse_has_four_hooves() -> None:
    """A horse that walks puts down twice as many feet as a man on the way."""
    told = footfalls("animatic", asked("walk", "horse"))
    assert told is not None
    assert len(told) > 8


def test_later_acts_count() -> None:
    """Who leaves at the end is heard at the end only."""
    told = footfalls("animatic", asked("stand", beats=(Beat(), Beat(), Beat(actions=(("anna", "exit"),)))))
    assert told
    assert told[0].seconds > 1.5


def test_the_same_request_gives_the_same_steps_at_once() -> None:
    """Steps are data: equal, in order, and told in less than a third of a second."""
    request = asked("walk")
    first = footfalls("animatic", request)
    begun = time.process_time()
    assert footfalls("animatic", request) == first
    assert time.process_time() - begun < 0.3
    assert first is not None
    assert [step.seconds for step in first] == sorted(step.seconds for step in first)


def test_footage_cannot_tell() -> None:
    """A backend that does not know where feet land says so, rather than that there are none."""
    assert footfalls("footage", asked("walk")) is None
