"""How emotions change the way a line is spoken: all of them, all different, all within bounds."""

from __future__ import annotations

from itertools import combinations

import pytest

from audio.signal.timbre import Timbre
from audio.speaking.delivery import DELIVERIES, NEUTRAL, Delivery, deliver
from storyboard.vocabulary.emotions import EMOTIONS


def test_every_canonical_emotion_has_a_delivery() -> None:
    """The vocabulary and the table of deliveries name the same emotions."""
    assert set(DELIVERIES) == set(EMOTIONS.canonical)
    assert deliver("neutral") == NEUTRAL == Delivery()
    assert deliver("") == NEUTRAL


@pytest.mark.parametrize("emotion", DELIVERIES)
def test_bounds_are_natural(emotion: str) -> None:
    """No emotion makes a voice a caricature."""
    delivery = deliver(emotion)
    assert 0.88 <= delivery.pace <= 1.1
    assert -2.0 <= delivery.pitch <= 2.5
    assert -3.0 <= delivery.loudness <= 3.0
    assert 0.7 <= delivery.pauses <= 1.6
    assert 0.6 <= delivery.liveliness <= 1.5


@pytest.mark.parametrize(("one", "other"), list(combinations(DELIVERIES, 2)))
def test_any_two_are_audibly_different(one: str, other: str) -> None:
    """Two emotions differ by at least two just noticeable steps taken together.

    A step: 5 % of pace, 0.7 semitones, 1 dB.
    """
    a, b = deliver(one), deliver(other)
    steps = abs(a.pace / b.pace - 1) / 0.05 + abs(a.pitch - b.pitch) / 0.7 + abs(a.loudness - b.loudness)
    assert steps >= 2.0


def test_the_timbre_is_the_part_that_changes_the_voice() -> None:
    """Pace and pitch go to the filter, formants stay."""
    assert deliver("sad").timbre == Timbre(deliver("sad").pace, deliver("sad").pitch, 0.0)
