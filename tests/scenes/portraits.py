"""A portrait drawn in code that a face detector takes for a face: shaded skin, eyes, brows, nose and mouth."""

from __future__ import annotations

from typing import Any

import numpy as np
import skia

from scenes.backend import Frame


def portrait(width: int, height: int, x: float, y: float, size: float) -> Frame:
    """A picture with one face: its middle at x, y, and `size` its breadth in pixels."""
    pixels = np.zeros((height, width, 4), np.uint8)
    canvas = skia.Canvas(pixels, colorType=skia.kRGBA_8888_ColorType, alphaType=skia.kPremul_AlphaType)
    canvas.clear(skia.ColorSetARGB(255, 90, 120, 140))

    def oval(across: float, down: float, wide: float, high: float, colour: tuple[int, ...], soft: float) -> None:
        paint: Any = skia.Paint(AntiAlias=True, Color=skia.ColorSetARGB(255, *colour[:3]))
        if len(colour) == 4:
            paint.setColor(skia.ColorSetARGB(colour[3], *colour[:3]))
        paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, soft * size))
        place = (x + (across - wide) * size, y + (down - high) * size, 2 * wide * size, 2 * high * size)
        canvas.drawOval(skia.Rect.MakeXYWH(*place), paint)

    oval(0, 1.5, 1.1, 0.7, (60, 60, 90), 0.02)
    oval(0, 0.75, 0.28, 0.45, (190, 135, 105), 0.02)
    oval(0, -0.12, 0.62, 0.8, (50, 32, 22), 0.02)
    oval(0, 0, 0.5, 0.66, (224, 172, 140), 0.012)
    oval(0.2, 0.1, 0.25, 0.5, (180, 120, 92, 110), 0.12)
    oval(0, -0.3, 0.35, 0.2, (245, 205, 178, 120), 0.08)
    for side in (-1, 1):
        oval(side * 0.2, -0.1, 0.14, 0.075, (165, 110, 85, 200), 0.03)
        oval(side * 0.2, -0.08, 0.1, 0.045, (240, 236, 230), 0.008)
        oval(side * 0.2, -0.08, 0.045, 0.048, (50, 32, 22), 0.005)
        oval(side * 0.2, -0.21, 0.14, 0.028, (48, 30, 20), 0.012)
        oval(side * 0.045, 0.225, 0.025, 0.015, (90, 50, 40), 0.008)
    oval(0.03, 0.1, 0.045, 0.18, (190, 132, 102), 0.03)
    oval(0, 0.2, 0.1, 0.045, (175, 112, 88), 0.02)
    oval(0, 0.4, 0.17, 0.05, (170, 70, 70), 0.012)
    oval(0, 0.398, 0.15, 0.008, (100, 35, 40), 0.006)
    return np.ascontiguousarray(pixels[..., :3])
