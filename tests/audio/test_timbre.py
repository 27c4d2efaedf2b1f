"""The tempo of a finished line: exact lengths, the same pitch, and nothing cut off."""

from __future__ import annotations

import numpy as np
import pytest

from audio.signal import timbre
from audio.voice import RATE, Samples


def hum(seconds: float, hertz: float = 220.0) -> Samples:
    """A hum that swells four times a second and ends on a loud click in its very last milliseconds."""
    t = np.arange(round(seconds * RATE)) / RATE
    sound = 0.2 * np.sin(2 * np.pi * hertz * t) * (1 + np.sin(2 * np.pi * 4 * t)) / 2
    sound[-480:] = 0.9 * np.sin(2 * np.pi * 3000 * t[:480])
    hummed: Samples = sound.astype(np.float32)
    return hummed


@pytest.mark.parametrize("seconds", [0.12, 1.0, 7.3])
@pytest.mark.parametrize("tempo", [1.005, 1.1, 1.25])
def test_length_is_exact_and_the_end_is_heard(seconds: float, tempo: float) -> None:
    """A sound that lasts to its last sample keeps its end when made faster, in exactly the wanted length."""
    sound = hum(seconds)
    count = round(len(sound) / tempo)
    faster = timbre.at_tempo(sound, RATE, tempo, count)
    assert len(faster) == count
    assert np.abs(faster[-1200:]).max() > 0.5
    assert np.array_equal(faster, timbre.at_tempo(sound, RATE, tempo, count))


def test_the_pitch_stays() -> None:
    """A quarter faster is not a quarter higher."""
    faster = timbre.at_tempo(hum(2.0), RATE, 1.25, round(1.6 * RATE))
    spectrum = np.abs(np.fft.rfft(faster[:RATE]))
    assert abs(int(np.argmax(spectrum)) - 220) <= 4


def test_nothing_to_do_is_done_without_a_filter() -> None:
    """A tempo of 1 gives the samples as they are."""
    sound = hum(0.5)
    assert timbre.at_tempo(sound, RATE, 1.0, len(sound)) is sound


def test_the_version_is_told() -> None:
    """What a fingerprint holds of it names filter and version."""
    assert timbre.tempo_identity().startswith("atempo of ffmpeg ")
