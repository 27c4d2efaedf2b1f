"""The places of a painted figure that a stage may light. Data only."""

from __future__ import annotations

from dataclasses import dataclass

from scenes.backends.animatic.figures.limbs import Point


@dataclass(frozen=True, slots=True)
class Places:
    """Pixels (x, y) of head, mouth, hand and, where one burns, of a flame."""

    head: Point
    mouth: Point
    hand: Point
    light: Point | None
