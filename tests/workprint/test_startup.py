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
