"""The runner: carries out the steps of a graph that are needed, in worker processes, most pressing first.

The only place that knows of workers, retries, progress and cancelling. One step's failure stops only what needs it.
Knows nothing of clips, sounds or films.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from projects.cards import cards
from projects.crew import Crew
from projects.digests import Digests
from projects.graph import Graph, Orders
from projects.history import History
from projects.progress import Reporter, Silent
from projects.shoot import Failure, Shoot
from projects.steps import Artifact
from projects.store import Store
from storyboard.errors import DiskError, InterruptedRender

_GRACE = 3.0
"""Seconds that a step gets to stop by itself when the render is interrupted."""
_POLL = 0.2


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run has brought: artifacts by step name (made, or needed and there already), and what failed."""

    artifacts: Mapping[str, Artifact]
    failures: tuple[Failure, ...]
    skipped: Mapping[str, str]
    """Steps that were not begun -> why."""
    made: tuple[str, ...]
    """Names of the steps that were carried out, in the order in which they ended."""

    def raise_failures(self) -> None:
        """Raise the one failure, or one error that tells of all; does nothing when all went well."""
        if not self.failures:
            return
        first = next((f.error for f in self.failures if isinstance(f.error, DiskError)), self.failures[0].error)
        if len(self.failures) == 1:
            raise first
        told = "\n".join(f"{failure.step.label or failure.step.name}: {failure.error}" for failure in self.failures)
        raise type(first)(f"{len(self.failures)} steps failed\n{told}", "What was finished is kept.")

    def and_then(self, later: Outcome) -> Outcome:
        """What came of this run and of one after it."""
        return Outcome(
            artifacts={**self.artifacts, **later.artifacts},
            failures=(*self.failures, *later.failures),
            skipped={**self.skipped, **later.skipped},
            made=tuple(dict.fromkeys((*self.made, *later.made))),
        )


def run(
    graph: Graph,
    targets: Iterable[str],
    store: Store,
    *,
    jobs: int = 1,
    reporter: Reporter | None = None,
    cancel: Callable[[], bool] | None = None,
    history: History | None = None,
    digests: Digests | None = None,
    orders: Orders | None = None,
    logs: Path | None = None,
    extra_packages: Sequence[str] = (),
    crew: Crew | None = None,
) -> Outcome:
    """Make the targets and whatever they need that is not in the store yet.

    `jobs` is the number of worker processes; the bytes made do not depend on it. `cancel` is asked several times a
    second. `orders` are those of the graph, where they are known already. `extra_packages` names packages beside the
    house's own whose functions steps may name. A `crew` that is given works for several runs and is sent home by its
    owner; then `jobs` and `extra_packages` are its own. Raises InterruptedRender on Ctrl-C or when `cancel` says so;
    failures of steps are in the outcome.
    """
    store = Store(store.root.resolve())
    shoot = Shoot(
        graph=graph.upstream(targets := tuple(targets)),
        store=store,
        reporter=reporter or Silent(),
        history=history or History(),
        logs=logs.resolve() if logs else store.root.parent / "logs",
    )
    store.sweep()
    digests = digests or Digests()
    shoot.prepare(orders or shoot.graph.orders(digests), targets)
    digests.save()
    hands = Crew(jobs, shoot.logs, extra_packages, cards=cards()) if crew is None else crew
    begun = time.monotonic()
    shoot.begin(jobs)
    interrupted = True
    try:
        _direct(shoot, hands, cancel)
        interrupted = False
    except KeyboardInterrupt as problem:
        raise InterruptedRender(
            "stopped; what was finished is kept", "The same command goes on from here."
        ) from problem
    finally:
        if interrupted:
            hands.stop(_GRACE)
        elif crew is None:
            hands.close()
        shoot.finish(time.monotonic() - begun, interrupted=interrupted)
    return Outcome(shoot.artifacts, tuple(shoot.failures), shoot.skipped, tuple(shoot.made))


def _direct(shoot: Shoot, crew: Crew, cancel: Callable[[], bool] | None) -> None:
    if shoot.ready or shoot.ready_lanes:
        crew.expect(shoot.breadth)
    while True:
        crew.expects_lanes = shoot.lanes_to_come
        while crew.free_errands and (name := shoot.next_errand()):
            shoot.hand_out(name, crew)
        while (loaded := crew.free_lanes()) and (name := shoot.next_in_lane(loaded)):
            shoot.hand_out(name, crew)
        while crew.free and (name := shoot.next_ready()):
            shoot.hand_out(name, crew)
        if not crew.busy:
            return
        if cancel is not None and cancel():
            raise InterruptedRender("stopped; what was finished is kept", "The same command goes on from here.")
        answer = crew.hear(_POLL)
        if answer is not None:
            shoot.take_in(answer)
