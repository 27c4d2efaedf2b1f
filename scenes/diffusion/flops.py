"""How much arithmetic one call of a denoiser is, from its `config.json` and the grid alone: no weights are needed.

Counted exactly on tensors without content, or by a formula where a model cannot be run so; what was counted is kept in
the user's cache. Knows no machine and no scene.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import math
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Any, Literal

from projects.disk import replace_json
from projects.weights import quiet
from scenes.diffusion.latents import Denoiser, Latent, denoiser_of
from storyboard.errors import DiskError, WorkprintError

Source = Literal["counted", "formula"]

_MOST_KEPT = 512
"""Entries of the cache; beyond it some are let go."""

_UNET = 196e6, 320
"""Operations for each latent pixel of Stable Diffusion 1.5, and its width."""
_IN_TIME = 1.65
"""How many times as much models need that look along the time as well (counted: 1.45 to 1.8)."""


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """Floating-point operations of one call (a multiplication and an addition are two), and how they are known."""

    count: float
    source: Source


def flops_of_call(folder: Path, latent: Latent, text: int = 0, kind: str = "", cache: Path | None = None) -> Arithmetic:
    """The operations of one call of the denoiser in a folder such as `transformer`, for one picture or clip.

    `text` is how many tokens of words it reads (0: what its family usually reads), `kind` the class that it is run as,
    if another than its own (`UNetMotionModel`). Takes seconds once for each model and shape, then a look at `cache`.
    """
    denoiser = denoiser_of(folder, kind)
    text = text or _text_of(denoiser.kind)
    place = (cache or cache_folder()) / "flops.json"
    key = _key(denoiser, latent, text)
    kept = read_cache(place)
    if isinstance(kept.get(key), int | float):
        return Arithmetic(float(kept[key]), "counted")
    counted = _counted(denoiser, latent, text)
    if counted is None:
        return Arithmetic(by_formula(denoiser, latent, text), "formula")
    keep(place, dict([*kept.items()][1 - _MOST_KEPT :]) | {key: counted})
    return Arithmetic(counted, "counted")


def by_formula(denoiser: Denoiser, latent: Latent, text: int) -> float:
    """The operations of one call by what the configuration says of layers and widths; pure.

    Of transformers: two for each weight that a token meets, and attention. Of U-shaped models: by their pixels.
    """
    if denoiser.is_unet:
        flat = denoiser.kind in ("UNet2DConditionModel", "UNet2DModel")
        return _UNET[0] * latent.cells * (denoiser.width / _UNET[1]) ** 2 * (1.0 if flat else _IN_TIME)
    config, tokens, width = denoiser.config, denoiser.tokens(latent), denoiser.width
    inner = float(config.get("ffn_dim") or width * float(config.get("mlp_ratio", 4.0)))
    layers = int(config.get("num_layers", 30)) + int(config.get("num_single_layers", 0))
    crossed = "cross_attention_dim" in config or "text_dim" in config
    weights = 4 * width**2 + 2 * width * inner
    if crossed:
        each = 2 * tokens * (weights + 2 * width**2) + 4 * text * width**2 + 4 * tokens * (tokens + text) * width
    else:
        # Words stand in the same row as the picture.
        row = tokens + text
        each = 2 * row * weights + 4 * row**2 * width
    return float(layers * each)


def _text_of(kind: str) -> int:
    """Tokens of words that a family usually reads."""
    return next((count for begin, count in _TEXT.items() if kind.startswith(begin)), 512)


_TEXT: Mapping[str, int] = {
    "LTX2": 1024,
    "LTX": 128,
    "CogVideoX": 226,
    "HunyuanVideo": 256,
    "UNetSpatioTemporal": 1,
    "UNet": 77,
}


def _key(denoiser: Denoiser, latent: Latent, text: int) -> str:
    told = {
        "kind": denoiser.kind,
        "config": denoiser.config,
        "latent": asdict(latent),
        "text": text,
        "versions": [_version(name) for name in ("torch", "diffusers")],
    }
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def _counted(denoiser: Denoiser, latent: Latent, text: int) -> float | None:
    """The operations as torch counts them on tensors without content; None where the model cannot be run on them."""
    make = _INPUTS.get(denoiser.kind)
    if make is None or not (_version("torch") and _version("diffusers")):
        return None
    import torch
    from torch.utils.flop_counter import FlopCounterMode

    from scenes.diffusion.loading import library

    config = _moving(denoiser.config) if denoiser.kind == "UNetMotionModel" else dict(denoiser.config)
    shown = Denoiser(denoiser.kind, config)

    def shape(*sizes: int, whole: bool = False) -> Any:
        return torch.zeros(*sizes, dtype=torch.long if whole else torch.float32)

    try:
        with quiet(), torch.device("meta"), torch.no_grad():
            # Some constants are made on the processor all the same.
            model = library(denoiser.kind).from_config(config).eval().to("meta")
            with FlopCounterMode(display=False) as counter:
                model(**make(shown, latent, text, shape))
    except (RuntimeError, ValueError, TypeError, AttributeError, LookupError, NotImplementedError, WorkprintError):
        return None
    return float(counter.get_total_flops()) or None


Shape = Callable[..., Any]


def _wan(model: Denoiser, latent: Latent, text: int, shape: Shape) -> dict[str, Any]:
    given = {
        "hidden_states": shape(1, model.config["in_channels"], latent.frames, latent.height, latent.width),
        "timestep": shape(1, whole=True),
        "encoder_hidden_states": shape(1, text, model.config["text_dim"]),
    }
    if model.config.get("image_dim"):
        given["encoder_hidden_states_image"] = shape(1, 257, model.config["image_dim"])
    if model.kind == "WanVACETransformer3DModel":
        given["control_hidden_states"] = shape(
            1, model.config["vace_in_channels"], latent.frames, latent.height, latent.width
        )
    return given


def _ltx(model: Denoiser, latent: Latent, text: int, shape: Shape) -> dict[str, Any]:
    return {
        "hidden_states": shape(1, model.tokens(latent), model.config["in_channels"]),
        "encoder_hidden_states": shape(1, text, model.config.get("caption_channels", 4096)),
        "timestep": shape(1, whole=True),
        "encoder_attention_mask": shape(1, text, whole=True),
        "num_frames": latent.frames,
        "height": latent.height,
        "width": latent.width,
    }


def _ltx2(model: Denoiser, latent: Latent, text: int, shape: Shape) -> dict[str, Any]:
    """Sound has twenty-five tokens a second; a latent frame stands for a third of one."""
    heard = math.ceil(latent.frames / 3 * 25)
    # Later releases widen the words before the denoiser, for picture and sound apart.
    early = model.config.get("use_prompt_embeddings", True)
    seen, told = ("caption_channels",) * 2 if early else ("cross_attention_dim", "audio_cross_attention_dim")
    return _ltx(model, latent, text, shape) | {
        "encoder_hidden_states": shape(1, text, model.config[seen]),
        "audio_hidden_states": shape(1, heard, model.config["audio_in_channels"]),
        "audio_encoder_hidden_states": shape(1, text, model.config[told]),
        "audio_encoder_attention_mask": shape(1, text, whole=True),
        "audio_num_frames": heard,
        "sigma": shape(1),
    }


def _cogvideox(model: Denoiser, latent: Latent, text: int, shape: Shape) -> dict[str, Any]:
    along = model.patch[0]
    frames = math.ceil(latent.frames / along) * along
    given = {
        "hidden_states": shape(1, frames, model.config["in_channels"], latent.height, latent.width),
        "encoder_hidden_states": shape(1, text, model.config["text_embed_dim"]),
        "timestep": shape(1, whole=True),
    }
    return given | ({"ofs": shape(1)} if model.config.get("ofs_embed_dim") else {})


def _hunyuan(model: Denoiser, latent: Latent, text: int, shape: Shape) -> dict[str, Any]:
    given = {
        "hidden_states": shape(1, model.config["in_channels"], latent.frames, latent.height, latent.width),
        "timestep": shape(1, whole=True),
        "encoder_hidden_states": shape(1, text, model.config["text_embed_dim"]),
        "encoder_attention_mask": shape(1, text, whole=True),
        "pooled_projections": shape(1, model.config["pooled_projection_dim"]),
    }
    return given | ({"guidance": shape(1)} if model.config.get("guidance_embeds") else {})


def _unet(model: Denoiser, latent: Latent, text: int, shape: Shape) -> dict[str, Any]:
    """A picture each: the frames are so many pictures. Larger ones are told their size besides."""
    given = {
        "sample": shape(latent.frames, model.config["in_channels"], latent.height, latent.width),
        "timestep": shape(1, whole=True),
        "encoder_hidden_states": shape(latent.frames, text, model.config["cross_attention_dim"]),
    }
    if model.config.get("addition_embed_type") == "text_time":
        times = 6 * int(model.config["addition_time_embed_dim"])
        pooled = int(model.config["projection_class_embeddings_input_dim"]) - times
        given["added_cond_kwargs"] = {"text_embeds": shape(latent.frames, pooled), "time_ids": shape(latent.frames, 6)}
    return given


def _unet_in_time(model: Denoiser, latent: Latent, text: int, shape: Shape) -> dict[str, Any]:
    each = latent.frames if model.kind == "UNetMotionModel" else 1
    return {
        "sample": shape(1, model.config["in_channels"], latent.frames, latent.height, latent.width),
        "timestep": shape(1, whole=True),
        "encoder_hidden_states": shape(each, text, model.config["cross_attention_dim"]),
    }


def _svd(model: Denoiser, latent: Latent, text: int, shape: Shape) -> dict[str, Any]:
    return {
        "sample": shape(1, latent.frames, model.config["in_channels"], latent.height, latent.width),
        "timestep": shape(1, whole=True),
        "encoder_hidden_states": shape(1, text, model.config["cross_attention_dim"]),
        "added_time_ids": shape(1, 3),
    }


_INPUTS: Mapping[str, Callable[[Denoiser, Latent, int, Shape], dict[str, Any]]] = {
    "WanTransformer3DModel": _wan,
    "WanVACETransformer3DModel": _wan,
    "LTXVideoTransformer3DModel": _ltx,
    "LTX2VideoTransformer3DModel": _ltx2,
    "CogVideoXTransformer3DModel": _cogvideox,
    "HunyuanVideoTransformer3DModel": _hunyuan,
    "UNet2DConditionModel": _unet,
    "UNet3DConditionModel": _unet_in_time,
    "UNetMotionModel": _unet_in_time,
    "UNetSpatioTemporalConditionModel": _svd,
}
"""What each class is called with."""


def _moving(flat: Mapping[str, Any]) -> dict[str, Any]:
    """The configuration of a model of pictures with layers of motion in it."""
    kept = ("in_channels", "out_channels", "block_out_channels", "layers_per_block", "cross_attention_dim")
    heads = flat.get("num_attention_heads") or flat.get("attention_head_dim") or 8
    blocks = {
        key: [str(name).replace("2D", "Motion") for name in flat[key]]
        for key in ("down_block_types", "up_block_types")
        if key in flat
    }
    return {key: flat[key] for key in kept if key in flat} | blocks | {"num_attention_heads": heads}


def cache_folder() -> Path:
    """Where a user's programs keep what they can make again."""
    home = os.environ.get("LOCALAPPDATA") if os.name == "nt" else os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "workprint"


def read_cache(path: Path) -> dict[str, Any]:
    """What a cache holds; nothing where it is not there or broken."""
    with contextlib.suppress(OSError, ValueError):
        read = json.loads(path.read_text("utf-8"))
        return read if isinstance(read, dict) else {}
    return {}


def keep(path: Path, value: Mapping[str, Any]) -> None:
    """Writes a cache in one move; where it may not be written, the next run works it out again."""
    with contextlib.suppress(OSError, DiskError):
        replace_json(path, dict(value))
