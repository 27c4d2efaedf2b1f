"""Wan 2.1 and 2.2: text, or a first and a last picture, to video.

Which of the two a folder holds is read from its index: text and pictures are separate checkpoints.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from projects.weights import LocalModel, Setting, Weights
from scenes.backend import ClipPlan, ClipRequest, Refusal
from scenes.diffusion.engine import Diffusion
from scenes.diffusion.family import Count, Family, Reader
from scenes.diffusion.running import Made, Run, Steps, as_pictures

_TEXT = Weights("Wan-AI/Wan2.1-T2V-1.3B-Diffusers", "", "14 GB or more: 13 GiB of weights in 16 bits")

FAMILY = Family(
    title="Wan",
    weights=MappingProxyType({"": _TEXT, "lora": Weights("")}),
    optional=frozenset({"lora"}),
    frames=Count(4, 1, 5, 81),
    multiple=16,
    sizes=((832, 480), (480, 832), (1280, 720), (720, 1280), (624, 624)),
    rate=Fraction(16),
    steps=40,
    guidance=5.0,
    tokens=512,
    takes=frozenset({"prompt", "negative", "start", "end", "lora"}),
    packages=("torch", "accelerate", "diffusers", "transformers", "safetensors", "ftfy"),
    settings=MappingProxyType({"guidance_low": float}),
    parted=True,
    reader=Reader(("prompt_embeds", "negative_prompt_embeds")),
    presets=MappingProxyType(
        {
            "quality": {"steps": 50},
            "balanced": {"steps": 30, "cache": "first-block"},
            "fast": {"steps": 4, "guidance": 1.0},
        }
    ),
    distilled=frozenset({"fast"}),
)


class Wan(Diffusion):
    """Runs Wan's pipelines for text, and for a first and last picture."""

    name = "wan"
    summary = "Wan 2.1 and 2.2: words, or a first and last picture, to video"
    family = FAMILY

    def quantise(self, request: ClipRequest) -> ClipPlan:
        """As every family; a last picture alone says nothing of how the scene begins."""
        places = [frame.at for frame in request.scene.keyframes]
        if 1 in places and 0 not in places:
            raise Refusal(
                f"scene '{request.scene.id}': Wan cannot end on a picture without beginning with one",
                "add a picture `at: start`",
            )
        return super().quantise(request)

    def kind(self, places: Mapping[str, LocalModel], asked: Mapping[str, Setting], request: ClipRequest) -> str:
        """Text to video, or image to video where the folder holds that checkpoint."""
        from scenes.diffusion.loading import components_of

        place = places[""]
        kind, _ = components_of(place)
        pictures = bool(request.scene.keyframes) or "start" in asked
        if pictures and kind != "WanImageToVideoPipeline":
            raise Refusal(
                f"scene '{request.scene.id}' begins with a picture, and {place.repo} knows only words",
                "name the checkpoint for pictures under `model:` (its name has I2V in it), or leave `keyframes:` out",
            )
        if not pictures and kind == "WanImageToVideoPipeline":
            raise Refusal(
                f"scene '{request.scene.id}' has no picture, and {place.repo} needs one",
                "add `keyframes:`, or write under `model:` either `start: stage` or a checkpoint for words (T2V)",
            )
        return kind

    def run(self, pipe: Any, run: Run, dice: Any, steps: Steps) -> Made:
        """One call of the pipeline."""
        words: dict[str, Any] = {"guidance_scale": run.guidance}
        if "guidance_low" in run.asked:
            words["guidance_scale_2"] = float(run.asked["guidance_low"])
        if run.start is not None:
            words |= {"image": run.start, "last_image": run.end}
        made = pipe(
            **run.words,
            height=run.height,
            width=run.width,
            num_frames=run.frames,
            num_inference_steps=run.steps,
            max_sequence_length=FAMILY.tokens,
            generator=dice,
            output_type="np",
            callback_on_step_end=steps.callback,
            **words,
        )
        return Made(as_pictures(made.frames[0], run))
