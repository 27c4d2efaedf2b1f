"""Moves the painted sheets under the camera and lays them over one another, frame by frame.

Decides no look: colours, textures and light are in the sheets. Works on premultiplied BGRA uint8.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from scenes.backends.animatic.camera import View, placing
from scenes.backends.animatic.layers import Layer
from scenes.backends.animatic.layout import Layout
from scenes.backends.animatic.painter import PaintedSheet

Pixels = NDArray[np.uint8]


def warped(source: Pixels, matrix: NDArray[np.float64], size: tuple[int, int], replicate: bool = False) -> Pixels:
    """`source` moved by a 2 x 3 matrix into a picture of `size` (width, height); outside it is clear or replicated."""
    edge = cv2.BORDER_REPLICATE if replicate else cv2.BORDER_CONSTANT
    return np.asarray(cv2.warpAffine(source, matrix, size, flags=cv2.INTER_LINEAR, borderMode=edge), np.uint8)


def faded(source: Pixels, strength: float) -> Pixels:
    """`source` with all four channels multiplied by `strength`."""
    return np.asarray(cv2.convertScaleAbs(source, alpha=strength), np.uint8)


def over(target: Pixels, source: Pixels) -> None:
    """Lays premultiplied `source` over `target` of the same size, in place."""
    rest = cv2.bitwise_not(cv2.extractChannel(source, 3))
    mask = cv2.merge((rest, rest, rest, rest))
    cv2.multiply(target, mask, target, 1 / 255.0)
    cv2.add(target, source, target)


def added(target: Pixels, source: Pixels, strength: float) -> None:
    """Adds light to `target`, in place: screen, so that it never clips hard."""
    light = faded(source, strength)
    room = cv2.bitwise_not(target)
    cv2.multiply(room, light, room, 1 / 255.0)
    cv2.add(target, room, target)
    target[..., 3] = 255


def hidden_from(sheets: Sequence[PaintedSheet], view: View, layout: Layout) -> list[int]:
    """For each sheet the frame row from which on sheets before it hide it wholly."""
    rows: list[int] = []
    low = layout.height
    for sheet in reversed(sheets):
        rows.append(low)
        if sheet.solid < sheet.pixels.shape[0] and not sheet.layer.bob and not sheet.layer.drift:
            s, tx, ty = placing(view, sheet.layer.depth, layout)
            height, width = sheet.pixels.shape[:2]
            across = s * sheet.x + tx <= 0 and s * (sheet.x + width) + tx >= layout.width
            if across and s * (sheet.y + height) + ty >= layout.height:
                low = min(low, math.ceil(s * (sheet.y + sheet.solid) + ty) + 2)
    return rows[::-1]


def _bend(layer: Layer, t: float, wind: float) -> float:
    if not layer.sway:
        return 0.0
    p = 1.7 * layer.seed
    return layer.sway * (
        math.sin(1.35 * t + p) + 0.45 * math.sin(2.9 * t + 2 * p) + 0.8 * wind * math.sin(0.55 * t + p)
    )


def lay_sheet(
    frame: Pixels, sheet: PaintedSheet, view: View, layout: Layout, t: float, wind: float, limit: int = 1 << 30
) -> None:
    """Puts one sheet on the frame at `t` seconds, down to row `limit`; `wind` 0..1 is the strength of the gusts."""
    layer = sheet.layer
    s, tx, ty = placing(view, layer.depth, layout)
    x = sheet.x + layer.drift * layout.width * t
    y = sheet.y + layer.bob * layout.height * math.sin(1.1 * t + layer.seed)
    bend = _bend(layer, t, wind)
    height = sheet.pixels.shape[0]
    foot = y + height if layer.sway > 0 else y
    reach = abs(bend) * height
    y0, y1 = max(0, math.floor(s * y + ty)), min(layout.height, math.ceil(s * (y + height) + ty), limit)
    if y1 <= y0:
        return
    # x' = s * (x + u + bend * (y + v - foot)) + tx with u, v the sheet's own pixels
    shift = s * (x + bend * (y - foot)) + tx
    turn = min(y1, max(y0, math.ceil(s * (y + sheet.solid) + ty) + 1))
    done = 0
    for start, stop in sheet.spans:
        x0 = max(done, math.floor(s * (x + start - reach) + tx))
        x1 = min(layout.width, math.ceil(s * (x + stop + reach) + tx))
        if x1 <= x0:
            continue
        done = x1
        for top, low, whole in ((y0, turn, sheet.opaque), (turn, y1, True)):
            if low > top:
                matrix = np.array([[s, s * bend, shift - x0], [0.0, s, s * y + ty - top]], np.float64)
                _place(frame[top:low, x0:x1], sheet, matrix, whole, t)


def _still(pixels: Pixels, matrix: NDArray[np.float64], size: tuple[int, int]) -> Pixels | None:
    """The part of a sheet that a camera at rest sees, without resampling; None where it has to be warped."""
    (a, b, x), (_, d, y) = matrix.tolist()
    if a != 1.0 or d != 1.0 or b != 0.0 or x != int(x) or y != int(y):
        return None
    x0, y0 = -int(x), -int(y)
    if x0 < 0 or y0 < 0 or x0 + size[0] > pixels.shape[1] or y0 + size[1] > pixels.shape[0]:
        return None
    return np.ascontiguousarray(pixels[y0 : y0 + size[1], x0 : x0 + size[0]])


def _place(target: Pixels, sheet: PaintedSheet, matrix: NDArray[np.float64], whole: bool, t: float) -> None:
    size = (target.shape[1], target.shape[0])
    moved = _still(sheet.pixels, matrix, size)
    if moved is None:
        moved = warped(sheet.pixels, matrix, size, replicate=whole)
    if sheet.layer.blend == "add":
        added(target, moved, 1.0 + sheet.layer.pulse * (math.sin(0.9 * t) - 1.0))
    elif whole:
        target[:] = moved
    else:
        over(target, moved)
