"""What a scene sounds like where nobody wrote it: sounds that place, weather, hour and action suggest.

Knows no sound on disk and no other scene.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType

from storyboard.film import Part, Scene, Sound

DARK = frozenset({"dusk", "night", "moonlit"})
INDOORS = frozenset({"room", "kitchen", "office", "stage"})
AIRLESS = frozenset({"space", "planet surface"})
_SHELTERED = INDOORS | AIRLESS | {"cave"}
_WET = frozenset({"drizzle", "rain", "storm", "snow"})
_GOING = frozenset({"walk", "run", "carry", "enter", "exit"})

Layer = tuple[str, float]
"""An effect and its level in dB."""

_BY_DAY: Mapping[str, tuple[Layer, ...]] = MappingProxyType(
    {
        "forest": (("birds", -20), ("leaves", -25)),
        "meadow": (("birds", -22), ("wind", -29)),
        "mountains": (("wind", -22),),
        "lake": (("stream", -25), ("birds", -25)),
        "sea shore": (("sea", -19),),
        "open sea": (("sea", -21), ("wind", -27)),
        "desert": (("wind", -23),),
        "snowfield": (("snow", -25),),
        "village": (("birds", -22),),
        "city street": (("city", -20),),
        "rooftop": (("city", -24), ("wind", -28)),
        "alley": (("city", -27),),
        "park": (("birds", -21), ("city", -31)),
        "road": (("birds", -24), ("wind", -27)),
        "bridge": (("wind", -23),),
        "castle": (("wind", -27),),
        "ruins": (("wind", -25), ("birds", -29)),
        "cave": (("cave", -21),),
        "space": (("room", -36),),
        "planet surface": (("wind", -31),),
        "room": (("room", -31),),
        "kitchen": (("room", -31),),
        "office": (("room", -30),),
        "stage": (("room", -31),),
    }
)
_BY_NIGHT: Mapping[str, tuple[Layer, ...]] = MappingProxyType(
    {
        "forest": (("night", -21),),
        "meadow": (("crickets", -23),),
        "lake": (("stream", -26), ("crickets", -27)),
        "village": (("crickets", -24),),
        "city street": (("city", -24),),
        "park": (("crickets", -25), ("city", -31)),
        "road": (("crickets", -24),),
        "castle": (("wind", -27), ("night", -30)),
        "ruins": (("night", -24),),
    }
)
"""Only what is unlike the day's."""

_WEATHER: Mapping[str, tuple[Layer, ...]] = MappingProxyType(
    {
        "drizzle": (("drizzle", -22),),
        "rain": (("rain", -19),),
        "storm": (("storm", -17),),
        "snow": (("snow", -26),),
        "wind": (("wind", -20),),
    }
)
_FROM_WITHIN: Mapping[str, tuple[Layer, ...]] = MappingProxyType(
    {
        "drizzle": (("rain on roof", -31),),
        "rain": (("rain on roof", -25),),
        "storm": (("rain on roof", -22),),
        "wind": (("wind", -33),),
    }
)
"""The same weather as it is heard in a room."""

_THINGS: Mapping[str, Layer] = MappingProxyType({"campfire": ("fire", -21), "fountain": ("stream", -24)})
_STEPS = -17.0

_GROUND: Mapping[str, str] = MappingProxyType(
    {
        "": "earth", "forest": "earth", "meadow": "grass", "mountains": "gravel", "lake": "grass", "sea shore": "sand",
        "open sea": "wood", "desert": "sand", "snowfield": "snow", "village": "earth", "city street": "street",
        "rooftop": "stone", "alley": "street", "park": "gravel", "road": "gravel", "bridge": "wood", "castle": "stone",
        "ruins": "stone", "cave": "stone", "planet surface": "sand", "room": "wood", "kitchen": "stone",
        "office": "street", "stage": "wood",
    }
)  # fmt: skip


def ground(scene: Scene) -> str:
    """What feet land on in a scene: earth, grass, gravel, sand, snow, stone, street or wood; "" where they do not."""
    if scene.weather == "snow" and scene.place not in _SHELTERED and scene.place != "open sea":
        return "snow"
    return _GROUND.get(scene.place, "")


def suggested(scene: Scene) -> tuple[Sound, ...]:
    """Return the sounds that a resolved scene suggests, the same ones whatever it is called and however long it is.

    Footage keeps its own sound, and a card that shows words alone is silent.
    """
    if (scene.clip and scene.clip_sound) or (scene.text and not scene.place and not scene.cast):
        return ()
    layers: dict[str, float] = {}
    for effect, level in _layers(scene):
        layers[effect] = max(level, layers.get(effect, level))
    surrounding = [
        Sound(f"suggested-{effect.replace(' ', '-')}", effect, level=float(level), suggested=True)
        for effect, level in layers.items()
    ]
    return (*surrounding, *_footsteps(scene))


def _layers(scene: Scene) -> Iterator[Layer]:
    """What surrounds the scene: its weather, then its place, then what stands in it."""
    weather = _weather(scene)
    within = scene.place in INDOORS
    outside = (_FROM_WITHIN if within else _WEATHER).get(weather, ())
    falling = () if scene.place in AIRLESS | {"cave"} else outside
    yield from falling
    by_night = _BY_NIGHT if scene.time in DARK else {}
    for effect, level in by_night.get(scene.place) or _BY_DAY.get(scene.place, ()):
        if effect in ("birds", "crickets", "night", "leaves") and weather in _WET:
            continue  # birds and crickets are silent then, and what else there is is drowned
        if effect == "wind" and falling and weather in ("wind", "storm"):
            continue
        yield effect, level
    if weather == "wind" and scene.time not in DARK and scene.place in ("forest", "park"):
        yield "leaves", -22.0
    for thing in scene.things:
        if thing.kind in _THINGS:
            yield _THINGS[thing.kind]
    if any(part.character.role == "crowd" for part in (*scene.cast, *scene.extras)):
        yield "crowd", -21.0


def _weather(scene: Scene) -> str:
    """The weather that is heard most of the time: that of the scene, unless its middle has another."""
    return scene.beats[1].weather or scene.weather


def _footsteps(scene: Scene) -> Iterator[Sound]:
    """The steps of all who go somewhere, each by his own name."""
    if scene.clip or scene.shot == "close-up" or not ground(scene):
        return
    for part in (*scene.cast, *scene.extras):
        who = part.character
        if who.role != "crowd" and _goes(scene, part):
            yield Sound(
                f"suggested-footsteps-{who.id}", "footsteps", at=Fraction(0), level=_STEPS, suggested=True, by=who.id
            )


def _goes(scene: Scene, part: Part) -> bool:
    """Whether somebody walks at any time of the scene."""
    acts = {part.action, *(action for beat in scene.beats for who, action in beat.actions if who == part.character.id)}
    return bool(acts & _GOING)
