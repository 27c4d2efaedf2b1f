"""The contract of a transition: a pure function of two pictures, how far it has come, and the way the author chose.

Transitions are found by entry point `workprint.transitions` and work on planar 4:2:0 pictures as they are coded, so
that nothing is converted. Knows neither scenes nor files.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias

from projects.plugins import load
from scenes.frames import I420
from storyboard.errors import MissingError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ANY_COLOUR = "#rrggbb"
"""Stands among the options of a transition that takes any colour."""

Planes: TypeAlias = "tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.uint8]]"
"""Views of one picture: luma (h, w) and both chromas (h/2, w/2)."""


@dataclass(frozen=True, slots=True)
class Way:
    """How the author wants a transition to go; the same for all of its frames."""

    option: str = ""
    """One of the transition's `options()`, or a colour as `#rrggbb`."""
    linear: bool = False
    """Whether pictures are mixed in linear light."""
    matte: NDArray[np.float32] | None = None
    """The picture that a matte follows, of the frame's size (h, w): 0 where the new picture shows first, 1 last."""
    softness: float = 0.1
    """How soft the edge of a matte is, 0..1."""
    step: float = 1 / 25
    """The part of the way that one frame covers: what blurs in motion blurs over it."""


class Transition(Protocol):
    """A way from one picture to the next."""

    name: str
    detour: bool
    """Whether the way leads past something that is in neither picture: a colour, a disturbance.

    Only then may it move away from the new picture for a while, or change what both pictures have in common.
    """

    def options(self) -> Sequence[str]:
        """The options it takes, the usual one first; empty where it takes none, `ANY_COLOUR` for colours."""

    def blend(self, tail: I420, head: I420, progress: float, way: Way) -> I420:
        """The picture at `progress` (0 < progress < 1) on the way from `tail` to `head`.

        Both are contiguous (h * 3 / 2, w) uint8 of one size and stay as they are; so is the answer, which may be one
        of them. The same arguments give the same picture, near 0 it is nearly `tail` and near 1 nearly `head`, and
        levels stay within those of limited range.
        """


def transition(name: str) -> Transition:
    """The transition of that name, through the plug-in door."""
    made: Transition = load("workprint.transitions", name)()
    return made


def chosen(kind: Transition, option: str) -> str:
    """The option that a transition is to go by: what the author chose, or the usual one where nothing was.

    Raises MissingError for a choice that the transition does not offer.
    """
    offered = kind.options()
    if not option:
        return offered[0].replace(ANY_COLOUR, "#000000") if offered else ""
    if option in offered or (ANY_COLOUR in offered and option.startswith("#")):
        return option
    choices = f"choose one of: {', '.join(offered)}" if offered else "delete it; there is nothing to choose"
    raise MissingError(f"the transition '{kind.name}' knows no '{option}'", choices)


def planes(picture: I420) -> Planes:
    """Views of the three planes of a contiguous (h * 3 / 2, w) picture."""
    height, width = size_of(picture)
    flat = picture.reshape(-1)
    luma, chroma = height * width, height * width // 4
    return (
        flat[:luma].reshape(height, width),
        flat[luma : luma + chroma].reshape(height // 2, width // 2),
        flat[luma + chroma :].reshape(height // 2, width // 2),
    )


def size_of(picture: I420) -> tuple[int, int]:
    """Height and width in pixels of a coded picture."""
    return picture.shape[0] * 2 // 3, picture.shape[1]


def solid(shape: tuple[int, ...], colour: str) -> I420:
    """A picture of one colour (`#rrggbb`, sRGB) as BT.709 limited range; `shape` is that of the I420 array."""
    import numpy as np

    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    picture = np.empty(shape, np.uint8)
    y, u, v = planes(picture)
    y[:] = round(16 + 219 * luma)
    u[:] = round(128 + 224 * (blue - luma) / 1.8556)
    v[:] = round(128 + 224 * (red - luma) / 1.5748)
    return picture
