"""The inside of a worker process: takes tasks from its standard input, carries them out, answers on a pipe.

Started by `crew` as a fresh interpreter that never sees the main script of the program using workprint. Ends when its
parent does. Knows one task at a time and nothing of the graph.
"""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import errno
import importlib
import json
import os
import pickle
import queue
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any

from projects.digests import signature
from projects.disk import disk_errors, full_disk, is_full
from projects.steps import Json, StepFunction, Work
from projects.task import Envelope, Task, read_terms
from storyboard.errors import DiskError, ExitCode, InterruptedRender, RenderError, WorkprintError

HOUSE = ("storyboard", "projects", "scenes", "audio", "render", "workprint")
"""Packages whose functions a step may name."""

_PR_SET_PDEATHSIG = 1
_PROGRESS_EVERY = 0.05
"""Seconds between two reports of progress."""
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)


class _Line:
    """The worker's end of the line to its parent."""

    def __init__(self, answers: IO[bytes]) -> None:
        self._answers = answers
        self._lock = threading.Lock()
        self.tasks: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self.cancelled = threading.Event()
        self.busy = False
        self.hung_up = False

    def say(self, **answer: Json) -> None:
        """Send one answer; with the last one of a task its work is over, and the parent may hang up."""
        self.busy = self.busy and answer["word"] == "progress"
        line = json.dumps(answer, ensure_ascii=True, allow_nan=False).encode() + b"\n"
        with self._lock, contextlib.suppress(BrokenPipeError):
            self._answers.write(line)
            self._answers.flush()

    def listen(self, source: IO[bytes]) -> None:
        """Take envelopes until the parent hangs up; a parent that is gone takes the task at hand with it."""
        with contextlib.suppress(EOFError, OSError, pickle.UnpicklingError):
            while True:
                envelope: Envelope = pickle.load(source)  # noqa: S301  # written by our own parent
                if envelope.word == "cancel":
                    self.cancelled.set()
                else:
                    self.tasks.put(envelope.task)
        self.tasks.put(None)
        if self.busy:
            _end_at_once()


def serve(told: str) -> None:
    """Carry out tasks on these terms (`Terms.as_text`) until the parent hangs up."""
    terms = read_terms(told)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _die_with(terms.parent)
    line = _Line(_private_answers())
    # Asked for before any step's library asks for its own farewell, and so the last of them.
    atexit.register(_leave, line)
    threading.Thread(target=line.listen, args=(sys.stdin.buffer,), daemon=True).start()
    allowed = (*HOUSE, *terms.extra_packages)
    _get_ready(terms.tools, line.tasks.empty)
    while True:
        packed = line.tasks.get()
        if packed is None:
            line.hung_up = True
            return
        line.busy = True
        line.cancelled.clear()
        _answer(line, packed, allowed)


def _leave(line: _Line) -> None:
    """End this process at once, where the parent has hung up and nothing is left to do.

    Taking a whole interpreter apart takes as long as a short step, and everything that was made is in the store.
    """
    if not line.hung_up:
        return
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(0)


def _get_ready(tools: Sequence[str], idle: Callable[[], bool]) -> None:
    """Load modules that will be needed, as long as there is nothing else to do.

    One that cannot be loaded stops nobody here: the step that needs it meets the same error and tells it.
    """
    for tool in tools:
        if not idle():
            return
        with contextlib.suppress(Exception):
            importlib.import_module(tool)


def find_function(call: str, allowed: Sequence[str] = HOUSE) -> StepFunction:
    """The function that a step names as `module:function`; raises RenderError where there is none.

    Only functions of the packages in `allowed` are found.
    """
    module_name, _, name = call.partition(":")
    if module_name.partition(".")[0] not in allowed:
        raise RenderError(f"'{call}' is not a function of this house")
    try:
        function = getattr(importlib.import_module(module_name), name)
    except (ImportError, AttributeError) as problem:
        raise RenderError(f"the function '{call}' cannot be found: {problem}") from problem
    if not callable(function):
        raise RenderError(f"'{call}' is not a function")
    found: StepFunction = function
    return found


def _answer(line: _Line, packed: bytes, allowed: Sequence[str]) -> None:
    log: Path | None = None
    try:
        task: Task = pickle.loads(packed)  # noqa: S301  # packed by our own parent
        log = task.log
        _carry_out(task, line, allowed)
    except WorkprintError as problem:
        line.say(word="failed", code=int(problem.exit_code), message=problem.message, hint=problem.hint, log="")
    except (Exception, SystemExit) as problem:  # noqa: BLE001  # the boundary: whatever a step raises is reported
        line.say(word="failed", log=_write_traceback(log), **_explain(problem, cancelled=line.cancelled.is_set()))


def _carry_out(task: Task, line: _Line, allowed: Sequence[str]) -> None:
    function = find_function(task.order.call, allowed)
    work = Work(task.inputs, task.files, _progress(line), line.cancelled.is_set, task.errand)
    with task.store.workbench(task.order.name) as folder:
        out = folder / f"out{task.order.suffix}"
        begun = time.perf_counter()
        facts = _perform(function, task, work, out)
        seconds = time.perf_counter() - begun
        if line.cancelled.is_set():
            raise InterruptedRender("stopped")
        _check(task, out, facts)
        artifact = task.store.put(task.order, out, facts, seconds)
    line.say(word="done", facts=artifact.facts, seconds=round(seconds, 3))


def _perform(function: StepFunction, task: Task, work: Work, out: Path) -> Json:
    """Call the step's function. Many libraries hide a full disk behind an error of their own: it is looked for here."""
    try:
        return function(task.request, work, out)
    except (DiskError, InterruptedRender):
        raise
    except Exception as problem:
        if is_full(out.parent):
            raise full_disk(f"the artifact of {task.order.name}") from problem
        raise


def _check(task: Task, out: Path, facts: Json) -> None:
    if not out.is_file() or out.is_symlink() or out.stat().st_size == 0:
        raise RenderError(f"{task.order.call} ended without an error, but made no file")
    try:
        json.dumps(facts, allow_nan=False)
    except (TypeError, ValueError) as problem:
        raise RenderError(f"{task.order.call} gave facts that are not plain JSON: {problem}") from problem
    for name, path in task.files.items():
        if signature(path) != task.signatures[name]:
            raise RenderError(
                f"the file {path.name} was changed while it was being used", "Run the same command again."
            )


def _progress(line: _Line) -> Callable[[float], None]:
    reported, moment = 0.0, 0.0

    def progress(part: float) -> None:
        nonlocal reported, moment
        now = time.monotonic()
        part = min(1.0, max(0.0, float(part)))
        if part > reported and (now - moment >= _PROGRESS_EVERY or part == 1.0):
            reported, moment = part, now
            line.say(word="progress", part=round(part, 4))

    return progress


def _explain(problem: BaseException, *, cancelled: bool) -> dict[str, Any]:
    if cancelled:
        return {"code": int(ExitCode.INTERRUPTED), "message": "stopped", "hint": ""}
    if isinstance(problem, OSError) and problem.errno in _FULL:
        try:
            with disk_errors("what the step makes"):
                raise problem
        except WorkprintError as said:
            return {"code": int(said.exit_code), "message": said.message, "hint": said.hint}
    hint = "Try again with fewer jobs." if isinstance(problem, MemoryError) else ""
    message = f"{type(problem).__name__}: {problem}".strip().removesuffix(":")
    return {"code": int(ExitCode.RENDER_FAILED), "message": message, "hint": hint}


def _write_traceback(log: Path | None) -> str:
    """Write the traceback of the exception at hand; gives the log's name, or "" when it could not be written."""
    if log is None:
        traceback.print_exc()
        return ""
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text(traceback.format_exc(), encoding="utf-8", errors="backslashreplace")
    except OSError:
        # A full disk must not hide the first fault: the worker's own output takes the traceback.
        traceback.print_exc()
        return ""
    return log.name


def _private_answers() -> IO[bytes]:
    """The pipe to the parent, taken out of the reach of anything that prints: standard output joins standard error."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def _die_with(parent: int) -> None:
    """See to it that this process does not outlive its parent, even one that was killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL))
    if os.name == "posix" and os.getppid() != parent:
        _end_at_once()


def _end_at_once() -> None:
    """End this process and the programs that it has started."""
    if os.name == "posix" and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)
