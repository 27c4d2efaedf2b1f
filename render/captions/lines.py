"""Breaking a text into lines and portions by the rules of its language: where a break costs least, and even in length.

Words of spaced scripts stay whole; Chinese and Japanese break between signs, but not before a full stop or after an
opening bracket. Widths come as a function, so that characters and pixels are broken alike. Knows no times.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from render.captions.clinging import begins_part, clings, inseparable, is_tied
from render.captions.measure import Measure

Length = Callable[[str], float]
"""How wide a text is: in characters, or in pixels of a font."""

NEVER, TIED, LEANING, PLAIN = 40.0, 20.0, 8.0, 3.0
"""What a break costs inside of what is one thing, by a particle, after a word that leans on the next, and elsewhere."""

_TIED = "\u00a0\u202f\u2060\u2007"
"""Spaces at which nothing is broken."""

_NOT_FIRST = frozenset(
    "、。，．,.・：；:;？！?!…‥ー～〜」』）】〕》〉］｝ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々ゝゞ%％℃’”»)]}"
)
_NOT_LAST = frozenset("「『（【〔《〈［｛‘“«([{￥＄")
"""Signs that begin no line, and that end none."""

_UNSPACED = frozenset({"THAI", "LAO", "KHMER", "MYANMAR", "HIRAGANA", "KATAKANA", "CJK"})
_ENDS = re.compile(r"[.!?…。！？]+[\"'»“”’)\]」』）]*$")
_HALTS = re.compile(r"[;:—–；：]+[\"'»“”’)\]」』）]*$")
_RESTS = re.compile(r"[,、，،؛]+[\"'»“”’)\]」』）]*$")
_SHORTENED = re.compile(r"(?:[^\W\d_]|[Тт]|[Mm]r|[Mm]rs|[Mm]s|[Dd]r|ул|им|гг|тыс|руб)\.")


@dataclass(frozen=True, slots=True)
class Unit:
    """What is never broken: a word, or a sign of a script without spaces; and what a break after it costs."""

    text: str
    gap: str
    """What stands between it and the next one: a space, a space that ties, or nothing."""
    price: float


def letters(text: str) -> float:
    """The width of a text in characters; marks that lie over others take no room."""
    return sum(1.0 for sign in text if not unicodedata.combining(sign) and unicodedata.category(sign) != "Cf")


@lru_cache(maxsize=512)
def units(text: str, language: str) -> tuple[Unit, ...]:
    """The units of a text of one line, in order."""
    bare: list[tuple[str, str]] = []
    for match in re.finditer(rf"([^\s{_TIED}]+)([\s{_TIED}]*)", text):
        word, space = match.groups()
        gap = next((sign for sign in space if sign in _TIED), " " if space else "")
        pieces = _signs(word) if any(_is_unspaced(sign) for sign in word) else [word]
        bare += [(piece, "") for piece in pieces[:-1]] + [(pieces[-1], gap)]
    found: list[Unit] = []
    opens = True
    for number, (word, gap) in enumerate(bare):
        following = bare[number + 1][0] if number + 1 < len(bare) else ""
        found.append(Unit(word, gap, _price(word, gap, following, language, opens)))
        opens = bool(_ENDS.search(word))
    return tuple(found)


def _signs(word: str) -> list[str]:
    """A run without spaces in the smallest parts that may stand alone."""
    parts: list[str] = []
    for sign in word:
        joined = parts and (
            unicodedata.category(sign) in ("Mn", "Mc", "Cf")
            or sign in _NOT_FIRST
            or parts[-1][-1] in _NOT_LAST
            or parts[-1][-1] == "\u200d"
            or not (_is_unspaced(sign) or _is_unspaced(parts[-1][-1]) or parts[-1][-1] in _NOT_FIRST)
        )
        if joined:
            parts[-1] += sign
        else:
            parts.append(sign)
    return parts


@lru_cache(maxsize=4096)
def _is_unspaced(sign: str) -> bool:
    name = unicodedata.name(sign, "").split(" ")[0]
    return name in _UNSPACED or name.startswith("CJK") or (ord(sign) > 0x2E7F and name == "KATAKANA-HIRAGANA")


def _price(word: str, gap: str, following: str, language: str, opens: bool) -> float:
    if not following:
        return 0.0
    if gap and gap in _TIED:
        return NEVER
    if inseparable(word, following, opens):
        return NEVER
    if _ENDS.search(word) and not _SHORTENED.fullmatch(word):
        return 0.0
    if _HALTS.search(word):
        return 0.4
    if _RESTS.search(word):
        return 0.8
    if is_tied(word, following, language):
        return TIED
    if clings(word, language):
        return LEANING
    return 1.6 if begins_part(following, language) else PLAIN


def text_of(parts: Sequence[Unit]) -> str:
    """The text of some units that follow one another."""
    return "".join(part.text + part.gap for part in parts[:-1]) + parts[-1].text if parts else ""


def break_lines(text: str, language: str, width: float, length: Length = letters) -> tuple[str, ...]:
    """A text in as few lines of at most `width` as can be, broken where that costs least and even in length.

    Lines that are written stay; a single word wider than `width` has a line of its own and is wider.
    """
    return tuple(line for written in text.split("\n") for line in _broken(units(written, language), width, length))


def _broken(parts: Sequence[Unit], width: float, length: Length) -> list[str]:
    if not parts:
        return []
    sizes, space = [length(part.text) for part in parts], length(" ")
    count = lines_needed(parts, sizes, space, width)
    if count == 1:
        return [text_of(parts)]
    starts, run = [0.0], 0.0
    for part, size in zip(parts, sizes, strict=True):
        run += size + (space if part.gap else 0.0)
        starts.append(run)
    whole = starts[-1]
    best: dict[tuple[int, int], tuple[float, int]] = {(0, 0): (0.0, 0)}
    for row in range(1, count + 1):
        for end in range(1, len(parts) + 1):
            tried = []
            for first in range(end):
                before = best.get((row - 1, first))
                room = starts[end] - starts[first] - (space if parts[end - 1].gap else 0.0)
                if before is None or (room > width and end - first > 1):
                    continue
                tried.append((before[0] + _cost(parts[end - 1].price, room, whole / count, row), first))
            if tried:
                best[row, end] = min(tried)
    if (count, len(parts)) not in best:
        return [text_of(parts)]
    ends = [len(parts)]
    for row in range(count, 0, -1):
        ends.append(best[row, ends[-1]][1])
    ends.reverse()
    return [text_of(parts[first:last]) for first, last in pairwise(ends)]


def _cost(price: float, room: float, even: float, row: int) -> float:
    """What a line costs: its break, how uneven it is, and a little where the upper one is the longer."""
    uneven = (room - even) / even if even else 0.0
    return price + 14.0 * uneven * uneven + (1.2 * max(0.0, uneven) if row == 1 else 0.0)


def lines_needed(parts: Sequence[Unit], sizes: Sequence[float], space: float, width: float) -> int:
    """The fewest lines of at most `width` that hold the units."""
    rows, filled = 1, 0.0
    for number, (part, size) in enumerate(zip(parts, sizes, strict=True)):
        gap = space if number and parts[number - 1].gap else 0.0
        if filled and filled + gap + size > width:
            rows, filled = rows + 1, size
        else:
            filled += gap + size
        del part
    return rows


def _fits(parts: Sequence[Unit], sizes: Sequence[float], measure: Measure) -> bool:
    return lines_needed(parts, sizes, 1.0, measure.width) <= measure.lines


def split(text: str, measure: Measure | None = None) -> list[str]:
    """A text in portions that fit into the lines of a caption, ended at sentences and clauses where that can be."""
    return list(_split(text, measure or Measure()))


@lru_cache(maxsize=4096)
def _split(text: str, measure: Measure) -> Sequence[str]:
    """The same; kept, for every cut and every look at a plan asks again."""
    parts = units(" ".join(text.split("\n")), measure.language)
    if not parts:
        return [text]
    sizes = [letters(part.text) for part in parts]
    if _fits(parts, sizes, measure):
        return [text_of(parts)]
    total = letters(text_of(parts))
    even = total / -(-total // (0.94 * measure.longest))
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(parts) + 1):
        tried: list[tuple[float, int]] = []
        rooms = 0.0
        for first in range(end - 1, -1, -1):
            rooms += sizes[first] + (1.0 if parts[first].gap and first < end - 1 else 0.0)
            alone = first == end - 1
            if not alone and rooms > measure.longest + measure.lines:
                break
            one_line = rooms <= measure.width
            if not (alone or one_line or _fits(parts[first:end], sizes[first:end], measure)):
                break
            uneven = (rooms - even) / even
            tried.append((best[first][0] + 5.0 + 2.5 * parts[end - 1].price + 5.0 * uneven * uneven, first))
        best.append(min(tried))
    ends = [len(parts)]
    while ends[-1]:
        ends.append(best[ends[-1]][1])
    ends.reverse()
    return [text_of(parts[first:last]) for first, last in pairwise(ends)]


def halves(text: str, language: str) -> tuple[str, str] | None:
    """A text in two where a break costs least and halves it; None of a single unit."""
    parts = units(text, language)
    if len(parts) < 2:
        return None
    whole = letters(text_of(parts))

    def cost(place: int) -> float:
        uneven = 2 * letters(text_of(parts[:place])) / whole - 1
        return 2.0 * parts[place - 1].price + 12.0 * uneven * uneven

    place = min(range(1, len(parts)), key=cost)
    return text_of(parts[:place]), text_of(parts[place:])
