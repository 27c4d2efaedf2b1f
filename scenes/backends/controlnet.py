"""Stable Diffusion with ControlNet: pictures that keep to the painter's own staging, with motion found between them.

Every few frames is a picture; each goes on from the one before it, moved as the stage moves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import replace
from fractions import Fraction
from importlib.metadata import version
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from projects.weights import LocalModel, Setting, Weights
from scenes.backend import Clip, ClipPlan, ClipRequest, Cost, Frame, Refusal
from scenes.diffusion import companions
from scenes.diffusion.companions import CONTROL, REFERENCES
from scenes.diffusion.engine import Diffusion
from scenes.diffusion.family import Count, Family
from scenes.diffusion.joining import matched
from scenes.diffusion.plans import planned
from scenes.diffusion.running import Made, Run, Steps, as_pictures

if TYPE_CHECKING:
    from PIL.Image import Image

    from scenes.diffusion.appraising import Shape

_EVERY = 8
_STRENGTH = 0.55
_CONTROL = "depth"

FAMILY = Family(
    title="Stable Diffusion with ControlNet",
    weights=MappingProxyType(
        {
            "": Weights("stable-diffusion-v1-5/stable-diffusion-v1-5", "", "5.5 GB in 32 bits, half of it in 16"),
            CONTROL: Weights("lllyasviel/control_v11f1p_sd15_depth", "", "1.4 GB in 32 bits"),
            REFERENCES: Weights("h94/IP-Adapter"),
            "lora": Weights(""),
        }
    ),
    frames=Count(),
    multiple=8,
    sizes=((512, 512), (704, 384), (384, 704), (640, 448), (448, 640)),
    rate=Fraction(12),
    steps=20,
    guidance=7.5,
    tokens=77,
    takes=frozenset({"prompt", "negative", "lora", "references"}),
    settings=MappingProxyType({**companions.SETTINGS, "scheduler": str, "every": int, "strength": float}),
    optional=frozenset({REFERENCES, "lora"}),
    presets=MappingProxyType(
        {
            "quality": {"steps": 30, "every": 4},
            "balanced": {"steps": 20, "every": 8},
            "fast": {"steps": 12, "every": 12, "scheduler": "dpm"},
            "lcm": {"steps": 6, "guidance": 1.5, "scheduler": "lcm", "every": 8},
        }
    ),
    distilled=frozenset({"lcm"}),
    denoiser="unet",
)

_XL_SIZES = ((1024, 1024), (1344, 768), (768, 1344), (1216, 832), (832, 1216))


class ControlNet(Diffusion):
    """Makes pictures that keep to the painter's stage, and the frames between them."""

    name = "controlnet"
    summary = "Stable Diffusion that keeps to the painter's staging (ControlNet), with motion between its pictures"
    family = FAMILY
    guided = True

    def quantise(self, request: ClipRequest) -> ClipPlan:
        """As every family, of any length."""
        asked = self.asked(request)
        parts = self.parts(asked)
        companions.see_companions(self.name, asked, parts)
        every = _every(asked)
        if not 1 <= every <= 48:
            raise Refusal(f"the setting 'every' of {self.name} is {every}", "write 1 to 48")
        if int(self.steps(asked) * float(asked.get("strength", _STRENGTH))) < 1:
            raise Refusal(
                f"{self.name} would have no step with such `strength:` and `steps:`",
                "write a greater `strength:`, or more `steps:`",
            )
        plan = planned(self._own(request).family, request, asked)
        count = len(pictured(plan.frames, every))
        told = f"{count} of {plan.frames} frames are pictures of the model; motion is found between them"
        return replace(plan, notes=(*plan.notes, told, *companions.unused(request, parts)))

    def shape(self, request: ClipRequest, plan: ClipPlan) -> Shape:
        """One picture at a time."""
        from scenes.diffusion.appraising import Shape

        return Shape(1, len(pictured(plan.frames, _every(self.asked(request)))))

    def kind(self, places: Mapping[str, LocalModel], asked: Mapping[str, Setting], request: ClipRequest) -> str:
        """The pipeline for the folder's line, and what it looks at."""
        base = companions.base_of(places[""])
        if base == "flux":
            raise Refusal(
                f"{places[''].repo} is Flux, which is not run with `{CONTROL}_folder:`",
                "name a folder of Stable Diffusion or XL",
            )
        name = f"StableDiffusion{'XL' if base == 'xl' else ''}ControlNetPipeline"
        return f"{name} + {REFERENCES}" if companions.looked_at(request, places) else name

    def open(self, kind: str, places: Mapping[str, LocalModel], asked: Mapping[str, Setting], **parts: Any) -> Any:
        """The pipeline with what it keeps to, and what it looks at."""
        name, *extras = kind.split(" + ")
        control = companions.companion("ControlNetModel", places[CONTROL], asked)
        pipe = super().open(name, places, asked, controlnet=control, **parts)
        companions.see_that_it_controls(pipe.controlnet, pipe.unet, places[CONTROL])
        if extras:
            companions.lay_references(pipe, places[REFERENCES], asked)
        return pipe

    def run(self, pipe: Any, run: Run, dice: Any, steps: Steps) -> Made:
        """The pictures one after the other, each from the one before; then the frames between them."""
        companions.rescheduled(pipe, run.asked)
        places = pictured(run.frames, _every(run.asked))
        strength = float(run.asked.get("strength", _STRENGTH))
        again = max(1, int(run.steps * strength))
        counted = replace(steps, steps=run.steps + again * (len(places) - 1))
        from scenes.diffusion.loading import library

        # The same components: what lies on a device, or lies over them, holds for both.
        name = type(pipe).__name__.replace("ControlNet", "ControlNetImg2Img")
        onward = library(name)(**pipe.components)
        onward.set_progress_bar_config(disable=True)
        drawn: list[Frame] = []
        opening: dict[str, Frame] = {}
        for number, place in enumerate(places):
            done = run.steps + again * (number - 1) if number else 0

            def after(_pipe: Any, step: int, _time: Any, tensors: Any, done: int = done) -> Any:
                counted.after(done + min(step, again - 1 if done else run.steps - 1))
                return tensors

            words, text = _told_at(run, place)
            told = {
                **words,
                **companions.seen(pipe, run),
                "num_inference_steps": run.steps,
                "guidance_scale": run.guidance,
                "controlnet_conditioning_scale": float(run.asked.get("control_scale", 1.0)),
                "generator": dice.manual_seed(run.seed),
                "output_type": "np",
                "callback_on_step_end": after,
            }
            guide = _guide(run, run.asked.get("control", _CONTROL), place)
            if number:
                begun = moved(drawn[-1], run, places[number - 1], place)
                made = onward(image=begun, control_image=guide, strength=strength, **told)
                pipe.maybe_free_model_hooks()
            else:
                made = pipe(image=guide, height=run.height, width=run.width, **told)
            companions.see_that_it_is_shown(made, self.family.title)
            picture = as_pictures(made.images, replace(run, frames=1))
            # Colours may change with a moment; within one, any change is drift.
            drawn.append(matched(picture, opening.setdefault(text, picture[0]))[0])
        return Made(_filled(drawn, places))

    def asked(self, request: ClipRequest) -> dict[str, Setting]:
        """The scene's settings; what is kept to is the depth unless it says otherwise."""
        return {"control": _CONTROL, **super().asked(request)}

    def identity(self) -> str:
        """As every family, with what finds the motion."""
        return f"{super().identity()}, opencv {version('opencv-python-headless')}"

    def estimate(self, request: ClipRequest, plan: ClipPlan) -> Cost:
        """As every family, of the folder's line."""
        return super(ControlNet, self._own(request)).estimate(request, plan)

    def generate(
        self, request: ClipRequest, plan: ClipPlan, progress: Callable[[float], None], cancelled: Callable[[], bool]
    ) -> Clip:
        """As every family, of the folder's line."""
        return super(ControlNet, self._own(request)).generate(request, plan, progress, cancelled)

    def _own(self, request: ClipRequest) -> ControlNet:
        """This backend with the sizes that the scene's folder was trained at."""
        own = copy(self)
        index = request.files.get("model/model_index.json")
        if index is not None and "StableDiffusionXL" in index.read_text("utf-8"):
            own.family = replace(FAMILY, sizes=_XL_SIZES, guidance=6.0)
        return own


def pictured(frames: int, every: int) -> list[int]:
    """The frames that are pictures of the model: every n-th, and the last."""
    return sorted({*range(0, frames, every), frames - 1})


def _every(asked: Mapping[str, Any]) -> int:
    return int(asked.get("every", _EVERY))


def _told_at(run: Run, place: int) -> tuple[Mapping[str, Any], str]:
    """How the pipeline is told the moment that is nearest to a frame, and its text."""
    if not run.schedule:
        return run.words, ""
    at = place / max(1, run.frames - 1)
    text = min(run.schedule, key=lambda moment: abs(moment[0] - at))[1]
    return run.told[text], text


def _guide(run: Run, guide: Any, place: int) -> Image:
    if run.guides is None:
        raise Refusal(f"{FAMILY.title} needs the painter's stage", "report it: this is a fault of workprint")
    return run.guides(guide, [place])[0]


def moved(picture: Frame, run: Run, before: int, place: int) -> Image:
    """A picture moved as the painter's stage moves from one frame to another; its edge goes on outside."""
    import cv2
    import numpy as np
    from PIL.Image import fromarray

    from scenes.flow import motion

    layouts = [np.asarray(_guide(run, "layout", frame)) for frame in (before, place)]
    field = motion(layouts[1], layouts[0])
    down, across = np.mgrid[: run.height, : run.width].astype(np.float32)
    shown = cv2.remap(
        picture, across + field[..., 0], down + field[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return fromarray(shown)


def _filled(drawn: Sequence[Frame], places: Sequence[int]) -> Any:
    """All frames: the pictures, and between each two the motion from one to the other, or a dissolve without any."""
    import cv2
    import numpy as np

    from scenes.interpolation import meeting, paired

    frames = np.empty((places[-1] + 1, *drawn[0].shape), np.uint8)
    for number, place in enumerate(places):
        frames[place] = drawn[number]
        if not number:
            continue
        first, pair = places[number - 1], paired(drawn[number - 1], drawn[number])
        for between in range(first + 1, place):
            part = (between - first) / (place - first)
            frames[between] = (
                cv2.addWeighted(pair.first, 1.0 - part, pair.second, part, 0.0) if pair.cut else meeting(pair, part)
            )
    return frames
