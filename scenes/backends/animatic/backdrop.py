"""The place behind a close-up: the stage composed once, enlarged and out of focus, with soft discs of light.

Knows the sheets and nothing of faces.
"""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from scenes.backends.animatic.camera import View
from scenes.backends.animatic.compositor import faded, lay_sheet, warped
from scenes.backends.animatic.painter import PaintedSheet
from scenes.backends.animatic.stage import Stage
from scenes.backends.animatic.styles.tables import STYLES

Pixels = NDArray[np.uint8]
_ROOM = 1.16
"""How much larger than the frame the backdrop is, so that it may drift."""


class Backdrop:
    """A blurred picture of the place, somewhat larger than the frame, and its discs of light."""

    def __init__(self, stage: Stage, sheets: list[PaintedSheet]) -> None:
        """Compose, enlarge and blur."""
        layout = stage.layout
        self.stage = stage
        frame = np.zeros((layout.height, layout.width, 4), np.uint8)
        frame[..., 3] = 255
        for sheet in sheets:
            if not sheet.layer.front:
                lay_sheet(frame, sheet, View(), layout, 0.0, 0.0)
        cut_w, cut_h = int(layout.width * 0.62), int(layout.height * 0.62)
        y0 = int(min(layout.height - cut_h, max(0, layout.horizon - 0.62 * cut_h)))
        x0 = (layout.width - cut_w) // 2
        size = (math.ceil(layout.width * _ROOM), math.ceil(layout.height * _ROOM))
        small = cv2.resize(
            frame[y0 : y0 + cut_h, x0 : x0 + cut_w], (size[0] // 4, size[1] // 4), interpolation=cv2.INTER_AREA
        )
        soft: Pixels = np.asarray(cv2.GaussianBlur(small, (0, 0), max(1.0, 0.020 * layout.unit / 4)), np.uint8)
        self.picture: Pixels = np.asarray(cv2.resize(soft, size, interpolation=cv2.INTER_CUBIC), np.uint8)
        self.sharp = cv2.resize(frame[y0 : y0 + cut_h, x0 : x0 + cut_w], size) if stage.focus.strength else None
        rng = np.random.default_rng([stage.seed, 5])
        noise = rng.normal(0, 1.0, self.picture.shape[:2])[..., None]
        self.picture[..., :3] = np.clip(self.picture[..., :3] + noise, 0, 255).astype(np.uint8)
        self.discs = [self._disc(rng, soft) for _ in range(26)]

    def _disc(self, rng: np.random.Generator, small: Pixels) -> tuple[float, float, Pixels, float]:
        unit = self.stage.layout.unit
        x, y = rng.random(), rng.random() ** 0.8
        r = unit * (0.014 + 0.034 * rng.random())
        at = small[int(y * (small.shape[0] - 1)), int(x * (small.shape[1] - 1)), :3].astype(np.float32)
        bright = at / max(1.0, float(at.max())) * 255 * 0.75 + np.array([110, 170, 210], np.float32) * 0.25
        size = max(4, math.ceil(2 * r + 4))
        yy, xx = np.mgrid[0:size, 0:size].astype(np.float32) - size / 2 + 0.5
        d = np.hypot(xx, yy) / r
        light = np.clip((1 - d) * r * 0.6, 0, 1) * (0.55 + 0.45 * np.clip(d, 0, 1) ** 3)
        stamp = np.zeros((size, size, 4), np.uint8)
        stamp[..., :3] = np.clip(light[..., None] * bright, 0, 255).astype(np.uint8)
        return x, y, stamp, float(rng.random())

    def lay(self, frame: Pixels, view: View, t: float, blur: float = 1.0) -> None:
        """Fill the frame at time `t`, drifting a little with the camera.

        `blur` says how far a lens that racks is off the place, 0..1; any other lens is off it throughout.
        """
        layout = self.stage.layout
        room_x, room_y = (_ROOM - 1) / 2 * layout.width, (_ROOM - 1) / 2 * layout.height
        dx = _limit((view.pan + view.truck) * 0.35 + 0.004 * layout.unit * math.sin(0.5 * t), room_x)
        dy = _limit((view.tilt + view.crane) * 0.35 + 0.003 * layout.unit * math.sin(0.37 * t + 1), room_y)
        s = view.zoom * (1 + 0.4 * view.dolly)
        cx, cy = layout.width / 2, layout.height / 2
        matrix = np.array([[s, 0, cx - s * (cx + room_x + dx)], [0, s, cy - s * (cy + room_y + dy)]], np.float64)
        size = (layout.width, layout.height)
        frame[:] = warped(self.picture, matrix, size, replicate=True)
        soft = 1.0
        if self.sharp is not None:
            soft = min(1.0, 1.1 * blur)
            clear = warped(np.asarray(self.sharp, np.uint8), matrix, size, replicate=True)
            frame[:] = cv2.addWeighted(frame, soft, clear, 1.0 - soft, 0.0)
        self._lights(frame, dx, dy, t, STYLES[self.stage.style].glints * soft)

    def _lights(self, frame: Pixels, dx: float, dy: float, t: float, strength: float) -> None:
        h, w = frame.shape[:2]
        for x, y, stamp, phase in self.discs:
            px = int((x * 1.2 - 0.1) * w - 1.6 * dx + 0.012 * w * math.sin(0.21 * t + 6.28 * phase))
            py = int((y * 1.1 - 0.05) * h - 1.6 * dy - 0.004 * h * t * (0.5 + phase))
            size = stamp.shape[0]
            x0, y0, x1, y1 = max(0, px), max(0, py), min(w, px + size), min(h, py + size)
            if x1 <= x0 or y1 <= y0:
                continue
            area = frame[y0:y1, x0:x1]
            light = faded(
                stamp[y0 - py : y1 - py, x0 - px : x1 - px],
                strength * (0.75 + 0.25 * math.sin(1.3 * t + 9 * phase)),
            )
            area[..., :3] = cv2.add(area[..., :3], light[..., :3])


def _limit(value: float, most: float) -> float:
    return max(-most, min(most, value))
