"""How loud each soundtrack of an order is made, after what the store holds of its mixes and of what was heard.

Makes nothing. Knows nothing of pictures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from projects.digests import Digests
from projects.graph import Graph, Orders
from projects.history import History
from projects.steps import Artifact, Step
from projects.store import Store
from render.chunks import Chunked, Level
from render.identity import sound_identity
from render.settled import Settled
from render.sound import Soundtrack


@dataclass(frozen=True, slots=True)
class Memory:
    """What a project remembers: what was made, what each step was last, what its files hold, how loud it was made."""

    store: Store
    history: History
    digests: Digests
    settled: Settled = field(default_factory=Settled)

    def made(self, orders: Orders, names: Iterable[str]) -> dict[str, Artifact]:
        """Those of the named steps that are in the store."""
        known = ((name, orders.known[name].fingerprint) for name in names if name in orders.known)
        found = ((name, self.store.get(fingerprint)) for name, fingerprint in known)
        return {name: artifact for name, artifact in found if artifact is not None}


def levelled(
    track: Soundtrack, lengths: Graph, orders: Orders, memory: Memory, sources: Iterable[Step] = ()
) -> tuple[tuple[Chunked, Level], Orders]:
    """A soundtrack in chunks with its level; `orders` are those of `lengths`, and come back with those of its steps.

    `sources` are further steps whose sound is heard in it: takes of models that bring some.
    """
    chunked = Chunked(track)
    mixes = Graph([*lengths, *sources, *chunked.mixes])
    orders = mixes.orders(memory.digests, orders)
    measured = memory.made(orders, chunked.names("mix"))
    mixed = [measured[name].fingerprint for name in chunked.names("mix") if name in measured]
    # The count tells a part of a longer film from the whole of a shorter one.
    evidence: list[str | float] = [
        sound_identity(),
        track.scene,
        track.loudness,
        chunked.ceiling,
        len(chunked.requests),
        *mixed,
    ]
    last = chunked.last_gain(memory.history, memory.store)
    level = _reckoned(evidence, memory.settled, lambda: chunked.level(measured, last))
    if level.exact and not level.heard:
        coded = Graph([*mixes, *chunked.coded(level.gain_db)]).orders(memory.digests, orders)
        heard = memory.made(coded, chunked.names("heard"))
        listened = tuple(artifact.fingerprint for artifact in heard.values())
        found = level
        level = _reckoned(
            [*evidence, "heard", *listened], memory.settled, lambda: chunked.corrected(found, {**measured, **heard})
        )
        level = replace(level, evidence=listened)
    return (chunked, level), orders


def _reckoned(evidence: Sequence[str | float], settled: Settled, reckon: Callable[[], Level]) -> Level:
    """The level that follows from the evidence, reckoned only where it is not known yet."""
    known = settled.recall(evidence)
    if known is None:
        known = reckon()
        if known.exact:
            settled.note(evidence, known)
    return known
