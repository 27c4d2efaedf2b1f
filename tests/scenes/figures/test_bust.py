"""Close-ups: the same person as in the wide shot, a speaking mouth, ten emotions."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.backends.animatic.figure import Colour, FigureLight, FigureState, Sprite
from scenes.backends.animatic.figures import render_bust, render_figure
from scenes.backends.animatic.figures.beasts import SHOWN_BY_BEASTS
from scenes.backends.animatic.figures.gestures import SHOWN_IN_BUST, gesture_of, sway_of
from scenes.backends.animatic.figures.look import Look

PLAIN = FigureLight(shade=0.0)
WOMAN = Look(womanly=True, hair_style="long", hair=(0.62, 0.3, 0.1), top=(0.2, 0.5, 0.35), garment="shirt")


def bust(look: Look = WOMAN, size: float = 200, **state: object) -> Sprite:
    return render_bust(look, FigureState(**{"action": "talk", **state}), size, PLAIN, "flat")  # type: ignore[arg-type]


def mean_near(sprite: Sprite, wanted: Colour) -> Colour:
    """Mean RGB of the opaque pixels that lie near the wanted colour."""
    pixels = sprite.pixels[sprite.pixels[..., 3] == 255][:, 2::-1].astype(float) / 255
    near = pixels[np.abs(pixels - np.array(wanted)).max(axis=1) < 0.12]
    assert len(near) > 30, f"no pixel looks like {wanted}"
    red, green, blue = near.mean(axis=0)
    return (float(red), float(green), float(blue))


@pytest.mark.parametrize("part", ["skin", "hair", "top"])
def test_palette_is_that_of_the_whole_figure(part: str) -> None:
    """Skin, hair and clothes have the same colours in close-up and wide shot."""
    wanted = getattr(WOMAN, part)
    whole = render_figure(WOMAN, FigureState("stand"), 300, PLAIN, "flat")
    assert mean_near(bust(), wanted) == pytest.approx(mean_near(whole, wanted), abs=0.05)


def test_mouth_moves_alone() -> None:
    """Opening the mouth changes the picture around it and the jaw, and nothing farther up, in at least four steps."""
    pictures = [bust(mouth=m) for m in (0.0, 0.3, 0.6, 1.0)]
    assert len({p.pixels.tobytes() for p in pictures}) == 4
    shut, wide = pictures[0], pictures[-1]
    changed = np.argwhere(np.abs(shut.pixels.astype(int) - wide.pixels).max(axis=2) > 2)
    x, y = shut.points["mouth"]
    assert np.abs(changed[:, 1] - x).max() < 48
    assert (changed[:, 0] - y).max() < 44
    assert (y - changed[:, 0]).max() < 34


def test_emotions_all_differ() -> None:
    """No two of the ten emotions give the same face."""
    names = ("neutral", "happy", "sad", "angry", "afraid", "surprised", "determined", "tired", "wonder", "tender")
    assert len({bust(emotion=name).pixels.tobytes() for name in names}) == 10


def test_blink_closes_the_eyes() -> None:
    """A blink takes the white of the eyes away."""
    white = [int((bust(blink=b).pixels[..., :3].min(axis=2) > 225).sum()) for b in (False, True)]
    assert white[1] < 0.3 * white[0]


def test_stands_on_its_lower_edge() -> None:
    """The anchor is the middle of the lower edge, and the shoulders reach it."""
    sprite = bust()
    assert sprite.anchor[1] == sprite.pixels.shape[0]
    assert sprite.pixels[-1, :, 3].max() == 255


def test_size_is_from_crown_to_edge() -> None:
    """A bare-headed bust is about as tall as asked for; a tall hat rises above."""
    assert 195 <= bust(look=Look(), size=200).pixels.shape[0] <= 240
    assert bust(look=Look(hat="wizard"), size=200).pixels.shape[0] > 250


def test_caller_may_paint_over_a_bust() -> None:
    """A picture handed out is the caller's own; the kept one stays whole."""
    first = bust()
    before = first.pixels.copy()
    first.pixels[:] = 0
    assert (bust().pixels == before).all()


HANDS = ("wave", "point", "raise", "carry", "hold light", "hug")


@pytest.mark.parametrize("action", HANDS)
def test_hands_come_into_the_frame(action: str) -> None:
    """A hand is seen in the middle of the act, beside or before the body; it was not there at the beginning."""
    middle, still = bust(action=action, beat=0.5, t=1.0), bust(action="stand", beat=0.5, t=1.0)
    hands = gesture_of(FigureState(action, beat=0.5, t=1.0))
    assert hands.near is not None or hands.far is not None
    rows = min(middle.pixels.shape[0], still.pixels.shape[0])
    columns = min(middle.pixels.shape[1], still.pixels.shape[1])
    changed = np.abs(middle.pixels[-rows:, :columns].astype(int) - still.pixels[-rows:, :columns]).max(axis=2) > 40
    assert changed.sum() > 400
    if action not in ("carry", "hold light"):
        first = gesture_of(FigureState(action, beat=0.0, t=0.0))
        assert (first.near, first.far) == (None, None)


def test_every_action_is_seen() -> None:
    """Each word that is said to be seen in a close-up moves hands, head or the whole bust; all eighteen are."""
    still = bust(action="stand", beat=0.6, t=2.0).pixels.tobytes()
    for action in sorted(SHOWN_IN_BUST - {"stand", "talk"}):
        state = FigureState(action, beat=0.4, t=2.0, walked=0.4 if action in ("walk", "run") else 0.0)
        moved = sway_of(state)
        changes = bust(action=action, beat=0.6, t=2.0).pixels.tobytes() != still
        assert changes or (moved.forward, moved.down, moved.turn) != (0.0, 0.0, 0.0), action
    assert len(SHOWN_IN_BUST) == len(SHOWN_BY_BEASTS) == 18


def test_light_in_hand_is_named() -> None:
    """Who holds a light in close-up has its flame on the sprite, so that the stage may light it."""
    sprite = bust(action="hold light", beat=0.5, t=1.0)
    x, y = sprite.points["light"]
    assert 0 < x < sprite.pixels.shape[1]
    assert 0 < y < sprite.pixels.shape[0]


def test_an_emotion_passes_over() -> None:
    """Half-way between two emotions the face is neither; at the end it is the second."""
    sad = FigureState("talk", emotion="sad")
    half = bust(emotion="happy", before=sad, passed=0.5).pixels.tobytes()
    assert half != bust(emotion="sad").pixels.tobytes()
    assert half != bust(emotion="happy").pixels.tobytes()
    assert bust(emotion="happy", before=sad, passed=1.0).pixels.tobytes() == bust(emotion="happy").pixels.tobytes()


def test_a_turn_mirrors_the_face() -> None:
    """At the end of a turn the bust is that of one who faces the other way."""
    turned, other = bust(action="turn", beat=1.0), bust(action="turn", beat=0.0, facing=-1)
    assert turned.pixels.shape == other.pixels.shape
    assert np.abs(turned.pixels.astype(int) - other.pixels).mean() < 1.0
