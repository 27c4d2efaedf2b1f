"""What a person sees when something goes wrong, and the exit code that goes with it.

A mistake is told with its remedy; a fault of the program leaves a log to send. Only this rim turns errors into numbers.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from storyboard.errors import ExitCode, StoryboardError, WorkprintError
from workprint.streams import ReaderGone, coloured, plain, say, say_json

DEBUG_VARIABLE = "WORKPRINT_DEBUG"
"""Set to 1, it shows the traceback on the screen instead of writing a log."""
BROKEN_PIPE = 141
"""What a shell reports for a program whose reader has gone (128 + SIGPIPE)."""

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EIO)
AGAIN = "Run the same command again to go on."
_ALARM: dict[str, Any] = {"fg": "red", "bold": True}


def tell(error: BaseException, arguments: Sequence[str], *, as_json: bool = False) -> int:
    """Say what went wrong, on standard error, or as JSON on standard output if that was asked for; gives the code."""
    try:
        return _tell(error, arguments, as_json=as_json)
    except OSError:
        # Nobody can be told any more; the code still tells the shell.
        return error.exit_code if isinstance(error, WorkprintError) else ExitCode.UNEXPECTED


def _tell(error: BaseException, arguments: Sequence[str], *, as_json: bool) -> int:
    if isinstance(error, click.exceptions.Exit):
        return error.exit_code
    if isinstance(error, click.ClickException):
        error.show()
        return error.exit_code
    if isinstance(error, KeyboardInterrupt | click.Abort):
        say(f"Stopped. {AGAIN}", stderr=True)
        return ExitCode.INTERRUPTED
    if isinstance(error, BrokenPipeError | ReaderGone):
        _let_go_of_output()
        return BROKEN_PIPE
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else ExitCode.UNEXPECTED
    if isinstance(error, WorkprintError):
        return _tell_mistake(error, as_json=as_json)
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        say(f"workprint: the output could not be written: {error.strerror}", stderr=True)
        _let_go_of_output()
        return ExitCode.DISK
    return _tell_fault(error, arguments)


def as_data(error: WorkprintError) -> dict[str, object]:
    """A mistake as plain data."""
    diagnostics = error.diagnostics if isinstance(error, StoryboardError) else ()
    return {
        "error": {
            "kind": type(error).__name__,
            "message": error.message,
            "hint": error.hint,
            "exit_code": int(error.exit_code),
            "diagnostics": [diagnostic.as_json() for diagnostic in diagnostics],
        }
    }


def _tell_mistake(error: WorkprintError, *, as_json: bool) -> int:
    if as_json:
        say_json(as_data(error))
    elif isinstance(error, StoryboardError):
        from workprint.findings import show

        show(error.diagnostics, stderr=True)
    else:
        told = click.style("workprint:", **_ALARM) if coloured(stderr=True) else "workprint:"
        click.echo(f"{told} {plain(error.message)}", err=True, color=True)
        hint = AGAIN if error.exit_code == ExitCode.INTERRUPTED else error.hint
        if hint:
            say(f"  {hint}", stderr=True)
    return error.exit_code


def _tell_fault(error: BaseException, arguments: Sequence[str]) -> int:
    """A fault of the program: a short word on screen, the traceback in a log."""
    import traceback

    story = "".join(traceback.format_exception(error))
    if os.environ.get(DEBUG_VARIABLE) == "1":
        say(story, stderr=True)
        return ExitCode.UNEXPECTED
    say(f"workprint: an unexpected fault: {type(error).__name__}: {str(error)[:300]}", style=_ALARM, stderr=True)
    try:
        log = _write_log(story, arguments)
    except OSError as problem:
        say(f"  No log could be written ({problem.strerror}); {DEBUG_VARIABLE}=1 shows the details.", stderr=True)
    else:
        say(f"  Please report this, with the details in {log}", stderr=True)
    return ExitCode.UNEXPECTED


def _write_log(story: str, arguments: Sequence[str]) -> Path:
    """Write the crash log into the user's cache, or where that may not be written into the temporary folder."""
    import platform
    import tempfile
    from datetime import UTC, datetime

    head = f"workprint, Python {platform.python_version()}, {platform.platform()}\narguments: {list(arguments)!r}\n\n"
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    for folder in (_cache_folder(), Path(tempfile.gettempdir())):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            # A fresh file that only the user can read: the folder may be shared, and arguments may be private.
            handle, name = tempfile.mkstemp(prefix=f"workprint-crash-{stamp}-", suffix=".log", dir=folder)
        except OSError as problem:
            refused = problem
            continue
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(head + story)
        return Path(name)
    raise refused


def _cache_folder() -> Path:
    home = os.environ.get("LOCALAPPDATA") if os.name == "nt" else os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "workprint"


def _let_go_of_output() -> None:
    """Keep the interpreter from writing to the closed pipe once more when it exits."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.__stdout__.fileno() if sys.__stdout__ else 1)
