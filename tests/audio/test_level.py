"""The film's gain: reckoned from levels, true to what limiting really gives, and steady."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from audio.mixing import level
from audio.mixing.level import QUANTUM, film_gain, limited_loudness, measured, packed, together, unpacked
from audio.signal import limiter, loudness
from audio.voice import RATE, Samples

Tone = Callable[..., Samples]


def speech_like(seconds: float, seed: int) -> Samples:
    """Noise in syllables, with a crest that a limiter has to deal with."""
    length = round(seconds * RATE)
    dice = np.random.default_rng(seed)
    syllables = np.repeat(dice.uniform(0.0, 1.0, length // 6000 + 1) ** 2, 6000)[:length]
    smooth = np.convolve(dice.standard_normal(length), np.hanning(16), "same")
    wave = (0.1 * syllables * smooth / smooth.std()).astype(np.float32)
    return np.stack([wave, wave], axis=1)


@pytest.mark.parametrize("target", [-23.0, -16.0, -14.0])
def test_the_gain_brings_a_film_to_its_loudness(target: float) -> None:
    """With the gain and the limiter, a film of two chunks measures within half a quantum of its target."""
    parts = [speech_like(6.0, 1), speech_like(4.0, 2) * np.float32(0.5)]
    gain = film_gain(together([measured(part, 0, len(part)) for part in parts]), target, -1.8)
    film = np.concatenate(parts) * np.float32(loudness.amplitude(gain))
    found = loudness.of_samples(limiter.limited(film, loudness.amplitude(-1.85)))
    assert found.integrated == pytest.approx(target, abs=QUANTUM / 2 + 0.05)
    assert found.true_peak <= -1.8


@pytest.mark.parametrize("push", [0.0, 4.0, 8.0])
def test_what_the_limiter_takes_is_foreseen(push: float) -> None:
    """The loudness reckoned from levels is that of the limited sound to 0.05 LU, also under hard limiting."""
    sound = speech_like(8.0, 3)
    natural = loudness.of_samples(sound).integrated
    gain = -14.0 - natural + push
    real = loudness.of_samples(limiter.limited(sound * np.float32(loudness.amplitude(gain)), loudness.amplitude(-1.8)))
    assert limited_loudness(measured(sound, 0, len(sound)), gain, -1.8) == pytest.approx(real.integrated, abs=0.05)


def test_a_small_change_keeps_the_gain() -> None:
    """One line of thirty said a decibel louder moves the loudness by far less than a quantum, so the gain stays."""
    parts = [speech_like(2.0, seed) for seed in range(30)]
    levels = [measured(part, 0, len(part)) for part in parts]
    louder = measured(parts[7] * np.float32(1.12), 0, len(parts[7]))
    before, after = together(levels), together([*levels[:7], louder, *levels[8:]])
    gains = {film_gain(before, target, -1.8) for target in np.arange(-16.0, -15.2, 0.1)}
    assert len(gains) in (2, 3)
    same = [
        film_gain(before, target, -1.8) == film_gain(after, target, -1.8) for target in np.arange(-16.0, -15.2, 0.02)
    ]
    assert np.mean(same) > 0.8


def test_the_gain_is_a_whole_number_of_quanta(tone: Tone) -> None:
    """The gain lies on the quanta's grid, whatever is measured."""
    for amplitude in (0.01, 0.0123, 0.2, 0.9):
        sound = tone(1.0, 997.0, amplitude)
        gain = film_gain(measured(sound, 0, len(sound)), -14.0, -1.8)
        assert abs(gain / QUANTUM - round(gain / QUANTUM)) < 1e-9


def test_silence_gets_no_gain(tone: Tone) -> None:
    """A silent film, and one as good as silent, is left as it is."""
    for sound in (np.zeros((RATE, 2), np.float32), tone(1.0, 997.0, 1e-4)):
        assert film_gain(measured(sound, 0, len(sound)), -14.0, -1.8) == 0.0


def test_packed_levels_come_back() -> None:
    """Levels travel as facts with an error of at most half a hundredth of a decibel."""
    levels = measured(speech_like(1.0, 4), 0, RATE)
    back = unpacked(packed(levels))
    assert np.abs(10 * np.log10(back.energies / np.maximum(levels.energies, 1e-14))).max() <= 0.00501
    assert np.abs(20 * np.log10(back.peaks / np.maximum(levels.peaks, 1e-14))).max() <= 0.00501


@pytest.mark.parametrize("samples", [1, 100, 480, 481, 4799, 4801])
def test_very_short_films_are_measured(samples: int) -> None:
    """A film shorter than a hundredth or a tenth of a second has a level and a gain like any other."""
    sound = np.full((samples, 2), 0.1, np.float32)
    found = measured(sound, 0, samples)
    assert len(found.energies) == -(-samples // level.STEP)
    assert np.isfinite(film_gain(found, -14.0, -1.8))
