"""The runs of one scene, one after the other: which pictures, words and noise each begins with, and how they join.

Knows families only by what they do with one run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from projects.weights import Setting, quiet
from scenes.backend import ClipPlan, ClipRequest, Guide
from scenes.diffusion.family import Family
from scenes.diffusion.joining import matched
from scenes.diffusion.pictures import between, given, references, stage_of
from scenes.diffusion.plans import Segment
from scenes.diffusion.running import Made, Run, Steps, seeded, told_in_words

if TYPE_CHECKING:
    from PIL.Image import Image

Guides = Callable[[Guide, Sequence[int]], "Sequence[Image]"]


class _Runs(Protocol):
    """What this module needs of a family's backend."""

    family: Family
    guided: bool

    def steps(self, asked: Mapping[str, Setting]) -> int:
        """How many steps a run has."""

    def directions(self, request: ClipRequest, plan: ClipPlan) -> Mapping[str, Any]:
        """What its runs need of the scene besides."""

    def run(self, pipe: Any, run: Run, dice: Any, steps: Steps) -> Made:
        """Make the frames of one run."""


def shot(
    backend: _Runs,
    pipe: Any,
    request: ClipRequest,
    plan: ClipPlan,
    asked: Mapping[str, Setting],
    words: Mapping[str, Mapping[str, Any]],
    runs: Sequence[Segment],
    count: Steps,
) -> Iterator[Made]:
    """Each run of a scene; all but the first without the frame that they were begun with, and in its colours.

    `words` says by prompt how the pipeline is told it.
    """
    from PIL.Image import fromarray

    words = {prompt: _beside(pipe, told) for prompt, told in words.items()}
    pictures = given(request, plan, asked)
    whole = Run(
        {},
        plan.width,
        plan.height,
        plan.frames,
        float(plan.rate),
        backend.steps(asked),
        float(asked.get("guidance", backend.family.guidance)),
        seed_of(request),
        references=references(request) if "references" in backend.family.takes else (),
        schedule=[(float(at), text) for at, text in request.schedule],
        told=words,
        asked=asked,
        extra=backend.directions(request, plan),
    )
    guides = stage_of(request, plan) if backend.guided else None
    before = None
    for number, segment in enumerate(runs):
        own = between(pictures, segment, plan.frames) if len(runs) > 1 else pictures
        if before is not None:
            own = [(0.0, fromarray(before)), *((at, one) for at, one in own if at > 0.0)]
        run = replace(
            whole,
            words=words[prompt_at(request, runs, segment)],
            frames=segment.count,
            seed=(whole.seed + number) % 2**63,
            pictures=own,
            guides=guides and partial(_from, guides, segment.first),
        )
        count.run = number
        with quiet(), seeded(run.seed) as dice, told_in_words(backend.family.title):
            made = backend.run(pipe, run, dice, count)
        if before is not None:
            made = Made(matched(made.frames, before)[1:], made.sound)
        before = made.frames[-1]
        yield made


def _beside(pipe: Any, told: Mapping[str, Any]) -> dict[str, Any]:
    """What a reader made of a prompt, where the pipeline works: it does not fetch it itself."""
    device = getattr(pipe, "_execution_device", None)
    return {name: value.to(device) if device and hasattr(value, "to") else value for name, value in told.items()}


def seed_of(request: ClipRequest) -> int:
    """The seed of a scene's noise: that of the first of its cast who has one, moved on with each take."""
    led = next((part.character.seed for part in request.scene.cast if part.character.seed), 0)
    return (led + request.take - 1) % 2**63 if led else request.seed


def prompt_at(request: ClipRequest, runs: Sequence[Segment], segment: Segment) -> str:
    """The prompt of a segment: that of the moment that its middle is nearest to, where a scene has several of both."""
    if len(runs) < 2 or not request.schedule:
        return request.prompt
    middle = (segment.first + segment.last) / 2 / runs[-1].last
    return min(request.schedule, key=lambda moment: abs(float(moment[0]) - middle))[1]


def _from(guides: Guides, first: int, guide: Guide, frames: Sequence[int]) -> Sequence[Image]:
    """Pictures of the stage at frames of a run that begins at frame `first` of the clip."""
    return guides(guide, [first + frame for frame in frames])
