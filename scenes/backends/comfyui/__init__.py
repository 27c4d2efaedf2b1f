"""ComfyUI: a server of one's own, or one rented by the hour, that runs a workflow of the author's.

The workflow and its map of slots are files of the project, the server's address is the user's. Knows one scene only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path, PurePosixPath
from typing import Literal

from projects.hosted.catalogue import Estimate, Found, model_of
from projects.hosted.errors import AuthError
from projects.hosted.job import Purchase
from projects.steps import Json
from projects.weights import Settings
from scenes.backend import ClipPlan, ClipRequest, Problem, Refusal
from scenes.backends.comfyui.measures import cut_off, length_of, plain_number, size_of
from scenes.backends.comfyui.server import ComfyUiService
from scenes.backends.comfyui.slots import Slots, check_slots, read_slots, setting_kinds
from scenes.backends.comfyui.wire import NAME, address, is_near
from scenes.backends.comfyui.workflow import Workflow, read_workflow
from scenes.hosted.asking import Digest, Wish, wish
from scenes.hosted.clips import HostedClips

_KEEP = 0.02
"""How much of a picture may be cut off without a word."""
_SEEDS = 1 << 32
"""Many nodes take a seed of 32 bits and no more."""
_FILES = ("workflow", "slots")


@dataclass(frozen=True, slots=True)
class _Script:
    """A workflow and its map, read and found to go together, and the film's words for them."""

    workflow: Workflow
    slots: Slots
    found: Found


class ComfyUi(HostedClips):
    """Clips of a ComfyUI server."""

    name = NAME
    summary = "ComfyUI: a workflow of yours on a server of yours, or on one rented by the hour"

    def check(self) -> Sequence[Problem]:
        """What stands in the way: a library, the server's address."""
        problems = list(super().check())
        try:
            address()
        except AuthError as problem:
            problems.append(Problem(problem.message, problem.hint))
        return tuple(problems)

    def material(self, settings: Settings) -> list[str]:
        """The workflow and its map of slots."""
        return list(_named(settings).values())

    def quantise(self, request: ClipRequest) -> ClipPlan:
        """What would be asked for; raises Refusal for what the workflow cannot do."""
        asked, script = self._settled(request)
        length = length_of(script.slots, request, _wanted(request))
        frames = max(1, round(length.seconds * length.rate))
        keep = min(frames, -(-Fraction(request.frames) * length.rate // request.rate))
        return ClipPlan(frames, keep, asked.width, asked.height, length.rate, asked.notes)

    def price(self, request: ClipRequest) -> Estimate:
        """Nothing for the clip; what the server itself costs, nobody here knows."""
        del request
        return Estimate(Decimal(0), source="a server of your own")

    def wish(self, request: ClipRequest) -> Wish:
        """What a request asks of the workflow: its `extra` are the values by slot."""
        return self._settled(request)[0]

    def purchase(self, request: ClipRequest, digest: Digest) -> Purchase:
        """The values by slot; the workflow, its map and the pictures by their digests."""
        bought = super().purchase(request, digest)
        own = {place: digest(path) for place, path in _files(request).items()}
        return replace(bought, files={**bought.files, **own})

    def pictures(self, request: ClipRequest) -> dict[str, Path]:
        """The files of the purchase: pictures by slot, and the two that say what is done with them."""
        return {**super().pictures(request), **_files(request)}

    def body(self, asked: Wish) -> Mapping[str, Json]:
        """The values by slot."""
        return dict(asked.extra)

    def service(self) -> ComfyUiService:
        """The server."""
        return ComfyUiService()

    def _settled(self, request: ClipRequest) -> tuple[Wish, _Script]:
        script = _script(request)
        slots, found = script.slots, script.found
        asked = wish(NAME, request, found)
        scene = request.scene
        if slots.last and "last" not in asked.pictures:
            raise Refusal(f"{found.name} ends with a picture", "add a picture `at: end` under `keyframes:`")
        if len(asked.references) < len(slots.references):
            raise Refusal(
                f"{found.name} wants {len(slots.references)} reference pictures, and the characters of scene "
                f"'{scene.id}' have {len(asked.references)}",
                "give them more under `references:`, or use another workflow",
            )
        length, size = length_of(slots, request, _wanted(request)), size_of(slots, request)
        width, height = size or (request.width, request.height)
        told = {**asked.extra, "output": slots.output, "prompt": asked.prompt, "negative": asked.negative or None}
        told |= {
            "seed": None if asked.seed is None else asked.seed % _SEEDS,
            "width": width,
            "height": height,
            "frames": length.frames,
        }
        told |= {"seconds": length.told, "fps": plain_number(length.rate)}
        values = {name: one for name, one in told.items() if one is not None and _has_place(name, slots)}
        notes = (*asked.notes, *_notes(script, request, (width, height)))
        seconds = float(length.seconds)
        return replace(asked, extra=values, seconds=seconds, width=width, height=height, notes=notes), script


def _has_place(name: str, slots: Slots) -> bool:
    return name == "output" or name in slots.targets


def _named(settings: Settings) -> dict[str, str]:
    """Project-relative names of the workflow and its map; nothing where no workflow is named."""
    asked = dict(settings)
    workflow, slots = asked.get("workflow"), asked.get("slots")
    if not isinstance(workflow, str) or not workflow.strip():
        return {}
    beside = f"{workflow.removesuffix('.json')}.slots.yaml"
    return {"workflow": workflow, "slots": slots if isinstance(slots, str) and slots.strip() else beside}


def _files(request: ClipRequest) -> dict[str, Path]:
    """Both files on the disk."""
    named = _named(request.scene.model)
    if not named:
        raise Refusal(
            f"scene '{request.scene.id}' names no workflow for ComfyUI",
            "write `model: {workflow: workflows/NAME.json}`, with its map of slots in workflows/NAME.slots.yaml",
        )
    for name in named.values():
        if name not in request.files:
            raise Refusal(f"the file '{name}' is not at hand", "put it into the project")
    return {place: request.files[named[place]] for place in _FILES}


def _script(request: ClipRequest) -> _Script:
    """The workflow of a scene; raises Refusal for files that are none or do not go together."""
    files = _files(request)
    workflow, slots = read_workflow(files["workflow"]), read_slots(files["slots"])
    check_slots(slots, workflow, files["slots"].name)
    plain = model_of(NAME, str(dict(request.scene.model).get("name", "")))
    kinds: dict[str, Literal["text", "number", "switch"]] = {**plain.model.settings, **setting_kinds(slots, workflow)}
    able = plain.model.model_copy(
        update={
            "id": plain.id,
            "modes": ("image",) if slots.first else ("text",),
            "first": bool(slots.first),
            "last": bool(slots.last),
            "references": len(slots.references),
            "seed": bool(slots.seed),
            "negative": bool(slots.negative),
            "settings": kinds,
        }
    )
    name = f"the workflow {PurePosixPath(_named(request.scene.model)['workflow']).stem}"
    return _Script(workflow, slots, replace(plain, name=name, model=able))


def _wanted(request: ClipRequest) -> Fraction | None:
    seconds = dict(request.scene.model).get("seconds")
    return Fraction(str(seconds)) if isinstance(seconds, int | float) else None


def _notes(script: _Script, request: ClipRequest, size: tuple[int, int]) -> list[str]:
    """What a person should know: slots that have no place, and what a server costs."""
    slots, name = script.slots, script.found.name
    told = []
    if not slots.prompt:
        told.append(f"{name} has no place for the prompt: it sees pictures only")
    if not slots.seed:
        told.append(f"{name} has no place for a seed: another take may come out as this one does")
    if slots.frames is None and slots.seconds is None:
        told.append(f"{name} has no place for a length: a clip shorter than its scene is held on its last picture")
    if slots.width is None:
        told.append(f"{name} has no place for width and height: its pictures are cropped for the canvas")
    elif (cut := cut_off(size, (request.width, request.height))) > _KEEP:
        told.append(f"{name} makes {size[0]}x{size[1]}; {round(cut * 100)} % of the picture is cut off for the canvas")
    # Without an address nothing is asked for, which `check` tells; what is kept needs none.
    with suppress(AuthError):
        if not is_near():
            told.append("a server that is rented by the hour is paid for as long as it is up, also while it is idle")
    return told
