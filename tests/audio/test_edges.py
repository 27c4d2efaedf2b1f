"""Odd formats in, silence off, segments out; pydub with the house's ffmpeg and nothing else."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile as sf

from audio.signal import files
from audio.signal.edges import FORMATS, export_segment, import_odd, trimmed_silence
from audio.signal.files import SoundFileRequest, bring_in
from audio.voice import RATE, Samples
from projects.programs import ffmpeg, run
from projects.steps import Work
from storyboard.errors import RenderError

ODD = [
    ("u8.wav", ("-c:a", "pcm_u8")), ("24.wav", ("-c:a", "pcm_s24le")), ("float.wav", ("-c:a", "pcm_f32le")),
    ("law.wav", ("-c:a", "pcm_mulaw")), ("ima.wav", ("-c:a", "adpcm_ima_wav")), ("a.mp3", ()), ("a.ogg", ()),
    ("a.opus", ()), ("a.m4a", ("-c:a", "aac")), ("lossless.m4a", ("-c:a", "alac")), ("a.aiff", ()), ("a.au", ()),
    ("a.flac", ()), ("a.wma", ("-c:a", "wmav2")), ("a.ac3", ()), ("a.caf", ("-c:a", "pcm_s16be")),
    ("six.wav", ("-ac", "6")), ("slow.wav", ("-ar", "8000")), ("quick.flac", ("-ar", "96000")), ("a.w64", ()),
    ("mono.mp3", ("-ac", "1", "-ar", "22050")), ("a.wv", ()), ("a.tta", ()), ("a.voc", ("-c:a", "pcm_u8")),
    ("a.mka", ("-c:a", "libvorbis")),
]  # fmt: skip
"""Files as they come from recorders, telephones and editors: name, and how the ffmpeg program makes it."""


def tone(seconds: float = 1.0) -> Samples:
    """A plain tone of 440 Hz on both sides."""
    t = np.arange(round(seconds * RATE)) / RATE
    return np.repeat((0.4 * np.sin(2 * np.pi * 440 * t)).astype(np.float32)[:, None], 2, axis=1)


@pytest.fixture
def recorded(tmp_path: Path) -> Callable[..., Path]:
    """Writes the tone in any format."""

    def write(name: str, options: tuple[str, ...] = ()) -> Path:
        sf.write(tmp_path / "plain.wav", tone(), RATE, subtype="FLOAT")
        run([ffmpeg(), "-v", "error", "-i", tmp_path / "plain.wav", *options, "-y", tmp_path / name])
        return tmp_path / name

    return write


def looks_like_the_tone(sound: Samples) -> None:
    """A second of 440 Hz at its own loudness."""
    assert len(sound) == pytest.approx(RATE, abs=4000)
    spectrum = np.abs(np.fft.rfft(sound[:RATE, 0], RATE))
    assert int(np.argmax(spectrum)) == pytest.approx(440, abs=2)
    assert 0.1 < float(np.sqrt((sound[4000:40_000].astype(np.float64) ** 2).mean())) < 0.42


@pytest.mark.parametrize(("name", "options"), ODD)
def test_files_of_any_kind_come_in(
    name: str, options: tuple[str, ...], recorded: Callable[..., Path], tmp_path: Path, make_work: Callable[..., Work]
) -> None:
    """Whatever an author's recorder writes comes in at 48 kHz and in stereo, as it sounds."""
    path = recorded(name, options)
    bring_in(SoundFileRequest(name), make_work(files={"sound": path}), tmp_path / "o.wav")
    sound, rate = sf.read(tmp_path / "o.wav", dtype="float32")
    assert rate == RATE
    assert sound.shape[1] == 2
    looks_like_the_tone(sound)


def test_a_telephones_recording(tmp_path: Path, make_work: Callable[..., Work]) -> None:
    """AMR, which no encoder here writes, is read: twenty frames of its own silence."""
    frames = b"".join(bytes([0x3C]) + bytes(31) for _ in range(20))
    (tmp_path / "a.amr").write_bytes(b"#!AMR\n" + frames)
    facts = bring_in(SoundFileRequest("a.amr"), make_work(files={"sound": tmp_path / "a.amr"}), tmp_path / "o.wav")
    assert facts["seconds"] == pytest.approx(0.4, abs=0.03)


def test_what_only_the_program_reads(
    recorded: Callable[..., Path], tmp_path: Path, make_work: Callable[..., Work], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where FFmpeg's libraries fail the program is asked, and the facts say so; its file is not left behind."""
    path = recorded("a.wv")
    known = files.decoded

    def blind(file: Path, name: str, start: int = 0) -> object:
        if file == path:
            raise files._Unreadable(f"{name} is not a sound file that can be read", "")
        return known(file, name, start)

    monkeypatch.setattr(files, "decoded", blind)
    (tmp_path / "made").mkdir()
    facts = bring_in(SoundFileRequest("a.wv"), make_work(files={"sound": path}), tmp_path / "made" / "o.wav")
    assert facts["read_by"] == "ffmpeg"
    assert [one.name for one in (tmp_path / "made").iterdir()] == ["o.wav"]
    looks_like_the_tone(sf.read(tmp_path / "made" / "o.wav", dtype="float32")[0])


def test_odd_files_become_plain(recorded: Callable[..., Path], tmp_path: Path) -> None:
    """A file comes out as a plain WAV at 48 kHz, its samples told."""
    samples = import_odd(recorded("a.wv"), tmp_path / "o.wav")
    sound, rate = sf.read(tmp_path / "o.wav", dtype="float32")
    assert (samples, rate) == (len(sound), RATE)
    assert np.abs(sound - tone()).max() < 1e-4


def test_what_is_no_sound_is_refused(tmp_path: Path) -> None:
    """A text is refused under its project's name, without a path of the machine."""
    (tmp_path / "a.mp3").write_text("hello")
    with pytest.raises(RenderError, match=r"sounds/a\.mp3") as refusal:
        import_odd(tmp_path / "a.mp3", tmp_path / "o.wav", "sounds/a.mp3")
    assert str(tmp_path) not in refusal.value.message


def test_names_that_look_like_options(recorded: Callable[..., Path], tmp_path: Path) -> None:
    """A file whose name begins like an option, or holds a shell's words, is a file like any other."""
    path = recorded("a.wav").rename(tmp_path / "-y; touch x.wav")
    assert import_odd(path, tmp_path / "-o.wav") == RATE
    assert not (tmp_path / "x.wav").exists()


def test_silence_is_cut_off(tmp_path: Path) -> None:
    """Silence before and behind goes but for a breath, and what was cut is told."""
    sound = np.concatenate([np.zeros((RATE, 2)), tone(), np.zeros((2 * RATE, 2))])
    sf.write(tmp_path / "a.wav", sound, RATE)
    before, behind = trimmed_silence(tmp_path / "a.wav", tmp_path / "o.wav")
    assert before == pytest.approx(0.95 * RATE, abs=0.01 * RATE)
    assert behind == pytest.approx(1.95 * RATE, abs=0.01 * RATE)
    assert len(sf.read(tmp_path / "o.wav")[0]) == len(sound) - before - behind


def test_silence_alone_is_told(tmp_path: Path) -> None:
    """A file that holds nothing but silence is refused rather than written empty."""
    sf.write(tmp_path / "a.wav", np.zeros((RATE, 2)), RATE)
    with pytest.raises(RenderError, match="silent from end to end"):
        trimmed_silence(tmp_path / "a.wav", tmp_path / "o.wav")


@pytest.mark.parametrize("suffix", sorted(FORMATS))
def test_segments_go_out_in_any_format(suffix: str, tmp_path: Path) -> None:
    """A stretch is written in the format of its name, as long as asked, twice with the same bytes."""
    sf.write(tmp_path / "a.wav", tone(3.0), RATE)
    for name in ("1", "2"):
        export_segment(tmp_path / "a.wav", tmp_path / f"{name}{suffix}", 1.0, 1.0, fade=0.02)
    assert (tmp_path / f"1{suffix}").read_bytes() == (tmp_path / f"2{suffix}").read_bytes()
    import_odd(tmp_path / f"1{suffix}", tmp_path / "o.wav")
    looks_like_the_tone(sf.read(tmp_path / "o.wav", dtype="float32")[0])


def test_segments_that_cannot_be(tmp_path: Path) -> None:
    """An unknown format and a stretch beyond the end are refused with what there is."""
    sf.write(tmp_path / "a.wav", tone(), RATE)
    with pytest.raises(RenderError, match=r"\.xyz") as refusal:
        export_segment(tmp_path / "a.wav", tmp_path / "o.xyz", 0.0, 1.0)
    assert "flac" in refusal.value.hint
    with pytest.raises(RenderError, match="no sound from 5 s"):
        export_segment(tmp_path / "a.wav", tmp_path / "o.flac", 5.0, 1.0)


def test_pydub_loads_without_a_word(tmp_path: Path) -> None:
    """Where every warning is an error pydub is loaded all the same, and without an ffmpeg of the system."""
    sf.write(tmp_path / "a.wav", tone(0.2), RATE)
    code = (
        "import sys; from pathlib import Path; from audio.signal.edges import import_odd;"
        "print(import_odd(Path(sys.argv[1]), Path(sys.argv[2])))"
    )
    told = [sys.executable, "-W", "error", "-c", code, str(tmp_path / "a.wav"), str(tmp_path / "o.wav")]
    done = subprocess.run(told, capture_output=True, text=True, check=False, env={"PATH": ""})
    assert done.stderr == ""
    assert done.stdout.strip() == str(RATE // 5)
