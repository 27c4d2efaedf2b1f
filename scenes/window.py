"""Which part of a picture is shown: plain data that a backend may hand over and a take's facts carry.

Knows neither how it is chosen nor how it is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Window:
    """The rectangle that is shown of a picture of size `of` (width, height), all in samples.

    Left and top are even, width and height too unless they are the picture's own, so that chroma is cut with luma.
    """

    of: tuple[int, int]
    left: int
    top: int
    width: int
    height: int

    @property
    def is_sound(self) -> bool:
        """Whether it lies inside its picture, at even places."""
        sides = zip((self.left, self.top), (self.width, self.height), self.of, strict=True)
        return all(
            first >= 0 and first % 2 == 0 and 0 < shown <= whole - first and (shown % 2 == 0 or shown == whole)
            for first, shown, whole in sides
        )

    @property
    def is_all(self) -> bool:
        """Whether nothing is cut off."""
        return (self.width, self.height) == self.of

    def told(self) -> dict[str, Any]:
        """The same as plain JSON."""
        return {"of": list(self.of), "at": [self.left, self.top], "size": [self.width, self.height]}


def window_told(told: Any) -> Window:
    """The window that `Window.told` gave as JSON."""
    (wide, high), (left, top), (width, height) = (map(int, told[name]) for name in ("of", "at", "size"))
    return Window((wide, high), left, top, width, height)
