"""A flight over open land: a field of heights built once, and seen anew from the air in every frame.

Rays go out column by column through slices of depth; what rises above all that lies before it is seen. Heights and
colours repeat without a seam, so no flight comes to an end. Knows no style: colours come mixed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from scenes.backends.animatic.camera import ease
from scenes.backends.animatic.compositor import over
from scenes.backends.animatic.noise import tiled
from scenes.backends.animatic.places.setting import Land
from scenes.backends.animatic.scheme import Scheme
from scenes.backends.animatic.stage import Stage

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float32]

SIZE = 1024
"""The side of the land, in its own units; there it begins again."""
_NEAR, _FAR, _SLICES = 7.0, 620.0, 112
_ACROSS = 1.15
"""How wide the view is: the frame's width at a distance of 1."""
_SPEED = 13.0
"""Units a second, on the way."""
_SHARE = 0.45
"""The part of the frame's size at which the land is seen; a draft takes half of it again."""
_SKY = {False: 0.36, True: 0.30}
"""Where the horizon lies, as a part of the height: in a broad frame, in a tall one."""
_MIST = 1.3
"""How much more the air takes at the bottom of a valley."""
_LANES = 48
"""From how many ways over the land the lowest is chosen."""
_EYE = 0.52
"""How high one flies at least, as a part of the relief: peaks stand against the sky, valleys lie below."""
_TURN = 0.10
"""How far the flight swings to the sides, as a slope."""


@dataclass(frozen=True, slots=True)
class Terrain:
    """The land: `heights` in units (SIZE x SIZE), `colours` of its ground.

    Colours are lit; SIZE x SIZE x 4, BGR and how low it lies, 255 at the bottom to 0 at the top.
    """

    heights: Floats
    colours: Pixels


class Flight:
    """The flight of one clip."""

    def __init__(self, stage: Stage, scheme: Scheme, land: Land) -> None:
        """Build the land and choose a way over it."""
        layout = stage.layout
        self.stage, self.scheme = stage, scheme
        self.terrain = terrain_of(land, scheme, stage.seed)
        share = _SHARE * (0.6 if stage.draft else 1.0)
        self.size = (max(2, round(layout.width * share)), max(2, round(layout.height * share)))
        self.horizon = _SKY[layout.tall] * self.size[1]
        self.depths = np.geomspace(_NEAR, _FAR, _SLICES).astype(np.float32)
        columns = (np.arange(self.size[0], dtype=np.float32) + 0.5) / self.size[0] - 0.5
        self.slopes = columns * _ACROSS * min(1.0, layout.width / layout.height)
        self.scale = self.size[0] / (_ACROSS * min(1.0, layout.width / layout.height))
        self.air, self.mist, self.haze = _air_of(stage, scheme, land)
        self.lane = 0.0
        self.lane = min((k * SIZE / _LANES for k in range(_LANES)), key=self._mean_height)
        self.altitude = self._altitudes(land)

    def _mean_height(self, lane: float) -> float:
        """How high the land is on the way and before its end, were the flight to begin at `lane`."""
        self.lane = lane
        points = np.array([self._way(k / 40) for k in range(61)], np.float32)
        return float(self._heights_at(points[None, :, 0], points[None, :, 1]).mean())

    def _way(self, share: float) -> tuple[float, float]:
        """Where the flight is, in units, when `share` (0..1) of its length is behind it."""
        along = share * _SPEED * self.stage.seconds
        return self.lane + 6.0 * float(np.sin(along / 24.0)), along

    def _altitudes(self, land: Land) -> Floats:
        """A smooth line of heights for the camera, well above what lies below it and before it."""
        along, across = np.meshgrid(np.arange(-6.0, 30.0, 1.5), np.arange(-6.0, 7.0, 3.0))
        lows = []
        for k in range(65):
            x, y = self._way(k / 64)
            below = self._heights_at((x + across).astype(np.float32), (y + along).astype(np.float32))
            lows.append(float(below.max()))
        highest = cv2.dilate(np.array([lows], np.float32), np.ones((1, 17)))
        smooth = cv2.GaussianBlur(highest, (0, 0), 6.0, borderType=cv2.BORDER_REPLICATE)[0]
        return np.asarray(np.maximum(smooth + land.clearance, _EYE * land.relief), np.float32)

    def _heights_at(self, x: Floats, y: Floats) -> Floats:
        return np.asarray(
            cv2.remap(self.terrain.heights, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP),
            np.float32,
        )

    def lay(self, frame: Pixels, beat: float) -> None:
        """Lay the land as it is seen at `beat` (0..1 of the scene) over the sky on a BGRA frame."""
        share = ease(beat)
        x, y = self._way(share)
        y %= SIZE
        ahead_x, ahead_y = self._way(min(1.0, share + 0.02) if share < 0.99 else share)
        turn = _TURN * float(np.clip((ahead_x - x) / max(0.1, ahead_y % SIZE - y), -1.0, 1.0))
        eye = float(np.interp(share, np.linspace(0, 1, len(self.altitude)), self.altitude))
        slopes = np.asarray(self.slopes + turn, np.float32)
        across = np.asarray(x + self.depths[:, None] * slopes[None, :], np.float32)
        along = np.repeat(np.asarray(y + self.depths[:, None], np.float32), len(slopes), axis=1)
        heights = self._heights_at(across, along)
        rows = self.horizon + (eye - heights) * (self.scale / self.depths)[:, None]
        crests = np.minimum.accumulate(rows, axis=0)
        index, part = _seen(crests, self.size[1])
        picture = self._coloured(index, part, x, y, slopes)
        size = frame.shape[1], frame.shape[0]
        over(frame, np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_LINEAR), np.uint8))

    def _coloured(self, index: NDArray[np.intp], part: Floats, x: float, y: float, slopes: Floats) -> Pixels:
        """The ground at every pixel, in the air between: premultiplied BGRA."""
        slice_ = np.maximum(index - 1, 0).astype(np.float32) + part
        depth = _NEAR * np.exp(slice_ * np.float32(np.log(_FAR / _NEAR) / (_SLICES - 1)))
        ground = cv2.remap(
            self.terrain.colours, x + depth * slopes[None, :], y + depth, cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP
        )
        at = np.asarray(cv2.convertScaleAbs(slice_, alpha=255.0 / (_SLICES - 1)), np.uint8)
        low = cv2.extractChannel(ground, 3)
        # mist gathers in the valleys
        air = cv2.add(cv2.LUT(at, self.air), cv2.multiply(cv2.LUT(at, self.mist), low, scale=1 / 255.0))
        clear = cv2.bitwise_not(air)
        cv2.multiply(ground, cv2.merge((clear, clear, clear, clear)), ground, 1 / 255.0)
        cv2.add(ground, cv2.LUT(cv2.merge((air, air, air, air)), self.haze), ground)
        seen = (index < _SLICES).astype(np.uint8) * np.uint8(255)
        cv2.insertChannel(seen, ground, 3)
        return np.asarray(cv2.bitwise_and(ground, ground, mask=seen), np.uint8)


def _air_of(stage: Stage, scheme: Scheme, land: Land) -> tuple[Pixels, Pixels, Pixels]:
    """Tables of 256: what the air takes from the nearest slice to the farthest, how much more in valleys, its colour.

    The last is 1 x 256 x 4, BGR times what the air takes.
    """
    depths = np.geomspace(_NEAR, _FAR, 256)
    thick = 1.0 - np.exp(-np.power(depths / (0.66 * _FAR * (1.0 - 0.75 * scheme.weather.haze)), 1.35))
    air = np.minimum(0.97, 0.05 + 0.95 * thick * min(1.25, max(0.8, scheme.style.air)))
    mist = np.minimum(air * (1.0 - air) * _MIST, 1.0 - air)
    # where there is no air, what is far only lies in a dimmer light
    haze = scheme.tone(land.low, lighten=-0.45) if stage.airless else scheme.haze
    share = np.arange(256)[None, :, None] / 255.0
    colour = share * np.array((*_bgr(haze), 0.0))
    return (
        np.rint(255.0 * air).astype(np.uint8),
        np.rint(255.0 * mist).astype(np.uint8),
        np.rint(colour).astype(np.uint8),
    )


def _seen(crests: Floats, height: int) -> tuple[NDArray[np.intp], Floats]:
    """For each pixel the first slice that reaches up to it, and how far it lies between that and the one before.

    `crests` (slices x columns) are the highest rows so far. A pixel that none reaches gets the number of slices.
    """
    count, width = crests.shape
    rows = np.clip(np.ceil(crests), 0, height).astype(np.intp)
    flat = (rows + np.arange(width) * (height + 1)).ravel()
    tally = np.bincount(flat, minlength=width * (height + 1)).reshape(width, height + 1)
    # slice k covers row r where ceil(crest) <= r; those that do not yet come before it
    index = np.ascontiguousarray((count - np.cumsum(tally, axis=1, dtype=np.int32))[:, :height].T).astype(np.intp)
    pixel = np.arange(height, dtype=np.float32)[:, None]
    before = np.take_along_axis(crests, np.maximum(index - 1, 0), axis=0)
    after = np.take_along_axis(crests, np.minimum(index, count - 1), axis=0)
    part = np.clip((before - pixel) / np.maximum(before - after, 1e-3), 0.0, 1.0).astype(np.float32)
    return index, part


def terrain_of(land: Land, scheme: Scheme, seed: int) -> Terrain:
    """Raise the land by seed and colour it for this light."""
    heights = _raised(land, seed)
    shore = float(np.quantile(heights, land.water)) if land.water else -1.0
    wet = heights < shore
    heights = np.maximum(heights, shore) if land.water else heights
    return Terrain(np.ascontiguousarray(heights), _lit(heights, wet, land, scheme, seed))


def _raised(land: Land, seed: int) -> Floats:
    """Heights in units, 0 at the lowest: soft waves or sharp ridges, as the land has them."""
    broad = tiled(SIZE, SIZE, 4.0, seed + 1, 512)
    fine = tiled(SIZE, SIZE, 2.6, seed + 2, 512)
    great, spurs, gullies = (
        _crest(tiled(SIZE, SIZE, 4.4, seed + k, side)) for k, side in ((3, 512), (4, 256), (5, 128))
    )
    sharp = great**1.5 * (0.62 + 0.26 * spurs + 0.10 * gullies * spurs) + 0.05 * fine
    soft = 0.70 * broad + 0.26 * tiled(SIZE, SIZE, 3.8, seed + 6, 256) + 0.04 * fine
    shape = land.ridged * sharp * (0.35 + 0.65 * broad) + (1.0 - land.ridged) * soft
    shape = (shape - shape.min()) / np.ptp(shape)
    return np.asarray(land.relief * np.power(shape, land.valleys), np.float32)


def _crest(noise: Floats) -> Floats:
    """Noise folded into ridges, 0..1."""
    return np.asarray(1.0 - np.abs(2.0 * noise - 1.0), np.float32)


def _lit(heights: Floats, wet: NDArray[np.bool_], land: Land, scheme: Scheme, seed: int) -> Pixels:
    """The colours of the ground: by height and steepness, bright where it turns to the light."""
    side = 1.0 if scheme.day.sun_x > 0.5 else -1.0
    # what is too small to raise the land still catches the light
    smooth = heights + 0.028 * land.relief * (1.0 + land.rough) * tiled(SIZE, SIZE, 2.3, seed + 7, 256)
    dx = (np.roll(smooth, -1, 1) - np.roll(smooth, 1, 1)) / 2.0
    dy = (np.roll(smooth, -1, 0) - np.roll(smooth, 1, 0)) / 2.0
    steep = np.sqrt(dx * dx + dy * dy)
    light = np.asarray(np.clip(0.55 + (-side * dx * 1.5 - dy * 0.35) / (1.0 + steep), 0.0, 1.0), np.float32)
    rough = tiled(SIZE, SIZE, 1.4, seed + 6, SIZE) - 0.5
    share = heights / max(1e-3, float(heights.max())) + 0.10 * rough
    bare = _step(steep + 0.25 * rough, land.steep, 0.22)
    high = _step(share, land.line, 0.05) * (1.0 - 0.75 * _step(steep, 1.6 * land.steep, 0.5))
    weights = ((land.low, 1.0 - bare), (land.slope, bare))
    picture: Any = np.zeros((*heights.shape, 3), np.float32)
    for material, weight in weights:
        picture += (weight * (1.0 - high))[..., None] * _shaded(
            scheme, material, light, np.asarray(land.rough * rough, np.float32)
        )
    picture += high[..., None] * _shaded(scheme, land.high, light, np.asarray(0.1 * rough, np.float32))
    if wet.any():
        water = 0.55 * np.array(_bgr(scheme.tone("deep", 0.1)), np.float32)
        water += 0.45 * np.array(_bgr(scheme.sky(1)), np.float32)
        picture[wet] = water * (1.0 + 0.25 * rough[wet])[..., None]
    low = 255.0 * np.clip(1.0 - heights / max(1e-3, 0.6 * float(heights.max())), 0.0, 1.0)
    return np.asarray(cv2.convertScaleAbs(np.dstack((picture, low))), np.uint8)


def _shaded(scheme: Scheme, material: str, light: Floats, rough: Floats) -> Floats:
    dark = np.array(_bgr(scheme.tone(material, lighten=-0.5)), np.float32)
    bright = np.array(_bgr(scheme.tone(material, lighten=0.08, lit=0.9)), np.float32)
    shade = np.clip(light + rough, 0.0, 1.0)[..., None]
    return np.asarray(dark + shade * (bright - dark), np.float32)


def _step(value: Floats, middle: float, wide: float) -> Floats:
    at = np.clip((value - middle) / (2.0 * wide) + 0.5, 0.0, 1.0)
    return np.asarray(at * at * (3.0 - 2.0 * at), np.float32)


def _bgr(colour: tuple[float, float, float]) -> tuple[float, float, float]:
    return 255.0 * colour[2], 255.0 * colour[1], 255.0 * colour[0]
