"""The generated pages of the documentation."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]
GENERATOR = HOUSE / "docs" / "generate.py"


def test_reference_is_up_to_date() -> None:
    """`docs/generate.py --check` finds nothing stale."""
    done = subprocess.run([sys.executable, str(GENERATOR), "--check"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr
