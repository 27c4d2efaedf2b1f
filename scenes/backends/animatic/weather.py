"""What falls, drifts and blows in each weather, as data for the compositor.

Knows neither places nor pixels; light.py holds what weather does to the light.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from storyboard.film import Scene


@dataclass(frozen=True, slots=True)
class Weather:
    """One weather.

    `rain`, `snow`, `leaves` are how much of each is in the air (0..1), `lightning` whether it flashes, `wind` the
    strength and direction of the air (-1..1), `fog` the density of mist, `haze` what distance loses besides,
    `clouds` how much cloud there is, `white` how far the ground is under snow, `dim` how bright the sky is besides
    (flakes have to show before it).
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
    dim: float = 1.0


WEATHER: dict[str, Weather] = {
    "clear": Weather(),
    "cloudy": Weather(clouds=0.8, wind=0.18, haze=0.03),
    "overcast": Weather(clouds=1.0, haze=0.12),
    "fog": Weather(clouds=0.0, fog=1.0, haze=0.86, wind=0.05),
    "drizzle": Weather(rain=0.42, clouds=0.95, haze=0.42, fog=0.55, wind=0.06),
    "rain": Weather(rain=0.9, clouds=1.0, haze=0.24, fog=0.25, wind=0.26),
    "storm": Weather(rain=1.0, clouds=1.0, haze=0.22, fog=0.2, wind=0.75, leaves=0.4, lightning=True),
    "snow": Weather(snow=1.0, clouds=0.95, haze=0.28, fog=0.25, wind=0.15, white=1.0, dim=0.80),
    "wind": Weather(leaves=1.0, clouds=0.5, wind=0.85),
}


def weather_of(word: str) -> Weather:
    """The weather of a canonical word; an unknown one is clear."""
    return WEATHER.get(word, WEATHER["clear"])


AIRLESS = Weather(wind=0.0, clouds=0.0)
"""Where there is no air."""


@dataclass(frozen=True, slots=True)
class AirKey:
    """What is in the air at `beat` (0..1 of the scene), in the measures of Weather; `lightning` is 0..1."""

    beat: float
    rain: float
    snow: float
    leaves: float
    lightning: float


def air_of(scene: Scene, airless: bool = False) -> tuple[AirKey, ...]:
    """How the air changes as the moments say: what falls begins and ends within the third that names it."""
    if airless:
        return (_key(0.0, AIRLESS),)
    now = scene.weather
    keys = [_key(0.0, weather_of(now))]
    for third, beat in enumerate(scene.beats):
        if beat.weather and beat.weather != now:
            keys += [_key(third / 3, weather_of(now)), _key((third + 1) / 3, weather_of(beat.weather))]
            now = beat.weather
    return tuple(keys)


def _key(beat: float, weather: Weather) -> AirKey:
    return AirKey(beat, weather.rain, weather.snow, weather.leaves, float(weather.lightning))


def air_at(keys: Sequence[AirKey], beat: float) -> AirKey:
    """What is in the air at a moment."""
    before = keys[0]
    for key in keys[1:]:
        if beat < key.beat:
            share = (beat - before.beat) / max(1e-6, key.beat - before.beat)

            def at(a: float, b: float, share: float = share) -> float:
                return a + (b - a) * share

            return AirKey(
                beat,
                at(before.rain, key.rain),
                at(before.snow, key.snow),
                at(before.leaves, key.leaves),
                at(before.lightning, key.lightning),
            )
        before = key
    return before
