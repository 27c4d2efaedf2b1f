"""Outlines, white on black: fine ones of what is painted, and a few broad strokes round what stands before what."""

from __future__ import annotations

import cv2
import numpy as np

from scenes.backends.animatic.projection import Pixels

_LOW, _HIGH = 60, 150
"""Steps of brightness at which an outline goes on, and begins."""
_STEP = 6
"""Steps of nearness at which a broad stroke begins, in levels."""
_FINE = 14.0 / 512
"""What is finer than this is left out, in shorter sides."""
_BROAD = 5.0 / 512
"""How broad a stroke is, in shorter sides."""


def lines(picture: Pixels, depth: Pixels) -> Pixels:
    """The outlines of a painted picture, and of all that stands before something farther (RGB), one pixel thin."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    # Paper and brush strokes are no outlines.
    calm = cv2.bilateralFilter(grey, 5, 40, 3)
    drawn = cv2.Canny(calm, _LOW, _HIGH, L2gradient=True)
    # A coat may have the colour of what is behind it: its outline is there all the same.
    shapes = cv2.Canny(cv2.medianBlur(cv2.extractChannel(depth, 0), 3), 24, 40, L2gradient=True)
    # Where both see one edge, a pixel apart, it is drawn once.
    near = cv2.dilate(shapes, np.ones((3, 3), np.uint8))
    return np.asarray(cv2.merge([np.where(near > 0, shapes, drawn)] * 3), np.uint8)


def strokes(depth: Pixels) -> Pixels:
    """Broad strokes round all that stands before something farther, from its nearness (RGB, all alike)."""
    # Blades of grass and twigs are no strokes.
    coarse = 2 * round(_FINE * min(depth.shape[:2]) / 2) + 1
    near = cv2.medianBlur(cv2.extractChannel(depth, 0), max(3, coarse))
    core = np.ones((3, 3), np.uint8)
    steps = cv2.subtract(cv2.dilate(near, core), cv2.erode(near, core))
    edges = np.where(steps > _STEP, 255, 0).astype(np.uint8)
    half = max(1, round(_BROAD * min(near.shape) / 2))
    broad = cv2.dilate(edges, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * half + 1, 2 * half + 1)))
    soft = cv2.GaussianBlur(broad, (0, 0), 1.0)
    return np.asarray(cv2.merge([soft] * 3), np.uint8)
