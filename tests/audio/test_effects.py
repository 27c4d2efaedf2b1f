"""Effects and ambiences."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from audio import wavefile
from audio.effects import AMBIENCES, EVENTS, EffectRequest, make_effect, natural_length
from audio.voice import RATE
from projects.steps import Work
from storyboard.errors import RenderError


@pytest.mark.parametrize("effect", [*AMBIENCES, *EVENTS])
def test_effect_is_whole(effect: str, tmp_path: Path, make_work: Callable[..., Work]) -> None:
    """Each effect has its length to the sample, peaks at -3 dBFS, and begins and ends without a click."""
    make_effect(EffectRequest(effect, 2 * RATE + 5, 1), make_work(), tmp_path / "e.wav")
    sound = wavefile.read(tmp_path / "e.wav")
    assert sound.shape == (2 * RATE + 5, 2)
    assert 20 * np.log10(np.abs(sound).max()) == pytest.approx(-3.0, abs=0.05)
    assert np.abs(sound[[0, -1]]).max() < 0.01
    assert abs(float(sound.mean())) < 0.02


def test_seed_decides(tmp_path: Path, make_work: Callable[..., Work]) -> None:
    """The same seed gives the same bytes, another seed another rain."""
    made = []
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        make_effect(EffectRequest("rain", RATE // 2, seed), make_work(), tmp_path / name)
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]
    assert made[0] != made[2]


def test_long_ambience_has_no_seam(tmp_path: Path, make_work: Callable[..., Work]) -> None:
    """Where two pieces are joined the level neither jumps nor sinks."""
    make_effect(EffectRequest("room", 34 * RATE, 1), make_work(), tmp_path / "e.wav")
    sound = wavefile.read(tmp_path / "e.wav", 27 * RATE, 7 * RATE)
    power = [float(np.sqrt((sound[i : i + RATE] ** 2).mean())) for i in range(0, 7 * RATE, RATE)]
    assert max(power) < 1.6 * min(power)


def test_unknown_effect_suggests(tmp_path: Path, make_work: Callable[..., Work]) -> None:
    """A misspelt effect is refused with the nearest name and the whole list."""
    with pytest.raises(RenderError) as refusal:
        make_effect(EffectRequest("thundr", RATE), make_work(), tmp_path / "e.wav")
    assert "did you mean 'thunder'" in refusal.value.hint
    assert "crickets" in refusal.value.hint


def test_events_have_a_length_of_their_own() -> None:
    """An event says how long it lasts; an ambience has no end."""
    assert natural_length("bell") == round(6.5 * RATE)
    assert natural_length("rain") == 0
