"""Effects of a scene: MoviePy's by name, the author's own by file and function, with their settings."""

from __future__ import annotations

import pytest

from storyboard.film import Treatment
from storyboard.treatments import code_files, code_of
from tests.storyboard.conftest import Maker, Reader

SCENE = "scenes: [{{id: a, prompt: x, effects: {}}}]\n"


def test_effects_resolve_in_order(film: Maker) -> None:
    """A bare text is MoviePy's name; every other key is a setting, by name and plain."""
    written = "[MirrorX, {moviepy: Painting, saturation: 1.4}, {python: 'e/grain.py:grain', tint: [1, 2], amount: 0.2}]"
    assert film(SCENE.format(written)).scenes[0].effects == (
        Treatment("moviepy", "MirrorX"),
        Treatment("moviepy", "Painting", (("saturation", 1.4),)),
        Treatment("python", "e/grain.py:grain", (("amount", 0.2), ("tint", (1, 2)))),
    )


def test_a_scene_without_effects_has_none(film: Maker) -> None:
    """Nothing is done to a take unasked."""
    assert film("scenes: [{id: a, prompt: x}]\n").scenes[0].effects == ()


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("[mirror]", "E134"),
        ("[{moviepy: Painting, python: 'e.py:f'}]", "E155"),
        ("[{saturation: 2}]", "E155"),
        ("[{}]", "E155"),
        ("[{python: 'e.py'}]", "E134"),
        ("[{python: 'e.txt:f'}]", "E134"),
        ("[{python: '/e.py:f'}]", "E137"),
        ("[{python: 'e.py:__import__'}]", "E134"),
        ("[{python: 'e.py:f.g'}]", "E134"),
        ("[{moviepy: Painting, 'a b': 1}]", "E136"),
        ("[{moviepy: Painting, lambda: 1}]", "E136"),
        ("[{moviepy: Painting, a: {b: 1}}]", "E132"),
        (f"[{{moviepy: Painting, a: {list(range(65))}}}]", "E138"),
        (f"[{{moviepy: Painting, {', '.join(f'a{n}: 1' for n in range(41))}}}]", "E138"),
        ("MirrorX", "E132"),
    ],
)
def test_what_is_no_effect_is_refused(reading: Reader, written: str, code: str) -> None:
    """Hostile names, strange settings and lists without end are told with their place."""
    assert [one.code for one in reading(SCENE.format(written)).errors] == [code]


def test_the_files_of_own_code_are_known() -> None:
    """Only functions of the author's need files, each file once."""
    several = (
        Treatment("python", "e/a.py:f"),
        Treatment("moviepy", "MirrorX"),
        Treatment("python", "e/a.py:g"),
        Treatment("python", "b.py:f"),
    )
    assert code_of(several[0]) == ("e/a.py", "f")
    assert code_of(several[1]) == ("", "")
    assert code_files(several) == ("e/a.py", "b.py")
