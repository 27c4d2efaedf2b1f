"""Which part of each sheet can be seen: column by column, where it begins, where it is solid, what hides it.

Sheets are looked through once; a frame then costs a few small sums a sheet. Decides no look and moves no pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from scenes.backends.animatic.painter import PaintedSheet

Pixels = NDArray[np.uint8]
Rows = NDArray[np.int64]
_BLOCK = 16
"""Columns of a sheet that are looked at together."""
_STRIP = 64
"""How broad the strips are into which a frame is cut, in pixels."""
_PIECE = 7000.0
"""What one more piece costs, in pixels of moving."""
_BLEND = 0.8
"""What blending a pixel costs beside moving it."""
_BEND = 2.3
"""The strongest bend, in sways."""


@dataclass(slots=True)
class Panel:
    """A sheet made ready for moving: one clear (or, if `opaque`, repeated) pixel round it, and what it holds where.

    `rows` has three rows for each block of columns: less the first row of the panel that holds anything, one past the
    last, and the one from which on all is opaque (the panel's height where none is). The first block and the last but
    one stand for what lies outside; the last is there for numpy's sake.
    """

    sheet: PaintedSheet
    pixels: Pixels
    x: float
    y: float
    opaque: bool
    rows: Rows


class Piece(NamedTuple):
    """A part of the frame to be laid: columns x0..x1, rows y0..y1, opaque from row `solid` on."""

    x0: int
    x1: int
    y0: int
    solid: int
    y1: int


def panel_of(sheet: PaintedSheet) -> Panel:
    """Look a sheet through; the panel takes over its pixels."""
    layer, opaque = sheet.layer, sheet.opaque
    edge = cv2.BORDER_REPLICATE if opaque else cv2.BORDER_CONSTANT
    pixels = np.asarray(cv2.copyMakeBorder(sheet.pixels, 1, 1, 1, 1, edge), np.uint8)
    height, width = pixels.shape[:2]
    seen: Pixels = pixels.max(axis=2) if layer.blend == "add" else pixels[..., 3]
    count = -(-width // _BLOCK)
    padded = np.zeros((height, count * _BLOCK), np.uint8)
    padded[:, :width] = seen
    blocks = padded.reshape(height, count, _BLOCK)
    used = blocks.max(axis=2) > 0
    blocks[:, -1, width - (count - 1) * _BLOCK :] = 255
    holes = blocks.min(axis=2) < 255
    holes[-1] = False
    some = used.any(axis=0)
    tops = np.where(some, used.argmax(axis=0), height)
    lows = np.where(some, height - used[::-1].argmax(axis=0), 0)
    solids = np.where(holes.any(axis=0), height - holes[::-1].argmax(axis=0), 0)
    if layer.blend != "over":
        solids[:] = height
    outside = (0, height, 0) if opaque else (-height, 0, height)
    rows = np.stack((-tops, lows, solids)).astype(np.int64)
    ends = np.array(outside, np.int64)[:, None]
    rows = np.concatenate((ends, rows, ends), axis=1)
    if layer.sway:
        rows = _highest(rows, -(-int(_BEND * abs(layer.sway) * height + 2) // _BLOCK))
    return Panel(sheet, pixels, sheet.x - 1, sheet.y - 1, opaque, np.concatenate((rows, rows[:, -1:]), axis=1))


def _highest(rows: Rows, reach: int) -> Rows:
    """For each block the largest value up to `reach` blocks away."""
    wide = np.pad(rows, ((0, 0), (reach, reach)), mode="edge")
    return np.asarray(np.lib.stride_tricks.sliding_window_view(wide, 2 * reach + 1, axis=1).max(axis=2), np.int64)


@dataclass(frozen=True, slots=True)
class Where:
    """How a panel lies on the frame: x' = s*x + tx, y' = s*y + ty for its own pixels, bent by `reach` pixels at most.

    `line` is the row above which all behind it must be there, since water mirrors it; 0 for all else.
    """

    s: float
    tx: float
    ty: float
    reach: float = 0.0
    line: int = 0


def pieces_of(panels: Sequence[Panel], places: Sequence[Where], width: int, height: int) -> list[list[Piece]]:
    """For each panel, from back to front, the parts of it that are seen."""
    if not panels:
        return []
    count = max(1, width // _STRIP)
    edges = np.asarray(np.linspace(0, width, count + 1).round(), np.int64)
    tops, lows, solids = _rows(panels, places, edges)
    limit = np.full(count, height, np.int64)
    out: list[list[Piece]] = []
    for k in range(len(panels) - 1, -1, -1):
        panel, place, y0 = panels[k], places[k], tops[k]
        y1 = np.minimum(lows[k], limit)
        turn = np.minimum(np.maximum(solids[k], y0), y1)
        out.append(_pieces(edges.tolist(), y0.tolist(), turn.tolist(), y1.tolist()))
        if place.line:
            limit = np.maximum(limit, place.line)
        layer = panel.sheet.layer
        if not layer.drift and not layer.bob and place.s * (panel.pixels.shape[0] - 1) + place.ty >= height:
            limit = np.minimum(limit, solids[k] + 1)
    return out[::-1]


def _rows(panels: Sequence[Panel], places: Sequence[Where], edges: Rows) -> tuple[Rows, Rows, Rows]:
    """For each panel and strip the frame's rows: first, one past the last, solid from; none above the frame."""
    s, tx, ty, reach = (
        np.array([getattr(place, name) for place in places])[:, None] for name in ("s", "tx", "ty", "reach")
    )
    counts = np.array([panel.rows.shape[1] for panel in panels])[:, None]
    at = (edges - tx) / s
    spare = reach / s + 1
    pairs = np.empty((len(panels), 2 * len(edges) - 2), np.int64)
    pairs[:, ::2] = np.floor((at[:, :-1] - spare) / _BLOCK) + 1
    pairs[:, 1::2] = np.floor((at[:, 1:] + spare) / _BLOCK) + 2
    ends = np.tile(np.array((0, 1), np.int64), len(edges) - 1)
    pairs = np.minimum(np.maximum(pairs, ends), ends + counts - 2)
    pairs += np.cumsum(counts, axis=0) - counts
    whole = np.concatenate([panel.rows for panel in panels], axis=1)
    top, low, solid = np.maximum.reduceat(whole, pairs.ravel(), axis=1)[:, ::2].reshape(3, len(panels), -1)
    first = np.floor(ty - s * (top + 1)).astype(np.int64) + 1
    last = np.ceil(s * low + ty).astype(np.int64)
    turn = np.ceil(s * solid + ty).astype(np.int64) + 1
    return np.maximum(first, 0), last, np.maximum(turn, 0)


def _pieces(edges: list[int], y0: list[int], solid: list[int], y1: list[int]) -> list[Piece]:
    """Neighbouring strips joined wherever that is cheaper than laying them one by one."""
    out: list[Piece] = []
    last, paid = Piece(0, 0, 0, 0, 0), 0.0
    for k, (a, b, c) in enumerate(zip(y0, solid, y1, strict=True)):
        if c <= a:
            continue
        x0, x1 = edges[k], edges[k + 1]
        alone = (x1 - x0) * (c - a + _BLEND * (b - a)) + _PIECE
        if out and last.x1 == x0:
            top, turn, low = min(last.y0, a), max(last.solid, b), max(last.y1, c)
            both = (x1 - last.x0) * (low - top + _BLEND * (turn - top)) + _PIECE
            if both <= paid + alone:
                last, paid = Piece(last.x0, x1, top, turn, low), both
                out[-1] = last
                continue
        last, paid = Piece(x0, x1, a, b, c), alone
        out.append(last)
    return out
