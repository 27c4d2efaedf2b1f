"""Cuts on the music: scenes that count beats, and cuts that are moved to the nearest one."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyboard.film import Beats, Film, FitClip, FitVoice, Fixed
from storyboard.load import read
from storyboard.schedule import schedule
from storyboard.snapping import Clock, Measure, on_beats

RATE = Fraction(24)
HALF = Clock(Fraction(1, 2))

MakeFilm = Callable[[str], Film]


@pytest.fixture
def film() -> MakeFilm:
    """Gives the film of scenes (and keys before them) written at 120 beats a minute."""

    def made(body: str) -> Film:
        return read(f"workprint: 1\ntitle: T\nscore: {{tempo: 120}}\n{body}\n", "film.yaml").checked()

    return made


def test_a_clock_counts_evenly() -> None:
    """Without heard beats every period brings one, from the film's first frame."""
    assert [HALF.at(beat) for beat in (0, 1, 4)] == [0, Fraction(1, 2), 2]
    assert HALF.nearest(Fraction(7, 10)) == 1
    assert HALF.from_(Fraction(7, 10)) == 2


@given(st.lists(st.fractions(Fraction(1, 5), Fraction(2), max_denominator=48), min_size=1), st.fractions(0, 60))
def test_the_nearest_beat_is_the_nearest(steps: list[Fraction], seconds: Fraction) -> None:
    """No other beat is nearer to a time than the one found, and the next one is not before it."""
    times = [sum(steps[: n + 1], Fraction(0)) for n in range(len(steps))]
    clock = Clock(Fraction(1, 2), tuple(times))
    found = clock.nearest(seconds)
    distances = [abs(clock.at(beat) - seconds) for beat in range(found + 60)]
    assert distances[found] == min(distances)
    next_one = clock.from_(seconds)
    assert clock.at(next_one) >= seconds
    assert next_one == 0 or clock.at(next_one - 1) < seconds


def test_scenes_of_beats_do_not_drift() -> None:
    """However many scenes count beats at an awkward tempo, each cut lies within half a frame of its beat."""
    clock = Clock(Fraction(60, 97))
    scenes = [Measure(Beats(3), 1, 2, (6 if n else 0, 6), snap=False) for n in range(80)]
    start = 0
    for number, length in enumerate(on_beats(scenes, clock, RATE)):
        cut = (start + length - 3) / RATE
        assert abs(cut - clock.at(3 * (number + 1))) <= Fraction(1, 2) / RATE
        start += length - 6


def test_a_cut_moves_to_the_nearest_beat() -> None:
    """A scene of fixed length becomes shorter or longer by at most half a beat."""
    shorter, longer = (Measure(Fixed(Fraction(f, 24)), f, 2, (0, 0), snap=True) for f in (52, 57))
    assert on_beats([shorter], HALF, RATE) == [48]
    assert on_beats([longer], HALF, RATE) == [60]


def test_speech_is_never_cut_for_a_beat() -> None:
    """A scene that waits for its lines only grows, and no scene falls below what it needs."""
    waiting = Measure(FitVoice(), 49, 40, (0, 0), snap=True)
    full = Measure(Fixed(Fraction(50, 24)), 50, 50, (0, 0), snap=True)
    assert on_beats([waiting], HALF, RATE) == [60]
    assert on_beats([full], HALF, RATE) == [60]


def test_footage_never_grows() -> None:
    """A scene as long as its footage ends on the beat before, or stays as it is."""
    assert on_beats([Measure(FitClip(), 59, 2, (0, 0), snap=True)], HALF, RATE) == [48]
    assert on_beats([Measure(FitClip(), 11, 2, (0, 0), snap=True)], HALF, RATE) == [11]


def test_a_film_snaps_where_it_is_asked_to(film: MakeFilm) -> None:
    """`snap: beat` of the film holds for all scenes but those that say off."""
    made = schedule(
        film(
            "snap: beat\nscenes: [{id: a, place: park, length: 2.2s}, {id: b, place: park, length: 2.2s, snap: off},"
            " {id: c, place: park, length: 4 beats}]"
        )
    )
    assert [slot.frames for slot in made.slots] == [48, 53, 43]
    assert made.frames == 6 * 24


def test_a_heard_clock_counts(film: MakeFilm) -> None:
    """The beats of a music file are those that were heard in it."""
    times = tuple(Fraction(n, 2) + Fraction(1, 8) for n in range(20))
    made = schedule(film("snap: beat\nscenes: [{id: a, place: park, length: 2s}]"), clock=Clock(Fraction(1, 2), times))
    assert made.slots[0].frames == 51
