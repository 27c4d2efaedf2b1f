"""`workprint import`: a script that somebody wrote elsewhere, as a project to go on with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workprint.commandline import COMMANDS
from workprint.options import CutType, json_option
from workprint.streams import one_line, plain, say, say_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storyboard.film import Aspect
    from storyboard.scripts.adaptation import Adapted

KINDS = ("fountain", "fdx", "table", "shots", "play", "subtitles")
"""`storyboard.scripts.importing.FORMATS`, without loading them for the help."""


@click.command("import", help=COMMANDS["import"])
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
@click.argument("folder", type=click.Path(path_type=Path), metavar="[FOLDER]", required=False)
@click.option("--title", help="The film's title; left out, that of the script or of the file.")
@click.option("--language", help="What is spoken: en, ru ...; left out, its letters tell.")
@click.option(
    "--format", "kind", type=click.Choice(KINDS), help="What the file is; left out, its name or its text tells."
)
@click.option("--style", help="The film's look; left out, papercut.")
@click.option(
    "--cut", "cuts", type=CutType(), multiple=True, metavar="SHAPE", help="A cut of the film; left out, 16:9."
)
@json_option
def command(
    file: Path,
    folder: Path | None,
    title: str | None,
    language: str | None,
    kind: Any,
    style: str | None,
    cuts: tuple[Aspect, ...],
    as_json: bool,
) -> None:
    """Make a project of a script: Fountain, Final Draft, a shot list, a play or dialogue, or subtitles."""
    from projects.disk import disk_errors, replace_bytes
    from projects.workspace import new_workspace
    from storyboard import schema
    from storyboard.errors import MissingError, Severity, StoryboardError, UnreadableError
    from storyboard.load import read
    from storyboard.scripts.importing import LARGEST, import_script
    from storyboard.tidying import tidied
    from storyboard.writer import storyboard_text
    from workprint.commands.new import SCHEMA, with_schema_line
    from workprint.scripting import found, mistakes

    try:
        with file.open("rb") as source:
            data = source.read(LARGEST + 1)
    except OSError as problem:
        raise MissingError(f"'{file}' cannot be read: {problem.strerror}", "Name a script.") from problem
    try:
        adapted = import_script(data, file.name, kind=kind, language=language or "")
    except UnreadableError as problem:
        raise StoryboardError((mistakes(file, problem),)) from problem
    document = _wished(adapted.document, title, style, cuts)
    text = with_schema_line(tidied(storyboard_text(document, heading=f"From {file.name}"), "storyboard.yaml"))
    reading = read(text.encode("utf-8"), "storyboard.yaml")
    errors = tuple(one for one in reading.diagnostics if one.severity is Severity.ERROR)
    if reading.film is None or errors:
        raise StoryboardError(errors or reading.diagnostics)
    target = folder or Path(file.stem)
    with disk_errors(target.name):
        made = new_workspace(target, text)
        replace_bytes(made.folder / SCHEMA, schema.text().encode("utf-8"))
    told = found(reading.film)
    if as_json:
        remarks = [{"line": one.line, "text": one.text, "why": one.why} for one in adapted.remarks]
        say_json({"folder": str(made.folder), "storyboard": str(made.storyboard), **told, "not_understood": remarks})
        return
    _say(file, made.storyboard, told, adapted, made.folder)


def _wished(document: dict[str, Any], title: str | None, style: str | None, cuts: Sequence[Aspect]) -> dict[str, Any]:
    """The storyboard with what was asked for on the command line, keys in the order of the format."""
    wishes = {"title": title, "style": style, "cuts": [str(cut) for cut in cuts]}
    given = {**document, **{key: value for key, value in wishes.items() if value}}
    order = ("workprint", "title", "author", "credits", "language", "cuts", "style", "opening", "characters", "scenes")
    return {key: given[key] for key in order if key in given}


def _say(file: Path, storyboard: Path, told: dict[str, Any], adapted: Adapted, folder: Path) -> None:
    from workprint.tables import counted

    scenes, lines = counted(told["scenes"], "scene"), counted(told["lines"], "line")
    say(f"Made {plain(storyboard)}: {scenes}, {lines}, about {told['length']}.")
    for person in told["people"]:
        say(f"  {one_line(person['name'])}: {counted(person['lines'], 'line')}, {one_line(person['voice'])}")
    if adapted.remarks:
        say(f"Not taken over as it stands ({len(adapted.remarks)}):")
        for one in adapted.remarks:
            place = f"{plain(file)}:{one.line}" if one.line else plain(file)
            text = one_line(one.text)
            short = f"{text[:77]}..." if len(text) > 80 else text
            say(f"  {place}: {f'{short}: ' if short else ''}{one_line(one.why)}")
    say(f"Next: `workprint check {one_line(folder)}`, then `workprint render {one_line(folder)} --draft`.")
