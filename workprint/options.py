"""Arguments and options that several commands share, and what they mean for the whole run.

Knows no films; shapes of cuts are read by the storyboard's own rules.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(slots=True)
class Wishes:
    """What holds for the whole run of a command: whether its answer is to be JSON, errors included."""

    as_json: bool = False


class CutType(click.ParamType):  # type: ignore[type-arg]  # generic only in the type stubs of newer versions
    """A cut such as `9:16`."""

    name = "cut"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The written cut as an Aspect."""
        from storyboard.errors import UnreadableError
        from storyboard.measures import aspect

        if not isinstance(value, str):
            return value
        try:
            return aspect(value)
        except UnreadableError as problem:
            self.fail(f"{problem.message}; {problem.hint}", param, ctx)


def project_argument(function: Function) -> Function:
    """`[PATH]`: the project's folder or its storyboard."""
    return click.argument("path", required=False, type=click.Path(path_type=Path), metavar="[PATH]")(function)


def project_option(function: Function) -> Function:
    """`-p/--project`, for commands whose argument is a scene."""
    return click.option(
        "-p",
        "--project",
        "path",
        type=click.Path(path_type=Path),
        help="The project's folder or storyboard; without it, the one around the current folder.",
    )(function)


def cuts_option(function: Function) -> Function:
    """`--cut`, several times."""
    return click.option(
        "--cut",
        "cuts",
        type=CutType(),
        multiple=True,
        metavar="SHAPE",
        help="Only this cut, for example 9:16; may be given several times.",
    )(function)


def scenes_option(function: Function) -> Function:
    """`--scene`, several times."""
    return click.option(
        "--scene",
        "scenes",
        multiple=True,
        metavar="ID",
        help="Only this scene, as a clip of its own; may be given several times.",
    )(function)


def code_option(function: Function) -> Function:
    """`--allow-code`: the person's consent to run Python that the project brings."""
    return click.option(
        "--allow-code",
        is_flag=True,
        envvar="WORKPRINT_ALLOW_CODE",
        show_envvar=True,
        help="Run the project's own Python where effects name it; only for projects that you trust.",
    )(function)


def json_option(function: Function) -> Function:
    """`--json`: the answer as JSON on standard output, errors too."""
    return click.option(
        "--json", "as_json", is_flag=True, is_eager=True, callback=_remember_json, help="Answer in JSON, errors too."
    )(function)


def _remember_json(ctx: click.Context, param: click.Parameter, value: bool) -> bool:
    del param
    if isinstance(ctx.obj, Wishes):
        ctx.obj.as_json = value
    return value
