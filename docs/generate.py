"""Writes the generated pages of `docs/reference/`: commands, format, vocabulary, exit and diagnostic codes.

`python docs/generate.py` writes them, `--check` exits with 1 when one is stale. Everything comes from the code itself.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from hosted_pages import hosted_page
from model_pages import models_page
from rule_pages import rules_page

from projects.takes import CODE as TAKES_CODE
from storyboard.codes import CODES
from storyboard.model.fields import OTHER_FORMS
from storyboard.schema import document
from storyboard.vocabulary import settings
from storyboard.vocabulary.sections import SECTIONS
from storyboard.vocabulary.table import Table, spellings
from storyboard.vocabulary.transitions import ANY_COLOUR, DIRECTIONS, MANNERS
from workprint.commandline import COMMANDS as TABLE
from workprint.commandline import EXITS, workprint
from workprint.proofreading import FILE_CODE

REFERENCE = Path(__file__).resolve().parent / "reference"
HEAD = "<!-- Written by docs/generate.py; change the code and run `make docs`. -->\n"
_LONGEST_LIST = 12
"""Words of a closed choice that are listed in place; longer choices have a table of their own."""

_TITLES = {
    "WrittenFilm": "The film",
    "WrittenScene": "A scene: an item of `scenes`, or a file of its own",
    "WrittenCharacter": "A character: an entry of `characters`",
    "WrittenLora": "`lora` of a character",
    "WrittenNarrator": "`narrator`",
    "WrittenVoice": "`voice`",
    "WrittenPart": "An item of `cast`",
    "WrittenMoments": "`moments`",
    "WrittenLine": "An item of `lines`",
    "WrittenSound": "An item of `sounds`",
    "WrittenKeyframe": "An item of `keyframes`",
    "WrittenClip": "`clip`",
    "WrittenTransition": "`transition` and `opening`",
    "WrittenAuthoredTransition": "`transition`, made by an effect",
    "WrittenLettering": "`text`, as more than a title card",
    "WrittenTreatment": "An item of `effects`",
    "WrittenPost": "`post`",
    "WrittenScore": "`score`",
    "WrittenEncoding": "`encoding`",
    "WrittenCaptions": "`captions`",
}


def pages() -> dict[str, str]:
    """Every generated page by file name."""
    return {
        "commands.md": commands_page(),
        "format.md": format_page(),
        "vocabulary.md": vocabulary_page(),
        "exit-codes.md": codes_page(),
        "models.md": models_page(HEAD),
        "hosted.md": hosted_page(HEAD),
        "rules.md": rules_page(HEAD),
    }


def commands_page() -> str:
    """The commands, their arguments and options."""
    context = click.Context(workprint, info_name="workprint", **workprint.context_settings)
    parts = [HEAD, "# Commands\n", *_options(workprint)]
    parts.append("`workprint COMMAND --help` shows the same for one command.\n")
    for name in TABLE:
        command = workprint.get_command(context, name)
        if command is not None:
            parts += _command(command, context)
    return "\n".join(parts)


def _command(command: click.Command, parent: click.Context) -> Iterator[str]:
    context = click.Context(command, info_name=command.name, parent=parent)
    usage = " ".join(command.collect_usage_pieces(context))
    yield f"## `{context.command_path}`\n"
    yield f"{(command.help or '').strip()}\n"
    yield f"```text\n{context.command_path} {usage}\n```\n"
    yield from _options(command)
    if isinstance(command, click.Group):
        for name in sorted(command.commands):
            yield from _command(command.commands[name], context)


def _options(command: click.Command) -> Iterator[str]:
    rows = [
        (f"`{', '.join((*option.opts, *option.secondary_opts))}`{_takes(option)}", option.help or "")
        for option in command.params
        if isinstance(option, click.Option) and not option.hidden
    ]
    if rows:
        yield from _table(("option", "meaning"), rows)


def _takes(option: click.Option) -> str:
    if option.is_flag:
        return ""
    if isinstance(option.type, click.Choice):
        return f" {' or '.join(str(choice) for choice in option.type.choices)}"
    return f" {option.metavar or option.type.name.upper()}"


def format_page() -> str:
    """Every key of a storyboard."""
    schema = document()
    definitions: dict[str, Any] = {"WrittenFilm": schema, **schema["$defs"]}
    parts = [HEAD, "# The storyboard format, version 1\n"]
    parts.append("Keys in bold are required. Unknown keys are errors. `workprint check` shows every mistake at once.\n")
    for name in sorted(definitions, key=_rank):
        parts.append(f"## {_TITLES.get(name, name)}\n")
        parts += _keys(definitions[name], definitions)
    parts += _manners()
    parts.append("Which words a value may be stands in [the vocabulary](vocabulary.md).\n")
    return "\n".join(parts)


_READING = """\
A value may be written as any of these words, in English or Russian, in any of their forms: `лес`, `в лесу`, `woods`.
`workprint vocabulary --lang ru` prints the same, and [the gallery](vocabulary-gallery.md) shows what is painted.

## How prose is read

`place` (where it is more than a known word), `prompt` and `moments` are read for the same words. A key that is written
wins over the prose, and the prose over the defaults. What is denied (`no snow`, `без снега`) is left out.

- **Who.** A name, the word for somebody's role (`the knight`), `he`, `she`, `they` mean people of the `cast`; `man` or
  `woman` mean one of them too, where one fits. Somebody else who is named, `a wizard`, `two horses`, stands in the
  scene beside the cast: three at most, so put whoever matters into `cast`.
- **What they do.** The one who stands before a verb does it: `Ann hugs Bob and cries`. In Russian he may follow it:
  `входит Борис`. Who is not named anew is whoever was spoken of last; a moment that names nobody means the first of
  the cast. What things do (`the chair falls`) nobody does.
- **Moments.** Each of `start`, `middle` and `end` changes what people do and feel from then on. `Night falls`, `it
  begins to rain`, `снег прекращается` turn hour and weather there and not before.
- **Props.** A prop stands about, unless a verb of holding or `with` gives it to somebody: `Ann with a red umbrella`,
  `Борис держит меч`. A colour just before it and a number are read with it: `two blue cups`.

Words that nothing of the scene stands for are named in the report of a render.
"""


def vocabulary_page() -> str:
    """Every word in both languages, and how prose is read."""
    parts = [HEAD, "# The vocabulary\n", _READING]
    for section in SECTIONS:
        parts.append(f"## {section.name.capitalize()}\n")
        parts.append(f"In {section.where}.\n")
        english, russian = section.spellings("en"), section.spellings("ru")
        rows = [(f"**{word}**", ", ".join(english[word]), ", ".join(russian[word])) for word in section.words]
        parts += _table(("word", "English", "Russian"), rows)
    parts.append("## Words of other keys\n")
    for table in _small_tables():
        parts.append(f"### {table.name}\n")
        rows = [
            (f"**{word}**", ", ".join(spellings(table, word, "en")), ", ".join(spellings(table, word, "ru")))
            for word in table.canonical
        ]
        parts += _table(("word", "English", "Russian"), rows)
    return "\n".join(parts)


def _manners() -> Iterator[str]:
    """What each kind of transition takes."""
    yield "## What each transition takes\n"
    rows = []
    for kind, manner in MANNERS.items():
        options = "`colour`" if ANY_COLOUR in manner.options else ", ".join(manner.options)
        also = [*(["`linear`"] if manner.linear else []), *(["`picture`, `softness`"] if manner.picture else [])]
        seconds = f"{float(manner.seconds):g}s" if manner.seconds else ""
        rows.append((f"**{kind}**", options, manner.usual, ", ".join(also), seconds))
    yield from _table(("kind", "direction", "left out", "also", "length, left out"), rows)


def _rank(name: str) -> tuple[int, str]:
    order = list(_TITLES)
    return (order.index(name), name) if name in order else (len(order), name)


def _keys(definition: Mapping[str, Any], definitions: Mapping[str, Any]) -> Iterator[str]:
    mapping = _mapping(definition)
    required = set(mapping.get("required", ()))
    rows = [
        (f"**`{key}`**" if key in required else f"`{key}`", _form(value, definitions), _said(value, definitions))
        for key, value in mapping.get("properties", {}).items()
    ]
    yield from _table(("key", "form", "meaning"), rows)


def _mapping(definition: Mapping[str, Any]) -> Mapping[str, Any]:
    """The form of a definition that has keys, where it may be written as a bare text too."""
    forms = definition.get("anyOf", (definition,))
    return next((form for form in forms if "properties" in form), definition)


def _home(value: Mapping[str, Any], definitions: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = definitions.get(str(value.get("$ref", "")).rpartition("/")[2], {})
    return found


def _form(value: Mapping[str, Any], definitions: Mapping[str, Any]) -> str:
    """What may be written, in words."""
    if "$ref" in value:
        return _form(_home(value, definitions), definitions)
    if "enum" in value:
        words = value["enum"]
        return ", ".join(f"`{word}`" for word in words) if len(words) <= _LONGEST_LIST else "a word"
    if "anyOf" in value:
        # Words are taken in any letters: a second choice says so to editors, and nothing to people.
        told = [choice for choice in value["anyOf"] if choice.get("pattern") != OTHER_FORMS]
        forms = [form for choice in told for form in _form(choice, definitions).split(" or ")]
        return " or ".join(dict.fromkeys(forms))
    kinds = value.get("type", "")
    if isinstance(kinds, list):
        return " or ".join(_form({**value, "type": kind}, definitions) for kind in kinds)
    if kinds == "array":
        return "list"
    names = {"string": "text", "integer": "whole number", "number": "number", "boolean": "true or false"}
    return {**names, "object": "mapping", "": "anything"}.get(kinds, str(kinds))


def _said(value: Mapping[str, Any], definitions: Mapping[str, Any]) -> str:
    said = str(value.get("description") or _home(value, definitions).get("description", ""))
    low, high = value.get("minimum"), value.get("maximum")
    if low is not None and high is not None and low != high:
        said += f" From {low} to {high}."
    return said


def _small_tables() -> list[Table]:
    """The closed choices of keys that are in no section."""
    shown = {section.table.name for section in SECTIONS}
    small = [value for name, value in vars(settings).items() if not name.startswith("_")]
    return [table for table in (DIRECTIONS, *small) if isinstance(table, Table) and table.name not in shown]


def codes_page() -> str:
    """Exit codes of the commands and codes of diagnostics."""
    parts = [HEAD, "# Exit codes and diagnostic codes\n", "## Exit codes\n"]
    parts += _table(("code", "meaning"), [(str(int(code)), meaning) for code, meaning in EXITS.items()])
    parts.append(
        "A program whose reader has gone (`workprint samples | head -1`) ends with 141, as a shell reports it.\n"
    )
    parts.append("## Diagnostics\n")
    parts.append("`E` stops the work, `W` does not. A code is never given a second meaning.\n")
    parts.append("[Rules of the check](rules.md) tells why something is doubted, with examples.\n")
    codes = {
        **CODES,
        FILE_CODE: "A named file that is not there or may not be used.",
        TAKES_CODE: "The file of takes cannot be read.",
    }
    parts += _table(("code", "meaning"), [(code, codes[code]) for code in sorted(codes)])
    return "\n".join(parts)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{'|'.join('---' for _ in heads)}|"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|').replace(chr(10), ' ') for cell in row)} |"
    yield ""


def stale(folder: Path) -> list[str]:
    """Names of the pages that are missing or differ from what would be written."""
    return [name for name, text in pages().items() if _read(folder / name) != text]


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the pages, or with `--check` only compare them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 when a page is stale")
    if parser.parse_args(arguments).check:
        old = stale(REFERENCE)
        sys.stdout.write("".join(f"docs/reference/{name} is stale: run `make docs`\n" for name in old))
        return 1 if old else 0
    REFERENCE.mkdir(exist_ok=True)
    for name, text in pages().items():
        (REFERENCE / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
