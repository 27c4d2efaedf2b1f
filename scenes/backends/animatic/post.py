"""The finished frame: bloom, vignette, grade, grain. One table of the style decides; the grain comes from the seed.

Takes composited BGRA, gives RGB. Knows nothing of what is in the picture.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from scenes.backends.animatic.layout import Layout
from scenes.backends.animatic.styles.tables import Style

Pixels = NDArray[np.uint8]
_SPAN = 96


class Darkroom:
    """What is worked out once per clip for the finishing of its frames."""

    def __init__(self, style: Style, layout: Layout, seed: int, draft: bool) -> None:
        """Prepare vignette, curve and grain; a draft gets no grain."""
        self.style, self.layout, self.seed = style, layout, seed
        w, h = layout.width, layout.height
        y, x = np.mgrid[0:h, 0:w].astype(np.float32)
        d = ((x - w / 2) / (0.64 * w)) ** 2 + ((y - h * 0.52) / (0.72 * h)) ** 2
        dark = 1 - style.vignette * np.clip(d, 0, 1.7) ** 1.35 / 1.7
        # a little noise before rounding keeps the soft falloff from banding
        rng = np.random.default_rng([seed, 11])
        dark = np.clip(dark * 255 + rng.uniform(-0.5, 0.5, dark.shape), 0, 255)
        self.vignette = cv2.merge([dark.astype(np.uint8)] * 3)
        self.curve = _curve(style)
        grain = cv2.GaussianBlur(rng.standard_normal((h + _SPAN, w + _SPAN)).astype(np.float32), (0, 0), 0.65)
        grain = np.asarray(grain, np.float32)
        grain = grain * np.float32(max(1.1, style.grain) * 0.5 / float(grain.std()))
        self.brighter = cv2.merge([np.clip(grain + 0.5, 0, 64).astype(np.uint8)] * 3)
        self.darker = cv2.merge([np.clip(0.5 - grain, 0, 64).astype(np.uint8)] * 3)
        self.grainy = not draft

    def finish(self, frame: Pixels, index: int) -> Pixels:
        """The frame at `index` as RGB uint8, contiguous."""
        picture: Pixels = np.asarray(cv2.cvtColor(frame, cv2.COLOR_BGRA2BGR), np.uint8)
        if self.style.bloom:
            picture = self._bloomed(picture)
        picture = np.asarray(cv2.LUT(cv2.multiply(picture, self.vignette, scale=1 / 255.0), self.curve), np.uint8)
        if self.style.mono:
            picture = _drained(picture)
        if self.grainy:
            dx, dy = np.random.default_rng([self.seed, 17, index]).integers(0, _SPAN, 2)
            area = np.s_[dy : dy + self.layout.height, dx : dx + self.layout.width]
            picture = np.asarray(cv2.subtract(cv2.add(picture, self.brighter[area]), self.darker[area]), np.uint8)
        return np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB))

    def _bloomed(self, picture: Pixels) -> Pixels:
        w, h = self.layout.width, self.layout.height
        start = self.style.bloom_from
        # halving thrice is several times faster than one step to an eighth
        small = picture
        for _ in range(3):
            small = np.asarray(
                cv2.resize(
                    small, (max(1, small.shape[1] // 2), max(1, small.shape[0] // 2)), interpolation=cv2.INTER_AREA
                ),
                np.uint8,
            )
        bright = cv2.subtract(small, np.full_like(small, start))
        near = cv2.GaussianBlur(bright, (0, 0), 0.0028 * self.layout.unit + 0.5)
        tiny = cv2.resize(bright, (max(1, w // 32), max(1, h // 32)), interpolation=cv2.INTER_AREA)
        far = cv2.GaussianBlur(tiny, (0, 0), 0.0035 * self.layout.unit + 0.5)
        far = cv2.resize(far, (bright.shape[1], bright.shape[0]), interpolation=cv2.INTER_LINEAR)
        light = cv2.resize(
            cv2.addWeighted(near, self.style.bloom, far, self.style.bloom * 2.0, 0),
            (w, h),
            interpolation=cv2.INTER_LINEAR,
        )
        return np.asarray(cv2.add(picture, cv2.subtract(light, cv2.multiply(picture, light, scale=1 / 255.0))))


def _curve(style: Style) -> Pixels:
    x = np.linspace(0, 1, 256)
    table = np.zeros((1, 256, 3), np.uint8)
    for k in range(3):
        y = style.floor[k] + (style.gain[k] - style.floor[k]) * x
        y = np.clip(y, 0, 1)
        y = y + style.contrast * 0.55 * (y * y * (3 - 2 * y) - y)
        table[0, :, 2 - k] = np.clip(y * 255 + 0.5, 0, 255).astype(np.uint8)
    return table


def _drained(picture: Pixels) -> Pixels:
    """Black and white, but deep reds stay."""
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    blue, green, red = cv2.split(picture)
    keep = cv2.subtract(red, cv2.max(blue, green))
    keep = cv2.LUT(keep, np.clip((np.arange(256) - 46) * 7, 0, 255).astype(np.uint8))
    mask = cv2.merge((keep, keep, keep))
    silver = cv2.merge((grey, grey, grey))
    return np.asarray(
        cv2.add(
            cv2.multiply(picture, mask, scale=1 / 255.0), cv2.multiply(silver, cv2.bitwise_not(mask), scale=1 / 255.0)
        )
    )
