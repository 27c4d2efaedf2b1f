"""A person has the same colours in a wide shot and in a close-up: skin, hair, clothes and hat, in every role."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from scenes.backends.animatic.figure import Colour, FigureLight, FigureState, Sprite
from scenes.backends.animatic.figures import Look, render_bust, render_figure
from scenes.backends.animatic.figures.brush import Tone
from scenes.backends.animatic.figures.casting import looks_of
from scenes.backends.animatic.scheme import scheme_of
from storyboard.film import Scene
from storyboard.vocabulary import ROLES, STYLES
from tests.quality.screening import actor, request_of

OFF = 0.06
"""How far the mean of a colour may lie apart in the two shots, in parts of full range."""
NEAR = 0.10
"""How far a pixel may lie from a colour that it still counts as."""
SEEN = 40
"""Pixels of a colour that have to be there for it to be measured."""
HEAD = 38
"""Half the side of the square of a head that is compared, in pixels: a third of the head's height."""
UPPER = ("skin", "hair", "top", "hat_colour")
"""What both shots can show; trousers and shoes are below a close-up."""
ROLES_ACTED = [role for role in ROLES.canonical if role != "crowd"]


def _scene(role: str, shot: str) -> tuple[Scene, tuple[str, ...]]:
    request = request_of(shot=shot, cast=(actor(role=role),))
    return request.scene, request.characters


def _look(role: str, shot: str) -> Look:
    return looks_of(*_scene(role, shot))[0]


def _both(look: Look, light: FigureLight, style: str) -> tuple[Sprite, Sprite]:
    """The whole figure and the bust, in about the same size of head."""
    state = FigureState("stand", t=1.0)
    return render_figure(look, state, 700, light, style), render_bust(look, state, 200, light, style)


def _near(sprite: Sprite, wanted: Colour) -> NDArray[Any]:
    """The opaque pixels that lie near a colour, RGB in 0..1."""
    pixels = sprite.pixels[sprite.pixels[..., 3] == 255][:, 2::-1].astype(np.float32) / 255
    found: NDArray[Any] = pixels[np.abs(pixels - np.array(wanted, np.float32)).max(axis=1) < NEAR]
    return found


def _measured(look: Look, light: FigureLight, style: str) -> dict[str, float]:
    """How far each colour that both shots show lies apart in them."""
    whole, bust = _both(look, light, style)
    tone = Tone(light, style)
    out = {}
    for part in UPPER if look.hat else UPPER[:-1]:
        pixels = [_near(sprite, tone(getattr(look, part))) for sprite in (whole, bust)]
        if min(len(one) for one in pixels) >= SEEN:
            means = [one.mean(axis=0) for one in pixels]
            out[part] = float(np.abs(means[0] - means[1]).max())
    return out


@pytest.mark.parametrize("role", ROLES_ACTED)
def test_a_role_is_cast_alike_in_every_shot(role: str) -> None:
    """The look that a scene casts does not depend on its shot."""
    assert _look(role, "wide") == _look(role, "close-up")


@pytest.mark.parametrize("role", ROLES_ACTED)
def test_a_role_has_the_same_colours_near_and_far(role: str) -> None:
    """What both shots show of skin, hair, clothes and hat has the same colour, and both show two of them at least."""
    apart = _measured(_look(role, "wide"), FigureLight(shade=0.0), "flat")
    assert len(apart) >= (1 if _look(role, "wide").kind not in ("person", "robot") else 2), apart
    assert max(apart.values()) < OFF, apart


def _face(sprite: Sprite) -> NDArray[Any]:
    """The mean colour about the middle of the head, RGB in 0..1."""
    x, y = (round(place) for place in sprite.points["head"])
    part = sprite.pixels[max(0, y - HEAD) : y + HEAD, max(0, x - HEAD) : x + HEAD]
    red, green, blue, cover = (part[..., k].astype(float).sum() for k in (2, 1, 0, 3))
    found: NDArray[Any] = np.array([red, green, blue]) / cover
    return found


@pytest.mark.parametrize("style", STYLES.canonical)
@pytest.mark.parametrize("time", ["noon", "night"])
def test_a_style_colours_both_shots_alike(style: str, time: str) -> None:
    """By day and by night each style lights a head in close-up as in the wide shot."""
    light = scheme_of(time, "clear", style).figure_light(1.0)
    for role in ("heroine", "detective", "robot"):
        whole, bust = (_face(sprite) for sprite in _both(_look(role, "wide"), light, style))
        assert np.abs(whole - bust).max() < OFF, role


def test_another_look_has_other_colours() -> None:
    """The measure tells people apart: what is near one person's coat is not near another's."""
    look = _look("detective", "wide")
    other, _ = _both(_look("queen", "wide"), FigureLight(shade=0.0), "flat")
    same, _ = _both(look, FigureLight(shade=0.0), "flat")
    assert len(_near(other, look.top)) < 0.2 * len(_near(same, look.top))
