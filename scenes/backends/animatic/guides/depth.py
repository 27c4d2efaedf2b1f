"""How near everything on the stage is, as grey: 255 nearest, 0 the sky, as networks that guess depth give it.

Every sheet is laid with its own shape and the grey of its distance (1 / depth, brighter down the ground), under the
same camera and before and behind the same others as in the clip; people are a little rounded.
"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from scenes.backend import ClipRequest
from scenes.backends.animatic.blocking import Track
from scenes.backends.animatic.busts import Busts
from scenes.backends.animatic.camera import View
from scenes.backends.animatic.flight import _FAR, _NEAR, _SLICES, Flight, Floats
from scenes.backends.animatic.focus import FAR, blur_at
from scenes.backends.animatic.guides.layout import LayoutProjector, is_thing
from scenes.backends.animatic.layout import Layout
from scenes.backends.animatic.painter import PaintedSheet
from scenes.backends.animatic.players import Placed, Players, lay_sprite
from scenes.backends.animatic.projection import Pixels
from scenes.backends.animatic.stage import Stage

_SKY = frozenset({"sky", "clouds"})
_ROUND = 10.0
"""How much brighter the middle of a person is than his edge, in levels."""
_FRONT = 1.7
"""The nearness from which on all is as near: a leaf before the lens must not take the greys from the scene."""
_BEHIND = 0.6
"""How much of its grey the place behind a close-up keeps."""
_WHOLE = 0.9
"""How much of a row a sheet covers where it is ground."""
_SIGNS = (255, 195, 135)
"""The levels by which people beside one another are told apart."""
_SEEN = 96
"""From which alpha on a place of a sheet belongs to it."""


class DepthProjector(LayoutProjector):
    """Projects how near the scene is."""

    def __init__(self, stage: Stage, request: ClipRequest) -> None:
        """The sheets in grey, and actors who are laid in theirs."""
        self.range = nearest(stage)
        super().__init__(stage, request)
        self.players = _GreyPlayers(stage, self.request, self.players.light, self.range)
        if self.busts is not None:
            self.busts = _GreyBusts(stage, self.request, self.busts.light)
        if self.land is not None:
            self.flight = _GreyFlight(stage, self.scheme, self.land)

    def picture(self, index: int) -> Pixels:
        """The frame at `index`, RGB, all three alike."""
        return np.asarray(cv2.merge([self.shapes(index)[0]] * 3), np.uint8)

    def shapes(self, index: int) -> tuple[Pixels, Pixels]:
        """How near all is at the frame `index`, and where people are seen: each of a level of his own, 0 elsewhere."""
        self.frame[:] = (0, 0, 0, 255)
        t, beat, view = self._moment(index)
        if self.backdrop is not None:
            self.backdrop.lay(self.frame, view, t, blur_at(self.stage.focus, FAR, beat))
            self.frame[..., :2] = cv2.convertScaleAbs(self.frame[..., :2], alpha=_BEHIND)
            # what has no colour but noise is nobody
            self.frame[..., 2] = 0
        else:
            self._sheets(self.behind, view, t)
            if self.flight is not None:
                self.flight.lay(self.frame, beat)
        self._near(self.frame, view, t, index)
        near, _, people, _ = cv2.split(self.frame)
        return np.asarray(near, np.uint8), np.asarray(people, np.uint8)

    def dyed(self, sheets: list[PaintedSheet]) -> list[PaintedSheet]:
        """The sheets in the grey of their distance; light, mist and clouds are no things and are left out."""
        kept = [sheet for sheet in sheets if is_thing(sheet)]
        return [_dyed(sheet, self.stage.layout, self.range) for sheet in kept]


def nearest(stage: Stage) -> float:
    """The nearness (1 / depth) of what is nearest: the ground at the frame's lower edge, or what stands before it."""
    layout = stage.layout
    front = [1.0 / layer.depth for layer in stage.layers if layer.front and layer.blend == "over"]
    return max(1.0, row_nearness(layout, layout.height), *(min(_FRONT, one) for one in front))


def row_nearness(layout: Layout, y: float) -> float:
    """How near the ground is at a row, 0 at the horizon; 1 at the feet of the actors."""
    return max(0.0, (y - layout.horizon) / max(1e-6, layout.ground - layout.horizon))


def grey_of(nearness: float, limit: float) -> float:
    """The level of a nearness."""
    return 255.0 * min(1.0, nearness / limit)


def _dyed(sheet: PaintedSheet, layout: Layout, limit: float) -> PaintedSheet:
    """A sheet's shape in the grey of its distance, row by row where it is ground."""
    layer, (height, width) = sheet.layer, sheet.pixels.shape[:2]
    if layer.kind in _SKY:
        rows = np.zeros(height)
    else:
        ground = np.array([row_nearness(layout, sheet.y + row) for row in range(height)])
        near = np.full(height, 1.0 / layer.depth)
        covered = (sheet.pixels[..., 3] >= _SEEN).mean(axis=1) > _WHOLE
        if layer.depth <= 1.0 and not layer.front and covered[-1]:
            # This is the ground that actors stand on: it comes from afar, and its tufts stand where it begins.
            holes = np.flatnonzero(~covered)
            near[:] = min(1.0, ground[holes[-1] + 1] if len(holes) else 0.0)
        rows = np.clip((near if layer.front else np.maximum(near, ground)) / limit, 0.0, 1.0) * 255.0
    alpha = np.where(sheet.pixels[..., 3] >= _SEEN, 255, 0).astype(np.uint8)
    # One pixel of softness, so that a moving edge does not crawl.
    alpha = np.asarray(cv2.GaussianBlur(alpha, (0, 0), 0.7), np.uint8) if not sheet.opaque else alpha
    grey = np.rint(rows[:, None] * (alpha / 255.0)).astype(np.uint8)
    full = np.full((height, width), 255, np.uint8) if sheet.opaque else alpha
    pixels = cv2.merge((grey, grey, np.zeros_like(grey), full))
    plain = replace(layer, blend="over")
    return replace(sheet, pixels=np.ascontiguousarray(pixels), layer=plain)


def rounded(pixels: Pixels, level: float, sign: int) -> Pixels:
    """A sprite's shape in one grey, brighter towards its middle; red is `sign`."""
    alpha = np.where(pixels[..., 3] >= _SEEN, 255, 0).astype(np.uint8)
    framed = np.asarray(cv2.copyMakeBorder(alpha, 1, 1, 1, 1, cv2.BORDER_CONSTANT))
    inside = cv2.distanceTransform(framed, cv2.DIST_L2, 3)[1:-1, 1:-1]
    bulge = np.sqrt(inside / max(1.0, float(inside.max())))
    soft: NDArray[np.float32] = np.asarray(cv2.GaussianBlur(alpha, (0, 0), 0.7), np.float32)
    levels = np.rint(np.clip(level + _ROUND * bulge, 0, 255) * soft / 255.0).astype(np.uint8)
    signs = np.rint(soft * (sign / 255.0)).astype(np.uint8)
    return np.ascontiguousarray(cv2.merge((levels, levels, signs, soft.astype(np.uint8))))


class _GreyPlayers(Players):
    def __init__(self, stage: Stage, request: ClipRequest, light: object, limit: float) -> None:
        super().__init__(stage, request, light)  # type: ignore[arg-type]  # the light of the players before
        self.limit = limit

    def _one(self, frame: Pixels, view: View, track: Track, index: int, t: float) -> None:
        one = self.placed(view, track, index, t)
        lay_grey(frame, one, grey_of(row_nearness(self.stage.layout, track.y), self.limit), track.part)


class _GreyBusts(Busts):
    def _one(self, frame: Pixels, view: View, track: Track, place: tuple[float, float], index: int, t: float) -> None:
        lay_grey(frame, self.placed(view, track, place, index, t), 205.0 if place[1] else 235.0, track.part)


class _GreyFlight(Flight):
    def _coloured(self, index: NDArray[np.intp], part: Floats, x: float, y: float, slopes: Floats) -> Pixels:
        """The land's nearness at every pixel, premultiplied."""
        slice_ = np.maximum(index - 1, 0).astype(np.float32) + part
        depth = _NEAR * np.exp(slice_ * np.float32(np.log(_FAR / _NEAR) / (_SLICES - 1)))
        seen = np.where(index < _SLICES, 255, 0).astype(np.uint8)
        # What is seen from the air is far: its nearness is spread over the greys.
        grey = np.where(seen > 0, np.clip(300.0 * np.power(_NEAR / depth, 0.4), 0, 255), 0).astype(np.uint8)
        return np.ascontiguousarray(cv2.merge((grey, grey, np.zeros_like(grey), seen)))


def lay_grey(frame: Pixels, one: Placed, level: float, part: int) -> None:
    """Lay the shape of an actor, the cast's number `part`, in a grey."""
    pixels = rounded(one.sprite.pixels, level, _SIGNS[part % len(_SIGNS)])
    lay_sprite(frame, replace(one.sprite, pixels=pixels), one.x, one.y, one.scale)
