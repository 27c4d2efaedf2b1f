"""The author's own functions: how they are loaded, and what happens when they go wrong."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from scenes.authored_code import cross, load_function, retouch
from scenes.backend import Frame
from storyboard.errors import MissingError, RenderError
from storyboard.film import Setting, Treatment

Write = Callable[[str], dict[str, Path]]
PICTURE: Frame = np.full((4, 6, 3), 100, np.uint8)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes the author's file and gives the step's files."""

    def put(text: str) -> dict[str, Path]:
        path = tmp_path / "effect.py"
        path.write_text(text, encoding="utf-8")
        return {"e/effect.py": path}

    return put


def own(**settings: Setting) -> Treatment:
    """The function `f` of the author's file."""
    return Treatment("python", "e/effect.py:f", tuple(settings.items()))


def test_a_function_is_called_with_its_settings(write: Write) -> None:
    """Settings come by name, lists as lists."""
    files = write("def f(frame, t, gain, plus):\n    return (frame * gain + sum(plus)).astype('uint8')\n")
    function = load_function(own(gain=2, plus=(1, 2)), files)
    assert retouch(function, PICTURE, 0.5)[0, 0, 0] == 203


def test_a_transition_gets_progress(write: Write) -> None:
    """Both pictures and how far it has come."""
    function = load_function(
        own(), write("def f(tail, head, progress):\n    return head if progress > 0.5 else tail\n")
    )
    other = PICTURE + np.uint8(50)
    assert cross(function, PICTURE, other, 0.4)[0, 0, 0] == 100
    assert cross(function, PICTURE, other, 0.6)[0, 0, 0] == 150


def test_a_view_becomes_a_picture_of_its_own(write: Write) -> None:
    """What is returned may be a flipped view; what is taken is contiguous."""
    function = load_function(own(), write("def f(frame, t):\n    return frame[:, ::-1]\n"))
    assert retouch(function, PICTURE, 0.0).flags.c_contiguous


def test_an_edited_file_is_read_again(write: Write) -> None:
    """The same file with other words of the same length is loaded as it is now."""
    text = "def f(frame, t):\n    return frame + frame.dtype.type(1)\n"
    assert retouch(load_function(own(), write(text)), PICTURE, 0)[0, 0, 0] == 101
    files = write(text.replace("(1)", "(2)"))
    assert retouch(load_function(own(), files), PICTURE, 0)[0, 0, 0] == 102


def test_loading_leaves_no_trace(write: Write, tmp_path: Path) -> None:
    """The search path stays as it is, no name of the author's can be imported, and nothing lies beside his file."""
    before = list(sys.path)
    files = write(
        "from dataclasses import dataclass\n@dataclass\nclass A:\n    x: 'int'\ndef f(frame, t):\n    return frame\n"
    )
    load_function(own(), files)
    assert sys.path == before
    assert "effect" not in sys.modules
    assert [path.name for path in tmp_path.iterdir()] == ["effect.py"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("x = 1\ndef f(frame, t):\n    return frame / none\n", r"e/effect\.py, line 3, in f: NameError"),
        (
            "def f(frame, t):\n    return g(frame)\ndef g(x):\n    raise ValueError('no')\n",
            r"line 4, in f: ValueError: no",
        ),
        ("def f(frame, t):\n    raise SystemExit(3)\n", r"line 2, in f: SystemExit: 3"),
        ("def f(frame):\n    return frame\n", r"in f: TypeError"),
        ("def f(frame, t):\n    return None\n", "returned NoneType, not a picture"),
        ("def f(frame, t):\n    return frame * 1.0\n", r"returned float64 of shape \(4, 6, 3\)"),
        ("def f(frame, t):\n    return frame[:2]\n", r"returned uint8 of shape \(2, 6, 3\)"),
        ("def f(frame, t):\n    return frame[..., 0]\n", r"returned uint8 of shape \(4, 6\)"),
    ],
)
def test_what_goes_wrong_in_a_function_is_told(write: Write, text: str, told: str) -> None:
    """File, line and function are named; the error is the house's."""
    function = load_function(own(), write(text))
    with pytest.raises(RenderError, match=told) as caught:
        retouch(function, PICTURE.copy(), 0.0)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("def f(frame, t:\n    return frame\n", r"e/effect\.py, line 1: SyntaxError"),
        ("x = 1\nraise RuntimeError('stop')\n", r"line 2: RuntimeError: stop"),
        ("import sys\nsys.exit(1)\n", r"line 2: SystemExit: 1"),
        ("from . import other\n", r"line 1: ImportError"),
        ("import effect_neighbour\n", r"line 1: ModuleNotFoundError"),
        ("\x00", r"e/effect\.py"),
    ],
)
def test_a_file_that_cannot_be_run_is_told(write: Write, tmp_path: Path, text: str, told: str) -> None:
    """Mistakes of the file itself are told with their line, and neighbours are not found."""
    (tmp_path / "effect_neighbour.py").write_text("x = 1\n", encoding="utf-8")
    with pytest.raises(RenderError, match=told):
        load_function(own(), write(text))


def test_a_missing_function_is_told(write: Write) -> None:
    """A file without the function, or no file at all, is something missing."""
    with pytest.raises(MissingError, match="has no function 'f'"):
        load_function(own(), write("f = 3\n"))
    with pytest.raises(MissingError, match="is not there"):
        load_function(own(), {})
