"""The light of each time of day: sky, sun or moon, and what falls on things.

Tables in sRGB 0..1, and how weather changes them. Knows no places, no styles and no pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from scenes.backends.animatic.figure import Colour
from storyboard.film import Scene


def rgb(text: str) -> Colour:
    """`#rrggbb` as a colour in 0..1."""
    return int(text[1:3], 16) / 255, int(text[3:5], 16) / 255, int(text[5:7], 16) / 255


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """`share` of the second colour in the first, both in 0..1."""
    a, b = first, second
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share


@dataclass(frozen=True, slots=True)
class Daylight:
    """One time of day.

    `sky` runs from the zenith to the horizon. `sun_height` is above the horizon, in units of the sky's height.
    `ambient` multiplies colours, `haze` is what distance fades to, `ink` what things against the light darken to by
    `backlight`. `lamps` is how brightly windows and lanterns burn, `stars` how many stars there are, all 0..1.
    """

    sky: tuple[Colour, Colour, Colour, Colour, Colour]
    haze: Colour
    ambient: Colour
    key: Colour
    ink: Colour
    disc: Colour
    glow: Colour
    sun_x: float
    sun_height: float
    sun_size: float
    backlight: float = 0.0
    stars: float = 0.0
    lamps: float = 0.0
    moon: bool = False
    shafts: float = 0.0


def _sky(text: str) -> tuple[Colour, Colour, Colour, Colour, Colour]:
    a, b, c, d, e = (rgb(part) for part in text.split())
    return a, b, c, d, e


DAYLIGHT: dict[str, Daylight] = {
    "dawn": Daylight(
        _sky("#5a76ad #9aa8cd #e3bfc0 #ffd3a6 #fff0cc"),
        rgb("#f2cdb9"),
        (0.86, 0.79, 0.88),
        (1.0, 0.84, 0.66),
        rgb("#38395c"),
        rgb("#fff3d6"),
        rgb("#ffd9a0"),
        0.70,
        0.13,
        0.050,
        backlight=0.38,
        stars=0.05,
        lamps=0.45,
        shafts=0.8,
    ),
    "morning": Daylight(
        _sky("#4f9ed8 #86c1e6 #bfe0ee #e6f1e8 #fdf5db"),
        rgb("#d3e4ea"),
        (1.0, 0.98, 0.94),
        (1.0, 0.95, 0.82),
        rgb("#3d4a66"),
        rgb("#fffbe6"),
        rgb("#fff0bd"),
        0.24,
        0.42,
        0.050,
        backlight=0.04,
        shafts=0.6,
    ),
    "noon": Daylight(
        _sky("#2f8ad6 #5cabe4 #97cdee #c9e6f1 #e9f5f1"),
        rgb("#c5deea"),
        (1.0, 1.0, 1.0),
        (1.0, 0.99, 0.92),
        rgb("#3a4a66"),
        rgb("#fffdf0"),
        rgb("#fff8d2"),
        0.74,
        0.74,
        0.046,
        shafts=0.2,
    ),
    "golden hour": Daylight(
        _sky("#587aa8 #a59cae #efb277 #ffcb76 #ffe7a6"),
        rgb("#f4bf7c"),
        (1.0, 0.86, 0.67),
        (1.0, 0.80, 0.46),
        rgb("#4a3040"),
        rgb("#fff6cf"),
        rgb("#ffcf6a"),
        0.30,
        0.19,
        0.058,
        backlight=0.34,
        lamps=0.35,
        shafts=1.0,
    ),
    "dusk": Daylight(
        _sky("#182648 #46396a #9d5476 #ec8459 #ffc788"),
        rgb("#d8866c"),
        (0.62, 0.52, 0.64),
        (1.0, 0.60, 0.36),
        rgb("#151529"),
        rgb("#fff0cc"),
        rgb("#ffab66"),
        0.60,
        0.05,
        0.066,
        backlight=0.64,
        stars=0.3,
        lamps=1.0,
        shafts=0.7,
    ),
    "night": Daylight(
        _sky("#050918 #0b142d #152645 #233c64 #38587f"),
        rgb("#2b4568"),
        (0.40, 0.48, 0.70),
        (0.62, 0.74, 1.0),
        rgb("#060a16"),
        rgb("#eef2f4"),
        rgb("#9db8e0"),
        0.78,
        0.70,
        0.034,
        backlight=0.44,
        stars=1.0,
        lamps=1.0,
        moon=True,
    ),
    "moonlit": Daylight(
        _sky("#0a1a36 #123154 #22547a #4b88a1 #a3ccbd"),
        rgb("#639ba8"),
        (0.37, 0.50, 0.64),
        (0.86, 0.96, 1.0),
        rgb("#07121f"),
        rgb("#fbf8dc"),
        rgb("#d5ecd4"),
        0.66,
        0.52,
        0.105,
        backlight=0.70,
        stars=0.75,
        lamps=1.0,
        moon=True,
        shafts=0.5,
    ),
}


def _grey(colour: Colour, share: float, dark: float, tint: Colour) -> Colour:
    level = 0.3 * colour[0] + 0.59 * colour[1] + 0.11 * colour[2]
    flat = (level * tint[0], level * tint[1], level * tint[2])
    mixed = mix(colour, flat, share)
    return mixed[0] * dark, mixed[1] * dark, mixed[2] * dark


_COVER = {
    # share of grey, darkness of the sky, darkness of what is lit, how much of the sun is left
    "cloudy": (0.46, 0.90, 0.90, 0.4),
    "overcast": (0.72, 0.86, 0.88, 0.0),
    "fog": (0.68, 0.90, 0.90, 0.25),
    "drizzle": (0.70, 0.90, 0.90, 0.0),
    "rain": (0.80, 0.60, 0.68, 0.0),
    "storm": (0.80, 0.46, 0.62, 0.0),
    "snow": (0.70, 0.93, 0.94, 0.0),
    "wind": (0.10, 1.0, 1.0, 1.0),
}


def daylight_of(time: str, weather: str) -> Daylight:
    """The light of a time of day under a weather; unknown words give noon and clear."""
    day = DAYLIGHT.get(time, DAYLIGHT["noon"])
    if weather not in _COVER:
        return day
    share, dark, lit, sun = _COVER[weather]
    cool = (0.96, 1.0, 1.07) if weather in ("rain", "storm", "drizzle", "snow") else (1.0, 1.0, 1.02)
    a, b, c, d, e = (_grey(colour, share, dark, cool) for colour in day.sky)
    if weather in ("overcast", "rain", "snow", "drizzle", "storm"):
        a = mix(a, c, 0.55)
        b = mix(b, c, 0.5)
    return replace(
        day,
        sky=(a, b, c, d, e),
        haze=_grey(day.haze, share * 0.8, 0.5 + 0.5 * dark, cool),
        ambient=_grey(day.ambient, share * 0.6, lit, cool),
        key=mix(day.key, (0.9, 0.95, 1.0), share),
        disc=day.disc,
        sun_size=day.sun_size if sun > 0 else 0.0,
        backlight=day.backlight * (0.6 + 0.4 * sun),
        stars=day.stars * (1.0 if sun >= 0.4 else 0.0),
        lamps=max(day.lamps, 0.8 if weather in ("storm", "rain") else 0.35 if share > 0.5 else 0.0),
        shafts=day.shafts * sun,
    )


_MOST = 1.9
"""How far a picture may be brightened before its tones break up."""


@dataclass(frozen=True, slots=True)
class LightKey:
    """What the light has become at `beat` (0..1 of the scene): factors for the finished picture.

    `stars` is how many stars have come out that were not painted, 0..1.
    """

    beat: float
    gain: Colour
    stars: float = 0.0


def lights_of(scene: Scene, indoors: bool) -> tuple[LightKey, ...]:
    """How the light changes as the moments say: it goes over from one hour or weather to the next within its third."""
    first = hour = (scene.time, scene.weather)
    keys = [LightKey(0.0, (1.0, 1.0, 1.0))]
    for third, beat in enumerate(scene.beats):
        now = (beat.time or hour[0], beat.weather or hour[1])
        if now != hour:
            keys.append(LightKey(third / 3, keys[-1].gain, keys[-1].stars))
            more = max(0.0, daylight_of(*now).stars - daylight_of(*first).stars)
            keys.append(LightKey((third + 1) / 3, _gain(first, now, 0.45 if indoors else 1.0), more))
        hour = now
    return tuple(keys)


def gain_at(keys: Sequence[LightKey], beat: float) -> Colour:
    """The factors at a moment."""
    before = keys[0]
    for key in keys[1:]:
        if beat < key.beat:
            share = (beat - before.beat) / max(1e-6, key.beat - before.beat)
            return mix(before.gain, key.gain, share * share * (3.0 - 2.0 * share))
        before = key
    return before.gain


def stars_at(keys: Sequence[LightKey], beat: float) -> float:
    """How many stars have come out at a moment, 0..1."""
    before = keys[0]
    for key in keys[1:]:
        if beat < key.beat:
            return before.stars + (key.stars - before.stars) * (beat - before.beat) / max(1e-6, key.beat - before.beat)
        before = key
    return before.stars


def _gain(first: tuple[str, str], now: tuple[str, str], share: float) -> Colour:
    """What takes the picture of one hour and weather to another: halfway between their skies and what they light."""
    old, new = daylight_of(*first), daylight_of(*now)
    r, g, b = (
        (new.ambient[k] / old.ambient[k] * (new.sky[2][k] + 0.05) / (old.sky[2][k] + 0.05)) ** (0.5 * share)
        for k in range(3)
    )
    return min(_MOST, r), min(_MOST, g), min(_MOST, b)
