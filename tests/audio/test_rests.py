"""What may be shortened of a line: never anything that is heard."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.signal.rests import BETWEEN_SENTENCES, HOP, rests
from audio.speaking.pacing import FASTEST, Pace, paced_facts, time_map

RUNS = st.lists(st.tuples(st.integers(1, 60), st.integers(1, 80)), min_size=1, max_size=12)
"""Stretches of sound and of silence after each, in hundredths of a second."""


def line(runs: list[tuple[int, int]], off: int, how: str) -> dict[str, Any]:
    """The facts of a line of these stretches, each a word whose times are `off` hundredths of a second wrong."""
    opening: list[int] = []
    words: list[tuple[str, int, int]] = []
    for number, (sound, silence) in enumerate(runs):
        at = len(opening)
        words.append((f"word{number}{'.' if number % 2 else ''}", at + off, at + sound + off))
        opening += [50] * sound + [0] * silence
    said = [[text, *(min(max(0, place), len(opening)) / 100 for place in span)] for text, *span in words]
    seconds = len(opening) / 100
    return {"samples": len(opening) * HOP, "seconds": seconds, "envelope": opening, "words": said, "word_times": how}


@settings(deadline=None, max_examples=100)
@given(
    runs=RUNS,
    off=st.integers(-15, 15),
    how=st.sampled_from(["by the engine", "by alignment", "by letters"]),
    pauses=st.fractions(0, 3, max_denominator=20),
    tempo=st.fractions(1, FASTEST, max_denominator=200),
)
def test_only_silence_is_taken_away(
    runs: list[tuple[int, int]], off: int, how: str, pauses: Fraction, tempo: Fraction
) -> None:
    """Whatever a line is like and however wrong its words lie: no sound is removed, floors hold, time runs forwards."""
    facts = line(runs, off, how)
    mapped = time_map(facts, Pace(pauses, tempo))
    opening = facts["envelope"]
    for one in mapped.splices:
        assert not any(opening[one.first // HOP : -(-one.last // HOP)])
    for rest in rests(facts):
        kept = (mapped.after(rest.last) - mapped.after(rest.first)) * tempo
        assert kept >= min(rest.floor, rest.samples) or pauses >= 1
    told = paced_facts(facts, Pace(pauses, tempo))
    places = [place for word in told["words"] for place in word[1:]]
    starts = [word[1] for word in told["words"]]
    assert starts == sorted(starts)
    assert all(0 <= place <= told["seconds"] + 1e-3 for place in places)
    assert len(told["envelope"]) == -(-told["samples"] // HOP)
    sounding = sum(value > 0 for value in told["envelope"])
    assert sounding == pytest.approx(sum(value > 0 for value in opening) / tempo, abs=2 * len(runs) + 2)


def test_a_consonant_is_no_rest() -> None:
    """A silence of 120 ms inside one word stays, whatever is asked; the same silence between two words does not."""
    opening = [0, 0, *[60] * 30, *[0] * 12, *[60] * 30, 0, 0]
    facts = {"samples": 76 * HOP, "seconds": 0.76, "envelope": opening, "word_times": "by the engine"}
    assert not rests({**facts, "words": [["stopping", 0.02, 0.74]]})
    assert rests({**facts, "words": [["stop", 0.02, 0.32], ["now", 0.44, 0.74]]})


def test_a_whispered_word_is_no_rest() -> None:
    """A silence in which a whole word lies is left alone, and so is a short one where words were only guessed."""
    opening = [*[60] * 30, *[0] * 50, *[60] * 30]
    facts = {"samples": 110 * HOP, "seconds": 1.1, "envelope": opening, "word_times": "by the engine"}
    said = [["he", 0.0, 0.3], ["whispers", 0.4, 0.7], ["loudly", 0.8, 1.1]]
    assert not rests({**facts, "words": said})
    assert rests({**facts, "words": [said[0], said[2]]})
    guessed = {**facts, "word_times": "by letters", "words": said}
    assert rests(guessed)[0].floor == BETWEEN_SENTENCES
    assert not rests({**guessed, "envelope": [*[60] * 30, *[0] * 15, *[60] * 65]})
