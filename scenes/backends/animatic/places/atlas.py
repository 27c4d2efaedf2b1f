"""Every place that is painted, found by looking into the modules beside this one, and the backdrop for all others.

A module of places says `PLACES`, a tuple of `Place`; nothing else has to be told of it.
"""

from __future__ import annotations

import importlib
import pkgutil

from scenes.backends.animatic import places
from scenes.backends.animatic.layers import Layer
from scenes.backends.animatic.places.setting import Place, Setting, air, mist

_OWN = ("atlas", "setting")


def _found() -> dict[str, Place]:
    """The places of all modules, by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(places.__path__) if module.name not in _OWN)
    modules = [importlib.import_module(f"{places.__name__}.{name}") for name in names]
    return {place.name: place for module in modules for place in module.PLACES}


PLACES = _found()
"""The canonical places that are painted."""


def neutral(s: Setting) -> tuple[Layer, ...]:
    """A quiet backdrop in the colours of the hour: sky, mist and plain ground."""
    return (
        *air(s, 0.4),
        *mist(s, 20.0, 0.5, height=0.2),
        Layer("hills", 12, s.far(12), 2, {"rise": 0.02, "waves": 0.6, "rough": 0.1, "matter": 7}),
        Layer("ground", 1.0, 0.0, 3, {"matter": 7, "grass": 0.0}),
    )


NOWHERE = Place("", neutral)
"""What stands for a place that nobody paints."""
