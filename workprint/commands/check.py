"""`workprint check`: every mistake and doubt of a storyboard at once, what they mean, and the mending of some."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from storyboard.errors import ExitCode
from workprint.commandline import COMMANDS
from workprint.options import json_option, project_argument
from workprint.streams import say, say_json


@click.command("check", help=COMMANDS["check"])
@project_argument
@click.option("--strict", is_flag=True, help="Let warnings count as errors.")
@click.option("--fix", is_flag=True, help="Mend what is safe to mend in the files; comments and layout stay.")
@click.option("--dry-run", is_flag=True, help="With --fix: write nothing, show what would change.")
@click.option("--explain", "code", metavar="CODE", help="Tell what a code such as W221 means, with examples.")
@click.option("--language", type=click.Choice(["en", "ru"]), help="Language of what is told; without it, the film's.")
@json_option
def command(
    path: Path | None, strict: bool, fix: bool, dry_run: bool, code: str | None, language: str | None, as_json: bool
) -> int:
    """Show every error and warning; the exit code is 3 when there are errors."""
    from projects.workspace import open_workspace
    from workprint.editors import refreshed_schema
    from workprint.findings import split
    from workprint.opening import placed
    from workprint.proofreading import prove, texts_of

    if code is not None:
        return _explain(code, path, language or "", as_json)
    if dry_run and not fix:
        raise click.UsageError("--dry-run goes with --fix.")
    workspace = open_workspace(path)
    texts = texts_of(workspace)
    changed: tuple[str, ...] = ()
    mended: list[dict[str, Any]] = []
    if fix:
        from workprint.mending import mend

        done = mend(workspace, texts, language or "")
        changed = done.changed
        found = prove(workspace, texts, language=language or "").diagnostics if dry_run else done.left
        mended = [one.as_json() for one in placed(done.mended, workspace.folder)]
        if not as_json:
            _show_mended(done.before, done.after, changed, len(mended), written=not dry_run)
        if not dry_run:
            _write(workspace, done.after, changed)
    else:
        found = prove(workspace, texts, language=language or "").diagnostics
    diagnostics = placed(found, workspace.folder)
    errors, warnings = split(diagnostics)
    if as_json:
        told = {
            "storyboard": str(workspace.storyboard),
            "errors": len(errors),
            "warnings": len(warnings),
            "diagnostics": [diagnostic.as_json() for diagnostic in diagnostics],
        }
        say_json({**told, "mended": mended, "written": [] if dry_run else list(changed)} if fix else told)
    else:
        _show(diagnostics, workspace.storyboard)
        if note := refreshed_schema(workspace):
            say(note, stderr=True)
    return ExitCode.STORYBOARD if errors or (strict and warnings) else ExitCode.OK


def _show(diagnostics: Any, storyboard: Path) -> None:
    from workprint.findings import show
    from workprint.opening import seen_from_here

    if diagnostics:
        show(diagnostics)
    else:
        say(f"{seen_from_here(storyboard)}: no mistakes found.")


def _show_mended(
    before: Mapping[str, bytes], after: Mapping[str, bytes], changed: tuple[str, ...], count: int, *, written: bool
) -> None:
    """What is changed, line by line."""
    from workprint.differences import show_difference
    from workprint.tables import counted

    for name in changed:
        show_difference(before[name], after[name], name, "mended")
    if count:
        say(f"{counted(count, 'finding')} {'mended' if written else 'can be mended'}.")
    else:
        say("There is nothing that is safe to mend.")


def _write(workspace: Any, after: Mapping[str, bytes], changed: tuple[str, ...]) -> None:
    """Write the changed files, whole or not at all; a link stays one, and rights stay as they are."""
    import stat

    from projects.disk import replace_bytes

    for name in changed:
        place = workspace.storyboard if name == workspace.storyboard.name else workspace.resolve_media(name)
        real = place.resolve()
        rights = stat.S_IMODE(real.stat().st_mode)
        replace_bytes(real, after[name])
        real.chmod(rights)


def _explain(code: str, path: Path | None, language: str, as_json: bool) -> int:
    """What a code means, and how to live with it."""
    from workprint.explaining import explained

    told = explained(code, path, language)
    if as_json:
        say_json(told.as_json())
    else:
        for line in told.lines():
            say(line)
    return ExitCode.OK
