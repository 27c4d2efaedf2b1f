"""Diagnostics for people: one line each, errors before warnings, with a summary.

The lines have the form `file:line:column: ...` that editors jump to. Knows nothing of how they were found.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from storyboard.errors import Diagnostic, Severity
from workprint.streams import say

_STYLES: dict[Severity, dict[str, Any]] = {Severity.ERROR: {"fg": "red"}, Severity.WARNING: {"fg": "yellow"}}


def split(diagnostics: Sequence[Diagnostic]) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """Errors and warnings, each in the order of the file."""
    errors = [diagnostic for diagnostic in diagnostics if diagnostic.severity is Severity.ERROR]
    warnings = [diagnostic for diagnostic in diagnostics if diagnostic.severity is Severity.WARNING]
    return errors, warnings


def show(diagnostics: Sequence[Diagnostic], *, stderr: bool = False) -> None:
    """Write the errors, then the warnings, then how many there are."""
    errors, warnings = split(diagnostics)
    for diagnostic in (*errors, *warnings):
        place = f"{diagnostic.path}:{diagnostic.line}:{diagnostic.column}" if diagnostic.line else diagnostic.path
        word = f"{diagnostic.severity.value} {diagnostic.code}"
        say(f"{place}: {word}: {diagnostic.message}", style=_STYLES[diagnostic.severity], stderr=stderr)
        if diagnostic.hint:
            say(f"    {diagnostic.hint}", stderr=stderr)
    say(summary(len(errors), len(warnings)), style={"bold": True}, stderr=stderr)


def beyond(notes: Iterable[str], diagnostics: Sequence[Diagnostic]) -> list[str]:
    """The notes that do not merely repeat a diagnostic, each once."""
    repeated = {str(diagnostic) for diagnostic in diagnostics}
    return [note for note in dict.fromkeys(notes) if note not in repeated]


def summary(errors: int, warnings: int) -> str:
    """`2 errors, 1 warning`."""
    if not errors and not warnings:
        return "No mistakes found."
    return ", ".join(f"{count} {word}{'' if count == 1 else 's'}" for count, word in _counted(errors, warnings))


def _counted(errors: int, warnings: int) -> list[tuple[int, str]]:
    return [(count, word) for count, word in ((errors, "error"), (warnings, "warning")) if count]
