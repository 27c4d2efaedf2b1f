"""What moves in the air: rain, snow, leaves, motes of light, birds, and the flash of lightning.

Each is a function of time, drawn straight on the frame; nothing is remembered between frames. Deterministic by seed.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

import numpy as np
import skia
from numpy.typing import NDArray

from scenes.backends.animatic.brushes.sheet import curve, fill, stroke
from scenes.backends.animatic.camera import View
from scenes.backends.animatic.figure import Colour
from scenes.backends.animatic.layout import Layout
from scenes.backends.animatic.light import mix
from scenes.backends.animatic.scheme import Scheme

Floats = NDArray[np.float64]


@lru_cache(maxsize=16)
def _seeds(seed: int, salt: int, count: int) -> Floats:
    return np.random.default_rng([seed, salt]).random((count, 4))


def rain(
    canvas: Any, layout: Layout, view: View, t: float, seed: int, amount: float, wind: float, colour: Colour
) -> None:
    """Rain in three depths; `amount` 0..1, `wind` slants it."""
    w, h, unit = layout.width, layout.height, layout.unit
    drops = _seeds(seed, 1, int(420 * amount * max(0.6, w * h / (1.78 * unit * unit))))
    slant = 0.10 + 0.55 * wind
    for band, (low, high) in enumerate(((0.0, 0.6), (0.6, 0.9), (0.9, 1.0))):
        some = drops[(drops[:, 2] >= low) & (drops[:, 2] < high)]
        z = 0.55 + 0.5 * band
        length = unit * (0.027 + 0.036 * band) * (0.45 + 0.7 * amount)
        y = (some[:, 1] * 1.3 * h + 2.1 * unit * z * (0.85 + 0.3 * some[:, 3]) * t) % (1.3 * h) - 0.15 * h
        x = (some[:, 0] * 1.5 * w - slant * y - (view.truck + view.pan) * z) % (1.5 * w) - 0.25 * w
        ends = np.stack((x, x - slant * length), axis=1).ravel(), np.stack((y, y + length), axis=1).ravel()
        points = list(map(skia.Point, ends[0].tolist(), ends[1].tolist()))
        if points:
            paint = stroke(colour, unit * (0.0013 + 0.0011 * band), 0.28 + 0.11 * band)
            canvas.drawPoints(skia.Canvas.kLines_PointMode, points, paint)


def splashes(canvas: Any, layout: Layout, frame: int, seed: int, amount: float, colour: Colour) -> None:
    """Rings where drops meet the ground, new ones every few frames."""
    rng = np.random.default_rng([seed, 2, frame // 3])
    unit = layout.unit
    top = layout.ground - 0.12 * layout.person
    paint = stroke(colour, unit * 0.0014, 0.26)
    for _ in range(int(46 * amount)):
        x, depth = rng.random() * layout.width, rng.random()
        y = top + depth * (layout.height - top)
        r = unit * (0.004 + 0.009 * depth) * (0.6 + 0.4 * (frame % 3))
        canvas.drawOval(skia.Rect.MakeXYWH(x - r, y - 0.3 * r, 2 * r, 0.6 * r), paint)


def snow(canvas: Any, layout: Layout, view: View, t: float, seed: int, amount: float, wind: float, front: bool) -> None:
    """Snow; `front` draws the few large flakes before the actors, otherwise the many small ones behind."""
    w, h, unit = layout.width, layout.height, layout.unit
    px, py, pz, pq = _seeds(seed, 3 + front, int((70 if front else 330) * amount)).T
    size, fall = ((0.0042, 0.0060), 0.17) if front else ((0.0020, 0.0028), 0.095)
    z = 0.6 + 0.8 * pz
    y = (py * 1.15 * h + t * fall * unit * z) % (1.15 * h) - 0.07 * h
    sway = np.sin(t * (0.5 + pq) + 9 * pq) * 0.022 * unit * z
    x = px * 1.3 * w + sway + t * (0.03 + 0.9 * wind) * 0.35 * unit * z - (view.truck + view.pan) * z
    x = x % (1.3 * w) - 0.15 * w
    _discs(canvas, x, y, unit * (size[0] + size[1] * pz * pz), (0.55 if front else 0.78) + 0.2 * pq, (1.0, 1.0, 1.0))


def _discs(canvas: Any, x: Floats, y: Floats, r: Floats, alpha: Floats, colour: Colour) -> None:
    """Discs of one colour; one paint serves them all, since a new one costs more than the disc."""
    paint = fill(colour)
    for at, down, radius, share in zip(x.tolist(), y.tolist(), r.tolist(), alpha.tolist(), strict=True):
        paint.setAlphaf(share)
        canvas.drawCircle(at, down, radius, paint)


def leaves(
    canvas: Any, layout: Layout, view: View, t: float, seed: int, amount: float, wind: float, scheme: Scheme
) -> None:
    """Leaves tumbling in the wind, and the pale lines of its gusts."""
    w, h, unit = layout.width, layout.height, layout.unit
    _gusts(canvas, layout, view, t, seed, amount, wind)
    for px, py, pz, pq in _seeds(seed, 6, int(40 * amount)):
        z = 0.5 + pz
        x = (px * 1.4 * w + t * wind * 0.75 * unit * z - (view.truck + view.pan) * z) % (1.4 * w) - 0.2 * w
        y = py * 0.95 * h + math.sin(t * (1.2 + pq) + 8 * pq) * 0.06 * h + 0.05 * h
        turn = t * (2.5 + 3 * pq) + 9 * pq
        r = unit * 0.014 * z
        a, b = math.cos(turn) * r, math.sin(turn) * r
        flip = 0.25 + 0.75 * abs(math.sin(1.7 * turn))
        colour = scheme.tone("leafwarm" if pq > 0.4 else "leaf", 0.0, lit=0.4)
        canvas.drawPath(
            curve(
                [
                    (x - a, y - b),
                    (x - 0.5 * b * flip, y + 0.5 * a * flip),
                    (x + a, y + b),
                    (x + 0.5 * b * flip, y - 0.5 * a * flip),
                ]
            ),
            fill(colour, 0.9),
        )


def _gusts(canvas: Any, layout: Layout, view: View, t: float, seed: int, amount: float, wind: float) -> None:
    """Drawn wind: long bowed strokes that run before it, each for a second and a half, then another elsewhere."""
    w, h, unit = layout.width, layout.height, layout.unit
    way = 1.0 if wind >= 0 else -1.0
    for k, (_, _, pz, pq) in enumerate(_seeds(seed, 5, round(5 * amount))):
        run, gone = divmod(t / 1.5 + pq, 1.0)
        px, py = ((0.618 * (k + 3 * run) + pz) % 1.0, (0.382 * k + 0.27 * run + 0.5 * pz) % 1.0)
        x = (px * 1.3 - 0.25) * w + way * (gone - 0.4) * 0.55 * unit - (view.truck + view.pan) * 0.7
        y, long = (0.10 + 0.62 * py) * h, unit * (0.16 + 0.14 * pz)
        bow = 0.012 * unit * math.sin(9.0 * pq + 2.0 * gone)
        line = [(x + way * long * part, y + bow * math.sin(4.2 * part + 5.0 * gone)) for part in (0.0, 0.3, 0.6, 1.0)]
        alpha = 0.5 * math.sin(math.pi * gone)
        canvas.drawPath(curve(line, False), stroke((1.0, 1.0, 1.0), 0.0026 * unit, alpha))
        tail = [(px - way * 0.14 * long, py + 0.018 * unit) for px, py in line[:3]]
        canvas.drawPath(curve(tail, False), stroke((1.0, 1.0, 1.0), 0.0018 * unit, 0.6 * alpha))


def motes(canvas: Any, layout: Layout, view: View, t: float, seed: int, colour: Colour, amount: float) -> None:
    """Dust, seeds or fireflies that hang in the light and drift upwards."""
    w, h, unit = layout.width, layout.height, layout.unit
    px, py, pz, pq = _seeds(seed, 7, int(38 * amount)).T
    z = 0.5 + pz
    y = (py * h - t * 0.017 * unit * z) % h
    x = (px * 1.2 * w + np.sin(0.7 * t + 9 * pq) * 0.035 * unit - (view.truck + view.pan) * z) % (1.2 * w) - 0.1 * w
    shine = 0.36 + 0.34 * np.sin(2.1 * t + 20 * pq)
    r = unit * (0.0012 + 0.0022 * pz)
    _discs(canvas, x, y, 3.4 * r, 0.16 * shine, colour)
    _discs(canvas, x, y, r, shine, colour)


def birds(canvas: Any, layout: Layout, view: View, t: float, seed: int, colour: Colour) -> None:
    """A loose flight of birds high in the sky."""
    w, unit = layout.width, layout.unit
    way = 1.0 if seed % 2 else -1.0
    for k, (px, py, pz, pq) in enumerate(_seeds(seed, 8, 7)):
        x = (0.30 + 0.30 * px + way * (0.016 * t + 0.03 * (k % 3))) * w - 0.04 * (view.truck + view.pan)
        y = (0.16 + 0.13 * py) * layout.horizon + math.sin(0.8 * t + 7 * pq) * 0.008 * unit - 0.5 * view.tilt
        flap = math.sin(t * (6.5 + 2 * pq) + 20 * pq) * (0.35 + 0.65 * max(0.0, math.sin(0.9 * t + 5 * pz)))
        s = unit * (0.008 + 0.006 * pz)
        lift = 0.30 * max(flap, -0.3) * s
        wing = [
            (x - 1.5 * s, y - 0.75 * s * flap),
            (x - 0.6 * s, y - lift - 0.15 * s),
            (x, y),
            (x + 0.6 * s, y - lift - 0.15 * s),
            (x + 1.5 * s, y - 0.75 * s * flap),
        ]
        canvas.drawPath(curve(wing, False), stroke(colour, 0.17 * s))


def flash_at(t: float, seed: int) -> float:
    """How bright lightning is at a moment, 0..1: a double flash every few seconds."""
    period = 3.1 + (seed % 7) * 0.2
    phase = (t + 2.0) % period
    if phase > 0.42:
        return 0.0
    return max(0.0, 1.0 - phase / 0.10) if phase < 0.14 else 0.75 * max(0.0, 1.0 - (phase - 0.14) / 0.28)


def fork(canvas: Any, layout: Layout, t: float, seed: int) -> None:
    """The bolt itself, while it flashes."""
    strength = flash_at(t, seed)
    if strength < 0.2:
        return
    rng = np.random.default_rng([seed, 9, int((t + 2.0) / (3.1 + (seed % 7) * 0.2))])
    x, y = layout.width * (0.2 + 0.6 * rng.random()), -5.0
    points = [(x, y)]
    while y < 0.92 * layout.horizon:
        x += rng.normal() * 0.030 * layout.unit
        y += (0.02 + 0.05 * rng.random()) * layout.unit
        points.append((x, y))
    from scenes.backends.animatic.brushes.sheet import polygon

    path = polygon(points, False)
    for width, alpha in ((0.016, 0.16), (0.007, 0.35), (0.0026, 1.0)):
        canvas.drawPath(path, stroke((0.93, 0.95, 1.0), width * layout.unit, alpha * strength))


def bird_colour(scheme: Scheme) -> Colour:
    """A dark tone of the sky for things that fly in it."""
    return mix(scheme.ink, scheme.sky(1), 0.25)
