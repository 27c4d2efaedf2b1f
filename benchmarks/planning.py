"""What a scene costs the plan of a long film: processor time per scene at 1,000 scenes beside 100, in one run.

Made without rendering: every step that the plan of a film of footage and recorded lines asks for is taken as not made
yet, so what is measured is reading, laying out, fingerprints and states. A ratio near 1 means that nothing grows
faster than the film. Usage: python benchmarks/planning.py [FEW] [MANY] [ROUNDS]
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import time
import wave
from pathlib import Path

from projects.programs import ffmpeg
from render.orders import Order
from render.production import open_production

HEAD = 'workprint: 1\ntitle: Planning\nresolution: 360p\ncuts: ["16:9"]\nscore: {mood: calm}\nscenes:\n'

LIMIT = 1.5
"""Processor time per scene may grow by this factor from few scenes to many."""


def make_project(folder: Path, scenes: int) -> None:
    """A film whose scenes have footage, a recorded line and a crossfade each."""
    clip = folder / "clip.mp4"
    picture = ["-f", "lavfi", "-i", "testsrc2=s=160x90:r=24:d=5"]
    subprocess.run([str(ffmpeg()), "-v", "error", *picture, "-pix_fmt", "yuv420p", str(clip)], check=True)
    lines = []
    for number in range(scenes):
        (folder / f"clip-{number}.mp4").hardlink_to(clip)
        with wave.open(str(folder / f"line-{number}.wav"), "wb") as file:
            file.setparams((1, 2, 8000, 0, "NONE", ""))
            file.writeframes(number.to_bytes(4, "little") * 2000)
        way = "cut" if number == scenes - 1 else "crossfade 0.5s"
        lines.append(
            f"  - {{id: s{number}, length: 4s, clip: clip-{number}.mp4, prompt: A path,"
            f" lines: [{{say: Line {number}., file: line-{number}.wav}}], transition: {way}}}\n"
        )
    (folder / "storyboard.yaml").write_text(HEAD + "".join(lines), encoding="utf-8")


def seconds_to_plan(folder: Path) -> tuple[float, int]:
    """Processor seconds of reading and planning, and the number of steps."""
    begun = time.process_time()
    plan = open_production(folder).plan(Order())
    return time.process_time() - begun, len(plan.steps)


def main(few: int = 100, many: int = 1000, rounds: int = 3) -> int:
    """Measure both by turns and print the ratio per scene; the exit code is 1 when it passes the limit."""
    with tempfile.TemporaryDirectory() as name:
        folders = {count: Path(name) / str(count) for count in (few, many)}
        for count, folder in folders.items():
            folder.mkdir()
            make_project(folder, count)
            # The first plan reads every file for its digest, and loads every library.
            _, steps = seconds_to_plan(folder)
            print(f"{count} scenes: {steps} steps")
        times = [[seconds_to_plan(folders[count])[0] for count in (few, many)] for _ in range(rounds)]
    small, large = (statistics.median(column) for column in zip(*times, strict=True))
    ratio = (large / many) / (small / few)
    print(f"per scene: {1000 * small / few:.2f} ms of {few}, {1000 * large / many:.2f} ms of {many}")
    print(
        f"ratio: {ratio:.2f} (limit {LIMIT}); peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} MB"
    )
    return 0 if ratio <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:4])))
