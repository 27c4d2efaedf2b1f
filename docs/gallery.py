"""Writes the gallery of transitions: `docs/reference/transitions.md` and a strip of pictures for each way they can go.

`python docs/gallery.py` writes both, `--check` exits with 1 when the page is stale or a strip is not there. Words come
from the transitions themselves; pictures are painted here, so their bytes may differ between machines and are not
compared.
"""

from __future__ import annotations

import argparse
import inspect
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
from prints import saved, small

from projects.installation import DISTRIBUTION
from projects.plugins import distribution_of, find, load
from render.transition import ANY_COLOUR, Transition, Way, chosen, transition
from render.transitions.matte import field_of
from scenes.backend import ClipBackend, ClipRequest, Frame
from scenes.frames import I420, i420_to_rgb, rgb_to_i420
from storyboard.film import Character, Fixed, Moments, Part, Scene, VoiceChoice
from storyboard.film import Transition as Written
from storyboard.vocabulary.transitions import MANNERS

DOCS = Path(__file__).resolve().parent
PAGE = DOCS / "reference" / "transitions.md"
PICTURES = DOCS / "pictures" / "transitions"
MATTE = "brush"
"""The name of the picture that the gallery's matte follows."""

SIZE, SHOWN = (640, 360), (176, 99)
"""What is painted and blended, and what a picture of a strip measures."""
FRAMES = 17
STEPS = (0.15, 0.35, 0.5, 0.65, 0.85)

_CAST = Part(
    Character("ada", "Ada", "heroine", "heroine", "a red coat", "", VoiceChoice("en/emma")), "walk", "happy", "left"
)
_OLD = Scene(
    id="forest",
    length=Fixed(Fraction(1)),
    place="forest",
    time="golden hour",
    weather="clear",
    shot="wide",
    camera="dolly in",
    style="papercut",
    prompt="",
    negative="",
    cast=(_CAST,),
    moments=Moments(),
    lines=(),
    sounds=(),
    transition=Written("cut", Fraction(0)),
    backend="animatic",
)
_NEW = replace(_OLD, id="street", place="city street", time="night", weather="rain", camera="pan left")
_COLOURS = ("black", "white")
_CODES = {"black": "#000000", "white": "#ffffff"}

Strip = tuple[str, str, str, bool]
"""One strip: its file's name, what an author writes, the option, and whether light is mixed."""


def strips(kind: Transition) -> Iterator[Strip]:
    """Every way that one transition can go."""
    name = kind.name
    if ANY_COLOUR in kind.options():
        for colour in _COLOURS:
            yield f"{name}-{colour}", f"transition: {name} {colour} 1s", _CODES[colour], False
        return
    if name == "matte":
        yield name, "transition: {kind: matte, picture: pictures/brush.png, softness: 0.2, length: 1s}", "", False
        return
    length = "" if name == "cut" else " 1s"
    for option in kind.options() or ("",):
        words = " ".join(filter(None, (name, option)))
        yield words.replace(" ", "-"), f"transition: {words}{length}", option, False
    if name in ("crossfade", "blur"):
        yield f"{name}-linear", f"transition: {name} linear 1s", "", True


def kinds() -> list[Transition]:
    """The transitions of the house, in the order of the format."""
    own = [name for name, entry in find("workprint.transitions").items() if distribution_of(entry) == DISTRIBUTION]
    order = list(MANNERS)
    return [
        transition(name) for name in sorted(own, key=lambda name: order.index(name) if name in order else len(order))
    ]


def page() -> str:
    """The page: for every transition what it is, what is written, and what is seen."""
    parts = [
        "<!-- Written by docs/gallery.py; change the transitions and run it. -->\n",
        "# The gallery of transitions\n",
        "Each strip goes from one scene to the next in five of seventeen frames. How to write them, in English and in",
        "Russian, with sounds and with effects of your own, stands in",
        "[transitions and effects](../how-to/transitions-and-effects.md).\n",
    ]
    for kind in kinds():
        parts.append(f"## {kind.name}\n")
        parts.append(f"{inspect.getdoc(type(kind))}\n")
        if kind.name in MANNERS and MANNERS[kind.name].linear:
            parts.append("It may mix in linear light: write `linear`.\n")
        for file, words, _, _ in strips(kind):
            parts.append(f"`{words}`\n")
            parts.append(f"![{file.replace('-', ' ')}](../pictures/transitions/{file}.jpg)\n")
        if kind.name == "matte":
            parts.append("The picture that it follows here:\n")
            parts.append(f"![strokes of a brush, dark at the top](../pictures/transitions/{MATTE}.jpg)\n")
    return "\n".join(parts)


def names() -> list[str]:
    """The files of all pictures on the page."""
    return [f"{file}.jpg" for kind in kinds() for file, *_ in strips(kind)] + [f"{MATTE}.jpg"]


def brush() -> Frame:
    """A grey picture to follow: strokes of a broad brush, to and fro from the top down, with uneven hairs."""
    width, height = SIZE
    random = np.random.default_rng(11)
    place = np.arange(height) * 6 / height
    stroke = np.floor(place)[:, np.newaxis]
    along = np.linspace(0, 1, width)[np.newaxis, :]
    hairs = cv2.GaussianBlur(random.random((height, 16)), (0, 0), 1.5)
    ragged = cv2.resize(hairs, SIZE, interpolation=cv2.INTER_CUBIC) * 0.5
    shown = stroke + np.where(stroke % 2 == 1, 1 - along, along) + ragged
    shown = (shown - shown.min()) / np.ptp(shown)
    return np.repeat(np.rint(shown * 255).astype(np.uint8)[..., np.newaxis], 3, axis=2)


def painted(scene: Scene) -> list[I420]:
    """A short clip of a scene, coded as films are."""
    backend: ClipBackend = load("workprint.clips", "animatic")()
    request = ClipRequest(scene, "", "", FRAMES + 2, Fraction(24), *SIZE, seed=3, take=1, characters=("ada",))
    plan = backend.quantise(request)
    backend.prepare((plan,))
    try:
        clip = backend.generate(request, plan, lambda _part: None, lambda: False)
        return [rgb_to_i420(np.ascontiguousarray(frame)) for frame in clip.frames]
    finally:
        backend.release()


def draw(folder: Path) -> None:
    """Paint every strip anew."""
    folder.mkdir(parents=True, exist_ok=True)
    old, new = painted(_OLD), painted(_NEW)
    saved(folder / f"{MATTE}.jpg", small(brush(), SHOWN))
    for kind in kinds():
        for file, _, option, linear in strips(kind):
            way = Way(chosen(kind, option), linear, field_of(brush(), *SIZE), 0.2, 1 / (FRAMES + 1))
            places = [round(step * (FRAMES + 1)) for step in STEPS]
            shown = [i420_to_rgb(kind.blend(old[at], new[at], at * way.step, way)) for at in places]
            saved(folder / f"{file}.jpg", np.hstack([small(picture, SHOWN) for picture in shown]))


def stale() -> list[str]:
    """What is to be made again: the page, where its words have changed, and strips that are not there."""
    text = PAGE.read_text(encoding="utf-8") if PAGE.is_file() else ""
    told = [f"{PAGE.name} is stale"] if text != page() else []
    return told + [f"the picture {name} is not there" for name in names() if not (PICTURES / name).is_file()]


def main(arguments: Sequence[str] | None = None) -> int:
    """Write page and pictures, or with `--check` only look at them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 when something is stale")
    if parser.parse_args(arguments).check:
        told = stale()
        sys.stdout.write("".join(f"docs/gallery.py: {one}: run it\n" for one in told))
        return 1 if told else 0
    PAGE.write_text(page(), encoding="utf-8")
    draw(PICTURES)
    return 0


if __name__ == "__main__":
    sys.exit(main())
