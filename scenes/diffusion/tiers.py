"""Where the components of a pipeline lie while it runs: whole on the card, in turns, in layers, or in eight bits.

What fits is decided from figures before anything is loaded, told in words, and done by the calls of diffusers. Knows
no family and no scene.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib import util
from typing import Any, Literal, get_args

from scenes.diffusion.memory import GIB, Part, Room, Working
from storyboard.errors import MissingError, RenderError

Tier = Literal["resident", "offload", "int8", "group", "fp8"]

TIERS: tuple[Tier, ...] = get_args(Tier)
"""From the one that takes most of the card to the one that takes least."""

MEANING: Mapping[Tier, str] = {
    "resident": "everything lies on the card",
    "offload": "components are moved to the card one by one",
    "int8": "the denoiser is kept in 8-bit whole numbers, and components are moved to the card one by one",
    "group": "components are moved to the card layer by layer",
    "fp8": "the denoiser is kept in 8-bit floats, and components are moved to the card layer by layer",
}
"""What each means, to be told."""

EXACT: frozenset[Tier] = frozenset({"resident", "offload", "group"})
"""Those that leave the weights as they are. The others round them: that belongs to what a clip was made with."""

_TILED = "frames are decoded in tiles"

_DENOISERS = ("transformer", "unet", "prior")
_CODERS = ("vae", "vocoder", "vqvae")

_SPARE = 0.95, GIB // 4
"""The share of what is free that may be planned with, and what is left alone besides."""

_EIGHT_BITS = "torchao"

_SMALL: tuple[tuple[int, str], ...] = (
    (8, "Stable Diffusion 1.5 with AnimateDiff, or Wan 2.1 1.3B"),
    (12, "LTX-Video 2B or Stable Video Diffusion"),
    (16, "CogVideoX-5B"),
    (24, "Wan 2.2 TI2V-5B"),
)
"""Models for cards of so many GiB, by what their makers say."""


@dataclass(frozen=True, slots=True)
class Choice:
    """How a pipeline is put on its device. `words` say what is done and why; "" where there is nothing to tell."""

    tier: Tier
    tiling: bool
    words: str = ""
    needs: int = 0
    """Bytes of the card that it is thought to take."""
    pinned: bool = False
    """Whether the host has room for a second copy of the weights, from which layers are moved faster."""
    spilling: bool = True
    """Whether components may wait in the host: it holds all of them at once, and does not do the work itself."""


def card_needs(tier: Tier, parts: Mapping[str, Part], working: Working, *, tiling: bool) -> int:
    """Bytes of the card that a run takes at its fullest moment."""
    decoding = working.tiled if tiling else working.decoding
    denoisers = [part for name, part in parts.items() if name.startswith(_DENOISERS)]
    coders = sum(part.size for name, part in parts.items() if _is_coder(name))
    others = [part for name, part in parts.items() if not name.startswith(_DENOISERS) and not _is_coder(name)]
    if tier == "resident":
        return sum(part.size for part in parts.values()) + max(working.denoising, decoding)
    if tier in ("offload", "int8"):
        each = max((part.size for part in denoisers), default=0) // (2 if tier == "int8" else 1)
        return max(each + working.denoising, coders + decoding, *(part.size for part in others), 0)
    layer = max((part.largest for part in denoisers), default=0)
    # One layer works while the next one arrives; of those in 8 bits one is widened.
    layers = layer * 2 if tier == "group" else layer * 3 // 2
    return coders + max(layers + working.denoising, decoding, *(part.largest for part in others), 0)


def moved(tier: Tier, parts: Mapping[str, Part]) -> int:
    """Bytes of a denoiser that go to the card in each of its calls."""
    whole = max((part.size for name, part in parts.items() if name.startswith(_DENOISERS)), default=0)
    return {"group": whole, "fp8": whole // 2}.get(tier, 0)


def host_needs(tier: Tier, parts: Mapping[str, Part]) -> int:
    """Bytes of the host that loading takes, without copies for faster moves."""
    whole = sum(part.size for part in parts.values())
    rounded = sum(part.size for name, part in parts.items() if name.startswith(_DENOISERS)) // 2
    return whole - rounded if tier == "int8" else whole


def choose(
    parts: Mapping[str, Part], working: Working, room: Room, asked: Tier | Literal[""] = "", title: str = "the model"
) -> Choice:
    """The first way of the list that fits, exact ones before those that round; or the one asked for, whatever fits.

    Raises RenderError, before anything is loaded, where none fits the card or the host cannot hold the components.
    """
    whole = host_needs("resident", parts)
    spilling = room.ram is None or whole <= room.ram
    pinned = room.ram is not None and 2 * whole <= room.ram
    if room.vram is None:
        return _on_the_processor(parts, working, room, title)
    if asked:
        tiling = not _fits(card_needs(asked, parts, working, tiling=False), room.vram)
        needs = card_needs(asked, parts, working, tiling=tiling)
        told = "" if _fits(needs, room.vram) else f", though {title} is thought to need {_gib(needs)}"
        return Choice(asked, tiling, f"as asked: {_done(asked, tiling)}{told}", needs, pinned, spilling)
    if not spilling:
        return _without_host(parts, working, room, title)
    at_once = card_needs("resident", parts, working, tiling=False)
    for tier, tiling in _ways():
        needs = card_needs(tier, parts, working, tiling=tiling)
        if _fits(needs, room.vram):
            told = _told(room.vram, title, at_once, _done(tier, tiling)) if (tier, tiling) != _ways()[0] else ""
            return Choice(tier, tiling, told, needs, pinned, spilling)
    least = replace(working, denoising=working.least or working.denoising)
    needs = card_needs("group", parts, least, tiling=True)
    if _fits(needs, room.vram):
        told = _told(room.vram, title, at_once, _done("group", True))
        return Choice("group", True, f"{told}, and may run out", needs, pinned, spilling)
    raise _no_room(parts, least, room.vram, title)


def _ways() -> list[tuple[Tier, bool]]:
    """Tiers with and without tiles, in the order in which they are tried; those that round only where it helps."""
    return [(tier, tiling) for tier in TIERS if tier != "int8" for tiling in (False, True)]


def _on_the_processor(parts: Mapping[str, Part], working: Working, room: Room, title: str) -> Choice:
    """Everything lies in the host, decoded in tiles where it is tight."""
    for tiling in (False, True):
        needs = card_needs("resident", parts, working, tiling=tiling)
        if room.ram is None or needs <= room.ram:
            told = f"{_gib(room.ram or 0)} of memory free: {_TILED}" if tiling else ""
            return Choice("resident", tiling, told, needs, spilling=False)
    raise RenderError(
        f"{title} needs {_gib(needs)} of memory at this size and length, and {_gib(room.ram or 0)} are free",
        "write a smaller `width:` and `height:` under `model:`, make the scene shorter, or choose a smaller model",
    )


def _without_host(parts: Mapping[str, Part], working: Working, room: Room, title: str) -> Choice:
    """The host cannot hold the components as they are: in 8 bits it may, where the package for that is here."""
    ram, vram = room.ram or 0, room.vram or 0
    needs = card_needs("int8", parts, working, tiling=True)
    in_eight = host_needs("int8", parts) <= ram and _fits(needs, vram)
    if in_eight and util.find_spec(_EIGHT_BITS):
        told = f"{_gib(ram)} of the host's memory free, {title} needs {_gib(host_needs('resident', parts))}"
        return Choice("int8", True, f"{told}: {_done('int8', True)}", needs, spilling=False)
    raise RenderError(
        f"{title} needs {_gib(host_needs('resident', parts))} of the host's memory to be loaded, "
        f"and {_gib(ram)} are free",
        f"pip install {_EIGHT_BITS}, with which it is kept in 8 bits and needs {_gib(host_needs('int8', parts))}; "
        "or close other programs"
        if in_eight
        else f"close other programs, or choose a smaller model: {_smaller(vram)}",
    )


def _no_room(parts: Mapping[str, Part], working: Working, vram: int, title: str) -> RenderError:
    """What is said where even the last way does not fit."""
    least = card_needs("fp8", parts, working, tiling=True)
    weights = card_needs("fp8", parts, Working(0, 0, 0), tiling=True)
    left = vram * _SPARE[0] - _SPARE[1] - weights
    share = left / max(1, least - weights)
    smaller = (
        f"write a smaller `width:` and `height:` under `model:`, or make the scene shorter: about "
        f"{max(1, int(share * 100))} % of its pixels (width x height x frames) fit; or choose"
        if share > 0
        else "choose"
    )
    return RenderError(
        f"{title} needs {_gib(least)} on the card at this size and length even when its layers are moved there one by "
        f"one, and {_gib(vram)} are free",
        f"{smaller} a smaller model: {_smaller(vram)}",
    )


def _smaller(vram: int) -> str:
    """Models that are made for a card with so much free; a card of 8 GiB has a little less than that."""
    fitting = [called for size, called in _SMALL if size * GIB <= vram * 1.15]
    return fitting[-1] if fitting else "none fits; leave `backend:` out"


def _fits(needs: int, vram: int) -> bool:
    return needs <= vram * _SPARE[0] - _SPARE[1]


def _told(vram: int, title: str, at_once: int, done: str) -> str:
    return f"{_gib(vram)} free, {title} needs {_gib(at_once)} at once: {done}"


def _done(tier: Tier, tiling: bool) -> str:
    if tier == "resident" and tiling:
        return _TILED
    return MEANING[tier] + (f", {_TILED}" if tiling else "")


def _gib(size: int) -> str:
    return f"{size / GIB:.1f} GiB"


def _is_coder(name: str) -> bool:
    return any(part in name for part in _CODERS)


def ladder(choice: Choice) -> Choice | None:
    """The next way to try after memory ran out, with the words to tell it; None where only a smaller picture helps.

    The pipeline is loaded anew for it: what was done to the one before cannot be undone.
    """
    if not choice.tiling:
        return replace(choice, tiling=True, words=f"memory ran out: {_TILED}")
    if not choice.spilling:
        return None
    following: Mapping[Tier, Tier] = {"resident": "offload", "offload": "group", "int8": "group", "group": "fp8"}
    tier = following.get(choice.tier)
    return replace(choice, tier=tier, words=f"memory ran out: {MEANING[tier]}") if tier else None


def out_of_memory(error: BaseException | None) -> bool:
    """Whether an error, or what it came from, says that the card or the host has no memory left."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        told = str(error).lower()
        if isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryError":
            return True
        if isinstance(error, RuntimeError) and any(sign in told for sign in _SIGNS):
            return True
        error = error.__cause__ or error.__context__
    return False


_SIGNS = ("out of memory", "can't allocate memory", "cublas_status_alloc_failed", "not enough memory")


def for_loading(choice: Choice, parts: Mapping[str, Part]) -> dict[str, Any]:
    """What `from_pretrained` is told besides: weights in 8-bit whole numbers are made so while they are read.

    Raises MissingError where the package for that is not here.
    """
    if choice.tier != "int8":
        return {}
    if not util.find_spec(_EIGHT_BITS):
        raise MissingError(f"weights in 8 bits need {_EIGHT_BITS}", f"pip install {_EIGHT_BITS}")
    from importlib import import_module

    from scenes.diffusion.loading import library

    eight = import_module("torchao.quantization").Int8WeightOnlyConfig(version=2)
    rounded = {name: library("TorchAoConfig")(eight) for name in parts if name.startswith(_DENOISERS)}
    if not rounded:
        return {}
    return {"quantization_config": library("PipelineQuantizationConfig")(quant_mapping=rounded)}


def apply(pipe: Any, choice: Choice, device: str) -> Any:
    """Puts a pipeline, as it was loaded, on its device in the way chosen; gives it back."""
    if choice.tiling:
        for coder in _coders(pipe):
            # Some have only the name of it.
            if hasattr(coder, "use_tiling"):
                coder.enable_tiling()
            if hasattr(coder, "use_slicing"):
                coder.enable_slicing()
    if choice.tier == "fp8":
        _round(pipe)
    if choice.tier in ("group", "fp8"):
        _in_layers(pipe, choice, device)
    elif choice.tier == "resident" or device == "cpu":
        pipe.to(device)
    else:
        pipe.enable_model_cpu_offload(device=device)
    return pipe


def _modules(pipe: Any) -> Iterator[tuple[str, Any]]:
    from torch.nn import Module

    return ((name, part) for name, part in pipe.components.items() if isinstance(part, Module))


def _coders(pipe: Any) -> list[Any]:
    return [part for name, part in _modules(pipe) if _is_coder(name)]


def _round(pipe: Any) -> None:
    """Keeps the denoisers' weights in 8-bit floats; each layer is widened while it works."""
    import torch

    for name, part in _modules(pipe):
        if name.startswith(_DENOISERS):
            part.enable_layerwise_casting(storage_dtype=torch.float8_e4m3fn, compute_dtype=part.dtype)


def _in_layers(pipe: Any, choice: Choice, device: str) -> None:
    """Moves layers to the card when they are needed. Coders stay there: their tiles are moved wrongly otherwise."""
    import torch

    # Some components do not allow it; they are small.
    whole = [
        name
        for name, part in _modules(pipe)
        if _is_coder(name) or not getattr(part, "_supports_group_offloading", True)
    ]
    streams = torch.device(device).type == "cuda"
    pipe.enable_group_offload(
        onload_device=torch.device(device),
        offload_device=torch.device("cpu"),
        offload_type="leaf_level",
        use_stream=streams,
        low_cpu_mem_usage=streams and not choice.pinned,
        exclude_modules=whole,
    )
