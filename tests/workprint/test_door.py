"""The process as a whole: module search path, encodings, pipes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from workprint.__main__ import guard_imports

HOUSE = Path(__file__).resolve().parents[2]
ENTRY = "import sys; from workprint.__main__ import main; sys.exit(main())"


def start(arguments: list[str], folder: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the interpreter in a folder, with the house importable."""
    surroundings = {**os.environ, "PYTHONPATH": str(HOUSE), **environment}
    return subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=surroundings, capture_output=True, timeout=60, check=False
    )


def test_files_of_the_current_folder_are_not_imported(tmp_path: Path) -> None:
    """A film's folder with modules named like Python's and the house's own is safe to stand in."""
    for name in ("difflib.py", "projects.py", "yaml.py", "rich.py", "json.py"):
        (tmp_path / name).write_text("open('owned', 'w').close()\n", encoding="utf-8")
    done = start(["-m", "workprint", "samples", "--json"], tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    assert not (tmp_path / "owned").exists()


def test_search_path_loses_the_current_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Empty, relative and current entries go; the others stay; child processes are told."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", ["", ".", "lib", str(tmp_path), "/usr/lib/python3", str(HOUSE)])
    monkeypatch.setenv("PYTHONSAFEPATH", "")
    guard_imports()
    assert sys.path == ["/usr/lib/python3", str(HOUSE)]
    assert os.environ["PYTHONSAFEPATH"] == "1"


def test_search_path_keeps_the_houses_own_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a checkout the current folder is the house itself and stays."""
    monkeypatch.chdir(HOUSE)
    monkeypatch.setattr(sys, "path", ["", str(HOUSE)])
    monkeypatch.setenv("PYTHONSAFEPATH", "")
    guard_imports()
    assert str(HOUSE) in sys.path


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "koi8-r"])
def test_any_locale_writes_utf8(tmp_path: Path, encoding: str) -> None:
    """Russian titles come out as UTF-8 whatever the locale says."""
    done = start(["-c", ENTRY, "samples"], tmp_path, PYTHONIOENCODING=encoding)
    assert done.returncode == 0
    assert "Вишнёвый сад" in done.stdout.decode("utf-8")


def test_reader_who_leaves_early_sees_no_traceback(tmp_path: Path) -> None:
    """A closed pipe ends the program quietly, with the code that a shell reports for it."""
    reading, writing = os.pipe()
    os.close(reading)
    environment = {**os.environ, "PYTHONPATH": str(HOUSE)}
    with os.fdopen(writing, "wb") as closed:
        done = subprocess.run(
            [sys.executable, "-c", ENTRY, "--help"],
            cwd=tmp_path,
            env=environment,
            stdout=closed,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    assert done.stderr == b""
    assert done.returncode == 141


def test_exit_code_reaches_the_shell(tmp_path: Path) -> None:
    """A missing project is exit code 4 of the process."""
    done = start(["-m", "workprint", "check"], tmp_path)
    assert done.returncode == 4
    assert b"workprint new" in done.stderr


INTERRUPTED_INSIDE = """
import os, signal, sys
import workprint.commandline
from workprint.__main__ import main

class Wishful:
    def main(self, *given, **more):
        try:
            exec("os.kill(os.getpid(), signal.SIGINT); [None for _ in range(10 ** 6)]", globals())
        except KeyboardInterrupt as problem:
            raise ImportError("initialization failed") from problem

workprint.commandline.workprint = Wishful()
sys.exit(main([]))
"""


def test_an_interrupt_that_a_library_has_made_an_error_of_is_still_an_interrupt(tmp_path: Path) -> None:
    """Compiled modules turn Ctrl-C during their import into an ImportError: the exit code is that of a stop."""
    done = start(["-c", INTERRUPTED_INSIDE], tmp_path)
    assert (done.returncode, done.stderr) == (130, b"Stopped. Run the same command again to go on.\n")
