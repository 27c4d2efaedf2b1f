"""Writes the gallery of the vocabulary: `docs/reference/vocabulary-gallery.md` and its contact sheets.

`python docs/vocabulary_gallery.py` writes all, `... styles emotions` paints only those sheets, `--check` exits with 1
when the page is stale or a sheet is not there. Pictures are painted here, so their bytes may differ between machines
and are not compared.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import cv2
from prints import Strip, contact_sheet, saved, small
from vocabulary_sheets import SECONDS, SHEETS, Sheet, View

from scenes.backend import ClipRequest, Frame
from scenes.backends.animatic.projection import Projector
from scenes.backends.animatic.stage import stage_of
from scenes.post.cubes import grader
from scenes.post.looks import cube_of

DOCS = Path(__file__).resolve().parent
PAGE = DOCS / "reference" / "vocabulary-gallery.md"
PICTURES = DOCS / "pictures" / "vocabulary"
FRAMES, RATE = 24 * SECONDS, Fraction(24)
FINE = 1.5
"""How much larger a picture is painted than it is shown."""
SEED = 3


def page() -> str:
    """The page: for every kind of word where it is written, what is seen, and the words in both languages."""
    parts = [
        "<!-- Written by docs/vocabulary_gallery.py; change the vocabulary or the sheets and run it. -->\n",
        "# The vocabulary in pictures\n",
        "What the embedded painter makes of [the words it knows](vocabulary.md), each under its English and Russian",
        "name. More places and styles: [a new place](../how-to/new-place.md), [a new style](../how-to/new-style.md).\n",
    ]
    for sheet in SHEETS:
        words = ", ".join(f"{english} ({russian})" for english, russian in sheet.words())
        parts += [f"## {sheet.title}\n", f"{sheet.said}\n"]
        parts += [f"![{sheet.title.lower()}: {words}](../pictures/vocabulary/{sheet.name}.jpg)\n"]
    return "\n".join(parts)


def printed(sheet: Sheet) -> Frame:
    """A sheet with all its words."""
    strips = []
    for english, russian in sheet.words():
        pictures = [small(frame, sheet.size) for view in sheet.views(english) for frame in painted(view, sheet.size)]
        strips.append(Strip(f"{english} · {russian}", tuple(pictures)))
    return contact_sheet(strips, sheet.columns)


def painted(view: View, size: tuple[int, int]) -> list[Frame]:
    """A scene at some of its moments, larger than it will be shown, under its grade."""
    scene, parts = view
    width, height = (2 * round(side * FINE / 2) for side in size)
    who = tuple(part.character.id for part in scene.cast)
    request = ClipRequest(scene, "", "", FRAMES, RATE, width, height, seed=SEED, take=1, characters=who)
    projector = Projector(stage_of(request), request)
    frames = [projector.picture(round(part * (FRAMES - 1))).copy() for part in parts]
    if not scene.post.grade:
        return frames
    look = grader(cube_of(scene.post.grade))
    return [look(frame) for frame in frames]


def stale() -> list[str]:
    """What is to be made again: the page, where its words have changed, and sheets that are not there."""
    text = PAGE.read_text(encoding="utf-8") if PAGE.is_file() else ""
    told = [f"{PAGE.name} is stale"] if text != page() else []
    names = [f"{sheet.name}.jpg" for sheet in SHEETS]
    return told + [f"the picture {name} is not there" for name in names if not (PICTURES / name).is_file()]


def main(arguments: Sequence[str] | None = None) -> int:
    """Write page and sheets, or with `--check` only look at them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 when something is stale")
    known = [sheet.name for sheet in SHEETS]
    parser.add_argument("sheets", nargs="*", metavar="SHEET", help=f"paint only these of {', '.join(known)}")
    asked = parser.parse_args(arguments)
    unknown = [name for name in asked.sheets if name not in known]
    if unknown:
        parser.error(f"no sheet is called {', '.join(unknown)}; there are {', '.join(known)}")
    if asked.check:
        told = stale()
        sys.stdout.write("".join(f"docs/vocabulary_gallery.py: {one}: run it\n" for one in told))
        return 1 if told else 0
    cv2.setNumThreads(1)
    PAGE.write_text(page(), encoding="utf-8")
    PICTURES.mkdir(parents=True, exist_ok=True)
    for sheet in SHEETS:
        if not asked.sheets or sheet.name in asked.sheets:
            saved(PICTURES / f"{sheet.name}.jpg", printed(sheet))
    return 0


if __name__ == "__main__":
    sys.exit(main())
