"""One run under way: which steps wait, are ready, are made or have failed, and what is reported of each.

Decides what comes next; starts no process and waits for none. Knows nothing of clips, sounds or films.
"""

from __future__ import annotations

import heapq
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from projects.crew import Answer, Crew
from projects.graph import Graph, Orders
from projects.history import History
from projects.plan import needed_steps
from projects.progress import (
    Event,
    Note,
    RenderFinished,
    RenderStarted,
    Reporter,
    StepFailed,
    StepFinished,
    StepProgress,
    StepReused,
    StepSkipped,
    StepStarted,
)
from projects.steps import Artifact, Step
from projects.store import Store
from projects.task import error_from, pack
from storyboard.errors import DiskError, MissingError, RenderError, WorkprintError

_LIVES = 2
"""How often a step is begun when its worker dies under it."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A step that could not be carried out. `log` is the file with the traceback, or None."""

    step: Step
    error: WorkprintError
    log: Path | None = None


@dataclass(slots=True)
class Shoot:
    """One run under way: what is waiting, ready, made and failed."""

    graph: Graph
    store: Store
    reporter: Reporter
    history: History
    logs: Path
    orders: Orders = field(default_factory=lambda: Orders({}, {}))
    waits: dict[str, set[str]] = field(default_factory=dict)
    """Needed steps that are not ready -> the steps they wait for."""
    users: dict[str, list[str]] = field(default_factory=dict)
    ready: list[tuple[float, int, str]] = field(default_factory=list)
    ready_lanes: list[tuple[str, int, str]] = field(default_factory=list)
    """Ready steps that have a lane: lane, rank, name."""
    ready_errands: list[tuple[float, int, str]] = field(default_factory=list)
    artifacts: dict[str, Artifact] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    skipped: dict[str, str] = field(default_factory=dict)
    made: list[str] = field(default_factory=list)
    deaths: dict[str, int] = field(default_factory=dict)
    weight: dict[str, float] = field(default_factory=dict)
    rank: dict[str, int] = field(default_factory=dict)
    reused: list[str] = field(default_factory=list)
    breadth: int = 0
    """How many steps lie equally deep at the broadest place: so many workers will have work at once."""
    has_lanes: bool = False
    """Whether any needed step has a lane."""
    full: str = ""
    """Why nothing more can be written, or ""."""

    def prepare(self, orders: Orders, targets: Sequence[str]) -> None:
        """Find what is there, what is needed, and what each needed step waits for."""
        self.orders = orders
        there: dict[str, Artifact | None] = {}

        def is_there(name: str) -> bool:
            if name not in there:
                order = orders.known.get(name)
                there[name] = self.store.get(order.fingerprint) if order else None
            return there[name] is not None

        needed = needed_steps(self.graph, is_there, targets)
        self.artifacts = {name: found for name, found in there.items() if found is not None}
        self.reused = [name for name in self.graph.names() if name in self.artifacts]
        leaders: dict[str, str] = {}
        for rank, step in enumerate(self.graph):
            if step.name not in needed:
                continue
            self.rank[step.name] = rank
            waits = {source for source in step.inputs.values() if source in needed}
            order = orders.known.get(step.name)
            # Two steps that ask for the same thing: the second waits for the first and takes what it made.
            if order is not None and leaders.setdefault(order.fingerprint, step.name) != step.name:
                waits.add(leaders[order.fingerprint])
            self.waits[step.name] = waits
            for source in waits:
                self.users.setdefault(source, []).append(step.name)
        self.has_lanes = any(self.graph[name].lane for name in needed)
        self._weigh()

    def begin(self, jobs: int) -> None:
        """Report what is to be done, and put up everything that can be begun."""
        cost = sum(self.graph[name].cost for name in self.waits)
        self.reporter.report(RenderStarted(len(self.waits), len(self.reused), cost, jobs))
        for name in self.reused:
            self._reuse(name, self.artifacts[name])
        for name in sorted(self.waits, key=self.rank.__getitem__):
            reason = self.orders.unreadable.get(name) or self.graph[name].blocked
            # One whose input has failed meanwhile is skipped already.
            if reason and name in self.waits:
                self._fail(name, MissingError(reason))
        self.breadth = self._broadest()
        for name in [name for name, waits in self.waits.items() if not waits]:
            self._put_up(name)

    def next_ready(self) -> str:
        """The ready step with the most work behind it, or ""."""
        return heapq.heappop(self.ready)[2] if self.ready else ""

    def next_errand(self) -> str:
        """The ready errand with the most work behind it, or ""."""
        return heapq.heappop(self.ready_errands)[2] if self.ready_errands else ""

    def next_in_lane(self, loaded: Sequence[str]) -> str:
        """The ready step with a lane that comes next, or "": one of a lane that is `loaded`, else the first of all.

        What is earlier than all that is loaded comes before it: prompts are read before any picture is made.
        """
        if not self.ready_lanes:
            return ""
        first = min(self.ready_lanes)
        going_on = [one for one in self.ready_lanes if one[0] in loaded and one[0][:1] == first[0][:1]]
        chosen = min(going_on, default=first)
        self.ready_lanes.remove(chosen)
        return chosen[2]

    @property
    def lanes_to_come(self) -> bool:
        """Whether steps with a lane are ready, or wait for others."""
        return self.has_lanes and (bool(self.ready_lanes) or any(self.graph[name].lane for name in self.waits))

    def hand_out(self, name: str, crew: Crew) -> None:
        """Give a step to the crew, unless somebody has made it in the meantime."""
        if self.full:
            # Somebody has to say that it failed, even where only the history met the full disk.
            if any(isinstance(failure.error, DiskError) for failure in self.failures):
                self._skip(name, self.full)
            else:
                self._fail(name, DiskError(self.full, "Free some space and run again; what was finished is kept."))
            return
        step, order = self.graph[name], self.orders.known[name]
        found = self.store.get(order.fingerprint)
        if found is not None:
            self._reuse(name, found)
            self._done(name, found)
            return
        inputs = {own: self.artifacts[source] for own, source in step.inputs.items()}
        try:
            envelope = pack(step, order, inputs, self.store, self.logs / f"{_file_name(name)}.log")
        except WorkprintError as problem:
            self._fail(name, problem)
            return
        crew.give(name, envelope, step.lane, errand=step.errand is not None)
        self._report(StepStarted(*_about(step), cost=step.cost))

    def take_in(self, answer: Answer) -> None:
        """Take note of what a worker said."""
        name = answer.step
        if answer.word == "died":
            self._mourn(name, answer)
            return
        step, said = self.graph[name], answer.said
        if answer.word == "progress":
            self._report(StepProgress(*_about(step), part=said["part"]))
        elif answer.word == "failed":
            log = self.logs / said["log"] if said["log"] else None
            self._fail(name, error_from(said["code"], said["message"], said["hint"]), log)
        else:
            order = self.orders.known[name]
            artifact = self.store.get(order.fingerprint)
            if artifact is None:
                self._fail(name, RenderError("the finished artifact is not in the store", "Check the disk."))
                return
            self.made.append(name)
            finished = StepFinished(*_about(step), order.fingerprint, said["seconds"], step.cost, artifact.facts)
            self._report(finished)
            self._done(name, artifact)

    def finish(self, seconds: float, *, interrupted: bool) -> None:
        """Report the end."""
        counts = (len(self.made), len(self.reused), len(self.failures), len(self.skipped))
        self._report(RenderFinished(*counts, seconds=round(seconds, 3), interrupted=interrupted))

    def _weigh(self) -> None:
        """Give each step the cost of the longest chain that begins with it."""
        for name in sorted(self.waits, key=self.rank.__getitem__, reverse=True):
            behind = max((self.weight[user] for user in self.users.get(name, ())), default=0.0)
            self.weight[name] = self.graph[name].cost + behind

    def _broadest(self) -> int:
        """The most of the steps to come that have the same number of steps, one after the other, before them."""
        depth: dict[str, int] = {}
        for name in sorted(self.waits, key=self.rank.__getitem__):
            depth[name] = 1 + max((depth.get(source, 0) for source in self.waits[name]), default=0)
        return max(Counter(depth.values()).values(), default=0)

    def _put_up(self, name: str) -> None:
        if name in self.waits:
            del self.waits[name]
            self._line_up(name)

    def _line_up(self, name: str) -> None:
        if self.graph[name].errand is not None:
            heapq.heappush(self.ready_errands, (-self.weight[name], self.rank[name], name))
        elif lane := self.graph[name].lane:
            self.ready_lanes.append((lane, self.rank[name], name))
        else:
            heapq.heappush(self.ready, (-self.weight[name], self.rank[name], name))

    def _done(self, name: str, artifact: Artifact) -> None:
        self.artifacts[name] = artifact
        self._remember(name, artifact)
        for user in self.users.get(name, ()):
            if user in self.waits:
                self.waits[user].discard(name)
                if not self.waits[user]:
                    self._put_up(user)

    def _remember(self, name: str, artifact: Artifact) -> None:
        """Note the artifact in the history; on a full disk the artifact stays good, but nothing more is begun."""
        try:
            self.history.note(name, artifact.fingerprint)
        except DiskError as problem:
            self.full = problem.message
            self._report(Note(problem.message))

    def _reuse(self, name: str, artifact: Artifact) -> None:
        self._remember(name, artifact)
        self._report(StepReused(*_about(self.graph[name]), artifact.fingerprint, artifact.facts))

    def _fail(self, name: str, error: WorkprintError, log: Path | None = None) -> None:
        self.waits.pop(name, None)
        self.failures.append(Failure(self.graph[name], error, log))
        if isinstance(error, DiskError):
            self.full = error.message
        hint = error.hint or (f"The traceback is in {log}." if log else "")
        self._report(StepFailed(*_about(self.graph[name]), error.message, hint, str(log or "")))
        self._skip_users(name)

    def _skip(self, name: str, because: str) -> None:
        self.waits.pop(name, None)
        self.skipped[name] = because
        self._report(StepSkipped(*_about(self.graph[name]), because=because))
        self._skip_users(name)

    def _skip_users(self, name: str) -> None:
        for user in self.users.get(name, ()):
            if user in self.waits:
                self._skip(user, f"needs {name}")

    def _mourn(self, name: str, answer: Answer) -> None:
        self.deaths[name] = self.deaths.get(name, 0) + 1
        how = _cause(answer.said["status"])
        if self.deaths[name] < _LIVES:
            self._report(Note(f"the worker making {name} {how}; the step is begun once more"))
            self._line_up(name)
            return
        words = answer.said["last_words"]
        self._fail(
            name,
            RenderError(
                f"the worker {how} twice{f': {words}' if words else ''}",
                "If memory ran out, try again with fewer jobs or a smaller resolution.",
            ),
        )

    def _report(self, event: Event) -> None:
        self.reporter.report(event)


def _about(step: Step) -> tuple[str, str, str, str]:
    return step.name, step.kind, step.scene, step.label


def _cause(status: int) -> str:
    return f"was killed by signal {-status}" if status < 0 else f"ended by itself with status {status}"


def _file_name(step: str) -> str:
    """A step's name made fit for a file name on any system."""
    return re.sub(r"[^\w@.-]+", "-", step, flags=re.ASCII).strip(".-")[:100] or "step"
