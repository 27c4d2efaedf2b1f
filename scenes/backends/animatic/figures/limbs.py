"""Two bones between two points: where elbow and knee go. Pure arithmetic."""

from __future__ import annotations

import math

Point = tuple[float, float]


def bend(root: Point, target: Point, first: float, second: float, side: int) -> tuple[Point, Point]:
    """Elbow and hand (knee and ankle) of two bones from `root` towards `target`.

    `side` chooses which way the joint points (1 or -1). A target out of reach is pointed at with the limb straight.
    """
    dx, dy = target[0] - root[0], target[1] - root[1]
    wanted = math.hypot(dx, dy) or 1e-6
    longest = (first + second) * 0.9995
    shortest = abs(first - second) * 1.001 + 1e-4
    reach = min(max(wanted, shortest), longest)
    angle = math.atan2(dy, dx)
    cosine = (first * first + reach * reach - second * second) / (2 * first * reach)
    inner = angle + side * math.acos(max(-1.0, min(1.0, cosine)))
    joint = (root[0] + first * math.cos(inner), root[1] + first * math.sin(inner))
    end = (root[0] + reach * math.cos(angle), root[1] + reach * math.sin(angle))
    return joint, end


def ease(x: float) -> float:
    """Smooth step of `x`, held to 0..1."""
    x = min(1.0, max(0.0, x))
    return x * x * (3 - 2 * x)


def span(x: float, start: float, end: float) -> float:
    """How far `x` has gone from `start` to `end`, eased, 0..1."""
    return ease((x - start) / (end - start))
