"""Finding a planned sound in a finished film: to the sample, and not where it is not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import soundfile

from audio.encode import EncodeRequest, encode_sound
from projects.steps import Artifact, Work
from render.listening import REACH, Mono, excerpts, find, read_excerpt, silence

RATE = 48_000


def noise(length: int, seed: int, level: float = 0.1) -> Mono:
    """White noise: unlike itself at every other place."""
    return (np.random.default_rng(seed).standard_normal(length) * level).astype(np.float32)


def test_a_shift_is_found_to_the_sample_in_coded_sound(tmp_path: Path) -> None:
    """A sound that lies 123 samples late in AAC, under other noise, is found there."""
    cue = noise(RATE, 1)
    film = noise(4 * RATE, 2, 0.02)
    film[RATE + 123 : 2 * RATE + 123] += cue
    soundfile.write(tmp_path / "mix.wav", np.stack([film, film], axis=1), RATE, "PCM_24")
    work = Work({"mix": Artifact("", tmp_path / "mix.wav", {})}, {}, lambda part: None, lambda: False)
    encode_sound(EncodeRequest(), work, tmp_path / "film.m4a")
    heard = excerpts(tmp_path / "film.m4a", [(RATE - REACH, len(cue) + 2 * REACH)])[0]
    found = find(heard, cue)
    assert found is not None
    assert found.late == 123
    assert found.likeness > 0.7


def test_what_is_not_there_is_unlike() -> None:
    """Another sound in its place has next to no likeness, and silence has nothing to be compared by."""
    found = find(noise(RATE + 2 * REACH, 3), noise(RATE, 4))
    assert found is not None
    assert found.likeness < 0.1
    assert find(noise(RATE + 2 * REACH, 3), np.zeros(RATE, np.float32)) is None


def test_excerpts_outside_the_file_are_silent(tmp_path: Path) -> None:
    """What lies before the first or after the last sample is padded with silence."""
    soundfile.write(tmp_path / "a.wav", np.full((1000, 2), 0.5), RATE, "PCM_24")
    assert np.array_equal(read_excerpt(tmp_path / "a.wav", -10, 20) > 0.4, [False] * 10 + [True] * 10)
    assert np.array_equal(read_excerpt(tmp_path / "a.wav", 990, 20) > 0.4, [True] * 10 + [False] * 10)


def test_silence_is_told_in_seconds(tmp_path: Path) -> None:
    """A pause of a second is found where it is; one of a tenth of a second is not worth telling."""
    wave = noise(4 * RATE, 5)
    wave[RATE : 2 * RATE] = 0
    wave[3 * RATE : 3 * RATE + 4800] = 0
    soundfile.write(tmp_path / "a.wav", np.stack([wave, wave], axis=1), RATE, "PCM_24")
    assert silence(tmp_path / "a.wav") == [[1.0, 2.0]]
