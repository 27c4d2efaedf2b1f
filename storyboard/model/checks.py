"""Checks of single written values: ids, paths, names and words of the vocabulary.

Each takes the text and returns its one right reading or raises the error that becomes a diagnostic. Knows no key.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Callable

from pydantic_core import PydanticCustomError

from storyboard.vocabulary.table import Table, choices, find, suggest

LONGEST_TEXT = 5_000
LONGEST_NAME = 64

_ID = re.compile(r"\w[\w-]*")
_WINDOWS = frozenset(
    ["con", "prn", "aux", "nul", "clock$", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))]
)
_NAME = re.compile(r"[\w][\w ./:+@-]*")
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8}){0,3}")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


OR_NOTHING = "write something or delete the key"
"""The remedy for an empty text under a key that may be left out."""


def refuse(message: str, hint: str = "", code: str = "E134") -> PydanticCustomError:
    """Return the error by which a validator reports a finding with its own code and remedy."""
    return PydanticCustomError("workprint", "{message}", {"message": message, "hint": hint, "code": code})


def bounded(longest: int) -> Callable[[str], str]:
    """Return a check that strips a text and refuses empty and overlong ones."""

    def check(text: str) -> str:
        stripped = text.strip()
        if not stripped:
            raise refuse("the text is empty", OR_NOTHING, "E138")
        if len(stripped) > longest:
            raise refuse(f"the text has {len(stripped)} characters; at most {longest} are allowed", code="E138")
        return stripped

    return check


def identifier(text: str) -> str:
    """Check the id of a scene or character: letters of any script, digits, `_` and `-`, at most 64."""
    hint = "use letters, digits, '-' and '_', for example fork-in-the-trail"
    if not text:
        raise refuse("the id is empty", hint, "E136")
    if len(text) > LONGEST_NAME:
        raise refuse(f"the id has {len(text)} characters; at most {LONGEST_NAME} are allowed", hint, "E136")
    if not _ID.fullmatch(text):
        bad = next(character for character in text if not re.match(r"[\w-]", character)) if text[0] != "-" else "-"
        raise refuse(f"the id '{text}' holds or begins with '{bad}'", hint, "E136")
    if text.lower() in _WINDOWS:
        raise refuse(f"the id '{text}' cannot be a file name on every system", "choose another name", "E136")
    return text


def media_path(text: str) -> str:
    """Check that a path is relative, stays inside the project and reads the same on every system."""
    shown = text if len(text) <= 60 else f"{text[:57]}..."
    hint = "write a path inside the project, such as pictures/edge.png"
    parts = text.split("/")
    if "\\" in text:
        raise refuse(f"the path '{shown}' holds a backslash", "write / between folders", "E137")
    if _URL.match(text):
        raise refuse(f"'{shown}' is an address or a drive, not a path", hint, "E137")
    if text.startswith(("/", "~")):
        raise refuse(f"the path '{shown}' is absolute", hint, "E137")
    if ".." in parts:
        raise refuse(f"the path '{shown}' leaves the project", hint, "E137")
    if any(part in ("", ".") or part != part.strip() or part.endswith(".") for part in parts):
        raise refuse(f"the path '{shown}' has an empty or unclear part", hint, "E137")
    if any(part.split(".")[0].lower() in _WINDOWS for part in parts) or re.search('[<>:"|?*]', text):
        raise refuse(f"the path '{shown}' does not work on every system", hint, "E137")
    return text


def word(table: Table) -> Callable[[str], str]:
    """Return a validator that gives the canonical word of a closed table."""

    def check(text: str) -> str:
        known = find(table, text)
        if known is None:
            near = suggest(table, text)
            hint = f"did you mean '{near}'?" if near else f"choose one of: {choices(table, text)}"
            article = "an" if table.name[0] in "aeiou" else "a"
            raise refuse(f"'{text[:60]}' is not {article} {table.name} that is known here", hint, "E135")
        return known

    return check


def language_tag(text: str) -> str:
    """Check a BCP 47 language tag by its form."""
    if not _LANGUAGE.fullmatch(text):
        raise refuse(f"'{text[:40]}' is not a language tag", "write en, ru, de, pt-BR ...", "E134")
    return text


def plain_name(text: str) -> str:
    """Check the name of a backend, voice or model: one line without quotes, brackets or control characters."""
    if not _NAME.fullmatch(text) or ".." in text:
        raise refuse(f"'{text[:40]}' is not a name", "use letters, digits, '/', '.', '-' and '_'", "E134")
    return text


def code_reference(text: str) -> str:
    """Check `file.py:function`: a file inside the project and the plain name of a function in it."""
    hint = "write it like effects/grain.py:grain"
    file, colon, function = text.rpartition(":")
    if not colon or not file.endswith(".py"):
        raise refuse(f"'{text[:60]}' does not name a function in a file", hint, "E134")
    media_path(file)
    if not plain_identifier(function):
        raise refuse(f"'{function[:60]}' is not the name of a function", hint, "E134")
    return text


def cube_file(text: str) -> str:
    """Check that a path names a .cube file, the form in which colour tables are exchanged."""
    if not text.lower().endswith(".cube"):
        raise refuse(f"'{text[:60]}' is not a .cube file", "write a path such as looks/dusk.cube", "E137")
    return text


def preset_name(text: str) -> str:
    """Check that a preset is named as one is: by its name alone, or by a YAML file inside the project."""
    if "/" in text or text.lower().endswith((".yaml", ".yml")):
        return media_path(text)
    if not re.fullmatch(r"\w[\w-]{0,63}", text):
        hint = "write its name, such as watercolour-tales, or its file, such as presets/noir.yaml"
        raise refuse(f"'{text[:60]}' is not the name of a preset", hint, "E134")
    return text


def effect_name(text: str) -> str:
    """Check the form of the name of one of MoviePy's effects; whether there is one is not looked up."""
    if not re.fullmatch("[A-Z][A-Za-z0-9]{0,63}", text):
        hint = "write MoviePy's own name, such as MirrorX, Painting or SlideIn"
        raise refuse(f"'{text[:60]}' is not the name of an effect", hint, "E134")
    return text


def plain_identifier(name: str) -> bool:
    """Whether a name may name a function or an argument: plain letters, digits and `_`, none at its beginning."""
    return bool(re.fullmatch("[A-Za-z][A-Za-z0-9_]{0,63}", name)) and not keyword.iskeyword(name)
