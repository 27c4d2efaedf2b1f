"""CogVideoX 1.0 and 1.5: words, or a first picture and words, to video.

Text and pictures are separate checkpoints, told apart by a folder's index; the version by its denoiser's configuration.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Any

from projects.weights import LocalModel, Setting, Weights
from scenes.backend import ClipPlan, ClipRequest, Refusal
from scenes.diffusion.engine import Diffusion
from scenes.diffusion.family import Count, Family, Reader
from scenes.diffusion.plans import planned
from scenes.diffusion.running import Made, Run, Steps, as_pictures
from scenes.diffusion.settings import described

FAMILY = Family(
    title="CogVideoX",
    weights=MappingProxyType({"": Weights("THUDM/CogVideoX-2b", "", "12 GB or more: 12 GiB of weights in 16 bits")}),
    # Other counts come out longer or shorter: the coder takes odd and even numbers of latents differently.
    frames=Count(8, 1, 9, 49),
    multiple=16,
    sizes=((720, 480),),
    rate=Fraction(8),
    steps=50,
    guidance=6.0,
    tokens=226,
    takes=frozenset({"prompt", "negative", "start", "lora"}),
    reader=Reader(("prompt_embeds", "negative_prompt_embeds")),
    presets=MappingProxyType({"quality": {"steps": 50}, "balanced": {"steps": 35}, "fast": {"steps": 25}}),
)

NEWER = replace(
    FAMILY, title="CogVideoX 1.5", frames=Count(16, 1, 17, 161), sizes=((1360, 768), (768, 1360)), rate=Fraction(16)
)

_INDEX, _DENOISER = "model/model_index.json", "model/transformer/config.json"
_OF_PICTURES = "CogVideoXImageToVideoPipeline"
_CELL = 8
"""Pixels to one latent."""


class CogVideoX(Diffusion):
    """Runs CogVideoX's pipelines for words, and for a first picture."""

    name = "cogvideox"
    summary = "CogVideoX 1.0 and 1.5: words, or a first picture, to video"
    family = FAMILY

    def quantise(self, request: ClipRequest) -> ClipPlan:
        """As every family, by the rules of the version that is here."""
        asked, kind = self.asked(request), str(described(request.files, _INDEX).get("_class_name", ""))
        if kind:
            _see_that_it_fits(kind, request, asked, dict(request.scene.model))
        config = described(request.files, _DENOISER)
        family = _family_of(config)
        if kind and kind != _OF_PICTURES:
            family = replace(family, takes=family.takes - {"start"})
        plan = planned(family, request, asked)
        if config.get("use_learned_positional_embeddings") and (plan.width, plan.height) != family.sizes[0]:
            raise Refusal(
                f"scene '{request.scene.id}': this checkpoint of {family.title} makes only "
                f"{family.sizes[0][0]}x{family.sizes[0][1]}",
                "take `width:` and `height:` out of `model:`",
            )
        return plan

    def reading_files(self, weights: Mapping[str, Path]) -> dict[str, Path]:
        """Those of the reader, and what says how many tokens the version reads."""
        more = {name: path for name, path in weights.items() if name == _DENOISER}
        return {**super().reading_files(weights), **more}

    def kind(self, places: Mapping[str, LocalModel], asked: Mapping[str, Setting], request: ClipRequest) -> str:
        """Text to video, or image to video where the folder holds that checkpoint."""
        from scenes.diffusion.loading import components_of

        kind, _ = components_of(places[""])
        _see_that_it_fits(kind, request, asked, {"folder": places[""].repo})
        return kind

    def run(self, pipe: Any, run: Run, dice: Any, steps: Steps) -> Made:
        """One call of the pipeline."""
        more: dict[str, Any] = {"image": run.start} if run.start is not None else {}
        made = pipe(
            **run.words,
            height=run.height,
            width=run.width,
            num_frames=run.frames,
            num_inference_steps=run.steps,
            guidance_scale=run.guidance,
            # The makers let the guidance grow along the steps with the one schedule, and not with the other.
            use_dynamic_cfg=type(pipe.scheduler).__name__ == "CogVideoXDPMScheduler",
            generator=dice,
            output_type="np",
            callback_on_step_end=steps.callback,
            **more,
        )
        return Made(as_pictures(made.frames[0], run))

    def suited(self, files: Mapping[str, Path], asked: Mapping[str, Setting]) -> Diffusion:
        """This backend, with the family of the version among the files."""
        return self.with_family(_family_of(described(files, _DENOISER)))


def _see_that_it_fits(
    kind: str, request: ClipRequest, asked: Mapping[str, Setting], model: Mapping[str, Setting]
) -> None:
    """Raises Refusal where a checkpoint for pictures gets none, or one for words gets some."""
    pictures, called = bool(request.scene.keyframes) or "start" in asked, model.get("folder") or model.get("repo")
    if pictures and kind != _OF_PICTURES:
        raise Refusal(
            f"scene '{request.scene.id}' begins with a picture, and {called or FAMILY.title} knows only words",
            "name the checkpoint for pictures under `model:` (its name has I2V in it), or leave `keyframes:` out",
        )
    if not pictures and kind == _OF_PICTURES:
        raise Refusal(
            f"scene '{request.scene.id}' has no picture, and {called or FAMILY.title} needs one",
            "add `keyframes:`, or write under `model:` either `start: stage` or a checkpoint for words",
        )


def _family_of(config: Mapping[str, Any]) -> Family:
    """Version 1.5 joins latents in time; a checkpoint that learnt its places by heart makes a single size."""
    family = replace(
        NEWER if config.get("patch_size_t") else FAMILY, tokens=int(config.get("max_text_seq_length", 226))
    )
    if config.get("use_learned_positional_embeddings"):
        width, height = int(config.get("sample_width", 90)) * _CELL, int(config.get("sample_height", 60)) * _CELL
        return replace(family, sizes=((width, height),))
    return family
