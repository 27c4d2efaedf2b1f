"""What `check` takes beside reading the same text as YAML: an editor asks at every save of a long film.

Both in one process by turns, on scenes with people, lines, sounds and prose. The ratio to PyYAML's own loader is what
counts, and that a scene of a long film takes no longer than one of a short film. No file but the storyboard is there.
Usage: python benchmarks/checking.py [FEW] [MANY] [ROUNDS]
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import yaml

from projects.workspace import Workspace, new_workspace
from storyboard.load import _read
from workprint.proofreading import prove, texts_of

GROWTH = 1.5
"""A scene of many may take this much longer than one of few."""

HEAD = (
    "workprint: 1\ntitle: A long film\nscore: {mood: calm}\n"
    "characters:\n  ann: {name: Ann, role: heroine}\n  max: {name: Max, role: hero}\nscenes:\n"
)
SCENE = """\
  - id: scene-{number}
    length: voice
    place: {place}
    time: dusk
    weather: {weather}
    camera: tracking
    prompt: Ann walks along the water while a ship sails past, number {number}.
    cast: [{{who: ann, action: walk}}, max]
    lines:
      - {{by: ann, say: "We went up the river as far as the boat would carry us."}}
      - {{by: max, say: "And then?", emotion: happy, pause: 0.5s}}
    sounds: [wind]
    transition: crossfade 0.5s
"""
_PLACES = (("lake", "clear"), ("forest", "rain"), ("city street", "fog"))


def film(folder: Path, scenes: int) -> Workspace:
    """A project of so many scenes."""
    told = (_PLACES[number % len(_PLACES)] for number in range(scenes))
    body = "".join(SCENE.format(number=n, place=place, weather=weather) for n, (place, weather) in enumerate(told))
    return new_workspace(folder, HEAD + body)


def seconds(work: Callable[[], object]) -> float:
    """Processor seconds of one go."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def checked(workspace: Workspace) -> None:
    """One check, as of a file that was just saved."""
    _read.cache_clear()
    prove(workspace, texts_of(workspace), language="en")


def main(few: int = 30, many: int = 300, rounds: int = 5) -> int:
    """Measure by turns and print the ratios; the exit code is 1 when a scene of many takes too long."""
    each: dict[int, float] = {}
    with tempfile.TemporaryDirectory() as name:
        for count in (few, many):
            workspace = film(Path(name) / str(count), count)
            text = workspace.read_storyboard()
            checked(workspace)
            ask, load = partial(checked, workspace), partial(yaml.safe_load, text)
            times = [(seconds(ask), seconds(load)) for _ in range(rounds)]
            ours, theirs = (statistics.median(column) for column in zip(*times, strict=True))
            each[count] = ours / count
            print(
                f"{count} scenes: check {1000 * ours:.0f} ms, PyYAML {1000 * theirs:.0f} ms, ratio {ours / theirs:.2f}"
            )
    growth = each[many] / each[few]
    print(f"per scene: {1000 * each[few]:.2f} ms of {few}, {1000 * each[many]:.2f} ms of {many}, ratio {growth:.2f}")
    return 0 if growth <= GROWTH else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:4])))
