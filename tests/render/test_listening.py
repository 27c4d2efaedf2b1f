"""Hearing coded chunks: places to the sample, levels as they are, and all chunks put together."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from audio.mixing import ducking
from audio.mixing.encode import CodeRequest, code_sound
from audio.mixing.grid import CHUNK, SPOKEN, MixCue, chunks
from audio.signal import loudness, wavefile
from audio.signal.files import decoded
from projects import programs
from projects.steps import Artifact, Work
from render.listening import REACH, HeardRequest, Mono, PlannedMark, combined, excerpt, find, hear_chunk

RATE = 48_000


def noise(length: int, seed: int, level: float = 0.1) -> Mono:
    """White noise: unlike itself at every other place."""
    wave: Mono = (np.random.default_rng(seed).standard_normal(length) * level).astype(np.float32)
    return wave


def coloured(length: int, seed: int, level: float = 0.1) -> Mono:
    """Noise that is softer the higher it is, as voices and music are."""
    smooth = np.convolve(noise(length, seed), np.hanning(24), "same")
    wave: Mono = (smooth * level / smooth.std()).astype(np.float32)
    return wave


def work_with(folder: Path, **sounds: Mono) -> Work:
    """A step's work whose inputs are these sounds."""
    inputs = {}
    for name, sound in sounds.items():
        wavefile.write(folder / f"{name}.wav", sound)
        inputs[name] = Artifact("", folder / f"{name}.wav", {})
    return Work(inputs, {}, lambda part: None, lambda: False)


def heard_film(
    samples: int, cues: Sequence[MixCue], work: Work, folder: Path, marks: Mapping[int, tuple[PlannedMark, ...]]
) -> tuple[list[dict[str, Any]], list[Path]]:
    """Code and hear all chunks of a film; gives what was heard and the coded chunks."""
    facts, coded = [], []
    speech = ducking.joined([(cue.at_sample, cue.at_sample + cue.samples) for cue in cues if cue.bus in SPOKEN])
    for number, chunk in enumerate(chunks(samples, cues, speech)):
        coded.append(folder / f"{number}.m4a")
        code_sound(CodeRequest(chunk, 0.0, -1.8), work, coded[-1])
        inputs = {**work.inputs, "sound": Artifact("", coded[-1], {})}
        if number:
            inputs["previous"] = Artifact("", coded[-2], {})
        request = HeardRequest(chunk, marks.get(number, ()))
        facts.append(hear_chunk(request, Work(inputs, {}, work.progress, work.cancelled), folder / "heard.json"))
    return facts, coded


def joined(paths: Sequence[Path], out: Path, samples: int) -> Path:
    """The chunks as one file that a player plays, timed as in a film."""
    with av.open(str(out), "w", format="mp4") as film, av.open(str(paths[0])) as first:
        stream = film.add_stream_from_template(first.streams.audio[0])
        number = -1
        for path in paths:
            with av.open(str(path)) as chunk:
                for packet in chunk.demux(chunk.streams.audio[0]):
                    if packet.size:
                        packet.stream = stream
                        packet.pts = packet.dts = number * 1024
                        number += 1
                        film.mux(packet)
    return out


def test_a_film_in_chunks_is_heard_as_ffmpeg_hears_it(tmp_path: Path) -> None:
    """All chunks together measure what ffmpeg's ebur128 says of the joined file, to 0.1 LU and 0.2 dB of peak."""
    samples = CHUNK + 250_000
    work = work_with(tmp_path, score=np.stack([coloured(samples, 1), coloured(samples, 2, 0.05)], axis=1))
    facts, coded = heard_film(samples, [MixCue("score", "music", 0, 9.0, samples=samples)], work, tmp_path, {})
    film = joined(coded, tmp_path / "film.mp4", samples)
    command: list[str | Path] = [programs.ffmpeg(), "-nostats", "-i", film]
    said = programs.run([*command, "-af", "ebur128=peak=true", "-f", "null", "-"]).stderr
    summary = said[said.rindex("Summary:") :].split()
    heard = combined(facts)
    assert heard.loudness.integrated == pytest.approx(float(summary[summary.index("I:") + 1]), abs=0.1)
    assert heard.loudness.true_peak == pytest.approx(float(summary[summary.index("Peak:") + 1]), abs=0.2)
    whole = loudness.of_samples(np.concatenate(list(decoded(film, film.name))))
    assert heard.loudness.integrated == pytest.approx(whole.integrated, abs=0.02)
    assert [one["late"] for one in facts] == [0, 0]
    assert all(one["likeness"] > 0.98 for one in facts)


def test_facts_name_the_very_packets(tmp_path: Path) -> None:
    """The digest is that of the chunk's coded bytes in order, and the facts are plain JSON, also in the file."""
    work = work_with(tmp_path, score=coloured(RATE, 3))
    facts, coded = heard_film(RATE, [MixCue("score", "music", 0, samples=RATE)], work, tmp_path, {})
    with av.open(str(coded[0])) as chunk:
        packets = [bytes(packet) for packet in chunk.demux(chunk.streams.audio[0]) if packet.size]
    assert facts[0]["packets"] == len(packets) == 48
    assert facts[0]["sha256"] == hashlib.sha256(b"".join(packets)).hexdigest()
    assert json.loads((tmp_path / "heard.json").read_text(encoding="utf-8")) == facts[0]


def test_lines_are_found_where_they_were_laid(tmp_path: Path) -> None:
    """A line in the first chunk, and one that begins just before the second, lie in their places under other sound."""
    samples = CHUNK + 200_000
    work = work_with(tmp_path, score=coloured(samples, 4, 0.02), one=coloured(RATE, 5), two=coloured(2 * RATE, 6))
    cues = [
        MixCue("score", "music", 0, samples=samples),
        MixCue("one", "dialogue", RATE + 123, samples=RATE),
        MixCue("two", "dialogue", CHUNK - 900, samples=2 * RATE),
    ]
    marks = {
        0: (PlannedMark("first", "one", RATE + 123, RATE), PlannedMark("late", "one", RATE, RATE)),
        1: (PlannedMark("second", "two", 0, RATE - 900, 900), PlannedMark("third", "", 150_000, RATE // 2)),
    }
    facts, _ = heard_film(samples, cues, work, tmp_path, marks)
    found = combined(facts).found
    assert {scene: one.late for scene, one in found.items() if one} == {
        "first": 0,
        "late": 123,
        "second": 0,
        "third": 0,
    }
    assert all(one and one.likeness > 0.9 for one in found.values())


def test_a_shifted_sound_is_noticed(tmp_path: Path) -> None:
    """Coded sound that lies 480 samples late against the plan is told as late, chunk and line alike."""
    line = coloured(RATE, 7)
    work = work_with(tmp_path, line=line)
    late, due = (
        next(iter(chunks(3 * RATE, [MixCue("line", "dialogue", at, samples=RATE)], [(at, at + RATE)])))
        for at in (RATE + 480, RATE)
    )
    code_sound(CodeRequest(late, 0.0, -1.8), work, tmp_path / "a.m4a")
    inputs = {**work.inputs, "sound": Artifact("", tmp_path / "a.m4a", {})}
    request = HeardRequest(due, (PlannedMark("scene", "line", RATE, RATE),))
    facts = hear_chunk(request, Work(inputs, {}, work.progress, work.cancelled), tmp_path / "a.json")
    assert facts["late"] == 480
    assert facts["found"]["scene"]["late"] == 480


def test_silence_is_told_in_seconds_across_chunks(tmp_path: Path) -> None:
    """A pause over the border of two chunks is one span; one of a tenth of a second is not worth telling."""
    samples = CHUNK + 3 * RATE
    wave = coloured(samples, 8)
    wave[CHUNK - RATE : CHUNK + RATE] = 0
    wave[2 * RATE : 2 * RATE + 4800] = 0
    facts, _ = heard_film(
        samples,
        [MixCue("score", "dialogue", 0, samples=samples)],
        work_with(tmp_path, score=wave),
        tmp_path,
        {},
    )
    ((first, last),) = combined(facts).silent
    assert first == pytest.approx(8.6, abs=0.11)
    assert last == pytest.approx(10.6, abs=0.11)


@pytest.mark.parametrize("samples", [1, 700, 4800, CHUNK + 1])
def test_silent_and_short_films_are_heard(samples: int, tmp_path: Path) -> None:
    """A silent film of any length has no loudness, no place that could be wrong, and is silent throughout."""
    facts, _ = heard_film(samples, [], work_with(tmp_path), tmp_path, {0: (PlannedMark("a", "", 0, samples),)})
    heard = combined(facts)
    assert heard.loudness == loudness.Loudness(loudness.SILENCE, loudness.SILENCE)
    assert heard.found == {"a": None}
    assert facts[0]["late"] is None


def test_what_is_not_there_is_unlike() -> None:
    """Another sound in its place has next to no likeness, and silence has nothing to be compared by."""
    found = find(noise(RATE + 2 * REACH, 3), noise(RATE, 4))
    assert found is not None
    assert found.likeness < 0.1
    assert find(noise(RATE + 2 * REACH, 3), np.zeros(RATE, np.float32)) is None


def test_excerpts_outside_are_silent() -> None:
    """What lies before the first or after the last sample is padded with silence."""
    sound = np.full(1000, 0.5, np.float32)
    assert np.array_equal(excerpt(sound, -10, 20) > 0, [False] * 10 + [True] * 10)
    assert np.array_equal(excerpt(sound, 990, 20) > 0, [True] * 10 + [False] * 10)
    assert not excerpt(sound, 2000, 20).any()
    assert not excerpt(sound, -100, 20).any()
