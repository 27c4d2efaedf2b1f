"""The synthesisers: notes at their samples, all players heard, stems apart, and the house's own tones in tune."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from audio.backends.composer import Composer
from audio.composing.instruments import TONES, tone
from audio.composing.orchestra import KITS, PARTS, PLAYERS
from audio.composing.percussion import STROKES
from audio.composing.piece import Note
from audio.composing.soundfont import FONT_VARIABLE
from audio.composing.synthesisers import Synthesiser, chosen, synthesisers
from audio.composing.synthesisers.fluidsynth import FluidSynth
from audio.composing.synthesisers.tono import BORROWED, Tono
from audio.score import ComposeRequest, Section
from audio.signal import loudness, wavefile
from audio.voice import RATE, Samples
from projects.steps import Artifact, Work
from storyboard.errors import MissingError, RenderError

TONO = (("synthesiser", "tono"),)
HERE = [one for one in synthesisers() if not one.check()]


def never() -> bool:
    """Nobody cancels."""
    return False


def played(synthesiser: Synthesiser, notes: list[Note], samples: int, folder: Path) -> Samples:
    """The notes as one part, dry."""
    return synthesiser.play({"melody": notes}, samples, folder, never)["melody"].read(0, samples)


@pytest.mark.parametrize("synthesiser", HERE, ids=lambda one: one.name)
def test_notes_begin_within_a_millisecond(synthesiser: Synthesiser, tmp_path: Path) -> None:
    """Notes anywhere on the grid of samples are first heard within a millisecond of their place."""
    places = [round(k * 0.61 * RATE) + 17 * k for k in range(1, 12)]
    notes = [Note("xylophone", 84, at, RATE // 8, 0.9) for at in places]
    sound = np.abs(played(synthesiser, notes, 8 * RATE, tmp_path)).max(axis=1)
    for at in places:
        before = sound[at - RATE // 50 : at - RATE // 500].max()
        near = sound[at - RATE // 500 : at + RATE // 50]
        first = int(np.argmax(near > before + 1e-4 * near.max())) - RATE // 500
        assert abs(first) <= RATE // 1000


@pytest.mark.parametrize("synthesiser", HERE, ids=lambda one: one.name)
def test_stems_are_apart_and_repeat(synthesiser: Synthesiser, tmp_path: Path) -> None:
    """Each part has its own stem with nothing of the others, silence where it rests, and the same bytes again."""
    parts = {
        "melody": [Note("celesta", 72, RATE // 4, RATE // 4, 0.8)],
        "bass": [Note("jazz bass", 36, 2 * RATE, RATE // 4, 0.8)],
        "percussion": [],
    }
    stems = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        stems.append(synthesiser.play(parts, 3 * RATE, tmp_path / name, never))
    assert set(stems[0]) == {"melody", "bass"}
    bass = stems[0]["bass"].read(0, 3 * RATE)
    assert np.abs(bass[: RATE - 200]).max() == 0.0
    assert np.abs(bass[2 * RATE :]).max() > 1e-3
    assert np.abs(stems[0]["melody"].read(0, RATE)).max() > 1e-3
    assert np.array_equal(bass, stems[1]["bass"].read(0, 3 * RATE))


def test_the_house_plays_everybody(tmp_path: Path) -> None:
    """The synthesiser that needs no font has a voice for every player, neither silent nor over full scale."""
    assert set(PLAYERS) == set(KITS) | set(BORROWED) | set(TONES)
    for player in PLAYERS.values():
        pitch = 38 if player.name in KITS else sum(player.range) // 2
        sound = played(Tono(), [Note(player.name, pitch, 0, RATE // 2, 0.9)], RATE, tmp_path)
        assert 0.02 < np.abs(sound).max() < 1.5, player.name


@pytest.mark.parametrize("name", ["flute", "strings", "violin", "harp"])
def test_tones_are_in_tune_to_the_end(name: str) -> None:
    """The last second of a long A lies at 440 Hz as its first does, within ten cents, and repeats itself."""
    sound = tone(name, 69, 5.0, 0.5)
    assert np.array_equal(sound, tone(name, 69, 5.0, 0.5))
    assert sound.dtype == np.float32
    for first in (RATE // 2, (3 if len(sound) > 4 * RATE else 1) * RATE):
        second = sound[first : first + RATE, 0] * np.hanning(RATE)
        around = np.abs(np.fft.rfft(second, 8 * RATE))[8 * 400 : 8 * 480]
        assert 400 + int(np.argmax(around)) / 8 == pytest.approx(440.0, rel=0.006)


def test_loud_notes_are_brighter() -> None:
    """Struck or blown harder, an instrument has more of its high partials."""

    def centre(sound: Samples) -> float:
        power = np.abs(np.fft.rfft(sound[:RATE].mean(axis=1))) ** 2
        return float((power * np.arange(len(power))).sum() / power.sum())

    for name in ("trumpet", "harp", "strings"):
        assert centre(tone(name, 60, 1.0, 1.0)) > 1.03 * centre(tone(name, 60, 1.0, 0.2))
    assert set(TONES) <= set(PLAYERS)


@pytest.mark.parametrize("name", STROKES)
def test_strokes_end_in_silence(name: str) -> None:
    """Every stroke of the house begins at once and ends on nothing."""
    stroke = STROKES[name]()
    assert np.abs(stroke[: RATE // 50]).max() > 0.01
    assert np.abs(stroke[-1]).max() < 1e-4


def test_a_missing_font_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A font that is named and not there is trouble with its remedy; asked for by name, it stops the score."""
    monkeypatch.setenv(FONT_VARIABLE, str(tmp_path / "none.sf3"))
    assert any(FONT_VARIABLE in trouble.what for trouble in FluidSynth().check())
    (tmp_path / "none.sf3").write_bytes(b"not a font at all")
    assert any(FONT_VARIABLE in trouble.what for trouble in FluidSynth().check())
    with pytest.raises(MissingError):
        Composer().quantise(ComposeRequest(RATE, model=(("synthesiser", "fluidsynth"),)))
    assert chosen().name == "tono"
    assert "tono-py" in Composer().identity()
    assert not Composer().check()
    with pytest.raises(RenderError, match="kazoo"):
        chosen("kazoo")


@pytest.mark.skipif("fluidsynth" not in {one.name for one in HERE}, reason="fluidsynth or a font is not installed")
def test_fluidsynth_names_its_font(tmp_path: Path, make_work: Callable[..., Work]) -> None:
    """Where it is installed fluidsynth plays unasked, and its identity has the font's name and digest."""
    identity = Composer().identity()
    assert "fluidsynth" in identity
    assert ".sf" in identity
    facts = Composer().compose(ComposeRequest(3 * RATE, "sad"), make_work(), tmp_path / "s.wav")
    assert facts["synthesiser"] in identity
    assert wavefile.length(tmp_path / "s.wav") == 3 * RATE


def test_parts_sum_to_the_whole(tmp_path: Path, make_work: Callable[..., Work]) -> None:
    """Each part by itself has its level in the whole: together they are the whole, with and without knowing it."""
    request = ComposeRequest(7 * RATE, "playful", 120.0, seed=2, model=TONO)
    whole = tmp_path / "whole.wav"
    facts = Composer().compose(request, make_work(), whole)
    knowing = Work({"whole": Artifact("0" * 8, whole, facts)}, {}, lambda _: None, never)
    total = np.zeros((7 * RATE, 2), np.float32)
    for part in PARTS:
        out = tmp_path / f"{part}.wav"
        Composer().compose(request, knowing, out, part)
        total += wavefile.read(out)
    assert not facts["limited"]
    assert np.abs(total - wavefile.read(whole)).max() < 2e-5
    Composer().compose(request, make_work(), tmp_path / "alone.wav", "melody")
    assert (tmp_path / "alone.wav").read_bytes() == (tmp_path / "melody.wav").read_bytes()
    with pytest.raises(RenderError, match="kazoo"):
        Composer().compose(request, make_work(), tmp_path / "none.wav", "kazoo")


def rms(sound: Samples) -> float:
    """The level of a stretch of sound in dB."""
    return loudness.decibels(float(np.sqrt((sound**2).mean())))


def test_the_film_is_heard_in_the_music(tmp_path: Path, make_work: Callable[..., Work]) -> None:
    """An accent is heard within 5 ms of its cut, speech has at least 3 dB less, a rest is silent, the end dies away."""
    cut, spoken = round(8.333 * RATE), (2 * RATE, 6 * RATE)
    sections = (Section(0), Section(cut, "heroic", 0.8, hit=True), Section(14 * RATE, rest=True), Section(16 * RATE))
    request = ComposeRequest(24 * RATE, "folk", 96.0, seed=1, sections=sections, speech=(spoken,), model=TONO)
    Composer().compose(request, make_work(), tmp_path / "s.wav")
    sound = wavefile.read(tmp_path / "s.wav")
    step = RATE // 1000
    around = np.abs(np.diff(sound.mean(axis=1)))[cut - 60 * step : cut + 60 * step].reshape(120, step).max(axis=1)
    first = int(np.argmax(around > 0.3 * around.max())) - 60
    assert -1 <= first <= 5
    free = Composer().compose(
        ComposeRequest(24 * RATE, "folk", 96.0, seed=1, sections=sections, model=TONO), make_work(), tmp_path / "f.wav"
    )
    open_ = wavefile.read(tmp_path / "f.wav")
    assert free["samples"] == 24 * RATE
    under, over = rms(sound[slice(*spoken)]), rms(open_[slice(*spoken)])
    assert under < over - 3.0
    assert np.abs(sound[14 * RATE : 16 * RATE - 1]).max() < 1e-6
    assert np.abs(sound[-1]).max() < 1e-6
    assert rms(sound[-RATE // 4 :]) < rms(sound[-3 * RATE : -2 * RATE]) - 20
    assert rms(sound[-3 * RATE : -2 * RATE]) > -45


@pytest.mark.slow
def test_memory_does_not_grow_with_the_film(tmp_path: Path, make_work: Callable[..., Work]) -> None:
    """Three times the film takes hardly more memory, and less than 300 MB."""
    import tracemalloc

    peaks = []
    for seconds in (30, 90):
        tracemalloc.start()
        request = ComposeRequest(seconds * RATE, "romantic", 100.0, model=TONO)
        Composer().compose(request, make_work(), tmp_path / "s.wav")
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 300e6
    assert peaks[1] < 1.5 * peaks[0]
