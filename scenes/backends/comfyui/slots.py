"""The author's map of slots: at which inputs of which nodes a scene's prompt, seed, pictures and measures are put.

Read within the bounds of a storyboard and checked against its workflow. Knows neither scenes nor the server.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from projects.digests import signature
from scenes.backend import Refusal
from scenes.backends.comfyui.workflow import Place, Workflow
from storyboard.node import Node, descend, plain
from storyboard.source import LARGEST, parse

OWN = ("name", "workflow", "slots", "seconds", "resolution", "audio")
"""What `model:` already says otherwise, so that no setting of the author's can be called so."""
PICTURES = ("first", "last")
_TEXTS = ("prompt", "negative", *PICTURES)
_STILLS = frozenset({"SaveImage", "PreviewImage", "SaveAnimatedWEBP", "SaveAnimatedPNG"})
"""Nodes that end in pictures or in files that few programs read."""
_RATE = re.compile(r"[0-9]{1,3}(\.[0-9]{1,6})?|[0-9]{1,6}/[1-9][0-9]{0,4}")
_HINT = "the guide on ComfyUI shows a map of slots"


def _place(written: object) -> Place:
    node, dot, name = str(written).partition(".")
    if not isinstance(written, str) or not dot or not node.strip() or not name.strip():
        raise ValueError(f"{written!r} is no place: write NODE.INPUT, as in 6.text")
    return Place(node.strip(), name.strip())


def _places(written: object) -> tuple[Place, ...]:
    return tuple(_place(one) for one in written) if isinstance(written, list | tuple) else (_place(written),)


def _node(written: object) -> object:
    return str(written) if isinstance(written, int) and not isinstance(written, bool) else written


def _measure(written: object) -> object:
    return written if isinstance(written, dict) else {"at": written}


def _fraction(written: object) -> Fraction:
    if isinstance(written, bool) or not _RATE.fullmatch(str(written)):
        raise ValueError(f"{written!r} is no rate: write 24, 23.976 or 24000/1001")
    return Fraction(str(written))


Places = Annotated[tuple[Place, ...], BeforeValidator(_places)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True, allow_inf_nan=False)


class Measure(_Part):
    """A number that is counted: `plus` and so many times `every`, between `least` and `most` (0: no limit)."""

    at: Places
    every: float = Field(default=1, gt=0, le=1024)
    plus: float = Field(default=0, ge=0, le=1024)
    least: float = Field(default=0, ge=0, le=1e6)
    most: float = Field(default=0, ge=0, le=1e6)


class Side(Measure):
    """Width or height, in pixels."""

    every: float = Field(default=16, ge=1, le=1024)


class Slots(_Part):
    """The whole map. `output` is the node that saves the film; `rate` what it has in frames a second."""

    output: Annotated[str, BeforeValidator(_node)]
    prompt: Places = ()
    negative: Places = ()
    seed: Places = ()
    width: Annotated[Side, BeforeValidator(_measure)] | None = None
    height: Annotated[Side, BeforeValidator(_measure)] | None = None
    pixels: int = Field(default=0, ge=0)
    """How many pixels a picture has at most; 0 is no limit."""
    frames: Annotated[Measure, BeforeValidator(_measure)] | None = None
    seconds: Annotated[Measure, BeforeValidator(_measure)] | None = None
    fps: Places = ()
    rate: Annotated[Fraction, BeforeValidator(_fraction), Field(gt=0, le=240)] | None = None
    first: Places = ()
    last: Places = ()
    references: Places = ()
    """One place for each picture."""
    settings: dict[str, Places] = {}
    """Further names that a scene may write under `model:`."""

    @model_validator(mode="after")
    def _agree(self) -> Slots:
        if not self.prompt and not self.first:
            raise ValueError("neither `prompt` nor `first` has a place: all scenes would come out alike")
        if self.last and not self.first:
            raise ValueError("`last` has a place, and `first` has none")
        if (self.width is None) != (self.height is None):
            raise ValueError("`width` and `height` go together")
        if self.pixels and self.width is None:
            raise ValueError("`pixels` limits `width` and `height`, which have no place")
        if self.frames is not None and self.rate is None and not self.fps:
            raise ValueError("`frames` cannot be counted: say at which `rate` the workflow saves its film")
        for name in self.settings:
            if name in OWN or name in Slots.model_fields:
                raise ValueError(f"the setting '{name}' is called like something else")
        every = [place for places in self.targets.values() for place in places]
        for place in every:
            if every.count(place) > 1:
                raise ValueError(f"{place} is the place of two slots")
        return self

    @property
    def targets(self) -> dict[str, tuple[Place, ...]]:
        """Every slot that has a place, by name; references are `reference-1` and so on."""
        found: dict[str, tuple[Place, ...]] = {}
        for name in ("prompt", "negative", "seed", "fps", *PICTURES):
            found[name] = getattr(self, name)
        for name in ("width", "height", "frames", "seconds"):
            measure: Measure | None = getattr(self, name)
            found[name] = measure.at if measure else ()
        found |= {f"reference-{number}": (place,) for number, place in enumerate(self.references, 1)}
        return {name: places for name, places in (found | self.settings).items() if places}

    def slot_at(self, node: str, name: str) -> str:
        """The slot that is put at an input; "" for none."""
        return next((slot for slot, places in self.targets.items() if Place(node, name) in places), "")


def read_slots(path: Path) -> Slots:
    """The map of a file; raises Refusal, with the place of the mistake, for anything else."""
    try:
        return _read(path, signature(path))
    except OSError as problem:
        raise Refusal(f"{path.name} cannot be read: {problem.strerror}", "mend its permissions") from None


@lru_cache(maxsize=8)
def _read(path: Path, _signature: str) -> Slots:
    with path.open("rb") as file:
        parsed = parse(file.read(LARGEST + 1), path.name)
    if parsed.node is None or parsed.diagnostics:
        wrong = parsed.diagnostics[0] if parsed.diagnostics else None
        raise Refusal(f"{path.name}:{wrong.line}: {wrong.message}" if wrong else f"{path.name} is empty", _HINT)
    if not isinstance(parsed.node.value, dict):
        raise Refusal(f"{path.name} is no map of slots: it is a list or a single value", _HINT)
    try:
        return Slots.model_validate(plain(parsed.node))
    except ValidationError as problem:
        raise Refusal(_told(problem.errors()[0], parsed.node), _HINT) from None


def _told(problem: Any, written: Node) -> str:
    way = problem["loc"]
    said = str(problem["msg"]).removeprefix("Value error, ")
    at = descend(written, way)
    return f"{written.path}:{at.line}: {'.'.join(map(str, way))}{': ' if way else ''}{said}"


def check_slots(slots: Slots, workflow: Workflow, name: str) -> None:
    """Every slot leads to an input that can hold it, and the last node saves a film; raises Refusal else."""
    if not workflow.kind(slots.output):
        raise Refusal(f"{name}: {workflow.name} has no node '{slots.output}' for `output`", _nodes(workflow))
    if workflow.kind(slots.output) in _STILLS:
        raise Refusal(
            f"{name}: node {slots.output} of {workflow.name} ({workflow.kind(slots.output)}) saves no film",
            "end the workflow in `Save Video` or `Video Combine`",
        )
    for slot, places in slots.targets.items():
        for place in places:
            if not workflow.kind(place.node):
                raise Refusal(f"{name}: {workflow.name} has no node '{place.node}' for `{slot}`", _nodes(workflow))
            if not workflow.holds(place):
                there = ", ".join(workflow.nodes[place.node]["inputs"]) or "none"
                what = f"node {place.node} of {workflow.name} ({workflow.kind(place.node)}) has no input"
                raise Refusal(f"{name}: {what} '{place.input}' for `{slot}`", f"its inputs are: {there}")
            _check_kind(slot, place, slots, workflow, name)


def _check_kind(slot: str, place: Place, slots: Slots, workflow: Workflow, name: str) -> None:
    value = workflow.value(place)
    wants: Literal["text", "number", "switch", ""] = kind_of(value)
    if slot in slots.settings:
        if not wants:
            raise Refusal(f"{name}: `{slot}` stands at {place}, which other nodes decide", "name an input with a value")
        return
    needs = "text" if slot in _TEXTS or slot.startswith("reference-") else "number"
    # A link to another node is replaced; which type that one gave is not written in a workflow.
    if not isinstance(value, list) and wants != needs:
        raise Refusal(f"{name}: `{slot}` is a {needs}, and {place} of {workflow.name} holds {value!r:.60}", _HINT)


def kind_of(value: object) -> Literal["text", "number", "switch", ""]:
    """What a value of a workflow is for a person; "" for links and anything else."""
    if isinstance(value, bool):
        return "switch"
    if isinstance(value, int | float):
        return "number"
    return "text" if isinstance(value, str) else ""


def setting_kinds(slots: Slots, workflow: Workflow) -> Mapping[str, Literal["text", "number", "switch"]]:
    """What each of the author's own settings is."""
    kinds = {name: kind_of(workflow.value(places[0])) for name, places in slots.settings.items()}
    return {name: kind for name, kind in kinds.items() if kind}


def _nodes(workflow: Workflow) -> str:
    some = [f"{name} ({workflow.kind(name)})"[:60] for name in list(workflow.nodes)[:12]]
    return f"there are: {', '.join(some)}{' ...' if len(workflow.nodes) > len(some) else ''}"
