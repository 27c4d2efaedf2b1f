"""What falls, drifts and blows in each weather, as data for the compositor.

Knows neither places nor pixels; light.py holds what weather does to the light.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weather:
    """One weather.

    `rain`, `snow`, `leaves` are how much of each is in the air (0..1), `lightning` whether it flashes, `wind` the
    strength and direction of the air (-1..1), `fog` the density of mist, `haze` what distance loses besides,
    `clouds` how much cloud there is, `white` how far the ground is under snow.
    """

    rain: float = 0.0
    snow: float = 0.0
    leaves: float = 0.0
    lightning: bool = False
    wind: float = 0.12
    fog: float = 0.0
    haze: float = 0.0
    clouds: float = 0.3
    white: float = 0.0


WEATHER: dict[str, Weather] = {
    "clear": Weather(),
    "cloudy": Weather(clouds=0.75, wind=0.18),
    "overcast": Weather(clouds=1.0, haze=0.10),
    "fog": Weather(clouds=0.0, fog=1.0, haze=0.66, wind=0.05),
    "drizzle": Weather(rain=0.35, clouds=0.9, haze=0.18, fog=0.25, wind=0.1),
    "rain": Weather(rain=0.8, clouds=1.0, haze=0.20, fog=0.3, wind=0.22),
    "storm": Weather(rain=1.0, clouds=1.0, haze=0.16, fog=0.2, wind=0.75, leaves=0.4, lightning=True),
    "snow": Weather(snow=1.0, clouds=0.8, haze=0.26, fog=0.25, wind=0.15, white=1.0),
    "wind": Weather(leaves=1.0, clouds=0.5, wind=0.85),
}


def weather_of(word: str) -> Weather:
    """The weather of a canonical word; an unknown one is clear."""
    return WEATHER.get(word, WEATHER["clear"])
