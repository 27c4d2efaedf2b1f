"""Tables and amounts for people: set by rich on a terminal, plain columns in a pipe.

Knows no films. Rich is loaded only for a terminal.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

from workprint.streams import coloured, one_line, say

GAP = "  "

STATE_COLOURS: Mapping[str, str] = {
    "current": "green",
    "stale": "yellow",
    "missing": "cyan",
    "blocked": "red",
    "ok": "green",
    "needed": "red",
    "advice": "yellow",
}
"""How the words for states are shown, wherever they stand in a cell of their own."""


def show_table(heads: Sequence[str], rows: Sequence[Sequence[object]], *, right: Sequence[str] = ()) -> None:
    """Write a table; the columns named in `right` are set flush right."""
    cells = [[one_line(cell) for cell in row] for row in rows]
    if sys.stdout.isatty():
        _show_rich(heads, cells, right)
    else:
        _show_plain(heads, cells, right)


def _show_plain(heads: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[str]) -> None:
    widths = [max(len(row[column]) for row in (heads, *rows)) for column in range(len(heads))]
    for row in (heads, *rows):
        fitted = [
            cell.rjust(width) if head in right else cell.ljust(width)
            for head, cell, width in zip(heads, row, widths, strict=True)
        ]
        say(GAP.join(fitted).rstrip())


def _show_rich(heads: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[str]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for head in heads:
        table.add_column(Text(head), justify="right" if head in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell, style=STATE_COLOURS.get(cell, "")) for cell in row))
    Console(no_color=not coloured(), highlight=False).print(table)


def clock(seconds: float) -> str:
    """A span of time as `0:07`, `3:20` or `1:02:03`."""
    whole = round(seconds)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def span(seconds: float) -> str:
    """A span of work as `<0.1 s`, `0.4 s`, `12 s` or, from a minute on, `1:05`."""
    if round(seconds) >= 60:
        return clock(seconds)
    if seconds < 0.1:
        return "<0.1 s"
    return f"{seconds:.0f} s" if seconds >= 9.95 else f"{seconds:.1f} s"


def length(seconds: float, *, exact: bool) -> str:
    """The length of a scene, with `~` while it is only estimated."""
    return f"{'' if exact else '~'}{seconds:.2f}s"


def bytes_in_words(count: int) -> str:
    """An amount of bytes as `12.3 MB`."""
    amount = float(count)
    for unit in ("bytes", "kB", "MB", "GB"):
        if amount < 1000:
            return f"{amount:.0f} {unit}" if unit == "bytes" else f"{amount:.1f} {unit}"
        amount /= 1000
    return f"{amount:.1f} TB"


def counted(count: int, word: str) -> str:
    """`1 scene`, `3 scenes`."""
    return f"{count} {word}{'' if count == 1 else 's'}"
