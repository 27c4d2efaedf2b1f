"""The group of commands: table, help, suggestions, exit codes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import click
import pytest

from projects import installation
from storyboard.errors import ExitCode
from workprint.commandline import COMMANDS, EXITS, workprint

Run = Callable[..., Any]


@pytest.mark.parametrize("name", COMMANDS)
def test_table_tells_what_each_command_tells(name: str) -> None:
    """The short help of the table is the command's own help, and the command bears the table's name."""
    command = workprint.get_command(click.Context(workprint), name)
    assert command is not None
    assert (command.name, command.help) == (name, COMMANDS[name])


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_help(run: Run, name: str) -> None:
    """`workprint NAME --help` and `-h` show the usage and end well."""
    assert run(name, "--help").code == 0
    assert f"workprint {name}" in run(name, "-h").out


def test_help_lists_commands_and_exit_codes(run: Run) -> None:
    """The help of the whole names each command and each exit code with its meaning."""
    out = run("--help").out
    assert all(f"  {name} " in out for name in COMMANDS)
    assert all(f"  {int(code)} " in out for code in ExitCode)


def test_every_exit_code_has_a_meaning() -> None:
    """No exit code is left unexplained, and none is explained that does not exist."""
    assert set(EXITS) == set(ExitCode)


def test_version(run: Run) -> None:
    """`--version` names program and version."""
    answer = run("--version")
    assert (answer.code, answer.out.split()[0]) == (0, "workprint")


def test_unknown_command_gets_a_suggestion(run: Run) -> None:
    """A slip of the pen in a command's name is a usage error with the nearest name."""
    answer = run("rendr")
    assert answer.code == ExitCode.USAGE
    assert "Did you mean 'render'?" in answer.err


@pytest.mark.parametrize("arguments", [("--nonsense",), ("plan", "--nonsense"), ("use", "one"), ("use", "one", "0")])
def test_misunderstood_command_line_is_a_usage_error(run: Run, arguments: tuple[str, ...]) -> None:
    """Unknown options, missing arguments and numbers out of range give exit code 2 and nothing on standard output."""
    answer = run(*arguments)
    assert answer.code == ExitCode.USAGE
    assert "Error:" in answer.err
    assert answer.out == ""


def test_cut_is_read_by_the_storyboards_own_rules(run: Run, project: Any, studio: Any) -> None:
    """`9x16` is a cut as in a storyboard, `banana` is refused with what may be written."""
    assert run("plan", project, "--cut", "9x16").code == 0
    assert str(studio.orders[-1].cuts[0]) == "9:16"
    refused = run("plan", project, "--cut", "banana")
    assert refused.code == ExitCode.USAGE
    assert "16:9" in refused.err


def test_overwritten_installation_is_refused(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package that another distribution also owns stops every command with exit code 8 and a remedy."""
    monkeypatch.setattr(installation, "_owners", lambda: {"render": ["render"]})
    answer = run("samples")
    assert answer.code == ExitCode.BROKEN_INSTALL
    assert "Uninstall render" in answer.err
    assert answer.out == ""


def test_damaged_installation_is_refused(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the house cannot even be imported, the exit code is 8 too."""
    monkeypatch.setitem(sys.modules, "projects.installation", None)
    answer = run("samples")
    assert answer.code == ExitCode.BROKEN_INSTALL
    assert "--force-reinstall" in answer.err
