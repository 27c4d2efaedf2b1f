"""The author's music file: its window, its loops, its level and how it ends."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from audio.music import splices
from audio.music.laid_file import MusicRequest, TrackRequest, lay_music, track_music
from audio.music.splices import Jump, gains, laid
from audio.signal import loudness, wavefile
from audio.voice import RATE, Samples
from projects.steps import Artifact, Work
from storyboard.errors import InterruptedRender, MissingError, RenderError

MakeWork = Callable[..., Work]
BEAT = RATE // 2
BAR = 4 * BEAT
FIRST = RATE // 5
"""The first bar line of the song: a little silence lies before it."""
Lay = Callable[..., tuple[Samples, dict[str, Any]]]


@cache
def song(bars: int = 14) -> Samples:
    """A tune of 120 beats a minute with drums, (n, 2); every four bars come again."""
    chance = np.random.default_rng(3)
    band = np.zeros(FIRST + bars * BAR + RATE, np.float32)
    t = np.arange(RATE // 2) / RATE
    snare = 0.3 * chance.standard_normal(len(t)) * np.exp(-30 * t)
    kick = 0.8 * np.sin(2 * np.pi * 60 * t) * np.exp(-12 * t)
    for beat in range(4 * bars):
        at, chord = FIRST + beat * BEAT, (0, 9, 5, 7)[beat // 4 % 4]
        band[at : at + len(t)] += (snare if beat % 4 else kick).astype(np.float32)
        for step in (0, 4, 7) if beat % 4 == 0 else (12,):
            hertz = 220 * 2 ** ((chord + step + beat % 2 * 4) / 12)
            band[at : at + len(t)] += (0.2 * np.sin(2 * np.pi * hertz * t) * np.exp(-3 * t)).astype(np.float32)
    return np.stack([band, band], axis=1) * np.float32(0.5)


@cache
def pad() -> Samples:
    """Half a minute of chords that swell and fade, (n, 2)."""
    chance = np.random.default_rng(4)
    sound = np.zeros(30 * RATE)
    t = np.arange(6 * RATE) / RATE
    for second in range(0, 24, 3):
        for pitch in chance.choice(12, 3, replace=False):
            wave = np.sin(np.pi * t / 6) ** 2 * np.sin(2 * np.pi * 220 * 2 ** (pitch / 12) * t)
            sound[second * RATE : second * RATE + len(t)] += 0.1 * wave
    return np.repeat(sound[:, None], 2, axis=1).astype(np.float32)


@pytest.fixture
def lay(tmp_path: Path, make_work: MakeWork) -> Lay:
    """Listens to a sound and lays it under a film; gives what is heard and the facts."""

    def done(sound: Samples, seconds: float, **wishes: Any) -> tuple[Samples, dict[str, Any]]:
        path, out = tmp_path / "song.wav", tmp_path / "laid.wav"
        if not path.exists():
            wavefile.write(path, sound)
        work = make_work(files={"sound": path})
        facts = track_music(TrackRequest("song.wav"), work, tmp_path / "facts.json")
        work = Work({"music": Artifact("0", tmp_path / "facts.json", facts)}, work.files, work.progress, work.cancelled)
        told = lay_music(MusicRequest("song.wav", round(seconds * RATE), **wishes), work, out)
        return wavefile.read(out), told

    return done


def jumps(sound: Samples) -> float:
    """The largest step between two samples."""
    return float(np.abs(np.diff(sound, axis=0)).max())


def test_music_is_listened_to_once(tmp_path: Path, make_work: MakeWork) -> None:
    """Length, tempo, beats, bars and loudness are told, in the facts and in the file."""
    wavefile.write(tmp_path / "a.wav", song())
    facts = track_music(TrackRequest("a.wav"), make_work(files={"sound": tmp_path / "a.wav"}), tmp_path / "f.json")
    assert facts["samples"] == len(song())
    assert facts["tempo"] == pytest.approx(120.0, abs=0.5)
    assert facts["steady"] > 0.9
    assert abs(facts["beats"][0] - FIRST) < RATE // 100
    assert all(abs((bar - FIRST + BAR // 2) % BAR - BAR // 2) < RATE // 50 for bar in facts["bars"])
    assert facts["lufs"] == pytest.approx(loudness.of_samples(song()).integrated, abs=0.02)
    assert '"steady"' in (tmp_path / "f.json").read_text("utf-8")


@pytest.mark.parametrize("seconds", [0.01, 1.3, 17.0, pytest.param(29.2, marks=pytest.mark.slow), 47.7])
def test_length_and_level_are_exact(seconds: float, lay: Lay, tmp_path: Path) -> None:
    """However long the film, the music has its length, -20 LUFS, peaks under -1 dBTP, no click and equal bytes."""
    sound, facts = lay(song(), seconds)
    before = (tmp_path / "laid.wav").read_bytes()
    assert len(sound) == facts["samples"] == round(seconds * RATE)
    assert not np.abs(sound[-1]).max() > 1e-3
    lay(song(), seconds)
    assert (tmp_path / "laid.wav").read_bytes() == before
    assert not list(tmp_path.glob("*.draft"))
    if seconds > 1:
        found = loudness.of_samples(sound)
        assert found.integrated == pytest.approx(-20.0, abs=0.2)
        assert found.true_peak <= -1.0
        assert jumps(sound) < 1.6 * jumps(song()) * 10 ** (facts["gain_db"] / 20)


def test_a_long_piece_ends_at_a_bar_with_its_ring(lay: Lay) -> None:
    """Music longer than the film stops at the last bar line that leaves room, rings on and is silent at the end."""
    sound, facts = lay(song(), 18.0)
    bars = (facts["ends"] + splices.EARLY - FIRST) / BAR
    assert bars == pytest.approx(round(bars), abs=0.02)
    assert 18 * RATE - facts["ends"] < BAR + RATE // 2
    level = [float(np.abs(part).max()) for part in np.split(sound[facts["ends"] :][:24_000], 8)]
    assert level[1] < 0.3 * np.abs(sound).max()
    assert level[1] > 1e-3
    assert level[-1] < level[1]
    assert not facts["notes"]


def test_a_short_piece_loops_at_bars_on_the_beat(lay: Lay) -> None:
    """Music shorter than the film goes on at a like bar: the beat runs through every join as though there were none."""
    _, facts = lay(song(), 50.0)
    beats = np.diff(facts["beats"])
    assert facts["joins"]
    assert np.abs(beats - BEAT).max() < RATE // 100
    assert all(min(abs(join - beat) for beat in facts["beats"]) < RATE // 50 for join in facts["joins"])
    assert 50 * RATE - facts["ends"] < BAR
    assert not facts["notes"]


def test_a_join_of_like_bars_is_not_heard(lay: Lay) -> None:
    """Where the same bars come again, the join gives what the song itself has there, to -30 dB."""
    sound, facts = lay(song(), 40.0)
    join = facts["joins"][0]
    own = song()[:, 0] * np.float32(10 ** (facts["gain_db"] / 20))
    around = sound[join - 6000 : join + 6000, 0]
    starts = range(FIRST % BAR, len(own) - 12_000 - BAR, BAR)
    heard = min(
        float(np.square(own[at + shift : at + shift + 12_000] - around).mean())
        for at in [(join - 6000 - FIRST) % BAR + start for start in starts]
        for shift in range(-60, 61)
    )
    assert heard < 1e-3 * float(np.square(around).mean())


def test_the_chosen_window_is_heard_and_nothing_else(lay: Lay) -> None:
    """From and until choose what is heard first and last."""
    sound, facts = lay(song(), 9.0, first=Fraction(21, 5), last=Fraction(61, 5))
    gain = np.float32(10 ** (facts["gain_db"] / 20))
    start = round(4.2 * RATE)
    assert np.allclose(sound[2000:90_000], song()[start + 2000 : start + 90_000] * gain, atol=2e-3)
    assert facts["ends"] <= 8 * RATE
    assert np.abs(sound[-2000:]).max() < 0.05


def test_fade_is_only_what_the_author_asks_for(lay: Lay) -> None:
    """With a fade the music plays to the film's last sample and falls over that time alone."""
    sound, facts = lay(song(), 20.0, fade=Fraction(3))
    gain = np.float32(10 ** (facts["gain_db"] / 20))
    assert facts["ends"] == 20 * RATE
    assert np.allclose(sound[9000 : 17 * RATE], song()[9000 : 17 * RATE] * gain, atol=2e-3)
    assert np.abs(sound[-100:]).max() < 1e-3
    looped, facts = lay(song(), 45.0, fade=Fraction(2))
    assert facts["ends"] == 45 * RATE
    assert np.abs(looped[42 * RATE : 43 * RATE]).max() > 0.05


def test_without_loop_it_ends_where_it_ends(lay: Lay) -> None:
    """A short file that may not loop leaves the rest silent, and that is told."""
    sound, facts = lay(song(), 40.0, loop=False)
    assert not np.abs(sound[len(song()) :]).max()
    assert facts["joins"] == []
    assert "not looped" in facts["notes"][0]


@pytest.mark.parametrize("seconds", [12.0, 60.0])
def test_music_without_beat_is_treated_softly(seconds: float, lay: Lay) -> None:
    """Ambient music is never cut at bars that it has not: it fades or blends at quiet places, and says so."""
    sound, facts = lay(pad(), seconds)
    assert facts["beats"] == []
    assert "no steady beat" in facts["notes"][0]
    assert jumps(sound) < 2.5 * jumps(pad()) * 10 ** (facts["gain_db"] / 20)
    level = [loudness.of_samples(part).integrated for part in np.split(sound[RATE : 9 * RATE], 2)]
    assert min(level) > -35.0
    assert np.abs(sound[-1]).max() < 1e-3


def test_a_file_that_breaks_off_rings_out(lay: Lay) -> None:
    """A file that stops in the middle of a sound is not cut dead: its ring follows where the film goes on."""
    sound, facts = lay(song()[: FIRST + 8 * BAR + BEAT // 4], 17.5, loop=False)
    after = sound[facts["ends"] :]
    assert np.abs(after[:4800]).max() > 1e-3
    assert np.abs(after[-100:]).max() < 1e-3
    assert jumps(sound) < 1.6 * jumps(song()) * 10 ** (facts["gain_db"] / 20)


def test_faults_are_told(tmp_path: Path, make_work: MakeWork, lay: Lay) -> None:
    """A missing file, a window outside the file, a film without length and a stop are refused in plain words."""
    with pytest.raises(MissingError, match="is not there"):
        track_music(TrackRequest("b.mp3"), make_work(files={"sound": tmp_path / "b.mp3"}), tmp_path / "f.json")
    with pytest.raises(RenderError, match="no music in the chosen part"):
        lay(song(), 5.0, first=Fraction(100))
    with pytest.raises(RenderError, match="needs a length"):
        lay(song(), 0.0)
    stopped = Work({}, {"sound": tmp_path / "song.wav"}, lambda _: None, lambda: True)
    with pytest.raises(InterruptedRender):
        track_music(TrackRequest("song.wav"), stopped, tmp_path / "f.json")
    assert not list(tmp_path.glob("*.draft"))


def test_pieces_follow_each_other_without_a_gap() -> None:
    """Every piece begins where the fall of the one before it begins, and the whole is longer by every jump."""
    jump = Jump(90_000, 30_000, 2000)
    pieces = laid(jump, 3, 100_000)
    assert pieces[-1].end == 100_000 + 3 * jump.samples
    for here, there in pairwise(pieces):
        assert there.at == here.end - here.fall
        assert there.rise == here.fall == jump.blend


@pytest.mark.parametrize("likeness", [0.0, 0.4, 1.0])
def test_a_blend_keeps_its_power(likeness: float) -> None:
    """Two waves that are so alike keep their power throughout a blend."""
    out, in_ = gains(500, likeness)
    assert np.allclose(out**2 + in_**2 + 2 * likeness * out * in_, 1.0, atol=1e-3)
    assert out[0] > 0.99
    assert in_[0] < 0.01


def test_an_hour_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch, lay: Lay) -> None:
    """However long the file, no more than some seconds of it are read at once."""
    asked: list[int] = []
    read = wavefile.read

    def noted(path: Path, start: int = 0, count: int = -1) -> Samples:
        asked.append(count)
        return read(path, start, count)

    monkeypatch.setattr(wavefile, "read", noted)
    lay(song(), 40.0)
    whole = asked.pop()
    assert whole == -1, "the test itself reads the result"
    assert min(asked) > 0
    assert max(asked) <= 9 * RATE
