"""Reading by rules: a line is cut where a rule knows how a piece is said, and every piece keeps its place.

The place is what ties spoken words to written ones exactly. Pure; the rules themselves belong to a language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from audio.reading.stress import unstressed
from audio.reading.token import Token

Say = Callable[[re.Match[str]], str | None]
"""How a match is said; None leaves it to later rules."""
Rule = tuple[re.Pattern[str], Say]


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of the line from `start` to `end`; `said` is None while it is read as it is written."""

    start: int
    end: int
    said: str | None = None
    ipa: str = ""


_ALIKE = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "\u00a0": " ", "‑": "-", "‒": "–", "―": "—"})
_BARE = re.compile(r"[^\w'’\-\u0301]+")
_INNER = re.compile(r"(?<=\w)[^\w\s'’\-\u0301—]+(?=\w)")
"""Marks between two words that nothing parts."""
_OPENED = re.compile(r"[\"“«']*[(\[]")
_DASH = re.compile(r"\s*(?:—|–|--+)\s*")


def fixed(text: str, cells: Sequence[Cell], rule: Rule) -> list[Cell]:
    """The cells after one rule: what it can say of the pieces not yet said becomes cells of its own."""
    pattern, say = rule
    matches = list(pattern.finditer(text))  # of the whole line, so that a rule sees what stands around a piece
    cut: list[Cell] = []
    for cell in cells:
        if cell.said is not None:
            cut.append(cell)
            continue
        passed = cell.start
        for found in matches:
            if found.start() < passed or found.end() > cell.end or found.end() == found.start():
                continue
            said = say(found)
            if said is None:
                continue
            cut += [Cell(passed, found.start()), Cell(found.start(), found.end(), said)]
            passed = found.end()
        cut.append(Cell(passed, cell.end))
    return [cell for cell in cut if cell.end > cell.start]


def read_by(text: str, rules: Sequence[Rule], known: Sequence[Cell] = ()) -> list[Cell]:
    """The whole line as cells, in order; `known` are cells that no rule may touch."""
    cells: list[Cell] = []
    passed = 0
    for cell in known:
        cells += [Cell(passed, cell.start), cell]
        passed = cell.end
    cells = [cell for cell in [*cells, Cell(passed, len(text))] if cell.end > cell.start]
    for rule in rules:
        cells = fixed(text, cells, rule)
    return cells


@dataclass(frozen=True, slots=True)
class Stretch:
    """Written words that are read together, and what is said for them with its marks. `after` is the pause."""

    written: tuple[str, ...]
    said: str
    after: str
    ipa: str = ""
    before: str = ""
    """The pause before it, where a bracket opens."""


def stretches(text: str, cells: Sequence[Cell]) -> Iterator[Stretch]:
    """The line word for word, but for the words that one cell spans: those stay together."""
    for start, end in _groups(text, cells):
        mine = [cell for cell in cells if cell.start < end and cell.end > start]
        last = mine[-1]
        yield Stretch(
            tuple(unstressed(word) for word in text[start:end].split() if any(c.isalnum() for c in word)),
            _said(text, start, end, mine),
            pause(text[last.start : end] if last.said is None else last.said),
            mine[0].ipa,
            "," if _OPENED.match(text[start:end]) else "",
        )


def tokens_of(text: str, cells: Sequence[Cell], signs: bool = False) -> tuple[Token, ...]:
    """The cells as tokens of bare spoken words and pauses; `signs` keeps figures and signs inside words as they are."""
    tokens: list[Token] = []
    for stretch in stretches(text, cells):
        bare = _signed if signs else _word
        said = stretch.said if signs else _INNER.sub(lambda found: f"{pause(found[0])} ", stretch.said)
        words = tuple(word for word in (bare(piece) for piece in said.split()) if word)
        if words:
            words = (*words[:-1], words[-1].rstrip(",—"))
        _lengthen(tokens, stretch.before)
        if words or stretch.written:
            tokens.append(Token(stretch.written, words, stretch.after, stretch.ipa))
        else:
            _lengthen(tokens, stretch.after)
    return tuple(tokens)


def ending(found: re.Match[str], said: str) -> str:
    """What is said for an abbreviation, with its full stop where that also ends a sentence."""
    rest = found.string[found.end() :]
    ends = found[0].endswith(".") and re.match(r"[\"”')]*(?:\s*$|\s+[\"“]?[A-Z][a-z])", rest)
    return f"{said}." if ends else said


def pause(text: str) -> str:
    """The pause mark that the end of a written piece stands for, or ""."""
    tail = re.search(r"[^\w\s]*$", text.translate(_ALIKE).rstrip())
    marks = tail.group() if tail else ""
    for mark, signs in (("?", "?"), ("!", "!"), ("…", "…"), ("—", "—–"), (";", ";"), (":", ":")):
        if any(sign in marks for sign in signs):
            return mark
    if ".." in marks:
        return "…"
    if "." in marks:
        return "."
    return "," if any(sign in marks for sign in ",)]") else ""


def _groups(text: str, cells: Sequence[Cell]) -> Iterator[tuple[int, int]]:
    """Runs of written words whose gaps are covered by cells that a rule has read."""
    start = end = -1
    for chunk in re.finditer(r"\S+", text):
        joined = any(cell.said is not None and cell.start < end and cell.end > chunk.start() for cell in cells)
        if start >= 0 and not joined:
            yield start, end
        if not joined:
            start = chunk.start()
        end = chunk.end()
    if start >= 0:
        yield start, end


def _said(text: str, start: int, end: int, cells: Sequence[Cell]) -> str:
    said = ""
    for cell in cells:
        raw = text[max(start, cell.start) : min(end, cell.end)]
        piece = _DASH.sub("— ", raw.translate(_ALIKE)) if cell.said is None else cell.said
        if said and piece and said[-1].isalnum() and piece[0].isalnum():
            said += " "
        said += piece
    return said


def _word(piece: str) -> str:
    """One spoken word without quotes and brackets; a comma or dash inside a group stays on it."""
    mark = "," if re.search(r"[,;:]\W*$", piece) else "—" if re.search(r"—\W*$", piece) else ""
    bare = _BARE.sub("", piece).strip("-'_").replace("_", "")
    return bare + mark if any(c.isalnum() for c in bare) else ""


def _signed(piece: str) -> str:
    """One spoken word with its figures and signs, without quotes, brackets and pauses around it."""
    bare = re.sub(r"^[^\w$€£¥₽+−°§#&@%-]+|[^\w%€£$¥₽°²³+]+$", "", piece)
    return bare + ("," if piece.endswith(",") else "") if bare else ""


def _lengthen(tokens: list[Token], mark: str) -> None:
    """Gives the last token a pause, where it has none yet or only a comma."""
    if tokens and mark and tokens[-1].after in {"", ","}:
        last = tokens[-1]
        tokens[-1] = Token(last.written, last.spoken, mark, last.ipa)
