"""Words to a picture, animated as the author's own pictures are: the cheapest way to see a style.

A picture of each written moment, from one seed, with Stable Diffusion, XL or Flux; `pictures` sets them in motion.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from projects.plugins import load
from projects.weights import LocalModel, Setting, Weights
from scenes.backend import Clip, ClipBackend, ClipPlan, ClipRequest, Cost, Frame, Refusal
from scenes.diffusion import companions
from scenes.diffusion.companions import CONTROL, REFERENCES
from scenes.diffusion.engine import Diffusion
from scenes.diffusion.family import Count, Family, Size
from scenes.diffusion.plans import planned
from scenes.diffusion.running import Made, Run, Steps, as_pictures
from storyboard.film import Keyframe

if TYPE_CHECKING:
    from scenes.diffusion.appraising import Shape

MOVING = "pictures"
"""The backend that sets pictures in motion."""

_DRAWING = 0.9
"""How much of the work the pictures are."""

_FAR = 2.0
"""How many times more or fewer pixels than a line was trained for are worth a note."""

_STRENGTH = 0.75
_FLUX_MULTIPLE = 16

_SMALL: tuple[Size, ...] = ((512, 512), (704, 384), (384, 704), (640, 448), (448, 640))
_LARGE: tuple[Size, ...] = ((1024, 1024), (1344, 768), (768, 1344), (1216, 832), (832, 1216))

FAMILY = Family(
    title="Stable Diffusion",
    weights=MappingProxyType(
        {
            "": Weights("stable-diffusion-v1-5/stable-diffusion-v1-5", "", "5.5 GB in 32 bits, half of it in 16"),
            CONTROL: Weights(""),
            REFERENCES: Weights("h94/IP-Adapter"),
            "lora": Weights(""),
        }
    ),
    frames=Count(),
    multiple=8,
    sizes=_SMALL,
    rate=Fraction(24),
    steps=28,
    guidance=7.5,
    tokens=77,
    takes=frozenset({"prompt", "negative", "lora", "references"}),
    settings=MappingProxyType(
        {**companions.SETTINGS, "scheduler": str, "start": str, "strength": float, "true_cfg": float}
    ),
    optional=frozenset({CONTROL, REFERENCES, "lora"}),
    presets=MappingProxyType(
        {
            "quality": {"steps": 40},
            "balanced": {"steps": 28},
            "fast": {"steps": 14, "scheduler": "dpm"},
            "lcm": {"steps": 6, "guidance": 1.5, "scheduler": "lcm"},
        }
    ),
    distilled=frozenset({"lcm"}),
    denoiser="unet",
)

_FAMILIES: Mapping[str, Family] = {
    "sd": FAMILY,
    "xl": replace(FAMILY, title="Stable Diffusion XL", sizes=_LARGE, guidance=6.0),
    "flux": replace(FAMILY, title="Flux", sizes=_LARGE, guidance=3.5, multiple=_FLUX_MULTIPLE, denoiser="transformer"),
}


class Stills(Diffusion):
    """Makes pictures from words, and has them animated."""

    name = "stills"
    summary = "words to pictures (Stable Diffusion, XL, Flux), with camera moves and dissolves"
    family = FAMILY
    guided = True

    def quantise(self, request: ClipRequest) -> ClipPlan:
        """What `pictures` makes of the scene for the canvas; the pictures have a size of their own."""
        self._see(request)
        drawn = self._drawn(request)
        plan = _mover().quantise(_moving(request))
        size = f"made from pictures of {drawn.width}x{drawn.height}"
        notes = (*drawn.notes, *plan.notes, *self._unused(request), size)
        return replace(plan, notes=tuple(dict.fromkeys(notes)))

    def drawing(self) -> ClipBackend:
        """What makes its pictures, for those who set them in motion otherwise."""
        return Drawing()

    def _see(self, request: ClipRequest) -> None:
        """Refuse settings that do not go together."""
        asked = self.asked(request)
        parts = self.parts(asked)
        companions.see_companions(self.name, asked, parts)
        if CONTROL in parts and "control" not in asked:
            raise Refusal(
                f"scene '{request.scene.id}': nothing says what `{CONTROL}_folder:` is to keep to",
                "write `control:` under `model:`: depth, pose, lines or scribble, as its weights were trained",
            )
        if "strength" in asked and "start" not in asked:
            raise Refusal(
                f"scene '{request.scene.id}': `strength:` says how much of a start is changed, and there is none",
                "write `start: stage` under `model:`, or take `strength:` out",
            )
        if int(self.steps(asked) * float(asked.get("strength", 1.0))) < 1:
            raise Refusal(
                f"{self.name} would have no step with such `strength:` and `steps:`",
                "write a greater `strength:`, or more `steps:`",
            )

    def _unused(self, request: ClipRequest) -> list[str]:
        return companions.unused(request, self.parts(self.asked(request)))

    def identity(self) -> str:
        """As every family, with what sets its pictures in motion."""
        return f"{super().identity()}, {_mover().identity()}"

    def estimate(self, request: ClipRequest, plan: ClipPlan) -> Cost:
        """What the pictures cost, and setting them in motion."""
        drawn = super(Stills, self._own(request)).estimate(request, self._drawn(request))
        return replace(drawn, seconds=drawn.seconds + _mover().estimate(_moving(request), plan).seconds)

    def shape(self, request: ClipRequest, plan: ClipPlan) -> Shape:
        """One picture at a time, one for each moment."""
        from scenes.diffusion.appraising import Shape

        return Shape(1, max(1, len(request.schedule)))

    def kind(self, places: Mapping[str, LocalModel], asked: Mapping[str, Setting], request: ClipRequest) -> str:
        """The pipeline for the folder's line, for what the picture keeps to and what it begins with."""
        base, place = companions.base_of(places[""]), places[""]
        if base == "flux":
            unused = [part for part in (CONTROL, REFERENCES) if part in places]
            if unused:
                raise Refusal(
                    f"{place.repo} is Flux, which is not run with `{unused[0]}_folder:`",
                    "take it out, or name a folder of Stable Diffusion or XL",
                )
            if request.negative and float(asked.get("true_cfg", 1.0)) <= 1.0:
                raise Refusal(
                    f"scene '{request.scene.id}': Flux reads `negative:` only where it makes each step twice",
                    "write `true_cfg: 4` under `model:`, or take `negative:` out",
                )
            if "scheduler" in dict(request.scene.model):
                raise Refusal(f"{place.repo} is Flux, which has steps of its own", "take `scheduler:` out")
            return "FluxImg2ImgPipeline" if "start" in asked else "FluxPipeline"
        if "true_cfg" in asked:
            raise Refusal(f"{place.repo} is not Flux: `true_cfg:` means nothing to it", "write `guidance:`")
        line = "StableDiffusionXL" if base == "xl" else "StableDiffusion"
        kept = "ControlNet" if CONTROL in places else ""
        name = f"{line}{kept}{'Img2Img' if 'start' in asked else ''}Pipeline"
        return f"{name} + {REFERENCES}" if companions.looked_at(request, places) else name

    def open(self, kind: str, places: Mapping[str, LocalModel], asked: Mapping[str, Setting], **parts: Any) -> Any:
        """The pipeline, with what it keeps to and what it looks at."""
        name, *extras = kind.split(" + ")
        if CONTROL in places:
            parts["controlnet"] = companions.companion("ControlNetModel", places[CONTROL], asked)
        pipe = super().open(name, places, asked, **parts)
        if CONTROL in places:
            companions.see_that_it_controls(pipe.controlnet, pipe.unet, places[CONTROL])
        if extras:
            companions.lay_references(pipe, places[REFERENCES], asked)
        return pipe

    def run(self, pipe: Any, run: Run, dice: Any, steps: Steps) -> Made:
        """One call for each moment, with the same noise."""
        import numpy as np

        if self.family.denoiser == "unet":
            companions.rescheduled(pipe, run.asked)
        moments = [(at, run.told[text]) for at, text in run.schedule] or [(0.0, run.words)]
        each = int(run.steps * float(run.asked.get("strength", _STRENGTH))) if "start" in run.asked else run.steps
        every = replace(steps, steps=max(1, each) * len(moments))
        drawn = []
        for number, (at, words) in enumerate(moments):

            def after(_pipe: Any, step: int, _time: Any, tensors: Any, done: int = number * each) -> Any:
                every.after(done + min(step, each - 1))
                return tensors

            made = pipe(
                **words,
                **self._kept_to(run, round(at * (run.frames - 1)), type(pipe).__name__),
                **companions.seen(pipe, run),
                num_inference_steps=run.steps,
                guidance_scale=run.guidance,
                generator=dice.manual_seed(run.seed),
                output_type="np",
                callback_on_step_end=after,
            )
            companions.see_that_it_is_shown(made, self.family.title)
            drawn.append(as_pictures(made.images, replace(run, frames=1)))
        return Made(np.concatenate(drawn))

    def generate(
        self, request: ClipRequest, plan: ClipPlan, progress: Callable[[float], None], cancelled: Callable[[], bool]
    ) -> Clip:
        """Make the pictures, and hand over what `pictures` makes of them."""
        own = self._own(request)
        clip = super(Stills, own).generate(
            request, self._drawn(request), lambda part: progress(_DRAWING * part), cancelled
        )
        drawn = list(clip.frames)
        frames = _shown(drawn, request, plan, clip.facts, lambda part: progress(_DRAWING + part / 10), cancelled)
        return Clip(frames, plan.width, plan.height, plan.rate, clip.facts)

    def _kept_to(self, run: Run, frame: int, kind: str) -> dict[str, Any]:
        """What a pipeline is told of size, of the painter's staging, and of the picture that it begins with."""
        told: dict[str, Any] = {}
        if run.guides is not None and "ControlNet" in kind:
            told["control_image" if "Img2Img" in kind else "image"] = run.guides(run.asked["control"], [frame])[0]
            told["controlnet_conditioning_scale"] = float(run.asked.get("control_scale", 1.0))
        if run.guides is not None and "Img2Img" in kind:
            told["image"] = run.guides("layout", [frame])[0]
            told["strength"] = float(run.asked.get("strength", _STRENGTH))
        if kind.startswith("Flux"):
            told |= {"true_cfg_scale": float(run.asked.get("true_cfg", 1.0)), "max_sequence_length": 512}
        if kind.startswith("Flux") or "Img2Img" not in kind:
            told |= {"height": run.height, "width": run.width}
        return told

    def _drawn(self, request: ClipRequest) -> ClipPlan:
        """The scene as the pictures are made for it: of their own size, at the film's rate."""
        return planned(replace(self._own(request).family, rate=request.rate), request, self.asked(request))

    def _own(self, request: ClipRequest) -> Stills:
        """This backend as the scene's settings and its folder make it."""
        own, asked = copy(self), self.asked(request)
        own.family = replace(_family_of(request), rate=request.rate)
        own.guided = "control" in asked or "start" in asked
        return own


class Drawing(Stills):
    """Makes the pictures alone, a frame for each moment, of the request's size where `model:` names none."""

    def quantise(self, request: ClipRequest) -> ClipPlan:
        """The pictures' plan; its frames are the scene's, among which their moments lie."""
        self._see(request)
        family, asked = self._own(request).family, self.asked(request)
        notes = self._unused(request)
        if not {"width", "height"} & asked.keys():
            width, height = (-(-side // family.multiple) * family.multiple for side in (request.width, request.height))
            asked |= {"width": width, "height": height}
            known = family.size_for(width, height)
            if not 1 / _FAR <= width * height / (known[0] * known[1]) <= _FAR:
                notes.append(
                    f"the picture is of {width}x{height}, far from the {known[0]}x{known[1]} that {family.title} "
                    "knows best: a width and a height for it may be written under `model:`"
                )
        plan = planned(family, request, asked)
        return replace(plan, notes=(*plan.notes, *notes))

    def identity(self) -> str:
        """As every family."""
        return super(Stills, self).identity()

    def estimate(self, request: ClipRequest, plan: ClipPlan) -> Cost:
        """What the pictures cost."""
        return super(Stills, self._own(request)).estimate(request, plan)

    def generate(
        self, request: ClipRequest, plan: ClipPlan, progress: Callable[[float], None], cancelled: Callable[[], bool]
    ) -> Clip:
        """The pictures as the model made them."""
        return super(Stills, self._own(request)).generate(request, plan, progress, cancelled)


def _family_of(request: ClipRequest) -> Family:
    """The line that the index of the scene's folder tells; the smallest one where no index is at hand."""
    index = request.files.get("model/model_index.json")
    if index is None:
        return FAMILY
    kind = str(json.loads(index.read_text("utf-8")).get("_class_name", ""))
    return _FAMILIES["flux" if kind.startswith("Flux") else "xl" if kind.startswith("StableDiffusionXL") else "sd"]


def _mover() -> ClipBackend:
    found: ClipBackend = load("workprint.clips", MOVING)()
    return found


def _moving(request: ClipRequest, folder: Path | None = None) -> ClipRequest:
    """The scene with a picture at each of its moments, or one for all of it, lying in a folder."""
    places = [at for at, _ in request.schedule] or [Fraction(0)]
    names = [f"picture {number + 1}.png" for number in range(len(places))]
    keyframes = tuple(Keyframe(name, at) for name, at in zip(names, places, strict=True))
    scene = replace(request.scene, keyframes=keyframes, backend=MOVING, model=())
    files = {**request.files, **{name: (folder or Path()) / name for name in names}}
    return replace(request, scene=scene, files=files, schedule=(), words=None)


def _shown(
    drawn: Sequence[Frame],
    request: ClipRequest,
    plan: ClipPlan,
    facts: dict[str, Any],
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> Iterator[Frame]:
    """The frames of the pictures set in motion; they lie on the disk for as long as that takes."""
    from PIL import Image

    with TemporaryDirectory(prefix="workprint-") as folder:
        moving = _moving(request, Path(folder))
        for keyframe, picture in zip(moving.scene.keyframes, drawn, strict=True):
            Image.fromarray(picture).save(Path(folder) / keyframe.picture)
        clip = _mover().generate(moving, plan, progress, cancelled)
        yield from clip.frames
        facts["notes"] = [*facts["notes"], *clip.facts.get("notes", ())]
