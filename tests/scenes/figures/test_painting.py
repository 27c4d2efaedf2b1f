"""Whole figures: every action and emotion, light, style, and the same bytes each time."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from scenes.backends.animatic.figure import FigureLight, FigureState, Sprite
from scenes.backends.animatic.figures import render_figure
from scenes.backends.animatic.figures.look import Look
from scenes.backends.animatic.figures.painting import pose_of

ACTIONS = (
    "stand", "walk", "run", "sit", "kneel", "talk", "listen", "wave", "point", "raise", "carry", "hold light",
    "look up", "turn", "enter", "exit", "fall", "hug",
)  # fmt: skip
EMOTIONS = ("neutral", "happy", "sad", "angry", "afraid", "surprised", "determined", "tired", "wonder", "tender")
STYLES = ("papercut", "silhouette", "flat", "watercolour", "noir", "cyberpunk", "storybook", "cinematic")
LIGHT = FigureLight(rim=(1.0, 0.9, 0.7), rim_strength=0.5)
HERO = Look(garment="coat", scarf=(0.9, 0.75, 0.3), hat="felt", prop="lantern")


def figure(
    look: Look = HERO, height: float = 120, light: FigureLight = LIGHT, style: str = "papercut", **state: object
) -> Sprite:
    moment = FigureState(**{"action": "stand", **state})  # type: ignore[arg-type]
    return render_figure(look, moment, height, light, style)


def on_canvas(sprite: Sprite, side: int = 480) -> NDArray[np.int16]:
    canvas = np.zeros((side, side, 4), dtype=np.int16)
    x, y = round(side / 2 - sprite.anchor[0]), round(side * 0.8 - sprite.anchor[1])
    height, width = sprite.pixels.shape[:2]
    canvas[y : y + height, x : x + width] = sprite.pixels
    return canvas


@pytest.mark.parametrize("emotion", EMOTIONS)
@pytest.mark.parametrize("action", ACTIONS)
def test_every_action_and_emotion_is_painted(action: str, emotion: str) -> None:
    """Each pair paints a figure of sensible area that touches no edge of its sprite and stands on the ground."""
    for beat in (0.0, 0.5):
        sprite = figure(height=60, action=action, emotion=emotion, beat=beat, t=beat * 3)
        alpha = sprite.pixels[..., 3]
        assert 300 < int((alpha > 128).sum()) < 3000
        assert not alpha[0].any()
        assert not alpha[:, 0].any()
        assert not alpha[:, -1].any()
        assert abs(sprite.pixels.shape[0] - sprite.anchor[1]) < 12


@pytest.mark.parametrize(
    "action", [a for a in ACTIONS if a not in ("stand", "enter", "exit", "walk", "run", "carry", "hold light")]
)
def test_action_differs_from_standing(action: str) -> None:
    """An action shows in the middle of its scene."""
    difference = np.abs(on_canvas(figure(action=action, beat=0.55, t=1.0)) - on_canvas(figure(beat=0.55, t=1.0)))
    assert difference[..., 3].mean() > 0.02 or difference.mean() > 0.02


@pytest.mark.parametrize("emotion", EMOTIONS[1:])
def test_emotion_changes_the_picture(emotion: str) -> None:
    """An emotion is seen in the whole figure at 200 pixels."""
    difference = np.abs(on_canvas(figure(height=200, emotion=emotion)) - on_canvas(figure(height=200)))
    assert (difference.max(axis=2) > 40).sum() > 250


def test_painting_is_deterministic() -> None:
    """The same state gives the same bytes, also after other figures were painted."""
    first = figure(action="walk", walked=0.3, t=1.2, wind=0.4).pixels.tobytes()
    figure(look=Look(womanly=True, garment="dress"), style="watercolour")
    assert figure(action="walk", walked=0.3, t=1.2, wind=0.4).pixels.tobytes() == first


@pytest.mark.parametrize("style", STYLES)
def test_pixels_stay_premultiplied(style: str) -> None:
    """In every style no colour exceeds its alpha."""
    pixels = figure(style=style).pixels
    assert pixels.dtype == np.uint8
    assert (pixels[..., :3].max(axis=2) <= pixels[..., 3].astype(np.int16) + 2).all()


def test_silhouette_has_one_colour() -> None:
    """A silhouette without rim shows no clothes, face or fold, only what burns by itself."""
    dark = FigureLight(silhouette=(0.1, 0.1, 0.2))
    pixels = figure(look=Look(garment="coat", hat="fedora"), light=dark, style="silhouette").pixels
    solid = pixels[pixels[..., 3] == 255][:, :3]
    assert np.ptp(solid.astype(int), axis=0).max() <= 4


def test_noir_keeps_red() -> None:
    """Noir takes the colour from everything but red."""
    red = figure(look=Look(top=(0.75, 0.12, 0.12), garment="dress"), style="noir", light=FigureLight()).pixels
    blue = figure(look=Look(top=(0.12, 0.12, 0.75), garment="dress"), style="noir", light=FigureLight()).pixels
    assert (red[..., 2].astype(int) - red[..., 0]).max() > 70
    assert (blue[..., 0].astype(int) - blue[..., 2]).max() < 30


def test_rim_lights_the_side_of_the_light() -> None:
    """A rim from the right brightens the right edge and leaves the left one alone."""
    lit = on_canvas(figure(light=FigureLight(rim=(1, 1, 1), rim_strength=0.9, rim_x=1, rim_y=0)))
    plain = on_canvas(figure(light=FigureLight(rim_x=1, rim_y=0)))
    gain = (lit - plain)[..., :3].sum(axis=2)
    trunk = slice(284, 300)
    columns = np.nonzero(lit[trunk, :, 3].max(axis=0))[0]
    middle = (columns[0] + columns[-1]) // 2
    assert gain[trunk, middle:].sum() > 20 * max(1, gain[trunk, :middle].sum())


def test_facing_mirrors_the_figure() -> None:
    """Who faces left is the mirror image of who faces right."""
    right, left = (
        figure(style="flat", light=FigureLight(shade=0)),
        figure(style="flat", light=FigureLight(shade=0), facing=-1),
    )
    mirrored = left.pixels[:, ::-1].astype(int)
    rows = min(mirrored.shape[0], right.pixels.shape[0])
    columns = min(mirrored.shape[1], right.pixels.shape[1])
    assert np.abs(mirrored[:rows, :columns] - right.pixels[:rows, :columns]).mean() < 6


def test_flame_is_named() -> None:
    """A lantern's flame lies on the sprite, so that the stage may light it; who holds a light always has one."""
    sprite = figure(look=Look(), action="hold light", beat=0.5)
    x, y = sprite.points["light"]
    assert 0 < x < sprite.pixels.shape[1]
    assert 0 < y < sprite.pixels.shape[0]
    assert "light" not in figure(look=Look()).points


def test_child_is_smaller() -> None:
    """A child painted for the same spot is about two thirds as tall."""
    grown = figure(look=Look()).pixels.shape[0]
    child = figure(look=Look(age="child", stature=0.66, head=0.2)).pixels.shape[0]
    assert 0.58 < child / grown < 0.76


@pytest.mark.parametrize("kind", ["dog", "cat", "wolf", "horse", "bird"])
def test_animals_walk_and_feel(kind: str) -> None:
    """An animal is no man in disguise: it is painted, it moves as it goes, and anger changes it."""
    look = Look(kind=kind, stature=0.6)  # type: ignore[arg-type]
    still, gone, angry = figure(look), figure(look, action="walk", walked=0.07), figure(look, emotion="angry")
    assert (still.pixels[..., 3] > 128).sum() > 400
    assert len({s.pixels.tobytes() for s in (still, gone, angry)}) == 3
    assert still.pixels.shape[1] > 0.6 * still.pixels.shape[0]


def _beast(kind: str, **state: object) -> Sprite:
    return figure(Look(kind=kind, stature=0.6), 160, **state)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["dog", "cat", "wolf", "horse", "bird"])
@pytest.mark.parametrize("action", [a for a in ACTIONS if a not in ("stand", "walk", "run", "enter", "exit")])
def test_animals_act(kind: str, action: str) -> None:
    """In the middle of each action an animal differs from one that stands, by more than a few pixels."""
    acting, still = _beast(kind, action=action, beat=0.62, t=1.1), _beast(kind, beat=0.62, t=1.1)
    difference = np.abs(on_canvas(acting) - on_canvas(still)).max(axis=2) > 40
    assert difference.sum() > 60


@pytest.mark.parametrize("kind", ["dog", "cat", "wolf", "horse", "bird"])
def test_animals_come_and_go(kind: str) -> None:
    """An animal that arrives sniffs the ground, one that is about to go stretches forward; walking moves its legs."""
    still = on_canvas(_beast(kind, beat=0.5, t=1.0))
    for state in ({"action": "enter"}, {"action": "exit"}, {"action": "walk", "walked": 0.1}, {"action": "run"}):
        assert (np.abs(on_canvas(_beast(kind, beat=0.5, t=1.0, **state)) - still).max(axis=2) > 40).sum() > 60


@pytest.mark.parametrize("kind", ["dog", "cat", "wolf", "horse", "bird"])
def test_animals_show_ten_emotions(kind: str) -> None:
    """No emotion of an animal looks like another: ears, tail, head or brows differ by more than a few pixels."""
    painted = [on_canvas(_beast(kind, emotion=emotion)) for emotion in EMOTIONS]
    for first, second in itertools.combinations(painted, 2):
        assert (np.abs(first - second).max(axis=2) > 40).sum() > 40


def test_a_carried_light_burns_in_a_mouth() -> None:
    """A dog that holds a light has its flame named, near its head."""
    sprite = _beast("dog", action="hold light", beat=0.5)
    assert sprite.points["light"][1] > sprite.points["head"][1]


def test_a_turned_animal_looks_the_other_way() -> None:
    """At the end of its turn the head is on the other side of the ground point."""
    for kind in ("dog", "bird"):
        ends = [_beast(kind, action="turn", beat=beat) for beat in (0.0, 1.0)]
        sides = [sprite.points["head"][0] - sprite.anchor[0] for sprite in ends]
        assert sides[0] > 0 > sides[1]


@pytest.mark.parametrize("action", ["wave", "sit", "hug"])
def test_an_act_passes_over(action: str) -> None:
    """Half-way from one act to the next the pose lies between the two, and no foot jumps."""
    look = Look()
    before = FigureState("stand", beat=1.0, t=1.0)
    now = FigureState(action, beat=0.5, t=1.0)
    start, end = pose_of(look, before)[1], pose_of(look, now)[1]
    half = pose_of(look, replace(now, before=before, passed=0.5))[1]
    for joint in ("near_arm", "far_arm"):
        a, b, c = (getattr(bones, joint).end for bones in (start, half, end))
        assert math.dist(a, b) <= math.dist(a, c) + 0.08
        assert math.dist(b, c) <= math.dist(a, c) + 0.08
    first = pose_of(look, replace(now, before=before, passed=0.02))[1]
    assert math.dist(first.near_leg.end, start.near_leg.end) < 0.02


def test_raising_takes_both_hands() -> None:
    """At the height of raising both wrists are over the neck, where waving lifts one."""
    for action, lifted in (("raise", 2), ("wave", 1)):
        _, bones = pose_of(Look(), FigureState(action, beat=0.5, t=1.5))
        assert sum(arm.end[1] < bones.neck[1] - 0.1 for arm in (bones.near_arm, bones.far_arm)) == lifted


def test_who_listens_folds_his_hands() -> None:
    """Listening brings the hands together before the body and bows the head."""
    pose, bones = pose_of(Look(), FigureState("listen", beat=0.5, t=1.5))
    standing, _ = pose_of(Look(), FigureState("stand", beat=0.5, t=1.5))
    assert math.dist(bones.near_arm.end, bones.far_arm.end) < 0.03
    assert pose.bow > standing.bow + 0.1
