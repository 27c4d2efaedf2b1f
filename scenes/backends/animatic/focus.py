"""Rack focus: on which depth the lens is sharp at a moment, and how soft everything else becomes.

Blur grows with the difference of the reciprocal depths, as in a lens. Knows no sheets and no actors.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from scenes.backends.animatic.camera import ease
from scenes.backends.animatic.layout import Layout
from storyboard.film import Scene

Pixels = NDArray[np.uint8]
NEAR, FAR = 1.0, 14.0
"""The depths of the actors and of what lies behind them."""
_SPAN = (0.3, 0.68)
"""When the focus goes over, in parts of the scene."""
_REACH = 0.0095
"""Sigma of the full blur, in units of the layout."""
_NEAR_WORDS = r"foreground|close[- ]up|face|передн\w+ план\w*|крупн\w+ план\w*|лиц[оауе]м?"
_FAR_WORDS = r"background|distan\w+|horizon|far away|behind|задн\w+ план\w*|фон\w*|вдал[иь]|дал[иь]|горизонт\w*"


@dataclass(frozen=True, slots=True)
class FocusPath:
    """From the depth that is sharp at first to the one that is sharp at last; `strength` 0 keeps all sharp."""

    first: float = NEAR
    last: float = NEAR
    strength: float = 0.0


def focus_of(scene: Scene) -> FocusPath:
    """The focus of a scene: without a rack all is sharp; else from far to near, or back where the words say so."""
    if scene.camera != "rack focus":
        return FocusPath()
    moments = scene.moments
    text = " . ".join((scene.prompt, moments.start, moments.middle, moments.end)).casefold()
    people = [word for part in scene.cast for word in (part.character.name, part.character.role_text) if word]
    near = _first(text, [_NEAR_WORDS, *(re.escape(word.casefold()) for word in people)])
    far = _first(text, [_FAR_WORDS, *([re.escape(scene.place.casefold())] if scene.place else [])])
    if 0 <= near < far:
        return FocusPath(NEAR, FAR, 1.0)
    return FocusPath(FAR, NEAR, 1.0)


def _first(text: str, patterns: Sequence[str]) -> int:
    """Where the first of the words stands, or -1."""
    found = re.search(r"\b(?:" + "|".join(patterns) + r")\b", text)
    return found.start() if found else -1


def blur_at(path: FocusPath, depth: float, beat: float) -> float:
    """How soft a depth is at `beat` (0..1 of the scene): 0 is sharp, about 1 as soft as can be."""
    share = ease((beat - _SPAN[0]) / (_SPAN[1] - _SPAN[0]))
    sharp = (1.0 - share) / path.first + share / path.last
    return path.strength * abs(1.0 / depth - sharp)


def softened(pixels: Pixels, blur: float, layout: Layout) -> Pixels:
    """Premultiplied pixels out of focus by `blur`; the same array where that is none."""
    sigma = blur * _REACH * layout.unit
    if sigma < 0.25:
        return pixels
    height, width = pixels.shape[:2]
    # wide blurs are made small, narrow ones by mixing, since both are several times faster than a blur in full size
    wide = max(sigma, 2.4)
    small = cv2.resize(pixels, (max(1, width // 4), max(1, height // 4)), interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (0, 0), max(0.4, wide / 4), borderType=cv2.BORDER_REPLICATE)
    soft = cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR)
    if sigma < wide:
        soft = cv2.addWeighted(pixels, 1.0 - sigma / wide, soft, sigma / wide, 0.0)
    return np.asarray(soft, np.uint8)
