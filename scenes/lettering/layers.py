"""Drawn words as layers: premultiplied pixels that are laid over pictures, faded and boxed.

Knows no text and no timing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from scenes.backend import Frame

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Layer: TypeAlias = "NDArray[np.uint8]"
"""Premultiplied BGRA, (height, width, 4)."""


def lay_over(picture: Frame, layer: Layer, left: int = 0, top: int = 0) -> Frame:
    """The RGB picture with a premultiplied BGRA layer over it, cut off at the picture's edges."""
    out = picture.copy()
    _blend(out, layer[..., 2::-1], layer[..., 3:], left, top)
    return out


def lay(ground: Layer, layer: Layer, left: int, top: int) -> None:
    """Lay one premultiplied layer over another in place, cut off at the edges."""
    _blend(ground, layer, layer[..., 3:], left, top)


def faded(layer: Layer, part: float) -> Layer:
    """The layer at `part` (0..1) of its strength."""
    import numpy as np

    weight = np.uint16(round(256 * min(max(part, 0.0), 1.0)))
    weaker: Layer = ((layer.astype(np.uint16) * weight) >> 8).astype(np.uint8)
    return weaker


def inked(layer: Layer) -> tuple[Layer, int, int]:
    """The part of a layer that is not empty, and where its left upper corner lies."""
    import numpy as np

    rows, columns = np.flatnonzero(layer[..., 3].any(axis=1)), np.flatnonzero(layer[..., 3].any(axis=0))
    if not rows.size:
        return layer[:0, :0], 0, 0
    top, left = int(rows[0]), int(columns[0])
    return np.ascontiguousarray(layer[top : rows[-1] + 1, left : columns[-1] + 1]), left, top


def box(width: int, height: int, radius: float, colour: str = "#000000", alpha: float = 0.55) -> Layer:
    """An even, half transparent box with round corners."""
    import numpy as np
    import skia

    pixels: Layer = np.zeros((height, width, 4), np.uint8)
    canvas = skia.Canvas(pixels, colorType=skia.kBGRA_8888_ColorType, alphaType=skia.kPremul_AlphaType)
    canvas.drawRoundRect(skia.Rect.MakeWH(width, height), radius, radius, fill(colour, alpha))
    return pixels


def fill(colour: str, alpha: float = 1.0) -> Any:
    """A paint of a `#rrggbb` colour."""
    import skia

    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return skia.Paint(AntiAlias=True, Color=skia.ColorSetARGB(round(255 * alpha), red, green, blue))


def _blend(ground: Frame, colours: Frame, cover: Frame, left: int, top: int) -> None:
    """Lay premultiplied colours over the ground in place; as many channels as the ground has."""
    import numpy as np

    y0, x0 = max(top, 0), max(left, 0)
    y1, x1 = min(top + cover.shape[0], ground.shape[0]), min(left + cover.shape[1], ground.shape[1])
    if y1 <= y0 or x1 <= x0:
        return
    part = (slice(y0 - top, y1 - top), slice(x0 - left, x1 - left))
    below = ground[y0:y1, x0:x1].astype(np.uint16) * (255 - cover[part].astype(np.uint16))
    ground[y0:y1, x0:x1] = np.minimum((below + 127) // 255 + colours[part], 255).astype(np.uint8)
