"""`workprint vocabulary`: every table, in the language that is asked for."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from storyboard.errors import ExitCode
from storyboard.vocabulary.sections import SECTIONS

Run = Callable[..., Any]


@pytest.mark.parametrize(("arguments", "form"), [((), "cavern"), (("--lang", "ru"), "пещера")])
def test_every_table_is_printed(run: Run, arguments: tuple[str, ...], form: str) -> None:
    """Each section stands there with all its words, and the spellings are those of the language."""
    answer = run("vocabulary", *arguments)
    assert answer.code == 0
    assert all(f"{section.name}: " in answer.out for section in SECTIONS)
    lines = {line.split("  ")[0] for line in answer.out.splitlines()}
    assert {word for section in SECTIONS for word in section.words} <= lines
    assert form in answer.out


def test_json(run: Run) -> None:
    """The same as data, by kind and canonical word."""
    words = json.loads(run("vocabulary", "--lang", "ru", "--json").out)
    assert list(words) == [section.name for section in SECTIONS]
    assert "фонарь" in words["props"]["lantern"]
    assert words["animals"]["dog"][0] == "собака"


def test_some_kinds_only(run: Run) -> None:
    """Kinds may be picked; one that is not there is a usage error that lists them."""
    assert list(json.loads(run("vocabulary", "props", "grades", "--json").out)) == ["props", "grades"]
    refused = run("vocabulary", "prop")
    assert refused.code == ExitCode.USAGE
    assert "props" in refused.err
