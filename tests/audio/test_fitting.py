"""Fitting lines into scenes of fixed length."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest

from audio.signal.rests import HOP
from audio.speaking.fitting import Fitting, fit, too_long
from audio.speaking.pacing import FASTEST, paced_facts
from audio.voice import RATE
from storyboard.dialogue import LEAST_TAIL, lay, needed
from storyboard.film import Character, Line, VoiceChoice

ANN = Character("ann", "Ann", "", "", "", "", VoiceChoice(""))
BOB = Character("bob", "Bob", "", "", "", "", VoiceChoice(""))
LINES = (
    Line("ann-1", ANN, "One two."),
    Line("ann-2", ANN, "Three four.", pause=Fraction(1)),
    Line("bob-1", BOB, "Five six."),
)


def facts() -> Mapping[str, Any]:
    """Each line: a word of a second, a rest of half a second, a word of a second."""
    opening = [*[50] * 100, *[0] * 50, *[50] * 100]
    line = {"samples": 250 * HOP, "envelope": opening, "word_times": "by the engine"}
    words = {line.id: line.text.split() for line in LINES}
    return {key: {**line, "words": [[a, 0.0, 1.0], [b, 1.5, 2.5]]} for key, (a, b) in words.items()}


def fitted(room: Fraction, lead_in: Fraction = Fraction(0)) -> Fitting:
    """The lines in a scene of so many seconds."""
    return fit(LINES, facts(), "en", room, lead_in)


def end_of(fitting: Fitting, lead_in: Fraction = Fraction(0)) -> Fraction:
    """When the last line is over, laid as the fitting says."""
    return lay(LINES, fitting.seconds, lead_in, fitting.squeeze)[-1].end


NATURAL = fitted(Fraction(100)).natural
LEAST = fitted(Fraction(1)).least


def test_a_long_scene_is_left_alone() -> None:
    """Where there is room nothing changes, and the silence at the end gives way before anything else does."""
    for room in (Fraction(100), NATURAL, NATURAL - Fraction(2, 5)):
        fitting = fitted(room)
        assert not fitting.changed
        assert fitting.fits
        assert fitting.told == ""
    laid = lay(LINES, fitted(NATURAL).seconds)
    assert needed(LINES, laid) == NATURAL


def test_pauses_go_before_the_tempo() -> None:
    """A scene somewhat too short costs pauses only, in lines and between them; a shorter one all pauses and tempo."""
    some = fitted(NATURAL - 1)
    assert 0 < some.squeeze < 1
    assert {pace.tempo for pace in some.paces.values()} == {1}
    assert {pace.pauses for pace in some.paces.values()} == {1 - some.squeeze}
    assert some.told.startswith("pauses shortened by ")
    more = fitted((NATURAL + 3 * LEAST) / 4)
    assert more.squeeze == 1
    assert all(1 < pace.tempo < FASTEST and pace.pauses == 0 for pace in more.paces.values())
    assert more.told.startswith("pauses shortened to their least, speech 1.")


@pytest.mark.parametrize("step", range(12))
@pytest.mark.parametrize("lead_in", [Fraction(0), Fraction(3, 5)])
def test_whatever_fits_is_over_in_time(step: int, lead_in: Fraction) -> None:
    """From the least length on, the lines end before the scene does, by no more than is needed; lengths are exact."""
    least = fitted(Fraction(1), lead_in).least
    room = least + (NATURAL - least) * Fraction(step, 12)
    fitting = fitted(room, lead_in)
    assert fitting.fits
    assert room - Fraction(1, 5) < end_of(fitting, lead_in) + LEAST_TAIL <= room or not fitting.changed
    assert lay(LINES, fitting.seconds, lead_in, fitting.squeeze)[0].start >= lead_in
    for key, pace in fitting.paces.items():
        assert fitting.seconds[key] == Fraction(paced_facts(facts()[key], pace)["samples"], RATE)


def test_too_short_is_told_with_what_would_fit() -> None:
    """Below the limit the lines are paced to it, nothing is cut, and message and hint name lengths that would do."""
    fitting = fitted(LEAST - Fraction(1, 50))
    assert not fitting.fits
    assert {pace.tempo for pace in fitting.paces.values()} == {FASTEST}
    assert end_of(fitting) + LEAST_TAIL == LEAST
    message, hint = too_long("chasm", Fraction(4), fitting)
    assert "'chasm'" in message
    assert "4s" in message
    assert "`length: 9.72s`" in hint
    assert fitted(LEAST).fits


def test_lines_that_nobody_spoke_yet_are_estimated() -> None:
    """Without facts a line's length is guessed from its letters, so that a plan can tell what will happen."""
    long = Line("ann-1", ANN, "word " * 60)
    usual = fit((long,), {}, "en", Fraction(60))
    fast = fit((long,), {}, "en", usual.natural - 3)
    assert not usual.changed
    assert fast.seconds["ann-1"] < usual.seconds["ann-1"]
    assert not fast.exact
    assert fitted(NATURAL).exact
    assert "probably do not fit" in too_long("a", Fraction(3), fit((long,), {}, "en", Fraction(3)))[0]
    assert not fit((), {}, "en", Fraction(1)).changed
