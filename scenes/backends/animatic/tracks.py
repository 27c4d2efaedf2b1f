"""The data of acting: the stretches of an actor's time, and one actor through the whole scene.

Pixels of the frame at rest. Data only; who makes it and who reads it is told elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Leg:
    """A stretch of an actor's time: from `start` to `stop` (parts of the scene) he goes from x0 to x1.

    `edge` says whether he comes into the picture or goes out of it; `facing` is 0 where he looks where he goes or,
    standing, where his track looks.
    """

    start: float
    stop: float
    x0: float
    x1: float
    action: str
    edge: Literal["", "in", "out"] = ""
    facing: int = 0

    @property
    def moving(self) -> bool:
        """True where he changes his place."""
        return self.x0 != self.x1


@dataclass(frozen=True, slots=True)
class Track:
    """One actor through the scene.

    `part` is his index in the cast, `height` his own height and `person` a grown person's, in pixels. `stool` is
    what he sits on unless the stage has a seat. `emotions` are the moments (parts of the scene) from which he feels
    something else. `toward` is the part whom he hugs, or -1, `stoops` is True where that one is much smaller. `crown`
    is the height of hat or hair above the ground, `ahead` and `behind` how far the head reaches before and behind the
    ground point, `chin` how far above the ground his face is in whatever he does, in pixels.
    """

    part: int
    who: str
    emotion: str
    height: float
    person: float
    y: float
    spot: float
    facing: int
    legs: tuple[Leg, ...]
    stool: bool = True
    emotions: tuple[tuple[float, str], ...] = ()
    toward: int = -1
    stoops: bool = False
    crown: float = 0.0
    ahead: float = 0.0
    behind: float = 0.0
    chin: float = 0.0
