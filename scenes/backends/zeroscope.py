"""Zeroscope: words to three seconds of small pictures, and a second pass that makes them larger.

Its pipelines are kept by their library without being cared for: when they are gone, that is said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from projects.weights import LocalModel, Setting, Weights
from scenes.backend import ClipPlan, ClipRequest, Refusal
from scenes.diffusion.engine import Diffusion
from scenes.diffusion.family import Count, Family, Size
from scenes.diffusion.plans import planned
from scenes.diffusion.running import Made, Run, Steps, as_pictures

LARGER = "xl"
"""The part of the weights that makes the pictures of the first pass larger."""

_SMALL: Size = (576, 320)
_LARGE: Size = (1024, 576)
_STRENGTH = 0.6
_SIZE = "3 GB or more: 2.6 GiB of weights in 16 bits for the denoiser alone"

FAMILY = Family(
    title="Zeroscope",
    weights=MappingProxyType(
        {"": Weights("cerspense/zeroscope_v2_576w", "", _SIZE), LARGER: Weights("cerspense/zeroscope_v2_XL", "", _SIZE)}
    ),
    frames=Count(1, 0, 1, 24),
    multiple=8,
    sizes=(_SMALL,),
    rate=Fraction(8),
    steps=50,
    guidance=9.0,
    tokens=77,
    takes=frozenset({"prompt", "negative"}),
    note="Zeroscope is old: the library diffusers keeps it, but mends it no more, and a later release may lack it",
    settings=MappingProxyType({"fps": int, "strength": float}),
    optional=frozenset({LARGER}),
    presets=MappingProxyType({"quality": {"steps": 50}, "balanced": {"steps": 40}, "fast": {"steps": 25}}),
    denoiser="unet",
)


class Zeroscope(Diffusion):
    """Runs the pipeline for words, and after it the one that makes pictures larger, where its weights are named."""

    name = "zeroscope"
    summary = "Zeroscope: words to video, small, or larger in a second pass"
    family = FAMILY

    def quantise(self, request: ClipRequest) -> ClipPlan:
        """As every family; with the second pass the size is that of its pictures."""
        asked = self.asked(request)
        fps = int(asked.get("fps", FAMILY.rate))
        if not 1 <= fps <= 30:
            raise Refusal(f"the setting 'fps' of {self.name} is {fps}", "write 1 to 30")
        family = replace(FAMILY, rate=Fraction(fps))
        if LARGER not in self.parts(asked):
            if "strength" in asked:
                raise Refusal(
                    f"the setting 'strength' of {self.name} says how much the second pass changes, and there is none",
                    f"name its weights as `{LARGER}_folder:` under `model:`, or take `strength:` out",
                )
            return planned(family, request, asked)
        if _again(self.steps(asked), float(asked.get("strength", _STRENGTH))) < 1:
            raise Refusal(
                f"the second pass of {self.name} would have no step with such `strength:` and `steps:`",
                "write a greater `strength:`, or more `steps:`",
            )
        plan = planned(replace(family, sizes=(_LARGE,)), request, asked)
        small = "x".join(map(str, _smaller((plan.width, plan.height))))
        return replace(plan, notes=(*plan.notes, f"made at {small} first, then larger in a second pass"))

    def kind(self, places: Mapping[str, LocalModel], asked: Mapping[str, Setting], request: ClipRequest) -> str:
        """There is one for the first pass."""
        from scenes.diffusion.loading import see_that_it_is_whole

        if LARGER in places:
            see_that_it_is_whole(places[LARGER], FAMILY.weights[LARGER])
        return "TextToVideoSDPipeline"

    def open(self, kind: str, places: Mapping[str, LocalModel], asked: Mapping[str, Setting], **parts: Any) -> Any:
        """The pipeline of the first pass, which carries that of the second where there is one."""
        from scenes.diffusion.loading import pipeline

        pipe = super().open(kind, places, asked, **parts)
        pipe.larger = None
        if LARGER in places:
            given = {name: value for name, value in parts.items() if value is not None}
            pipe.larger = pipeline("VideoToVideoSDPipeline", places[LARGER], asked, **given)
            pipe.larger.vae.enable_slicing()
        return pipe

    def run(self, pipe: Any, run: Run, dice: Any, steps: Steps) -> Made:
        """One call, or two: the pictures of the first are enlarged, and denoised again in part."""
        told = {
            **run.words,
            "num_inference_steps": run.steps,
            "guidance_scale": run.guidance,
            "generator": dice,
            "output_type": "np",
        }
        strength = float(run.asked.get("strength", _STRENGTH))
        every = replace(steps, steps=run.steps + (_again(run.steps, strength) if pipe.larger else 0))
        width, height = _smaller((run.width, run.height)) if pipe.larger else (run.width, run.height)
        small = pipe(
            height=height,
            width=width,
            num_frames=run.frames,
            callback=lambda step, _time, _latents: every.after(step),
            **told,
        ).frames[0]
        first = as_pictures(small, replace(run, width=width, height=height))
        if pipe.larger is None:
            return Made(first)
        from PIL import Image

        from scenes.diffusion.loading import device_of

        size = (run.width, run.height)
        video = [Image.fromarray(frame).resize(size, Image.Resampling.LANCZOS) for frame in first]
        made = pipe.larger.to(device_of(run.asked))(
            video=video,
            strength=strength,
            callback=lambda step, _time, _latents: every.after(run.steps + step),
            **told,
        )
        return Made(as_pictures(made.frames[0], run))


def _again(steps: int, strength: float) -> int:
    """How many steps the second pass has."""
    return min(int(steps * strength), steps)


def _smaller(size: Size) -> Size:
    """The size of the first pass for one of the second: as 576x320 is to 1024x576, in whole blocks."""
    multiple = FAMILY.multiple
    width, height = (
        max(multiple, round(length * small / large / multiple) * multiple)
        for length, small, large in zip(size, _SMALL, _LARGE, strict=True)
    )
    return width, height
