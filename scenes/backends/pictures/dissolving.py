"""One picture into the next: a dissolve along the motion between them, or a plain one where no motion leads across.

The motion is looked for once, between both pictures whole, and led through the camera's window, so that it does not
flicker. It is no morph: what has no counterpart in the other picture ghosts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from scenes.backend import Frame
from scenes.backends.pictures.camera import Matrix, carried, grid, inverse
from scenes.flow import Field, both

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Trust: TypeAlias = "NDArray[np.bool_]"
"""(h, w), true where both ways of a motion agree."""

_SHARE = 0.5
"""Part of the size at which motion is looked for."""

_AGREEING = 0.5
"""Part of the picture in which both ways of the motion must agree; strange pictures reach a tenth."""

_ALIKE = 0.8
"""Correlation of the greys that the motion must bring about where it is trusted."""

_TOLERANCE = 0.004
"""Parts of the width within which both ways agree."""


@dataclass(frozen=True, slots=True)
class Bridge:
    """The motion from one whole picture to another and back, both stretched over the canvas."""

    flows: tuple[Field, Field]

    def at(self, first: Frame, second: Frame, seen: Matrix, part: float) -> Frame:
        """The picture at `part` (0 first, 1 second) of the way between two views through the same window.

        `seen` leads from the canvas to the whole picture stretched over it. The motion is calm where it is not
        believed, so that a plain mixture of what was moved is enough, and no weights tear it.
        """
        import numpy as np

        there, back = (_led(field, seen) for field in self.flows)
        return plain(_shown(first, there * np.float32(-part)), _shown(second, back * np.float32(part - 1)), part)


def bridge(first: Frame, second: Frame) -> Bridge | None:
    """The motion between two pictures; None where both ways of it disagree, or where it brings unlike things together.

    Light and colour do not matter: the same place at noon and at dusk is one place.
    """
    forward, back = both(first, _toned(second, first), _SHARE)
    width = first.shape[1]
    faults = [_fault(*pair) for pair in ((forward, back), (back, forward))]
    trusted = faults[0] < _TOLERANCE * width
    agreeing = min(float(trusted.mean()), float((faults[1] < _TOLERANCE * width).mean()))
    if agreeing < _AGREEING or _likeness(first, _shown(second, forward), trusted) < _ALIKE:
        return None
    calmed = [_calmed(field, fault, width) for field, fault in zip((forward, back), faults, strict=True)]
    return Bridge((calmed[0], calmed[1]))


def glide(first: Matrix, second: Matrix, part: float) -> Matrix:
    """The window at `part` of the way from one camera's to the other's."""
    glided: Matrix = (1 - part) * first / first[2, 2] + part * second / second[2, 2]
    return glided


def plain(first: Frame, second: Frame, part: float) -> Frame:
    """The mixture of two views."""
    import cv2
    import numpy as np

    return np.asarray(cv2.addWeighted(first, 1 - part, second, part, 0), np.uint8)


def _led(field: Field, seen: Matrix) -> Field:
    """A motion of the whole picture as it is in the window."""
    import cv2
    import numpy as np

    height, width = field.shape[:2]
    places = grid(width, height)
    whole = carried(places, seen)
    nothing = np.empty(0, np.float32)
    moved = whole + cv2.remap(field, whole, nothing, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return carried(np.ascontiguousarray(moved), inverse(seen)) - places


def _toned(picture: Frame, like: Frame) -> Frame:
    """A picture with the lightness and contrast of another in each colour."""
    import numpy as np

    tones = picture.reshape(-1, 3).astype(np.float32)
    model = like.reshape(-1, 3).astype(np.float32)
    contrast = model.std(axis=0) / np.maximum(tones.std(axis=0), 1.0)
    toned = (tones - tones.mean(axis=0)) * contrast + model.mean(axis=0)
    return np.asarray(np.clip(toned, 0, 255), np.uint8).reshape(picture.shape)


def _likeness(first: Frame, second: Frame, where: Trust) -> float:
    """The correlation (-1..1) of two pictures' greys in a part of them; 0 where a picture is even."""
    import cv2
    import numpy as np

    greys = [cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)[where].astype(np.float64) for picture in (first, second)]
    if min(float(grey.std()) for grey in greys) < 1.0:
        return 0.0
    return float(np.corrcoef(greys[0], greys[1])[0, 1])


def _fault(field: Field, other: Field) -> Field:
    """By how many pixels a motion and its way back miss each other, at each place."""
    import cv2
    import numpy as np

    height, width = field.shape[:2]
    nothing = np.empty(0, np.float32)
    back = cv2.remap(other, grid(width, height) + field, nothing, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(np.linalg.norm(field + back, axis=2), np.float32)


def _shown(picture: Frame, field: Field) -> Frame:
    """A picture as it looks from where the motion starts."""
    import cv2
    import numpy as np

    height, width = picture.shape[:2]
    nothing = np.empty(0, np.float32)
    places = grid(width, height) + field
    return np.asarray(cv2.remap(picture, places, nothing, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.uint8)


def _calmed(field: Field, fault: Field, width: int) -> Field:
    """The motion without what nothing confirms: there, the pictures dissolve in place."""
    import cv2
    import numpy as np

    trust = np.exp(-np.square(fault / np.float32(_TOLERANCE * width)))
    soft = cv2.GaussianBlur(trust, (0, 0), max(1.0, 0.012 * width))
    return np.asarray(field * soft[..., None], np.float32)
