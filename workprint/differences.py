"""What changes in a file, line by line, for a terminal. Knows no films."""

from __future__ import annotations

import difflib

from workprint.streams import say

_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


def show_difference(before: bytes, after: bytes, name: str, what: str) -> None:
    """Write a unified diff of two texts in UTF-8; `what` says what the second one is."""
    old, new = (text.decode("utf-8").splitlines() for text in (before, after))
    for line in difflib.unified_diff(old, new, name, f"{name} ({what})", lineterm=""):
        colour = _COLOURS.get(line[:1])
        say(line, style={"fg": colour} if colour else None)
