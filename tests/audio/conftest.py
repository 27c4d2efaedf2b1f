"""What the tests of sound share: a step's work without a runner, and sounds on disk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pytest

from audio.signal import wavefile
from audio.voice import RATE, Samples
from projects.steps import Artifact, Work

MakeWork = Callable[..., Work]


@pytest.fixture
def make_work() -> MakeWork:
    """Gives a `Work` with these inputs and files, that is never cancelled."""

    def made(inputs: Mapping[str, Path] | None = None, files: Mapping[str, Path] | None = None) -> Work:
        artifacts = {name: Artifact("0" * 8, path, {}) for name, path in (inputs or {}).items()}
        return Work(artifacts, files or {}, lambda _: None, lambda: False)

    return made


@pytest.fixture
def tone() -> Callable[..., Samples]:
    """Gives a stereo sine of so many seconds, hertz and amplitude."""

    def made(seconds: float, hertz: float = 997.0, amplitude: float = 0.5) -> Samples:
        t = np.arange(round(seconds * RATE)) / RATE
        wave = (amplitude * np.sin(2 * np.pi * hertz * t)).astype(np.float32)
        return np.stack([wave, wave], axis=1)

    return made


@pytest.fixture
def save(tmp_path: Path) -> Callable[[str, Samples], Path]:
    """Saves samples as a WAV of the house and gives its path."""

    def saved(name: str, samples: Samples) -> Path:
        path = tmp_path / f"{name}.wav"
        wavefile.write(path, samples)
        return path

    return saved
