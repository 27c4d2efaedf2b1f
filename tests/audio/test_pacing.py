"""Pacing: shorter rests and a faster tempo, with every word whole and every length foretold."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from audio.signal import wavefile
from audio.signal.rests import BETWEEN_SENTENCES, BETWEEN_WORDS, HOP, rests
from audio.speaking.delivery import DELIVERIES
from audio.speaking.pacing import (
    FASTEST,
    Pace,
    PaceRequest,
    pace_line,
    paced_facts,
    paced_samples,
    paced_sound,
    time_map,
    with_pauses,
)
from audio.speaking.speech import facts_of
from audio.voice import RATE, Samples, Word
from projects.steps import Artifact, Work
from storyboard.errors import RenderError

PACES = [Pace(Fraction(0)), Pace(Fraction(1, 3)), Pace(Fraction(0), FASTEST), Pace(tempo=Fraction(11, 10))]


def spoken(seed: int) -> tuple[Samples, dict[str, Any]]:
    """A line of hummed words, each of its own pitch, with rests of all lengths, faint noise, and the line's facts."""
    random = np.random.default_rng(seed)
    pieces, words, at = [np.zeros(RATE // 50)], [], RATE // 50
    for number in range(int(random.integers(2, 9))):
        count = int(random.integers(6_000, 30_000))
        t = np.arange(count) / RATE
        swell = np.minimum(1.0, np.minimum(np.arange(count), np.arange(count)[::-1]) / 1500)
        hum = random.uniform(0.05, 0.3) * swell * np.sin(2 * np.pi * (200 + 90 * number) * t)
        rest = int(random.integers(1_000, 40_000))
        ending = ".,"[int(random.integers(2))] if rest > 10_000 else ""
        words.append(Word(f"word{number}{ending}", at / RATE, (at + count) / RATE))
        pieces += [hum, np.zeros(rest)]
        at += count + rest
    sound = np.concatenate(pieces)[: at - rest + RATE // 16]
    line: Samples = (sound + random.normal(0.0, 1e-4, len(sound))).astype(np.float32)
    return line, {**facts_of(line, words), "word_times": "by the engine"}


def strength(sound: Samples, hertz: float) -> float:
    """The energy of one pitch in a sound."""
    t = np.arange(len(sound)) / RATE
    windows = len(sound) // HOP
    carried = (sound * np.exp(-2j * np.pi * hertz * t))[: windows * HOP].reshape(windows, HOP).mean(axis=1)
    return float(np.sum(np.abs(carried) ** 2))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("pace", PACES)
def test_every_word_survives_whole(seed: int, pace: Pace) -> None:
    """Whatever the rests are, each word keeps its energy (less by what the tempo takes) and its place is foretold."""
    sound, facts = spoken(seed)
    paced, told = paced_sound(sound, facts, pace), paced_facts(facts, pace)
    for number, (before, after) in enumerate(zip(facts["words"], told["words"], strict=True)):
        hertz = 200.0 + 90 * number
        first, last = (round(place * RATE) for place in after[1:])
        here = strength(paced[max(0, first - 1000) : last + 1000], hertz)
        there = strength(sound[max(0, round(before[1] * RATE) - 1000) : round(before[2] * RATE) + 1000], hertz)
        assert here * float(pace.tempo) == pytest.approx(there, rel=0.01 if pace.tempo == 1 else 0.12), number


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("pace", [*PACES, Pace(Fraction(7, 4)), Pace(Fraction(5, 2), Fraction(21, 20))])
def test_lengths_are_foretold_to_the_sample(seed: int, pace: Pace) -> None:
    """The sound has exactly as many samples as the facts that were told without making it; twice it is the same."""
    sound, facts = spoken(seed)
    paced = paced_sound(sound, facts, pace)
    assert len(paced) == paced_samples(facts, pace) == paced_facts(facts, pace)["samples"]
    assert paced.dtype == np.float32
    assert np.array_equal(paced, paced_sound(sound, facts, pace))


@pytest.mark.parametrize("pace", [*PACES, Pace(Fraction(2))])
def test_time_never_runs_backwards(pace: Pace) -> None:
    """Later samples stay later, the end is the end, and going there and back finds the same sound."""
    _, facts = spoken(4)
    mapped = time_map(facts, pace)
    places = [mapped.after(sample) for sample in range(0, mapped.samples + 1, 100)]
    assert places == sorted(places)
    assert round(mapped.after(mapped.samples)) == mapped.total
    for _, start, end in facts["words"]:
        middle = round((start + end) / 2 * RATE)
        assert abs(mapped.before(round(mapped.after(middle))) - middle) <= 2


@pytest.mark.parametrize("pace", PACES)
def test_foretold_lips_move_with_the_sound(pace: Pace) -> None:
    """The foretold envelope has a value per hundredth of a second and agrees with the one measured on the sound."""
    sound, facts = spoken(2)
    told = paced_facts(facts, pace)["envelope"]
    measured = facts_of(paced_sound(sound, facts, pace), ())["envelope"]
    assert len(told) == len(measured)
    assert np.corrcoef(told, measured)[0, 1] > 0.93


def test_rests_shrink_to_their_least_and_no_further() -> None:
    """At a factor of 0 a rest after a sentence keeps 160 ms and another 80 ms; words stay as far apart as that."""
    _, facts = spoken(1)
    before = rests(facts)
    after = paced_facts(facts, Pace(Fraction(0)))
    gone = sum(rest.samples - min(rest.samples, rest.floor) for rest in before)
    assert before
    assert {rest.floor for rest in before} <= {BETWEEN_WORDS, BETWEEN_SENTENCES}
    assert facts["samples"] - after["samples"] == pytest.approx(gone, abs=240 * len(before))


def test_a_cut_does_not_click() -> None:
    """Nowhere does the paced line jump further between two samples than the spoken one."""
    sound, facts = spoken(3)
    limit = float(np.abs(np.diff(sound)).max())
    for pace in (Pace(Fraction(0)), Pace(Fraction(2))):
        assert np.abs(np.diff(paced_sound(sound, facts, pace))).max() <= limit


def test_longer_rests_sound_like_the_room() -> None:
    """What is put into a rest is as loud as the rest was: no hole in a recording's noise."""
    sound, facts = spoken(5)
    paced = paced_sound(sound, facts, Pace(Fraction(5, 2)))
    quiet = np.lib.stride_tricks.sliding_window_view(paced[1000:-1000], 480)[::240]
    assert len(paced) > len(sound)
    assert np.sqrt((quiet**2).mean(axis=1)).min() > 0.5e-4


def test_sad_people_wait_longer() -> None:
    """A factor of pauses makes a line longer or shorter by its rests alone, and the facts agree with the sound."""
    sound, facts = spoken(2)
    for emotion in ("sad", "angry", "neutral"):
        factor = DELIVERIES[emotion].pauses
        paced, told = with_pauses(sound, facts, factor)
        assert len(paced) == told["samples"]
        assert (len(paced) > len(sound)) == (factor > 1)
        assert (len(paced) < len(sound)) == (factor < 1)


@pytest.mark.parametrize(("pauses", "tempo"), [(1, Fraction(13, 10)), (1, Fraction(9, 10)), (-1, 1)])
def test_limits(pauses: Fraction, tempo: Fraction) -> None:
    """Nothing is made faster than the limit, nor slower, and a factor of pauses is not negative."""
    with pytest.raises(RenderError):
        Pace(Fraction(pauses), Fraction(tempo))


def test_the_step(tmp_path: Path, make_work: Callable[..., Work]) -> None:
    """The step writes a file of the foretold length, gives the foretold facts, and refuses a line without its facts."""
    sound, facts = spoken(0)
    wavefile.write(tmp_path / "line.wav", sound)
    work = make_work()
    pace = Pace(Fraction(1, 2), Fraction(23, 20))
    for name, told in (("good", facts), ("bad", {**facts, "samples": 7})):
        line = Work({"line": Artifact("0", tmp_path / "line.wav", told)}, {}, work.progress, work.cancelled)
        if name == "bad":
            with pytest.raises(RenderError, match="facts"):
                pace_line(PaceRequest(pace), line, tmp_path / "x.wav")
            continue
        given = pace_line(PaceRequest(pace), line, tmp_path / "paced.wav")
        assert given == paced_facts(facts, pace)
        assert wavefile.length(tmp_path / "paced.wav") == given["samples"]
        assert given["tempo"] == "23/20"
