"""Sound files in, AAC out, and finding a cue in the finished film."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile as sf

from audio import loudness, wavefile
from audio.files import SoundFileRequest, bring_in
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
