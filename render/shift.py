"""One render under way: the passes in which an order is made, after what is known of lengths and loudness.

What an order is made of is laid out by the production; here it is run, listened to, and run again where it has to be.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from projects.crew import Crew
from projects.graph import Graph, Orders
from projects.progress import Note, Reporter
from projects.runner import Outcome, run
from projects.steps import Step
from render import join
from render.breakdown import Breakdown
from render.chunks import Chunked, Level
from render.levelling import Memory
from render.makers import Maker
from render.orders import Order
from render.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Laid:
    """An order laid out: the steps that set lengths, the film in time, what is to be made, and all steps together."""

    lengths: Graph
    timeline: Timeline
    breakdown: Breakdown
    graph: Graph
    orders: Orders
    sounds: Mapping[str, tuple[Chunked, Level]]
    """What is heard in the film (under "") or in each scene by itself, and how loud it is made."""
    notes: tuple[str, ...]
    """What a person should know of how it was laid out."""
    makers: Mapping[str, Maker]
    """What makes each scene: in a draft, something else for what is not bought yet."""

    @property
    def levels(self) -> Mapping[str, Level]:
        """How loud each of them is made."""
        return {scene: level for scene, (_, level) in self.sounds.items()}

    @property
    def level_is_known(self) -> bool:
        """Whether everything that decides how loud the film is has been measured."""
        return all(level.exact for level in self.levels.values())


Wanted = Callable[[Laid], Iterable[Step]]
"""Chooses, or plans, the steps that are wanted of a laid-out order."""


@dataclass(frozen=True, slots=True)
class Shift:
    """What was ordered, who is told, who works (in all passes), what stops it, and how the order is laid out now."""

    order: Order
    told: Reporter
    crew: Crew
    cancel: threading.Event | None
    memory: Memory
    logs: Path
    lay_out: Callable[[Order], Laid]

    def make(self, laid: Laid, lengths: Outcome) -> tuple[Outcome, Laid]:
        """Run the breakdown after the first pass; gives what came of both, and the order as it was laid out at last."""
        whole = lengths
        if not laid.level_is_known:
            whole = whole.and_then(self._unspoilt(laid, lengths, laid.breakdown.before_level()))
            whole.raise_failures()
            laid = self.lay_out(self.order)
        whole = whole.and_then(self._finish(laid))
        whole.raise_failures()
        if all(level.heard for level in laid.levels.values()):
            return whole, laid
        settled = self.lay_out(self.order)
        if any(level.gain_db != laid.levels[scene].gain_db for scene, level in settled.levels.items()):
            self.told.report(Note("coding has changed how loud the film is: its sound is coded once more"))
            laid, whole = settled, whole.and_then(self._finish(settled))
            whole.raise_failures()
        return whole, laid

    def measure(self, laid: Laid, lengths: Outcome) -> Laid:
        """Mix whatever is not measured yet; gives the order as it is laid out then."""
        if not laid.level_is_known:
            lengths.and_then(self._unspoilt(laid, lengths, laid.breakdown.mixes())).raise_failures()
            laid = self.lay_out(self.order)
        return laid

    def bring(self, laid: Laid, steps: Iterable[Step]) -> Outcome:
        """Make these steps of a laid-out order, or beyond it, with what they need, and nothing else of the film."""
        wanted = list(steps)
        graph = Graph([*laid.graph, *(step for step in wanted if step.name not in laid.graph)])
        orders = graph.orders(self.memory.digests, laid.orders)
        outcome = self.run(graph, orders, [step.name for step in wanted])
        outcome.raise_failures()
        return outcome

    def _unspoilt(self, laid: Laid, lengths: Outcome, targets: Iterable[str]) -> Outcome:
        """Run those targets that do not hang on what has failed already."""
        spoilt = laid.graph.downstream(failure.step.name for failure in lengths.failures)
        return self.run(laid.graph, laid.orders, [name for name in targets if name not in spoilt])

    def _finish(self, laid: Laid) -> Outcome:
        """Run all that is left; pieces that are not what was stored, or do not fit the others, are made again, once."""
        store, known = self.memory.store, laid.orders.known
        targets = laid.breakdown.names()
        due = [step for step in laid.graph if step.kind == "film" and step.name in known]
        films = [step for step in due if not store.has(known[step.name].fingerprint)]
        pieces = {source: known[source].fingerprint for film in films for source in film.inputs.values()}
        altered = store.altered(print_ for print_ in pieces.values() if store.has(print_))
        self._throw_out({name: print_ for name, print_ in pieces.items() if print_ in altered})
        outcome = self.run(laid.graph, laid.orders, targets)
        failed = [failure.step for failure in outcome.failures if failure.step.kind == "film"]
        sources = {source for film in failed for source in film.inputs.values()}
        if failed and (odd := join.odd_pieces(failed, self.memory.made(laid.orders, sources))):
            self._throw_out(odd)
            outcome = self.run(laid.graph, laid.orders, targets)
        return outcome

    def _throw_out(self, pieces: Mapping[str, str]) -> None:
        """Discard pieces (names and fingerprints) that must not be joined, and say so."""
        if pieces:
            names = ", ".join(sorted(pieces))
            self.told.report(Note(f"made again, because they are not what was made before, or do not fit: {names}"))
            self.memory.store.discard(pieces.values())

    def run(self, graph: Graph, orders: Orders, targets: Iterable[str]) -> Outcome:
        """Make these targets and all that they need; what fails is in the outcome."""
        return run(
            graph,
            targets,
            self.memory.store,
            jobs=self.order.workers,
            reporter=self.told,
            cancel=self.cancel.is_set if self.cancel else None,
            history=self.memory.history,
            digests=self.memory.digests,
            orders=orders,
            logs=self.logs,
            crew=self.crew,
        )
