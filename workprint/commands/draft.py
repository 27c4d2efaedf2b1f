"""`workprint draft`: a first storyboard from an idea, by a language model."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workprint.commandline import COMMANDS
from workprint.options import CutType, json_option
from workprint.streams import one_line, plain, say, say_json

if TYPE_CHECKING:
    from storyboard.film import Aspect
    from workprint.drafting.writer import Writer


@click.command("draft", help=COMMANDS["draft"])
@click.argument("idea")
@click.argument("folder", type=click.Path(path_type=Path), metavar="[FOLDER]", required=False)
@click.option("--scenes", type=click.IntRange(1, 60), default=8, show_default=True, help="How many scenes.")
@click.option("--model", required=True, help="A model's folder or repository on this machine, or its name there.")
@click.option("--revision", default="", help="The commit of a repository's weights.")
@click.option("--endpoint", help="An address that speaks OpenAI's form, such as http://localhost:11434/v1.")
@click.option(
    "--key-from", default="OPENAI_API_KEY", show_default=True, metavar="VARIABLE", help="What holds the endpoint's key."
)
@click.option("--language", type=click.Choice(["en", "ru"]), default="en", show_default=True, help="What is spoken.")
@click.option("--style", help="The film's look; left out, papercut.")
@click.option(
    "--cut", "cuts", type=CutType(), multiple=True, metavar="SHAPE", help="A cut of the film; left out, 16:9."
)
@click.option("--wish", "wishes", multiple=True, help="A further sentence about the film; may be given several times.")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="Fixes chance.")
@click.option("--yes", is_flag=True, help="Send the idea to another machine without asking.")
@json_option
def command(
    idea: str,
    folder: Path | None,
    scenes: int,
    model: str,
    revision: str,
    endpoint: str | None,
    key_from: str,
    language: str,
    style: str | None,
    cuts: tuple[Aspect, ...],
    wishes: tuple[str, ...],
    seed: int,
    *,
    yes: bool,
    as_json: bool,
) -> None:
    """Have a storyboard written after an idea; it is checked, repaired and marked as a draft."""
    from projects.disk import disk_errors, replace_bytes
    from projects.workspace import new_workspace
    from storyboard import schema
    from storyboard.errors import Severity, StoryboardError
    from storyboard.load import read
    from storyboard.scripts.names import slug
    from workprint.commands.new import with_schema_line
    from workprint.drafting.draft import draft
    from workprint.editors import SCHEMA
    from workprint.scripting import found
    from workprint.tables import counted

    if not idea.strip():
        raise click.UsageError("Write an idea: a sentence or two of what the film is about.")
    writer = _writer(model, revision, endpoint, key_from, yes=yes)
    head: dict[str, Any] = {"cuts": [str(cut) for cut in cuts], "style": style}
    wished = {key: value for key, value in head.items() if value}
    made = draft(writer, idea[:4000], scenes, language=language, seed=seed, wishes=wishes, head=wished)
    text = with_schema_line(made.text)
    reading = read(text, "storyboard.yaml")
    errors = tuple(one for one in reading.diagnostics if one.severity is Severity.ERROR)
    if reading.film is None or errors:
        raise StoryboardError(errors or reading.diagnostics)
    target = folder or Path(slug(reading.film.title) or "draft")
    with disk_errors(target.name):
        project = new_workspace(target, text)
        replace_bytes(project.folder / SCHEMA, schema.text().encode("utf-8"))
    told = found(reading.film)
    doubts = [str(one) for one in reading.diagnostics]
    if as_json:
        answer = {"folder": str(project.folder), "storyboard": str(project.storyboard), **told}
        say_json({**answer, "repairs": list(made.repairs), "notes": list(made.notes), "findings": doubts})
        return
    say(f"Made {plain(project.storyboard)}, a draft: {counted(told['scenes'], 'scene')}, about {told['length']}.")
    for line in (*made.notes, *(f"repaired: {one}" for one in made.repairs), *doubts):
        say(f"  {one_line(line)}")
    say(f"Next: read it, then `workprint render {one_line(target)} --draft`.")


def _writer(model: str, revision: str, endpoint: str | None, key_from: str, *, yes: bool) -> Writer:
    """The model that is to write; asks before the idea leaves this machine."""
    if endpoint is None:
        from workprint.drafting.local import LocalWriter

        return LocalWriter(model, revision)
    from projects.hosted.downloads import is_loopback
    from workprint.drafting.endpoint import EndpointWriter

    writer = EndpointWriter(endpoint, model, variable=key_from)
    if not (yes or is_loopback(writer.host)):
        click.confirm(f"Send the idea to {writer.host}?", abort=True, err=True)
    return writer
