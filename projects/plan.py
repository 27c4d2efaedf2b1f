"""The plan of a render: which steps are current, stale, missing or blocked, and why.

Reads the store and the history; makes nothing. Knows nothing of clips, sounds or workers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from projects.digests import Digests
from projects.graph import Graph, Orders
from projects.history import Change, History, differences
from projects.receipt import Order
from projects.steps import Step
from projects.store import Store

_TOLD = 3


class State(Enum):
    """How a step stands, in the words that people see."""

    CURRENT = "current"
    STALE = "stale"
    MISSING = "missing"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Planned:
    """One step and how it stands. `fingerprint` is "" where one of its files cannot be read."""

    step: Step
    fingerprint: str
    state: State
    reason: str
    """Why it is not current; "" when it is."""
    needed: bool
    """Whether a render has to make it: a current target needs none of its missing inputs."""
    changes: tuple[Change, ...] = ()


def plan(
    graph: Graph,
    store: Store,
    history: History,
    digests: Digests,
    targets: Iterable[str] | None = None,
    orders: Orders | None = None,
) -> tuple[Planned, ...]:
    """How every step of the graph stands, inputs first; without `targets`, steps that nothing uses are the targets."""
    orders = orders or graph.orders(digests)
    current = {name for name, order in orders.known.items() if store.has(order.fingerprint)}
    needed = needed_steps(graph, current.__contains__, final_steps(graph) if targets is None else targets)
    planned: dict[str, Planned] = {}
    for step in graph:
        order = orders.known.get(step.name)
        blocked = _blocked(step, orders, planned, current)
        changes: tuple[Change, ...] = ()
        if step.name in current:
            state, reason = State.CURRENT, ""
        elif blocked or order is None:
            state, reason = State.BLOCKED, blocked
        else:
            state, reason, changes = _outdated(order, store, history)
        fingerprint = order.fingerprint if order else ""
        planned[step.name] = Planned(step, fingerprint, state, reason, step.name in needed, changes)
    return tuple(planned.values())


def final_steps(graph: Graph) -> tuple[str, ...]:
    """The steps that no other step uses."""
    used = {source for step in graph for source in step.inputs.values()}
    return tuple(name for name in graph.names() if name not in used)


def needed_steps(graph: Graph, is_current: Callable[[str], bool], targets: Iterable[str]) -> set[str]:
    """The steps that must be made for the targets; `is_current` says of a step whether its artifact is there.

    It is asked of the targets and of what is needed for missing ones: never of what a finished film was made from.
    """
    needed: set[str] = set()
    open_names = [graph[name].name for name in targets]
    while open_names:
        name = open_names.pop()
        if name not in needed and not is_current(name):
            needed.add(name)
            open_names.extend(graph[name].inputs.values())
    return needed


def _blocked(step: Step, orders: Orders, planned: Mapping[str, Planned], current: set[str]) -> str:
    if step.name in orders.unreadable:
        return orders.unreadable[step.name]
    if step.blocked:
        return step.blocked
    for source in step.inputs.values():
        if planned[source].state is State.BLOCKED and source not in current:
            return f"needs {source}: {planned[source].reason}"
    return ""


def _outdated(order: Order, store: Store, history: History) -> tuple[State, str, tuple[Change, ...]]:
    last = history.last(order.name)
    if not last:
        return State.MISSING, "not made yet", ()
    if last == order.fingerprint:
        return State.MISSING, "was made, but is not in the store any more", ()
    before = store.receipt(last)
    if before is None:
        return State.STALE, "something changed; what was made before is not in the store any more", ()
    changes = differences(before.order, order)
    told = [f"{change.path} changed" for change in changes[:_TOLD]]
    if len(changes) > _TOLD:
        told.append(f"{len(changes) - _TOLD} more")
    return State.STALE, ", ".join(told) or "made by another version of workprint", changes
