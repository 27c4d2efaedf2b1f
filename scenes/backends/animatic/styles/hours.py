"""What the hours look like in a style that has skies of its own: only what differs from the common light is written.

Data only; `scheme` lays weather over them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scenes.backends.animatic.figure import Colour
from scenes.backends.animatic.light import rgb

Skies = tuple[Colour, Colour, Colour, Colour, Colour]


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour of one style; the fields are those of a Daylight, None where it keeps the common ones."""

    sky: Skies | None = None
    haze: Colour | None = None
    ambient: Colour | None = None
    key: Colour | None = None
    ink: Colour | None = None
    glow: Colour | None = None
    disc: Colour | None = None
    sun_size: float | None = None
    sun_height: float | None = None
    backlight: float | None = None


Hours = Mapping[str, Hour]


def _sky(text: str) -> Skies:
    a, b, c, d, e = (rgb(part) for part in text.split())
    return a, b, c, d, e


_EMBERS = Hour(
    _sky("#12072c #2e0d58 #7a1a80 #e0367c #ffa066"), rgb("#70247e"), (0.52, 0.42, 0.74), rgb("#ff9ac8"),
    rgb("#0a0420"), rgb("#ff7a9c"), rgb("#ffd9a8"), 0.105, 0.16, 0.80,
)  # fmt: skip
_STEEL = Hour(
    _sky("#0b0e38 #142468 #1d4c92 #2f96b8 #a4ece2"), rgb("#2f6da2"), (0.60, 0.66, 0.96), rgb("#b8f6ff"),
    rgb("#0b0a30"), rgb("#86f2ff"), rgb("#effffb"), 0.085, None, 0.72,
)  # fmt: skip
_VOLTS = Hour(
    _sky("#04020d #0d0528 #2a0c5e #7c1a88 #f0489c"), rgb("#4e1676"), (0.37, 0.34, 0.68), rgb("#9fe8ff"),
    rgb("#06021a"), rgb("#c88cff"), rgb("#e4f4ff"), 0.060, None, 0.72,
)  # fmt: skip
NEON: Hours = {
    "dawn": _EMBERS, "golden hour": _EMBERS, "dusk": _EMBERS, "morning": _STEEL, "noon": _STEEL, "night": _VOLTS,
    "moonlit": _VOLTS,
}  # fmt: skip
"""A dark city: violet to black above, one bright band at the horizon."""

_MOON = Hour(
    _sky("#06202b #0d3a47 #1c6068 #439490 #b4dcc2"), rgb("#357f80"), None, None, rgb("#02080d"), rgb("#e2f2d8"),
    rgb("#fdf8e0"), 0.125, 0.60, 0.9,
)  # fmt: skip
_PLAY = Hour(
    _sky("#2f7d88 #5fb0a6 #a6d6b8 #e2ecc2 #fff6d4"), rgb("#8fc4b0"), None, None, rgb("#0a2128"), rgb("#fffbdc"),
    rgb("#fffdf0"), 0.085, None, 0.9,
)  # fmt: skip
TINTED: Hours = {
    "dawn": Hour(_sky("#4a5a98 #9484b0 #eaa4a0 #ffd0a0 #fff2d2"), rgb("#e6aaa4"), None, None, rgb("#1c1a38"),
                 rgb("#fff0cc"), rgb("#fff8e4"), 0.10, 0.20),
    "morning": _PLAY,
    "noon": _PLAY,
    "golden hour": Hour(_sky("#a8421c #dc7224 #f6a23c #ffcd6a #fff2b8"), rgb("#e89242"), None, None, rgb("#2a0d10"),
                        rgb("#fff0b4"), rgb("#fffbe0"), 0.125, 0.26),
    "dusk": Hour(_sky("#25123c #66224e #c4453e #f7883c #ffd684"), rgb("#cf643e"), None, None, rgb("#16081a"),
                 rgb("#ffdc98"), rgb("#fff0c4"), 0.115, 0.17),
    "night": _MOON,
    "moonlit": _MOON,
}  # fmt: skip
"""A film tinted by hand: one glowing hue for each hour, and a great disc."""

SILVER: Hours = {
    "dusk": Hour(_sky("#17171a #333338 #606066 #a0a0a4 #e4e4e2"), rgb("#85858a"), (0.62, 0.62, 0.64), None,
                 rgb("#0b0b0d"), rgb("#f4f2ee"), rgb("#ffffff"), 0.085, None, 0.74),
    "night": Hour(_sky("#060608 #101115 #25272d #4d525b #989fa9"), rgb("#50555e"), (0.44, 0.46, 0.50),
                  rgb("#f4f7ff"), rgb("#050507"), rgb("#c4cad4"), rgb("#ffffff"), 0.062, None, 0.66),
    "moonlit": Hour(_sky("#08090b #191b20 #3a3d44 #6f757e #c2c8cf"), rgb("#7a808a"), (0.52, 0.55, 0.60),
                    rgb("#f8faff"), rgb("#060608"), rgb("#e0e4ea"), rgb("#ffffff"), 0.110, None, 0.74),
}  # fmt: skip
"""Black and white: a night that is black above and bright behind the roofs."""

_DAY = Hour(_sky("#1f5f98 #4a8cbe #8ab4cc #b4cdd2 #dcdfd0"), rgb("#a4bcc4"), (0.88, 0.88, 0.88))
LENS: Hours = {
    "morning": _DAY,
    "noon": _DAY,
    "golden hour": Hour(_sky("#3f6482 #8d938f #e2ab6c #ffc468 #ffe9b0"), rgb("#eeb068"), backlight=0.46,
                        sun_size=0.072),
    "dusk": Hour(_sky("#12263a #374762 #8a5a66 #ee8a50 #ffd08a"), rgb("#cf8056"), (0.58, 0.54, 0.60),
                 ink=rgb("#0c1420"), backlight=0.74, sun_size=0.080),
    "night": Hour(_sky("#040b18 #0a1b30 #173a55 #336683 #7fa9b8"), rgb("#3f6c88"), (0.46, 0.56, 0.74),
                  rgb("#bfe2ff"), rgb("#050b14"), backlight=0.58, sun_size=0.046),
}  # fmt: skip
"""A lens against the light: teal shadows, amber skies, air that glows far off."""

POSTER: Hours = {
    "dusk": Hour(_sky("#34408c #7457a8 #d66d9c #ff9478 #ffd99c"), rgb("#f6b9a6"), (0.84, 0.74, 0.86),
                 ink=rgb("#2a2350"), backlight=0.40, sun_size=0.085),
    "night": Hour(_sky("#101a4a #1a2b68 #2a458c #4668ac #86a8d4"), rgb("#4c6cae"), (0.52, 0.60, 0.86),
                  ink=rgb("#121840"), backlight=0.32, sun_size=0.055),
    "moonlit": Hour(_sky("#123060 #1c4a80 #3276a0 #66a8ba #c2e2d0"), rgb("#5f9cb4"), (0.52, 0.66, 0.82),
                    ink=rgb("#0f2446"), backlight=0.42),
}  # fmt: skip
"""Clean printed colours, also when it is dark."""
