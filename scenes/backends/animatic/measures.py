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
    return Room(max((size.rise for size in sizes), default=1.0), widest)
