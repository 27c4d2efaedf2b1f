"""One layer of the multiplane stage as data: what is painted, how far away, and how it moves.

Places write these; the painter reads them. Knows no brushes and no pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal


@dataclass(frozen=True, slots=True)
class Layer:
    """One sheet.

    `kind` names a brush, `depth` is 1 at the actors and grows away from the camera, `haze` 0..1 is what the air
    takes (below 0: so near that not even fog takes anything), `seed` parts equal brushes. `options` are the brush's
    own numbers (in heights of a person or parts of the frame, as each brush says). `sway` bends the sheet in the wind
    (part of its height), `drift` moves it (parts of the frame's width per second), `bob` moves it up and down (parts
    of the frame's height). `blend` says whether it covers or adds light; `pulse` makes its strength breathe. `blur`
    softens it, in heights of the frame. `front` puts it before the actors. `finish` is False for light and air, which
    get no paper.
    """

    kind: str
    depth: float
    haze: float = 0.0
    seed: int = 0
    options: dict[str, float] = field(default_factory=dict)
    sway: float = 0.0
    drift: float = 0.0
    bob: float = 0.0
    blend: Literal["over", "add", "water"] = "over"
    pulse: float = 0.0
    blur: float = 0.0
    front: bool = False
    finish: bool = True


FLIGHT = "flight"
"""The kind of the one sheet that no brush paints: land seen from the air, made anew in every frame."""
_SKY = 30.0
"""The depth from which on a sheet of light or air belongs to the sky."""


def aloft(layers: Sequence[Layer]) -> tuple[Layer, ...]:
    """The sheets of a flight: of a place's own those of its sky, and the land below."""
    sky = tuple(layer for layer in layers if not layer.finish and layer.depth >= _SKY)
    return (*sky, Layer(FLIGHT, _SKY, finish=False))


_ASIDE = 0.42
"""How far from the middle trunks before the actors stay, in frame widths: who walks there is near it, not in it."""


def passed_by(layers: Sequence[Layer], travel: float) -> tuple[Layer, ...]:
    """The sheets for a camera that goes along by `travel` (frame widths): trunks before the actors hide nobody.

    Being nearer they run faster than who walks: the first stand as far out as they get on the way.
    """

    def aside(layer: Layer) -> Layer:
        clear = layer.options.get("clear", 0.0)
        far = abs(travel) / (2 * layer.depth) + _ASIDE
        return replace(layer, options={**layer.options, "clear": max(clear, far)})

    return tuple(aside(layer) if layer.front and layer.kind == "trunks" else layer for layer in layers)
