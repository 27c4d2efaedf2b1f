"""Finding and running external programs."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from projects.programs import ffmpeg, ffmpeg_version, probe, program, run
from storyboard.errors import InterruptedRender, MissingError, RenderError

PYTHON = Path(sys.executable)


def _python(code: str) -> list[str | Path]:
    return [PYTHON, "-c", code]


def test_output_and_input() -> None:
    """A program gets its input as bytes and gives its output as bytes."""
    code = "import sys; d = sys.stdin.buffer.read(); sys.stdout.buffer.write(d[::-1]); print('й', file=sys.stderr)"
    finished = run(_python(code), stdin=bytes(range(256)) * 4000, environment={"PYTHONUTF8": "1"})
    assert finished.stdout == (bytes(range(256)) * 4000)[::-1]
    assert finished.stderr.strip() == "й"


def test_arguments_never_meet_a_shell(tmp_path: Path) -> None:
    """What a shell would carry out arrives as it is."""
    evil = f"$(touch {tmp_path / 'x'}); `touch {tmp_path / 'x'}` | & > {tmp_path / 'x'}"
    finished = run([*_python("import sys; sys.stdout.write(sys.argv[1])"), evil])
    assert finished.stdout.decode() == evil
    assert list(tmp_path.iterdir()) == []


def test_failure_tells_the_tail_of_the_messages() -> None:
    """The status and the end of what the program said are in the error."""
    with pytest.raises(RenderError, match=r"failed with status 3: .*the end$") as caught:
        run(_python("import sys; sys.stderr.write('x' * 9000 + 'the end'); sys.exit(3)"))
    assert len(str(caught.value)) < 2000


def test_timeout_and_cancel_stop_the_program() -> None:
    """A program that takes too long, or is not wanted any more, is stopped at once."""
    begun = time.monotonic()
    with pytest.raises(RenderError, match=r"did not finish within 0\.3 seconds"):
        run(_python("import time; time.sleep(60)"), timeout=0.3)
    with pytest.raises(InterruptedRender):
        run(_python("import time; time.sleep(60)"), cancelled=lambda: True)
    assert time.monotonic() - begun < 5


def test_what_is_not_there_is_missing(tmp_path: Path) -> None:
    """A program that is not installed, or is none, is a MissingError; a zero byte is refused."""
    assert probe("no-such-program-here") is None
    with pytest.raises(MissingError, match="no-such-program-here") as caught:
        program("no-such-program-here", "Install the thing.")
    assert caught.value.hint == "Install the thing."
    with pytest.raises(MissingError):
        run([tmp_path / "gone"])
    with pytest.raises(RenderError):
        run([PYTHON, "a\0b"])


def test_ffmpeg_is_the_bundled_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a choice it is the binary of imageio-ffmpeg, and it says its version."""
    monkeypatch.delenv("WORKPRINT_FFMPEG", raising=False)
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", "/nonsense")
    assert "imageio_ffmpeg" in str(ffmpeg())
    assert ffmpeg_version(ffmpeg())


def test_chosen_ffmpeg_is_taken_or_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A chosen ffmpeg is used; one that is not there is refused rather than replaced."""
    monkeypatch.setenv("WORKPRINT_FFMPEG", str(PYTHON))
    assert ffmpeg() == PYTHON.resolve()
    monkeypatch.setenv("WORKPRINT_FFMPEG", str(tmp_path / "gone"))
    with pytest.raises(MissingError, match="gone"):
        ffmpeg()
    monkeypatch.setenv("WORKPRINT_FFMPEG", "system")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingError):
        ffmpeg()


def test_a_slow_reader_gets_all_of_its_input() -> None:
    """A program that begins to read late, and after more than a pipe holds, still gets every byte."""
    slow = "import sys, time; time.sleep(0.7); print(len(sys.stdin.buffer.read()))"
    finished = run([sys.executable, "-c", slow], stdin=b"x" * 1_000_000, timeout=20)
    assert finished.stdout.strip() == b"1000000"
