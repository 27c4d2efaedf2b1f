"""Where things lie in one frame: horizon, ground line, the height of a person, and the safe area.

Everything painted takes its place and size from here, so that each aspect is composed natively and never cropped.
Knows no colours, no pixels and no people by name.
"""

from __future__ import annotations

from dataclasses import dataclass

from storyboard.safe_area import SafeArea

SHOT_SHARE = {"extreme wide": 0.22, "wide": 0.42, "medium": 0.68, "two-shot": 0.75, "close-up": 0.68}
"""Height of a grown-up in units of the frame, per shot."""

_EYE = {"extreme wide": 0.95, "wide": 0.62, "medium": 0.55, "two-shot": 0.52, "close-up": 0.55}
_PLACES = {"far left": 0.11, "left": 0.29, "center": 0.5, "right": 0.71, "far right": 0.89}
SAFE = 0.05
"""Margin of the title-safe area on each side, as a part of the frame."""
_NARROW = 1.32
"""In a wide shot of a narrow frame a person is as tall as in a frame that is so many times as high as this is wide."""
_AIR = 0.045
"""How much higher than on the ground line a head may come, in heights of a grown person: who stands behind, steps."""


@dataclass(frozen=True, slots=True)
class HeadArea:
    """Margins that heads keep to, as parts of the frame: those of the title-safe area, or more.

    `foot` is for faces only; 0 where nothing lies over the foot of the picture.
    """

    left: float = SAFE
    top: float = SAFE
    right: float = SAFE
    foot: float = 0.0


TITLE_SAFE = HeadArea()
"""The title-safe area."""


def head_area(over: SafeArea) -> HeadArea:
    """The title-safe area less what lies over the picture."""
    return HeadArea(max(SAFE, over.left), max(SAFE, over.top), max(SAFE, over.right), over.bottom)


@dataclass(frozen=True, slots=True)
class Layout:
    """The lines of one frame, in pixels of the canvas.

    `person` is a grown-up's height on the actors' plane (depth 1), `ground` the line of his feet, `horizon` the eye
    level, `heads` where heads may be.
    """

    width: int
    height: int
    shot: str
    unit: float
    person: float
    ground: float
    horizon: float
    heads: HeadArea = TITLE_SAFE

    @property
    def tall(self) -> bool:
        """True where the frame is clearly higher than wide."""
        return self.height > 1.15 * self.width

    @property
    def chin(self) -> float:
        """The lowest y of a face."""
        return self.height * (1.0 - self.heads.foot)

    def ground_at(self, depth: float) -> float:
        """The y of the ground plane at `depth` (1 is the actors' plane, larger is farther)."""
        return self.horizon + (self.ground - self.horizon) / depth

    def person_at(self, depth: float) -> float:
        """The height of a grown-up at `depth`, in pixels."""
        return self.person / depth

    def spot(self, at: str) -> float:
        """The x of a named place, mapped into the title-safe area."""
        share = _PLACES.get(at, 0.5)
        if self.tall:
            share = 0.5 + (share - 0.5) * 0.92
        return self.width * (self.heads.left + (1.0 - (self.heads.left + self.heads.right)) * share)

    def aside(self, side: int) -> float:
        """The x where one who is alone stands: near a third of the frame, left (-1) or right (1)."""
        return self.width * (0.5 + side * (0.07 if self.tall else 0.14))


@dataclass(frozen=True, slots=True)
class Room:
    """What the cast's heads take up at most, in heights of a grown person.

    `tallest` is the top of the highest hat, `widest` the width that a head needs whichever way its owner turns,
    `lowest` the lower edge of the lowest face, above the ground line.
    """

    tallest: float = 1.0
    widest: float = 0.0
    lowest: float = 1.0


def layout_of(width: int, height: int, shot: str, room: Room = Room(), heads: HeadArea = TITLE_SAFE) -> Layout:
    """Compose the frame for a shot; an unknown shot is laid out as wide.

    Where heads that take up `room` would leave the area of `heads`, everybody is drawn smaller; where faces would be
    below it, the ground line rises.
    """
    known = shot if shot in SHOT_SHARE else "wide"
    unit = min(float(height), 1.1 * width)
    person = SHOT_SHARE[known] * (min(float(height), _NARROW * width) if known == "wide" else unit)
    aspect = width / height
    low, high = (0.77, 0.875) if known in ("wide", "extreme wide") else (0.80, 0.965)
    ground = height * (low + (high - low) * min(1.0, max(0.0, (aspect - 0.5625) / (1.5 - 0.5625))))
    if heads.foot and known != "close-up":
        low, top, tallest = (1.0 - heads.foot) * height, heads.top * height, room.tallest + _AIR
        across = (1.0 - (heads.left + heads.right)) * width / max(room.widest, 0.1)
        person = min(person, across, (ground - top) / tallest, (low - top) / (tallest - room.lowest))
        ground = min(ground, low + room.lowest * person)
    person = min(person, (ground - heads.top * height) / (room.tallest + _AIR))
    if room.widest > 0:
        person = min(person, (1.0 - (heads.left + heads.right)) * width / room.widest)
    return Layout(width, height, known, unit, person, ground, ground - _EYE[known] * person, heads)
