"""HunyuanVideo 1.5: words, or a first picture and words, to video.

Text and pictures are separate checkpoints, told apart by a folder's index; 480p and 720p by the denoiser's
configuration. Words in quotes are read a second time, letter by letter, so that they can be written in the picture.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
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

_GIVES = ("prompt_embeds", "prompt_embeds_mask", "prompt_embeds_2", "prompt_embeds_mask_2")

FAMILY = Family(
    title="HunyuanVideo 1.5",
    weights=MappingProxyType(
        {
            "": Weights(
                "hunyuanvideo-community/HunyuanVideo-1.5-Diffusers-480p_t2v",
                "",
                "17 GB or more: 15.5 GiB of weights in 16 bits for the denoiser alone",
            )
        }
    ),
    frames=Count(4, 1, 5, 121),
    multiple=16,
    sizes=((848, 480), (480, 848), (640, 640)),
    rate=Fraction(24),
    steps=50,
    guidance=6.0,
    # It reads a thousand, and a conversation's marks round the words take a few of them.
    tokens=990,
    takes=frozenset({"prompt", "negative", "start"}),
    reader=Reader(
        (*_GIVES, *(f"negative_{name}" for name in _GIVES)),
        ("text_encoder", "tokenizer", "text_encoder_2", "tokenizer_2"),
    ),
    # Few steps are for checkpoints that were distilled to them: their makers recommend eight or twelve.
    presets=MappingProxyType({"quality": {"steps": 50}, "balanced": {"steps": 30}, "distilled": {"steps": 12}}),
)

_LARGER = ((1280, 720), (720, 1280), (960, 960))
"""Sizes of checkpoints for 720p."""

_TARGET = 960
"""What the configuration of those calls their size."""

_INDEX, _DENOISER = "model/model_index.json", "model/transformer/config.json"
_OF_PICTURES = "HunyuanVideo15ImageToVideoPipeline"
_LETTERS = 255
"""Bytes of quoted words that are read letter by letter."""


class Hunyuan(Diffusion):
    """Runs HunyuanVideo's pipelines for words, and for a first picture."""

    name = "hunyuan"
    summary = "HunyuanVideo 1.5: words, or a first picture, to video"
    family = FAMILY

    def quantise(self, request: ClipRequest) -> ClipPlan:
        """As every family, by the sizes of the checkpoint that is here."""
        asked, kind = self.asked(request), str(_read(request.files, _INDEX).get("_class_name", ""))
        family = FAMILY
        if int(_read(request.files, _DENOISER).get("target_size") or 0) >= _TARGET:
            family = replace(family, sizes=_LARGER)
        if kind:
            model = dict(request.scene.model)
            _see_that_it_fits(kind, request, asked, str(model.get("folder") or model.get("repo") or FAMILY.title))
        if kind and kind != _OF_PICTURES:
            family = replace(family, takes=family.takes - {"start"})
        plan = planned(family, request, asked)
        quoted = _quoted(request.prompt)
        if len(quoted.encode()) > _LETTERS:
            return replace(plan, notes=(*plan.notes, f"{FAMILY.title} reads {_LETTERS} letters of quoted words"))
        return plan

    def kind(self, places: Mapping[str, LocalModel], asked: Mapping[str, Setting], request: ClipRequest) -> str:
        """Text to video, or image to video where the folder holds that checkpoint."""
        from scenes.diffusion.loading import components_of

        kind, _ = components_of(places[""])
        _see_that_it_fits(kind, request, asked, places[""].repo)
        return kind

    def open(self, kind: str, places: Mapping[str, LocalModel], asked: Mapping[str, Setting], **parts: Any) -> Any:
        """The pipeline; a reader has no coder, whose configuration the library looks at nevertheless."""
        if "vae" not in parts:
            return super().open(kind, places, asked, **parts)
        import torch

        from scenes.diffusion.loading import library

        coder = library("AutoencoderKLHunyuanVideo15")
        with torch.device("meta"):
            shape = coder.from_config(coder.load_config(str(places[""].path / "vae"), local_files_only=True))
        pipe = super().open(kind, places, asked, **{**parts, "vae": shape})
        pipe.vae = None
        return pipe

    def read(self, reader: Any, prompt: str, negative: str) -> Mapping[str, Any]:
        """Both readers' view of the prompt and of what to leave out, each with what of it counts."""
        wanted, unwanted = (reader.encode_prompt(prompt=text) for text in (prompt, negative))
        told = dict(zip(_GIVES, wanted, strict=True))
        return told | {f"negative_{name}": value for name, value in zip(_GIVES, unwanted, strict=True)}

    def run(self, pipe: Any, run: Run, dice: Any, steps: Steps) -> Made:
        """One call of the pipeline, which knows neither of guidance nor of anybody who watches its steps."""
        more: dict[str, Any] = {"height": run.height, "width": run.width}
        with ExitStack() as stack:
            stack.enter_context(_watched(pipe.scheduler, steps))
            if "guidance" in run.asked:
                # A checkpoint's own guidance counts otherwise: some were distilled to work without any.
                stack.enter_context(_guided(pipe, run.guidance))
            if run.start is not None:
                more = {"image": run.start}
                stack.enter_context(_sized(pipe.video_processor, run.width, run.height))
            made = pipe(
                **run.words,
                num_frames=run.frames,
                num_inference_steps=run.steps,
                generator=dice,
                output_type="np",
                **more,
            )
        return Made(as_pictures(made.frames[0], run))


@contextmanager
def _watched(scheduler: Any, steps: Steps) -> Iterator[None]:
    """While it lasts, each step of a scheduler is counted, and stopped after where somebody asks for it."""
    plain, done = scheduler.step, 0

    def step(*given: Any, **named: Any) -> Any:
        nonlocal done
        made = plain(*given, **named)
        steps.after(done)
        done += 1
        return made

    scheduler.step = step
    try:
        yield
    finally:
        del scheduler.step


@contextmanager
def _guided(pipe: Any, guidance: float) -> Iterator[None]:
    """While it lasts, a pipeline holds on to its words as much as this says."""
    plain = pipe.guider
    pipe.guider = plain.new(guidance_scale=guidance)
    try:
        yield
    finally:
        pipe.guider = plain


@contextmanager
def _sized(processor: Any, width: int, height: int) -> Iterator[None]:
    """While it lasts, a first picture decides nothing about the size: the pipeline takes none, and would choose."""
    processor.calculate_default_height_width = lambda **_: (height, width)
    try:
        yield
    finally:
        del processor.calculate_default_height_width


def _quoted(prompt: str) -> str:
    """The words in quotes as they are handed to the reader of letters."""
    found = dict.fromkeys(one or other for one, other in re.findall(r"\"(.*?)\"|“(.*?)”", prompt))
    return "".join(f'Text "{text}". ' for text in found)


def _see_that_it_fits(kind: str, request: ClipRequest, asked: Mapping[str, Setting], called: str) -> None:
    """Raises Refusal where a checkpoint for pictures gets none, or one for words gets some."""
    pictures = bool(request.scene.keyframes) or "start" in asked
    if pictures and kind != _OF_PICTURES:
        raise Refusal(
            f"scene '{request.scene.id}' begins with a picture, and {called} knows only words",
            "name the checkpoint for pictures under `model:` (its name has i2v in it), or leave `keyframes:` out",
        )
    if not pictures and kind == _OF_PICTURES:
        raise Refusal(
            f"scene '{request.scene.id}' has no picture, and {called} needs one",
            "add `keyframes:`, or write under `model:` either `start: stage` or a checkpoint for words (t2v)",
        )


def _read(files: Mapping[str, Path], name: str) -> Mapping[str, Any]:
    """What one of the model's own descriptions says; empty where it is not among the files."""
    path = files.get(name)
    read: Mapping[str, Any] = json.loads(path.read_text("utf-8")) if path else {}
    return read
