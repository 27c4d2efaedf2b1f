"""How far what was heard is from what was written: the word error rate, fair to both sides.

Both texts go through the same normaliser: figures, dates and abbreviations become words (hibari's in English,
ru-normalizr's in Russian), case, punctuation and hyphens go, spellings that sound alike count as one. A word heard
as two ("every one"), or two as one, is no error: nobody can hear a space.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_ALIKE = {
    "mr": "mister",
    "mrs": "missus",
    "dr": "doctor",
    "st": "saint",
    "ok": "okay",
    "grey": "gray",
    "colour": "color",
    "harbour": "harbor",
    "neighbour": "neighbor",
    "neighbours": "neighbors",
    "favourite": "favorite",
    "theatre": "theater",
    "centre": "center",
    "traveller": "traveler",
    "travelled": "traveled",
    "travellers": "travelers",
    "towards": "toward",
    "metres": "meters",
    "metre": "meter",
    "kilometre": "kilometer",
    "kilometres": "kilometers",
    "grandad": "granddad",
    "cosy": "cozy",
}
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*(?:st|nd|rd|th)?")


def word_error_rate(reference: str, heard: str, language: str) -> float:
    """Wrong, missing and added words over the words of the reference: 0 is perfect, 1 and more is noise."""
    errors, words = word_errors(reference, heard, language)
    return errors / max(1, words)


def word_errors(reference: str, heard: str, language: str) -> tuple[int, int]:
    """The wrong, missing and added words, and the words of the reference: what a rate over many lines sums."""
    wanted = plain_words(reference, language)
    return _distance(wanted, plain_words(heard, language)), len(wanted)


def plain_words(text: str, language: str) -> tuple[str, ...]:
    """A text as bare lower-case words, with figures written out, as both sides are compared."""
    text = unicodedata.normalize("NFC", text.replace("\u0301", "")).replace("’", "'")
    text = _english(text) if language == "en" else _russian(text) if language == "ru" else text
    text = text.casefold().replace("ё", "е").replace("'", "")
    words = re.findall(r"[^\W_]+", text)
    return tuple(_ALIKE.get(word, word) for word in words)


def _english(text: str) -> str:
    from hibari.g2p import numbers
    from hibari.g2p.normalize import normalize

    def written_out(found: re.Match[str]) -> str:
        figure = found.group().replace(",", "")
        if figure[-2:] in {"st", "nd", "rd", "th"}:
            return str(numbers.ordinal(int(figure[:-2])))
        if "." in figure:
            return str(numbers.decimal(figure)) if figure.count(".") == 1 else figure.replace(".", " point ")
        if len(figure) == 4 and "," not in found.group() and 1100 <= int(figure) < 2100:
            return str(numbers.year(int(figure)))
        return str(numbers.cardinal(int(figure)))

    text = re.sub(r"\$(\d[\d,.]*\d|\d)", r"\1 dollars", normalize(text))
    return _FIGURE.sub(written_out, text.replace("%", " percent"))


def _russian(text: str) -> str:
    import ru_normalizr

    plain = "".join(c if c.isalpha() or c.isascii() or c in "«»“”„…–—№°₽€" else " " for c in text)
    return str(ru_normalizr.normalize(plain)) if plain.strip() else ""


def _distance(wanted: Sequence[str], heard: Sequence[str]) -> int:
    """The least number of words to change, leave out or add, joins and divisions of words being free."""
    rows = [[0] * (len(heard) + 1) for _ in range(len(wanted) + 1)]
    for i in range(len(wanted) + 1):
        for j in range(len(heard) + 1):
            if i == 0 or j == 0:
                rows[i][j] = i + j
                continue
            best = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (wanted[i - 1] != heard[j - 1]))
            if j > 1 and wanted[i - 1] == heard[j - 2] + heard[j - 1]:
                best = min(best, rows[i - 1][j - 2])
            if i > 1 and heard[j - 1] == wanted[i - 2] + wanted[i - 1]:
                best = min(best, rows[i - 2][j - 1])
            rows[i][j] = best
    return rows[-1][-1]
