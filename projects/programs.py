"""External programs: where they are, and running them safely.

"Is it there" is kept apart from "run it". Programs get argument lists and never a shell; paths given to them should be
absolute, so that no file name can pass for an option. Knows nothing of what the programs make.
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from storyboard.errors import InterruptedRender, MissingError, RenderError

FFMPEG_VARIABLE = "WORKPRINT_FFMPEG"
"""`system`, or the path of an ffmpeg; unset means the one that comes with imageio-ffmpeg."""

_POLL = 0.2
_TAIL = 1500


@dataclass(frozen=True, slots=True)
class Finished:
    """What a program left behind: its output as bytes, its messages as text."""

    stdout: bytes
    stderr: str


def probe(name: str) -> Path | None:
    """Where a program of that name is on this machine, or None."""
    found = shutil.which(name)
    return Path(found).resolve() if found else None


def program(name: str, remedy: str = "") -> Path:
    """Where a program is; raises MissingError with the remedy when it is not installed."""
    found = probe(name)
    if found is None:
        raise MissingError(f"the program '{name}' is not installed", remedy or f"Install {name} and try again.")
    return found


def ffmpeg() -> Path:
    """The ffmpeg that the house uses: the bundled one, unless the environment chooses another.

    Raises MissingError when the chosen one is not there; it never takes another instead.
    """
    chosen = os.environ.get(FFMPEG_VARIABLE, "")
    if not chosen:
        return _bundled_ffmpeg()
    if chosen == "system":
        return program("ffmpeg", f"Install ffmpeg, or unset {FFMPEG_VARIABLE} to use the bundled one.")
    path = Path(chosen).expanduser()
    if not path.is_file() or not os.access(path, os.X_OK):
        raise MissingError(
            f"{FFMPEG_VARIABLE} names '{chosen}', which is not a program",
            f"Set {FFMPEG_VARIABLE} to an ffmpeg, to `system`, or unset it.",
        )
    return path.resolve()


@functools.cache
def ffmpeg_version(path: Path) -> str:
    """The version that an ffmpeg says it is, fit for a step's identity."""
    first = run([path, "-version"], timeout=30.0).stdout.decode("utf-8", "replace").split("\n", 1)[0]
    words = first.split()
    return words[2] if len(words) > 2 else first.strip()


def run(
    arguments: Sequence[str | Path],
    *,
    stdin: bytes | None = None,
    timeout: float = 600.0,
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Finished:
    """Run a program to its end and give what it wrote.

    `arguments` begins with the program's path. `environment` is added to the inherited one. Raises RenderError with the
    tail of its messages when it fails or takes longer than `timeout` seconds, InterruptedRender when `cancelled` says
    so, and MissingError when it cannot be started.
    """
    words = [str(word) for word in arguments]
    name = Path(words[0]).name
    process = _start(words, folder, environment, stdin)
    deadline = time.monotonic() + timeout
    while True:
        try:
            out, err = process.communicate(timeout=min(_POLL, max(0.01, timeout)))
            break
        except subprocess.TimeoutExpired:
            if cancelled is not None and cancelled():
                _stop(process)
                raise InterruptedRender(f"{name} was stopped") from None
            if time.monotonic() > deadline:
                _stop(process)
                raise RenderError(
                    f"{name} did not finish within {timeout:g} seconds and was stopped",
                    "If the machine is only slow, try again with fewer jobs.",
                ) from None
        except BaseException:
            _stop(process)
            raise
    messages = err.decode("utf-8", "replace")
    if process.returncode != 0:
        raise RenderError(
            f"{name} failed with status {process.returncode}: {messages[-_TAIL:].strip() or 'no message'}"
        )
    return Finished(out, messages)


def _start(
    words: list[str], folder: Path | None, environment: Mapping[str, str] | None, stdin: bytes | None
) -> subprocess.Popen[bytes]:
    # Input comes from an unnamed file: `communicate`, called again after a time-out, forgets the rest of what a pipe
    # still had to carry to a slow reader.
    if any("\0" in word for word in words):
        raise RenderError(f"{Path(words[0]).name} was given a text with a zero byte in it")
    try:
        with tempfile.TemporaryFile() as fed:
            fed.write(stdin or b"")
            fed.seek(0)
            return subprocess.Popen(
                words,
                stdin=fed,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                cwd=folder,
                env={**os.environ, **environment} if environment else None,
            )
    except OSError as problem:
        raise MissingError(
            f"the program '{words[0]}' cannot be started: {problem.strerror}", "Install it, or mend its permissions."
        ) from problem


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.communicate()


@functools.cache
def _bundled_ffmpeg() -> Path:
    """The binary inside imageio-ffmpeg's wheel.

    The package's own search is not used: it would take any ffmpeg of the system without a word.
    """
    try:
        folder = Path(str(resources.files("imageio_ffmpeg") / "binaries"))
    except ModuleNotFoundError as problem:
        raise MissingError("imageio-ffmpeg is not installed", "Run `pip install imageio-ffmpeg`.") from problem
    found = sorted(path for path in folder.glob("ffmpeg-*") if path.is_file() and os.access(path, os.X_OK))
    if not found:
        raise MissingError(
            "imageio-ffmpeg brings no ffmpeg for this machine",
            f"Install ffmpeg and set {FFMPEG_VARIABLE}=system.",
        )
    return found[-1]
