"""Titles, lower thirds and credits keep out of what a platform lays over the picture."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from projects.fingerprint import canonical_text
from scenes.lettering import lettered, words_of
from scenes.lettering.free import free_area
from storyboard.film import Lettering, Scene
from storyboard.load import read
from storyboard.safe_area import WHOLE, SafeArea
from storyboard.safe_lettering import SafeLettering, kept_safe

SAFE = SafeArea(top=0.12, right=0.14, bottom=0.22, left=0.05)
SHAPES = ((320, 180), (180, 320), (240, 240))
ELEMENTS = (
    Lettering("title", ("A very long title of a film", "and what stands under it")),
    Lettering("lower third", ("Anna Petrova", "a botanist from far away")),
    Lettering("credits", tuple(f"Job {n}: Somebody {n}" for n in range(12))),
)


def scene(text: str) -> Scene:
    """A scene with words on its picture."""
    return read(f"workprint: 1\ntitle: x\nscenes: [{{id: a, place: park, length: 4s{text}}}]", "x").checked().scenes[0]


@pytest.mark.parametrize(("element", "size"), list(product(ELEMENTS, SHAPES)))
def test_words_lie_in_the_safe_area(element: Lettering, size: tuple[int, int]) -> None:
    """At no time is a letter under the buttons of a platform, on any shape."""
    width, height = size
    picture = np.zeros((height, width, 3), np.uint8)
    kept = SafeLettering(element.kind, element.lines, safe=SAFE)
    shown = False
    for seconds in (0.5, 2.0, 3.5):
        seen = np.asarray(lettered(picture, (kept,), seconds, 4.0)).max(axis=2) > 0
        rows, columns = np.flatnonzero(seen.any(axis=1)), np.flatnonzero(seen.any(axis=0))
        if rows.size:
            shown = True
            assert rows[0] >= round(SAFE.top * height)
            assert rows[-1] < round((1 - SAFE.bottom) * height)
            assert columns[0] >= round(SAFE.left * width)
            assert columns[-1] < round((1 - SAFE.right) * width)
    assert shown


def test_nothing_changes_where_nothing_lies_over_the_picture() -> None:
    """Without such an area a scene is the very same, so that no picture is made anew."""
    one = scene(", text: Hello")
    assert kept_safe(one, WHOLE) is one
    silent = scene("")
    assert kept_safe(silent, SAFE) is silent


def test_a_plain_title_is_kept_safe_too() -> None:
    """The scene's `text` becomes a title in the area, once, and enters what the take is known by."""
    one = scene(", text: Hello")
    kept = kept_safe(one, SAFE)
    assert words_of(kept) == (SafeLettering("title", ("Hello",), safe=SAFE),)
    assert canonical_text(kept) != canonical_text(one)
    assert canonical_text(kept_safe(one, replace(SAFE, top=0.2))) != canonical_text(kept)


def test_a_little_room_is_kept_at_both_sides() -> None:
    """Words stay in the middle of the picture where buttons at one side are narrow, and give way to wide ones."""
    even, aside = free_area(100, 100, SafeArea(right=0.1)), free_area(100, 100, SafeArea(right=0.3))
    assert (even.left, even.width) == (10, 80)
    assert (aside.left, aside.width) == (0, 70)
    assert free_area(100, 50, WHOLE) == replace(even, left=0, top=0, width=100, height=50)
