"""Camera moves as eased paths, and what a move does to a layer at a depth.

A pan or tilt shifts all depths alike, a truck or crane shifts near things more, a dolly opens the depths, a zoom
enlarges all. Distances are pixels of the canvas. Knows no layers and no actors.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from scenes.backends.animatic.layout import Layout


@dataclass(frozen=True, slots=True)
class View:
    """The camera at one moment.

    `truck` and `crane` are metres of the actors' plane in pixels; `dolly` is in depths.
    """

    pan: float = 0.0
    tilt: float = 0.0
    truck: float = 0.0
    crane: float = 0.0
    dolly: float = 0.0
    zoom: float = 1.0


@dataclass(frozen=True, slots=True)
class CameraPath:
    """A move from one view to another over `span` (parts of the scene), eased at both ends, with `shake` in pixels."""

    first: View
    last: View
    span: tuple[float, float] = (0.0, 1.0)
    shake: float = 0.0
    phase: float = 0.0


MOVES = (
    "static", "pan left", "pan right", "tilt up", "tilt down", "dolly in", "dolly out", "truck left", "truck right",
    "crane up", "crane down", "fly over", "handheld", "whip pan", "zoom in", "zoom out", "orbit", "reveal", "tracking",
    "rack focus",
)  # fmt: skip
"""The camera words that this painter honours; a `rack focus` stands still here, its lens is in focus.py."""


def ease(share: float) -> float:
    """A move that starts and stops gently: 0..1 to 0..1."""
    t = min(1.0, max(0.0, share))
    return t * t * t * (t * (6.0 * t - 15.0) + 10.0) * 0.55 + 0.45 * t * t * (3.0 - 2.0 * t)


def path_of(move: str, layout: Layout, seconds: float, phase: float, follow: float = 0.0) -> CameraPath:
    """The path of a camera word; `follow` is how far a tracking camera goes with its walkers, in pixels."""
    w, h = float(layout.width), float(layout.height)
    much = min(1.0, 0.45 + seconds / 9.0)
    x, y = 0.15 * w * much, 0.10 * h * much
    table: dict[str, tuple[View, View]] = {
        "pan left": (View(pan=x), View(pan=-x)),
        "pan right": (View(pan=-x), View(pan=x)),
        "tilt up": (View(tilt=y), View(tilt=-1.6 * y)),
        "tilt down": (View(tilt=-1.6 * y), View(tilt=0.6 * y)),
        "dolly in": (View(), View(dolly=0.17 * much)),
        "dolly out": (View(dolly=0.17 * much), View()),
        "truck left": (View(truck=0.8 * x), View(truck=-0.8 * x)),
        "truck right": (View(truck=-0.8 * x), View(truck=0.8 * x)),
        "crane up": (View(crane=0.35 * y), View(crane=-1.1 * y, tilt=0.35 * y)),
        "crane down": (View(crane=-1.1 * y, tilt=0.35 * y), View(crane=0.35 * y)),
        "fly over": (View(crane=-0.7 * y, dolly=0.0), View(crane=-0.2 * y, dolly=0.27 * much)),
        "zoom in": (View(), View(zoom=1.0 + 0.26 * much)),
        "zoom out": (View(zoom=1.0 + 0.26 * much), View()),
        "orbit": (View(truck=-2.2 * x, pan=1.9 * x), View(truck=2.2 * x, pan=-1.9 * x, dolly=0.06 * much)),
        "reveal": (View(truck=-0.72 * w, tilt=0.05 * h), View()),
        "tracking": (View(truck=-follow / 2.0), View(truck=follow / 2.0)),
    }
    if move == "whip pan":
        share = min(0.5, 0.42 / max(seconds, 0.5))
        return CameraPath(View(pan=-0.75 * w), View(), (0.0, share), phase=phase)
    if move == "handheld":
        return CameraPath(View(dolly=0.02), View(dolly=0.04), shake=0.013 * layout.unit, phase=phase)
    if move not in table:
        return CameraPath(View(), View(), phase=phase)
    first, last = table[move]
    if move == "reveal":
        return CameraPath(first, last, (0.0, 0.7), phase=phase)
    return CameraPath(first, last, phase=phase)


def _sway(path: CameraPath, t: float) -> tuple[float, float]:
    if path.shake == 0.0:
        return 0.0, 0.0
    p = path.phase
    x = math.sin(1.7 * t + p) + 0.55 * math.sin(3.1 * t + 2.0 * p) + 0.25 * math.sin(7.3 * t + p)
    y = math.sin(1.3 * t + 1.3 * p) + 0.5 * math.sin(3.7 * t + p) + 0.25 * math.sin(6.1 * t + 3.0 * p)
    return path.shake * x, 0.8 * path.shake * y


def view_at(path: CameraPath, beat: float, t: float) -> View:
    """The view at `beat` (0..1 of the scene) and `t` seconds."""
    start, stop = path.span
    s = ease((beat - start) / max(1e-6, stop - start))
    a, b = path.first, path.last
    x, y = _sway(path, t)
    return View(
        a.pan + (b.pan - a.pan) * s + x,
        a.tilt + (b.tilt - a.tilt) * s + y,
        a.truck + (b.truck - a.truck) * s,
        a.crane + (b.crane - a.crane) * s,
        a.dolly + (b.dolly - a.dolly) * s,
        a.zoom * (b.zoom / a.zoom) ** s,
    )


def placing(view: View, depth: float, layout: Layout) -> tuple[float, float, float]:
    """Scale and shift (s, tx, ty) that take layer pixels at `depth` to frame pixels: x' = s*x + tx, y' = s*y + ty."""
    near = depth / max(0.12, depth - view.dolly)
    s = near * view.zoom
    cx, cy = layout.width / 2.0, layout.horizon
    zy = layout.ground - 0.62 * layout.person
    x = cx - s * cx - (view.truck / depth * near + view.pan) * view.zoom
    y = (cy - near * cy - view.crane / depth * near - view.tilt - zy) * view.zoom + zy
    return s, x, y


def margins(path: CameraPath, depth: float, layout: Layout, seconds: float) -> tuple[float, float, float, float]:
    """How far beyond the frame (left, top, right, bottom; pixels >= 0) a layer at `depth` is seen on this path."""
    left = top = right = bottom = 0.0
    steps = max(24, min(240, int(seconds * 8)))
    for k in range(steps + 1):
        beat = k / steps
        s, tx, ty = placing(view_at(path, beat, beat * seconds), depth, layout)
        left = max(left, tx / s)
        top = max(top, ty / s)
        right = max(right, (layout.width - tx) / s - layout.width)
        bottom = max(bottom, (layout.height - ty) / s - layout.height)
    extra = 2.0 + 1.5 * path.shake
    return left + extra, top + extra, right + extra, bottom + extra


_CHECKS = 24
"""At how many moments of a move the heads are looked at."""


def fitted(
    path: CameraPath, heads: Sequence[tuple[float, float]], layout: Layout, seconds: float, across: bool = True
) -> CameraPath:
    """The path, shrunk towards rest until all heads stay in the area that is theirs.

    `heads` are the tops of heads or hats, and chins, on the actors' plane, in pixels at rest; one that is outside at
    rest does not count. `across` is False where only their height matters, since the camera goes with whoever walks.
    A move that arrives before the end (a reveal, a whip) has to be safe from its arrival on.
    """
    points = [(x, y) for x, y in heads if _safe(x, y, layout, across)]

    def safe(trial: CameraPath, wide: bool) -> bool:
        start = 0.0 if trial.span == (0.0, 1.0) else trial.span[1]
        for k in range(_CHECKS + 1):
            beat = start + (1.0 - start) * k / _CHECKS
            s, tx, ty = placing(view_at(trial, beat, beat * seconds), 1.0, layout)
            if not all(_safe(s * x + tx, s * y + ty, layout, wide) for x, y in points):
                return False
        return True

    near = _most(lambda share: safe(shrunk(path, share, 1.0), False))
    side = _most(lambda share: safe(shrunk(path, near, share), across)) if across else 1.0
    if across and side == 0.0:
        near *= _most(lambda share: safe(shrunk(path, near * share, 0.0), True))
    return path if near == side == 1.0 else shrunk(path, near, side)


def _most(works: Callable[[float], bool]) -> float:
    """The largest share of 0..1 that works, to a fortieth; 0 where none does."""
    if works(1.0):
        return 1.0
    low, high = 0.0, 1.0
    while high - low > 0.025:
        middle = (low + high) / 2
        low, high = (middle, high) if works(middle) else (low, middle)
    return low


def _safe(x: float, y: float, layout: Layout, across: bool) -> bool:
    area = layout.heads
    left, right = area.left * layout.width, layout.width - area.right * layout.width
    inside = area.top * layout.height <= y and (not area.foot or y <= layout.chin)
    return inside and (not across or left <= x <= right)


def shrunk(path: CameraPath, near: float, side: float) -> CameraPath:
    """The path with less of a move: `near` for what goes up, down and closer, `side` for what goes to the side."""

    def less(view: View) -> View:
        return View(
            view.pan * side, view.tilt * near, view.truck * side, view.crane * near, view.dolly * near, view.zoom**near
        )

    return replace(path, first=less(path.first), last=less(path.last), shake=path.shake * near)
