"""What a pipeline of the Stable Diffusion line is opened with besides its own folder: control, references, other steps.

Each lies in a folder of its own, as safetensors alone. Knows pipelines by their components, and no scene.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from projects.weights import SAFETENSORS, LocalModel, ModelMissing, Setting, loaded
from scenes.backend import ClipRequest, Refusal
from scenes.diffusion.loading import components_of, library, precision
from storyboard.errors import RenderError

if TYPE_CHECKING:
    from scenes.diffusion.running import Run

CONTROL = "controlnet"
"""The part of the weights that keeps a picture to a guide."""

REFERENCES = "ip_adapter"
"""The part of the weights that looks at pictures of characters."""

SETTINGS: Mapping[str, type] = {
    "control": str,
    "control_scale": float,
    "ip_adapter_file": str,
    "ip_adapter_scale": float,
}
"""Settings that come with both parts."""

_SCALES = {"control_scale": (0.0, 2.0), "ip_adapter_scale": (0.0, 1.0)}

_ENCODER = "image_encoder"

_BASES: Mapping[str, str] = {
    "StableDiffusionPipeline": "sd",
    "StableDiffusionImg2ImgPipeline": "sd",
    "StableDiffusionXLPipeline": "xl",
    "StableDiffusionXLImg2ImgPipeline": "xl",
    "FluxPipeline": "flux",
}

_SCHEDULERS: Mapping[str, str] = {
    "ddim": "DDIMScheduler",
    "euler": "EulerDiscreteScheduler",
    "dpm": "DPMSolverMultistepScheduler",
    "lcm": "LCMScheduler",
}

SCHEDULERS = tuple(_SCHEDULERS)
"""Ways of going down the noise, by the names that a setting has for them."""


def base_of(place: LocalModel) -> str:
    """Which line a folder belongs to: `sd`, `xl` or `flux`; Refusal for a pipeline of another one."""
    kind, _ = components_of(place)
    if kind not in _BASES:
        raise Refusal(
            f"{place.repo} holds a {kind}, and pictures are made with Stable Diffusion, XL or Flux",
            f"name a folder whose model_index.json says one of: {', '.join(_BASES)}",
        )
    return _BASES[kind]


def see_companions(name: str, asked: Mapping[str, Setting], parts: Sequence[str]) -> None:
    """Refuse settings of a part that is not named, and bounds that are left."""
    for key, (low, high) in _SCALES.items():
        if key in asked and not low <= float(asked[key]) <= high:
            raise Refusal(f"the setting {key!r} of {name} is {asked[key]}", f"write {low:g} to {high:g}")
    if asked.get("scheduler", "lcm") not in SCHEDULERS:
        raise Refusal(
            f"the setting 'scheduler' of {name} is {asked['scheduler']!r}", f"write {' or '.join(SCHEDULERS)}"
        )
    for keys, part in ((("control", "control_scale"), CONTROL), (("ip_adapter_file", "ip_adapter_scale"), REFERENCES)):
        told = [key for key in keys if key in asked]
        if told and part not in parts:
            raise Refusal(
                f"the setting {told[0]!r} of {name} needs weights of its own", f"name them as `{part}_folder:`"
            )


def unused(request: ClipRequest, parts: Sequence[str]) -> list[str]:
    """What is to be said of references that nothing looks at, and of weights that have nothing to look at."""
    pictured = [part.character.name or part.character.id for part in request.scene.cast if part.character.references]
    if request.scene.look.examples:
        pictured.append("the style")
    if pictured and REFERENCES not in parts:
        told = f"the pictures of {', '.join(pictured)} were not used: `{REFERENCES}_folder:` names weights that do"
        return [told]
    if REFERENCES in parts and not pictured:
        missing = "nobody in the scene has `references:`, and its style no `examples:`"
        return [f"{missing}, so `{REFERENCES}_folder:` was not used"]
    return []


def looked_at(request: ClipRequest, parts: Mapping[str, LocalModel]) -> bool:
    """Whether pictures of characters decide about a scene."""
    shown = bool(request.scene.look.examples) or any(part.character.references for part in request.scene.cast)
    return REFERENCES in parts and shown


def companion(kind: str, place: LocalModel, asked: Mapping[str, Setting]) -> Any:
    """A model of one class from a folder of its own, in the precision asked for."""
    if not (place.path / "config.json").is_file():
        raise ModelMissing(f"{place.repo} has no config.json", f"name the folder of a {kind} of diffusers")
    return loaded(
        "",
        place,
        lambda: library(kind).from_pretrained(
            str(place.path), local_files_only=True, use_safetensors=True, torch_dtype=precision(asked)
        ),
    )


def see_that_it_controls(control: Any, denoiser: Any, place: LocalModel) -> None:
    """Refusal where weights for control were made for a denoiser of another shape."""
    for key in ("cross_attention_dim", "block_out_channels"):
        made, due = _plain(getattr(control.config, key, None)), _plain(getattr(denoiser.config, key, None))
        if made != due:
            raise Refusal(
                f"{place.repo} controls another kind of model: its {key} is {made}, the model's is {due}",
                f"name weights made for this model as `{CONTROL}_folder:`",
            )


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, list | tuple) else value


def lay_references(pipe: Any, place: LocalModel, asked: Mapping[str, Setting]) -> None:
    """Have a pipeline look at pictures: its weights over the denoiser, and the encoder that lies beside them."""
    weights = _weights_of(place, str(asked.get("ip_adapter_file", "")))
    encoder = weights.parent / _ENCODER
    if not any(encoder.glob(f"*{SAFETENSORS}")):
        raise ModelMissing(
            f"{place.repo} has no {_ENCODER} with *{SAFETENSORS} beside {weights.name}",
            f"put the image encoder's config.json and model{SAFETENSORS} there",
        )

    def look() -> Any:
        return library("CLIPVisionModelWithProjection", "transformers").from_pretrained(
            str(encoder), local_files_only=True, use_safetensors=True, dtype=precision(asked)
        )

    pipe.register_modules(image_encoder=loaded(_ENCODER, place, look))
    loaded(
        weights.name,
        place,
        lambda: pipe.load_ip_adapter(
            str(weights.parent),
            subfolder="",
            weight_name=weights.name,
            image_encoder_folder=None,
            local_files_only=True,
        ),
    )


def _weights_of(place: LocalModel, named: str) -> Path:
    """The file that is meant: the one named, else the only one outside an encoder's folder."""
    there = {
        path.relative_to(place.path).as_posix(): path
        for path in sorted(place.path.rglob(f"*{SAFETENSORS}"))
        if path.parent.name != _ENCODER
    }
    if named in there:
        return there[named]
    if not named and len(there) == 1:
        return next(iter(there.values()))
    raise ModelMissing(
        f"{place.repo} has no {named}" if named else f"{place.repo} has several weights, or none",
        f"name one as `ip_adapter_file:`: {', '.join(there) or f'there is no *{SAFETENSORS}'}",
    )


def seen(pipe: Any, run: Run) -> dict[str, Any]:
    """How a pipeline is told of the pictures of characters, where it looks at any."""
    if not run.references or getattr(getattr(pipe, "unet", None), "encoder_hid_proj", None) is None:
        return {}
    pipe.set_ip_adapter_scale(float(run.asked.get("ip_adapter_scale", 0.6)))
    return {"ip_adapter_image": [list(run.references)]}


def rescheduled(pipe: Any, asked: Mapping[str, Setting], usual: str = "", **told: Any) -> None:
    """Have a pipeline go down the noise as asked, or as `usual`, or ("") as its folder says; `told` goes with it."""
    own = getattr(pipe, "workprint_scheduler", None)
    if own is None:
        own = pipe.workprint_scheduler = pipe.scheduler
    named = str(asked.get("scheduler", usual))
    pipe.scheduler = library(_SCHEDULERS[named]).from_config(own.config, **told) if named else own


def see_that_it_is_shown(made: Any, place: str) -> None:
    """RenderError where a model's own filter blackened what it made."""
    flagged = getattr(made, "nsfw_content_detected", None)
    if flagged and any(flagged):
        raise RenderError(
            f"the filter that comes with {place} took the picture for unfit to be shown and blackened it",
            "write another prompt or seed",
        )
