"""The colours of one scene: a material under this light, in this weather, at this distance, in this style.

The one place where colours are mixed; brushes ask for `tone("leaf", 0.4)` and know no light. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from scenes.backends.animatic.figure import Colour, FigureLight
from scenes.backends.animatic.light import DAYLIGHT, Daylight, daylight_of, mix, rgb
from scenes.backends.animatic.styles.hours import Hour
from scenes.backends.animatic.styles.tables import STYLES, Style
from scenes.backends.animatic.weather import Weather, weather_of

MATERIALS: dict[str, Colour] = {
    "grass": rgb("#86b257"),
    "turf": rgb("#5d8f47"),
    "hay": rgb("#c9b063"),
    "leaf": rgb("#5f9e4c"),
    "leafdark": rgb("#3f7a45"),
    "leafwarm": rgb("#d8a648"),
    "blossom": rgb("#e89aa0"),
    "cherry": rgb("#f6d9de"),
    "fir": rgb("#35685a"),
    "trunk": rgb("#6b4b3a"),
    "bark": rgb("#543a30"),
    "rock": rgb("#8b8592"),
    "rockdark": rgb("#5d5a70"),
    "peak": rgb("#8797b8"),
    "snow": rgb("#f6f8fc"),
    "snowshade": rgb("#b9cbe6"),
    "earth": rgb("#9c7a56"),
    "path": rgb("#d9b98a"),
    "sand": rgb("#ecd3a0"),
    "wetsand": rgb("#c2a376"),
    "water": rgb("#4f97b5"),
    "deep": rgb("#2f6f96"),
    "foam": rgb("#f7fbfb"),
    "wall": rgb("#f1e2c8"),
    "walldark": rgb("#cdb597"),
    "roof": rgb("#bd5340"),
    "roofdark": rgb("#8e3d38"),
    "slate": rgb("#5f7086"),
    "brick": rgb("#a0604e"),
    "stone": rgb("#a39c96"),
    "stonedark": rgb("#7d7676"),
    "wood": rgb("#94663f"),
    "wooddark": rgb("#5f3f2b"),
    "glass": rgb("#8fb4c8"),
    "metal": rgb("#464c56"),
    "road": rgb("#6d6b73"),
    "kerb": rgb("#a6a2a0"),
    "lit": rgb("#ffd684"),
    "paper": rgb("#a9b89a"),
    "paperstripe": rgb("#9aab8c"),
    "wainscot": rgb("#efe7d4"),
    "floor": rgb("#a8754a"),
    "floordark": rgb("#7f5434"),
    "fabric": rgb("#a8464a"),
    "fabricdark": rgb("#7b2f38"),
    "brass": rgb("#d9a94e"),
    "curtain": rgb("#efe3cf"),
    "flower": rgb("#e8574a"),
    "flowerblue": rgb("#6f8fe0"),
    "flowerwhite": rgb("#fdf8ea"),
    "flowergold": rgb("#f6c444"),
    "awning": rgb("#b23a3a"),
    "cloth": rgb("#e9dcc4"),
    "ink": rgb("#10131c"),
}


_LIT = 0.52
"""How much light a style puts at most on what is near in a dark night."""
_PROFILE = (0.30, 0.40, 0.56, 0.80, 1.0)
"""How bright the sky is from the zenith down, beside its horizon, where a style keeps the night readable."""


def luma(colour: Colour) -> float:
    """How bright a colour is, 0..1."""
    return 0.3 * colour[0] + 0.59 * colour[1] + 0.11 * colour[2]


def saturate(colour: Colour, amount: float) -> Colour:
    """Colour with its distance from grey multiplied by `amount`, kept in 0..1."""
    level = luma(colour)
    r, g, b = (min(1.0, max(0.0, level + (part - level) * amount)) for part in colour)
    return r, g, b


@dataclass(frozen=True, slots=True)
class Scheme:
    """Light, weather and style of a scene, asked for colours. `indoors` keeps the sky's ink out of the room."""

    day: Daylight
    weather: Weather
    style: Style
    indoors: bool = False

    def _styled(self, colour: Colour) -> Colour:
        style = self.style
        out = saturate(colour, style.saturation)
        if style.lift:
            out = mix(out, (1.0, 0.985, 0.96), style.lift)
        if style.duo:
            level = luma(out)
            low, high = style.duotone
            middle = rgb("#5b1a80")
            ramp = mix(low, middle, level * 2) if level < 0.5 else mix(middle, high, level * 2 - 1)
            out = mix(out, ramp, style.duo)
        return out

    def sky(self, k: int) -> Colour:
        """Stop `k` of the sky, 0 at the zenith to 4 at the horizon."""
        colour = self.day.sky[k]
        if self.weather.haze:
            colour = mix(colour, self.day.haze, min(0.92, self.weather.haze * (0.62 + 0.22 * k)))
        dim = self.weather.dim
        return self._styled((colour[0] * dim, colour[1] * dim, colour[2] * dim))

    @property
    def haze(self) -> Colour:
        """What distance fades to."""
        return self._styled(self.day.haze)

    @property
    def ink(self) -> Colour:
        """The darkest colour of the scene, tinted by its sky."""
        return self._styled(self.day.ink)

    def lamp(self) -> Colour:
        """The colour of lit windows and lanterns."""
        return self.style.lamp or self._styled((1.0, 0.83, 0.50))

    def glow(self) -> Colour:
        """The colour of the light around sun or moon."""
        return self._styled(self.day.glow)

    def palette(self) -> tuple[tuple[str, Colour], ...]:
        """The colours that the scene is mixed from, by name."""
        sky = tuple((f"sky {k}", self.sky(k)) for k in range(5))
        return (*sky, ("haze", self.haze), ("ink", self.ink), ("glow", self.glow()), ("lamp", self.lamp()),
                ("ambient", self.day.ambient), ("key", self.day.key))  # fmt: skip

    def tone(self, material: str, haze: float = 0.0, lighten: float = 0.0, lit: float = 0.0) -> Colour:
        """A material at a distance.

        `haze` is 0 (near) to 1 (lost in the air), `lighten` mixes white (negative: black), `lit` mixes the key
        light's colour.
        """
        base = MATERIALS[material]
        if lighten:
            base = mix(base, (1.0, 1.0, 1.0) if lighten > 0 else (0.05, 0.05, 0.10), abs(lighten))
        day = self.day
        amb = day.ambient
        colour: Colour = (base[0] * amb[0], base[1] * amb[1], base[2] * amb[2])
        if lit:
            key = day.key
            bright: Colour = (
                min(1.0, base[0] * key[0] * 1.12),
                min(1.0, base[1] * key[1] * 1.12),
                min(1.0, base[2] * key[2] * 1.12),
            )
            colour = mix(colour, bright, lit * (1.0 - 0.65 * day.backlight))
        back = day.backlight * self.style.contre * (0.35 if self.indoors else 1.0)
        if self.style.silhouette:
            colour, back = mix(day.ink, colour, 0.05), 0.9
        colour = mix(colour, day.ink, back * 0.86)
        thick = self.weather.haze
        far = min(0.96, haze * self.style.air + thick * (0.25 + 0.16 * thick + 0.6 * haze))
        veil = self.style.veil
        if self.indoors:
            # walls are near and would be as dark as who stands before them
            far, veil = haze * 0.5, 2.2 * veil
        # in fog what is near stands darker than the air: mixed with the bare haze it would look snowed on
        air = mix(day.haze, day.ink, 0.30 * self.weather.fog * (1.0 - 0.8 * haze))
        out = self._styled(mix(colour, air, max(far, veil)))
        if self.style.figure.keeps_red and base[0] > 0.45 and base[0] > 2.5 * max(base[1], base[2]):
            level = 0.35 + 0.3 * (amb[0] + amb[1] + amb[2]) / 3.0
            red: Colour = (base[0] * level * 1.15, base[1] * level * 0.5, base[2] * level * 0.5)
            return mix(red, out, far)
        return out

    def figure_light(self, side: float) -> FigureLight:
        """How figures are lit; `side` is 1 where the light comes from the right."""
        day, style = self.day, self.style
        soft = 0.45 if self.indoors else 0.34 + 0.16 * day.lamps
        a = day.ambient
        ambient = mix(a, (1.0, 1.0, 1.0), soft) if not style.silhouette else a
        strength = (0.25 + 0.75 * max(day.backlight, 0.5 * day.shafts)) * style.rim
        outline = rgb("#3a2c2c") if style.outline else None
        return FigureLight(
            ambient=self._styled(ambient) if style.duo else ambient,
            key=day.key,
            rim=style.rim_colour or mix(day.key, day.glow, 0.4),
            rim_strength=min(1.0, strength),
            rim_x=side,
            rim_y=-0.8,
            shade=min(0.6, 0.22 + 0.3 * day.backlight),
            silhouette=mix(day.ink, (0.0, 0.0, 0.0), 0.45) if style.silhouette else None,
            outline=outline,
            outline_width=0.006 if style.outline else 0.0,
            desaturate=0.55 if style.mono else 0.0,
        )


def scheme_of(time: str, weather: str, style: str, indoors: bool = False) -> Scheme:
    """The colours for canonical words; an unknown style is papercut (the caller names it as not drawn)."""
    look = STYLES.get(style, STYLES["papercut"])
    return Scheme(day_of(time, weather, look), weather_of(weather), look, indoors)


def day_of(time: str, weather: str, style: Style) -> Daylight:
    """The light of an hour and a weather as a style sees it: its own skies, and no night in which nothing is seen."""
    plain, now = daylight_of(time, "clear"), daylight_of(time, weather)
    hour = style.hours.get(time if time in DAYLIGHT else "noon", Hour())
    sky = tuple(
        _turned(new, old, seen, style.gloom)
        for new, old, seen in zip(hour.sky or plain.sky, plain.sky, now.sky, strict=True)
    )
    lit = replace(
        now,
        sky=(sky[0], sky[1], sky[2], sky[3], sky[4]),
        haze=_turned(hour.haze or plain.haze, plain.haze, now.haze, style.gloom),
        ambient=_turned(hour.ambient or plain.ambient, plain.ambient, now.ambient, style.gloom),
        key=_turned(hour.key or plain.key, plain.key, now.key, style.gloom),
        ink=hour.ink or now.ink,
        glow=hour.glow or now.glow,
        disc=hour.disc or now.disc,
        sun_size=(hour.sun_size or now.sun_size) if now.sun_size else 0.0,
        sun_height=now.sun_height if hour.sun_height is None else hour.sun_height,
        backlight=now.backlight if hour.backlight is None else hour.backlight * _share(now.backlight, plain.backlight),
        shafts=min(1.6, now.shafts * style.shafts),
    )
    return _readable(lit, style.least)


def _share(now: float, plain: float) -> float:
    return now / plain if plain else 1.0


def _turned(new: Colour, plain: Colour, now: Colour, gloom: float) -> Colour:
    """What a weather makes of `new` if it makes `now` of `plain`; `gloom` 0..1 is how much of that is taken."""
    if new == plain and gloom == 1.0:
        return now
    darker = luma(now) / max(0.01, luma(plain))
    colourful = min(1.0, _chroma(now) / max(0.01, _chroma(plain)))
    r, g, b = saturate(new, 1.0 - gloom * (1.0 - colourful))
    factor = 1.0 + gloom * (darker - 1.0)
    return min(1.0, r * factor), min(1.0, g * factor), min(1.0, b * factor)


def _chroma(colour: Colour) -> float:
    return (max(colour) - min(colour)) / max(0.01, *colour)


def _readable(day: Daylight, least: float) -> Daylight:
    """The day with a horizon of at least that brightness, a sky that falls off from it, and light on what is near."""
    sky = tuple(_raised(colour, least * part) for colour, part in zip(day.sky, _PROFILE, strict=True))
    return replace(
        day,
        sky=(sky[0], sky[1], sky[2], sky[3], sky[4]),
        haze=_raised(day.haze, 0.85 * least),
        ambient=_raised(day.ambient, min(_LIT, 1.5 * least)),
    )


def _raised(colour: Colour, least: float) -> Colour:
    level = luma(colour)
    if level >= least:
        return colour
    r, g, b = (min(1.0, part * least / max(0.01, level)) for part in colour)
    return r, g, b
