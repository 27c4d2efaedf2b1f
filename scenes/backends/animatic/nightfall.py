"""Stars that come out while a scene lasts, drawn on the sky before anything stands against it.

Those of a sky that was painted by night are in its sheet. Knows no light and no time.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from scenes.backends.animatic.brushes.sheet import fill
from scenes.backends.animatic.camera import View, placing
from scenes.backends.animatic.layout import Layout

_COUNT = 210
_DEPTH = 60.0


def draw_stars(canvas: Any, layout: Layout, view: View, seed: int, amount: float) -> None:
    """Draws the stars above the horizon, as bright as `amount` (0..1) says."""
    s, tx, ty = placing(view, _DEPTH, layout)
    paint = fill((1.0, 0.98, 0.94))
    for px, py, pz, pq in np.random.default_rng([seed, 31]).random((_COUNT, 4)).tolist():
        size = pz**4
        x = s * (1.6 * px - 0.3) * layout.width + tx
        y = s * (1.1 * py**1.25 - 0.1) * layout.horizon + ty
        # the darkening of the whole picture dims them too, so that they are larger than painted ones
        paint.setAlphaf(min(1.0, amount * (0.85 + 0.15 * pq) * max(0.0, 1.15 - 0.8 * py)))
        canvas.drawCircle(x, y, max(0.9, layout.unit * (0.0022 + 0.0034 * size)), paint)
