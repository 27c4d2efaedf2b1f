"""LTX-Video 0.9: words to video, with any number of the author's pictures at any place.

One checkpoint serves both; pictures are handed to it as conditions at their frames.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from projects.weights import LocalModel, Setting, Weights
from scenes.backend import ClipRequest, Refusal
from scenes.diffusion.engine import Diffusion
from scenes.diffusion.family import Count, Family, Reader
from scenes.diffusion.running import Made, Run, Steps, as_pictures

FAMILY = Family(
    title="LTX-Video",
    weights=MappingProxyType(
        {
            "": Weights("Lightricks/LTX-Video", "", "13 GB or more: 12.5 GiB of weights in 16 bits"),
            "lora": Weights(""),
        }
    ),
    optional=frozenset({"lora"}),
    frames=Count(8, 1, 9, 161),
    multiple=32,
    sizes=((704, 480), (480, 704), (768, 512), (512, 768), (512, 512)),
    rate=Fraction(24),
    steps=40,
    guidance=3.0,
    tokens=128,
    takes=frozenset({"prompt", "negative", "start", "end", "keyframes", "lora"}),
    settings=MappingProxyType({"strength": float}),
    presets=MappingProxyType(
        {
            "quality": {"steps": 50},
            "balanced": {"steps": 30, "cache": "first-block"},
            "fast": {"steps": 20, "cache": "first-block"},
        }
    ),
    reader=Reader(
        (
            "prompt_embeds",
            "prompt_attention_mask",
            "negative_prompt_embeds",
            "negative_prompt_attention_mask",
        )
    ),
)

_DECODING = {"decode_timestep": 0.05, "decode_noise_scale": 0.025}
"""What the makers recommend for coders that take out the last noise themselves."""


class Ltx(Diffusion):
    """Runs the pipelines for words, and for words with pictures."""

    name = "ltx"
    summary = "LTX-Video: words to video, with your own pictures at any place"
    family = FAMILY

    def kind(self, places: Mapping[str, LocalModel], asked: Mapping[str, Setting], request: ClipRequest) -> str:
        """The same weights in the pipeline that knows pictures, or in the one that knows none."""
        from scenes.diffusion.loading import components_of

        held, _ = components_of(places[""])
        if not held.startswith("LTX") or held.startswith("LTX2"):
            raise Refusal(f"{places[''].repo} holds a {held}", "name a checkpoint of LTX-Video under `model:`")
        # A scene in segments goes on from pictures of its own.
        long = self.quantise(request).frames > FAMILY.frames.longest
        pictures = request.scene.keyframes or "start" in asked or long
        return "LTXConditionPipeline" if pictures else "LTXPipeline"

    def open(self, kind: str, places: Mapping[str, LocalModel], asked: Mapping[str, Setting], **parts: Any) -> Any:
        """The pipeline, with steps that suit all sizes."""
        pipe = super().open(kind, places, asked, **parts)
        if kind == "LTXConditionPipeline" and pipe.scheduler is not None:
            # It brings steps of its own; older checkpoints want some that depend on the size, which it does not tell.
            pipe.scheduler = type(pipe.scheduler).from_config(pipe.scheduler.config, use_dynamic_shifting=False)
        return pipe

    def run(self, pipe: Any, run: Run, dice: Any, steps: Steps) -> Made:
        """One call; a run without pictures has none to be conditioned on."""
        from scenes.diffusion.loading import library

        words: dict[str, Any] = dict(_DECODING) if pipe.vae.config.timestep_conditioning else {}
        speaker = pipe
        if run.pictures:
            condition = library("LTXVideoCondition", "diffusers.pipelines.ltx.pipeline_ltx_condition")
            strength = float(run.asked.get("strength", 1.0))
            words["conditions"] = [
                condition(image=picture, frame_index=place_of(at, run.frames), strength=strength)
                for at, picture in run.pictures
            ]
        elif type(pipe).__name__ == "LTXConditionPipeline":
            speaker = library("LTXPipeline")(**pipe.components)
        made = speaker(
            **run.words,
            height=run.height,
            width=run.width,
            num_frames=run.frames,
            frame_rate=round(run.rate),
            num_inference_steps=run.steps,
            guidance_scale=run.guidance,
            max_sequence_length=FAMILY.tokens,
            generator=dice,
            output_type="np",
            callback_on_step_end=steps.callback,
            **words,
        )
        return Made(as_pictures(made.frames[0], run))


def place_of(at: float, frames: int) -> int:
    """The frame at which a picture may stand for a place in 0..1: the coder takes them eight by eight."""
    return round(at * (frames - 1) / 8) * 8
