"""How loud each soundtrack of an order is made, after what the store holds of its mixes and of what was heard.

Makes nothing. Knows nothing of pictures.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from projects.digests import Digests
from projects.graph import Graph, Orders
from projects.history import History
from projects.steps import Artifact
from projects.store import Store
from render.chunks import Chunked, Level
from render.sound import Soundtrack


@dataclass(frozen=True, slots=True)
class Memory:
    """What a project remembers: what was made, what each step was last, and what its files hold."""

    store: Store
    history: History
    digests: Digests

    def made(self, orders: Orders, names: Iterable[str]) -> dict[str, Artifact]:
        """Those of the named steps that are in the store."""
        known = ((name, orders.known[name].fingerprint) for name in names if name in orders.known)
        found = ((name, self.store.get(fingerprint)) for name, fingerprint in known)
        return {name: artifact for name, artifact in found if artifact is not None}


def levelled(track: Soundtrack, lengths: Graph, orders: Orders, memory: Memory) -> tuple[tuple[Chunked, Level], Orders]:
    """A soundtrack in chunks with its level; `orders` are those of `lengths`, and come back with those of its steps."""
    chunked = Chunked(track)
    mixes = Graph([*lengths, *chunked.mixes])
    orders = mixes.orders(memory.digests, orders)
    measured = memory.made(orders, chunked.names("mix"))
    level = chunked.level(measured, chunked.last_gain(memory.history, memory.store))
    if level.exact and not level.heard:
        coded = Graph([*mixes, *chunked.coded(level.gain_db)]).orders(memory.digests, orders)
        heard = memory.made(coded, chunked.names("heard"))
        evidence = tuple(artifact.fingerprint for artifact in heard.values())
        level = replace(chunked.corrected(level, heard), evidence=evidence)
    return (chunked, level), orders
