"""Coded chunks: their packets in a row are one sound without seams, in its place, and repeatable."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from audio.mixing import ducking
from audio.mixing.encode import CodeRequest, code_sound, coder, mastered
from audio.mixing.grid import CHUNK, PACKET, SPOKEN, MixCue, MixRequest, chunks
from audio.signal import loudness
from audio.voice import RATE, Samples
from projects.steps import Artifact, Work
from storyboard.errors import InterruptedRender

Save = Callable[[str, Samples], Path]
MakeWork = Callable[..., Work]

GAIN, CEILING = 6.0, -1.8


def lively(seconds: float) -> Samples:
    """Chords that change, plucked, with breath: quiet and loud, tones and noise."""
    t = np.arange(round(seconds * RATE)) / RATE
    dice = np.random.default_rng(7)
    wave = np.zeros(len(t))
    for beat in range(int(seconds * 2) + 1):
        after = t - beat / 2
        plucked = np.where(after >= 0, np.exp(-6 * np.maximum(after, 0)), 0.0)
        wave += plucked * np.sin(2 * np.pi * 220 * 2 ** (dice.integers(0, 25) / 12) * t)
    wave += 0.02 * dice.standard_normal(len(t)) * (1 + np.sin(2 * np.pi * 0.3 * t))
    return np.stack([0.12 * wave, 0.10 * wave], axis=1).astype(np.float32)


def code_film(samples: int, cues: tuple[MixCue, ...], work: Work, folder: Path) -> tuple[list[Path], Samples]:
    """Code all chunks of a film; gives their files and the sound that was coded."""
    speech = ducking.joined([(cue.at_sample, cue.at_sample + cue.samples) for cue in cues if cue.bus in SPOKEN])
    paths, masters = [], []
    for number, chunk in enumerate(chunks(samples, cues, speech)):
        request = CodeRequest(chunk, GAIN, CEILING)
        paths.append(folder / f"{number}.m4a")
        facts = code_sound(request, work, paths[-1])
        assert facts["packets"] == len(packets_of(paths[-1])[1])
        masters.append(mastered(request, work)[0][chunk.before : chunk.before + chunk.samples])
    return paths, np.concatenate(masters)


def packets_of(path: Path) -> tuple[bytes, list[bytes]]:
    """The decoder's configuration and all packets of a file."""
    with av.open(str(path)) as media:
        stream = media.streams.audio[0]
        return bytes(stream.codec_context.extradata or b""), [bytes(p) for p in media.demux(stream) if p.size]


def decode(header: bytes, packets: list[bytes]) -> Samples:
    """What a player hears of packets in a row, without the priming."""
    decoder: Any = av.CodecContext.create("aac", "r")
    decoder.extradata = header
    blocks = [frame.to_ndarray() for packet in packets for frame in decoder.decode(av.Packet(packet))]
    heard: Samples = np.concatenate(blocks, axis=1).T[PACKET:]
    return heard


def continuous(sound: Samples) -> Samples:
    """The same sound coded in one go by the same encoder, and decoded."""
    encoder: Any = av.CodecContext.create("aac", "w")
    encoder.sample_rate, encoder.layout, encoder.format, encoder.bit_rate = RATE, "stereo", "fltp", 192_000
    encoder.options = {"aac_coder": coder(192_000)}
    padded = np.pad(sound, ((0, -len(sound) % PACKET + 3 * PACKET), (0, 0)))
    packets: list[bytes] = []
    for start in range(0, len(padded), PACKET):
        planes = np.ascontiguousarray(padded[start : start + PACKET].T)
        frame = av.AudioFrame.from_ndarray(planes, format="fltp", layout="stereo")
        frame.sample_rate, frame.pts = RATE, start
        packets += [bytes(packet) for packet in encoder.encode(frame)]
    return decode(bytes(encoder.extradata), packets)[: len(sound)]


def noise_ratio(heard: Samples, due: Samples, first: int, last: int) -> float:
    """Signal over coding noise in dB, of samples `first` to `last`."""
    error = heard[first:last] - due[first:last]
    return float(10 * np.log10(np.square(due[first:last]).sum() / np.square(error).sum()))


def test_seams_are_not_heard(save: Save, make_work: MakeWork, tmp_path: Path) -> None:
    """At each seam the coding noise is what one continuous encode has there, within a decibel, and no click lies there.

    The chunks' packets in a row decode to the mastered sound with no shift at all.
    """
    samples = 2 * CHUNK + 200_000
    work = make_work({"score": save("score", lively(samples / RATE))})
    paths, due = code_film(samples, (MixCue("score", "music", 0, samples=samples),), work, tmp_path)
    headers = {packets_of(path)[0] for path in paths}
    assert len(headers) == 1
    heard = decode(headers.pop(), [packet for path in paths for packet in packets_of(path)[1]])[:samples]
    once = continuous(due)
    assert noise_ratio(heard, due, 0, samples) > noise_ratio(once, due, 0, samples) - 0.5
    usual = np.abs(heard - due).max()
    for seam in (CHUNK, 2 * CHUNK):
        for first, last in ((seam - PACKET, seam), (seam, seam + PACKET), (seam - 4 * PACKET, seam + 4 * PACKET)):
            assert noise_ratio(heard, due, first, last) > noise_ratio(once, due, first, last) - 1.0
        assert np.abs(heard - due)[seam - 64 : seam + 64].max() <= usual
    spectrum = np.fft.rfft(heard[:, 0], 1 << 21) * np.conj(np.fft.rfft(due[:, 0], 1 << 21))
    assert int(np.argmax(np.fft.irfft(spectrum))) == 0


def test_mastered_chunks_are_the_mastered_film(save: Save, make_work: MakeWork, tmp_path: Path) -> None:
    """The sound of all chunks, limited each by itself, is bit for bit the film limited at once, peaks held."""
    samples = CHUNK + 100_000
    loud = lively(samples / RATE) * np.float32(2.5)
    loud[CHUNK - 300 : CHUNK + 300] *= 3
    work = make_work({"score": save("score", np.clip(loud, -1, 1))})
    cues = (MixCue("score", "dialogue", 0, samples=samples),)
    parts = [
        mastered(CodeRequest(chunk, GAIN, CEILING), work)[0][chunk.before : chunk.before + chunk.samples]
        for chunk in chunks(samples, cues, ())
    ]
    whole, curve = mastered(CodeRequest(MixRequest(samples, cues=cues), GAIN, CEILING), work)
    assert curve[CHUNK - 1] < 0.9
    assert np.array_equal(np.concatenate(parts), whole)
    assert loudness.of_samples(whole).true_peak <= CEILING


@pytest.mark.parametrize("samples", [1, 1000, 1024, 1025, 48_000, CHUNK, CHUNK + 1, CHUNK + PACKET + 1])
def test_a_film_of_any_length_has_its_packets(samples: int, save: Save, make_work: MakeWork, tmp_path: Path) -> None:
    """A film has one packet that primes and one for each 1024 samples begun, and every sample of it is heard."""
    work = make_work({"score": save("score", lively(samples / RATE + 0.1))})
    paths, due = code_film(samples, (MixCue("score", "music", 0, samples=samples),), work, tmp_path)
    packets = [packet for path in paths for packet in packets_of(path)[1]]
    assert len(packets) == -(-samples // PACKET) + 1
    heard = decode(packets_of(paths[0])[0], packets)
    assert len(heard) >= samples
    assert noise_ratio(heard, due, max(0, samples - 900), samples) > 8 or np.abs(due[-900:]).max() < 1e-3


def test_coding_is_repeatable(save: Save, make_work: MakeWork, tmp_path: Path) -> None:
    """Coding twice gives equal bytes, whatever was coded in between."""
    work = make_work({"score": save("score", lively(2.0))})
    first, second = (MixRequest(n * RATE, cues=(MixCue("score", "music", 0),)) for n in (2, 1))
    for name, request in (("a", first), ("x", second), ("b", first)):
        code_sound(CodeRequest(request, GAIN, CEILING), work, tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert (tmp_path / "a").read_bytes() != (tmp_path / "x").read_bytes()


def test_a_silent_film_is_coded_silent(make_work: MakeWork, tmp_path: Path) -> None:
    """Nothing planned gives packets of silence."""
    paths, due = code_film(RATE, (), make_work(), tmp_path)
    assert not due.any()
    header, packets = packets_of(paths[0])
    assert np.abs(decode(header, packets)).max() < 1e-4


def test_bits_are_kept(save: Save, make_work: MakeWork, tmp_path: Path) -> None:
    """Half the bits make about half the file."""
    work = make_work({"score": save("score", lively(8.0))})
    sizes = []
    for bits in (192_000, 96_000):
        code_sound(
            CodeRequest(MixRequest(8 * RATE, cues=(MixCue("score", "music", 0),)), GAIN, CEILING, bits),
            work,
            tmp_path / "a",
        )
        sizes.append(sum(map(len, packets_of(tmp_path / "a")[1])))
    assert sizes[1] == pytest.approx(8 * 96_000 / 8, rel=0.1)
    assert sizes[0] > 1.5 * sizes[1]


def test_coding_stops_when_asked(save: Save, tmp_path: Path) -> None:
    """A cancelled encode ends with InterruptedRender."""
    work = Work({"score": Artifact("f", save("score", lively(1.0)), {})}, {}, lambda _: None, lambda: True)
    with pytest.raises(InterruptedRender):
        code_sound(CodeRequest(MixRequest(RATE, cues=(MixCue("score", "music", 0),)), 0.0, -1.8), work, tmp_path / "x")
