"""How fast the command line starts."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

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
