"""What the pages say: storyboards that read, links that lead somewhere, commands and options that exist."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from storyboard.load import read
from storyboard.rules.hushing import hushed
from storyboard.rules.register import asked, craft_rules
from storyboard.rules.rule import Case
from tests.docs.fences import HOUSE, PAGES, fences
from workprint.commandline import workprint

STORYBOARDS = [
    fence
    for page in PAGES
    for fence in fences(page)
    if fence.language == "yaml" and fence.text.startswith("workprint: 1") and "mistakes" not in fence.options
]
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_COMMAND = re.compile(r"(?:^ {4}|^|`)workprint ([a-z]+)([^`#\n]*)", re.MULTILINE)
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def name_of(page: Path) -> str:
    """The name of a page for the list of tests."""
    return page.relative_to(HOUSE).as_posix()


@pytest.mark.parametrize("fence", STORYBOARDS, ids=str)
def test_storyboards_of_the_pages_read(fence: object) -> None:
    """A storyboard shown whole has no mistake and raises no doubt."""
    reading = read(getattr(fence, "text", ""), str(fence))
    assert [str(found) for found in reading.diagnostics] == []
    assert reading.film is not None
    assert reading.places is not None
    found, _ = hushed(asked(craft_rules(), Case(reading.film, reading.places), "en"), reading.switches)
    assert [str(one) for one in found] == []


def test_there_are_storyboards_to_read() -> None:
    """The search finds the README's film and the tutorial's."""
    assert {"README.md", "docs/tutorial.md"} <= {fence.page for fence in STORYBOARDS}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link, of text or picture, names a file or folder that is there, and a heading that is in it."""
    broken = []
    for target in _LINK.findall(page.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, heading = target.partition("#")
        path = page.parent / name if name else page
        if not path.exists() or (heading and heading not in anchors(path)):
            broken.append(target)
    assert broken == []


def anchors(page: Path) -> set[str]:
    """The names by which a page's headings can be linked to."""
    headings = _HEADING.findall(page.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_commands_of_the_pages_exist(page: Path) -> None:
    """Every `workprint COMMAND --option` in a page is a command that there is, with options that it has."""
    context = click.Context(workprint, info_name="workprint")
    unknown = []
    for name, rest in _COMMAND.findall(page.read_text(encoding="utf-8")):
        command = workprint.get_command(context, name)
        if command is None:
            unknown.append(name)
            continue
        known = {option for group in family(command) for parameter in group.params for option in parameter.opts}
        options = re.findall(r"(?<=\s)--?[a-z][a-z0-9-]*", rest)
        unknown += [f"{name} {option}" for option in options if option not in {*known, "--help"}]
    assert unknown == []


def family(command: click.Command) -> list[click.Command]:
    """A command and those below it."""
    return [command, *(command.commands.values() if isinstance(command, click.Group) else ())]


def test_every_page_is_linked_to() -> None:
    """No page of docs/ is an orphan: another one, or a link to its folder, leads to it."""
    linked: set[Path] = set()
    for page in PAGES:
        for target in _LINK.findall(page.read_text(encoding="utf-8")):
            if not re.match(r"[a-z]+:", target) and (name := target.partition("#")[0]):
                path = (page.parent / name).resolve()
                linked |= set(path.glob("*.md")) if path.is_dir() else {path}
    assert [name_of(page) for page in PAGES if page not in linked and page.name != "README.md"] == []
