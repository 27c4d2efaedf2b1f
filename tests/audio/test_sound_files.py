"""Sound files in, AAC out, and finding a cue in the finished film."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile as sf

from audio.signal import files, loudness, wavefile
from audio.signal.files import SoundFileRequest, bring_in, decoded, has_sound
from audio.speaking.recording import RecordingRequest, take_recording
from audio.voice import RATE, Samples
from projects.programs import ffmpeg, run
from projects.steps import Artifact, Work
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


def ticking(seconds: float) -> Samples:
    """A sound that says where in it one is: a click of its own height every 100 ms, over a tone."""
    t = np.arange(round(seconds * RATE)) / RATE
    wave = 0.1 * np.sin(2 * np.pi * 330 * t)
    for number, at in enumerate(range(0, len(t), RATE // 10)):
        wave[at : at + 24] += 0.2 + 0.1 * (number % 6)
    return np.stack([wave, wave], axis=1).astype(np.float32)


@pytest.mark.parametrize("suffix", ["wav", "flac"])
def test_a_window_is_exact(suffix: str, tmp_path: Path, make_work: Callable[..., Work]) -> None:
    """Whatever window is asked for, sought or not, it is the same samples as in the whole."""
    whole = ticking(12.0)
    sf.write(tmp_path / f"a.{suffix}", whole, RATE, subtype="PCM_24")
    work = make_work(files={"sound": tmp_path / f"a.{suffix}"})
    for start, samples in ((0, 5000), (77_777, 12_345), (9 * RATE + 11, RATE)):
        facts = bring_in(SoundFileRequest("a", start=start, samples=samples), work, tmp_path / "o.wav")
        assert facts["samples"] == samples
        assert np.abs(wavefile.read(tmp_path / "o.wav") - whole[start : start + samples]).max() < 1e-6


def test_a_window_beyond_the_end_is_silent(tmp_path: Path, make_work: Callable[..., Work]) -> None:
    """A window is as long as it was asked for, also where the sound ends in it or before it."""
    sf.write(tmp_path / "a.wav", ticking(1.0), RATE)
    work = make_work(files={"sound": tmp_path / "a.wav"})
    for start, held in ((RATE // 2, RATE // 2), (3 * RATE, 0)):
        bring_in(SoundFileRequest("a", start=start, samples=2 * RATE), work, tmp_path / "o.wav")
        sound = wavefile.read(tmp_path / "o.wav")
        assert len(sound) == 2 * RATE
        assert bool(sound[:held].any()) == bool(held)
        assert not sound[held:].any()


def test_a_file_from_a_place_on(tmp_path: Path, make_work: Callable[..., Work]) -> None:
    """Without a length the window goes to the file's end, at another rate too."""
    t = np.arange(44_100 * 2) / 44_100
    sf.write(tmp_path / "a.wav", 0.3 * np.sin(2 * np.pi * 300 * t), 44_100)
    facts = bring_in(
        SoundFileRequest("a", start=RATE // 2), make_work(files={"sound": tmp_path / "a.wav"}), tmp_path / "o.wav"
    )
    assert facts["samples"] == pytest.approx(1.5 * RATE, abs=2)


def filmed(tmp_path: Path, name: str, *options: str, late: str = "0") -> Path:
    """Footage of ten seconds with the ticking in it, begun so many seconds after the pictures."""
    sf.write(tmp_path / "tick.wav", ticking(10.0), RATE)
    picture = ["-f", "lavfi", "-i", "color=gray:s=64x36:r=25:d=10"]
    sound = ["-itsoffset", late, "-i", str(tmp_path / "tick.wav"), "-map", "0:v", "-map", "1:a"]
    run([ffmpeg(), "-v", "error", *picture, *sound, *options, "-y", tmp_path / name])
    return tmp_path / name


@pytest.mark.parametrize(
    ("name", "options", "late"),
    [
        ("a.mov", ("-c:a", "pcm_s16le"), "0"),
        ("a.mp4", ("-c:a", "aac", "-b:a", "256k"), "0"),
        ("a.mkv", ("-c:a", "flac"), "0"),
        ("b.mkv", ("-c:a", "flac"), "0.5"),
        ("a.ts", ("-c:a", "mp2", "-b:a", "256k"), "0"),
    ],
)
@pytest.mark.parametrize("second", [1.0, 7.0])
def test_sound_stays_with_its_picture(
    name: str, options: tuple[str, ...], late: str, second: float, tmp_path: Path, make_work: Callable[..., Work]
) -> None:
    """Sound of footage from a second of its picture on begins with just that second, however it is coded or placed."""
    path = filmed(tmp_path, name, *options, late=late)
    request = SoundFileRequest(name, start=round(second * RATE), samples=RATE)
    bring_in(request, make_work(files={"sound": path}), tmp_path / "o.wav")
    sound = wavefile.read(tmp_path / "o.wav")[:, 0]
    first = round((second - float(late)) * RATE)
    # A single channel folded to two keeps its power; this one is stereo and keeps its samples.
    due = ticking(10.0)[first : first + RATE, 0]
    shifts = np.correlate(np.pad(sound, 1000), due, "valid")
    assert abs(int(np.argmax(shifts)) - 1000) <= 2


def test_a_take_is_heard_as_an_input(tmp_path: Path) -> None:
    """A file that another step made may be brought in like one of the author's."""
    sf.write(tmp_path / "a.wav", ticking(1.0), RATE)
    work = Work({"take": Artifact("0" * 8, tmp_path / "a.wav", {})}, {}, lambda _: None, lambda: False)
    assert bring_in(SoundFileRequest("a take", file="take"), work, tmp_path / "o.wav")["samples"] == RATE


def test_a_take_without_sound_is_silent(tmp_path: Path) -> None:
    """Where a model brought no sound this time, the window of its take that was planned is silence."""
    silent = ["-f", "lavfi", "-i", "color=gray:s=64x36:r=25:d=1"]
    run([ffmpeg(), "-v", "error", *silent, "-y", tmp_path / "take.mp4"])
    work = Work({"sound": Artifact("0" * 8, tmp_path / "take.mp4", {})}, {}, lambda _: None, lambda: False)
    facts = bring_in(SoundFileRequest("scene", samples=RATE + 7), work, tmp_path / "o.wav")
    assert facts["samples"] == RATE + 7
    assert facts["lufs"] == loudness.SILENCE
    assert not wavefile.read(tmp_path / "o.wav").any()


def test_which_files_have_sound(tmp_path: Path) -> None:
    """Silent footage, text and nothing at all have none; footage with a track has."""
    silent = ["-f", "lavfi", "-i", "color=gray:s=64x36:r=25:d=1"]
    run([ffmpeg(), "-v", "error", *silent, "-y", tmp_path / "s.mp4"])
    (tmp_path / "t.mp4").write_text("no film")
    assert has_sound(filmed(tmp_path, "a.mp4"))
    assert [has_sound(tmp_path / name) for name in ("s.mp4", "t.mp4", "gone.mp4")] == [False] * 3


def test_a_playlist_leads_nowhere(tmp_path: Path, make_work: Callable[..., Work]) -> None:
    """A file that only names other files is not followed, neither here nor by the program."""
    sf.write(tmp_path / "secret.wav", ticking(1.0), RATE)
    (tmp_path / "a.mp3").write_text("ffconcat version 1.0\nfile secret.wav\n")
    (tmp_path / "b.mp3").write_text("#EXTM3U\n#EXTINF:1,\nsecret.wav\n#EXT-X-ENDLIST\n")
    for name in ("a.mp3", "b.mp3"):
        with pytest.raises(RenderError, match=name):
            bring_in(SoundFileRequest(name), make_work(files={"sound": tmp_path / name}), tmp_path / "o.wav")


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
