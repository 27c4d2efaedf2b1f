"""What a place may know when it lays out its sheets: the frame's lines, the light, the weather and the style.

And the sheets that nearly every place shares: sky, clouds, mist. Data only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from scenes.backends.animatic.layers import Layer
from scenes.backends.animatic.layout import Layout
from scenes.backends.animatic.light import Daylight
from scenes.backends.animatic.styles.tables import Style
from scenes.backends.animatic.weather import Weather


def words_in(text: str) -> frozenset[str]:
    """The words of a text in lower case, with е for ё."""
    return frozenset(re.findall(r"\w+", text.lower().replace("ё", "е")))


@dataclass(frozen=True, slots=True)
class Setting:
    """The circumstances of one scene; `words` are those of its prose, lower case with е for ё."""

    layout: Layout
    day: Daylight
    weather: Weather
    style: Style
    words: frozenset[str] = frozenset()

    @property
    def side(self) -> float:
        """1 where the light comes from the right, -1 from the left."""
        return 1.0 if self.day.sun_x > 0.5 else -1.0

    def far(self, depth: float) -> float:
        """How much the air takes at a depth, 0..1."""
        share = 1.0 - 1.0 / (1.0 + 0.065 * (depth - 1.0))
        return min(0.9, share * (1.0 if self.day.backlight < 0.3 else 1.08))

    @property
    def near(self) -> float:
        """The haze of what frames the picture before the actors: below 0 in fog, so that it stays dark there."""
        return -0.6 * self.weather.fog


@dataclass(frozen=True, slots=True)
class Land:
    """Open land as a flight sees it.

    `relief` is how high it rises, `clearance` how far above it one flies, both in units of which a second's flight
    has thirteen. `ridged` 0..1: soft waves or sharp ridges; `valleys` above 1 widens what lies low. `low`, `slope` and
    `high` are materials of the flats, of what is steeper than `steep`, and of all above `line` (part of the relief;
    above 1: nothing). `water` is the part of the land that lies under it, `rough` how uneven its colours are.
    """

    relief: float
    clearance: float
    ridged: float
    valleys: float
    low: str
    slope: str
    high: str
    steep: float = 0.7
    line: float = 2.0
    water: float = 0.0
    rough: float = 0.2


@dataclass(frozen=True, slots=True)
class Place:
    """One canonical place: who lays out its sheets, and what others have to know of it.

    `airless` has neither weather, clouds nor birds. `shows` are words of the prose (lower case, е for ё, both
    languages) that it shows anyway. `growth` are options of a thing's brush that say what grows or lies about it
    (`bare`: no grass, `snowy`: snow). `taken` are places (parts of the frame's width) where nothing may be set up.
    `land` is what is seen of it from the air; without one, a flight over it is a rise above its sheets.
    """

    name: str
    lay: Callable[[Setting], tuple[Layer, ...]]
    indoors: bool = False
    airless: bool = False
    shows: frozenset[str] = frozenset()
    growth: Mapping[str, float] = field(default_factory=dict)
    taken: tuple[float, ...] = ()
    land: Land | None = None


def air(setting: Setting, low: float = 0.42, plain: bool = False, sun: dict[str, float] | None = None) -> list[Layer]:
    """Sky and clouds. `low` is how far down clouds may hang (part of the sky)."""
    options = dict(sun or {})
    if plain:
        options["plain"] = 1.0
    weather = setting.weather
    sheets = [Layer("sky", 60.0, options=options, finish=False)]
    drift = 0.0022 + 0.012 * abs(weather.wind)
    if weather.clouds > 0.1:
        cover = weather.clouds
        # where there is much cloud each of them is larger too
        grown = 1.0 + 2.4 * max(0.0, cover - 0.5)
        sheets.append(
            Layer(
                "clouds",
                42.0,
                0.3,
                1,
                {"y": 0.16, "band": low, "cover": cover, "size": 0.10 * grown},
                drift=-0.6 * drift,
                finish=False,
            )
        )
        if weather.clouds < 0.9:
            sheets.append(
                Layer(
                    "clouds",
                    34.0,
                    0.1,
                    2,
                    {"y": 0.13, "band": low * 0.55, "cover": 0.5 * cover, "size": 0.17 * grown},
                    drift=-drift,
                    finish=False,
                )
            )
    return sheets


def mist(
    setting: Setting, depth: float, thick: float, y: float = 0.0, height: float = 0.22, seed: int = 0
) -> list[Layer]:
    """A band of mist where the weather or the hour has one; nothing where the air is clear and dry."""
    thick = min(0.95, thick + 0.55 * setting.weather.fog)
    if thick < 0.05:
        return []
    middle = y or setting.layout.ground_at(depth) / setting.layout.height
    height = height * (1.0 + 0.5 * setting.weather.fog)
    options = {"y": middle, "height": height, "thick": thick}
    return [Layer("mist", depth, 0.0, seed, options, drift=0.008 + 0.02 * setting.weather.wind, finish=False)]


def sunbeams(setting: Setting, depth: float, strength: float = 0.5) -> list[Layer]:
    """Shafts of light, where the hour has them."""
    if setting.day.shafts < 0.25:
        return []
    return [Layer("shafts", depth, 0.0, 3, {"strength": strength}, blend="add", pulse=0.16, finish=False)]
