"""The contract between the stage and the people on it: what a figure is asked for, and what it gives back.

The stage decides where somebody stands and what he does; `figures/` decides how he looks and moves. Data only.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Colour = tuple[float, float, float]
"""RGB in 0..1, sRGB."""


@dataclass(frozen=True, slots=True)
class FigureState:
    """One figure at one moment.

    `action`, `emotion`: canonical words of the vocabulary. `beat` is the part of the scene gone by, 0..1: actions
    have a beginning, a middle and an end. `t` is seconds from the scene's start. `walked` is how far he has gone in
    units of a grown person's height on his spot (the gait takes its phase from it, so that a planted foot does not
    slide). `facing` is 1 (right) or -1 (left). `mouth` is open 0..1. `wind` is -1..1. `stool` is False where
    the stage has something to sit on, `seat` is True while his stool waits behind him, `stoops` where he kneels to hug
    somebody much smaller. While `passed` is below 1 the figure passes over from the state `before`.
    """

    action: str
    emotion: str = "neutral"
    beat: float = 0.0
    t: float = 0.0
    walked: float = 0.0
    facing: int = 1
    mouth: float = 0.0
    talking: bool = False
    blink: bool = False
    wind: float = 0.0
    stool: bool = True
    seat: bool = False
    stoops: bool = False
    before: FigureState | None = None
    passed: float = 1.0


@dataclass(frozen=True, slots=True)
class FigureLight:
    """How the scene lights a figure; how strongly it applies is the style's business.

    `silhouette` paints the whole figure in one colour. `rim` is an edge light from the direction (`rim_x`,
    `rim_y`), which points towards the light in picture coordinates. `ambient` multiplies colours. `outline` is a
    drawn contour, `outline_width` in units of height.
    """

    ambient: Colour = (1.0, 1.0, 1.0)
    key: Colour = (1.0, 1.0, 1.0)
    rim: Colour = (1.0, 1.0, 1.0)
    rim_strength: float = 0.0
    rim_x: float = 1.0
    rim_y: float = -1.0
    shade: float = 0.3
    """Darkness of the side turned away from the light, 0..1."""
    silhouette: Colour | None = None
    outline: Colour | None = None
    outline_width: float = 0.0
    desaturate: float = 0.0


@dataclass(slots=True)
class Sprite:
    """A painted figure: premultiplied BGRA uint8 (height x width x 4), and where it stands.

    `anchor` is the pixel (x, y) of the ground point between the feet (a bust: the middle of its lower edge).
    `points` names places that the stage may light: `light` (a lantern's flame), `head`, `mouth`, `hand`.
    """

    pixels: NDArray[np.uint8]
    anchor: tuple[float, float]
    points: dict[str, tuple[float, float]] = field(default_factory=dict)
