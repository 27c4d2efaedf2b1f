"""The step that cuts a take out of a clip that a hosted service has made: as footage is cut, held where it is short.

Knows one scene only, and no service.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from projects.steps import Artifact, Json, Work
from scenes.backend import ClipRequest
from scenes.clip import TakeRequest, make_take
from scenes.frames import I420, TAKE_PROFILE, write_film
from scenes.media import probe
from scenes.takes import take_pictures
from storyboard.errors import RenderError
from storyboard.film import NO_WISHES, Beat, Moments, Scene

BOUGHT = "bought"
"""The input that holds the clip, and the name under which the scene sees it as its footage."""

_CUTTER = "footage"


@dataclass(frozen=True, slots=True)
class BoughtTakeRequest:
    """A take of a clip that the backend `bought` has brought; the scene is one that shows footage."""

    bought: str
    clip: ClipRequest


def as_footage(scene: Scene) -> Scene:
    """The scene as one that shows its bought clip: without what was asked of the service to get it."""
    return replace(
        scene,
        backend=_CUTTER,
        model=(),
        clip=BOUGHT,
        clip_from=Fraction(0),
        keyframes=(),
        prompt="",
        negative="",
        place="",
        time="noon",
        weather="clear",
        shot="wide",
        camera="static",
        cast=(),
        moments=Moments(),
        things=(),
        extras=(),
        beats=(Beat(), Beat(), Beat()),
        unread=(),
        music=NO_WISHES,
    )


def make_bought_take(request: BoughtTakeRequest, work: Work, out: Path) -> Json:
    """Cut the take at `out`; facts as of `scenes.clip.make_take`, with the service's model.

    A clip that is shorter than its scene is held on its last picture, and that is said. Raises what `make_take` does.
    """
    bought, wanted = work.inputs[BOUGHT], request.clip
    info = probe(bought.path, f"the clip of {request.bought}")
    there = int((info.seconds + Fraction(1, 2) / wanted.rate) * wanted.rate) if info.seconds else wanted.frames
    cutting = replace(work, inputs={}, files={**work.files, BOUGHT: bought.path})
    if there >= wanted.frames:
        facts = make_take(TakeRequest(_CUTTER, wanted), cutting, out)
    else:
        facts = _held(wanted, max(1, there), cutting, out)
    notes = [str(note).replace(f"{BOUGHT} ", "the clip ") for note in facts["notes"]]
    model = f"{bought.facts['service']} {bought.facts['model']}"
    terms = "the service's own terms"
    return {**facts, "backend": request.bought, "makes": "generated", "notes": notes, "model": model, "licence": terms}


def _held(wanted: ClipRequest, there: int, work: Work, out: Path) -> dict[str, Json]:
    """As much of a take as there is, then its last picture."""
    short = out.with_name(f"short-{out.name}")
    facts = make_take(TakeRequest(_CUTTER, replace(wanted, frames=there)), work, short)
    take = Artifact("", short, facts)

    def pictures() -> Iterator[I420]:
        last = None
        for last in take_pictures(take):
            yield last
        if last is None:
            raise RenderError("the bought clip has no pictures")
        yield from itertools.repeat(last, wanted.frames - there)

    write_film(out, pictures(), wanted.width, wanted.height, wanted.rate, TAKE_PROFILE)
    short.unlink()
    missing = float((wanted.frames - there) / wanted.rate)
    told = f"the clip is {missing:.2f} s shorter than the scene: its last picture is held"
    kept = {name: fact for name, fact in facts.items() if name != "window"}
    return {**kept, "frames": wanted.frames, "taken": "coded", "notes": [*facts["notes"], told]}
