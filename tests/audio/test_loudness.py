"""Loudness and true peak."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from audio.signal import loudness, wavefile
from audio.voice import RATE, Samples
from projects import programs

Tone = Callable[..., Samples]


def test_reference_tone(tone: Tone) -> None:
    """A 997 Hz sine at full scale in one channel of two measures -3.01 LUFS, as BS.1770 says."""
    sound = tone(3.0, 997.0, 1.0)
    sound[:, 1] = 0.0
    assert loudness.of_samples(sound).integrated == pytest.approx(-3.01, abs=0.02)


def test_silence_is_a_number(tone: Tone) -> None:
    """Silence measures the named floor, never minus infinity."""
    assert loudness.of_samples(np.zeros((RATE, 2), np.float32)) == loudness.Loudness(-120.0, -120.0)


def test_quiet_parts_are_gated(tone: Tone) -> None:
    """A long pause after a sound does not lower its loudness."""
    sound = tone(4.0)
    with_pause = np.concatenate([sound, np.zeros((8 * RATE, 2), np.float32)])
    whole, paused = loudness.of_samples(sound).integrated, loudness.of_samples(with_pause).integrated
    assert paused == pytest.approx(whole, abs=0.2)


def test_true_peak_lies_between_samples() -> None:
    """A quarter-rate sine sampled off its crests measures its real crest, 3 dB above the samples."""
    t = np.arange(RATE)
    sound = (0.5 * np.sin(2 * np.pi * t / 4 + np.pi / 4)).astype(np.float32)[:, None]
    assert loudness.decibels(float(np.abs(sound).max())) == pytest.approx(-9.03, abs=0.02)
    assert loudness.of_samples(sound).true_peak == pytest.approx(-6.02, abs=0.15)


@pytest.mark.parametrize("count", [1, 5, 1023, 20_000, 50_001])
def test_sub_samples_are_those_of_the_interpolator(count: int) -> None:
    """Oversampling by matrices gives what filtering the wave with zeros between its samples gives, at all lengths."""
    wave = np.random.default_rng(count).standard_normal(count).astype(np.float32)
    phases = loudness._interpolator()
    taps = phases.T.ravel()
    spread = np.zeros(4 * (count + 12), np.float64)
    spread[24 : 24 + 4 * count : 4] = wave
    fine = np.abs(np.convolve(spread, taps, "full"))[48 : 48 + 4 * count]
    before = np.concatenate([np.zeros(4), fine[:-4]]).reshape(-1, 4)[:, 1:].max(axis=1)
    due = np.maximum(np.maximum(fine.reshape(-1, 4).max(axis=1), before), np.abs(wave))
    found = loudness.oversampled_peak(wave[:, None])
    assert np.abs(found - due).max() < 1e-5
    every = np.maximum(np.abs(wave), loudness._exactly(wave, np.arange(count)))
    assert np.abs(every - due).max() < 1e-5


def test_peaks_over_a_ceiling_lie_anywhere() -> None:
    """Peaks over the ceiling are as large as everywhere, the same bits in any stretch; no others are."""
    sound = np.random.default_rng(7).standard_normal((30_000, 2)).astype(np.float32) * np.float32(0.2)
    whole, plain = loudness.peak_over(sound, 0.5), loudness.oversampled_peak(sound)
    over = plain > 0.5 + 1e-5
    assert over.any()
    assert np.abs(whole[over] - plain[over]).max() < 1e-6
    assert whole[plain < 0.5 - 1e-5].max() <= 0.5
    for first in (1, 77, 1024, 5003):
        alone = loudness.peak_over(sound[first:], 0.5)[16:]
        high = (alone > 0.5) | (whole[first + 16 :] > 0.5)
        assert np.array_equal(alone[high], whole[first + 16 :][high])


@pytest.mark.parametrize("count", [1, 479, 480, 4801, 48_000])
def test_mean_squares_by_step(count: int) -> None:
    """Every step's mean square is that of its samples with channels summed, also of a short last one."""
    sound = np.random.default_rng(count).standard_normal((count, 2)).astype(np.float32)
    due = [(sound[at : at + 480].astype(np.float64) ** 2).sum(axis=1).mean() for at in range(0, count, 480)]
    assert loudness.mean_squares(sound, 480) == pytest.approx(np.array(due), rel=1e-6)


def test_loudness_alone_is_the_meters(tone: Tone) -> None:
    """The loudness measured without a peak is the one the meter finds."""
    sound = tone(2.345) * np.random.default_rng(5).uniform(0.2, 1.0, (round(2.345 * RATE), 1)).astype(np.float32)
    assert loudness.integrated_of(sound) == pytest.approx(loudness.of_samples(sound).integrated, abs=1e-5)


def test_blocks_measure_as_the_whole(tone: Tone) -> None:
    """Feeding blocks of odd lengths gives the same as feeding everything at once."""
    sound = tone(2.3) * np.random.default_rng(1).uniform(0.2, 1.0, (round(2.3 * RATE), 1)).astype(np.float32)
    meter = loudness.Meter(2)
    for start in range(0, len(sound), 7001):
        meter.feed(sound[start : start + 7001])
    whole = loudness.of_samples(sound)
    assert meter.result().integrated == pytest.approx(whole.integrated, abs=1e-6)
    assert meter.result().true_peak == pytest.approx(whole.true_peak, abs=0.02)


def test_a_block_that_ends_at_a_crest_adds_no_peak() -> None:
    """The true peak of a deep tone is its crest, also where every block ends at one."""
    sound = (0.5 * np.sin(2 * np.pi * np.arange(RATE) * 100 / RATE)).astype(np.float32)[:, None]
    meter = loudness.Meter(1)
    for block in np.split(sound, np.arange(120, RATE, 480)):
        meter.feed(block)
    assert meter.result().true_peak == pytest.approx(-6.02, abs=0.01)


def test_agrees_with_ebur128(save: Callable[[str, Samples], Path]) -> None:
    """A file measures within 0.1 LU and 0.2 dB of ffmpeg's ebur128 filter."""
    noise = np.random.default_rng(2).standard_normal((6 * RATE, 2)).astype(np.float32) * 0.05
    noise[2 * RATE : 4 * RATE] *= 4
    path = save("noise", noise)
    command: list[str | Path] = [
        programs.ffmpeg(),
        "-nostats",
        "-i",
        path,
        "-af",
        "ebur128=peak=true",
        "-f",
        "null",
        "-",
    ]
    said = programs.run(command).stderr
    summary = said[said.rindex("Summary:") :].split()
    ours = loudness.of_samples(wavefile.read(path))
    assert ours.integrated == pytest.approx(float(summary[summary.index("I:") + 1]), abs=0.1)
    assert ours.true_peak == pytest.approx(float(summary[summary.index("Peak:") + 1]), abs=0.2)
