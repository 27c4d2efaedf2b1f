"""Rooms: what comes back, how long, and that it is always the same."""

from __future__ import annotations

import numpy as np
import pytest

from audio.signal.rooms import BY_RADIO, ROOMS, answer, tail
from audio.voice import RATE
from storyboard.vocabulary.places import PLACES


def test_every_room_is_a_canonical_place() -> None:
    """Rooms and radio are known by names that storyboards use, and no place has both."""
    assert set(ROOMS) | BY_RADIO <= set(PLACES.canonical)
    assert not set(ROOMS) & BY_RADIO


@pytest.mark.parametrize("place", sorted(ROOMS))
def test_an_answer_comes_late_dies_away_and_ends_in_silence(place: str) -> None:
    """Nothing comes back before the first reflection, both sides differ, and the end is 40 dB under the beginning."""
    heard = answer(place)
    assert heard.shape == (2, tail(place))
    assert np.isfinite(heard).all()
    assert np.square(heard).sum() / 2 == pytest.approx(1.0, rel=1e-4)
    silent = round(0.9 * ROOMS[place].delay * RATE)
    assert np.abs(heard[:, :silent]).max() < 1e-6
    left, right = heard.astype(np.float64)
    assert abs(float((left * right).sum())) < 0.8 * float(np.sqrt((left**2).sum() * (right**2).sum()))
    energy = np.square(heard).sum(axis=0)
    twentieth = len(energy) // 20
    loudest = max(energy[at : at + twentieth].sum() for at in range(0, len(energy) - twentieth, twentieth))
    assert energy[-twentieth:].sum() < 1e-4 * loudest


@pytest.mark.parametrize("place", ["cave", "castle", "stage", "room"])
def test_a_tail_takes_its_time(place: str) -> None:
    """Between 10 and 30 dB down a tail falls about as fast as its decay says."""
    energy = np.square(answer(place).astype(np.float64)).sum(axis=0)
    left = 10 * np.log10(np.cumsum(energy[::-1])[::-1] / energy.sum())
    first, last = (int(np.argmax(left < level)) for level in (-10, -30))
    assert 3 * (last - first) / RATE == pytest.approx(ROOMS[place].decay, rel=0.35)


def test_open_places_answer_nothing() -> None:
    """A meadow, the desert and no place at all have no tail."""
    assert [tail(place) for place in ("meadow", "desert", "open sea", "space", "")] == [0] * 5


def test_bigger_places_ring_longer() -> None:
    """A cave rings longer than a stage, that than a room; a slap in the street comes later than a wall in a room."""
    assert tail("cave") > tail("stage") > tail("room") > 0
    assert ROOMS["city street"].delay > 4 * ROOMS["room"].delay


def test_a_place_has_one_room() -> None:
    """Made again it is the same to the last bit."""
    first = answer("forest").copy()
    answer.cache_clear()
    assert np.array_equal(first, answer("forest"))
