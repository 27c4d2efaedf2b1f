"""AnimateDiff: Stable Diffusion 1.5 with a motion adapter, for short clips, and longer ones in overlapping windows.

The staging may come from the painter for every frame, or from the author's pictures at theirs.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from projects.weights import SAFETENSORS, LocalModel, ModelMissing, Setting, Weights
from scenes.backend import Clip, ClipPlan, ClipRequest, Cost, Refusal
from scenes.diffusion import companions
from scenes.diffusion.companions import CONTROL, REFERENCES
from scenes.diffusion.engine import Diffusion
from scenes.diffusion.family import Count, Family, Takes
from scenes.diffusion.plans import planned
from scenes.diffusion.running import Made, Run, Steps, as_pictures

if TYPE_CHECKING:
    from scenes.diffusion.appraising import Shape

ADAPTER, CAMERA, SPARSE = "adapter", "motion_lora", "sparsectrl"
"""Parts of the weights: what moves (always), the camera's own move, and what keeps to pictures at some frames."""

_WINDOW, _STRIDE, _NATIVE = 16, 4, 32
"""Frames of a window and between two of them, and those that an adapter makes in one go unless it says otherwise."""

_LONG = "windows"

_PICTURES: frozenset[Takes] = frozenset({"start", "end", "keyframes"})
"""What is taken besides where weights keep to pictures."""

FAMILY = Family(
    title="AnimateDiff",
    weights=MappingProxyType(
        {
            "": Weights("stable-diffusion-v1-5/stable-diffusion-v1-5", "", "5.5 GB in 32 bits, half of it in 16"),
            ADAPTER: Weights("guoyww/animatediff-motion-adapter-v1-5-3", "", "1.7 GB"),
            CAMERA: Weights(""),
            CONTROL: Weights(""),
            SPARSE: Weights(""),
            REFERENCES: Weights("h94/IP-Adapter"),
            "lora": Weights(""),
        }
    ),
    frames=Count(1, 0, _WINDOW),
    multiple=8,
    sizes=((512, 512), (576, 320), (320, 576), (512, 384), (384, 512)),
    rate=Fraction(8),
    steps=25,
    guidance=7.5,
    tokens=77,
    takes=frozenset({"prompt", "negative", "lora", "references"}),
    settings=MappingProxyType(
        {**companions.SETTINGS, "scheduler": str, "motion_lora_weight": float, "motion_lora_file": str}
    ),
    optional=frozenset({CAMERA, CONTROL, SPARSE, REFERENCES, "lora"}),
    presets=MappingProxyType(
        {
            "quality": {"steps": 40},
            "balanced": {"steps": 25},
            "fast": {"steps": 12, "scheduler": "dpm"},
            "lcm": {"steps": 6, "guidance": 2.0, "scheduler": "lcm"},
        }
    ),
    distilled=frozenset({"lcm"}),
    denoiser="unet",
    runs_as="UNetMotionModel",
)


class AnimateDiff(Diffusion):
    """Runs the pipelines that set Stable Diffusion in motion."""

    name = "animatediff"
    summary = "AnimateDiff: words, and the painter's staging, to small clips of any length"
    family = FAMILY
    guided = True
    keep = _WINDOW
    """Frames of the present clip that are shown, where the model makes more."""
    native = _NATIVE
    """Frames that the present adapter makes in one go."""
    window = _WINDOW
    """Frames of a window of the present adapter."""

    def quantise(self, request: ClipRequest) -> ClipPlan:
        """As every family; what keeps to the author's pictures is named, or they are refused."""
        asked = self.asked(request)
        parts = self.parts(asked)
        companions.see_companions(self.name, asked, parts)
        self._see(request, asked, parts)
        own = self._own(request, None)
        plan = planned(own.family, request, asked)
        notes = [*plan.notes, *companions.unused(request, parts)]
        if SPARSE in parts:
            if request.schedule and plan.keep <= own.native:
                notes.append(f"with `{SPARSE}_folder:` one prompt holds for the whole scene: its moments say nothing")
        elif plan.keep > own.native:
            notes.append(f"longer than {own.native} frames: made in windows of {own.window} that overlap")
        return replace(plan, notes=tuple(notes))

    def estimate(self, request: ClipRequest, plan: ClipPlan) -> Cost:
        """As every family."""
        return super(AnimateDiff, self._own(request, plan)).estimate(request, plan)

    def generate(
        self, request: ClipRequest, plan: ClipPlan, progress: Callable[[float], None], cancelled: Callable[[], bool]
    ) -> Clip:
        """As every family, in segments where pictures are kept to, in windows where none are."""
        return super(AnimateDiff, self._own(request, plan)).generate(request, plan, progress, cancelled)

    def shape(self, request: ClipRequest, plan: ClipPlan) -> Shape:
        """As every family, by what the scene's settings make of it."""
        return super(AnimateDiff, self._own(request, plan)).shape(request, plan)

    def asked(self, request: ClipRequest) -> dict[str, Setting]:
        """The scene's settings; `start: stage` is one where pictures are kept to."""
        named = {key for key, _ in request.scene.model}
        own = copy(self)
        if {f"{SPARSE}_folder", f"{SPARSE}_repo"} & named:
            own.family = replace(FAMILY, takes=FAMILY.takes | _PICTURES)
        return super(AnimateDiff, own).asked(request)

    def kind(self, places: Mapping[str, LocalModel], asked: Mapping[str, Setting], request: ClipRequest) -> str:
        """The pipeline for what is kept to, and what is laid over it."""
        if companions.base_of(places[""]) != "sd":
            raise Refusal(
                f"{places[''].repo} is no Stable Diffusion 1.5, over which AnimateDiff's adapters lie",
                "name a folder of Stable Diffusion 1.5, or of a model that was trained from it",
            )
        between = "ControlNet" if CONTROL in places else "SparseControlNet" if SPARSE in places else ""
        long = self.family.frames.smallest(self.keep) > self.native
        extras = [_LONG] if SPARSE not in places and (long or len(request.schedule) > 1) else []
        extras += [REFERENCES] if companions.looked_at(request, places) else []
        return " + ".join([f"AnimateDiff{between}Pipeline", *extras])

    def open(self, kind: str, places: Mapping[str, LocalModel], asked: Mapping[str, Setting], **parts: Any) -> Any:
        """The pipeline with its adapter, and with what it keeps to."""
        from scenes.diffusion.adapters import Adapter, lay

        name, *extras = kind.split(" + ")
        parts["motion_adapter"] = companions.companion("MotionAdapter", places[ADAPTER], asked)
        controlled = next((part for part in (CONTROL, SPARSE) if part in places), None)
        if controlled:
            called = "ControlNetModel" if controlled == CONTROL else "SparseControlNetModel"
            parts["controlnet"] = companions.companion(called, places[controlled], asked)
        pipe = super().open(name, places, asked, **parts)
        if controlled:
            companions.see_that_it_controls(pipe.controlnet, pipe.unet, places[controlled])
        if REFERENCES in extras:
            companions.lay_references(pipe, places[REFERENCES], asked)
        if _LONG in extras:
            # Before anything is laid over it: the blocks are built anew for this.
            window = min(_WINDOW, int(pipe.motion_adapter.config.motion_max_seq_length))
            pipe.enable_free_noise(context_length=window, context_stride=_STRIDE)
        if CAMERA in places:
            file = _camera_file(places[CAMERA], str(asked.get("motion_lora_file", "")))
            lay(pipe, [Adapter(file.name, file, 1.0)])
            pipe.workprint_camera = next(iter(pipe.workprint_adapters.values()))
        return pipe

    def run(self, pipe: Any, run: Run, dice: Any, steps: Steps) -> Made:
        """One call of the pipeline."""
        # The adapters were trained with this noise; what a folder of Stable Diffusion says is meant for pictures.
        companions.rescheduled(
            pipe, run.asked, "ddim", beta_schedule="linear", clip_sample=False, timestep_spacing="linspace"
        )
        _move_camera(pipe, float(run.asked.get("motion_lora_weight", 1.0)))
        words = {**run.words, **companions.seen(pipe, run)}
        if len(run.schedule) > 1 and getattr(pipe, "free_noise_enabled", False):
            words["prompt"] = _prompts(run)
        kept_to = type(pipe).__name__
        if kept_to == "AnimateDiffControlNetPipeline" and run.guides is not None:
            words["conditioning_frames"] = list(run.guides(run.asked["control"], range(run.frames)))
            words["controlnet_conditioning_scale"] = float(run.asked.get("control_scale", 1.0))
        elif kept_to == "AnimateDiffSparseControlNetPipeline":
            last = min(run.extra["keep"], run.frames) - 1
            shown = {round(at * last): picture for at, picture in run.pictures}
            words["conditioning_frames"] = list(shown.values())
            words["controlnet_frame_indices"] = list(shown)
            words["controlnet_conditioning_scale"] = float(run.asked.get("control_scale", 1.0))
        made = pipe(
            **words,
            height=run.height,
            width=run.width,
            num_frames=run.frames,
            num_inference_steps=run.steps,
            guidance_scale=run.guidance,
            generator=dice,
            output_type="np",
            callback_on_step_end=steps.callback,
        )
        return Made(as_pictures(made.frames[0], run))

    def directions(self, request: ClipRequest, plan: ClipPlan) -> Mapping[str, Any]:
        """How many frames are shown: moments and pictures have their places among them."""
        return {"keep": plan.keep}

    def _own(self, request: ClipRequest, plan: ClipPlan | None) -> AnimateDiff:
        """This backend as the scene's settings and its adapter make it."""
        own, asked = copy(self), self.asked(request)
        own.native = _longest(request)
        own.window = min(_WINDOW, own.native)
        own.keep = plan.keep if plan else math.ceil(request.frames * FAMILY.rate / request.rate)
        own.guided = "control" in asked
        own.family = replace(FAMILY, frames=Count(1, 0, own.window))
        if SPARSE in self.parts(asked):
            # The last of several segments is as long as it must be, so that a picture at the end is seen.
            count = Count(1, 0, own.window if own.keep <= own.native else 1, own.native)
            own.family = replace(FAMILY, takes=FAMILY.takes | _PICTURES, frames=count)
        return own

    def _see(self, request: ClipRequest, asked: Mapping[str, Setting], parts: list[str]) -> None:
        """Refuse what does not go together."""
        scene = request.scene
        if CONTROL in parts and SPARSE in parts:
            raise Refusal(
                f"scene '{scene.id}': {FAMILY.title} keeps to the painter's staging or to pictures, not to both",
                f"take `{CONTROL}_folder:` or `{SPARSE}_folder:` out",
            )
        if CONTROL in parts and "control" not in asked:
            raise Refusal(
                f"scene '{scene.id}': nothing says what `{CONTROL}_folder:` is to keep to",
                "write `control:` under `model:`: depth, pose, lines or scribble, as its weights were trained",
            )
        if scene.keyframes and SPARSE not in parts:
            raise Refusal(
                f"scene '{scene.id}': {FAMILY.title} keeps to pictures only with weights made for that (SparseCtrl)",
                f"name {SPARSE}_folder under `model:`, or take `keyframes:` out",
            )
        if SPARSE in parts and not scene.keyframes and "start" not in asked:
            raise Refusal(
                f"scene '{scene.id}': there is no picture for `{SPARSE}_folder:` to keep to",
                "add `keyframes:`, write `start: stage` under `model:`, or take it out",
            )
        if CAMERA not in parts and {"motion_lora_weight", "motion_lora_file"} & asked.keys():
            raise Refusal(
                f"the settings of a camera's small weights in scene '{scene.id}' mean none",
                f"name {CAMERA}_folder under `model:`",
            )
        if not -2.0 <= float(asked.get("motion_lora_weight", 1.0)) <= 2.0:
            raise Refusal(
                f"the setting 'motion_lora_weight' of {self.name} is {asked['motion_lora_weight']}", "write -2 to 2"
            )


def _longest(request: ClipRequest) -> int:
    """Frames that the scene's adapter makes in one go, by its configuration."""
    path = request.files.get(f"model {ADAPTER}/config.json")
    return int(json.loads(path.read_text("utf-8")).get("motion_max_seq_length", _NATIVE)) if path else _NATIVE


def _prompts(run: Run) -> dict[int, str]:
    """The prompt of each moment at its frame; the first one begins the clip."""
    last = min(run.extra["keep"], run.frames) - 1
    told = {round(at * last): str(run.told[text]["prompt"]) for at, text in sorted(run.schedule)}
    return {0: next(iter(told.values()))} | told


def _camera_file(place: LocalModel, named: str) -> Any:
    there = {path.name: path for path in sorted(place.path.glob(f"*{SAFETENSORS}"))}
    if named in there:
        return there[named]
    if named or len(there) != 1:
        raise ModelMissing(
            f"{place.repo} does not say which camera move is meant",
            f"name one as `motion_lora_file:`: {', '.join(there) or f'there is no *{SAFETENSORS}'}",
        )
    return next(iter(there.values()))


def _move_camera(pipe: Any, weight: float) -> None:
    """Have the camera's small weights count besides those of characters, which were laid over last."""
    name = getattr(pipe, "workprint_camera", None)
    if name is None:
        return
    for layer in pipe.unet.modules():
        if name in getattr(layer, "lora_A", ()):
            others = [] if layer.disable_adapters else [one for one in layer.active_adapters if one != name]
            layer.enable_adapters(True)
            layer.set_adapter([*others, name])
            layer.set_scale(name, weight)
