"""The order of keys as the format has it, read from the written models.

Mappings whose keys are names of the author's (characters, slots, settings) keep the author's order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from storyboard.model.base import Written
from storyboard.model.film import WrittenFilm
from storyboard.model.presets import WrittenPreset
from storyboard.model.scene import WrittenScene


@dataclass(frozen=True, slots=True)
class Shape:
    """What may stand somewhere: mappings of these models, or lists and named mappings of such."""

    models: tuple[type[Written], ...] = ()
    inner: tuple[Any, ...] = ()
    """Annotations of items of a list, or of the values under names."""

    def item(self) -> Shape:
        """What an item of a list, or the value under a name, may be."""
        return _shape(self.inner)

    def order(self, keys: Sequence[str]) -> Mapping[str, int]:
        """The places of the known keys of a mapping; empty where the author's own order counts."""
        model = self._fitting(keys)
        if model is None:
            return {}
        return {one.alias or name: place for place, (name, one) in enumerate(model.model_fields.items())}

    def of(self, key: str, keys: Sequence[str]) -> Shape:
        """What may stand under a key of a mapping that has these keys."""
        model = self._fitting(keys)
        if model is None:
            return self.item()
        known = {one.alias or name: one.annotation for name, one in model.model_fields.items()}
        return _shape((known[key],)) if key in known else NOTHING

    def _fitting(self, keys: Sequence[str]) -> type[Written] | None:
        """The model that has most of the keys."""
        return max(self.models, key=lambda model: len(set(keys) & _names(model)), default=None)


NOTHING = Shape()
FILM = Shape((WrittenFilm,))
SCENE = Shape((WrittenScene,))
PRESET = Shape((WrittenPreset,))


@cache
def _names(model: type[Written]) -> frozenset[str]:
    return frozenset(one.alias or name for name, one in model.model_fields.items())


@cache
def _shape(annotations: tuple[Any, ...]) -> Shape:
    models: dict[type[Written], None] = {}
    inner: list[Any] = []
    for one in annotations:
        for kind, found in _parts(one):
            if kind == "model":
                models[found] = None
            else:
                inner.append(found)
    return Shape(tuple(models), tuple(inner))


def _parts(annotation: Any) -> Iterator[tuple[str, Any]]:
    """The models of an annotation, and what its lists and dicts hold."""
    origin, held = get_origin(annotation), get_args(annotation)
    if isinstance(annotation, type) and issubclass(annotation, Written):
        yield "model", annotation
    elif origin is Annotated:
        yield from _parts(held[0])
    elif origin in (Union, UnionType):
        for one in held:
            yield from _parts(one)
    elif origin is list or origin is tuple:
        yield "inner", held[0]
    elif origin is dict:
        yield "inner", held[1]
