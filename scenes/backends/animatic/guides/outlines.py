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
_SHORT = 40.0 / 512
"""How far an edge of the scenery reaches to become a stroke, in shorter sides."""
_APART = 40
"""Steps at which people are told from one another and from the rest, in levels."""
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


def strokes(near: Pixels, people: Pixels) -> Pixels:
    """Broad strokes round people and round what stands before something farther.

    `near` is how near all is and `people` where they are seen, height x width; gives RGB.
    """
    side = min(near.shape)
    half = max(1, round(_BROAD * side / 2))
    # Blades of grass and twigs are no strokes, but fingers and canes are told by.
    coarse = cv2.medianBlur(near, max(3, 2 * round(_FINE * side / 2) + 1))
    scenery = np.where(_steps(np.asarray(coarse, np.uint8)) > _STEP, 255, 0).astype(np.uint8)
    outlines = np.where(_steps(np.asarray(cv2.medianBlur(people, 3), np.uint8)) > _APART, 255, 0).astype(np.uint8)
    # Round people there is nothing else, so that they stay clear of one another and of what is behind them.
    about = cv2.dilate(np.where(people > _APART, 255, 0).astype(np.uint8), _disc(3 * half))
    scenery = _long(np.where(about > 0, np.uint8(0), scenery), _SHORT * side)
    soft = cv2.GaussianBlur(cv2.dilate(cv2.max(scenery, outlines), _disc(half)), (0, 0), 1.0)
    return np.asarray(cv2.merge([soft] * 3), np.uint8)


def _steps(levels: Pixels) -> Pixels:
    core = np.ones((3, 3), np.uint8)
    return np.asarray(cv2.subtract(cv2.dilate(levels, core), cv2.erode(levels, core)), np.uint8)


def _disc(half: int) -> Pixels:
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * half + 1, 2 * half + 1)), np.uint8)


def _long(edges: Pixels, least: float) -> Pixels:
    """Only the edges that reach as far as `least` pixels in some direction."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(edges, connectivity=8)
    reach = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    kept = reach >= least
    kept[0] = False
    return np.where(kept[labels], 255, 0).astype(np.uint8)
