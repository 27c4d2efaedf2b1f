"""What the camera sees of a plate: a window in slight perspective, near parts shifted against far ones.

Places of the canvas are led to places of the plate by 3x3 matrices. Knows one plate at one moment.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from scenes.backend import ClipPlan, Frame
from scenes.backends.pictures.opening import Plate
from scenes.moves import Drift, Move, Window, drift, focus_blur, window

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Matrix: TypeAlias = "NDArray[np.float64]"
"""3x3, from pixels of the canvas to pixels of the plate."""


@dataclass(frozen=True, slots=True)
class Camera:
    """A move over plates on one canvas: `seed` sways the hand, `draft` samples faster."""

    move: Move
    plan: ClipPlan
    seed: int
    draft: bool = False

    def sight(self, plate: Plate, part: float) -> Matrix:
        """Which places of the plate fall on which of the canvas at `part` of the move."""
        return _leaning(self._window(plate, part), drift(self.move, part), plate, self.plan)

    def view(self, plate: Plate, part: float, soon: float, seen: Matrix | None = None) -> Frame:
        """The canvas at `part` of the move; `soon` is the part half a frame later, for the smear of a whip.

        With `seen`, the camera looks from there and not from where the move has led it.
        """
        import cv2
        import numpy as np

        sight = self.sight(plate, part) if seen is None else seen
        left = drift(self.move, part)
        frame = self._ground(plate, sight, left)
        for layer, near in plate.layers:
            frame = _over(frame, self._warped(layer, self._nearer(sight, left, near)))
        soft = focus_blur(self.move, part)
        if soft > 0:
            frame = np.asarray(cv2.GaussianBlur(frame, (0, 0), max(0.3, soft * self.plan.height / 50)), np.uint8)
        if self.move.quick:
            here, there = self._window(plate, part), self._window(plate, soon)
            smear = round(abs((there.x - there.width / 2) - (here.x - here.width / 2)) / here.width * self.plan.width)
            if smear > 1:
                frame = np.asarray(cv2.blur(frame, (smear, 1)), np.uint8)
        return frame

    def whole(self, plate: Plate) -> Matrix:
        """The sight that shows all of a plate, stretched over the canvas: common ground of plates of any size."""
        import numpy as np

        high, wide = plate.picture.shape[:2]
        across, down = wide / self.plan.width, high / self.plan.height
        return np.array([[across, 0, across / 2 - 0.5], [0, down, down / 2 - 0.5], [0, 0, 1.0]])

    def _window(self, plate: Plate, part: float) -> Window:
        high, wide = plate.picture.shape[:2]
        return window(self.move, wide / high, self.plan.width / self.plan.height, plate.focus, part, self.seed)

    def _ground(self, plate: Plate, seen: Matrix, left: Drift) -> Frame:
        """The plate's picture, its near parts shifted."""
        import cv2
        import numpy as np

        if plate.near is None:
            return self._warped(plate.picture, seen)
        size = (self.plan.width, self.plan.height)
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        near = cv2.warpPerspective(plate.near, seen, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
        places = carried(grid(*size), seen)
        centre, across = self._middle(seen)
        shift = (np.array(left.shift) * across).astype(np.float32)
        places -= near[..., None] * (shift + np.float32(left.near) * (places - centre))
        method = cv2.INTER_LINEAR if self.draft else cv2.INTER_CUBIC
        nothing = np.empty(0, np.float32)
        return np.asarray(
            cv2.remap(plate.picture, places, nothing, method, borderMode=cv2.BORDER_REFLECT_101), np.uint8
        )

    def _nearer(self, seen: Matrix, left: Drift, near: float) -> Matrix:
        """The sight of a layer that stands `near` (0..1): shifted and grown as near things are."""
        import numpy as np

        centre, across = self._middle(seen)
        grown = 1 - left.near * near
        move = centre * (1 - grown) - np.array(left.shift) * near * across
        return np.array([[grown, 0, move[0]], [0, grown, move[1]], [0, 0, 1.0]]) @ seen

    def _middle(self, seen: Matrix) -> tuple[NDArray[np.float32], float]:
        """The place of the plate in the canvas's middle, and the canvas's width in the plate's pixels."""
        import numpy as np

        row, right = self.plan.height / 2 - 0.5, self.plan.width - 0.5
        edges = carried(np.array([[[-0.5, row], [right / 2 - 0.25, row], [right, row]]], np.float32), seen)[0]
        return edges[1], float(edges[2, 0] - edges[0, 0])

    def _warped(self, picture: Frame, seen: Matrix) -> Frame:
        import cv2
        import numpy as np

        method = cv2.INTER_LINEAR if self.draft or picture.shape[2] == 4 else cv2.INTER_CUBIC
        size = (self.plan.width, self.plan.height)
        flags = method | cv2.WARP_INVERSE_MAP
        warped = cv2.warpPerspective(picture, seen, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(warped, np.uint8)


def grid(width: int, height: int) -> NDArray[np.float32]:
    """The places of a canvas's pixels, (h, w, 2)."""
    import numpy as np

    return np.stack(np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32)), axis=-1)


def carried(places: NDArray[np.float32], matrix: Matrix) -> NDArray[np.float32]:
    """Places (h, w, 2) led on by a matrix."""
    import cv2
    import numpy as np

    return np.asarray(cv2.perspectiveTransform(places, matrix), np.float32)


def inverse(matrix: Matrix) -> Matrix:
    """The matrix that leads back."""
    import numpy as np

    return np.asarray(np.linalg.inv(matrix), np.float64)


def _leaning(seen: Window, left: Drift, plate: Plate, plan: ClipPlan) -> Matrix:
    """The matrix of a window whose far sides are drawn in by the lean: never beyond the window."""
    import cv2
    import numpy as np

    high, wide = plate.picture.shape[:2]
    across, down = left.lean
    side = {"left": max(across, 0.0), "right": max(-across, 0.0), "top": max(down, 0.0), "foot": max(-down, 0.0)}
    corners = []
    for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        column = seen.x + x * (1 - (side["top"] if y < 0 else side["foot"])) * seen.width / 2
        row = seen.y + y * (1 - (side["left"] if x < 0 else side["right"])) * seen.height / 2
        # Pixel centres lie at half-integers: the window's edge, not its first centre, falls on the canvas's edge.
        corners.append((column * wide - 0.5, row * high - 0.5))
    right, foot = plan.width - 0.5, plan.height - 0.5
    canvas = np.array([(-0.5, -0.5), (right, -0.5), (right, foot), (-0.5, foot)], np.float32)
    return np.asarray(cv2.getPerspectiveTransform(canvas, np.array(corners, np.float32)), np.float64)


def _over(frame: Frame, layer: Frame) -> Frame:
    """An RGB picture with a premultiplied RGBA layer of its size over it."""
    import cv2
    import numpy as np

    behind = cv2.cvtColor(255 - layer[..., 3], cv2.COLOR_GRAY2RGB)
    below = cv2.multiply(frame, behind, scale=1 / 255)
    return np.asarray(cv2.add(below, np.ascontiguousarray(layer[..., :3])), np.uint8)
