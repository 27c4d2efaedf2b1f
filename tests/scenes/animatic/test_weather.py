"""What falls and blows can be seen: drops, flakes and gusts on a plain frame, and a sky that flakes show on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import skia
from numpy.typing import NDArray

from scenes.backends.animatic import air
from scenes.backends.animatic.camera import View
from scenes.backends.animatic.layout import layout_of
from scenes.backends.animatic.scheme import luma, scheme_of
from scenes.backends.animatic.weather import WEATHER, Weather

LAYOUT = layout_of(320, 180, "wide")


def _drawn(draw: Callable[[Any], None], level: int = 90) -> NDArray[np.int_]:
    """How far a grey frame is changed by what is drawn on it."""
    frame = np.full((180, 320, 4), level, np.uint8)
    frame[..., 3] = 255
    draw(skia.Canvas(frame, skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType))
    return np.asarray(np.abs(frame[..., 1].astype(int) - level), np.int_)


def test_heavier_rain_shows_more() -> None:
    """A drizzle can be seen and a storm is more than twice as much of it."""

    def rained(weather: Weather) -> NDArray[np.int_]:
        colour = (0.9, 0.9, 1.0)
        return _drawn(lambda sky: air.rain(sky, LAYOUT, View(), 0.5, 3, weather.rain, weather.wind, colour))

    drizzle, storm = rained(WEATHER["drizzle"]), rained(WEATHER["storm"])
    assert (drizzle > 12).mean() > 0.004
    assert storm.sum() > 1.5 * drizzle.sum()


def test_the_wind_is_drawn() -> None:
    """A windy second has leaves and gusts on the frame, and half a second later they are elsewhere."""
    scheme, wind = scheme_of("noon", "wind", "papercut"), WEATHER["wind"].wind

    def blown(t: float) -> NDArray[np.int_]:
        return _drawn(lambda sky: air.leaves(sky, LAYOUT, View(), t, 3, 1.0, wind, scheme))

    now, later = blown(0.7), blown(1.2)
    assert (now > 12).mean() > 0.004
    assert (np.abs(now - later) > 12).mean() > 0.004


def test_snow_falls_before_a_darker_sky() -> None:
    """The sky is dimmed where it snows, so that white flakes show before it."""
    snow, overcast = (scheme_of("noon", word, "papercut") for word in ("snow", "overcast"))
    assert luma(snow.sky(2)) < 0.9 * luma(overcast.sky(2))


def test_fog_takes_what_is_near_too() -> None:
    """In fog near roofs lose much of their colour, on a clear day none of it."""
    clear, fog = (scheme_of("noon", word, "papercut").tone("roof") for word in ("clear", "fog"))
    assert np.ptp(fog) < 0.75 * np.ptp(clear)
