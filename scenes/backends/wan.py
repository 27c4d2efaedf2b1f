"""Wan 2.1 and 2.2: words, or a first and a last picture, to video; with VACE also staging and references.

Which checkpoint a folder holds is read from its index: words, pictures, both (TI2V), or all of it (VACE).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Any

from projects.weights import LocalModel, Setting, Weights
from scenes.backend import ClipPlan, ClipRequest, Guide, Refusal
from scenes.diffusion.engine import Diffusion
from scenes.diffusion.family import Count, Family, Reader
from scenes.diffusion.running import Made, Run, Steps, as_pictures
from scenes.diffusion.settings import asked_of, described

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
    settings=MappingProxyType({"guidance_low": float, "control": str, "control_scale": float}),
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

BOTH = replace(
    FAMILY,
    title="Wan TI2V",
    frames=Count(4, 1, 5, 121),
    multiple=32,
    sizes=((1280, 704), (704, 1280), (960, 960)),
    rate=Fraction(24),
    steps=50,
    # A last picture would be dropped by its pipeline without a word.
    takes=FAMILY.takes - {"end"},
    parted=False,
)

VACE = replace(
    FAMILY,
    title="Wan VACE",
    takes=FAMILY.takes | {"keyframes", "references"},
    parted=False,
    # What it is shown is added between the blocks: a cache of blocks would add it twice.
    presets=MappingProxyType({"quality": {"steps": 50}, "balanced": {"steps": 30}, "fast": FAMILY.presets["fast"]}),
)

_INDEX = "model/model_index.json"
_PICTURES, _WORDS, _ALL = "WanImageToVideoPipeline", "WanPipeline", "WanVACEPipeline"
_HOLE = 128
"""The grey that stands for what is to be made, among pictures that are given."""


class Wan(Diffusion):
    """Runs Wan's pipelines for words, for a first and last picture, and for all of it."""

    name = "wan"
    summary = "Wan 2.1 and 2.2: words, or a first and last picture, to video; with VACE also staging and references"
    family = FAMILY
    also = frozenset({"references"})

    def suited(self, files: Mapping[str, Path], asked: Mapping[str, Setting]) -> Diffusion:
        """This backend with the family of the checkpoint among the files."""
        index = described(files, _INDEX)
        if index.get("_class_name") == _ALL:
            own = self.with_family(VACE)
            own.guided = True
            return own
        return self.with_family(BOTH if index.get("expand_timesteps") else FAMILY)

    def asked(self, request: ClipRequest) -> dict[str, Setting]:
        """As every family, by the presets of the checkpoint."""
        if described(request.files, _INDEX).get("_class_name") != _ALL:
            return super().asked(request)
        read = asked_of(VACE, self.name, request.scene.model)
        if read.get("cache") == "first-block":
            raise Refusal(f"{VACE.title} cannot use `cache: first-block`", "leave `cache:` out")
        return read

    def quantise(self, request: ClipRequest) -> ClipPlan:
        """As every family; what only other checkpoints can is refused with their names."""
        scene, asked = request.scene, self.asked(request)
        kind = described(request.files, _INDEX).get("_class_name", "")
        if "control" in asked and kind and kind != _ALL:
            raise Refusal(
                f"scene '{scene.id}': this checkpoint of Wan keeps to no staging",
                "name one of VACE under `model:`, or take `control:` out",
            )
        places = [frame.at for frame in scene.keyframes]
        if 1 in places and 0 not in places and "start" not in asked and kind != _ALL:
            raise Refusal(
                f"scene '{scene.id}': Wan cannot end on a picture without beginning with one",
                "add a picture `at: start`, or name a checkpoint of VACE under `model:`",
            )
        return super().quantise(request)

    def kind(self, places: Mapping[str, LocalModel], asked: Mapping[str, Setting], request: ClipRequest) -> str:
        """The pipeline of the folder's checkpoint."""
        from scenes.diffusion.loading import components_of

        place = places[""]
        kind, _ = components_of(place)
        pictures = bool(request.scene.keyframes) or "start" in asked
        if kind == _ALL:
            return kind
        if self.family is BOTH:
            # A long scene goes on from pictures of its own.
            return _PICTURES if pictures or self.shape(request, self.quantise(request)).runs > 1 else _WORDS
        if pictures and kind != _PICTURES:
            raise Refusal(
                f"scene '{request.scene.id}' begins with a picture, and {place.repo} knows only words",
                "name the checkpoint for pictures under `model:` (its name has I2V in it), or leave `keyframes:` out",
            )
        if not pictures and kind == _PICTURES:
            raise Refusal(
                f"scene '{request.scene.id}' has no picture, and {place.repo} needs one",
                "add `keyframes:`, or write under `model:` either `start: stage` or a checkpoint for words (T2V)",
            )
        return kind

    def run(self, pipe: Any, run: Run, dice: Any, steps: Steps) -> Made:
        """One call of the pipeline."""
        more: dict[str, Any] = {"guidance_scale": run.guidance}
        if "guidance_low" in run.asked:
            more["guidance_scale_2"] = float(run.asked["guidance_low"])
        speaker = pipe
        if self.guided:
            more |= _everything(run)
        elif run.start is not None:
            more |= {"image": run.start}
            more |= {} if self.family is BOTH else {"last_image": run.end}
        elif type(pipe).__name__ == _PICTURES:
            from scenes.diffusion.loading import library

            # The first segment of a long scene has no picture yet.
            speaker = library(_WORDS)(
                **{name: part for name, part in pipe.components.items() if not name.startswith("image_")},
                boundary_ratio=pipe.config.boundary_ratio,
                expand_timesteps=True,
            )
            speaker.set_progress_bar_config(disable=True)
        made = speaker(
            **run.words,
            height=run.height,
            width=run.width,
            num_frames=run.frames,
            num_inference_steps=run.steps,
            max_sequence_length=FAMILY.tokens,
            generator=dice,
            output_type="np",
            callback_on_step_end=steps.callback,
            **more,
        )
        return Made(as_pictures(made.frames[0], run))


def _everything(run: Run) -> dict[str, Any]:
    """What VACE is told: pictures that are kept, the painter's staging where nothing is given, and references.

    A black mask keeps a frame as it is, a white one has it made, after what the frame shows of the staging.
    """
    from PIL import Image

    size = (run.width, run.height)
    guide: Guide | None = run.asked.get("control")
    frames = (
        list(run.guides(guide, range(run.frames)))
        if guide and run.guides
        else [Image.new("RGB", size, (_HOLE,) * 3)] * run.frames
    )
    masks = [Image.new("L", size, 255)] * run.frames
    for at, picture in run.pictures:
        place = round(at * (run.frames - 1))
        frames[place], masks[place] = picture, Image.new("L", size, 0)
    told: dict[str, Any] = {"video": frames, "mask": masks}
    if run.references:
        told["reference_images"] = list(run.references)
    if "control_scale" in run.asked:
        told["conditioning_scale"] = float(run.asked["control_scale"])
    return told
