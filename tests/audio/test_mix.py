"""The mix: places, fades, ducking, and that a chunk alone is the film's."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from audio.mixing import ducking, level
from audio.mixing.grid import AFTER, BEFORE, CHUNK, SPOKEN, MixCue, MixRequest, chunks, smoothed
from audio.mixing.mix import BALANCE, bare, measure_mix
from audio.signal import loudness
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
        MixCue("line", "dialogue", CHUNK - RATE, samples=2 * RATE),
        MixCue("line", "dialogue", 2 * CHUNK - 5000, -3.0, samples=RATE, fade_in=30_000, fade_out=20_000),
    )


def test_cue_lands_on_its_sample(save: Save, make_work: MakeWork) -> None:
    """An impulse in a cue is found at exactly cue plus place, also in the chunk after the one where the cue begins."""
    click = np.zeros(480, np.float32)
    click[100] = 0.5
    work = make_work({"click": save("click", click)})
    cue = MixCue("click", "dialogue", CHUNK - 90, samples=480)
    first, second = (bare(chunk, work) for chunk in chunks(2 * CHUNK, (cue,), ()))
    assert int(np.abs(first[:, 0]).argmax()) == CHUNK + 10
    assert int(np.abs(second[:, 0]).argmax()) == BEFORE + 10
    assert np.count_nonzero(second) == 2


def test_a_chunk_is_the_film_sample_by_sample(sounds: dict[str, Path], make_work: MakeWork) -> None:
    """Every chunk with its margins is bit for bit what mixing the whole film at once gives: fades, ducking and all."""
    work, cues = make_work(sounds), cues_across()
    speech = ducking.joined([(cue.at_sample, cue.at_sample + cue.samples) for cue in cues if cue.bus in SPOKEN])
    whole = bare(MixRequest(FILM, cues=tuple(map(smoothed, cues)), speech=speech), work)
    for number, chunk in enumerate(chunks(FILM, cues, speech)):
        first = number * CHUNK - chunk.before
        alone = bare(chunk, work)
        assert np.array_equal(alone, whole[first : first + len(alone)])


def test_measuring_is_repeatable_and_plain_json(sounds: dict[str, Path], make_work: MakeWork, tmp_path: Path) -> None:
    """Measuring twice gives equal files and facts, which hold a level for each hundredth of a second."""
    work = make_work(sounds)
    request = MixRequest(5 * RATE, cues=(MixCue("score", "music", 0), MixCue("line", "dialogue", RATE)))
    facts = measure_mix(request, work, tmp_path / "a.json")
    assert measure_mix(request, work, tmp_path / "b.json") == facts
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    assert json.loads(json.dumps(facts)) == facts
    assert len(level.unpacked(facts).energies) == 500


def test_levels_do_not_hang_on_where_chunks_are_cut(sounds: dict[str, Path], make_work: MakeWork) -> None:
    """The levels of all chunks in a row are those of the film measured in one piece, to a hundredth of a decibel."""
    work, cues = make_work(sounds), cues_across()
    whole = level.measured(bare(MixRequest(FILM, cues=tuple(map(smoothed, cues))), work), 0, FILM)
    parts = [level.measured(bare(chunk, work), chunk.before, chunk.samples) for chunk in chunks(FILM, cues, ())]
    energies = np.concatenate([part.energies for part in parts])
    assert np.abs(10 * np.log10(energies / whole.energies)).max() < 0.01
    peaks = np.concatenate([part.peaks for part in parts])
    loud = whole.peaks > 0.75 * whole.peaks.max()  # softer peaks are not looked for between samples
    assert peaks[loud] == pytest.approx(whole.peaks[loud], rel=1e-3)


def loudness_of(sound: Samples, first: int, last: int) -> float:
    """Loudness in LUFS of some samples of a mix."""
    return loudness.of_samples(sound[first:last]).integrated


def test_buses_keep_their_balance(save: Save, tone: Tone, make_work: MakeWork) -> None:
    """Music lies 3 dB under its own level, the others at theirs; while somebody speaks effects give way by 5 dB."""
    work = make_work({"a": save("a", tone(1.0, 1000.0, 0.1))})
    peaks = {}
    for bus in BALANCE:
        for speech in ((), ((0, RATE),)):
            sound = bare(MixRequest(RATE, cues=(MixCue("a", bus, 0),), speech=speech), work)
            peaks[bus, bool(speech)] = 20 * np.log10(np.abs(sound).max() / 0.1)
    due = {"dialogue": 0.0, "narration": 0.0, "effects": 0.0, "clip": 0.0, "music": -3.0}
    assert {bus: float(peaks[bus, False]) for bus in BALANCE} == pytest.approx(due, abs=0.01)
    assert peaks["dialogue", True] == pytest.approx(0.0, abs=0.01)
    assert peaks["narration", True] == pytest.approx(0.0, abs=0.01)
    assert peaks["effects", True] == pytest.approx(-5.0, abs=0.01)


@pytest.mark.parametrize(("level_db", "swell"), [(-20.0, 1.0), (-9.0, 1.0), (-26.0, 1.0), (-20.0, 4.0), (-45.0, 1.0)])
def test_music_stays_under_speech_however_loud_it_is(
    level_db: float, swell: float, save: Save, tone: Tone, make_work: MakeWork
) -> None:
    """At its loudest 0.4 s under a line music has -31 LUFS at most, and it steps back by 7 dB at least.

    A swell in the middle of the line lets it step back further for the whole line, which hears no movement.
    """
    score = tone(8.0, 440.0, 10 ** (level_db / 20))
    score[4 * RATE : 4 * RATE + RATE // 2] *= swell
    work = make_work({"score": save("score", np.clip(score, -1, 1))})
    cues, line = (MixCue("score", "music", 0),), (3 * RATE, 5 * RATE)
    free = bare(MixRequest(8 * RATE, cues=cues), work)
    ducked = bare(MixRequest(8 * RATE, cues=cues, speech=(line,)), work)
    loudest = max(loudness_of(ducked, at, at + 19_200) for at in range(line[0], line[1] - 19_200 + 1, 4800))
    under = 20 * np.log10(ducked[slice(*line)][::7] / np.where(free == 0, np.nan, free)[slice(*line)][::7])
    assert np.nanmax(under) - np.nanmin(under) < 0.01
    assert np.nanmean(under) < -6.99
    assert loudest == pytest.approx(-31.0, abs=0.3) or (np.nanmean(under) == pytest.approx(-7.0, abs=0.01))
    assert loudest < -30.7


def test_a_phrase_over_a_border_has_one_depth(save: Save, tone: Tone, make_work: MakeWork) -> None:
    """A line over the border of two chunks is ducked alike in both, though its music is loud in one of them only.

    The loud music is another cue that ends long before the second chunk begins.
    """
    work = make_work({"score": save("score", tone(20.0, 330.0, 0.1)), "hit": save("hit", tone(0.5, 440.0, 0.8))})
    cues = (MixCue("score", "music", 0, samples=20 * RATE), MixCue("hit", "music", CHUNK - RATE, samples=RATE // 2))
    speech = [(CHUNK - 2 * RATE, CHUNK + RATE)]
    first, second = (bare(chunk, work) for chunk in chunks(2 * CHUNK, cues, speech))
    assert np.array_equal(first[CHUNK - BEFORE :], second[: BEFORE + AFTER])
    with_hit = np.abs(second[BEFORE : BEFORE + RATE // 2]).max()
    without = next(bare(chunk, work) for number, chunk in enumerate(chunks(2 * CHUNK, cues[:1], speech)) if number)
    assert with_hit < 0.5 * np.abs(without[BEFORE : BEFORE + RATE // 2]).max()


def test_two_ambiences_cross_at_equal_power(save: Save, make_work: MakeWork) -> None:
    """Where one scene's noise takes the place of another's over a second, the mix stays as loud as it was."""
    dice = np.random.default_rng(4)
    noise = {name: (0.1 * dice.standard_normal((3 * RATE, 2))).astype(np.float32) for name in "ab"}
    work = make_work({name: save(name, sound) for name, sound in noise.items()})
    cues = (
        MixCue("a", "effects", 0, samples=3 * RATE, fade_out=RATE),
        MixCue("b", "effects", 2 * RATE, samples=3 * RATE, fade_in=RATE),
    )
    sound = bare(MixRequest(5 * RATE, cues=cues), work)
    levels = [10 * np.log10(np.square(sound[at : at + 4800]).mean()) for at in range(RATE, 4 * RATE, 4800)]
    assert max(levels) - min(levels) < 0.6


def jumps(sound: Samples) -> Samples:
    """How far each sample lies from what its neighbours foretell: what is heard of a break in a smooth sound."""
    smooth = (4 * (sound[1:-3] + sound[3:-1]) - (sound[:-4] + sound[4:])) / 6
    broken: Samples = np.abs(sound[2:-2] - smooth).max(axis=1)
    return broken


def test_no_join_clicks(save: Save, tone: Tone, make_work: MakeWork) -> None:
    """Sounds cut in the middle of a swing, lines, gains that glide and borders of chunks leave no break.

    The bound is -66 dBFS for every sample; a bare cut of these sounds breaks by -11 dBFS.
    """
    low = tone(30.0, 60.0, 0.4)
    work = make_work({name: save(name, np.roll(low, shift, axis=0)) for name, shift in {"a": 0, "b": 211}.items()})
    cut = CHUNK + 123_457
    cues = [
        MixCue("a", "effects", 7001, samples=cut - 7001),
        MixCue("b", "effects", cut, samples=90_007),
        MixCue("a", "clip", 50_021, samples=100_003),
        MixCue("b", "music", 321, samples=2 * CHUNK - 50_000),
        MixCue("a", "effects", cut + 30_000, samples=5 * RATE, fade_in=24_000, fade_out=30_000, pan=0.2),
    ]
    speech = [(60_000, 90_000), (95_000, 130_000), (CHUNK - 9000, CHUNK + 60_000), (cut, cut + 3000)]
    film = 2 * CHUNK + 40_000
    parts = [(chunk, bare(chunk, work)) for chunk in chunks(film, cues, speech)]
    sound = np.concatenate([part[chunk.before : chunk.before + chunk.samples] for chunk, part in parts])
    assert jumps(sound).max() < 10 ** (-66 / 20)
    unsmoothed = bare(MixRequest(film, cues=tuple(cues)), work)
    assert jumps(unsmoothed).max() > 10 ** (-20 / 20)


def test_missing_input_is_named(make_work: MakeWork, tmp_path: Path) -> None:
    """A cue without an input is refused by its name."""
    with pytest.raises(RenderError, match="ghost"):
        measure_mix(MixRequest(RATE, cues=(MixCue("ghost", "dialogue", 0),)), make_work(), tmp_path / "x")


def test_stops_when_asked(save: Save, tone: Tone, tmp_path: Path) -> None:
    """A cancelled mix ends at once with InterruptedRender."""
    work = Work({"score": Artifact("f", save("score", tone(1.0)), {})}, {}, lambda _: None, lambda: True)
    with pytest.raises(InterruptedRender):
        measure_mix(MixRequest(RATE, cues=(MixCue("score", "music", 0),)), work, tmp_path / "x")
