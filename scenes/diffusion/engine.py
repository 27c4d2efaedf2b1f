"""What every clip backend with a diffusion model of its own does: look for weights, plan, load, run, hand over.

A family adds its data and how its pipeline is opened and run. Knows one scene at a time.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import metadata, util
from pathlib import Path
from typing import TYPE_CHECKING, Any

from projects.weights import LocalModel, Setting, find_model, handed, model_files, read_settings
from scenes.backend import Capabilities, Clip, ClipPlan, ClipRequest, Cost, Frame, Problem, Refusal
from scenes.diffusion.family import Family
from scenes.diffusion.licences import licence_for
from scenes.diffusion.plans import Segment, planned, segments
from storyboard.errors import MissingError, RenderError

if TYPE_CHECKING:
    from PIL.Image import Image

    from scenes.diffusion.running import Made, Run, Steps

SHARED: Mapping[str, type] = {
    "steps": int,
    "guidance": float,
    "width": int,
    "height": int,
    "device": str,
    "precision": str,
}
"""Settings that every family has, besides those that say which weights are meant."""

_BOUNDS: Mapping[str, tuple[float, float]] = {"steps": (1, 200), "guidance": (0.0, 30.0)}
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "device": ("cpu", "cuda"),
    "precision": ("bfloat16", "float16", "float32"),
}
_PLACES = ("folder", "repo", "revision")
_EXTRA = "install the extra `models`: pip install 'workprint[models]'"


class Diffusion(ABC):
    """A clip backend that runs one family of models on this machine."""

    name: str
    summary: str
    family: Family
    needs: frozenset[str] = frozenset({"prompt"})

    def __init__(self) -> None:
        self._pipe: Any = None

    @abstractmethod
    def load(self, places: Mapping[str, LocalModel], asked: Mapping[str, Setting], request: ClipRequest) -> Any:
        """Open the pipeline from its folders."""

    @abstractmethod
    def run(self, pipe: Any, run: Run, dice: Any, steps: Steps) -> Made:
        """Make the frames of one run, calling `steps` after every step."""

    def capabilities(self) -> Capabilities:
        """What the family can honour."""
        return Capabilities(
            self.name,
            self.summary,
            "generated",
            needs=self.needs,
            prompt_tokens=self.family.tokens,
        )

    def check(self) -> Sequence[Problem]:
        """Whether the packages are there; the weights are looked for once a scene names the backend."""
        missing = [package for package in self.family.packages if util.find_spec(package) is None]
        return (Problem(f"not installed: {', '.join(missing)}", _EXTRA),) if missing else ()

    def identity(self) -> str:
        """Versions of its own and of the packages that run the model; the weights are files of the step."""
        versions = ", ".join(f"{package} {metadata.version(package)}" for package in (*self.family.packages, "numpy"))
        return f"{self.name} 1, {versions}"

    def weights(self, settings: Sequence[tuple[str, Setting]], project: Path | None) -> dict[str, Path]:
        """The files of all weights that a scene's `model:` means, by the names under which a step is handed them.

        Raises ModelMissing with the line that fetches what is not here, for the first part that is missing.
        """
        files: dict[str, Path] = {}
        for part, wanted in self.family.weights.items():
            for name, path in model_files(_of_part(settings, part), wanted, project).items():
                files[_handed_name(part, name)] = path
        return files

    def quantise(self, request: ClipRequest) -> ClipPlan:
        """The smallest plan that holds the scene; Refusal for a setting or a part of it that cannot be honoured."""
        return planned(self.family, request, self.asked(request))

    def estimate(self, plan: ClipPlan) -> Cost:
        """Seconds are not known before a scene was finished on this machine; memory is what the frames take."""
        return Cost(0.0, memory_mb=plan.frames * plan.width * plan.height * 3 / 1e6)

    def prepare(self, plans: Sequence[ClipPlan]) -> None:  # noqa: B027 - not every family has something to prepare
        """The model is loaded with the scene, whose settings say which."""

    def release(self) -> None:
        """Let go of the model."""
        if self._pipe is not None:
            from scenes.diffusion.running import let_go

            self._pipe = None
            let_go()

    def generate(
        self, request: ClipRequest, plan: ClipPlan, progress: Callable[[float], None], cancelled: Callable[[], bool]
    ) -> Clip:
        """Load the model, make all segments of the scene, and hand over its frames."""
        from projects.weights import quiet
        from scenes.diffusion.running import Steps

        asked = self.asked(request)
        places = self._places(request)
        with quiet():
            self._pipe = self.load(places, asked, request)
            prompt, notes = self._words(request)
            steps = self._steps(asked)
            runs = segments(self.family, plan.keep, chained="start" in self.family.takes, scene=request.scene.id)
            count = Steps(len(runs), steps, progress, cancelled)
            made = [*self._runs(request, plan, asked, prompt, runs, count)]
        whole = places[""]
        licence = licence_for(whole.repo, whole.licence)
        facts = {"notes": notes, "model": whole.label, "licence": licence.told(), "prompt": prompt}
        sound = made[0].sound if len(made) == 1 else None
        return Clip(_in_order(made), plan.width, plan.height, plan.rate, facts, sound=sound)

    def asked(self, request: ClipRequest) -> dict[str, Setting]:
        """The scene's settings after a look at each."""
        known = dict(SHARED) | dict(self.family.settings)
        for part in self.family.weights:
            if part:
                known |= {f"{part}_{key}": str for key in _PLACES}
        read = read_settings(request.scene.model, known, f"the backend {self.name}")
        for key, (low, high) in _BOUNDS.items():
            if key in read and not low <= float(read[key]) <= high:
                raise Refusal(f"the setting {key!r} of {self.name} is {read[key]}", f"write {low:g} to {high:g}")
        for key, choices in _CHOICES.items():
            if key in read and read[key] not in choices:
                raise Refusal(f"the setting {key!r} of {self.name} is {read[key]!r}", f"write {' or '.join(choices)}")
        return read

    def _places(self, request: ClipRequest) -> dict[str, LocalModel]:
        """The weights, whole, among the files of the step."""
        from scenes.diffusion.loading import see_that_it_is_whole

        places = {}
        for part, wanted in self.family.weights.items():
            named = {_plain_name(part, name): path for name, path in request.files.items() if _belongs(part, name)}
            with handed(named):
                places[part] = find_model(_of_part(request.scene.model, part), wanted)
        see_that_it_is_whole(places[""], self.family.weights[""])
        return places

    def _steps(self, asked: Mapping[str, Setting]) -> int:
        return int(asked.get("steps", self.family.steps))

    def _words(self, request: ClipRequest) -> tuple[str, list[str]]:
        """The prompt as the model reads it whole, and what is said of words that found no room."""
        from scenes.diffusion.prompts import counter, fitted

        tokenizer = getattr(self._pipe, "tokenizer", None)
        if tokenizer is None or not self.family.tokens:
            return request.prompt, []
        prompt, left = fitted(request.prompt, self.family.tokens, counter(tokenizer))
        out = [*request.unsaid, *([f"'{left}'"] if left else [])]
        told = f"{self.family.title} reads {self.family.tokens} tokens of a prompt; left out: {', '.join(out)}"
        return prompt, [told] if out else []

    def _runs(
        self,
        request: ClipRequest,
        plan: ClipPlan,
        asked: Mapping[str, Setting],
        prompt: str,
        runs: Sequence[Segment],
        count: Steps,
    ) -> Iterator[Made]:
        """The segments one after the other; all but the first without the frame that they were begun with."""
        from PIL import Image

        from scenes.diffusion.joining import matched
        from scenes.diffusion.running import Made, Run, seeded, told_in_words

        pictures = _pictures(request, plan)
        before = None
        for number, segment in enumerate(runs):
            own = _between(pictures, segment, plan.frames) if len(runs) > 1 else pictures
            if before is not None:
                own = [(0.0, Image.fromarray(before)), *((at, one) for at, one in own if at > 0.0)]
            run = Run(
                prompt,
                request.negative,
                plan.width,
                plan.height,
                segment.count,
                float(plan.rate),
                self._steps(asked),
                float(asked.get("guidance", self.family.guidance)),
                (request.seed + number) % 2**63,
                own,
                asked,
            )
            count.run = number
            with seeded(run.seed) as dice, told_in_words(self.family.title):
                made = self.run(self._pipe, run, dice, count)
            if before is not None:
                made = Made(matched(made.frames, before)[1:], made.sound)
            before = made.frames[-1]
            yield made


def _in_order(made: Sequence[Made]) -> Iterator[Frame]:
    for one in made:
        yield from one.frames


def _of_part(settings: Sequence[tuple[str, Setting]], part: str) -> list[tuple[str, Setting]]:
    """The settings that say where the weights of a part lie, under the names that those of a whole model have."""
    begin = f"{part}_" if part else ""
    named = ((key.removeprefix(begin), value) for key, value in settings if key.startswith(begin))
    return [(key, value) for key, value in named if key in _PLACES]


def _handed_name(part: str, name: str) -> str:
    """What a step calls a file of a part's weights: `model/...` of the whole one, `model adapter/...` of others."""
    return f"model {part}/{name.removeprefix('model/')}" if part else name


def _belongs(part: str, name: str) -> bool:
    return name.startswith(f"model {part}/" if part else "model/")


def _plain_name(part: str, name: str) -> str:
    return f"model/{name.removeprefix(f'model {part}/')}" if part else name


def _pictures(request: ClipRequest, plan: ClipPlan) -> list[tuple[float, Image]]:
    """The author's pictures at their places, cropped round the scene's focus to the plan's shape."""
    from PIL import Image, ImageOps

    found = []
    for frame in request.scene.keyframes:
        path = request.files.get(frame.picture)
        if path is None:
            raise MissingError(f"the picture {frame.picture} is not here", "look at its name")
        try:
            with Image.open(path) as opened:
                whole = ImageOps.exif_transpose(opened).convert("RGB")
        except (OSError, ValueError) as reason:
            raise RenderError(f"the picture {frame.picture} cannot be read: {reason}", "save it again") from reason
        size = (plan.width, plan.height)
        fitting = ImageOps.fit(whole, size, Image.Resampling.LANCZOS, centering=request.scene.focus)
        found.append((float(frame.at), fitting))
    return sorted(found, key=lambda pair: pair[0])


def _between(pictures: Sequence[tuple[float, Image]], segment: Segment, frames: int) -> list[tuple[float, Image]]:
    """The pictures that fall into one segment, at their places in it."""
    span = max(1, segment.count - 1)
    places = [((at * (frames - 1) - segment.first) / span, picture) for at, picture in pictures]
    return [(min(1.0, max(0.0, at)), picture) for at, picture in places if -1e-9 <= at <= 1.0 + 1e-9]
