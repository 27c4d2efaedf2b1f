"""What every clip backend with a diffusion model of its own does: look for weights, plan, read, load, run, hand over.

A family adds its data and how its pipeline is opened and run. Knows one scene at a time.
"""

from __future__ import annotations

import json
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from importlib import metadata, util
from pathlib import Path
from typing import TYPE_CHECKING, Any

from projects.cards import cards
from projects.extras import pip_install
from projects.weights import LocalModel, Setting, find_model, handed, model_files, quiet
from scenes.backend import Capabilities, Clip, ClipPlan, ClipRequest, Cost, Frame, Problem, WordsRequest
from scenes.diffusion.family import Family
from scenes.diffusion.licences import licence_for, pins, told_with_licence
from scenes.diffusion.plans import Segment, chains, planned, segments
from scenes.diffusion.running import Made, Run, Steps
from scenes.diffusion.settings import asked_of, belongs, handed_name, of_part, plain_name

if TYPE_CHECKING:
    from scenes.diffusion.appraising import Shape

Words = Mapping[str, Mapping[str, Any]]
"""How a pipeline is told what to make, by prompt."""


class Diffusion(ABC):
    """A clip backend that runs one family of models on this machine."""

    name: str
    summary: str
    family: Family
    needs: frozenset[str] = frozenset({"prompt"})
    also: frozenset[str] = frozenset()
    """What only some of its checkpoints take of a scene's characters."""
    guided = False
    """Whether the painter's stage may decide about its pictures in other ways than as the first one."""

    @abstractmethod
    def kind(self, places: Mapping[str, LocalModel], asked: Mapping[str, Setting], request: ClipRequest) -> str:
        """The pipeline class that the scene needs; raises Refusal where the weights are of another kind."""

    @abstractmethod
    def run(self, pipe: Any, run: Run, dice: Any, steps: Steps) -> Made:
        """Make the frames of one run, calling `steps` after every step."""

    def open(self, kind: str, places: Mapping[str, LocalModel], asked: Mapping[str, Setting], **parts: Any) -> Any:
        """The pipeline of that class from its folders, as it is on the processor; `parts` are left out or put in."""
        from scenes.diffusion.loading import pipeline

        return pipeline(kind, places[""], asked, **parts)

    def _segments(self, request: ClipRequest, plan: ClipPlan) -> list[Segment]:
        chained = chains(self.family, request, self.asked(request))
        return segments(self.family, plan.keep, chained=chained, scene=request.scene.id)

    def suited(self, files: Mapping[str, Path], asked: Mapping[str, Setting]) -> Diffusion:
        """This backend with the family of the very weights among the files of a step: itself, where there is one."""
        return self

    def with_family(self, family: Family) -> Diffusion:
        """This backend with another variant of its family; itself, where it has that one already."""
        if family == self.family:
            return self
        own = copy(self)
        own.family = family
        return own

    def directions(self, request: ClipRequest, plan: ClipPlan) -> Mapping[str, Any]:
        """What the family's runs need of the scene besides (`Run.extra`)."""
        return {}

    def read(self, reader: Any, prompt: str, negative: str) -> Mapping[str, Any]:
        """What the family's reader makes of a prompt and of what to leave out, as its pipeline takes them."""
        if self.family.reader is None:
            return {"prompt": prompt, "negative_prompt": negative}
        made = reader.encode_prompt(
            prompt=prompt,
            negative_prompt=negative,
            do_classifier_free_guidance=True,
            max_sequence_length=self.family.tokens,
        )
        return dict(zip(self.family.reader.gives, made, strict=True))

    def capabilities(self) -> Capabilities:
        """What the family can honour."""
        return Capabilities(
            self.name,
            self.summary,
            "generated",
            needs=self.needs,
            makes_sound=self.family.sounds,
            prompt_tokens=self.family.tokens,
            reads_ahead=self.family.reader is not None,
            takes=frozenset(self.family.takes & {"references", "lora"}) | self.also,
        )

    def check(self) -> Sequence[Problem]:
        """Whether the packages are there; the weights are looked for once a scene names the backend."""
        missing = [package for package in self.family.packages if util.find_spec(package) is None]
        remedy = f"install the extra `models`: {pip_install('models')}"
        return (Problem(f"not installed: {', '.join(missing)}", remedy),) if missing else ()

    def identity(self) -> str:
        """Versions of its own and of the packages that run the model; the weights are files of the step."""
        from scenes.diffusion.pictures import stage_identity

        packages = [*self.family.packages, "numpy"]
        packages += ["peft"] if "lora" in self.family.takes and util.find_spec("peft") else []
        versions = [f"{package} {metadata.version(package)}" for package in packages]
        presets = [f"presets {json.dumps({k: dict(v) for k, v in self.family.presets.items()})}"]
        stage = [stage_identity()] if self.guided or "start" in self.family.takes else []
        # Cards and processors round otherwise, and work in another precision unless told.
        versions.append("on a card" if cards() else "on the processor")
        return ", ".join([f"{self.name} 1", *versions, *(presets if self.family.presets else []), *stage])

    def weights(self, settings: Sequence[tuple[str, Setting]], project: Path | None) -> dict[str, Path]:
        """The files of all weights that a scene's `model:` means, by the names under which a step is handed them.

        Raises ModelMissing with the line that fetches what is not here, for the first part that is missing.
        """
        files: dict[str, Path] = {}
        for part in self.parts(dict(settings)):
            wanted = told_with_licence(self.family.weights[part])
            for name, path in model_files(of_part(settings, part), wanted, project).items():
                files[handed_name(part, name)] = path
        return files

    def parts(self, settings: Mapping[str, Setting]) -> list[str]:
        """The parts of the weights that such settings need: optional ones only where they are named."""
        return [
            part
            for part in self.family.weights
            if part not in self.family.optional or any(f"{part}_{key}" in settings for key in ("folder", "repo"))
        ]

    def quantise(self, request: ClipRequest) -> ClipPlan:
        """The smallest plan that holds the scene; Refusal for a setting or a part of it that cannot be honoured."""
        asked = self.asked(request)
        return planned(self.suited(request.files, asked).family, request, asked)

    def estimate(self, request: ClipRequest, plan: ClipPlan) -> Cost:
        """By the arithmetic of the model that lies here, or by scenes that were finished with it on this machine."""
        from scenes.diffusion.appraising import appraised, cost_of

        asked = self.asked(request)
        own = self.suited(request.files, asked)
        if own is not self:
            return own.estimate(request, plan)
        card = self._card(asked)
        places = self._places(request.scene.model, request.files, self.parts(asked))
        found = appraised(self.family, places, plan, self.shape(request, plan), asked, card=card)
        return cost_of(found, places, card)

    def shape(self, request: ClipRequest, plan: ClipPlan) -> Shape:
        """Frames of the longest run of a clip, and how many runs it has."""
        runs = self._segments(request, plan)
        from scenes.diffusion.appraising import Shape

        return Shape(max(run.count for run in runs), len(runs))

    def prepare(self, plans: Sequence[ClipPlan]) -> None:  # noqa: B027 - a family may have nothing to prepare
        """The model is loaded with the scene, whose settings say which."""

    def release(self) -> None:  # noqa: B027 - what is held is let go of when another pipeline is wanted
        """The model stays for the next scene, until the process ends or needs another one."""

    def reading(self, request: ClipRequest) -> WordsRequest:
        """What is to be encoded for a scene: its prompt, those of its moments, and what to leave out."""
        each = dict.fromkeys([request.prompt, *(text for _, text in request.schedule)])
        # A preset decides nothing of what is read, but `device` and `precision` do, and places say by whom.
        known = {"folder", "repo", "revision", "device", "precision"}
        model = tuple((key, value) for key, value in request.scene.model if key in known)
        return WordsRequest(self.name, tuple(each), request.negative, model)

    def reading_files(self, weights: Mapping[str, Path]) -> dict[str, Path]:
        """The files of the reader's components, and those that lie beside all components."""
        parts = self.family.reader.parts if self.family.reader else ()
        inside = tuple(f"model/{part}/" for part in parts)
        return {
            name: path
            for name, path in weights.items()
            if name.startswith(inside) or (belongs("", name) and name.count("/") == 1)
        }

    def encode(self, asked: WordsRequest, files: Mapping[str, Path], out: Path) -> Mapping[str, Any]:
        """Write what the family's reader makes of the prompts; the facts say what found no room."""
        from scenes.diffusion.words import kept

        settings = asked_of(self.family, self.name, asked.model)
        own = self.suited(files, settings)
        if own is not self:
            return own.encode(asked, files, out)
        read, notes = self._read(asked, settings, self._places(asked.model, files, [""]))
        kept(list(read.items()), out)
        return {"notes": notes}

    def generate(
        self, request: ClipRequest, plan: ClipPlan, progress: Callable[[float], None], cancelled: Callable[[], bool]
    ) -> Clip:
        """Load the model, make all segments of the scene, and hand over its frames."""
        from scenes.diffusion.adapters import adapters_of, lay
        from scenes.diffusion.appraising import appraised, learn
        from scenes.diffusion.joining import joined_sound
        from scenes.diffusion.opening import chosen, in_turn, over_all, placed
        from scenes.diffusion.shooting import shot

        asked = self.asked(request)
        own = self.suited(request.files, asked)
        if own is not self:
            return own.generate(request, plan, progress, cancelled)
        places = self._places(request.scene.model, request.files, self.parts(asked))
        kind = self.kind(places, asked, request)
        runs = self._segments(request, plan)
        absent = self.family.reader.parts if self.family.reader else ()
        card = self._card(asked)
        found = appraised(self.family, places, plan, self.shape(request, plan), asked, card=card, without=absent)
        opened = chosen(found, asked, self.family.title)
        words, notes = self._words(request, asked, places)
        count = Steps(len(runs), self.steps(asked), progress, cancelled)
        begun = [0.0]

        def attempt() -> list[Made]:
            begun[0], opened.loading = time.perf_counter(), 0.0
            count.look()

            def open_it(more: Mapping[str, Any]) -> Any:
                return self.open(kind, places, asked, **dict.fromkeys(absent), **more)

            pipe = placed(
                (self.name, kind, absent, *_marks(places), *_files(asked)), opened, found.parts, asked, open_it
            )
            lay(pipe, [*over_all(places, asked), *adapters_of(request, self.name)])
            return [*shot(self, pipe, request, plan, asked, words, runs, count)]

        made = in_turn(opened, self.family.title, attempt)
        learn(found, places, card, time.perf_counter() - begun[0] - opened.loading, opened.loading)
        notes += pins(places, asked)
        if request.negative and "negative" in self.family.takes and float(asked.get("guidance", 2.0)) <= 1.0:
            notes.append("`negative:` says nothing to a model at guidance 1")
        facts = {
            "notes": [*notes, *opened.notes],
            "model": "; ".join(f"{part} {place.label}".strip() for part, place in places.items()),
            "licence": "; ".join(
                dict.fromkeys(licence_for(place.repo, place.licence).told() for place in places.values())
            ),
            "prompt": request.prompt,
        }
        sound = joined_sound([one.sound for one in made], plan.rate)
        return Clip(_in_order(made), plan.width, plan.height, plan.rate, facts, sound=sound)

    def _card(self, asked: Mapping[str, Setting]) -> str:
        """The name of the card that does the work; "" for the processor."""
        from scenes.diffusion.costs import card_here

        return "" if asked.get("device") == "cpu" else card_here()

    def asked(self, request: ClipRequest) -> dict[str, Setting]:
        """The scene's settings after a look at each."""
        return asked_of(self.family, self.name, request.scene.model)

    def steps(self, asked: Mapping[str, Setting]) -> int:
        """How many steps a run has."""
        return int(asked.get("steps", self.family.steps))

    def _places(
        self, model: Sequence[tuple[str, Setting]], files: Mapping[str, Path], parts: Sequence[str]
    ) -> dict[str, LocalModel]:
        """The weights, whole, among the files of the step."""
        from scenes.diffusion.loading import see_that_it_is_whole

        places = {}
        for part in parts:
            named = {plain_name(part, name): path for name, path in files.items() if belongs(part, name)}
            with handed(named):
                places[part] = find_model(of_part(model, part), self.family.weights[part])
        see_that_it_is_whole(places[""], self.family.weights[""])
        return places

    def _words(
        self, request: ClipRequest, asked: Mapping[str, Setting], places: Mapping[str, LocalModel]
    ) -> tuple[Words, list[str]]:
        """How the pipeline is told each prompt, and what is said of words that found no room."""
        from scenes.diffusion.words import opened

        unsaid = [f"no room in the prompt for: {', '.join(request.unsaid)}"] if request.unsaid else []
        if request.words is not None:
            return opened(request.words), unsaid
        told, notes = self._read(self.reading(request), asked, places)
        return told, [*unsaid, *notes]

    def _read(
        self, wanted: WordsRequest, asked: Mapping[str, Setting], places: Mapping[str, LocalModel]
    ) -> tuple[Words, list[str]]:
        """What the reader makes of each prompt, as far as it reads; and what it does not."""
        from scenes.diffusion.prompts import left_out
        from scenes.diffusion.running import seeded, told_in_words

        if not self.family.tokens:
            return {prompt: {} for prompt in wanted.prompts}, []
        reader = self._reader(places, asked)
        told, most = {}, self.family.tokens
        with quiet(), told_in_words(self.family.title), seeded(0):
            negative, left = left_out(wanted.negative, most, reader.tokenizer)
            lost = [left]
            for prompt in wanted.prompts:
                fitting, left = left_out(prompt, most, reader.tokenizer)
                told[prompt] = self.read(reader, fitting, negative)
                lost.append(left)
        notes = [f"{self.family.title} reads {most} tokens of a prompt; left out: '{left}'" for left in lost if left]
        return told, list(dict.fromkeys(notes))

    def _reader(self, places: Mapping[str, LocalModel], asked: Mapping[str, Setting]) -> Any:
        """The part of the pipeline that reads words, or all of a tokenizer where nothing is encoded beforehand."""
        from scenes.diffusion.loading import components_of, tokenizer_of
        from scenes.diffusion.opening import placed, room_for_reading

        if self.family.reader is None:
            return tokenizer_of(places[""])
        kind, named = components_of(places[""])
        absent = [name for name in named if name not in self.family.reader.parts]

        opened = room_for_reading(places[""].path, asked, absent, self.family.title)

        def open_it(more: Mapping[str, Any]) -> Any:
            return self.open(kind, places, asked, **dict.fromkeys(absent), **more)

        return placed((self.name, kind, "reader", *_marks(places)), opened, {}, asked, open_it)


def _files(asked: Mapping[str, Setting]) -> list[tuple[str, Setting]]:
    """The files that a pipeline was opened with by name; small weights are laid over it and taken off again."""
    return [(key, value) for key, value in asked.items() if key.endswith("_file") and key != "lora_file"]


def _marks(places: Mapping[str, LocalModel]) -> list[tuple[str, str]]:
    return [(part, str(place.path)) for part, place in places.items()]


def _in_order(made: Sequence[Made]) -> Iterator[Frame]:
    for one in made:
        yield from one.frames
