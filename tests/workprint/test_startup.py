"""How fast the command line starts."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from render.production import TOOLS
from scenes.frames import write_film

BENCHMARK = Path(__file__).resolve().parents[2] / "benchmarks" / "startup.py"


@pytest.mark.slow
def test_start_is_within_twice_a_bare_program() -> None:
    """`workprint --help` takes less than twice the time of a bare click program, measured by turns."""
    done = subprocess.run([sys.executable, str(BENCHMARK), "7"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


_PLANNING = """
import sys
from workprint.__main__ import main
sys.argv = ["workprint", "plan", sys.argv[1]]
try:
    main()
finally:
    loaded = {"numpy", "av", "cv2", "scipy", "soundfile", "soxr", "moviepy", "PIL"} & set(sys.modules)
    print("loaded:", *sorted(loaded), file=sys.stderr)
"""

_DRAWN = """
workprint: 1
title: Light
scenes:
  - {id: one, length: 2s, prompt: A hero stands in a forest, lines: [{say: Good morning.}], transition: crossfade 0.5s}
  - {id: two, length: 2s, prompt: The sea at night}
"""

_LENT = """
workprint: 1
title: Light
captions: off
scenes:
  - {id: one, length: 2s, clip: none.mp4, lines: [{say: Good morning., file: none.wav}]}
  - {id: two, length: 2s, clip: none.mp4}
"""


@pytest.mark.parametrize("storyboard", [_DRAWN, _LENT], ids=["drawn", "lent"])
def test_planning_loads_no_heavy_library(tmp_path: Path, storyboard: str) -> None:
    """Planning needs words, versions and names: libraries of pictures and sound are for the workers.

    Skia is left out: the animatic loads it to see whether this machine has what it needs.
    """
    (tmp_path / "storyboard.yaml").write_text(storyboard.lstrip(), encoding="utf-8")
    command = [sys.executable, "-c", _PLANNING, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "To do:" in done.stdout, done.stdout + done.stderr
    assert done.stderr.splitlines()[-1] == "loaded:"


_BODY = """
import sys
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from projects.steps import Artifact, Work
from projects.worker import find_function
from render.pieces import BodyRequest
from render.profiles import DELIVERY
for tool in sys.argv[2:]:
    import_module(tool)
folder = Path(sys.argv[1])
take = Artifact("", folder / "take.mp4", {"width": 96, "height": 54, "frames": 4})
request = BodyRequest(1, 3, 96, 54, Fraction(24), DELIVERY)
work = Work({"take": take}, {}, lambda part: None, lambda: False)
assert find_function("render.pieces:make_body")(request, work, folder / "body.mp4")["frames"] == 2
print(*sorted({"cv2", "skia", "scipy", "soundfile", "soxr", "moviepy", "PIL", "pydantic", "yaml"} & set(sys.modules)))
"""


def test_first_body_of_a_worker_loads_no_more_than_it_needs(tmp_path: Path) -> None:
    """A worker that copies or codes a scene's frames loads neither painters, nor sound, nor the reading of films."""
    picture = np.full((81, 96), 128, np.uint8)
    write_film(tmp_path / "take.mp4", (picture for _ in range(4)), 96, 54, Fraction(24))
    command = [sys.executable, "-c", _BODY, str(tmp_path), *TOOLS]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("\n", "")
