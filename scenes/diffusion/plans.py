"""From a scene to what a family really makes: frames, size, rate and segments, or a refusal with a remedy.

Pure arithmetic on data. Nothing of a request is dropped: what a family cannot honour is refused.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from projects.weights import Setting
from scenes.backend import ClipPlan, ClipRequest, Refusal
from scenes.diffusion.family import Family, Size, Takes

_MOST_SEGMENTS = 24
"""Segments of one scene: beyond it colours drift too far from the first."""

_FAR = 0.12
"""How far in shape (natural logarithm) a trained size may lie from the canvas before it is worth a note."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One run of the model: frames first..last (exclusive) of the clip; all but the first begin with a known frame."""

    first: int
    last: int

    @property
    def count(self) -> int:
        """How many frames the model makes."""
        return self.last - self.first


def planned(family: Family, request: ClipRequest, asked: Mapping[str, Setting]) -> ClipPlan:
    """The smallest plan that holds the scene. Raises Refusal for what the family cannot honour."""
    _honourable(family, request)
    if "prompt" in family.takes and not request.scene.prompt:
        raise Refusal(f"scene '{request.scene.id}': {family.title} needs words", "add `prompt:` to the scene")
    if request.frames < 1:
        raise Refusal(f"scene '{request.scene.id}' has no length", "give it a `length:`")
    keep = math.ceil(request.frames * family.rate / request.rate)
    runs = segments(family, keep, chained=chains(family, request, asked), scene=request.scene.id)
    size = _size(family, request, asked)
    notes = [family.note] if family.note else []
    if len(runs) > 1:
        notes.append(f"made in {len(runs)} segments, each going on from the last frame of the one before")
    if abs(math.log(size[0] / size[1]) - math.log(request.width / request.height)) > _FAR:
        why = "as asked" if asked.get("width") else f"which {family.title} knows best"
        notes.append(f"made at {size[0]}x{size[1]}, {why}, and cropped to the canvas")
    frames, rate = runs[-1].last, family.rate
    if any(frame.at == 1 for frame in request.scene.keyframes):
        # The author's last picture is the last one seen: spare frames are not cut off, but played a little faster.
        keep, rate = frames, rate * frames / keep
    return ClipPlan(frames, keep, size[0], size[1], rate, tuple(notes))


def chains(family: Family, request: ClipRequest, asked: Mapping[str, Setting]) -> bool:
    """Whether a scene that is too long for one run can go on from its own last frame."""
    return "start" in family.takes and (not family.parted or bool(request.scene.keyframes) or "start" in asked)


def segments(family: Family, keep: int, *, chained: bool, scene: str = "") -> list[Segment]:
    """The runs that make at least `keep` frames, the last one as short as may be.

    Raises Refusal where one run does not hold them and the family cannot go on from a picture.
    """
    longest = family.frames.longest
    if not longest or keep <= longest:
        return [Segment(0, family.frames.smallest(keep))]
    count = math.ceil((keep - 1) / (longest - 1))
    if not chained or count > _MOST_SEGMENTS:
        seconds = longest / family.rate
        parts = math.ceil(keep / longest)
        raise Refusal(
            f"scene '{scene}' lasts {float(keep / family.rate):.2f}s, and {family.title} makes at most "
            f"{float(seconds):.2f}s at once",
            f"split it into {parts} scenes of at most {float(seconds):.2f}s, joined by cuts",
        )
    runs = [Segment(n * (longest - 1), n * (longest - 1) + longest) for n in range(count - 1)]
    first = (count - 1) * (longest - 1)
    return [*runs, Segment(first, first + family.frames.smallest(keep - first))]


def wanted_of(request: ClipRequest) -> set[Takes]:
    """What a scene brings that a model must honour."""
    scene = request.scene
    wanted: set[Takes] = set()
    if request.prompt:
        wanted.add("prompt")
    if request.negative:
        wanted.add("negative")
    for frame in scene.keyframes:
        wanted.add("start" if frame.at == 0 else "end" if frame.at == 1 else "keyframes")
    return wanted


_ASKED_BY: Mapping[str, str] = {
    "prompt": "prompt",
    "negative": "negative",
    "start": "keyframes",
    "end": "keyframes",
    "keyframes": "keyframes",
}

_REMEDY: Mapping[str, str] = {
    "prompt": "take the words out, or choose another backend",
    "negative": "take `negative:` out of the scene",
    "start": "take the picture out of `keyframes:`, or choose a backend that begins with a picture (`wan`, `ltx`)",
    "end": "take the last picture out of `keyframes:`, or choose a backend that ends on a picture (`ltx`)",
    "keyframes": "leave only pictures at the start and the end, or choose a backend that takes any (`ltx`)",
}


def _honourable(family: Family, request: ClipRequest) -> None:
    """Refuse what the scene brings and the family would ignore. Words of the storyboard's own making are no demand."""
    scene = request.scene
    if scene.clip:
        raise Refusal(f"scene '{scene.id}': {family.title} would not use the scene's `clip:`", "take `clip:` out")
    for what in sorted(wanted_of(request) - family.takes):
        if what == "prompt" and not scene.prompt:
            continue
        called = {"start": "a picture at the start", "end": "a picture at the end"}.get(what, f"`{_ASKED_BY[what]}:`")
        raise Refusal(f"scene '{scene.id}': {family.title} cannot honour {called}", _REMEDY[what])
    layered = [frame.picture for frame in scene.keyframes if frame.layers or frame.depth or frame.mask]
    if layered:
        raise Refusal(
            f"scene '{scene.id}': {family.title} would not use the layers, depth or mask of {layered[0]}",
            "write only `picture:` and `at:`, or choose the backend `pictures`",
        )


def _size(family: Family, request: ClipRequest, asked: Mapping[str, Setting]) -> Size:
    """The size asked for under `model:`, else the trained one nearest to the canvas."""
    if not asked.get("width") and not asked.get("height"):
        return family.size_for(request.width, request.height)
    if not asked.get("width") or not asked.get("height"):
        raise Refusal(f"scene '{request.scene.id}': `model:` has only one of width and height", "write both, or none")
    size = int(asked["width"]), int(asked["height"])
    for name, length in zip(("width", "height"), size, strict=True):
        if length < family.multiple or length % family.multiple:
            near = max(family.multiple, round(length / family.multiple) * family.multiple)
            raise Refusal(
                f"scene '{request.scene.id}': {family.title} cannot make a {name} of {length}",
                f"write a multiple of {family.multiple}, such as {near}",
            )
    return size
