"""Words for text encoders: counted by the model's own tokenizer, and never cut without a word.

Knows tokenizers only as callables.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def counter(tokenizer: Any) -> Callable[[str], int]:
    """How many tokens a tokenizer makes of a text, its own marks included."""

    def count(text: str) -> int:
        return len(tokenizer(text, truncation=False, verbose=False).input_ids)

    return count


def fitted(text: str, most: int, count: Callable[[str], int]) -> tuple[str, str]:
    """The text as far as `most` tokens hold it, cut between words, and the words that were left out ("" for none)."""
    if not most or count(text) <= most:
        return text, ""
    words = text.split()
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if count(" ".join(words[:middle])) <= most else (low, middle - 1)
    return " ".join(words[:low]), " ".join(words[low:])


def left_out(text: str, most: int, tokenizer: Any) -> tuple[str, str]:
    """As `fitted`, with a tokenizer itself."""
    return fitted(text, most, counter(tokenizer))
