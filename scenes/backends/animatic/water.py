"""Still and moving water: the picture above the waterline mirrored below it, broken by ripples, glittering.

Works on the frame as it is when the water is laid; rows are shifted, never pixels pushed about singly.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from scenes.backends.animatic.camera import View
from scenes.backends.animatic.compositor import lay_panel
from scenes.backends.animatic.culling import Panel, Piece, Where
from scenes.backends.animatic.stage import Stage

Pixels = NDArray[np.uint8]


class Mirror:
    """The water of one clip."""

    def __init__(self, stage: Stage) -> None:
        """Choose the ripples and the glints by seed."""
        self.stage = stage
        self.glints = np.random.default_rng([stage.seed, 21]).random((90, 4))

    def lay(
        self, frame: Pixels, panel: Panel, place: tuple[Where, float], pieces: Sequence[Piece], view: View, t: float
    ) -> None:
        """Mirror the frame below the waterline, then lay the panel as the water's own colour; only what is seen."""
        layout = self.stage.layout
        options = panel.sheet.layer.options
        line = place[0].line
        low = max((piece.y1 for piece in pieces), default=0)
        if low > line:
            mirrored = self._mirrored(frame, line, low - line, options.get("calm", 1.0), t)
            share = options.get("mirror", 1.0)
            area = frame[line:low]
            area[:] = mirrored if share >= 1.0 else cv2.addWeighted(area, 1.0 - share, mirrored, share, 0.0)
        lay_panel(frame, panel, place, pieces, t)
        self._glitter(frame, line, t, place[0].s * layout.width, options.get("glitter", 1.0), view)

    def _mirrored(self, frame: Pixels, line: int, rows: int, calm: float, t: float) -> Pixels:
        """So many rows below the waterline as the picture above it, turned over and rippled."""
        layout = self.stage.layout
        k = np.arange(rows, dtype=np.float32) / max(1.0, 0.45 * layout.height)
        wave = np.sin(np.arange(rows) * 0.9 / (0.25 + 1.6 * k) * 720 / layout.height - 2.3 * t) * (0.4 + 3.2 * k)
        wave += np.sin(np.arange(rows) * 0.31 / (0.3 + k) * 720 / layout.height - 1.2 * t + 1.0) * (0.3 + 2.4 * k)
        wave *= layout.unit / 720 * (2.0 - calm) * 1.5
        source = line - 1 - np.arange(rows) * 1.0 - np.abs(wave) * 0.8
        source = np.clip(np.abs(source), 0, line - 1).astype(np.float32)
        xs = np.arange(layout.width, dtype=np.float32)[None, :] + wave.astype(np.float32)[:, None]
        ys = np.repeat(source[:, None], layout.width, axis=1)
        above = frame[:line]
        return np.asarray(cv2.remap(above, xs, ys, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT), np.uint8)

    def _glitter(self, frame: Pixels, line: int, t: float, width: float, strength: float, view: View) -> None:
        h, w = frame.shape[:2]
        unit = self.stage.layout.unit
        for px, py, pz, pq in self.glints:
            y = line + py * py * (h - line - 4)
            near = (y - line) / max(1, h - line)
            shine = math.sin(1.7 * t + 20 * pq) * strength
            if shine <= 0.1:
                continue
            x = (px * 1.3 * width - (view.truck * 0.3 + view.pan) + 0.02 * unit * t * (pz - 0.5)) % (1.2 * w) - 0.1 * w
            long = unit * (0.010 + 0.05 * near)
            x0, x1 = int(max(0, x)), int(min(w, x + long))
            thick = max(1, round(unit * (0.0012 + 0.0018 * near)))
            if x1 > x0:
                area = frame[int(y) : int(y) + thick, x0:x1]
                if area.size:
                    area[:] = cv2.add(area, np.full_like(area, round(70 * shine)))
