"""What each transition costs: processor milliseconds of one 1280x720 frame, and how many plain crossfades that is.

Run `python benchmarks/transitions.py`. Every frame is blended by turns with a crossfade, on one core, and the median of
the middle of the way counts, so that the ratio holds on a busy machine too.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Iterator

import cv2
import numpy as np

from projects.plugins import find
from render.blending import dissolve
from render.transition import Transition, Way, chosen, transition
from scenes.frames import I420
from storyboard.vocabulary.transitions import MANNERS

WIDTH, HEIGHT = 1280, 720
ROUNDS = 15
STEPS = (0.3, 0.48, 0.7)


def picture(seed: int) -> I420:
    """Soft shapes with grain, as a coded picture."""
    random = np.random.default_rng(seed)
    shapes = cv2.resize(random.integers(30, 220, (27, 16), dtype=np.uint8), (WIDTH, HEIGHT * 3 // 2))
    grain = random.integers(-4, 5, shapes.shape)
    return np.asarray(np.clip(shapes + grain, 16, 235), np.uint8)


def ways(kind: Transition) -> Iterator[tuple[str, Way]]:
    """The usual way of a transition, the upright one, and the one in linear light."""
    height = np.linspace(0, 1, HEIGHT, dtype=np.float32)[:, np.newaxis]
    matte = np.ascontiguousarray(np.broadcast_to(height, (HEIGHT, WIDTH)))
    yield "", Way(chosen(kind, ""), matte=matte, softness=0.3)
    if "up" in kind.options():
        yield "up", Way("up", matte=matte)
    if kind.name in MANNERS and MANNERS[kind.name].linear:
        yield "linear", Way(chosen(kind, ""), linear=True, matte=matte, softness=0.3)


def seconds(kind: Transition, tail: I420, head: I420, progress: float, way: Way) -> float:
    """Processor time of one frame."""
    begun = time.process_time()
    kind.blend(tail, head, progress, way)
    return time.process_time() - begun


def main() -> int:
    """Measure every transition and print one line for each of its ways."""
    cv2.setNumThreads(1)
    tail, head = picture(1), picture(2)
    print(f"{'transition':<20}{'ms':>8}{'crossfades':>12}")
    for name in sorted(find("workprint.transitions")):
        kind = transition(name)
        for words, way in ways(kind):
            kind.blend(tail, head, 0.5, way)
            spent, plain = [], []
            for _ in range(ROUNDS):
                for progress in STEPS:
                    spent.append(seconds(kind, tail, head, progress, way))
                    begun = time.process_time()
                    dissolve(tail, head, progress)
                    plain.append(time.process_time() - begun)
            cost, unit = statistics.median(spent), statistics.median(plain)
            print(f"{f'{name} {words}':<20}{cost * 1e3:>8.2f}{cost / unit:>12.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
