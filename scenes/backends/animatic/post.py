"""The finished frame: bloom, vignette, grade, grain. One table of the style decides; the grain comes from the seed.

Takes composited BGRA, gives RGB. Knows nothing of what is in the picture.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from scenes.backends.animatic.figure import Colour
from scenes.backends.animatic.layout import Layout
from scenes.backends.animatic.styles.tables import Style

Pixels = NDArray[np.uint8]
_SPAN = 96
_COLUMNS = 10
"""Into how many columns a picture is parted where reds are looked for."""
_KEPT = np.clip((np.arange(256) - 7) * 9, 0, 255).astype(np.uint8)
"""How much of its colour a pixel keeps in black and white, by how far its red is above one and a half of the rest."""


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
        noise = rng.uniform(-0.5, 0.5, dark.shape)
        # the gain of each channel goes into the vignette, which has to be multiplied anyway
        gains = [gain - low for gain, low in zip(style.gain, style.floor, strict=True)]
        self.most = max(gains)
        shades = [np.clip(dark * 255 * (gain / self.most) + noise, 0, 255).astype(np.uint8) for gain in gains]
        self.vignette = cv2.merge(shades)
        low = [round(255 * part) for part in style.floor]
        self.floor = np.full((h, w, 3), low, np.uint8) if any(low) else None
        self.curve = _curve(style)
        self.grainy = not draft
        if self.grainy:
            grain = cv2.GaussianBlur(rng.standard_normal((h + _SPAN, w + _SPAN)).astype(np.float32), (0, 0), 0.65)
            grain = np.asarray(grain, np.float32)
            grain = grain * np.float32(max(1.1, style.grain) * 0.5 / float(grain.std()))
            self.brighter = cv2.merge([np.clip(grain + 0.5, 0, 64).astype(np.uint8)] * 3)
            self.darker = cv2.merge([np.clip(0.5 - grain, 0, 64).astype(np.uint8)] * 3)

    def finish(self, frame: Pixels, index: int, gain: Colour = (1.0, 1.0, 1.0)) -> Pixels:
        """The frame at `index` as RGB uint8, contiguous; `gain` is what the light has become since it was painted."""
        picture: Pixels = np.asarray(cv2.cvtColor(frame, cv2.COLOR_BGRA2RGB), np.uint8)
        if self.style.bloom:
            picture = self._bloomed(picture)
        picture = np.asarray(cv2.multiply(picture, self.vignette, scale=self.most / 255.0), np.uint8)
        if self.floor is not None:
            cv2.add(picture, self.floor, picture)
        if self.grainy:
            # before the curve, whose toe keeps it out of the blacks as film does
            dx, dy = np.random.default_rng([self.seed, 17, index]).integers(0, _SPAN, 2)
            area = np.s_[dy : dy + self.layout.height, dx : dx + self.layout.width]
            cv2.add(picture, self.brighter[area], picture)
            cv2.subtract(picture, self.darker[area], picture)
        curve = self.curve if gain == (1.0, 1.0, 1.0) else _turned(self.curve, gain)
        picture = np.asarray(cv2.LUT(picture, curve), np.uint8)
        return _drained(picture) if self.style.mono else picture

    def _bloomed(self, picture: Pixels) -> Pixels:
        w, h = self.layout.width, self.layout.height
        # halving thrice is several times faster than one step to an eighth
        half = _halved(picture)
        small = _halved(_halved(half))
        bright = cv2.subtract(small, np.full_like(small, self.style.bloom_from))
        near = cv2.GaussianBlur(bright, (0, 0), 0.0028 * self.layout.unit + 0.5)
        tiny = cv2.resize(bright, (max(1, w // 32), max(1, h // 32)), interpolation=cv2.INTER_AREA)
        far = cv2.GaussianBlur(tiny, (0, 0), 0.0035 * self.layout.unit + 0.5)
        far = cv2.resize(far, (bright.shape[1], bright.shape[0]), interpolation=cv2.INTER_LINEAR)
        light = cv2.addWeighted(near, self.style.bloom, far, self.style.bloom * 2.0, 0)
        # the light is soft, so that how much room is left for it need not be known to the pixel
        light = cv2.resize(light, (half.shape[1], half.shape[0]), interpolation=cv2.INTER_LINEAR)
        light = cv2.multiply(light, cv2.bitwise_not(half), scale=1 / 255.0)
        light = cv2.resize(light, (w, h), interpolation=cv2.INTER_LINEAR)
        return np.asarray(cv2.add(picture, light, picture), np.uint8)


def _halved(picture: Pixels) -> Pixels:
    size = max(1, picture.shape[1] // 2), max(1, picture.shape[0] // 2)
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)


def _curve(style: Style) -> Pixels:
    y = np.linspace(0, 1, 256)
    y = y + style.contrast * 0.55 * (y * y * (3 - 2 * y) - y)
    return np.clip(y * 255 + 0.5, 0, 255).astype(np.uint8).reshape(1, 256)


def _turned(curve: Pixels, gain: Colour) -> Pixels:
    """The curve behind a gain of each channel."""
    levels = np.outer(np.arange(256), gain).clip(0, 255)
    return np.asarray(curve[0][np.rint(levels).astype(np.intp)][None], np.uint8)


def _drained(picture: Pixels) -> Pixels:
    """Black and white, but deep reds stay."""
    out = np.asarray(cv2.cvtColor(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB), np.uint8)
    # a look at every second pixel says where there is any red at all
    found = _red(picture[::2, ::2])
    step = max(1, -(-found.shape[1] // _COLUMNS))
    for left in range(0, found.shape[1], step):
        x, y, width, height = (2 * part for part in cv2.boundingRect(found[:, left : left + step]))
        if width:
            x0 = 2 * left + (x - 2 if x else 0)
            area = np.s_[max(0, y - 2) : y + height + 2, max(0, x0) : 2 * left + min(x + width + 2, 2 * step)]
            keep = _red(picture[area])
            mask = cv2.merge((keep, keep, keep))
            kept = cv2.multiply(picture[area], mask, scale=1 / 255.0)
            silver = cv2.multiply(out[area], cv2.bitwise_not(mask), scale=1 / 255.0)
            out[area] = cv2.add(kept, silver)
    return out


def _red(picture: Pixels) -> Pixels:
    """How much of its colour each pixel keeps, 0..255."""
    red, green, blue = cv2.split(picture)
    return np.asarray(cv2.LUT(cv2.addWeighted(red, 1.0, cv2.max(blue, green), -1.5, 0.0), _KEPT), np.uint8)
