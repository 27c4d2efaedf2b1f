"""The door of the command line: looks whether the house is whole, runs a command, turns errors into exit codes.

Runs before anything else of the house is imported, so that no file of the current folder can pass for a module.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

BROKEN_INSTALL = 8
"""`storyboard.errors.ExitCode.BROKEN_INSTALL`, which may be what cannot be imported."""


INTERRUPTED = 130
"""`storyboard.errors.ExitCode.INTERRUPTED`, for a stop before anything is imported."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; without `arguments`, those of the process."""
    guard_imports()
    try:
        from workprint.commandline import workprint
        from workprint.failures import tell
        from workprint.interrupt import forget_interrupt, remember_interrupts, stopped
        from workprint.options import Wishes
        from workprint.streams import make_streams_safe
    except (ImportError, SyntaxError) as problem:
        sys.stderr.write(f"workprint: a part of the installation is missing or damaged: {problem}\n")
        sys.stderr.write("  Run `pip install --force-reinstall workprint`, best in an environment of its own.\n")
        return BROKEN_INSTALL
    except KeyboardInterrupt:
        return INTERRUPTED
    make_streams_safe()
    remember_interrupts()
    given = list(sys.argv[1:] if arguments is None else arguments)
    wishes = Wishes()
    try:
        result = workprint.main(given, prog_name="workprint", standalone_mode=False, obj=wishes)
        sys.stdout.flush()
    except BaseException as problem:  # noqa: BLE001 - this is the rim: each kind gets its words and its exit code
        # Whatever a library made of the interrupt on its way up here, it was the interrupt.
        cause = KeyboardInterrupt() if stopped.is_set() else problem
        code = tell(cause, given, as_json=wishes.as_json)
        forget_interrupt()
        return code
    return result if isinstance(result, int) else 0


def guard_imports() -> None:
    """Take the current folder off the module search path, here and for every worker process.

    It stays where it is the house's own place: in a checkout, or an environment's own folder.
    """
    house = Path(__file__).resolve().parent.parent
    os.environ["PYTHONSAFEPATH"] = "1"
    here = Path.cwd() if _has_folder() else None
    sys.path[:] = [entry for entry in sys.path if _is_trusted(entry, here, house)]


def _is_trusted(entry: str, here: Path | None, house: Path) -> bool:
    if entry and not Path(entry).is_absolute():
        return False
    place = Path(entry) if entry else here
    if place is None:
        return False
    return place != here or _same(place, house) or _is_library(place)


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == other


def _is_library(place: Path) -> bool:
    """Whether a folder belongs to Python itself."""
    prefix = Path(sys.prefix).resolve()
    base = Path(sys.base_prefix).resolve()
    return any(root in (place.resolve(), *place.resolve().parents) for root in (prefix / "lib", base / "lib"))


def _has_folder() -> bool:
    try:
        Path.cwd()
    except OSError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
