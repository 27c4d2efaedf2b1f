"""How long `workprint --help` takes beside a bare click program: the ratio of medians, in one run, by turns.

Run `python benchmarks/startup.py [ROUNDS]`. The ratio is what counts; the times depend on the machine and its load.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

LIMIT = 2.0
"""The ratio that must not be passed."""

BARE = """
import sys
import click

@click.group()
def program():
    "A bare click program."

@program.command()
def act():
    "Do nothing."

sys.exit(program(prog_name="bare"))
"""

HOUSE = "import sys; from workprint.__main__ import main; sys.exit(main())"
"""What the installed script does."""


def seconds(command: Sequence[str], folder: Path) -> float:
    """How long one run of a command takes from start to end."""
    begun = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def compare(rounds: int) -> tuple[float, float]:
    """Median seconds of the bare program and of `workprint --help`, each started once per round."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bare = folder / "bare.py"
        bare.write_text(BARE, encoding="utf-8")
        commands = ([sys.executable, str(bare), "--help"], [sys.executable, "-c", HOUSE, "--help"])
        for command in commands:
            seconds(command, folder)
        times = [[seconds(command, folder) for command in commands] for _ in range(rounds)]
    first, second = zip(*times, strict=True)
    return statistics.median(first), statistics.median(second)


def main() -> int:
    """Print the ratio; the exit code is 1 when it passes the limit."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    bare, house = compare(rounds)
    print(f"bare click program: {1000 * bare:.0f} ms; workprint --help: {1000 * house:.0f} ms")
    print(f"ratio: {house / bare:.2f} (limit {LIMIT})")
    return 0 if house / bare <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
