"""Moves the painted sheets under the camera and lays them over one another, frame by frame.

Decides no look: colours, textures and light are in the sheets. Works on premultiplied BGRA uint8.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from scenes.backends.animatic.camera import CameraPath, View, placing
from scenes.backends.animatic.culling import Panel, Piece, Where, panel_of, pieces_of
from scenes.backends.animatic.layers import Layer
from scenes.backends.animatic.layout import Layout
from scenes.backends.animatic.painter import PaintedSheet

Pixels = NDArray[np.uint8]
_FINE = 1 / 64
"""A shift that nobody sees, in pixels."""


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
    """Adds light to the opaque `target`, in place: screen, so that it never clips hard."""
    room = cv2.bitwise_not(target)
    cv2.multiply(room, source, room, strength / 255.0)
    cv2.add(target, room, target)


def _bend(layer: Layer, t: float, wind: float) -> float:
    if not layer.sway:
        return 0.0
    p = 1.7 * layer.seed
    return layer.sway * (
        math.sin(1.35 * t + p) + 0.45 * math.sin(2.9 * t + 2 * p) + 0.8 * wind * math.sin(0.55 * t + p)
    )


def where(panel: Panel, view: View, layout: Layout, t: float, wind: float) -> tuple[Where, float]:
    """How a panel lies at `t` seconds under a view, and how much it bends; `wind` 0..1 is the strength of the gusts."""
    layer = panel.sheet.layer
    s, tx, ty = placing(view, layer.depth, layout)
    x = panel.x + layer.drift * layout.width * t
    y = panel.y + layer.bob * layout.height * math.sin(1.1 * t + layer.seed)
    bend = _bend(layer, t, wind)
    line = 0
    if layer.blend == "water":
        line = min(layout.height - 2, max(2, round(s * layout.ground_at(layer.depth) + ty)))
    return Where(s, s * x + tx, s * y + ty, abs(s * bend) * panel.pixels.shape[0], line), bend


def lay_panel(frame: Pixels, panel: Panel, place: tuple[Where, float], pieces: Sequence[Piece], t: float) -> None:
    """Puts the seen pieces of a panel on the frame at `t` seconds."""
    at, bend = place
    height, width = panel.pixels.shape[:2]
    # a bent sheet stands on its lower edge; x' = s * (x + bend * (y - foot)) + tx with x, y the panel's own pixels
    foot = height - 1 if panel.sheet.layer.sway > 0 else 1
    shift = at.tx - at.s * bend * foot
    low, high = (0, frame.shape[1]) if panel.opaque else _across(at, width)
    for piece in pieces:
        x0, x1 = max(piece.x0, low), min(piece.x1, high)
        for top, stop, whole in ((piece.y0, piece.solid, panel.opaque), (piece.solid, piece.y1, True)):
            if stop > top and x1 > x0:
                move = (at.s, at.s * bend, shift - x0, at.ty - top)
                _place(frame[top:stop, x0:x1], panel, move, whole, t)


def _across(at: Where, width: int) -> tuple[int, int]:
    """The columns of the frame that a panel of a width can touch."""
    return math.floor(at.tx - at.reach) + 1, math.ceil(at.s * (width - 1) + at.tx + at.reach)


def _place(target: Pixels, panel: Panel, move: tuple[float, float, float, float], whole: bool, t: float) -> None:
    if panel.sheet.layer.blend == "add":
        added(
            target, _moved(panel.pixels, move, target, None), 1.0 + panel.sheet.layer.pulse * (math.sin(0.9 * t) - 1.0)
        )
    elif whole:
        _moved(panel.pixels, move, target, target)
    else:
        over(target, _moved(panel.pixels, move, target, None))


def _moved(pixels: Pixels, move: tuple[float, float, float, float], target: Pixels, into: Pixels | None) -> Pixels:
    """What `target` sees of a panel: a part of it where nothing has to be resampled, else a new picture or `into`."""
    s, bend, dx, dy = move
    height, width = target.shape[:2]
    u, x = _split(-dx)
    v, y = _split(-dy)
    more_u, more_v = int(x > 0), int(y > 0)
    inside = u >= 0 and v >= 0 and u + width + more_u <= pixels.shape[1] and v + height + more_v <= pixels.shape[0]
    if s != 1.0 or bend != 0.0 or not inside:
        matrix = np.array([[s, bend, dx], [0.0, s, dy]], np.float64)
        edge = cv2.BORDER_CONSTANT if into is None else cv2.BORDER_REPLICATE
        return np.asarray(
            cv2.warpAffine(pixels, matrix, (width, height), into, flags=cv2.INTER_LINEAR, borderMode=edge), np.uint8
        )
    # a shift along one axis is a mean of two neighbours, which costs a third of a warp
    part = pixels[v : v + height + more_v, u : u + width + more_u]
    if more_u:
        part = np.asarray(cv2.addWeighted(part[:, :-1], 1 - x, part[:, 1:], x, 0, None if more_v else into), np.uint8)
    if more_v:
        part = np.asarray(cv2.addWeighted(part[:-1], 1 - y, part[1:], y, 0, into), np.uint8)
    if into is not None and not more_u and not more_v:
        into[:] = part
    return part


def _split(value: float) -> tuple[int, float]:
    """Whole and rest of a shift; a rest too small to be seen is none."""
    whole = math.floor(value)
    rest = value - whole
    if rest < _FINE:
        return whole, 0.0
    return (whole + 1, 0.0) if rest > 1 - _FINE else (whole, rest)


def lay_sheet(frame: Pixels, sheet: PaintedSheet, view: View, layout: Layout, t: float, wind: float) -> None:
    """Puts one sheet whole on the frame at `t` seconds."""
    panel = panel_of(sheet)
    place = where(panel, view, layout, t, wind)
    pieces = pieces_of([panel], [place[0]], layout.width, layout.height)
    lay_panel(frame, panel, place, pieces[0], t)


def joined(sheets: Sequence[PaintedSheet], path: CameraPath) -> list[PaintedSheet]:
    """The sheets with neighbours laid together that never move against one another on this camera path."""
    if not all(view.truck == view.crane == view.dolly == 0.0 for view in (path.first, path.last)):
        return list(sheets)
    out: list[PaintedSheet] = []
    for sheet in sheets:
        last = out[-1] if out else None
        if last is not None and _still(last) and _still(sheet) and last.layer.front == sheet.layer.front:
            out[-1] = _pasted(last, sheet)
        else:
            out.append(sheet)
    return out


def _still(sheet: PaintedSheet) -> bool:
    """Whether a sheet has no life of its own; birds and lightning come between the sky and what follows."""
    layer = sheet.layer
    return (
        layer.blend == "over" and layer.kind not in ("sky", "clouds") and not (layer.sway or layer.drift or layer.bob)
    )


def _pasted(low: PaintedSheet, high: PaintedSheet) -> PaintedSheet:
    """Two sheets as one."""
    x, y = min(low.x, high.x), min(low.y, high.y)
    width = max(sheet.x + sheet.pixels.shape[1] for sheet in (low, high)) - x
    height = max(sheet.y + sheet.pixels.shape[0] for sheet in (low, high)) - y
    pixels = np.zeros((round(height), round(width), 4), np.uint8)
    for sheet in (low, high):
        h, w = sheet.pixels.shape[:2]
        at, down = round(sheet.x - x), round(sheet.y - y)
        over(pixels[down : down + h, at : at + w], sheet.pixels)
    return replace(low, pixels=pixels, x=x, y=y)
