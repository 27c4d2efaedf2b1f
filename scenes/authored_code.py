"""The author's own functions on pictures: loading one from a file of the project, and calling it with care.

What a function gives back is checked like a stranger's. Knows neither takes nor transitions. Whether code of a project
may run at all is decided before anything here is called (`scenes.treatments.trouble`).
"""

from __future__ import annotations

import hashlib
import importlib.util
import sys
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType
from typing import Any

from scenes.backend import Frame
from storyboard.errors import MissingError, RenderError
from storyboard.film import Treatment
from storyboard.treatments import code_of


@dataclass(frozen=True, slots=True)
class AuthoredFunction:
    """One function of the author's: `name` is `file.py:function`, `settings` its named arguments."""

    name: str
    path: Path
    call: Callable[..., Any]
    settings: Mapping[str, Any]


class _SourceOnly(SourceFileLoader):
    """Reads the source each time: nothing is written beside the author's file, and no older compilation is taken."""

    def get_code(self, fullname: str) -> CodeType:
        """The module's code, compiled now."""
        path = self.get_filename(fullname)
        code: CodeType = self.source_to_code(self.get_data(path), path)
        return code


def load_function(treatment: Treatment, files: Mapping[str, Path]) -> AuthoredFunction:
    """Load the function that a treatment names; this runs the file's own statements.

    `files` maps project-relative names to paths; the search path is left alone, so that a file imports installed
    packages and no neighbour. Raises MissingError where file or function is not there, RenderError where the file
    cannot be run.
    """
    file, name = code_of(treatment)
    path = files.get(file)
    if path is None:
        raise MissingError(f"the file '{file}' is not there", "put it into the project, or take the effect out")
    module_name = f"_workprint_authored_{hashlib.sha256(str(path).encode()).hexdigest()[:16]}"
    loader = _SourceOnly(module_name, str(path))
    spec = importlib.util.spec_from_file_location(module_name, path, loader=loader)
    if spec is None:
        raise RenderError(f"'{file}' cannot be loaded as Python", "name a file that ends in .py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[module_name] = module  # dataclasses and pickles look their module up while it is being run
    try:
        loader.exec_module(module)
    except (Exception, SystemExit) as problem:
        del sys.modules[module_name]
        raise _failed(file, "", path, problem) from problem
    call = vars(module).get(name)
    if not callable(call):
        raise MissingError(f"'{file}' has no function '{name}'", "mend the name after the colon")
    settings = {key: list(value) if isinstance(value, tuple) else value for key, value in treatment.settings}
    return AuthoredFunction(treatment.name, path, call, settings)


def retouch(function: AuthoredFunction, picture: Frame, seconds: float) -> Frame:
    """Give a picture (h x w x 3 uint8) and its time to `function(frame, t, **settings)`; checks what it returns."""
    return _called(function, picture.shape, picture, seconds)


def cross(function: AuthoredFunction, tail: Frame, head: Frame, progress: float) -> Frame:
    """Give two pictures and the progress to `function(tail, head, progress, **settings)`; checks what it returns."""
    return _called(function, tail.shape, tail, head, progress)


def _called(function: AuthoredFunction, shape: tuple[int, ...], *given: Any) -> Frame:
    import numpy as np

    file, _, name = function.name.rpartition(":")
    try:
        made = function.call(*given, **function.settings)
    except (Exception, SystemExit) as problem:
        raise _failed(file, name, function.path, problem) from problem
    if not isinstance(made, np.ndarray):
        raise RenderError(
            f"{function.name} returned {type(made).__name__}, not a picture", "return a numpy array: the frame"
        )
    if made.dtype != np.uint8 or made.shape != shape:
        raise RenderError(
            f"{function.name} returned {made.dtype} of shape {made.shape}",
            f"return uint8 of shape {shape}, as it was given",
        )
    return np.ascontiguousarray(made)


def _failed(file: str, name: str, path: Path, problem: BaseException) -> RenderError:
    """What went wrong in the author's file, and in which line of it."""
    within = [frame.lineno for frame in traceback.extract_tb(problem.__traceback__) if frame.filename == str(path)]
    line = problem.lineno if isinstance(problem, SyntaxError) else (within[-1] if within else None)
    place = f"{file}, line {line}" if line else file
    told = f"{type(problem).__name__}: {problem}" if str(problem) else type(problem).__name__
    return RenderError(f"{place}{f', in {name}' if name else ''}: {told}", "mend the function and run again")
