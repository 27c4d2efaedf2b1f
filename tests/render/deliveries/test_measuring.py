"""Measuring a delivered file: every way in which it may differ from its film is found, and nothing else."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from audio.signal import wavefile
from audio.signal.loudness import of_samples
from audio.voice import RATE
from projects import programs
from render.deliveries.measuring import Expected, measured, preview_report, some, thumbs_of
from scenes.frames import write_film

FRAMES, FPS = 96, Fraction(24)
CUTS = {"a": 0, "b": 40}


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A silent film in which everything moves, and beside it `sound.wav` with bursts of noise."""
    folder = tmp_path_factory.mktemp("film")
    rng = np.random.default_rng(3)
    ground = np.kron(rng.integers(30, 220, (12, 40)), np.ones((15, 16))).astype(np.uint8)

    def pictures() -> Any:
        for number in range(FRAMES):
            shown = np.roll(ground if number < CUTS["b"] else ground[::-1], number * 5, axis=1)[:, :320]
            yield np.repeat(shown[..., None], 3, axis=2)

    write_film(folder / "film.mp4", pictures(), 320, 180, FPS)
    samples = FRAMES * RATE // 24
    # Dull noise: codecs leave out the highest tones.
    noise = np.convolve(rng.normal(0, 0.5, samples), np.hanning(24) / 12, "same")[:, None].repeat(2, axis=1)
    bursts = noise * (np.sin(np.arange(samples) / RATE * 9)[:, None] > 0.6)
    wavefile.write(folder / "sound.wav", np.clip(bursts, -1, 1).astype(np.float32))
    return folder / "film.mp4"


def expected(film: Path) -> Expected:
    """What a delivery of the film should be."""
    sound = film.with_name("sound.wav")
    loudness = of_samples(wavefile.read(sound)).integrated
    return Expected(FRAMES, FPS, (320, 180), loudness, sound, CUTS, thumbs_of(film, FPS, CUTS, FRAMES))


def coded(film: Path, out: Path, *how: str, late: float = 0.0) -> Path:
    """The film with its sound through ffmpeg, the sound so many seconds late."""
    words: list[str | Path] = [programs.ffmpeg(), "-v", "error", "-y", "-i", film, "-itsoffset", str(late)]
    programs.run([*words, "-i", film.with_name("sound.wav"), "-map", "0:v", "-map", "1:a", *how, out])
    return out


PLAIN = ("-c:v", "libx264", "-preset", "ultrafast", "-crf", "24", "-c:a", "aac")


@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("a.mp4", PLAIN),
        ("a.webm", ("-c:v", "libsvtav1", "-preset", "12", "-crf", "40", "-c:a", "libopus")),
        ("a.mov", ("-c:v", "prores_ks", "-c:a", "pcm_s24le")),
    ],
)
def test_a_faithful_copy_has_no_faults(film: Path, tmp_path: Path, name: str, how: tuple[str, ...]) -> None:
    """In each kind of file the frames are counted, picture and sound found in their places, loudness measured."""
    report = measured(coded(film, tmp_path / name, *how), expected(film))
    assert report["faults"] == []
    assert (report["frames"], report["passed"], report["size"]) == (FRAMES, True, "320x180")
    assert report["worst_cut_error_frames"] == 0
    assert report["worst_av_offset_ms"] < 3
    assert abs(report["lufs"] - report["lufs_planned"]) < 0.3
    assert report["sound_likeness"] > 0.9


def test_late_sound_is_found(film: Path, tmp_path: Path) -> None:
    """By how much, to the millisecond."""
    report = measured(coded(film, tmp_path / "a.mp4", *PLAIN, late=0.04), expected(film))
    assert report["sound_late_ms"] == pytest.approx(40, abs=2)
    assert any("ms off the picture" in fault for fault in report["faults"])


def test_a_shifted_picture_is_found(film: Path, tmp_path: Path) -> None:
    """A film that begins with a frame too few shows every cut early, and has lost a frame."""
    cut = ("-vf", "trim=start_frame=1,setpts=PTS-STARTPTS")
    report = measured(coded(film, tmp_path / "a.mp4", *cut, *PLAIN), expected(film))
    assert [round(one["late_ms"]) for one in report["cuts"]] == [-42, -42]
    assert report["frames"] == FRAMES - 1
    assert len(report["faults"]) >= 3


def test_wrong_loudness_size_and_sound_are_found(film: Path, tmp_path: Path) -> None:
    """What is too loud, of another size, or not the film's own sound is told."""
    report = measured(coded(film, tmp_path / "a.mp4", "-af", "volume=3dB", "-s", "160x90", *PLAIN), expected(film))
    assert any(fault.startswith("loudness is") for fault in report["faults"])
    assert "the picture is 160x90" in report["faults"]
    foreign = measured(coded(film, tmp_path / "b.mp4", "-af", "areverse", *PLAIN), expected(film))
    assert "the sound is not the one that was made" in foreign["faults"]


def test_a_film_without_sound_is_measured(film: Path) -> None:
    """Silence has no loudness, and nothing to be found."""
    report = measured(film, expected(film))
    assert (report["lufs"], report["true_peak_dbtp"]) == (None, None)


def test_many_cuts_are_looked_at_in_part() -> None:
    """At most a dozen, spread over the film, the first among them."""
    chosen = some({str(number): number for number in range(100)})
    assert len(chosen) <= 12
    assert chosen["0"] == 0
    assert max(chosen.values()) >= 90


def test_moving_pictures_are_measured(film: Path, tmp_path: Path) -> None:
    """Frames and seconds of a preview come from the file."""
    out = tmp_path / "a.gif"
    programs.run([programs.ffmpeg(), "-v", "error", "-i", film, "-vf", "fps=12", out])
    report = preview_report(out)
    assert (report["frames"], report["size"]) == (48, "320x180")
    assert report["seconds"] == pytest.approx(4.0, abs=0.2)
