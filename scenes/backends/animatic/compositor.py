"""Moves the painted sheets under the camera and lays them over one another, frame by frame.

Decides no look: colours, textures and light are in the sheets. Works on premultiplied BGRA uint8.
"""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from scenes.backends.animatic.camera import View, placing
from scenes.backends.animatic.layout import Layout
from scenes.backends.animatic.painter import PaintedSheet

Pixels = NDArray[np.uint8]


def over(target: Pixels, source: Pixels) -> None:
    """Lays premultiplied `source` over `target` of the same size, in place."""
    rest = cv2.bitwise_not(cv2.extractChannel(source, 3))
    mask = cv2.merge((rest, rest, rest, rest))
    cv2.multiply(target, mask, target, 1 / 255.0)
    cv2.add(target, source, target)


def added(target: Pixels, source: Pixels, strength: float) -> None:
    """Adds light to `target`, in place: screen, so that it never clips hard."""
    light = cv2.convertScaleAbs(source, alpha=strength)
    room = cv2.bitwise_not(target)
    cv2.multiply(room, light, room, 1 / 255.0)
    cv2.add(target, room, target)
    target[..., 3] = 255


def lay_sheet(frame: Pixels, sheet: PaintedSheet, view: View, layout: Layout, t: float, wind: float) -> None:
    """Puts one sheet on the frame at time `t` (seconds); `wind` (0..1) is the strength of the gusts that bend it."""
    layer = sheet.layer
    s, tx, ty = placing(view, layer.depth, layout)
    x = sheet.x + layer.drift * layout.width * t
    y = sheet.y + layer.bob * layout.height * math.sin(1.1 * t + layer.seed)
    bend = 0.0
    if layer.sway:
        p = 1.7 * layer.seed
        bend = layer.sway * (math.sin(1.35 * t + p) + 0.45 * math.sin(2.9 * t + 2 * p) + 0.8 * wind * math.sin(0.55 * t + p))
    height, width = sheet.pixels.shape[:2]
    foot = y + height if layer.sway > 0 else y
    # x' = s * (x + u + bend * (y + v - foot)) + tx with u, v the sheet's own pixels
    reach = abs(bend) * height
    left = s * (x - reach) + tx
    right = s * (x + width + reach) + tx
    top, bottom = s * y + ty, s * (y + height) + ty
    x0, x1 = max(0, math.floor(left)), min(layout.width, math.ceil(right))
    y0, y1 = max(0, math.floor(top)), min(layout.height, math.ceil(bottom))
    if x1 <= x0 or y1 <= y0:
        return
    matrix = np.array(
        [[s, s * bend, s * (x + bend * (y - foot)) + tx - x0], [0.0, s, s * y + ty - y0]], np.float64
    )
    edge = cv2.BORDER_REPLICATE if sheet.opaque else cv2.BORDER_CONSTANT
    moved = cv2.warpAffine(sheet.pixels, matrix, (x1 - x0, y1 - y0), flags=cv2.INTER_LINEAR, borderMode=edge)
    target = frame[y0:y1, x0:x1]
    if layer.blend == "add":
        added(target, moved, 1.0 + layer.pulse * math.sin(0.9 * t) - layer.pulse)
    elif sheet.opaque:
        target[:] = moved
    else:
        over(target, moved)
