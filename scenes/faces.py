"""Where faces are in a picture: what a camera move keeps in the frame, and what a crop follows.

YuNet by OpenCV's own inference, from the weights beside this package. Knows one picture at a time, and nobody's name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from scenes.backend import Frame
from storyboard.errors import MissingError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LONGEST = 640
"""Pixels of the longer side at which faces are looked for; those of a 24th of it and larger are found."""

_SURE = 0.8
"""Certainty from which a face counts: what leaves and clouds feign lies under it."""

_MARGIN = 0.12
"""Empty border, in parts of the longer side, without which faces that fill the picture are missed."""


@dataclass(frozen=True, slots=True)
class Face:
    """A face: its middle in parts of the picture's width and height, and its height in parts of the picture's."""

    x: float
    y: float
    size: float


def faces(picture: Frame) -> tuple[Face, ...]:
    """The faces of an RGB picture, the largest first; none where nothing is surely one."""
    import cv2
    import numpy as np

    high, wide = picture.shape[:2]
    factor = min(1.0, _LONGEST / max(high, wide))
    small = cv2.resize(
        picture, (max(16, round(wide * factor)), max(16, round(high * factor))), interpolation=cv2.INTER_AREA
    )
    border = round(_MARGIN * max(small.shape[:2]))
    framed = cv2.copyMakeBorder(small, border, border, border, border, cv2.BORDER_REPLICATE)
    detector = _detector()
    detector.setInputSize((framed.shape[1], framed.shape[0]))
    _, found = detector.detect(np.ascontiguousarray(framed[..., ::-1]))
    if found is None:
        return ()
    boxes = [_face(row, border, (small.shape[1], small.shape[0])) for row in found]
    inside = [face for face in boxes if 0 < face.x < 1 and 0 < face.y < 1]
    return tuple(sorted(inside, key=lambda face: (-face.size, face.x, face.y)))


def focus_on(found: Sequence[Face], room: tuple[float, float] = (1.0, 1.0)) -> tuple[float, float] | None:
    """The point to keep in the frame for the sake of faces, the largest first; None of none.

    It is the middle of the large ones where a window of `room` (parts of the picture's width and height) holds them
    all, else the largest face alone: between two that do not fit, nobody would be seen. Faces under half the height of
    the largest stand in the background and do not count.
    """
    large = [face for face in found if face.size >= 0.5 * found[0].size]
    if not large:
        return None
    columns, rows = [face.x for face in large], [face.y for face in large]
    apart = (max(columns) - min(columns), max(rows) - min(rows))
    # A face needs about its own height beside its middle, in a picture twice as wide as high or narrower.
    if apart[0] > room[0] - large[0].size or apart[1] > room[1] - large[0].size:
        return large[0].x, large[0].y
    return (max(columns) + min(columns)) / 2, (max(rows) + min(rows)) / 2


def faces_identity() -> str:
    """Which detector finds the faces, for fingerprints."""
    return "YuNet 2023mar"


def _face(row: NDArray[np.float32], border: int, size: tuple[int, int]) -> Face:
    left, top, wide, high = (float(value) for value in row[:4])
    return Face((left + wide / 2 - border) / size[0], (top + high / 2 - border) / size[1], high / size[1])


@lru_cache(maxsize=1)
def _detector() -> Any:
    """The detector, read once."""
    from importlib.resources import files

    import cv2
    import numpy as np

    try:
        weights = (files("scenes") / "weights" / "yunet.onnx").read_bytes()
    except FileNotFoundError as error:
        raise MissingError("the weights of the face detector are not there", "install workprint again") from error
    return cv2.FaceDetectorYN.create(
        "onnx", np.frombuffer(weights, np.uint8), np.empty(0, np.uint8), (320, 320), _SURE, 0.3, 200
    )
