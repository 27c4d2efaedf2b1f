"""The matte: the new picture comes through a grey picture of the author's, its dark places first."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from render.blending import Field, mask_of, reveal
from render.transition import Way
from scenes.backend import Frame
from scenes.frames import I420
from storyboard.errors import MissingError

SHARPEST = 0.02
"""Softness below which an 8-bit picture would come through in steps."""


class Matte:
    """The new picture comes through a grey picture of the author's: where that is dark first, where it is bright last.

    `softness` says how gently, from 0 (an edge) to 1 (nearly a dissolve).
    """

    name = "matte"
    detour = False

    def options(self) -> Sequence[str]:
        """A matte takes a picture, and no option."""
        return ()

    def blend(self, tail: I420, head: I420, progress: float, way: Way) -> I420:
        """The new picture where the matte's turn has come; raises MissingError where there is no matte."""
        if way.matte is None:
            raise MissingError("a transition by matte has no picture to follow", "give it one: `picture: brush.png`")
        mask = mask_of(way.matte, progress, max(SHARPEST, way.softness))
        return reveal(tail, head, mask, linear=way.linear)


def field_of(picture: Frame, width: int, height: int) -> Field:
    """A picture (RGB, h, w, 3) as the field of a matte of that size: 0 in its darkest place, 1 in its brightest.

    It fills the frame without being stretched; what stands over on two sides is cut off.
    """
    luma = picture.astype(np.float32) @ np.array([0.2126, 0.7152, 0.0722], np.float32)
    high, wide = luma.shape
    scale = max(width / wide, height / high)
    size = (max(width, round(wide * scale)), max(height, round(high * scale)))
    fitted = cv2.resize(luma, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    left, top = (size[0] - width) // 2, (size[1] - height) // 2
    field: Field = np.ascontiguousarray(fitted[top : top + height, left : left + width])
    low, span = float(field.min()), float(field.max() - field.min())
    field -= np.float32(low)
    field *= np.float32(1 / span if span else 0)
    return field
