"""What can go wrong, said so that a person can mend it.

One root exception with an exit code per kind, and `Diagnostic`, the form in which every mistake of a written
file is reported. The library raises; only the command line exits. Knows nothing of disks or processes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import Any


class ExitCode(IntEnum):
    """What a shell sees: one number per kind of outcome."""

    OK = 0
    UNEXPECTED = 1
    """A fault of the program itself; a report is asked for."""
    USAGE = 2
    """The command line was not understood (click's own code)."""
    STORYBOARD = 3
    """The storyboard has mistakes; each was shown with its place."""
    MISSING = 4
    """Something that the film needs is not there: a file, a program, a voice, a model, a key."""
    RENDER_FAILED = 5
    """At least one step failed; everything that was finished is kept."""
    BUSY = 6
    """Another render holds this project."""
    DISK = 7
    """The disk is full or may not be written; everything that was finished is kept."""
    BROKEN_INSTALL = 8
    """Another distribution has overwritten a part of workprint."""
    INTERRUPTED = 130
    """Stopped by the user; the same command goes on where it stopped."""


class Severity(Enum):
    """How much a diagnostic matters: an error stops the work, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """One mistake or doubt, with its place and its remedy.

    `line` and `column` count from 1 and count characters; 0 means "the file as a whole".
    `code` is stable and short (`E101`, `W204`), so that it can be looked up and switched off.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        """`file:line:column: error E101: what is wrong; remedy`."""
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        hint = f"; {self.hint}" if self.hint else ""
        return f"{place}: {self.severity.value} {self.code}: {self.message}{hint}"

    def as_json(self) -> dict[str, Any]:
        """The same as plain data, for `--json`."""
        return {
            "path": self.path,
            "line": self.line,
            "column": self.column,
            "code": self.code,
            "severity": self.severity.value,
            "message": self.message,
            "hint": self.hint,
        }


class WorkprintError(Exception):
    """Anything that workprint reports to a person rather than as a traceback.

    `message` says what is wrong and where; `hint` says what to do about it.
    """

    exit_code = ExitCode.UNEXPECTED

    def __init__(self, message: str, hint: str = "") -> None:
        """Keep both parts apart, so that a console can set them differently."""
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        """The message, and the remedy on a line of its own."""
        return f"{self.message}\n  {self.hint}" if self.hint else self.message


class StoryboardError(WorkprintError):
    """The storyboard has mistakes: all of them, gathered in one run."""

    exit_code = ExitCode.STORYBOARD

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        """Carry every diagnostic, in the order of the file."""
        super().__init__("\n".join(str(d) for d in diagnostics))
        self.args = (diagnostics,)
        self.diagnostics = diagnostics


class UnreadableError(WorkprintError):
    """A written value (a time, a level, a path, a word) cannot be read as what its key asks for.

    `code` is the code of the diagnostic that it becomes once its place in the file is known.
    """

    exit_code = ExitCode.STORYBOARD

    def __init__(self, message: str, hint: str = "", code: str = "E134") -> None:
        """Keep the code beside message and hint."""
        super().__init__(message, hint)
        self.code = code


class MissingError(WorkprintError):
    """A file, program, voice, model or key that the film needs is not there."""

    exit_code = ExitCode.MISSING


class RenderError(WorkprintError):
    """A step could not be carried out."""

    exit_code = ExitCode.RENDER_FAILED


class BusyError(WorkprintError):
    """Another process is rendering this project."""

    exit_code = ExitCode.BUSY


class DiskError(WorkprintError):
    """The disk is full, or the project may not be written."""

    exit_code = ExitCode.DISK


class InterruptedRender(WorkprintError):
    """The user stopped the render; what was finished is kept."""

    exit_code = ExitCode.INTERRUPTED
