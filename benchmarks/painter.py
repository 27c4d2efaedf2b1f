"""What a painted frame costs: six scenes in six styles, final beside draft, and the memory of a worker.

Run `python benchmarks/painter.py [PAIRS]`. Final and draft are measured by turns in one process, in processor time, so
that their ratio holds on a busy machine too; stages are painted before the clock starts. Prints a table and ends with 1
where a limit is broken.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from scenes.backend import ClipRequest
from scenes.backends.animatic.projection import Projector
from scenes.backends.animatic.stage import stage_of
from storyboard.film import Character, Fixed, Moments, Part, Scene, Transition, VoiceChoice

MOST_MS, LEAST_RATIO, MOST_MB = 42.0, 3.0, 600.0
"""Limits: the mean of a final frame, how much faster each draft is, and each worker's memory."""
FRAMES, WIDTH, HEIGHT = 96, 1280, 720


def part(role: str, action: str, at: Any, looks: str = "") -> Part:
    """One of the cast."""
    return Part(Character(role, role.title(), role, role, looks, "", VoiceChoice("en/george")), action, "neutral", at)


PLAIN = Scene(
    id="scene",
    length=Fixed(Fraction(4)),
    place="meadow",
    time="noon",
    weather="clear",
    shot="wide",
    camera="static",
    style="papercut",
    prompt="",
    negative="",
    cast=(),
    moments=Moments(),
    lines=(),
    sounds=(),
    transition=Transition("cut", Fraction(0)),
    backend="animatic",
)
SCENES = {
    "forest, papercut": replace(
        PLAIN, place="forest", time="dusk", camera="truck right", cast=(part("hero", "hold light", "center"),)
    ),
    "street, noir": replace(
        PLAIN,
        place="city street",
        time="night",
        weather="rain",
        style="noir",
        camera="dolly in",
        cast=(part("detective", "walk", "left"), part("heroine", "stand", "right", "red dress")),
    ),
    "rooftop, cyberpunk": replace(
        PLAIN,
        place="rooftop",
        time="night",
        style="cyberpunk",
        camera="pan right",
        cast=(part("heroine", "stand", "left"),),
    ),
    "lake, watercolour": replace(
        PLAIN, place="lake", time="dawn", style="watercolour", camera="pan left", cast=(part("child", "sit", "right"),)
    ),
    "castle, silhouette": replace(
        PLAIN,
        place="castle",
        time="moonlit",
        style="silhouette",
        camera="crane up",
        cast=(part("knight", "walk", "left"),),
    ),
    "meadow, flat": replace(
        PLAIN,
        style="flat",
        camera="tracking",
        cast=(part("hero", "walk", "left"), part("heroine", "walk", "center"), part("child", "wave", "right")),
    ),
}


def projector(scene: Scene, draft: bool) -> Projector:
    """A painted stage, ready to run; a draft has half the size."""
    size = (WIDTH // 2, HEIGHT // 2) if draft else (WIDTH, HEIGHT)
    ids = tuple(one.character.id for one in scene.cast)
    request = ClipRequest(scene, "", "", FRAMES, Fraction(24), *size, 7, 1, draft, (), characters=ids)
    return Projector(stage_of(request), request)


def pair(run: Projector, index: int) -> float:
    """Milliseconds of processor time a frame, over two frames running: a draft draws its actors for both at once."""
    begun = time.process_time()
    run.picture(index)
    run.picture(index + 1)
    return 500.0 * (time.process_time() - begun)


def megabytes(name: str) -> float:
    """The most memory that a worker of its own takes for a scene."""
    done = subprocess.run([sys.executable, __file__, "--memory", name], check=True, capture_output=True, text=True)
    return float(done.stdout)


def _peak() -> float:
    """The most memory that this process had, in megabytes."""
    status = Path("/proc/self/status")
    if status.exists():
        # what getrusage says may be the parent's
        return float(status.read_text().split("VmHWM:")[1].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measured(name: str, pairs: int) -> tuple[float, float, float]:
    """Milliseconds of a final and of a draft frame (medians), and a worker's megabytes."""
    final, draft = projector(SCENES[name], False), projector(SCENES[name], True)
    pair(final, 0), pair(draft, 0)
    places = [2 * round((FRAMES / 2 - 1) * (k + 0.5) / pairs) for k in range(pairs)]
    both = [(pair(final, index), pair(draft, index)) for index in places]
    slow, quick = (statistics.median(one[side] for one in both) for side in (0, 1))
    return slow, quick, megabytes(name)


def main() -> int:
    """Measure every scene, print the table, and say which limits are broken."""
    if sys.argv[1:2] == ["--memory"]:
        run = projector(SCENES[sys.argv[2]], False)
        for index in range(4):
            run.picture(index)
        print(_peak())
        return 0
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    print(f"{'scene':<22}{'final ms':>10}{'draft ms':>10}{'final/draft':>13}{'worker MB':>11}")
    rows = []
    for name in SCENES:
        slow, quick, memory = measured(name, pairs)
        rows.append((slow, slow / quick, memory))
        print(f"{name:<22}{slow:>10.1f}{quick:>10.1f}{slow / quick:>13.2f}{memory:>11.0f}", flush=True)
    mean = statistics.mean(row[0] for row in rows)
    print(f"{'mean':<22}{mean:>10.1f}   (at most {MOST_MS:.0f} ms, {LEAST_RATIO:.0f} times, {MOST_MB:.0f} MB)")
    fine = mean <= MOST_MS and min(row[1] for row in rows) >= LEAST_RATIO and max(row[2] for row in rows) < MOST_MB
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
