"""What a change costs: one changed scene, and nothing changed, against making the whole film.

Prints ratios of wall time within one run; times on their own say nothing on a shared machine.
Usage: python benchmarks/incremental.py [SCENES] [ROUNDS]
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

from projects.progress import Silent
from render.orders import Order
from render.production import open_production

HEAD = 'workprint: 1\ntitle: Incremental\nresolution: 360p\ncuts: ["16:9"]\nscore: {mood: calm}\nscenes:\n'


def storyboard(scenes: int, changed: str = "") -> str:
    """A film of short scenes; `changed` goes into the prompt of the one in the middle."""
    lines = []
    for number in range(scenes):
        words = changed if number == scenes // 2 else ""
        lines.append(
            f"  - {{id: s{number}, length: 2s, place: forest, prompt: 'A path. {words}', transition: crossfade 0.5s}}\n"
        )
    return HEAD + "".join(lines)


def seconds_to_render(folder: Path, text: str) -> float:
    """Wall time of one render of that storyboard in that folder."""
    (folder / "storyboard.yaml").write_text(text, encoding="utf-8")
    begun = time.monotonic()
    open_production(folder).render(Order(draft=True), Silent())
    return time.monotonic() - begun


def main(scenes: int = 12, rounds: int = 3) -> None:
    """Measure and print."""
    one, none = [], []
    for number in range(rounds):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            cold = seconds_to_render(folder, storyboard(scenes))
            one.append(seconds_to_render(folder, storyboard(scenes, f"A bird {number}.")) / cold)
            none.append(seconds_to_render(folder, storyboard(scenes, f"A bird {number}.")) / cold)
    print(f"{scenes} scenes, {rounds} rounds, medians of wall time against making the whole film:")
    print(f"  one scene changed  {statistics.median(one):.3f}")
    print(f"  nothing changed    {statistics.median(none):.3f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
