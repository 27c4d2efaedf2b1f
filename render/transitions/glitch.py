"""The glitch: the signal breaks up in torn bands and parted colours, and the new picture comes out of it."""

from __future__ import annotations

import math
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from render.blending import ease
from render.transition import Way, planes, size_of
from scenes.frames import I420

TICKS = 12
"""How often the disturbance changes on the way: seldom enough to be seen, as a faulty signal jumps and holds."""
CALM = 0.2
"""The part of the ticks in which the signal nearly recovers."""
TEAR = 0.09
"""How far a band is torn aside at the worst (one standard deviation), as a part of the width."""
PARTING = 0.02
"""How far red and blue part at the worst, as a part of the width."""
LINES = 0.22
"""How much darker every other screen line is at the worst."""
RED, BLUE = np.float32(0.2126), np.float32(0.0722)
"""What BT.709 weighs them by in luma."""


class Glitch:
    """The signal breaks up: bands tear aside, colours part, and the new picture comes out of it.

    The same film always breaks up alike.
    """

    name = "glitch"
    detour = True

    def options(self) -> Sequence[str]:
        """A glitch takes none."""
        return ()

    def blend(self, tail: I420, head: I420, progress: float, way: Way) -> I420:  # noqa: ARG002 - the contract's shape
        """Bands of both pictures, torn aside, with parted colours and screen lines; wildest in the middle."""
        random = np.random.default_rng([71, math.floor(progress * TICKS)])
        wild = math.sin(math.pi * progress) * (0.15 if random.random() < CALM else random.uniform(0.5, 1))
        arrived = ease(progress)
        torn = _torn(tail, head, arrived, wild, random)
        _recolour(torn, wild, random)
        _part(torn, round(wild * PARTING * torn.shape[1] / 2))
        _line(torn, wild * LINES)
        return torn


def _torn(tail: I420, head: I420, arrived: float, wild: float, random: np.random.Generator) -> I420:
    """Bands of uneven height, some of them moved aside, each of the old or the new picture."""
    rows, columns = size_of(tail)[0] // 2, tail.shape[1] // 2
    cuts = np.unique(np.concatenate(([0, rows], random.integers(1, rows, 5 + round(12 * wild)))))
    out = np.empty_like(tail)
    drawn, sources = planes(out), (planes(tail), planes(head))
    main = int(random.random() < arrived)
    for first, last in zip(cuts[:-1].tolist(), cuts[1:].tolist(), strict=True):
        other = random.random() < 4 * arrived * (1 - arrived) * 0.4
        aside = round(random.normal() * TEAR * wild * columns) if random.random() < 0.25 + 0.5 * wild else 0
        for number, scale in enumerate((2, 1, 1)):
            band = slice(first * scale, last * scale)
            drawn[number][band] = np.roll(sources[main ^ other][number][band], aside * scale, axis=1)
    return out


def _recolour(picture: I420, wild: float, random: np.random.Generator) -> None:
    """Turn the colours of a few flat blocks into their opposites."""
    _, u, v = planes(picture)
    rows, columns = u.shape
    for _ in range(round(4 * wild)):
        tall, wide = 1 + int(rows * random.uniform(0.01, 0.05)), 1 + int(columns * random.uniform(0.08, 0.35))
        top, left = int(random.integers(0, max(1, rows - tall))), int(random.integers(0, max(1, columns - wide)))
        for plane in (u, v):
            block = plane[top : top + tall, left : left + wide]
            block[:] = np.clip(256 - block.astype(np.int16), 16, 240)


def _part(picture: I420, shift: int) -> None:
    """Move red one way and blue the other, by so many chroma samples, green staying in its place.

    A colour is a sum of luma and a tint. So luma becomes the weighted sum of itself in three places and of what the
    tints change; chroma changes by what its own colour changes beyond luma.
    """
    if not shift:
        return
    y, u, v = planes(picture)
    red_tint = _change(v, shift) * np.float32(1.5748 * 219 / 224)
    blue_tint = _change(u, -shift) * np.float32(1.8556 * 219 / 224)
    small = np.asarray(cv2.resize(y, u.shape[::-1], interpolation=cv2.INTER_AREA), np.uint8)
    red, blue = _change(small, shift) + red_tint, _change(small, -shift) + blue_tint
    change = RED * red + BLUE * blue
    for plane, colour, gain in ((u, blue, 1.8556), (v, red, 1.5748)):
        plane[:] = np.clip(np.rint(plane + (colour - change) * np.float32(224 / 219 / gain)), 16, 240)
    tint = np.rint(RED * red_tint + BLUE * blue_tint).astype(np.int16)
    luma = cv2.addWeighted(y, 1 - float(RED + BLUE), np.roll(y, 2 * shift, axis=1), float(RED), 0)
    luma = cv2.addWeighted(luma, 1, np.roll(y, -2 * shift, axis=1), float(BLUE), 0)
    wide = cv2.resize(tint, y.shape[::-1], interpolation=cv2.INTER_NEAREST)
    np.clip(cv2.add(luma, wide, dtype=cv2.CV_8U), 16, 235, out=y)


def _change(plane: NDArray[np.uint8], shift: int) -> NDArray[np.float32]:
    """What a plane changes by when it is moved sideways by so many samples."""
    return np.roll(plane, shift, axis=1).astype(np.float32) - plane


def _line(picture: I420, dark: float) -> None:
    """Darken every other screen line."""
    y = planes(picture)[0]
    thick = max(1, y.shape[0] // 360)
    shade = np.rint(16 + (np.arange(256) - 16) * (1 - dark)).clip(0, 255).astype(np.uint8)
    for first in range(0, y.shape[0], 2 * thick):
        y[first : first + thick] = cv2.LUT(y[first : first + thick], shade)
