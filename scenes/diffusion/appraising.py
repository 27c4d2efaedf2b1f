"""What a scene will cost with a model that lies here: seconds, memory of card and host, disk; and what was learned.

Puts the figures of a folder, of this machine and of a plan together. Loads no weights.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from projects.weights import LocalModel, ModelMissing, Setting
from scenes.backend import ClipPlan, Cost
from scenes.diffusion import costs
from scenes.diffusion.family import Family
from scenes.diffusion.flops import flops_of_call
from scenes.diffusion.latents import config_of, denoiser_of, latent_of
from scenes.diffusion.memory import Part, Working, disk, sizes, working
from scenes.diffusion.tiers import card_needs, host_needs

_MEGA = 1e6
_HALF, _FULL = 2, 4


@dataclass(frozen=True, slots=True)
class Shape:
    """How a clip is made: frames of its longest run, and how many runs it has."""

    frames: int
    runs: int


@dataclass(frozen=True, slots=True)
class Appraised:
    """What a clip asks of the machine: parts to be loaded, room to work in, and arithmetic."""

    parts: Mapping[str, Part]
    working: Working
    work: costs.Work
    kind: str
    """The class that makes the steps, and what changes its speed."""


def appraised(
    family: Family,
    places: Mapping[str, LocalModel],
    plan: ClipPlan,
    shape: Shape,
    asked: Mapping[str, Setting],
    *,
    card: str,
    without: Sequence[str] = (),
) -> Appraised:
    """The figures of a clip on a card ("" is the processor); `without` names components that are not loaded for it.

    Raises ModelMissing for a configuration or weights that cannot be read.
    """
    folder = places[""].path
    bytes_each = _bytes_each(asked, card)
    parts = dict(_parts(folder, bytes_each, tuple(without)))
    for name, place in places.items():
        if name:
            parts[name] = _whole(place.path, bytes_each)
    denoiser = denoiser_of(folder / family.denoiser, family.runs_as)
    coder = config_of(folder / "vae")
    latent = latent_of(coder, shape.frames, plan.width, plan.height)
    arithmetic = flops_of_call(folder / family.denoiser, latent, family.tokens, family.runs_as)
    steps = int(asked.get("steps", family.steps))
    guidance = float(asked.get("guidance", family.guidance))
    work = costs.Work(
        arithmetic.count,
        costs.calls_of(steps, guidance, shape.runs),
        denoiser.tokens(latent),
        sum(part.size for part in parts.values()),
    )
    at_once = int(asked.get("decode_chunk", family.decodes))
    room = working(denoiser, coder, shape.frames, plan.width, plan.height, bytes_each, at_once)
    levers = [f"{key} {asked[key]}" for key in ("cache", "compile", "memory") if key in asked]
    return Appraised(parts, room, work, ", ".join([denoiser.kind, *levers]))


def cost_of(found: Appraised, places: Mapping[str, LocalModel], card: str) -> Cost:
    """Seconds by the formula, or by scenes that were finished here; memory with everything loaded at once."""
    # How it will lie on the card shows when it is loaded; a formula thinks of all of it there.
    told = costs.estimate(found.work, card, places[""].label, found.kind, costs.learned())
    needs = card_needs("resident", found.parts, found.working, tiling=True)
    return Cost(
        told.seconds,
        memory_mb=(host_needs("resident", found.parts) if card else needs) / _MEGA,
        vram_mb=needs / _MEGA if card else 0.0,
        disk_mb=sum(disk(place.path) for place in places.values()) / _MEGA,
        source=told.source,
    )


def learn(found: Appraised, places: Mapping[str, LocalModel], card: str, seconds: float, loading: float) -> None:
    """Keep how long a finished clip took, so that the next one is estimated by it."""
    costs.remember(card, places[""].label, found.kind, found.work.flops * found.work.calls, seconds, loading)


def _bytes_each(asked: Mapping[str, Setting], card: str) -> int:
    """Bytes of a number as it is loaded."""
    usual = "bfloat16" if card else "float32"
    return _FULL if asked.get("precision", usual) == "float32" else _HALF


@functools.lru_cache(maxsize=64)
def _parts(folder: Path, bytes_each: int, without: tuple[str, ...]) -> Mapping[str, Part]:
    return sizes(folder, bytes_each, without)


@functools.lru_cache(maxsize=64)
def _whole(folder: Path, bytes_each: int) -> Part:
    """A part in a folder of its own, as one."""
    try:
        each = sizes(folder.parent, bytes_each, [place.name for place in folder.parent.iterdir() if place != folder])
    except OSError as reason:
        raise ModelMissing(f"{folder.name} cannot be read: {reason}", "fetch the whole model again") from reason
    inside = sizes(folder, bytes_each)
    every = [*each.values(), *inside.values()]
    return Part(sum(part.size for part in every), max((part.leaf for part in every), default=0))
