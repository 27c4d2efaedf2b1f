"""Puts the actors on the frame: their sprites, the shadows at their feet, the light that they carry.

Where they stand comes from the blocking, how they look from the figures. Knows no scenery.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenes.backend import ClipRequest
from scenes.backends.animatic.blocking import Track, state_at
from scenes.backends.animatic.camera import View, placing
from scenes.backends.animatic.compositor import added, faded, over, warped
from scenes.backends.animatic.figure import FigureLight, FigureState, Sprite
from scenes.backends.animatic.stage import Stage

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Placed:
    """A painted actor whose anchor lies at (x, y) of the frame, enlarged by `scale`."""

    sprite: Sprite
    state: FigureState
    x: float
    y: float
    scale: float


class Players:
    """The cast of one clip, with what is prepared once: looks, soft shadow, the glow of a lantern."""

    def __init__(self, stage: Stage, request: ClipRequest, light: FigureLight) -> None:
        """Find everybody's look; `light` is the scene's."""
        from scenes.backends.animatic.figures.casting import looks_of

        self.stage, self.request, self.light = stage, request, light
        self.looks = looks_of(request.scene, request.characters)
        self.shadow = _ellipse(256, 64)
        self.glow = lamplight()
        self.order = sorted(stage.tracks, key=lambda track: track.y)

    def lay(self, frame: Pixels, view: View, index: int, t: float) -> None:
        """All actors, the farthest first."""
        for track in self.order:
            self._one(frame, view, track, index, t)

    def placed(self, view: View, track: Track, index: int, t: float) -> Placed:
        """One actor at the frame `index`, painted, and where he stands on the frame."""
        from scenes.backends.animatic.figures import render_figure

        stage = self.stage
        beat = index / max(1, stage.frames - 1)
        x, state = state_at(
            track, beat, stage.seconds, index, t, self.request.speech, stage.weather.wind * (0 if stage.indoors else 1)
        )
        sprite = render_figure(self.looks[track.part], state, stage.layout.person, self.light, stage.style)
        s, tx, ty = placing(view, 1.0, stage.layout)
        return Placed(sprite, state, s * x + tx, s * track.y + ty, s)

    def _one(self, frame: Pixels, view: View, track: Track, index: int, t: float) -> None:
        one = self.placed(view, track, index, t)
        sprite, px, py, s = one.sprite, one.x, one.y, one.scale
        self._shade(frame, px, py, s * track.height)
        lay_sprite(frame, sprite, px, py, s)
        if "light" in sprite.points:
            gx, gy = sprite.points["light"]
            shine(
                frame,
                self.glow,
                px + s * (gx - sprite.anchor[0]),
                py + s * (gy - sprite.anchor[1]),
                s * track.height,
                t,
            )

    def _shade(self, frame: Pixels, x: float, y: float, height: float) -> None:
        strength = 0.34 if self.light.silhouette is None else 0.5
        _stamp(frame, self.shadow, x, y + 0.004 * height, 0.44 * height, 0.085 * height, strength)


def shine(frame: Pixels, glow: Pixels, x: float, y: float, height: float, t: float) -> None:
    """Adds the flickering light of a flame at (x, y), held by somebody `height` pixels tall."""
    size = height * (1.25 + 0.04 * math.sin(11 * t) + 0.025 * math.sin(17.3 * t))
    placed = _moved(frame, glow, x, y, size, size)
    if placed is not None:
        area, light = placed
        added(area, light, 0.62)


def lay_sprite(frame: Pixels, sprite: Sprite, x: float, y: float, scale: float) -> None:
    """Lays a sprite with its anchor at (x, y), enlarged by `scale`."""
    height, width = sprite.pixels.shape[:2]
    ax, ay = sprite.anchor
    left, top = x - scale * ax, y - scale * ay
    x0, y0 = max(0, math.floor(left)), max(0, math.floor(top))
    x1 = min(frame.shape[1], math.ceil(left + scale * width))
    y1 = min(frame.shape[0], math.ceil(top + scale * height))
    if x1 <= x0 or y1 <= y0:
        return
    matrix = np.array([[scale, 0, left - x0], [0, scale, top - y0]], np.float64)
    moved = warped(sprite.pixels, matrix, (x1 - x0, y1 - y0))
    over(frame[y0:y1, x0:x1], moved)


def _moved(
    frame: Pixels, stamp: Pixels, x: float, y: float, width: float, height: float
) -> tuple[Pixels, Pixels] | None:
    x0, y0 = max(0, math.floor(x - width / 2)), max(0, math.floor(y - height / 2))
    x1, y1 = min(frame.shape[1], math.ceil(x + width / 2)), min(frame.shape[0], math.ceil(y + height / 2))
    if x1 <= x0 or y1 <= y0:
        return None
    sx, sy = width / stamp.shape[1], height / stamp.shape[0]
    matrix = np.array([[sx, 0, x - width / 2 - x0], [0, sy, y - height / 2 - y0]], np.float64)
    return frame[y0:y1, x0:x1], warped(stamp, matrix, (x1 - x0, y1 - y0))


def _stamp(frame: Pixels, stamp: Pixels, x: float, y: float, width: float, height: float, strength: float) -> None:
    placed = _moved(frame, stamp, x, y, width, height)
    if placed is not None:
        area, soft = placed
        over(area, faded(soft, strength))


def _ellipse(width: int, height: int) -> Pixels:
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    d = np.hypot((x - width / 2) / (width / 2), (y - height / 2) / (height / 2))
    alpha = np.clip(1 - d, 0, 1) ** 1.1
    out = np.zeros((height, width, 4), np.uint8)
    out[..., 3] = np.clip(alpha * 255, 0, 255).astype(np.uint8)
    return out


def lamplight() -> Pixels:
    """The stamp of light about a lantern's flame."""
    return _glow(256, (1.0, 0.74, 0.38))


def _glow(size: int, colour: Sequence[float]) -> Pixels:
    y, x = np.mgrid[0:size, 0:size].astype(np.float32)
    d = np.clip(np.hypot(x - size / 2, y - size / 2) / (size / 2), 0, 1)
    light = (1 - d) ** 2.4 + 0.9 * np.clip(1 - d * 9, 0, 1)
    out = np.zeros((size, size, 4), np.uint8)
    for k in range(3):
        out[..., k] = np.clip(light * colour[2 - k] * 255, 0, 255).astype(np.uint8)
    return out
