"""What goes to the terminal or into a pipe: safe text, colour only where wanted, JSON.

Names and titles come from strangers, so nothing that a terminal would obey is passed through. Knows no films.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import sys
from collections.abc import Iterator, Mapping
from enum import Enum
from numbers import Rational
from pathlib import Path
from typing import Any

import click

_OBEYED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""Control characters but tab and line feed, and those that turn the direction of text around."""


class ReaderGone(Exception):
    """Nobody reads the output any more. Not an OSError, because click would turn that into a plain exit."""


@contextlib.contextmanager
def closed_pipes_told() -> Iterator[None]:
    """Raise ReaderGone for a closed pipe."""
    try:
        yield
    except BrokenPipeError as problem:
        raise ReaderGone from problem


def plain(text: object) -> str:
    r"""The text with everything that a terminal would obey made visible (`\x1b`)."""
    return _OBEYED.sub(lambda found: found.group().encode("unicode_escape").decode("ascii"), str(text))


def one_line(text: object) -> str:
    """The text as one safe line, for cells of tables and names of files."""
    return plain(text).replace("\n", "\\n").replace("\t", " ")


def make_streams_safe() -> None:
    r"""Let standard output and error take any text: UTF-8, with `\udcff` for bytes of file names that are not text.

    A stream that was closed before the start takes everything and keeps nothing.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            # The lowest free number is given out, the stream's own: else a file opened later would get what is printed.
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def coloured(*, stderr: bool = False) -> bool:
    """Whether colour is wanted: on terminals, unless NO_COLOR is set or the terminal is dumb."""
    stream = sys.stderr if stderr else sys.stdout
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def say(text: object = "", *, style: Mapping[str, Any] | None = None, stderr: bool = False) -> None:
    """Write a line. `style` holds what `click.style` takes (`fg`, `bold`)."""
    line = plain(text)
    if style and coloured(stderr=stderr):
        line = click.style(line, **style)
    click.echo(line, err=stderr, color=True)


def say_json(value: Any) -> None:
    """Write plain data as JSON to standard output."""
    import json

    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=_as_json))


def _as_json(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Path | Rational):
        return str(value)
    if isinstance(value, set | frozenset):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")
