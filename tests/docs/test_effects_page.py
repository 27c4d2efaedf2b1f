"""The effects that `docs/how-to/transitions-and-effects.md` shows, run as they stand there."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from scenes.authored_code import cross, load_function, retouch
from scenes.backend import Frame
from scenes.treatments import trouble
from storyboard.load import read
from tests.docs.fences import HOUSE, fences

PAGE = HOUSE / "docs" / "how-to" / "transitions-and-effects.md"


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """The Python files of the page, by the name that its storyboards give them."""
    found = {}
    for fence in fences(PAGE):
        if "file" in fence.options:
            path = tmp_path / Path(fence.options["file"]).name
            path.write_text(fence.text, encoding="utf-8")
            found[fence.options["file"]] = path
    return found


def test_shown_functions_make_pictures(files: dict[str, Path]) -> None:
    """The storyboard's own settings go to the page's functions, and frames come back."""
    film = read(next(fence.text for fence in fences(PAGE) if "python:" in fence.text), "storyboard.yaml").checked()
    (grain,) = film.scenes[0].effects
    (blinds,) = film.scenes[0].transition.treatments
    dark: Frame = np.full((48, 64, 3), 60, np.uint8)
    light: Frame = np.full((48, 64, 3), 200, np.uint8)
    rough = retouch(load_function(grain, files), dark, 0.5)
    assert np.array_equal(rough, retouch(load_function(grain, files), dark, 0.5))
    assert 8 < rough.std() < 16
    shares = [cross(load_function(blinds, files), dark, light, progress).mean() for progress in (0.1, 0.5, 0.9)]
    assert shares == sorted(shares)
    assert 120 < shares[1] < 140


def test_shown_effects_of_moviepy_are_there() -> None:
    """Every effect of MoviePy's that the page names is one."""
    for fence in fences(PAGE):
        if fence.language == "yaml":
            film = read(fence.text, "storyboard.yaml").checked()
            named = [one for scene in film.scenes for one in (*scene.effects, *scene.transition.treatments)]
            assert trouble(named, allow_code=True) == ""
