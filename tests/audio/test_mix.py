"""The mix: places, fades, ducking, and that a chunk alone is the film's."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from audio import ducking, level
from audio.grid import BEFORE, CHUNK, MixCue, MixRequest, chunks
from audio.mix import bare, measure_mix
from audio.voice import RATE, Samples
from projects.steps import Artifact, Work
from storyboard.errors import InterruptedRender, RenderError

Save = Callable[[str, Samples], Path]
Tone = Callable[..., Samples]
MakeWork = Callable[..., Work]

FILM = 2 * CHUNK + 70_001


@pytest.fixture
def sounds(save: Save, tone: Tone) -> dict[str, Path]:
    """A score as long as the film and a line of two seconds."""
    noise = np.random.default_rng(0).standard_normal(2 * RATE).astype(np.float32) * 0.1
    return {"score": save("score", tone(FILM / RATE, 220.0, 0.1)), "line": save("line", noise)}


def cues_across() -> tuple[MixCue, ...]:
    """A score with fades, and lines over both borders of the chunks."""
    return (
        MixCue("score", "music", 0, samples=FILM, fade_in=999, fade_out=4000, pan=-0.4),
        MixCue("line", "voice", CHUNK - RATE, samples=2 * RATE),
        MixCue("line", "voice", 2 * CHUNK - 5000, -3.0, samples=RATE, fade_in=30_000, fade_out=20_000),
    )


def test_cue_lands_on_its_sample(save: Save, make_work: MakeWork) -> None:
    """An impulse in a cue is found at exactly cue plus place, also in the chunk after the one where the cue begins."""
    click = np.zeros(480, np.float32)
    click[100] = 0.5
    work = make_work({"click": save("click", click)})
    cue = MixCue("click", "voice", CHUNK - 90, samples=480)
    first, second = (bare(chunk, work) for chunk in chunks(2 * CHUNK, (cue,), ()))
    assert int(np.abs(first[:, 0]).argmax()) == CHUNK + 10
    assert int(np.abs(second[:, 0]).argmax()) == BEFORE + 10
    assert np.count_nonzero(second) == 2


def test_a_chunk_is_the_film_sample_by_sample(sounds: dict[str, Path], make_work: MakeWork) -> None:
    """Every chunk with its margins is bit for bit what mixing the whole film at once gives: fades, ducking and all."""
    work, cues = make_work(sounds), cues_across()
    speech = ducking.joined([(cue.at_sample, cue.at_sample + cue.samples) for cue in cues if cue.bus == "voice"])
    whole = bare(MixRequest(FILM, cues=cues, speech=speech), work)
    for number, chunk in enumerate(chunks(FILM, cues, speech)):
        first = number * CHUNK - chunk.before
        alone = bare(chunk, work)
        assert np.array_equal(alone, whole[first : first + len(alone)])


def test_measuring_is_repeatable_and_plain_json(sounds: dict[str, Path], make_work: MakeWork, tmp_path: Path) -> None:
    """Measuring twice gives equal files and facts, which hold a level for each hundredth of a second."""
    work = make_work(sounds)
    request = MixRequest(5 * RATE, cues=(MixCue("score", "music", 0), MixCue("line", "voice", RATE)))
    facts = measure_mix(request, work, tmp_path / "a.json")
    assert measure_mix(request, work, tmp_path / "b.json") == facts
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    assert json.loads(json.dumps(facts)) == facts
    assert len(level.unpacked(facts).energies) == 500


def test_levels_do_not_hang_on_where_chunks_are_cut(sounds: dict[str, Path], make_work: MakeWork) -> None:
    """The levels of all chunks in a row are those of the film measured in one piece, to a hundredth of a decibel."""
    work, cues = make_work(sounds), cues_across()
    whole = level.measured(bare(MixRequest(FILM, cues=cues), work), 0, FILM)
    parts = [level.measured(bare(chunk, work), chunk.before, chunk.samples) for chunk in chunks(FILM, cues, ())]
    energies = np.concatenate([part.energies for part in parts])
    assert np.abs(10 * np.log10(energies / whole.energies)).max() < 0.01
    peaks = np.concatenate([part.peaks for part in parts])
    loud = whole.peaks > 0.5 * whole.peaks.max()  # softer peaks are not looked for between samples
    assert peaks[loud] == pytest.approx(whole.peaks[loud], rel=1e-3)


def test_ducking_is_a_closed_form_of_time() -> None:
    """At every sample of any block the gain is half a cosine in dB of how far it lies from a line."""
    spans = ducking.joined([(RATE, 2 * RATE), (4 * RATE, 4 * RATE + 100)])
    for start, count in ((0, 6 * RATE), (RATE - 5000, 7000), (2 * RATE - 10, 50_000), (RATE + 10, 20)):
        at = np.arange(start, start + count)
        amount = np.zeros(count)
        for first, last in spans:
            rise = np.clip((at - (first - ducking.ATTACK)) / ducking.ATTACK, 0.0, 1.0)
            fall = np.clip((last + ducking.RELEASE - at) / ducking.RELEASE, 0.0, 1.0)
            amount = np.maximum(amount, 0.5 - 0.5 * np.cos(np.pi * np.minimum(rise, fall)))
        gain = ducking.duck(spans, -12.0, start, count)
        assert np.abs(gain - 10.0 ** (amount * -12.0 / 20.0)).max() < 1e-6


def test_ducking_curve() -> None:
    """Music is down by the full depth during speech, untouched beyond attack and release, and moves smoothly."""
    spans = ducking.joined([(2 * RATE, 3 * RATE)])
    gain = ducking.duck(spans, -12.0, 0, 5 * RATE)
    assert gain[2 * RATE : 3 * RATE] == pytest.approx(10 ** (-12 / 20), rel=1e-4)
    assert gain[: 2 * RATE - ducking.ATTACK] == pytest.approx(1.0)
    assert gain[3 * RATE + ducking.RELEASE :] == pytest.approx(1.0)
    assert np.abs(np.diff(20 * np.log10(gain))).max() < 0.01


def test_short_pauses_do_not_pump() -> None:
    """Lines with a breath between them are one span; a long pause parts them."""
    assert ducking.joined([(0, 100), (100 + RATE // 2, RATE)]) == ((0, RATE),)
    assert len(ducking.joined([(0, 100), (3 * RATE, 4 * RATE)])) == 2


def test_buses_keep_their_balance(save: Save, tone: Tone, make_work: MakeWork) -> None:
    """Music lies 4 dB under a voice of the same level, and 16 dB while somebody speaks; effects give way by 4 dB."""
    work = make_work({"a": save("a", tone(1.0, 1000.0, 0.1))})
    peaks = {}
    for bus in ("voice", "music", "effects"):
        for speech in ((), ((0, RATE),)):
            sound = bare(MixRequest(RATE, cues=(MixCue("a", bus, 0),), speech=speech), work)
            peaks[bus, bool(speech)] = 20 * np.log10(np.abs(sound).max() / 0.1)
    assert peaks["voice", True] == pytest.approx(0.0, abs=0.01)
    assert peaks["music", False] == pytest.approx(-4.0, abs=0.01)
    assert peaks["music", True] == pytest.approx(-16.0, abs=0.01)
    assert peaks["effects", False] == pytest.approx(0.0, abs=0.01)
    assert peaks["effects", True] == pytest.approx(-4.0, abs=0.01)


def test_missing_input_is_named(make_work: MakeWork, tmp_path: Path) -> None:
    """A cue without an input is refused by its name."""
    with pytest.raises(RenderError, match="ghost"):
        measure_mix(MixRequest(RATE, cues=(MixCue("ghost", "voice", 0),)), make_work(), tmp_path / "x")


def test_stops_when_asked(save: Save, tone: Tone, tmp_path: Path) -> None:
    """A cancelled mix ends at once with InterruptedRender."""
    work = Work({"score": Artifact("f", save("score", tone(1.0)), {})}, {}, lambda _: None, lambda: True)
    with pytest.raises(InterruptedRender):
        measure_mix(MixRequest(RATE, cues=(MixCue("score", "music", 0),)), work, tmp_path / "x")
