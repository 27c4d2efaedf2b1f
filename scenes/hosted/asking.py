"""What a scene asks of a hosted model: length, size, pictures, sound and settings, by what the table says it can do.

Refuses what a service would take money for and then get wrong. Speaks to no service.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from projects.hosted.catalogue import Found, lengths, model_of
from projects.weights import Setting
from scenes.backend import ClipRequest, Refusal

Digest = Callable[[Path], str]
"""Gives the sha256 of a file's content."""

_COMMON: Mapping[str, str] = {
    "name": "text",
    "seconds": "number",
    "resolution": "text",
    "audio": "switch",
}
_TYPES: Mapping[str, tuple[type, ...]] = {"text": (str,), "number": (int, float), "switch": (bool,)}
_KEEP = 0.02
"""How much of a picture may be cut off without a word."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a scene asks of a model, settled: everything that an adapter puts into its service's words.

    `pictures` are project-relative names by place (`first`, `last`, `middle-1` ...), `references` likewise; `middle`
    are the places of those in between, 0..1. `extra` are settings that only this service knows.
    """

    found: Found
    prompt: str
    negative: str
    seconds: float
    resolution: str
    aspect: str
    width: int
    height: int
    sound: bool
    seed: int | None
    take: int
    pictures: Mapping[str, str]
    middle: tuple[float, ...]
    references: tuple[str, ...]
    extra: Mapping[str, Setting]
    notes: tuple[str, ...]

    @property
    def files(self) -> tuple[str, ...]:
        """Project-relative names of every picture that is sent."""
        return tuple(dict.fromkeys((*self.pictures.values(), *self.references)))


def wish(service: str, request: ClipRequest, found: Found | None = None) -> Wish:
    """What a request asks of a service's model; raises Refusal, with a remedy, for what the model cannot do.

    `found` is the model where the table does not know enough of it.
    """
    asked = dict(request.scene.model)
    found = found or model_of(service, str(asked.get("name", "")))
    if found.model.media != "video":
        raise Refusal(f"{found.name} makes {found.model.media}, and a scene needs pictures", "choose another `name:`")
    _check_settings(found, asked)
    seconds = _seconds(found, request, asked)
    pictures, middle = _pictures(found, request)
    resolution, aspect, (width, height), cropped = _size(found, request, asked, framed=bool(pictures))
    references, unseen = _references(found, request, pictures)
    notes = [*found.notes, *cropped, *unseen]
    negative = request.negative if found.model.negative else ""
    if request.scene.negative and not found.model.negative:
        notes.append(f"{found.name} does not read what must be left out (`negative:`)")
    sound = _sound(found, request, asked)
    if found.model.audio == "always" and request.scene.clip_sound:
        notes.append(f"{found.name} always makes sound; `clip_sound: off` leaves it out of the mix")
    return Wish(
        found=found,
        prompt=_prompt(found, request),
        negative=negative,
        seconds=seconds,
        resolution=resolution,
        aspect=aspect,
        width=width,
        height=height,
        sound=sound,
        seed=request.seed if found.model.seed else None,
        take=request.take,
        pictures=pictures,
        middle=middle,
        references=references,
        extra={key: value for key, value in asked.items() if key not in _COMMON},
        notes=tuple(notes),
    )


def _check_settings(found: Found, asked: Mapping[str, Setting]) -> None:
    known = {**_COMMON, **found.model.settings}
    for key, value in asked.items():
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            hint = f"did you mean '{near[0]}'? " if near else ""
            raise Refusal(f"{found.name} has no setting '{key}'", f"{hint}there are: {', '.join(known)}")
        allowed = _TYPES[known[key]]
        if not isinstance(value, allowed) or (isinstance(value, bool) and bool not in allowed):
            raise Refusal(f"the setting '{key}' of {found.name} is {value!r}", f"write a {known[key]}")


def _seconds(found: Found, request: ClipRequest, asked: Mapping[str, Setting]) -> float:
    """The shortest length that is long enough, or the one that is asked for."""
    needed = float(Fraction(request.frames) / request.rate)
    offered = lengths(found.model)
    if "seconds" in asked:
        chosen = float(asked["seconds"])
        if offered and chosen not in offered:
            told = ", ".join(f"{one:g}" for one in offered)
            raise Refusal(f"{found.name} makes no clip of {chosen:g} s", f"write one of {told}")
        if chosen < needed - 0.5:
            raise Refusal(
                f"scene '{request.scene.id}' lasts {needed:.2f} s, and {chosen:g} s are asked of {found.name}",
                "ask for more `seconds:`, or make the scene shorter",
            )
        return chosen
    if not offered:
        return float(math.ceil(needed))
    # A moment too short is held on its last frame; nobody pays a second for it.
    enough = [one for one in offered if one >= needed - 0.1]
    if not enough:
        raise Refusal(
            f"scene '{request.scene.id}' lasts {needed:.2f} s, and {found.name} makes at most {offered[-1]:g} s",
            "make the scene shorter or divide it in two, or choose a model that makes longer clips",
        )
    return enough[0]


def _size(
    found: Found, request: ClipRequest, asked: Mapping[str, Setting], *, framed: bool
) -> tuple[str, str, tuple[int, int], tuple[str, ...]]:
    """Resolution, shape and pixels: the shape that loses least, the smallest resolution that covers the canvas."""
    sizes = found.model.framed_sizes if framed and found.model.framed_sizes else found.model.sizes
    wanted = str(asked.get("resolution", ""))
    if wanted and wanted not in sizes:
        beginning = " for a clip that begins with a picture" if wanted in found.model.sizes else ""
        offered_names = f"write one of {', '.join(sizes)}" if sizes else "take `resolution:` out of `model:`"
        raise Refusal(f"{found.name} has no resolution '{wanted}'{beginning}", offered_names)
    if not sizes:
        return "", "", (request.width, request.height), ()
    offered = {wanted: sizes[wanted]} if wanted else sizes
    canvas = request.width / request.height

    def lost(size: tuple[int, int]) -> float:
        shape = size[0] / size[1]
        return 1 - min(shape, canvas) / max(shape, canvas)

    def falls_short(size: tuple[int, int]) -> float:
        return max(0.0, max(request.width / size[0], request.height / size[1]) - 1.001)

    every = [(name, aspect, size) for name, shapes in offered.items() for aspect, size in shapes.items()]
    name, aspect, size = min(
        every, key=lambda one: (round(lost(one[2]), 2), falls_short(one[2]), one[2][0] * one[2][1])
    )
    if framed and found.model.follows:
        return name, aspect, size, (f"{found.name} keeps the shape of the first picture",)
    cut = lost(size)
    note = f"{found.name} makes {aspect}; {round(cut * 100)} % of the picture is cut off for the canvas"
    return name, aspect, size, ((note,) if cut > _KEEP else ())


def _pictures(found: Found, request: ClipRequest) -> tuple[dict[str, str], tuple[float, ...]]:
    """The author's pictures by place, in the order of time; refuses those that the model would not look at."""
    scene, model = request.scene, found.model
    chosen: dict[str, str] = {}
    places: list[float] = []
    for frame in sorted(scene.keyframes, key=lambda frame: frame.at):
        if frame.layers or frame.depth or frame.mask:
            raise Refusal(
                f"scene '{scene.id}': {found.name} takes plain pictures only",
                "take `layers:`, `depth:` and `mask:` out of its `keyframes:`",
            )
        if frame.at == 0 and model.first and "first" not in chosen:
            chosen["first"] = frame.picture
        elif frame.at == 1 and model.last and "last" not in chosen:
            chosen["last"] = frame.picture
        elif 0 < frame.at < 1 and len(places) < model.middle:
            places.append(float(frame.at))
            chosen[f"middle-{len(places)}"] = frame.picture
        else:
            can = [word for word, able in (("start", model.first), ("end", model.last)) if able]
            can += [f"{model.middle} in between"] if model.middle else []
            raise Refusal(
                f"scene '{scene.id}': {found.name} takes no picture at {float(frame.at):g} of the clip",
                f"it takes one picture at each of: {', '.join(can)}"
                if can
                else "take `keyframes:` out: it reads words only",
            )
    if chosen and "first" not in chosen:
        raise Refusal(
            f"scene '{scene.id}': {found.name} takes a later picture only together with a first one",
            "add a picture `at: start`",
        )
    if not chosen and "text" not in model.modes:
        raise Refusal(f"{found.name} begins with a picture", "add a picture `at: start` under `keyframes:`")
    if model.pictures and len(chosen) > model.pictures:
        raise Refusal(f"{found.name} takes {model.pictures} pictures", "take some of `keyframes:` out")
    return chosen, tuple(places)


def _references(
    found: Found, request: ClipRequest, pictures: Mapping[str, str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The characters' pictures and those of the style that are sent, and what is said of those that are not."""
    model = found.model
    people = [name for part in request.scene.cast for name in part.character.references]
    every = tuple(dict.fromkeys((*people, *request.scene.look.examples)))
    whose = " and of the style" if request.scene.look.examples else ""
    if every and model.references and model.references_beside == ("words" if pictures else "frames"):
        beside = "without" if pictures else "beside"
        return (), (f"{found.name} looks at reference pictures of characters{whose} only {beside} `keyframes:`",)
    most = min(model.references, model.pictures - len(pictures)) if model.pictures else model.references
    if len(every) <= most:
        return every, ()
    return every[:most], (f"{found.name} looks at {most or 'no'} reference pictures of characters{whose}",)


def _sound(found: Found, request: ClipRequest, asked: Mapping[str, Setting]) -> bool:
    if "audio" in asked and found.model.audio != "toggle":
        can = "never makes" if found.model.audio == "none" else "always makes"
        raise Refusal(f"{found.name} {can} sound", "take `audio:` out of `model:`")
    if found.model.audio != "toggle":
        return found.model.audio == "always"
    return bool(asked.get("audio", False)) and request.scene.clip_sound


def _prompt(found: Found, request: ClipRequest) -> str:
    limit = found.model.prompt
    length = len(request.prompt.encode("utf-16-le")) // 2
    if limit and length > limit:
        raise Refusal(
            f"the prompt of scene '{request.scene.id}' has {length} characters, and {found.name} reads {limit}",
            "make the prompt shorter",
        )
    if not request.prompt.strip():
        raise Refusal(f"scene '{request.scene.id}' has no prompt", "say in `prompt:` what is seen")
    return request.prompt
