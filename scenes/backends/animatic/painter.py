"""Paints every sheet of a stage once: brush, finish, trimming. The compositor then only moves them.

Knows the brushes by name and nothing of time.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from scenes.backends.animatic import brushes
from scenes.backends.animatic.brushes.sheet import Sheet, new_sheet
from scenes.backends.animatic.camera import margins
from scenes.backends.animatic.layers import FLIGHT, Layer
from scenes.backends.animatic.scheme import Scheme, scheme_of
from scenes.backends.animatic.stage import Stage
from scenes.backends.animatic.styles.finish import finished

_OWN = ("groundlight", "sheet")


def _found() -> tuple[dict[str, Callable[[Sheet], None]], frozenset[str]]:
    """The brushes of all modules, by name, and the names of the ruled ones."""
    names = sorted(module.name for module in pkgutil.iter_modules(brushes.__path__) if module.name not in _OWN)
    modules = [importlib.import_module(f"{brushes.__name__}.{name}") for name in names]
    found = {name: brush for module in modules for name, brush in module.BRUSHES.items()}
    return found, frozenset().union(*(module.RULED for module in modules))


BRUSHES, RULED = _found()
"""Every brush by its name, as the modules beside tell it, and those whose straight edges a watercolour keeps."""


@dataclass(slots=True)
class PaintedSheet:
    """A finished sheet: premultiplied BGRA, and where its corner lies in frame coordinates at rest.

    `solid` is the row from which on all is opaque (the sheet's height where none is). `spans` are the column ranges
    that hold anything.
    """

    pixels: NDArray[np.uint8]
    x: float
    y: float
    layer: Layer
    opaque: bool
    solid: int
    spans: tuple[tuple[int, int], ...]


def scheme_for(stage: Stage) -> Scheme:
    """The colours of a stage."""
    return scheme_of(stage.time, stage.weather_word, stage.style, stage.indoors)


def paint_stage(stage: Stage) -> list[PaintedSheet]:
    """All sheets from back to front; those on which nothing shows are left out."""
    scheme = scheme_for(stage)
    out = []
    for index, layer in enumerate(stage.layers):
        if layer.kind == FLIGHT:
            continue
        painted = _paint(stage, layer, scheme, index)
        if painted is not None:
            out.append(painted)
    return out


def _edges(stage: Stage, layer: Layer) -> tuple[float, float, float, float]:
    layout = stage.layout
    left, top, right, bottom = margins(stage.camera, layer.depth, layout, stage.seconds)
    travel = abs(layer.drift) * layout.width * stage.seconds
    bend = abs(layer.sway) * layout.height * 1.3 + abs(layer.bob) * layout.height
    blur = 3.0 * layer.blur * layout.height
    extra = bend + blur
    ahead = (travel, 0.0) if layer.drift > 0 else (0.0, travel)
    return left + extra + ahead[0], top + blur + bend * 0.2, right + extra + ahead[1], bottom + blur + bend * 0.2


def _paint(stage: Stage, layer: Layer, scheme: Scheme, index: int) -> PaintedSheet | None:
    layout, style = stage.layout, scheme.style
    sheet = new_sheet(_edges(stage, layer), layout, layer, scheme, stage.seed)
    BRUSHES[layer.kind](sheet)
    pixels = sheet.pixels
    opaque = layer.kind == "sky"
    if layer.finish or (opaque and (style.wash or style.texture)):
        steady = 0.8 if layer.kind in RULED else 0.0
        pixels = finished(pixels, style, layout.unit, index, scheme.ink, opaque, steady)
    blur = layer.blur * layout.height * style.near_blur if layer.front else layer.blur * layout.height
    if style.far_blur and layer.finish and layer.depth > 8:
        blur += 0.0016 * layout.height * style.far_blur
    if blur > 0.4:
        pixels = np.asarray(cv2.GaussianBlur(pixels, (0, 0), blur), np.uint8)
    return _trimmed(pixels, sheet, opaque)


def _trimmed(pixels: NDArray[np.uint8], sheet: Sheet, opaque: bool) -> PaintedSheet | None:
    seen: NDArray[np.uint8] = pixels.max(axis=2) if sheet.layer.blend == "add" else pixels[..., 3]
    rows, columns = np.flatnonzero(seen.any(axis=1)), np.flatnonzero(seen.any(axis=0))
    if not len(rows):
        return None
    y0, y1, x0, x1 = int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1
    cut = np.ascontiguousarray(pixels[y0:y1, x0:x1])
    solid = cut.shape[0]
    if sheet.layer.blend == "over" and not sheet.layer.sway:
        holes = np.flatnonzero((cut[..., 3] < 255).any(axis=1))
        solid = int(holes[-1]) + 1 if len(holes) else 0
    spans = _spans(np.flatnonzero(seen[y0:y1, x0:x1].any(axis=0)), max(24, sheet.layout.width // 24))
    return PaintedSheet(cut, sheet.left + x0, sheet.top + y0, sheet.layer, opaque, solid, spans)


def _spans(used: NDArray[np.intp], gap: int) -> tuple[tuple[int, int], ...]:
    """Runs of used columns, joined over gaps narrower than `gap`."""
    breaks = np.flatnonzero(np.diff(used) > gap)
    starts = [int(used[0]), *(int(used[k + 1]) for k in breaks)]
    stops = [*(int(used[k]) + 1 for k in breaks), int(used[-1]) + 1]
    return tuple(zip(starts, stops, strict=True))
