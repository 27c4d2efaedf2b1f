"""How much room a look's head takes with hair and hat, in heights of a grown person: what framing needs to know.

A table measured once on painted figures, so that composing a frame paints nothing. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scenes.backends.animatic.asking import asked_of, turns_round
from scenes.backends.animatic.figures.look import Look
from scenes.backends.animatic.layout import Room
from storyboard.film import Scene

LYING = 0.62
"""How far before his spot the head of somebody who has fallen lies, in his own heights."""


@dataclass(frozen=True, slots=True)
class Measure:
    """The top of the head above the ground, and how far it reaches before and behind the ground point."""

    rise: float
    ahead: float
    behind: float


_HATS = {
    "felt": 0.46, "wizard": 1.05, "witch": 1.0, "crown": 0.44, "top hat": 0.63, "beanie": 0.41, "helmet": 0.55,
    "fedora": 0.33, "nurse cap": 0.34,
}  # fmt: skip
"""How far hats rise above the crown, in heads; others rise by `_HAT`."""
_HAT = 0.31
_HAIR = {"curly": 0.27, "spiky": 0.24}
_HAIR_HIGH = 0.12
_BEASTS = {
    "dog": Measure(1.26, 0.95, 0.0), "cat": Measure(1.32, 0.82, 0.0), "wolf": Measure(1.3, 1.05, 0.0),
    "horse": Measure(1.3, 0.86, 0.0), "bird": Measure(1.42, 0.82, 0.2),
}  # fmt: skip
"""The heads of animals in their own heights, however they hold them."""


_STOOPING = {"run": 0.1, "sit": 0.2, "kneel": 0.25, "hug": 0.3}
"""How much lower the face is held in an act than upright, in own heights; in others by `_BREATH`."""
_BREATH = 0.08
_LEANING, _LEANING_BACK, _SEATED = 0.15, 0.1, 0.2
"""How far the middle of a head comes before the ground point, behind it, and behind it on a seat, in own heights."""
_MUZZLE = 0.35
"""How far above the ground an animal's muzzle is, in own heights."""
_BEFORE = 0.08
"""How much nearer than on the ground line somebody stands at most, in heights of a grown person."""


def measure_of(look: Look) -> Measure:
    """What the head of a look takes up, with a little air for breathing and stepping."""
    beast = _BEASTS.get(look.kind)
    if beast is not None:
        return Measure(beast.rise * look.stature, beast.ahead * look.stature, beast.behind * look.stature)
    head = look.stature * look.head
    over = max(_HATS.get(look.hat, _HAT) if look.hat else 0.0, _HAIR.get(look.hair_style, _HAIR_HIGH))
    return Measure(look.stature * 1.01 + head * over, 0.9 * head, 0.9 * head)


def room_of(scene: Scene, looks: Sequence[Look]) -> Room:
    """What the heads of a scene's cast take up at most, whatever they do in it."""
    sizes = [measure_of(look) for look in looks]
    widest = max((2.0 * max(size.ahead, size.behind) for size in sizes), default=0.0)
    for asked, look in zip(asked_of(scene), looks, strict=True):
        if "fall" in asked:
            lying = LYING * look.stature
            widest = max(widest, 2.0 * lying if turns_round(asked) else lying + 0.12)
    chins = [chin_of(look, acts) for look, acts in zip(looks, asked_of(scene), strict=True)]
    return Room(max((size.rise for size in sizes), default=1.0), widest, min(chins, default=1.0) - _BEFORE)


def leaning(look: Look, acts: Sequence[str]) -> Measure:
    """What the head of a look takes up who leans to and fro in these `acts`, as people do who feel something."""
    size = measure_of(look)
    if look.kind in _BEASTS:
        return size
    half, back = 0.5 * look.head, _SEATED if "sit" in acts else _LEANING_BACK
    ahead, behind = (look.stature * (far + half) for far in (_LEANING, back))
    return Measure(size.rise, max(size.ahead, ahead), max(size.behind, behind))


def chin_of(look: Look, acts: Sequence[str]) -> float:
    """How far above the ground the face of a look ends who does these `acts`, in heights of a grown person."""
    if "fall" in acts:
        return 0.0
    if look.kind in _BEASTS:
        return _MUZZLE * look.stature
    return look.stature * (1.0 - look.head - max((_STOOPING.get(act, _BREATH) for act in acts), default=_BREATH))
