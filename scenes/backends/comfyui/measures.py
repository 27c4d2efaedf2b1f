"""How many frames, seconds and pixels are asked of a workflow: what its map of slots allows, nearest to the scene.

Pure arithmetic; knows neither workflows nor the server.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from fractions import Fraction

from scenes.backend import ClipRequest, Refusal
from scenes.backends.comfyui.slots import Measure, Slots

_TOO_SHORT = Fraction(1, 10)
"""Seconds by which a clip may be too short: it is held on its last picture so long."""


@dataclass(frozen=True, slots=True)
class Length:
    """What is asked for: `frames` and `told` (seconds), None where they have no place; `seconds` is what comes out."""

    frames: int | None
    told: int | float | None
    seconds: Fraction
    rate: Fraction


def length_of(slots: Slots, request: ClipRequest, wanted: Fraction | None = None) -> Length:
    """The shortest length that is long enough for the scene, or for the seconds that are `wanted`.

    Raises Refusal where the workflow makes none that long.
    """
    needed = Fraction(request.frames) / request.rate if wanted is None else wanted
    # Where a workflow may be told its rate and has none of its own, it is the film's.
    rate = slots.rate or Fraction(request.rate)
    frames, told, seconds = None, None, needed
    if slots.seconds is not None:
        seconds = _counted(slots.seconds, needed, Fraction(1), request)
        told = plain_number(seconds)
    if slots.frames is not None:
        count = _counted(slots.frames, needed * rate, rate, request)
        frames, seconds = math.ceil(count), Fraction(count) / rate
    return Length(frames, told, seconds, rate)


def _counted(measure: Measure, needed: Fraction, unit: Fraction, request: ClipRequest) -> Fraction:
    """The smallest number that a measure allows and that is enough; `unit` of them are a second."""
    every, plus = Fraction(str(measure.every)), Fraction(str(measure.plus))
    count = plus + max(0, math.ceil((max(needed, Fraction(str(measure.least))) - plus) / every)) * every
    most = Fraction(str(measure.most))
    if not most or count <= most:
        return count
    longest = plus + max(0, math.floor((most - plus) / every)) * every
    if longest <= 0 or (needed - longest) / unit > _TOO_SHORT:
        raise Refusal(
            f"scene '{request.scene.id}' lasts {float(needed / unit):.2f} s, and its workflow makes at most "
            f"{float(longest / unit):.2f} s",
            "make the scene shorter or divide it in two, or raise `most:` in the map of slots",
        )
    return longest


def size_of(slots: Slots, request: ClipRequest) -> tuple[int, int] | None:
    """Width and height that are asked for: the canvas, or its shape in fewer pixels; None where they have no place."""
    if slots.width is None or slots.height is None:
        return None
    canvas = request.width, request.height
    limits = [(limit, side) for limit, side in zip((slots.width.most, slots.height.most), canvas, strict=True) if limit]
    factor = min([1.0, *(limit / side for limit, side in limits)])
    if slots.pixels:
        factor = min(factor, math.sqrt(slots.pixels / (canvas[0] * canvas[1])))
    sides = [_sides(measure, side * factor) for measure, side in zip((slots.width, slots.height), canvas, strict=True)]
    every = list(itertools.product(*sides))
    fitting = [size for size in every if not slots.pixels or size[0] * size[1] <= slots.pixels]
    chosen = min(fitting or every[:1], key=lambda size: (round(cut_off(size, canvas), 2), -size[0] * size[1]))
    return chosen[0], chosen[1]


def cut_off(size: tuple[int, ...], canvas: tuple[int, int]) -> float:
    """The part of a picture that a canvas of another shape cuts off, 0..1."""
    shape, wanted = size[0] / size[1], canvas[0] / canvas[1]
    return 1 - min(shape, wanted) / max(shape, wanted)


def _sides(measure: Measure, wanted: float) -> tuple[int, ...]:
    """The allowed sides next to a wanted one, the smaller first."""
    every, plus = measure.every, measure.plus
    least = plus + max(0, math.ceil((max(measure.least, 1) - plus) / every - 1e-9)) * every
    most = plus + math.floor((measure.most - plus) / every + 1e-9) * every if measure.most else math.inf
    below = plus + math.floor((wanted - plus) / every + 1e-9) * every
    above = plus + math.ceil((wanted - plus) / every - 1e-9) * every
    return tuple(dict.fromkeys(int(min(max(side, least), max(least, most))) for side in (below, above)))


def plain_number(value: Fraction) -> int | float:
    """A number as JSON writes it: whole where it is whole."""
    return int(value) if value.denominator == 1 else float(value)
