"""`workprint new`: a project's folder with a storyboard to begin with."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path

import click

from workprint.commandline import COMMANDS
from workprint.editors import SCHEMA as SCHEMA
from workprint.options import json_option
from workprint.streams import one_line, plain, say, say_json

TITLE = "TITLE-OF-THE-FILM"
"""Stands for the title in the starters."""


@click.command("new", help=COMMANDS["new"])
@click.argument("folder", type=click.Path(path_type=Path), metavar="FOLDER")
@click.option("--from", "sample", metavar="SAMPLE", help="Begin from a bundled film; `workprint samples` lists them.")
@click.option(
    "--language",
    type=click.Choice(["en", "ru"]),
    default="en",
    show_default=True,
    help="Language of the storyboard to begin with.",
)
@json_option
def command(folder: Path, sample: str | None, language: str, as_json: bool) -> None:
    """Make the folder, write the storyboard and the schema for editors, and say what comes next."""
    from projects.disk import disk_errors, replace_bytes
    from projects.workspace import new_from_sample, new_workspace
    from storyboard import schema

    with disk_errors(folder.name):
        if sample:
            made = new_from_sample(folder, sample)
            text = made.read_storyboard().decode("utf-8")
            replace_bytes(made.storyboard, with_schema_line(text).encode("utf-8"))
        else:
            made = new_workspace(folder, starter(title_of(folder), language))
        replace_bytes(made.folder / SCHEMA, schema.text().encode("utf-8"))
    if as_json:
        say_json({"folder": str(made.folder), "storyboard": str(made.storyboard)})
        return
    say(f"Made {plain(made.storyboard)}")
    say(f"Next: edit it, then `workprint render {one_line(folder)}`.")


def starter(title: str, language: str) -> str:
    """The storyboard that a new project begins with; the title is written so that YAML takes it as text."""
    from storyboard.tidying import tidied

    text = (resources.files("workprint") / "starters" / f"{language}.yaml").read_text(encoding="utf-8")
    titled = text.replace(TITLE, json.dumps(title, ensure_ascii=False), 1)
    return with_schema_line(tidied(titled, "storyboard.yaml"))


def with_schema_line(text: str) -> str:
    """The storyboard with the line before it that tells editors its schema."""
    return f"# yaml-language-server: $schema={SCHEMA}\n{text}"


def title_of(folder: Path) -> str:
    """A title after the folder's name: `my-film` becomes `My film`."""
    name = folder.resolve().name.encode("utf-8", "replace").decode("utf-8")
    words = " ".join(one_line(name).replace("-", " ").replace("_", " ").split())
    return words[:1].upper() + words[1:80] or "Untitled"
