"""The `workprint` command: a group whose commands are files that are loaded only when they are used.

The table below gives `--help` its short texts without loading any of them. Knows no films.
"""

from __future__ import annotations

import keyword
from importlib import import_module
from typing import Any

import click

from storyboard.errors import ExitCode, WorkprintError
from workprint.streams import closed_pipes_told

REINSTALL = "Run `pip install --force-reinstall workprint`, best in an environment of its own."

COMMANDS: dict[str, str] = {
    "new": "Make a project: a folder with a storyboard to begin with.",
    "draft": "Have a first storyboard written after an idea, by a language model of your choice.",
    "import": "Make a project of a script: Fountain, Final Draft, shot list, play, subtitles.",
    "check": "Show every mistake and doubt about a storyboard, each with its place and remedy; mend what is safe.",
    "format": "Tidy a storyboard: order, indentation, quotes and empty lines; comments stay.",
    "schema": "Write the schema by which editors complete and check a storyboard.",
    "presets": "List, keep and copy styles and templates of prompts that films share.",
    "plan": "Show what a render would do, and why.",
    "render": "Make the film, or only what has changed since the last time.",
    "watch": "Check at every save, and draw a draft of what changed.",
    "status": "Show in short how a project stands.",
    "retake": "Plan another take of a scene, with another seed.",
    "takes": "List the takes of a scene.",
    "use": "Choose the take of a scene that the film shows.",
    "prompts": "Show and search the prompts of every take ever made, and of everything that was bought.",
    "why": "Explain why a scene has to be made again.",
    "credits": "List everything that a film uses, with names, licences and attributions.",
    "captions": "Write captions as files, in every language, or the file that a translator gets.",
    "stems": "Write dialogue, music and effects apart, for an editor.",
    "deliver": "Make the film as each place wants it: platforms, the web, a master, previews, pictures.",
    "export": "Write the cut for editors (OpenTimelineIO, Final Cut Pro, EDL), or the script.",
    "stage": "Write how the painter stages a scene, as JSON or as pictures that models keep to.",
    "sheet": "Draw a contact sheet of the takes made so far.",
    "report": "Write a page that shows the film: pictures, timeline, sound, captions, figures, takes, receipts.",
    "services": "List hosted services and their models: what they can do, what they cost, what is retired.",
    "quota": "Show what was bought at hosted services in this month, and what the quotas leave.",
    "doctor": "Look whether this machine has all that films need.",
    "backends": "List the makers of clips, voices, scores and transitions.",
    "voices": "List the voices that can speak here, or let them speak.",
    "samples": "List the films that come with workprint.",
    "vocabulary": "Print every word that a storyboard may use, in English or Russian.",
    "cache": "Show or reduce the space that a project takes.",
}
"""Every command and its short help, in the order in which a film is made."""

EXITS: dict[ExitCode, str] = {
    ExitCode.OK: "all went well",
    ExitCode.UNEXPECTED: "a fault of the program itself",
    ExitCode.USAGE: "the command line was not understood",
    ExitCode.STORYBOARD: "the storyboard has mistakes",
    ExitCode.MISSING: "something needed is not there: a file, a program, a voice, a model, a key",
    ExitCode.RENDER_FAILED: "a step failed; what was finished is kept",
    ExitCode.BUSY: "another render holds this project",
    ExitCode.DISK: "the disk is full or may not be written",
    ExitCode.BROKEN_INSTALL: "another distribution has overwritten a part of workprint",
    ExitCode.INTERRUPTED: "stopped by the user; the same command goes on from there",
}
"""What each exit code tells a shell."""


class DamagedInstallError(WorkprintError):
    """A part of the house cannot be imported."""

    exit_code = ExitCode.BROKEN_INSTALL


class LazyCommands(click.Group):
    """A group that imports `workprint.commands.NAME` when NAME is used, and not before."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Read the arguments, which may write the help."""
        with closed_pipes_told():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that the arguments name."""
        with closed_pipes_told():
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the table's order."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now; None where the table has none."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        # A word of Python cannot be the name of a module.
        module = f"{cmd_name}_" if keyword.iskeyword(cmd_name) else cmd_name
        found: click.Command = import_module(f"workprint.commands.{module}").command
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments name; raises UsageError with a suggestion for an unknown one."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            import difflib

            near = difflib.get_close_matches(name, COMMANDS, n=1)
            hint = f"Did you mean '{near[0]}'?" if near else "`workprint --help` lists all commands."
            raise click.UsageError(f"There is no command '{name}'. {hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands from the table, so that no command is loaded for it."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The exit codes."""
        del ctx
        with formatter.section("Exit codes"):
            formatter.write_dl([(str(int(code)), meaning) for code, meaning in EXITS.items()])


@click.group(cls=LazyCommands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="workprint", prog_name="workprint", message="%(prog)s %(version)s")
def workprint() -> None:
    """Turn a written storyboard into a finished film, and redo only what changed.

    Begin with `workprint new my-film`, then `workprint render my-film`.
    """
    refuse_broken_installation()


def refuse_broken_installation() -> None:
    """Raise an error with exit code 8 when another distribution has overwritten a part of the house.

    Called before every command, but not for `--help`: reading the metadata of all distributions takes its time.
    """
    try:
        from projects.installation import check_installation
    except (ImportError, SyntaxError) as problem:
        raise DamagedInstallError(f"a part of workprint is missing or damaged: {problem}", REINSTALL) from problem
    check_installation()
