"""The graph of steps: checked, put in order, and given fingerprints.

Knows nothing of what is in a store or who carries a step out.
"""

from __future__ import annotations

import difflib
import graphlib
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field

from projects.digests import Digests
from projects.fingerprint import canonical_request, fingerprint
from projects.receipt import Order
from projects.steps import Step
from storyboard.errors import MissingError, WorkprintError


class GraphError(WorkprintError):
    """The steps do not make a graph; a fault of the program, not of the film."""


@dataclass(frozen=True, slots=True)
class Orders:
    """What each step asks for, by step name, and why some cannot be known."""

    known: Mapping[str, Order]
    unreadable: Mapping[str, str]
    """Steps one of whose files, or whose inputs' files, cannot be read -> the reason."""
    steps: Mapping[str, Step] = field(default_factory=dict)
    """The steps whose orders are known."""

    def stands(self, step: Step, inputs: Mapping[str, Order]) -> bool:
        """Whether the order that is known under a step's name is that of this very step, made of these very inputs."""
        return self.steps.get(step.name) is step and all(
            self.known[source] is inputs[source] for source in step.inputs.values()
        )


class Graph:
    """Steps in an order in which each comes after its inputs.

    Raises GraphError for two steps of one name, an input that no step makes, and a circle.
    """

    def __init__(self, steps: Iterable[Step]) -> None:
        self._steps = _in_order(_by_name(steps))

    def __iter__(self) -> Iterator[Step]:
        """All steps, inputs first."""
        return iter(self._steps.values())

    def __len__(self) -> int:
        return len(self._steps)

    def __contains__(self, name: str) -> bool:
        return name in self._steps

    def __getitem__(self, name: str) -> Step:
        """The step of that name; raises GraphError with a suggestion."""
        if name in self._steps:
            return self._steps[name]
        near = difflib.get_close_matches(name, self._steps, n=1)
        raise GraphError(f"there is no step '{name}'", f"Did you mean '{near[0]}'?" if near else "")

    def names(self) -> tuple[str, ...]:
        """The names of all steps, inputs first."""
        return tuple(self._steps)

    def upstream(self, targets: Iterable[str]) -> Graph:
        """The graph of the targets and everything that they are made from."""
        wanted: set[str] = set()
        open_names = [self[name].name for name in targets]
        while open_names:
            name = open_names.pop()
            if name not in wanted:
                wanted.add(name)
                open_names.extend(self._steps[name].inputs.values())
        part = object.__new__(Graph)
        # A part of a checked graph that holds the inputs of all its steps needs no other check and no new order.
        part._steps = {name: step for name, step in self._steps.items() if name in wanted}
        return part

    def downstream(self, sources: Iterable[str]) -> Set[str]:
        """These steps and all that hang on them, by name."""
        found = set(sources)
        for step in self:
            if not found.isdisjoint(step.inputs.values()):
                found.add(step.name)
        return found

    def orders(self, digests: Digests, before: Orders | None = None) -> Orders:
        """The order of each step, fingerprint included, after the present content of the author's files.

        Steps of other graphs whose orders were found `before` keep them, as long as all they are made from does too.
        """
        known: dict[str, Order] = {}
        unreadable: dict[str, str] = {}
        for step in self:
            reason = next((unreadable[source] for source in step.inputs.values() if source in unreadable), "")
            if before and not reason and before.stands(step, known):
                known[step.name] = before.known[step.name]
                continue
            try:
                files = {} if reason else {name: digests.of(path) for name, path in sorted(step.files.items())}
            except MissingError as problem:
                reason = f"{problem.message} ({problem.hint})" if problem.hint else problem.message
            if reason:
                unreadable[step.name] = reason
            else:
                known[step.name] = _order(step, known, files)
        return Orders(known, unreadable, {name: self._steps[name] for name in known})

    def fingerprints(self, digests: Digests) -> dict[str, str]:
        """The fingerprint of each step by name; steps whose files cannot be read are left out."""
        return {name: order.fingerprint for name, order in self.orders(digests).known.items()}


def _order(step: Step, known: Mapping[str, Order], files: Mapping[str, str]) -> Order:
    inputs = {name: known[source].fingerprint for name, source in sorted(step.inputs.items())}
    request = canonical_request(step)
    return Order(
        fingerprint=fingerprint(step, inputs, files, request),
        name=step.name,
        kind=step.kind,
        call=step.call,
        request=request,
        identity=step.identity,
        suffix=step.suffix,
        scene=step.scene,
        label=step.label,
        cost=step.cost,
        inputs=inputs,
        input_steps=dict(sorted(step.inputs.items())),
        files=files,
    )


def _by_name(steps: Iterable[Step]) -> dict[str, Step]:
    found: dict[str, Step] = {}
    for step in steps:
        if step.name in found:
            raise GraphError(f"two steps have the name '{step.name}'")
        found[step.name] = step
    for step in found.values():
        for name, source in step.inputs.items():
            if source not in found:
                raise GraphError(f"step '{step.name}' takes its {name} from '{source}', which no step makes")
    return found


def _in_order(steps: Mapping[str, Step]) -> dict[str, Step]:
    sorter = graphlib.TopologicalSorter({name: tuple(step.inputs.values()) for name, step in steps.items()})
    try:
        return {name: steps[name] for name in sorter.static_order()}
    except graphlib.CycleError as problem:
        raise GraphError(f"the steps go in a circle: {' <- '.join(problem.args[1])}") from problem
