"""LTX-2: words to video with its sound, with any number of the author's pictures.

One checkpoint serves words and pictures; which of its makers' versions it is says the denoiser's configuration.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from projects.weights import LocalModel, Setting, Weights
from scenes.backend import ClipPlan, ClipRequest, ClipSound, Refusal
from scenes.diffusion.engine import Diffusion
from scenes.diffusion.family import Count, Family, Reader
from scenes.diffusion.plans import planned
from scenes.diffusion.running import Made, Run, Steps, as_pictures
from scenes.diffusion.settings import described

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_ALL: Mapping[str, Setting] = {"guidance": 3.0, "audio_guidance": 7.0, "stg": 1.0, "modality": 3.0}
"""What the makers recommend: for the pictures, for the sound, against a weaker copy, and for the bond of the two."""

_NONE: Mapping[str, Setting] = {"guidance": 1.0, "audio_guidance": 1.0, "stg": 0.0, "modality": 1.0}

FAMILY = Family(
    title="LTX-2",
    weights=MappingProxyType(
        {"": Weights("Lightricks/LTX-2", "", "38 GB or more: 35 GiB of weights in 16 bits for the denoiser alone")}
    ),
    frames=Count(8, 1, 9, 481),
    multiple=32,
    sizes=((768, 512), (512, 768), (1024, 576), (576, 1024), (512, 512)),
    rate=Fraction(24),
    steps=30,
    guidance=3.0,
    tokens=1024,
    takes=frozenset({"prompt", "negative", "start", "end", "keyframes", "lora"}),
    packages=("torch", "accelerate", "diffusers", "transformers", "safetensors", "av"),
    settings=MappingProxyType(
        {
            "fps": int,
            "audio_guidance": float,
            "stg": float,
            "modality": float,
            "strength": float,
            "distilled": bool,
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
    presets=MappingProxyType(
        {
            "quality": {"steps": 30, **_ALL},
            "balanced": {"steps": 30, **_ALL, "stg": 0.0, "modality": 1.0},
            "fast": {"steps": 20, **_ALL, "stg": 0.0, "modality": 1.0},
            # For checkpoints that were distilled to these steps, and for no others.
            "distilled": {"steps": 8, "distilled": True, **_NONE},
        }
    ),
    sounds=True,
)

_RATES = (24, 25, 30)
"""Frames a second that it was trained around."""

_BOUNDS: Mapping[str, float] = {"audio_guidance": 30.0, "stg": 10.0, "modality": 30.0}

_DENOISER = "model/transformer/config.json"
_CRF = 33, 18
"""How much pictures are coarsened before they are shown to it, as in its training: up to version 2.3, and from 2.5."""


class Ltx2(Diffusion):
    """Runs the pipelines for words, and for words with pictures; both make sound."""

    name = "ltx2"
    summary = "LTX-2: words to video with sound, with your own pictures at any place"
    family = FAMILY

    def quantise(self, request: ClipRequest) -> ClipPlan:
        """As every family, at a rate that it was trained around."""
        asked = self.asked(request)
        fps = int(asked.get("fps", FAMILY.rate))
        if fps not in _RATES:
            raise Refusal(f"the setting 'fps' of {self.name} is {fps}", f"write {' or '.join(map(str, _RATES))}")
        for key, most in _BOUNDS.items():
            if key in asked and not 0.0 <= float(asked[key]) <= most:
                raise Refusal(f"the setting {key!r} of {self.name} is {asked[key]}", f"write 0 to {most:g}")
        if asked.get("distilled") and self.steps(asked) != 8:
            raise Refusal(
                f"a distilled checkpoint of {FAMILY.title} has 8 steps, not {self.steps(asked)}",
                "take `steps:` out of `model:`",
            )
        config = described(request.files, _DENOISER) or {"perturbed_attn": True}
        if dict(request.scene.model).get("stg") and not config.get("perturbed_attn"):
            raise Refusal(
                f"this checkpoint of {FAMILY.title} holds no weaker copy of itself for `stg:`",
                "take `stg:` out of `model:`, or name a later checkpoint",
            )
        return planned(replace(FAMILY, rate=Fraction(fps)), request, asked)

    def steps(self, asked: Mapping[str, Setting]) -> int:
        """Those that a checkpoint was distilled to, or as with every family."""
        return super().steps({"steps": 8, **asked} if asked.get("distilled") else asked)

    def kind(self, places: Mapping[str, LocalModel], asked: Mapping[str, Setting], request: ClipRequest) -> str:
        """The same weights in the pipeline that knows pictures, or in the one that knows none."""
        from scenes.diffusion.loading import components_of

        held, _ = components_of(places[""])
        if not held.startswith("LTX2"):
            raise Refusal(f"{places[''].repo} holds a {held}", "name a checkpoint of LTX-2 under `model:`")
        # A scene in segments goes on from pictures of its own.
        long = self.quantise(request).frames > FAMILY.frames.longest
        pictures = request.scene.keyframes or "start" in asked or long
        return "LTX2ConditionPipeline" if pictures else "LTX2Pipeline"

    def open(self, kind: str, places: Mapping[str, LocalModel], asked: Mapping[str, Setting], **parts: Any) -> Any:
        """The pipeline, which remembers how its checkpoint was shown pictures when its reader is gone."""
        from scenes.diffusion.loading import components_of

        _, named = components_of(places[""])
        # Its makers write prompts anew and guess at lengths with these; both are the author's.
        unused = dict.fromkeys(set(named) & {"prompt_enhancer", "duration_head", "processor"})
        pipe = super().open(kind, places, asked, **{**unused, **parts})
        pipe.shown_at = _CRF["Gemma4" in str(named["text_encoder"][1])]
        if pipe.audio_vae is not None and not hasattr(pipe.audio_vae, "use_tiling"):
            # Without this the library answers a wish for tiles with an error rather than with whole sounds.
            pipe.audio_vae.use_tiling = False
        return pipe

    def run(self, pipe: Any, run: Run, dice: Any, steps: Steps) -> Made:
        """One call, which gives pictures and their sound."""
        from scenes.diffusion.loading import library

        more: dict[str, Any] = {}
        if run.asked.get("distilled"):
            more["sigmas"] = library("DISTILLED_SIGMA_VALUES", "diffusers.pipelines.ltx2.utils")
        if run.pictures:
            condition = library("LTX2VideoCondition", "diffusers.pipelines.ltx2.pipeline_ltx2_condition")
            strength = float(run.asked.get("strength", 1.0))
            more["conditions"] = [
                condition(frames=picture, index=place_of(at, run.frames), strength=strength, crf=pipe.shown_at)
                for at, picture in run.pictures
            ]
        with _stepped(pipe, as_given="sigmas" in more):
            made = self._called(pipe, run, dice, steps, more)
        rate = int(pipe.vocoder.config.output_sampling_rate)
        return Made(as_pictures(made.frames[0], run), _as_long(made.audio[0], rate, run.frames / Fraction(run.rate)))

    def _called(self, pipe: Any, run: Run, dice: Any, steps: Steps, more: Mapping[str, Any]) -> Any:
        """What the pipeline gives, guided as asked."""
        config = pipe.transformer.config
        # The first version read words in a place of its own, which the later ones have no more.
        first = bool(config.get("use_prompt_embeddings"))
        guided = {**(_NONE if run.asked.get("distilled") else _ALL), **run.asked}
        weaker = float(guided["stg"]) if config.get("perturbed_attn") else 0.0
        return pipe(
            **run.words,
            height=run.height,
            width=run.width,
            num_frames=run.frames,
            frame_rate=float(run.rate),
            num_inference_steps=run.steps,
            guidance_scale=float(guided["guidance"]),
            stg_scale=weaker,
            modality_scale=float(guided["modality"]),
            audio_guidance_scale=float(guided["audio_guidance"]),
            audio_stg_scale=weaker,
            audio_modality_scale=float(guided["modality"]),
            spatio_temporal_guidance_blocks=[min(29 if first else 28, int(config.num_layers) - 1)],
            use_cross_timestep=not first,
            generator=dice,
            output_type="np",
            callback_on_step_end=steps.callback,
            **more,
        )


def place_of(at: float, frames: int) -> int:
    """The step of the coder at which a picture stands for a place in 0..1: first one frame, then eight by eight."""
    return round(at * (frames - 1) / 8)


@contextmanager
def _stepped(pipe: Any, *, as_given: bool) -> Iterator[None]:
    """While it lasts, steps that were written down are taken as they are, not stretched to the size."""
    plain = pipe.scheduler
    if as_given:
        pipe.scheduler = type(plain).from_config(plain.config, use_dynamic_shifting=False, shift_terminal=None)
    try:
        yield
    finally:
        pipe.scheduler = plain


def _as_long(sound: Any, rate: int, seconds: Fraction) -> ClipSound:
    """A model's sound (channels, n) as (n, channels), exactly as long as its pictures; its very end may be silent."""
    import numpy as np

    due = round(seconds * rate)
    heard: NDArray[np.float32] = sound.float().cpu().numpy().T.astype(np.float32)[:due]
    whole = np.zeros((due, heard.shape[1]), np.float32)
    whole[: len(heard)] = np.clip(np.nan_to_num(heard), -1.0, 1.0)
    return (whole[:, 0] if heard.shape[1] == 1 else whole), rate
