"""A crowd: people of all kinds who stand behind the actors, painted once on one sheet.

Options: `people` how many, `row` which row they stand in (rows stand in each other's gaps). Who they are depends on
the sheet's seed. Knows no places.
"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from scenes.backends.animatic.brushes.sheet import Sheet, box, soft
from scenes.backends.animatic.figure import FigureState, Sprite
from scenes.backends.animatic.figures import look_of, render_figure
from storyboard.film import Character, VoiceChoice

_FOLK = ("woman", "man", "merchant", "child", "farmer", "old woman", "maid", "man", "old man", "woman", "clerk")
_POSES = ("stand", "listen", "stand", "talk", "look up")
_FACES = ("neutral", "happy", "surprised", "wonder", "neutral", "tender")
_MARGIN = 0.07


def crowd(sheet: Sheet) -> None:
    """A row of people across the frame, each with a place, a turn and a face of his own."""
    count = max(1, int(sheet.option("people", 5.0)))
    row = int(sheet.option("row", 0.0))
    rng, scheme = sheet.rng, sheet.scheme
    light = scheme.figure_light(1.0 if scheme.day.sun_x > 0.5 else -1.0)
    first = int(rng.integers(len(_FOLK)))
    names = [f"passer-by {row}-{k}-{int(rng.integers(1000))}" for k in range(count)]
    step = (1.0 - 2.0 * _MARGIN) / count
    spots = [_MARGIN + (k + 0.5 + 0.28 * float(rng.uniform(-1, 1))) * step for k in range(count)]
    depths = [1.0 + 0.05 * float(rng.uniform(-1, 1)) for _ in range(count)]
    for k in sorted(range(count), key=lambda one: -depths[one]):
        role = _FOLK[(first + 5 * row + k) % len(_FOLK)]
        person = Character(names[k], names[k], role, role, "", "", VoiceChoice("en/george"))
        look = replace(look_of(person, names), prop="")
        facing = int(rng.choice((-1, 1))) if abs(spots[k] - 0.5) < 0.15 else (1 if spots[k] < 0.5 else -1)
        action, emotion = str(rng.choice(_POSES)), str(rng.choice(_FACES))
        state = FigureState(action, emotion, beat=0.5, t=float(rng.uniform(0, 9)), facing=facing)
        sprite = render_figure(look, state, sheet.person / depths[k], light, scheme.style.name)
        y = sheet.base + (1.0 - depths[k]) * 0.5 * sheet.person
        x, p = sheet.x(spots[k]), sheet.person
        sheet.canvas.drawOval(box(x - 0.2 * p, y - 0.03 * p, 0.4 * p, 0.07 * p), soft(scheme.ink, 0.02 * p, 0.34))
        _lay(sheet, sprite, x, y)


def _lay(sheet: Sheet, sprite: Sprite, x: float, y: float) -> None:
    """Lay a figure with its feet at (x, y), a little lost in the air of its distance."""
    pixels = _hazed(sprite.pixels, sheet.scheme.haze, min(0.5, 1.6 * sheet.layer.haze))
    left, top = round(x - sprite.anchor[0] - sheet.left), round(y - sprite.anchor[1] - sheet.top)
    height, width = sheet.pixels.shape[:2]
    x0, y0 = max(0, left), max(0, top)
    x1, y1 = min(width, left + pixels.shape[1]), min(height, top + pixels.shape[0])
    if x1 <= x0 or y1 <= y0:
        return
    part = pixels[y0 - top : y1 - top, x0 - left : x1 - left]
    area = sheet.pixels[y0:y1, x0:x1]
    rest = cv2.merge([cv2.bitwise_not(np.ascontiguousarray(part[..., 3]))] * 4)
    area[:] = cv2.add(cv2.multiply(area, rest, scale=1 / 255.0), np.ascontiguousarray(part))


def _hazed(pixels: NDArray[np.uint8], colour: tuple[float, float, float], amount: float) -> NDArray[np.uint8]:
    alpha = pixels[..., 3:4].astype(np.float32)
    veil = alpha * np.array(colour[::-1], np.float32)
    out = pixels.copy()
    out[..., :3] = np.clip(pixels[..., :3] * (1.0 - amount) + veil * amount + 0.5, 0, 255).astype(np.uint8)
    return out


BRUSHES = {"crowd": crowd}
RULED = frozenset({"crowd"})
