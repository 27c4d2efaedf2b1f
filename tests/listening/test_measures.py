"""The measure itself: what counts as a mistake of a voice and what does not."""

from __future__ import annotations

import pytest

from tests.listening.sentences import sentences
from tests.listening.wer import plain_words, word_error_rate, word_errors


@pytest.mark.parametrize("language", ["en", "ru"])
def test_twenty_different_lines(language: str) -> None:
    """There are twenty different lines of at least five words in each language."""
    lines = sentences(language)
    assert len(set(lines)) == 20
    assert all(len(plain_words(line, language)) >= 5 for line in lines)


def test_figures_and_spelling_are_no_errors() -> None:
    """Figures, case, marks, hyphens, British spelling and joined words do not count, whoever writes them."""
    said = "On the 3rd of May, 1984, the traveller paid $12 at seven thirty; every one saw it."
    heard = "on the third of may nineteen eighty-four, The Traveler paid twelve dollars at 7:30. Everyone saw it"
    assert word_error_rate(said, heard, "en") == 0
    assert word_error_rate("В 2026 году ещё жив", "в две тысячи двадцать шестом году еще жив", "ru") == 0


def test_wrong_missing_and_added_words_count() -> None:
    """A changed, a lost and an added word are one error each."""
    assert word_errors("the cat sat on the mat", "the hat sat the mat now", "en") == (3, 6)
    assert word_error_rate("мама мыла раму", "", "ru") == 1
