"""The crew: worker processes, each with one step in hand at most, seen from the parent.

Each is a fresh interpreter that imports this house and nothing else, so that a script without a main guard can use
workprint as a library. A worker that dies is reported, not waited for. Knows nothing of graphs and stores.
"""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from projects.cards import CARDS_VARIABLE
from projects.disk import disk_errors
from projects.task import Envelope, Terms
from storyboard.errors import MissingError, RenderError

_BOOT = (
    "import sys; house = sys.argv[1]; house in sys.path or sys.path.append(house); "
    "from projects.worker import serve; serve(sys.argv[2])"
)
_SINGLE_THREADED = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")
_LOG_TAIL = 600
ERRANDS = 4
"""Workers, beside the others, for steps that mostly wait for a service."""
ERRAND_GRACE = 60.0
"""Seconds that an errand gets to come back when everything is stopped."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing that a worker said about its step. `word` is progress, done, failed or died."""

    step: str
    word: str
    said: Mapping[str, Any]


class Hand:
    """One worker process."""

    def __init__(self, number: int, logs: Path, terms: Terms, card: str = "") -> None:
        self.number = number
        self.step = ""
        """The name of the step in hand, or ""."""
        self.lane = ""
        """The lane of the last step that had one: what this worker has loaded."""
        self._relay: threading.Thread | None = None
        self._log = logs / f"worker-{number}.log"
        self._process = _start(self._log, terms, card)

    def listen(self, heard: queue.SimpleQueue[tuple[Hand, bytes]]) -> None:
        """Put every line that the worker says into `heard`, and b"" when it has gone."""
        self._relay = threading.Thread(target=self._pass_on, args=(heard,), daemon=True)
        self._relay.start()

    def send(self, envelope: Envelope) -> None:
        """Send an envelope; one that comes too late for a dead worker is lost, its death is reported anyhow."""
        with contextlib.suppress(BrokenPipeError):
            pickle.dump(envelope, self._stdin)
            self._stdin.flush()

    def hang_up(self) -> None:
        """Tell the worker that no more steps will come."""
        with contextlib.suppress(BrokenPipeError):
            self._stdin.close()

    def end(self, patience: float) -> int:
        """Wait so many seconds for the worker's end, then kill it and the programs it runs; gives its status."""
        if self._relay is not None:
            # Ends with the worker, to the moment; waiting for a process only looks again now and then.
            begun = time.monotonic()
            self._relay.join(patience)
            patience = max(0.0, patience - (time.monotonic() - begun))
        try:
            status = self._process.wait(patience)
        except subprocess.TimeoutExpired:
            self.kill()
            status = self._process.wait()
        if self._relay is not None:
            self._relay.join(1.0)
        if self._process.stdout is not None and self._relay is not None and not self._relay.is_alive():
            self._process.stdout.close()
        return status

    def kill(self) -> None:
        """Kill the worker and the programs that it has started."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if os.name == "posix":
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()

    def last_words(self) -> str:
        """The end of what the worker wrote to its standard output and error."""
        try:
            return self._log.read_bytes()[-_LOG_TAIL:].decode("utf-8", "replace").strip()
        except OSError:
            return ""

    @property
    def pid(self) -> int:
        """The worker's process number."""
        return self._process.pid

    @property
    def _stdin(self) -> IO[bytes]:
        if self._process.stdin is None:
            raise BrokenPipeError
        return self._process.stdin

    def _pass_on(self, heard: queue.SimpleQueue[tuple[Hand, bytes]]) -> None:
        source = self._process.stdout
        if source is not None:
            with contextlib.suppress(OSError, ValueError):
                for line in source:
                    heard.put((self, line))
        heard.put((self, b""))


class Crew:
    """Up to `size` workers, started when there is work for them, or will be.

    `tools` are modules that nearly every step needs: a worker that is started ahead loads them while it waits. The
    first workers carry out the steps that have a lane, one worker for each of the `cards`, which it sees alone; while
    such steps are to come (`expects_lanes`), other steps are left to the other workers, if there are any.
    """

    def __init__(
        self,
        size: int,
        logs: Path,
        extra_packages: Sequence[str] = (),
        tools: Sequence[str] = (),
        cards: Sequence[str] = (),
    ) -> None:
        self._size = max(1, size)
        self._cards = tuple(cards)[: self._size]
        self.expects_lanes = False
        self._logs = logs
        self._terms = Terms(os.getpid(), tuple(extra_packages), tuple(tools))
        self._hands: dict[int, Hand] = {}
        self._heard: queue.SimpleQueue[tuple[Hand, bytes]] = queue.SimpleQueue()
        with disk_errors("the logs"):
            logs.mkdir(parents=True, exist_ok=True)

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *problem: object) -> None:
        self.close()

    @property
    def free(self) -> int:
        """How many more steps without a lane can be given out."""
        return len(self._idle(range(self._first_common, self._size + 1)))

    def free_lanes(self) -> list[str]:
        """What each worker that can take a step with a lane has loaded; "" for one that has loaded nothing."""
        numbers = self._idle(range(1, self._lanes + 1))
        return [self._hands[number].lane if number in self._hands else "" for number in numbers]

    @property
    def free_errands(self) -> int:
        """How many more errands can be given out: those workers wait for services and take no processor."""
        return len(self._idle(self._errands))

    @property
    def _errands(self) -> range:
        return range(self._size + 1, self._size + ERRANDS + 1)

    @property
    def _lanes(self) -> int:
        return max(1, len(self._cards))

    @property
    def _first_common(self) -> int:
        """The number of the first worker that takes steps without a lane."""
        return self._lanes + 1 if self.expects_lanes and self._size > self._lanes else 1

    def _idle(self, numbers: Iterable[int]) -> list[int]:
        return [number for number in numbers if number not in self._hands or not self._hands[number].step]

    @property
    def busy(self) -> tuple[str, ...]:
        """Names of the steps in hand."""
        return tuple(hand.step for hand in self._hands.values() if hand.step)

    def expect(self, steps: int) -> None:
        """Start workers for so many steps at once, as far as the crew goes, before these are ready to be given out."""
        while sum(number <= self._size for number in self._hands) < min(steps, self._size):
            self._hire()

    def give(self, step: str, envelope: Envelope, lane: str = "", *, errand: bool = False) -> int:
        """Give a step to a free worker, starting one if need be; gives the worker's number.

        A step with a lane goes to a worker that has its lane loaded, if one is free; an errand to one for errands.
        """
        common = range(1, self._lanes + 1) if lane else range(self._first_common, self._size + 1)
        numbers = self._idle(self._errands if errand else common)
        there = [number for number in numbers if number in self._hands]
        fitting = [number for number in there if lane and self._hands[number].lane == lane]
        number = next(iter([*fitting, *there, *numbers]))
        hand = self._hands.get(number) or self._hire(number)
        hand.step = step
        hand.lane = lane or hand.lane
        hand.send(envelope)
        return hand.number

    def hear(self, patience: float) -> Answer | None:
        """The next answer of any worker, or None when none came within so many seconds."""
        try:
            hand, line = self._heard.get(timeout=patience)
        except queue.Empty:
            return None
        if not line:
            return self._bury(hand)
        said = json.loads(line)
        step = hand.step
        if said["word"] in ("done", "failed"):
            hand.step = ""
        return Answer(step, said["word"], said)

    def stop(self, grace: float) -> None:
        """Tell the busy workers to stop, wait so many seconds for them, and end them all.

        An errand is waited for longer: one that has just asked for something that is paid for must hear the answer.
        """
        for hand in self._hands.values():
            if hand.step:
                hand.send(Envelope("cancel"))
        begun = time.monotonic()
        try:
            while (left := begun + (ERRAND_GRACE if self._is_out else grace) - time.monotonic()) > 0 and self.busy:
                self.hear(min(0.2, max(0.01, left)))
        finally:
            self.close(patience=0.5)

    @property
    def _is_out(self) -> bool:
        """Whether anybody is on an errand."""
        return any(hand.step for number, hand in self._hands.items() if number > self._size)

    def close(self, patience: float = 5.0) -> None:
        """End all workers: idle ones by hanging up, busy ones at once."""
        hands = tuple(self._hands.values())
        self._hands.clear()
        for hand in hands:
            if hand.step:
                hand.kill()
            hand.hang_up()
        for hand in hands:
            hand.end(patience)

    def _hire(self, number: int = 0) -> Hand:
        number = number or next(n for n in range(1, self._size + 1) if n not in self._hands)
        # One card needs no choice; of several, each of these workers sees its own.
        card = self._cards[number - 1] if 1 < len(self._cards) >= number else ""
        hand = Hand(number, self._logs, self._terms, card)
        self._hands[number] = hand
        hand.listen(self._heard)
        return hand

    def _bury(self, hand: Hand) -> Answer | None:
        step, hand.step = hand.step, ""
        if self._hands.get(hand.number) is not hand:
            return None
        del self._hands[hand.number]
        hand.hang_up()
        # Programs that the worker had started must not go on writing into the folder of a dead step.
        hand.kill()
        status = hand.end(1.0)
        if not step:
            return None
        return Answer(step, "died", {"status": status, "last_words": hand.last_words()})


def _start(log: Path, terms: Terms, card: str) -> subprocess.Popen[bytes]:
    house = str(Path(__file__).resolve().parent.parent)
    environment = {
        **os.environ,
        **dict.fromkeys(_SINGLE_THREADED, "1"),
        "PYTHONHASHSEED": "0",
        "PYTHONSAFEPATH": "1",
        "PYTHONPATH": _absolute(os.environ.get("PYTHONPATH", "")),
        **({CARDS_VARIABLE: card} if card else {}),
    }
    if not sys.executable:
        raise MissingError("this Python does not know its own program, so it cannot start workers")
    with disk_errors("a worker's log"):
        messages = log.open("wb")
    try:
        return subprocess.Popen(
            [sys.executable, "-P", "-X", "faulthandler", "-c", _BOOT, house, terms.as_text()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=messages,
            env=environment,
            process_group=0 if os.name == "posix" else None,
        )
    except OSError as problem:
        raise RenderError(
            f"a worker cannot be started: {problem.strerror}: {sys.executable}",
            "Try again with fewer jobs, or look whether this user may run that program.",
        ) from problem
    finally:
        messages.close()


def _absolute(paths: str) -> str:
    """A PYTHONPATH without empty entries: those would put the current directory on the path."""
    return os.pathsep.join(str(Path(path).absolute()) for path in paths.split(os.pathsep) if path)
