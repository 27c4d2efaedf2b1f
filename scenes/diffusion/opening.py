"""Opening a family's pipeline for one scene: where its parts lie, what makes it quicker, whose weights lie over it.

Walks down the ways of placing it while memory runs out. Knows no scene but by its settings.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from projects.weights import SAFETENSORS, LocalModel, Setting, quiet
from scenes.diffusion import tiers
from scenes.diffusion.adapters import Adapter
from scenes.diffusion.appraising import Appraised
from scenes.diffusion.holding import bytes_held, held, let_go
from scenes.diffusion.loading import device_of, library
from scenes.diffusion.memory import Room, Working, room, sizes
from scenes.diffusion.settings import LOADING
from storyboard.errors import MissingError, RenderError

LORA = "lora"
"""The part of a family's weights that lies over the whole model, such as one that makes do with few steps."""

_READING = 256 << 20
"""Bytes that a reader takes besides its weights."""

_THRESHOLD = 0.2
"""How much the first block's output may differ from the step before while the other blocks' is used again."""


@dataclass(slots=True)
class Opened:
    """What opening pipelines for one clip came to."""

    choice: tiers.Choice
    notes: list[str] = field(default_factory=list)
    loading: float = 0.0
    """Seconds that loading took; 0 where everything was there."""


def chosen(found: Appraised, asked: Mapping[str, Setting], title: str) -> Opened:
    """The way in which a clip's pipeline is placed, from what it needs and what is free now.

    Raises RenderError, before anything is loaded, where it cannot fit.
    """
    wanted: Any = asked.get("memory", "")
    choice = tiers.choose(found.parts, found.working, _room(asked), wanted, title)
    # Always in tiles: else what is free at the moment would decide about pixels.
    opened = Opened(replace(choice, tiling=True))
    if choice.words:
        opened.notes.append(choice.words)
    return opened


def room_for_reading(folder: Path, asked: Mapping[str, Setting], without: Sequence[str], title: str) -> Opened:
    """As `chosen`, for the components that read words, without those that do not."""
    each = sizes(folder, 4 if device_of(asked) == "cpu" else 2, without)
    wanted: Any = asked.get("memory", "")
    return Opened(tiers.choose(each, Working(_READING, 0, 0), _room(asked), wanted, f"reading for {title}"))


def _room(asked: Mapping[str, Setting]) -> Room:
    """What is free, or would be without the pipeline that is held: so a second scene is placed as the first was."""
    free, (on_card, in_host) = room(device_of(asked)), bytes_held()
    return Room(None if free.vram is None else free.vram + on_card, None if free.ram is None else free.ram + in_host)


def in_turn(opened: Opened, title: str, attempt: Callable[[], Any]) -> Any:
    """What `attempt` gives; while memory runs out, once more with components placed so that they take less."""
    while True:
        try:
            return attempt()
        except Exception as error:
            # What a failed run has left on the pipeline must not be found by the next scene.
            let_go()
            following = tiers.ladder(opened.choice) if tiers.out_of_memory(error) else None
            if following is None:
                raise
        opened.choice = following
        opened.notes.append(f"{title}: {following.words}")


def placed(
    key: Sequence[Any],
    opened: Opened,
    parts: Mapping[str, Any],
    asked: Mapping[str, Setting],
    open_it: Callable[[Mapping[str, Any]], Any],
) -> Any:
    """The pipeline that is held under `key`, or else opened, placed on its device and made quicker as asked.

    `parts` are those of `choice` that make pictures; none where it only reads words.
    """

    def load() -> Any:
        begun = time.perf_counter()
        with quiet(), _loading_errors():
            pipe = open_it(tiers.for_loading(opened.choice, parts))
            if parts:
                _quicken(pipe, asked, opened)
            pipe = tiers.apply(pipe, opened.choice, device_of(asked))
        opened.loading += time.perf_counter() - begun
        return pipe

    return held((*key, opened.choice.tier, *((name, asked.get(name)) for name in LOADING)), load)


def over_all(places: Mapping[str, LocalModel], asked: Mapping[str, Setting]) -> list[Adapter]:
    """The small weights that a scene's settings lay over the whole model."""
    place = places.get(LORA)
    if place is None:
        return []
    named = asked.get("lora_file")
    files = sorted(path for path in place.path.rglob(f"*{SAFETENSORS}") if named in (None, path.name))
    if len(files) != 1:
        there = ", ".join(path.name for path in sorted(place.path.rglob(f"*{SAFETENSORS}"))) or "none"
        raise MissingError(
            f"{place.repo} does not say which small weights are meant", f"name one as `lora_file:`: {there}"
        )
    return [Adapter(files[0].name, Path(files[0]), float(asked.get("lora_weight", 1.0)))]


def _quicken(pipe: Any, asked: Mapping[str, Setting], opened: Opened) -> None:
    """What saves work: blocks that hardly change are not worked out anew, and blocks are compiled."""
    denoisers = [one for name, one in pipe.components.items() if name.startswith("transformer") and one is not None]
    if asked.get("cache") == "first-block":
        if not denoisers or not all(hasattr(one, "enable_cache") for one in denoisers):
            raise RenderError("this model cannot use `cache: first-block`", "leave `cache:` out")
        try:
            for one in denoisers:
                one.enable_cache(library("FirstBlockCacheConfig")(threshold=_THRESHOLD))
        except ValueError as reason:
            raise RenderError("this model cannot use `cache: first-block`", "leave `cache:` out") from reason
    if asked.get("compile"):
        if device_of(asked) == "cpu":
            opened.notes.append("`compile: true` speeds up cards only and was left out")
            return
        for one in denoisers:
            one.compile_repeated_blocks(fullgraph=True)


@contextmanager
def _loading_errors() -> Iterator[None]:
    """Memory that runs out while loading is told like any other."""
    try:
        yield
    except MemoryError as reason:
        raise RenderError(
            "there is not enough memory to load the model", "close other programs, or choose a smaller model"
        ) from reason
