"""The table of diagnostic codes."""

from __future__ import annotations

import re
from pathlib import Path

import storyboard
from storyboard.codes import CODES

HOUSE = ("storyboard", "projects", "scenes", "audio", "render", "workprint")


def test_the_table_holds_exactly_the_codes_in_use() -> None:
    """Each code that the house can report is explained, and none is explained that it cannot report."""
    house = Path(storyboard.__file__).parent.parent
    files = [path for part in HOUSE for path in (house / part).rglob("*.py") if path.name != "codes.py"]
    sources = [path.read_text(encoding="utf-8") for path in files]
    used = {code for source in sources for code in re.findall(r'"([EW][0-9]{3})"', source)}
    assert used == set(CODES)


def test_explanations_are_sentences() -> None:
    """Each explanation is one sentence."""
    assert all(text[0].isupper() and text.endswith(".") for text in CODES.values())
