"""What mixing a film's sound costs: ten minutes with 120 lines, a score and ambiences, and the same in other programs.

Run `python -m benchmarks.sound [--folder build/sound] [--pairs 2]`. Every program is a process of its own on one core
and writes a WAV; what counts is the least processor time of several turns, so that ratios hold on a busy machine too.
Prints tables, and ends with 1 where a limit is broken.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from audio.signal import wavefile
from audio.voice import RATE, Samples
from benchmarks.assembly_meter import Cost, measure
from benchmarks.sound_film import AMBIENCES, LINES, MINUTES, SCENE

LEAST_SPEED, MOST_GROWTH = 100.0, 1.15
"""Limits: times faster than real time, and the memory of forty minutes over that of ten."""

PEERS = {
    "pydub": "RMS for loudness, no limiter, ducking in steps",
    "ffmpeg": "one graph twice: sidechaincompress, amix, ebur128, alimiter",
}
"""The other programs, and what they do otherwise."""


def score(minutes: int, folder: Path) -> None:
    """Chords that swell, (n, 2), half a minute each."""
    with wavefile.writing(folder / "score.wav", 2) as sink:
        for part in range(2 * minutes):
            dice = np.random.default_rng(part)
            at = np.arange(30 * RATE) / RATE
            wave = np.zeros(len(at), np.float32)
            for _ in range(6):
                tone = np.sin(2 * np.pi * dice.uniform(80, 900) * at)
                wave += (tone * (0.6 + 0.4 * np.sin(2 * np.pi * dice.uniform(0.05, 0.3) * at))).astype(np.float32)
            sink.write(np.stack([wave, 0.8 * wave], axis=1) * np.float32(0.05))


def line(number: int) -> Samples:
    """Noise in syllables for two to four seconds, mono, at about -20 LUFS."""
    dice = np.random.default_rng(1000 + number)
    count = round(dice.uniform(2.0, 4.0) * RATE)
    loud = np.repeat(dice.uniform(0.1, 1.0, count // 6000 + 1), 6000)[:count]
    soft: Samples = (0.13 * loud * np.convolve(dice.standard_normal(count), np.hanning(24) / 6, "same")).astype(
        np.float32
    )
    return soft


def prepare(folder: Path) -> None:
    """Write what is mixed, unless it is there."""
    if (folder / "ready").exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    score(MINUTES, folder)
    for number in range(AMBIENCES):
        dice = np.random.default_rng(number)
        noise = 0.03 * dice.standard_normal(((SCENE + 2) * RATE, 2))
        wavefile.write(folder / f"ambience{number}.wav", noise.astype(np.float32))
    for number in range(LINES):
        wavefile.write(folder / f"line{number}.wav", line(number))
    (folder / "ready").touch()


def run_one(program: str, folder: Path, minutes: int = MINUTES) -> tuple[Cost, dict[str, float]]:
    """One turn of one program in a process of its own; what it took, and what it says of its parts."""
    alone = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.sound_work", program, str(folder), str(minutes)]
    cost = measure(command, Path.cwd(), {**os.environ, **alone})
    said: dict[str, float] = json.loads(cost.said.strip().splitlines()[-1])
    return cost, said


def main(words: Sequence[str] | None = None) -> int:
    """Mix by turns, print what it costs, and say whether the limits hold."""
    reader = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    reader.add_argument("--folder", type=Path, default=Path("build/sound"))
    reader.add_argument("--pairs", type=int, default=2, help="turns of every program")
    order = reader.parse_args(words)
    folder = order.folder.resolve()
    prepare(folder)
    seconds = 60.0 * MINUTES
    turns = {program: [run_one(program, folder) for _ in range(order.pairs)] for program in ("workprint", *PEERS)}
    parts = min((said for _, said in turns["workprint"]), key=lambda said: said["whole"])
    speed = seconds / parts["whole"]
    print(f"{MINUTES} minutes, {LINES} lines; processor milliseconds for a second of film\n")
    for name, took in parts.items():
        print(f"  {name:<44}{1000 * took / seconds:8.2f}")
    print(f"\n  {speed:.0f} times faster than real time on one core (limit {LEAST_SPEED:.0f})\n")
    own = min(cost.cpu for cost, _ in turns["workprint"])
    print(f"{'whole process':<14}{'times the work':>15}{'peak MB':>10}")
    for program, runs in turns.items():
        least = min(cost.cpu for cost, _ in runs)
        peak = max(cost.peak for cost, _ in runs)
        print(f"{program:<14}{least / own:>15.1f}{peak:>10.0f}  {PEERS.get(program, '')}")
    peaks = [max(cost.peak for cost, _ in turns["workprint"]), run_one("workprint", folder, 4 * MINUTES)[0].peak]
    growth = peaks[1] / peaks[0]
    print(f"\nfour times as long: {peaks[1]:.0f} MB, {growth:.2f} times the memory (limit {MOST_GROWTH})")
    return 0 if speed >= LEAST_SPEED and growth <= MOST_GROWTH else 1


if __name__ == "__main__":
    sys.exit(main())
