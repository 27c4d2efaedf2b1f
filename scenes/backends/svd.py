"""Stable Video Diffusion: a picture to a few seconds of video. It reads no words.

How many frames a checkpoint was trained for is read from its denoiser's configuration.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Any

from projects.weights import LocalModel, Setting, Weights
from scenes.backend import Clip, ClipPlan, ClipRequest, Refusal
from scenes.diffusion.engine import Diffusion
from scenes.diffusion.family import Count, Family
from scenes.diffusion.plans import planned
from scenes.diffusion.running import Made, Run, Steps, as_pictures
from scenes.diffusion.settings import described

_FIRST, _LONGER = 14, 25
"""Frames that the first checkpoint and the one named `xt` were trained for."""

FAMILY = Family(
    title="Stable Video Diffusion",
    weights=MappingProxyType(
        {
            "": Weights(
                "stabilityai/stable-video-diffusion-img2vid-xt",
                "",
                "3 GB or more: 2.8 GiB of weights in 16 bits for the denoiser alone",
            )
        }
    ),
    frames=Count(1, 0, _FIRST, _LONGER),
    multiple=64,
    sizes=((1024, 576), (576, 1024)),
    rate=Fraction(7),
    steps=25,
    guidance=3.0,
    takes=frozenset({"start"}),
    settings=MappingProxyType(
        {"motion": int, "fps": int, "noise_aug": float, "min_guidance": float, "decode_chunk": int}
    ),
    presets=MappingProxyType({"quality": {"steps": 25}, "balanced": {"steps": 18}, "fast": {"steps": 12}}),
    denoiser="unet",
    decodes=8,
)

_BOUNDS: Mapping[str, tuple[float, float]] = {
    "motion": (1, 255),
    "fps": (5, 30),
    "noise_aug": (0.0, 1.0),
    "min_guidance": (0.0, 30.0),
    "decode_chunk": (1, _LONGER),
}

_DENOISER = "model/unet/config.json"


class Svd(Diffusion):
    """Runs the pipeline that sets a picture in motion."""

    name = "svd"
    summary = "Stable Video Diffusion: sets a picture in motion, without words"
    family = FAMILY
    needs = frozenset({"keyframes"})

    def quantise(self, request: ClipRequest) -> ClipPlan:
        """As every family, with a picture to begin with; words are not read, and that is said."""
        scene, asked = request.scene, self.asked(request)
        if "start" not in asked and all(frame.at > 0 for frame in scene.keyframes):
            raise Refusal(
                f"scene '{scene.id}' has no picture to begin with, and {FAMILY.title} needs one",
                "add a picture `at: start` under `keyframes:`, or `start: stage` under `model:`",
            )
        for key, (low, high) in _BOUNDS.items():
            if key in asked and not low <= float(asked[key]) <= high:
                raise Refusal(f"the setting {key!r} of {self.name} is {asked[key]}", f"write {low:g} to {high:g}")
        least, most = float(asked.get("min_guidance", 1.0)), float(asked.get("guidance", FAMILY.guidance))
        if least > most:
            raise Refusal(
                f"the guidance of {self.name} would fall from {least:g} to {most:g} along the clip",
                "write a `min_guidance:` that is no greater than `guidance:`",
            )
        plan = planned(_family_of(request.files, asked), _without_words(request), asked)
        words = [f"`{key}:`" for key, text in (("prompt", scene.prompt), ("negative", scene.negative)) if text]
        unread = [f"{FAMILY.title} reads no words: {' and '.join(words)} did not decide anything"] if words else []
        return replace(plan, notes=(*plan.notes, *unread))

    def suited(self, files: Mapping[str, Path], asked: Mapping[str, Setting]) -> Diffusion:
        """This backend, in segments as long as the checkpoint makes them."""
        return self.with_family(_family_of(files, asked))

    def generate(
        self, request: ClipRequest, plan: ClipPlan, progress: Callable[[float], None], cancelled: Callable[[], bool]
    ) -> Clip:
        """As every family, without words."""
        return super().generate(_without_words(request), plan, progress, cancelled)

    def kind(self, places: Mapping[str, LocalModel], asked: Mapping[str, Setting], request: ClipRequest) -> str:
        """There is one."""
        return "StableVideoDiffusionPipeline"

    def open(self, kind: str, places: Mapping[str, LocalModel], asked: Mapping[str, Setting], **parts: Any) -> Any:
        """The pipeline; its coder saves memory by few frames at once (`decode_chunk`), it knows no tiles."""
        pipe = super().open(kind, places, asked, **parts)
        if not hasattr(pipe.vae, "use_tiling"):
            # Without this the library answers a wish for tiles with an error rather than with whole pictures.
            pipe.vae.use_tiling = False
        return pipe

    def run(self, pipe: Any, run: Run, dice: Any, steps: Steps) -> Made:
        """One call of the pipeline."""
        made = pipe(
            image=run.start,
            height=run.height,
            width=run.width,
            num_frames=run.frames,
            num_inference_steps=run.steps,
            min_guidance_scale=float(run.asked.get("min_guidance", 1.0)),
            max_guidance_scale=run.guidance,
            fps=round(run.rate),
            motion_bucket_id=int(run.asked.get("motion", 127)),
            noise_aug_strength=float(run.asked.get("noise_aug", 0.02)),
            decode_chunk_size=int(run.asked.get("decode_chunk", 8)),
            generator=dice,
            output_type="np",
            callback_on_step_end=steps.callback,
        )
        return Made(as_pictures(made.frames[0], run))


def _family_of(files: Mapping[str, Path], asked: Mapping[str, Setting]) -> Family:
    """The family at the rate asked for, with the length that the checkpoint was trained for."""
    trained = int(described(files, _DENOISER).get("num_frames") or _LONGER)
    count = Count(1, 0, min(_FIRST, trained), trained)
    return replace(FAMILY, frames=count, rate=Fraction(int(asked.get("fps", FAMILY.rate))))


def _without_words(request: ClipRequest) -> ClipRequest:
    """The request as a model sees it that reads none."""
    scene = replace(request.scene, prompt="", negative="")
    return replace(request, scene=scene, prompt="", negative="", unsaid=(), schedule=())
