"""`workprint vocabulary`: every word that a storyboard may use, and how it may be written."""

from __future__ import annotations

from pathlib import Path

import click

from workprint.commandline import COMMANDS
from workprint.options import json_option
from workprint.streams import plain, say, say_json
from workprint.tables import show_table

_LANGUAGES = {"en": "English", "ru": "Russian"}


@click.command("vocabulary", help=COMMANDS["vocabulary"])
@click.argument("kinds", nargs=-1, metavar="[KIND]...")
@click.option(
    "--lang",
    "language",
    type=click.Choice(tuple(_LANGUAGES)),
    default="en",
    show_default=True,
    help="The language of the spellings.",
)
@click.option(
    "--cube",
    "folder",
    metavar="FOLDER",
    type=click.Path(path_type=Path, file_okay=False),
    help="Print nothing of this, but write the grades into FOLDER as .cube files, as editors read them.",
)
@json_option
def command(kinds: tuple[str, ...], language: str, folder: Path | None, as_json: bool) -> None:
    """Print each table: the canonical words and their spellings; KIND such as `props` or `places` picks some."""
    if folder is not None:
        _write(folder, kinds, as_json)
        return
    from storyboard.vocabulary.sections import SECTIONS

    names = [section.name for section in SECTIONS]
    for kind in kinds:
        if kind not in names:
            raise click.UsageError(f"There is no kind of word '{kind}'; there are: {', '.join(names)}.")
    shown = [section for section in SECTIONS if not kinds or section.name in kinds]
    if as_json:
        say_json(
            {
                section.name: {word: list(forms) for word, forms in section.spellings(language).items()}
                for section in shown
            }
        )
        return
    for number, section in enumerate(shown):
        if number:
            say("")
        say(f"{section.name}: {section.where.replace('`', '')}")
        rows = [(word, ", ".join(forms)) for word, forms in section.spellings(language).items()]
        show_table((section.table.name, _LANGUAGES[language]), rows)


def _write(folder: Path, kinds: tuple[str, ...], as_json: bool) -> None:
    """Write the grades as tables of colours and say where they are."""
    from workprint.cubes import write_cubes

    if kinds not in ((), ("grades",)):
        raise click.UsageError("`--cube` writes the grades; there are no such files of other words.")
    written = write_cubes(folder)
    if as_json:
        say_json({"cubes": [str(path) for path in written]})
        return
    for path in written:
        say(plain(path))
