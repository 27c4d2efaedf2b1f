"""Loudness and true peak."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from audio import loudness, wavefile
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
