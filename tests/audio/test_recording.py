"""The author's own recordings of lines: trimmed, levelled, and their words found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile as sf

from audio.backends.hibari import Hibari
from audio.signal import wavefile
from audio.signal.timbre import Timbre, change
from audio.speaking.recording import RecordingRequest, take_recording, voice_span
from audio.voice import RATE, Samples, VoiceRequest
from projects.steps import Work
from storyboard.errors import RenderError

TEXT = "Take the second road on the left."


@pytest.fixture(scope="module")
def at_home() -> tuple[Samples, int, list[float]]:
    """A line as somebody records it: a deep voice in a noisy room, a click, and seconds of nothing at both ends.

    Also where its words begin.
    """
    said = Hibari().speak(VoiceRequest(TEXT, "en", "heart"))
    voice = change(said.samples, said.rate, Timbre(0.9, -6.0, -2.5))
    quiet = np.zeros(2 * said.rate, np.float32)
    sound = np.concatenate([quiet, voice, quiet])
    sound[said.rate // 2 : said.rate // 2 + 200] = 0.2
    noise = 0.004 * np.random.default_rng(5).standard_normal(len(sound))
    return (sound + noise).astype(np.float32), said.rate, [2.0 + word.start / 0.9 for word in said.words]


def take(sound: Samples, rate: int, folder: Path, make_work: Callable[..., Work], **more: str) -> dict[str, object]:
    """The facts of a recording that was taken in."""
    sf.write(folder / "a.flac", sound, rate)
    request = RecordingRequest("lines/a.flac", more.get("text", TEXT), more.get("language", "en"))
    facts: dict[str, object] = take_recording(request, make_work(files={"recording": folder / "a.flac"}), folder / "o")
    return facts


def test_words_of_a_recording_are_found(
    at_home: tuple[Samples, int, list[float]], tmp_path: Path, make_work: Callable[..., Work]
) -> None:
    """Words are placed by alignment, on average within 60 ms of where they are heard, and none is lost."""
    sound, rate, starts = at_home
    facts = take(sound, rate, tmp_path, make_work)
    words: list[tuple[str, float, float]] = facts["words"]  # type: ignore[assignment]
    assert facts["word_times"] == "by alignment"
    assert [word[0] for word in words] == TEXT.split()
    trimmed = starts[0] - words[0][1]
    off = np.abs([word[1] + trimmed - start for word, start in zip(words, starts, strict=True)])
    assert np.median(off) < 0.06
    assert off.max() < 0.15


def test_what_is_no_voice_is_cut(
    at_home: tuple[Samples, int, list[float]], tmp_path: Path, make_work: Callable[..., Work]
) -> None:
    """Room noise and a click before and after the voice go; the line is as loud as any other."""
    sound, rate, _ = at_home
    facts = take(sound, rate, tmp_path, make_work)
    spoken = len(sound) / rate - 4.0
    assert spoken - 1.2 < facts["seconds"] < spoken + 0.3  # type: ignore[operator]
    assert facts["lufs"] == pytest.approx(-20.0, abs=0.5)
    assert facts["samples"] == wavefile.length(tmp_path / "o")
    assert facts["notes"] == []


def test_a_recording_of_something_else_is_told(tmp_path: Path, make_work: Callable[..., Work]) -> None:
    """A recording that hardly sounds like its line is taken, with a note."""
    other = Hibari().speak(VoiceRequest("Nobody knows what happened to my grandmother that night.", "en", "george"))
    facts = take(other.samples, other.rate, tmp_path, make_work)
    assert "check that it says the same words" in facts["notes"][0]  # type: ignore[index]


def test_a_language_that_nothing_reads(tmp_path: Path, make_work: Callable[..., Work]) -> None:
    """Without a reader of the language, words are placed by letters and the facts say so."""
    tone = 0.1 * np.sin(np.arange(RATE) * 0.03).astype(np.float32)
    facts = take(tone, RATE, tmp_path, make_work, text="qo qo", language="qqq")
    assert facts["word_times"] == "by letters"
    assert facts["notes"]


def test_equal_recordings_give_equal_bytes(
    at_home: tuple[Samples, int, list[float]], tmp_path: Path, make_work: Callable[..., Work]
) -> None:
    """Taking the same recording twice gives the same file and the same facts."""
    sound, rate, _ = at_home
    first = take(sound, rate, tmp_path, make_work)
    data = (tmp_path / "o").read_bytes()
    assert take(sound, rate, tmp_path, make_work) == first
    assert (tmp_path / "o").read_bytes() == data


def test_silence_is_refused(tmp_path: Path, make_work: Callable[..., Work]) -> None:
    """A silent file is reported by its name."""
    with pytest.raises(RenderError, match=r"lines/a\.flac is silent"):
        take(np.zeros(RATE, np.float32), RATE, tmp_path, make_work)


def test_a_voice_without_noise_keeps_its_ends() -> None:
    """A clean recording loses nothing of its voice, and a very short one nothing at all."""
    t = np.arange(RATE) / RATE
    voice = (0.3 * np.sin(2 * np.pi * 200 * t) * np.minimum(1, 20 * np.minimum(t, 1 - t))).astype(np.float32)
    sound = np.concatenate([np.zeros(RATE, np.float32), voice, np.zeros(RATE, np.float32)])
    first, last = voice_span(sound)
    assert RATE - 0.1 * RATE <= first <= RATE + 0.01 * RATE
    assert 2 * RATE - 0.01 * RATE <= last <= 2 * RATE + 0.1 * RATE
    assert voice_span(voice[: RATE // 20]) == (0, RATE // 20)
