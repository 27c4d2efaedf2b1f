"""`workprint vocabulary`: every word that a storyboard may use, and how it may be written."""

from __future__ import annotations

import click

from workprint.commandline import COMMANDS
from workprint.options import json_option
from workprint.streams import say, say_json
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
@json_option
def command(kinds: tuple[str, ...], language: str, as_json: bool) -> None:
    """Print each table: the canonical words and their spellings; KIND such as `props` or `places` picks some."""
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
