"""The fenced blocks of a Markdown page, with what stands after the opening fence.

Knows nothing of what the blocks mean.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]
PAGES = sorted(
    (
        HOUSE / "README.md",
        HOUSE / "CONTRIBUTING.md",
        HOUSE / "CHANGELOG.md",
        *(HOUSE / "docs").rglob("*.md"),
    )
)
"""Every page that people read."""

_FENCE = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Fence:
    """One fenced block: `options` holds `key=value` after the language, `line` is where its text begins."""

    page: str
    line: int
    language: str
    options: dict[str, str]
    text: str

    def __str__(self) -> str:
        """Where it stands."""
        return f"{self.page}:{self.line}"


def fences(path: Path) -> list[Fence]:
    """The blocks of a page, in order."""
    text = path.read_text(encoding="utf-8")
    return [
        Fence(
            path.relative_to(HOUSE).as_posix(),
            text.count("\n", 0, found.start(3)) + 1,
            found.group(1),
            dict(option.split("=", 1) for option in found.group(2).split()),
            found.group(3),
        )
        for found in _FENCE.finditer(text)
    ]
