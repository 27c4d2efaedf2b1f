"""Sound files in, AAC out, and finding a cue in the finished film."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile as sf

from audio import files, loudness, wavefile
from audio.files import SoundFileRequest, bring_in, decoded
from audio.recording import RecordingRequest, take_recording
from audio.voice import RATE, Samples
from projects.steps import Work
from storyboard.errors import MissingError, RenderError

Save = Callable[[str, Samples], Path]


def test_any_rate_becomes_the_houses(tmp_path: Path, make_work: Callable[..., Work]) -> None:
    """A mono file of 22.05 kHz comes in as 48 kHz stereo of the same length and pitch."""
    t = np.arange(22_050) / 22_050
    sf.write(tmp_path / "a.flac", 0.3 * np.sin(2 * np.pi * 440 * t), 22_050)
    facts = bring_in(SoundFileRequest("sounds/a.flac"), make_work(files={"sound": tmp_path / "a.flac"}), tmp_path / "o")
    sound = wavefile.read(tmp_path / "o")
    assert facts["samples"] == len(sound) == pytest.approx(RATE, abs=2)
    assert int(np.argmax(np.abs(np.fft.rfft(sound[:, 0])))) == pytest.approx(440, abs=1)


KINDS = [("wav", kind) for kind in ("PCM_16", "PCM_24", "FLOAT", "PCM_U8")]
KINDS += [("flac", "PCM_16"), ("flac", "PCM_24"), ("ogg", "VORBIS"), ("mp3", "MPEG_LAYER_III")]


@pytest.mark.parametrize(
    ("suffix", "kind", "channels"),
    [(*kind, channels) for kind in KINDS for channels in (1, 2, 6) if channels < 6 or kind[0] != "mp3"],
)
def test_read_as_ffmpeg_folds(suffix: str, kind: str, channels: int, tmp_path: Path) -> None:
    """What is read without a resampler is bit for bit what FFmpeg's gives, whatever kind the samples are."""
    path = tmp_path / f"a.{suffix}"
    sf.write(path, np.random.default_rng(channels).uniform(-1, 1, (70_001, channels)), RATE, subtype=kind)
    folding = av.AudioResampler(format="flt", layout="stereo", rate=RATE)
    with av.open(str(path)) as media:
        frames = [folded for frame in media.decode(audio=0) for folded in folding.resample(frame)]
    due = np.concatenate([frame.to_ndarray().reshape(-1, 2) for frame in frames])
    found = list(decoded(path, path.name))
    assert len(found) == 2
    assert np.array_equal(np.concatenate(found), due)


def test_long_files_are_decoded_again(
    tmp_path: Path, make_work: Callable[..., Work], tone: Callable[..., Samples], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A score that is too long to be held comes in as one that is not, byte for byte."""
    sf.write(tmp_path / "a.flac", tone(3.3, 440.0, 0.9), 44_100)
    request, work = SoundFileRequest("a.flac", level=True), make_work(files={"sound": tmp_path / "a.flac"})
    facts = bring_in(request, work, tmp_path / "held.wav")
    monkeypatch.setattr(files, "KEPT", RATE)
    assert bring_in(request, work, tmp_path / "again.wav") == facts
    assert (tmp_path / "again.wav").read_bytes() == (tmp_path / "held.wav").read_bytes()


def test_sounds_keep_their_own_level(
    tmp_path: Path, make_work: Callable[..., Work], tone: Callable[..., Samples]
) -> None:
    """A sound that is not to be levelled comes in sample by sample, with its loudness told."""
    sf.write(tmp_path / "a.wav", tone(1.0, 440.0, 0.25), RATE, subtype="FLOAT")
    facts = bring_in(SoundFileRequest("a.wav"), make_work(files={"sound": tmp_path / "a.wav"}), tmp_path / "o.wav")
    assert np.abs(wavefile.read(tmp_path / "o.wav") - tone(1.0, 440.0, 0.25)).max() < 2e-7
    assert facts["gain_db"] == 0.0
    assert facts["true_peak"] == pytest.approx(-12.04, abs=0.02)


def test_quiet_score_is_raised_no_further_than_its_peaks(tmp_path: Path, make_work: Callable[..., Work]) -> None:
    """A score of rare loud clicks stays under -1 dBTP however quiet it measures."""
    clicks = np.zeros((2 * RATE, 2))
    clicks[::RATE] = 0.5
    sf.write(tmp_path / "a.wav", clicks, RATE)
    request = SoundFileRequest("a.wav", level=True)
    facts = bring_in(request, make_work(files={"sound": tmp_path / "a.wav"}), tmp_path / "o.wav")
    assert facts["true_peak"] == pytest.approx(-1.0, abs=0.01)


def test_score_files_are_levelled(tmp_path: Path, make_work: Callable[..., Work], tone: Callable[..., Samples]) -> None:
    """A score file that is mastered loud comes in at -20 LUFS."""
    sf.write(tmp_path / "a.wav", tone(2.0, 440.0, 0.9), RATE)
    request = SoundFileRequest("a.wav", level=True)
    bring_in(request, make_work(files={"sound": tmp_path / "a.wav"}), tmp_path / "o.wav")
    assert loudness.of_samples(wavefile.read(tmp_path / "o.wav")).integrated == pytest.approx(-20.0, abs=0.1)


def test_text_that_poses_as_sound(tmp_path: Path, make_work: Callable[..., Work]) -> None:
    """A text file called mp3 is refused under its project's name, without a machine's path."""
    (tmp_path / "voice.mp3").write_text("not a sound at all")
    with pytest.raises(RenderError, match=r"sounds/voice\.mp3") as refusal:
        bring_in(
            SoundFileRequest("sounds/voice.mp3"), make_work(files={"sound": tmp_path / "voice.mp3"}), tmp_path / "o"
        )
    assert str(tmp_path) not in refusal.value.message


def test_missing_file(tmp_path: Path, make_work: Callable[..., Work]) -> None:
    """A file that is not there is named."""
    with pytest.raises(MissingError, match="gone"):
        bring_in(SoundFileRequest("gone.wav"), make_work(files={"sound": tmp_path / "gone.wav"}), tmp_path / "o")


def test_own_recording_of_a_line(tmp_path: Path, make_work: Callable[..., Work]) -> None:
    """A recording with silence around it comes out trimmed, at the loudness of speech, with words shared over it."""
    t = np.arange(44_100) / 44_100
    voice = 0.02 * np.sin(2 * np.pi * 180 * t) * (1 + np.sin(2 * np.pi * 3 * t))
    sf.write(tmp_path / "a.wav", np.concatenate([np.zeros(44_100), voice, np.zeros(44_100)]), 44_100)
    work = make_work(files={"recording": tmp_path / "a.wav"})
    facts = take_recording(RecordingRequest("lines/a.wav", "Two words"), work, tmp_path / "o.wav")
    assert facts["seconds"] == pytest.approx(1.0, abs=0.15)
    assert facts["lufs"] == pytest.approx(-20.0, abs=0.2)
    assert [word[0] for word in facts["words"]] == ["Two", "words"]
    assert facts["word_times"] == "by letters"
    assert wavefile.read(tmp_path / "o.wav").ndim == 1
