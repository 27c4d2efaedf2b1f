"""What a Russian voice is given to read: every figure, date, abbreviation and foreign word in Russian words.

The author's pronunciations and our own mends come first, then ru-normalizr, then the letter ё. Knows no voice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any

from audio.reading import russian_mends
from audio.reading.lexicon import Lexicon
from audio.reading.russian_sounds import from_ipa, from_latin
from audio.reading.russian_words import stem_of_form, with_yo
from audio.reading.spans import Cell, Stretch, pause, read_by, stretches
from audio.reading.stress import marked, stressed, unstressed
from audio.reading.token import STRESS, Reading, Token

_SIGNS = "«»“”„…–—№°₽€£§×½¼" + STRESS
"""Signs beyond ASCII that the normaliser takes; it stumbles over rarer ones."""
_FIGURES = ("ноль", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять")
_FINAL = frozenset("?!….")
_WORD = re.compile(r"(?<![\w-])[а-яё\u0301]+(?:-[а-яё\u0301]+)*(?![\w-])", re.IGNORECASE)


def read(text: str, tag: str, lexicon: Lexicon) -> Reading:
    """The line as a reading; `text` has its stress marks as STRESS."""
    known = _known(text, lexicon)
    worded = [_plain_signs(part) for part in stretches(text, read_by(text, russian_mends.rules(text), known))]
    plain = " ".join(part.said for part in worded)
    normal = marked(str(_normaliser().normalize(plain))) if plain.strip() else ""
    normal = re.sub(r"\d", lambda found: f" {_FIGURES[int(found[0])]} ", normal)  # what nothing could make sense of
    return Reading(_joined(worded, normal), tag)


@lru_cache(maxsize=1)
def _normaliser() -> Any:
    from ru_normalizr import NormalizeOptions, Normalizer

    options = NormalizeOptions(
        mode="tts",
        enable_latinization=False,
        enable_caps_normalization=False,
        enable_first_word_decap=False,
        enable_letter_abbreviation_expansion=False,
        enable_initials_expansion=False,
        enable_url_normalization=False,
        remove_links=False,
        letter_vowel_mode="single",
    )
    return Normalizer(options)


def _known(text: str, lexicon: Lexicon) -> list[Cell]:
    """The author's words in the line: as they are in the lexicon, and in their inflected forms where those are sure."""
    cells = [Cell(c.start, c.end, from_ipa(c.ipa) if c.ipa else _cyrillic(c.said or "")) for c in lexicon.cells(text)]
    taken = [(cell.start, cell.end) for cell in cells]
    for found in _WORD.finditer(text):
        if stressed(found.group()) or any(a < found.end() and b > found.start() for a, b in taken):
            continue
        said = _inflected(found.group().casefold(), lexicon)
        if said:
            cells.append(Cell(found.start(), found.end(), said))
    return sorted(cells, key=lambda cell: cell.start)


def _inflected(word: str, lexicon: Lexicon) -> str | None:
    for base, entry in lexicon.entries.items():
        stem = stem_of_form(word, base) if re.fullmatch("[а-яё]+", base) else None
        if stem is None:
            continue
        said = from_ipa(entry.ipa) if entry.ipa else _cyrillic(entry.said)
        ending, plain = base[len(stem) :], unstressed(said)
        if plain.endswith(ending) and not _stress_after(said, len(plain) - len(ending)):
            return _letters(said, len(plain) - len(ending)) + word[len(stem) :]
    return None


def _stress_after(said: str, letters: int) -> bool:
    """Whether the stress lies beyond so many letters: in an ending, where it may move from form to form."""
    at = said.find(STRESS)
    return at >= 0 and len(said[:at].replace(STRESS, "")) > letters


def _letters(said: str, count: int) -> str:
    """The first so many letters, with the stress mark after them if it is theirs."""
    taken = ""
    for c in said:
        if c != STRESS and len(taken.replace(STRESS, "")) == count:
            break
        taken += c
    return taken


def _cyrillic(said: str) -> str:
    return " ".join(from_latin(word) if word.isascii() else word for word in said.split())


def _plain_signs(part: Stretch) -> Stretch:
    said = "".join(c if c.isalpha() or c.isascii() or c in _SIGNS else " " for c in part.said)
    return replace(part, said=said)


def _joined(worded: Sequence[Stretch], normal: str) -> tuple[Token, ...]:
    """The tokens with what the normaliser made of their words, tied word by word where it changed nothing."""
    words = [(i, word) for i, part in enumerate(worded) for word in part.said.split() if _plain(word)]
    owners = [i for i, _ in words]
    before = [_plain(word) for _, word in words]
    pieces = [piece for piece in normal.split() if _plain(piece) or pause(piece) == "—"]
    after = [_plain(piece) for piece in pieces]
    groups: list[_Group] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            for i, j in zip(range(i1, i2), range(j1, j2), strict=True):
                _add(groups, _Group(owners[i], owners[i], [pieces[j]]))
        elif i1 < i2:
            said = [piece for piece in pieces[j1:j2] if _plain(piece)]  # a dash between figures is no pause
            _add(groups, _Group(owners[i1], owners[i2 - 1], said))
        elif groups:
            groups[-1].said += pieces[j1:j2]
    tokens: list[Token] = []
    for group in groups:
        parts = worded[group.first : group.last + 1]
        if parts[0].before and tokens and not tokens[-1].after:
            tokens[-1] = replace(tokens[-1], after=parts[0].before)
        tokens.append(_token(parts, group.said))
    return tuple(tokens)


@dataclass(slots=True)
class _Group:
    """Stretches from `first` to `last`, and what is said for them."""

    first: int
    last: int
    said: list[str]


def _add(groups: list[_Group], group: _Group) -> None:
    """Adds a group, joined with the last ones where they share a stretch."""
    while groups and groups[-1].last >= group.first:
        earlier = groups.pop()
        group = _Group(earlier.first, max(earlier.last, group.last), [*earlier.said, *group.said])
    groups.append(group)


def _token(parts: Sequence[Stretch], said: Sequence[str]) -> Token:
    written = tuple(word for part in parts for word in part.written)
    words: list[str] = []
    for piece in said:
        bare = _bare(piece)
        if bare:
            words.append(bare + ("," if pause(piece) in {",", ";", ":"} else ""))
    marks = [pause(piece) for piece in said[-2:]] if said and not _plain(said[-1]) else [pause(p) for p in said[-1:]]
    after = next((mark for mark in marks if mark in _FINAL), marks[-1] if marks else "")
    if not after and parts[-1].after != ".":  # the full stop of an abbreviation is no pause
        after = parts[-1].after
    if words:
        words[-1] = words[-1].rstrip(",")
    return Token(written, tuple(words), after)


def _bare(piece: str) -> str:
    """A word without marks, in small letters, with its ё."""
    word = re.sub(rf"[^\w{STRESS}-]", "", piece).strip("-_").casefold()
    return "-".join(part if stressed(part) else with_yo(part) for part in word.split("-"))


def _plain(piece: str) -> str:
    return re.sub(r"[\W_]", "", piece).casefold()
