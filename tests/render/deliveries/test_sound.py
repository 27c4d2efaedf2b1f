"""The stems of a film laid together: as loud as is asked, under the ceiling, and the same wherever blocks end."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from audio.signal import wavefile
from audio.signal.loudness import SILENCE, of_samples
from audio.voice import RATE, Samples
from render.deliveries import sound


def stem(folder: Path, name: str, level: float, seconds: float = 4.0, seed: int = 1) -> Path:
    """A stem of noise."""
    rng = np.random.default_rng(seed)
    wave = (rng.normal(0, level, (round(seconds * RATE), 2))).astype(np.float32)
    wavefile.write(folder / f"{name}.wav", np.clip(wave, -1, 1))
    return folder / f"{name}.wav"


def read(path: Path) -> Samples:
    """All samples of a sound."""
    return wavefile.read(path)


@pytest.mark.parametrize("wanted", [-23.0, -16.0])
def test_stems_are_as_loud_as_is_asked(tmp_path: Path, wanted: float) -> None:
    """Their sum comes out within a tenth of a LU, whatever they bring, and is measured as it is."""
    stems = [stem(tmp_path, "a", 0.05), stem(tmp_path, "b", 0.05, seed=2)]
    made = sound.mastered(stems, tmp_path / "out.wav", wanted)
    assert made.loudness.integrated == pytest.approx(of_samples(read(tmp_path / "out.wav")).integrated, abs=0.05)
    assert made.loudness.integrated == pytest.approx(wanted, abs=0.1)
    assert made.gain_db != 0


def test_peaks_stay_under_the_ceiling(tmp_path: Path) -> None:
    """A stem that would go far over it is limited, not clipped; what lies under it is left alone."""
    loud = stem(tmp_path, "a", 0.3)
    made = sound.mastered([loud], tmp_path / "out.wav", of_samples(read(loud)).integrated, -6.0)
    assert made.loudness.true_peak <= -5.9
    soft = stem(tmp_path, "b", 0.01)
    sound.mastered([soft], tmp_path / "soft.wav", of_samples(read(soft)).integrated)
    np.testing.assert_allclose(read(tmp_path / "soft.wav"), read(soft), atol=2e-6)


def test_blocks_leave_no_seam(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limiter gives the same samples however the film is cut into blocks."""
    loud = stem(tmp_path, "a", 0.3)
    wanted = of_samples(read(loud)).integrated
    sound.mastered([loud], tmp_path / "one.wav", wanted, -6.0)
    monkeypatch.setattr(sound, "_BLOCK", 31_111)
    sound.mastered([loud], tmp_path / "many.wav", wanted, -6.0)
    np.testing.assert_allclose(read(tmp_path / "one.wav"), read(tmp_path / "many.wav"), atol=1e-6)


def test_silence_stays_silent(tmp_path: Path) -> None:
    """Nothing is made loud of nothing."""
    wavefile.write(tmp_path / "a.wav", np.zeros((RATE, 2), np.float32))
    made = sound.mastered([tmp_path / "a.wav"], tmp_path / "out.wav", -23.0)
    assert (made.loudness.integrated, made.gain_db) == (SILENCE, 0.0)
    assert len(read(tmp_path / "out.wav")) == RATE
