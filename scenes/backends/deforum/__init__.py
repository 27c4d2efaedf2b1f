"""Deforum's way: one picture follows from the one before, moved by the camera and painted over by Stable Diffusion.

The camera fields of a scene become schedules; an author may write schedules of his own. Painting is one loop over one
pipeline, however long the scene is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from projects.weights import LocalModel, Setting, Weights
from scenes.backend import ClipPlan, ClipRequest, Refusal
from scenes.backends.deforum.directions import SETTINGS, Directions, denoising, directed
from scenes.backends.deforum.schedules import Clock
from scenes.diffusion.companions import see_that_it_is_shown
from scenes.diffusion.engine import Diffusion
from scenes.diffusion.family import Count, Family
from scenes.diffusion.plans import planned
from scenes.diffusion.running import Made, Run, Steps, as_pictures
from scenes.diffusion.settings import asked_of
from storyboard.errors import RenderError

if TYPE_CHECKING:
    from scenes.backends.deforum.warp import Picture
    from scenes.diffusion.appraising import Shape

_COLOURS = ("mean", "histogram", "none")
_BORDERS = ("reflect", "replicate", "wrap")

FAMILY = Family(
    title="Deforum",
    weights=MappingProxyType(
        {"": Weights("stable-diffusion-v1-5/stable-diffusion-v1-5", "", "4 GB or more: 2.6 GiB of weights in 16 bits")}
    ),
    frames=Count(),
    multiple=8,
    sizes=((512, 512), (640, 360), (360, 640), (576, 448), (448, 576)),
    rate=Fraction(15),
    steps=25,
    guidance=7.0,
    tokens=77,
    takes=frozenset({"prompt", "negative", "start", "lora"}),
    settings=MappingProxyType(
        {**dict.fromkeys(SETTINGS, str), "colours": str, "border": str, "sharpen": float, "depth": str}
    ),
    denoiser="unet",
    presets=MappingProxyType({"quality": {"steps": 40}, "balanced": {"steps": 25}, "fast": {"steps": 12}}),
)


class Deforum(Diffusion):
    """Runs Stable Diffusion's picture-to-picture pipeline in a loop."""

    name = "deforum"
    summary = "Deforum's way: Stable Diffusion paints each picture over the one before, moved by the camera"
    family = FAMILY
    guided = True

    def asked(self, request: ClipRequest) -> dict[str, Setting]:
        """The settings but the schedules, which are read with the clip's frames."""
        told = [
            (key, str(value) if key in SETTINGS and not isinstance(value, bool) else value)
            for key, value in request.scene.model
        ]
        read = asked_of(self.family, self.name, told)
        for key, choices in (("colours", _COLOURS), ("border", _BORDERS), ("depth", ("stage",))):
            if key in read and read[key] not in choices:
                raise Refusal(f"the setting {key!r} of {self.name} is {read[key]!r}", f"write {' or '.join(choices)}")
        if not 0.0 <= float(read.get("sharpen", 0.0)) <= 2.0:
            raise Refusal(f"the setting 'sharpen' of {self.name} is {read['sharpen']}", "write 0 to 2")
        return {key: value for key, value in read.items() if key not in SETTINGS}

    def quantise(self, request: ClipRequest) -> ClipPlan:
        """One run of any length; raises RenderError for schedules that cannot be read, with all their mistakes."""
        plan = planned(self.family, request, self.asked(request))
        note = _directed(request, plan).note
        return replace(plan, notes=(*plan.notes, note)) if note else plan

    def shape(self, request: ClipRequest, plan: ClipPlan) -> Shape:
        """One picture at a time; of those that follow another, only a part of the steps is run."""
        from scenes.backends.deforum.cadence import painted
        from scenes.diffusion.appraising import Shape

        directions = _directed(request, plan)
        pictures = painted(plan.frames, directions.cadence)
        return Shape(1, max(1, round(sum(1.0 - directions.strength[frame] if frame else 1.0 for frame in pictures))))

    def kind(self, places: Mapping[str, LocalModel], asked: Mapping[str, Setting], request: ClipRequest) -> str:
        """Picture to picture, of the size of Stable Diffusion that the folder holds."""
        from scenes.diffusion.loading import components_of

        kind, _ = components_of(places[""])
        kinds = {
            "StableDiffusionPipeline": "StableDiffusionImg2ImgPipeline",
            "StableDiffusionXLPipeline": "StableDiffusionXLImg2ImgPipeline",
        }
        if kind not in (*kinds, *kinds.values()):
            raise Refusal(f"{places[''].repo} holds a {kind}", "name a Stable Diffusion model under `model:`")
        return kinds.get(kind, kind)

    def directions(self, request: ClipRequest, plan: ClipPlan) -> Mapping[str, Any]:
        """The directions of the clip, for its run."""
        return {"directions": _directed(request, plan), "centre": request.scene.focus}

    def run(self, pipe: Any, run: Run, dice: Any, steps: Steps) -> Made:
        """The loop over all frames."""
        import numpy as np

        from scenes.backends.deforum.cadence import painted
        from scenes.backends.deforum.loop import Ways, looped

        directions: Directions = run.extra["directions"]
        order = {frame: place for place, frame in enumerate(painted(run.frames, directions.cadence))}
        colours: Any = run.asked.get("colours", "mean")
        border: Any = run.asked.get("border", "reflect")
        sharpen = float(run.asked.get("sharpen", 0.1))
        ways = Ways(colours, border, sharpen, run.seed, run.extra["centre"])

        def paint(frame: int, over: Picture | None) -> Picture:
            return _painted(pipe, run, directions, frame, over, _Counted(steps, order[frame], len(order)))

        depth = None
        if run.asked.get("depth") == "stage" and run.guides is not None:
            depth = np.asarray(run.guides("depth", [0])[0].convert("L"), np.float32) / 255.0
        return Made(as_pictures([*looped(run.frames, directions, ways, paint, depth)], run))


class _Counted:
    """Counts the steps of one picture of many."""

    def __init__(self, steps: Steps, place: int, pictures: int) -> None:
        self._steps, self._place, self._pictures = steps, place, pictures
        self._done = 0

    def callback(self, _pipe: Any, step: int, _timestep: Any, tensors: dict[str, Any]) -> dict[str, Any]:
        """What pipelines call as `callback_on_step_end`."""
        part = (self._place + min(1.0, (step + 1) / self._steps.steps)) / self._pictures
        self._steps.after(max(0, round(part * self._steps.steps) - 1))
        return tensors


def _painted(
    pipe: Any, run: Run, directions: Directions, frame: int, over: Picture | None, counted: _Counted
) -> Picture:
    """One picture by the model: the first from the author's picture as it is, or from noise; others over one before."""
    import numpy as np
    import torch
    from PIL import Image

    if over is None and run.start is not None:
        return np.asarray(run.start, np.float32)
    seed = (run.seed + frame) % 2**63
    if over is None:
        # Grey would make the picture grey; noise around it leaves everything to the words.
        grains = np.random.default_rng(seed).normal(127.5, 60.0, (run.height, run.width, 3))
        over, strength = np.clip(grains, 0.0, 255.0).astype(np.float32), 1.0
    else:
        strength = denoising(directions.strength[frame], run.steps)
    made = pipe(
        **_words_at(run, frame),
        image=Image.fromarray(np.rint(over).astype(np.uint8)),
        strength=strength,
        num_inference_steps=run.steps,
        guidance_scale=directions.guidance[frame],
        generator=torch.Generator("cpu").manual_seed(seed),
        output_type="np",
        callback_on_step_end=counted.callback,
    )
    see_that_it_is_shown(made, "the model")
    painted = np.asarray(made.images[0] * 255.0, np.float32)
    if not np.isfinite(painted).all():
        raise RenderError("the model gave numbers that are no colours", "write `precision: float32` under `model:`")
    return painted


def _words_at(run: Run, frame: int) -> Mapping[str, Any]:
    """The words of the moment that a frame is nearest to, where a scene has several."""
    if not run.schedule:
        return run.words
    place = frame / max(1, run.frames - 1)
    _, text = min(run.schedule, key=lambda moment: abs(moment[0] - place))
    return run.told[text]


def _directed(request: ClipRequest, plan: ClipPlan) -> Directions:
    written = {key: value for key, value in request.scene.model if key in SETTINGS}
    clock = Clock(plan.frames, plan.rate)
    return directed(request.scene.camera, clock, plan.width / plan.height, request.seed, written)
