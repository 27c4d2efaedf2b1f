"""What a clip can say about its sound: where feet land in it.

Only data goes through here; what a step sounds like is the business of those who make sounds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from projects.plugins import load

if TYPE_CHECKING:
    from scenes.backend import ClipRequest


@dataclass(frozen=True, slots=True)
class Footfall:
    """One foot that lands.

    `seconds` count from the clip's first frame. `strength` is 1 for a grown person who walks, more for one who runs,
    less for a child or a soft last step. `place` is where it is in the picture, -1 (left edge) to 1. `surface` is the
    ground: earth, grass, gravel, sand, snow, stone, street or wood.
    """

    who: str
    seconds: float
    strength: float
    surface: str
    place: float = 0.0


@runtime_checkable
class TellsFootfalls(Protocol):
    """A clip backend that knows beforehand where feet will land in what it makes."""

    def footfalls(self, request: ClipRequest) -> tuple[Footfall, ...]:
        """The steps of everybody in the clip, in order; makes no picture and reads no file."""


def footfalls(backend: str, request: ClipRequest) -> tuple[Footfall, ...] | None:
    """Where feet land in the clip that a backend would make of a request; None where it cannot tell.

    Asks for no more than a fraction of a second, and the same request gives the same steps.
    """
    maker = load("workprint.clips", backend)()
    return maker.footfalls(request) if isinstance(maker, TellsFootfalls) else None
