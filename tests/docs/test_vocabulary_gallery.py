"""The gallery of the vocabulary in the documentation."""

from __future__ import annotations

import re
import subprocess
import sys

import cv2
import pytest

from storyboard.vocabulary.sections import SECTIONS
from tests.docs.fences import HOUSE

GENERATOR = HOUSE / "docs" / "vocabulary_gallery.py"
PAGE = HOUSE / "docs" / "reference" / "vocabulary-gallery.md"
SHEETS = HOUSE / "docs" / "pictures" / "vocabulary"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The generator, run as a person runs it."""
    command = [sys.executable, str(GENERATOR), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_gallery_is_up_to_date() -> None:
    """`--check` finds the page as it would be written and every sheet in its place."""
    done = run("--check")
    assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr


def test_sheets_are_light_and_none_is_left_over() -> None:
    """All sheets together stay under six megabytes, each can be opened, and each is on the page."""
    page = PAGE.read_text(encoding="utf-8")
    files = sorted(SHEETS.glob("*"))
    assert sum(file.stat().st_size for file in files) < 6_000_000
    for file in files:
        assert f"vocabulary/{file.name})" in page, f"{file.name} is on no page"
        assert cv2.imread(str(file)) is not None


def test_every_word_that_is_seen_is_on_the_page() -> None:
    """Places to grades: each word stands there under its English and its Russian name."""
    page = PAGE.read_text(encoding="utf-8")
    heard = {"colours", "transitions", "effects", "moods", "instruments"}
    for section in SECTIONS:
        if section.name not in heard:
            russian = section.spellings("ru")
            missing = [word for word in section.words if f"{word} ({russian[word][0]})" not in page]
            assert missing == [], section.name


@pytest.mark.parametrize("name", ["nonsense", "../places"])
def test_a_sheet_that_is_not_there_is_named(name: str) -> None:
    """An unknown sheet is refused with the names of the known ones, before anything is painted."""
    done = run(name)
    assert done.returncode == 2
    assert re.search(r"no sheet is called .*places", done.stderr, re.DOTALL)
