"""Which place is laid out by whom, and the plain backdrop for those that nobody paints."""

from __future__ import annotations

from collections.abc import Callable

from scenes.backends.animatic.layers import Layer
from scenes.backends.animatic.places.heights import bridge, desert, mountains, snowfield
from scenes.backends.animatic.places.indoors import room
from scenes.backends.animatic.places.setting import Setting, air, mist
from scenes.backends.animatic.places.town import alley, castle, city_street, rooftop, village
from scenes.backends.animatic.places.waters import lake, open_sea, sea_shore
from scenes.backends.animatic.places.woods import forest, meadow, park, road

PLACES: dict[str, Callable[[Setting], tuple[Layer, ...]]] = {
    "forest": forest,
    "meadow": meadow,
    "park": park,
    "road": road,
    "mountains": mountains,
    "snowfield": snowfield,
    "bridge": bridge,
    "desert": desert,
    "lake": lake,
    "sea shore": sea_shore,
    "open sea": open_sea,
    "village": village,
    "city street": city_street,
    "alley": alley,
    "rooftop": rooftop,
    "castle": castle,
    "room": room,
}
"""The canonical places that are painted."""

INDOORS = frozenset({"room", "kitchen", "office", "stage", "cave"})
"""Places under a roof, where weather shows in the light only."""


def neutral(s: Setting) -> tuple[Layer, ...]:
    """A quiet backdrop in the colours of the hour: sky, mist and plain ground."""
    return (
        *air(s, 0.4),
        *mist(s, 20.0, 0.5, height=0.2),
        Layer("hills", 12, s.far(12), 2, {"rise": 0.02, "waves": 0.6, "rough": 0.1, "matter": 7}),
        Layer("ground", 1.0, 0.0, 3, {"matter": 7, "grass": 0.0}),
    )
