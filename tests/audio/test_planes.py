"""Reading for the mix: bit for bit what the general reader gives, from any file of the house."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile as sf

from audio.mixing import planes
from audio.signal import wavefile
from audio.voice import RATE, Samples
from storyboard.errors import RenderError

LENGTH = 40_001


def noise(channels: int) -> Samples:
    """White noise up to full scale."""
    wave: Samples = np.random.default_rng(channels).uniform(-1, 1, (LENGTH, channels)).astype(np.float32)
    return wave[:, 0] if channels == 1 else wave


def joined(wave: planes.Wave, start: int, count: int) -> Samples:
    """All blocks in one piece, (n, channels)."""
    parts = [(at, block * np.float32(unit)) for at, block, unit in planes.blocks(wave, start, count)]
    assert [at for at, _ in parts] == [0, *np.cumsum([block.shape[1] for _, block in parts])[:-1].tolist()][
        : len(parts)
    ]
    return (
        np.concatenate([block for _, block in parts], axis=1).T if parts else np.zeros((0, wave.channels), np.float32)
    )


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize(("start", "count"), [(0, LENGTH), (1, 1), (5, 20_000), (39_990, 500), (LENGTH, 10), (7, 0)])
def test_blocks_are_what_the_file_holds(channels: int, start: int, count: int, tmp_path: Path) -> None:
    """Any stretch comes out as written, and ends where the file does."""
    path = tmp_path / "a.wav"
    wavefile.write(path, noise(channels))
    wave = planes.probe(path)
    assert (wave.channels, wave.samples) == (channels, LENGTH)
    assert wave.first > 0
    due = wavefile.read(path, start, count).reshape(-1, channels) if count else np.zeros((0, channels))
    assert np.array_equal(joined(wave, start, count), due)


def test_a_file_with_other_words_is_read_too(tmp_path: Path) -> None:
    """32-bit floats, as stems have them, go through the general reader."""
    path = tmp_path / "a.wav"
    sf.write(path, noise(2), RATE, subtype="FLOAT")
    wave = planes.probe(path)
    assert wave.first == 0
    assert np.array_equal(joined(wave, 100, 900), noise(2)[100:1000])


def test_headers_between_do_not_disturb(tmp_path: Path) -> None:
    """What other programs write before the words is stepped over, with its padding."""
    plain = tmp_path / "a.wav"
    wavefile.write(plain, noise(2))
    held = plain.read_bytes()
    more = b"LIST" + (5).to_bytes(4, "little") + b"hello\0"
    tagged = tmp_path / "b.wav"
    tagged.write_bytes(held[:4] + (len(held) - 8 + len(more)).to_bytes(4, "little") + held[8:36] + more + held[36:])
    assert planes.probe(tagged).first == planes.probe(plain).first + len(more)
    assert np.array_equal(joined(planes.probe(tagged), 0, LENGTH), joined(planes.probe(plain), 0, LENGTH))


def test_what_is_no_sound_of_the_house_is_refused(tmp_path: Path) -> None:
    """A file that is none, one that is not there and one of another rate are told by name."""
    (tmp_path / "none.wav").write_bytes(b"RIFF....WAVE and nothing")
    sf.write(tmp_path / "slow.wav", noise(2), 44_100, subtype="PCM_24")
    for name in ("none.wav", "gone.wav", "slow.wav"):
        with pytest.raises(RenderError, match=name):
            planes.probe(tmp_path / name)


def test_a_file_cut_short_while_mixing_is_told(tmp_path: Path) -> None:
    """A sound that loses its end between two looks is an error, not silence."""
    path = tmp_path / "a.wav"
    wavefile.write(path, noise(2))
    wave = planes.probe(path)
    path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises(RenderError, match="ends before"):
        joined(wave, 0, LENGTH)
