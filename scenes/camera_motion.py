"""How the camera itself moved from one picture to the next: shifted, turned and drawn nearer as a whole.

Most of a picture moves with the camera; what goes its own way is weighed down until the rest agrees. Knows two
pictures at a time and no clips.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scenes.backend import Frame

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_ROUNDS = 6
_TEXTURE = 8.0
"""Levels a pixel of slope from which on a place says surely how it moves."""


def glanced(picture: Frame, longer: int) -> Frame:
    """A small copy of an RGB picture, `longer` pixels on its longer side at most."""
    import cv2
    import numpy as np

    height, width = picture.shape[:2]
    factor = min(1.0, longer / max(height, width))
    size = (max(16, round(width * factor)), max(16, round(height * factor)))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)


def camera_motion(grey: Frame, flow: Any, step: int = 6) -> NDArray[np.float64]:
    """Shift across and down in pixels, turn in radians, and growth (natural logarithm), about the picture's middle.

    `flow` (h, w, 2) leads from the picture whose greys (h, w) are given to the next; every `step`-th sample is asked.
    """
    import cv2
    import numpy as np

    height, width = grey.shape
    slope = cv2.magnitude(*(cv2.Sobel(grey, cv2.CV_32F, *way, scale=0.125) for way in ((1, 0), (0, 1))))
    sure = np.clip(cv2.blur(slope, (step, step))[::step, ::step] / _TEXTURE, 0.02, 1.0).astype(np.float64).ravel()
    down, across = np.mgrid[0:height:step, 0:width:step]
    x, y = across.ravel() - (width - 1) / 2, down.ravel() - (height - 1) / 2
    u, v = (flow[::step, ::step, way].astype(np.float64).ravel() for way in (0, 1))
    weight = sure
    fitted = np.zeros(4)
    for _ in range(_ROUNDS):
        fitted = _fitted(x, y, u, v, weight)
        away = np.hypot(*_left(x, y, u, v, fitted))
        scale = max(0.1, 1.5 * float(np.median(away)))
        weight = sure / (1.0 + (away / scale) ** 2) ** 2
    left, top, grown, turned = fitted
    return np.array([left, top, np.arctan2(turned, 1.0 + grown), np.log(np.hypot(1.0 + grown, turned))])


def carried(motion: NDArray[np.float64], width: int, height: int) -> Any:
    """The motion (h, w, 2) of every sample if only the camera moves."""
    import numpy as np

    left, top, angle, growth = motion
    a, b = np.exp(growth) * np.cos(angle) - 1.0, np.exp(growth) * np.sin(angle)
    x = np.arange(width, dtype=np.float32) - (width - 1) / 2
    y = (np.arange(height, dtype=np.float32) - (height - 1) / 2)[:, None]
    return np.stack([left + a * x - b * y, top + b * x + a * y], axis=-1).astype(np.float32)


def _fitted(x: Any, y: Any, u: Any, v: Any, weight: Any) -> Any:
    """Shift, growth and turn (each linear) of motions (u, v) at places (x, y), by weighted least squares."""
    import numpy as np

    total = weight.sum()
    mean_x, mean_y, mean_u, mean_v = ((weight * one).sum() / total for one in (x, y, u, v))
    dx, dy, du, dv = x - mean_x, y - mean_y, u - mean_u, v - mean_v
    spread = (weight * (dx * dx + dy * dy)).sum()
    grown = (weight * (dx * du + dy * dv)).sum() / spread
    turned = (weight * (dx * dv - dy * du)).sum() / spread
    return np.array(
        [mean_u - grown * mean_x + turned * mean_y, mean_v - turned * mean_x - grown * mean_y, grown, turned]
    )


def _left(x: Any, y: Any, u: Any, v: Any, fitted: Any) -> tuple[Any, Any]:
    """What of the motions the fit leaves unexplained."""
    left, top, grown, turned = fitted
    return u - (left + grown * x - turned * y), v - (top + turned * x + grown * y)
