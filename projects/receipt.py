"""The receipt of an artifact: what was asked, what was made, how long it took.

Lies beside the artifact as JSON and is written last: no receipt, no artifact. Knows no paths.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Set
from dataclasses import asdict, dataclass, field, fields
from functools import lru_cache
from typing import Any

from projects.steps import Json


@dataclass(frozen=True, slots=True)
class Order:
    """What a step asks for, in canonical form: the part of a receipt that is known before anything is made."""

    fingerprint: str
    name: str
    kind: str
    call: str
    request: Json
    identity: str = ""
    suffix: str = ""
    scene: str = ""
    label: str = ""
    cost: float = 1.0
    inputs: Mapping[str, str] = field(default_factory=dict)
    """The function's own names of its inputs -> their fingerprints."""
    input_steps: Mapping[str, str] = field(default_factory=dict)
    """The same names -> names of the steps that made them."""
    files: Mapping[str, str] = field(default_factory=dict)
    """Names of the author's files -> their content digests."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """An order that was carried out."""

    order: Order
    sha256: str
    size: int
    """Bytes."""
    facts: Json
    seconds: float
    finished: str
    """UTC, ISO 8601. Of interest to people only: enters no fingerprint."""
    seal: str = ""
    """What the file's entry on the disk looked like when it was stored; "" in receipts of older versions."""

    def as_json(self) -> dict[str, Json]:
        """The receipt as plain data."""
        return asdict(self)


@lru_cache(maxsize=8192)
def parse_receipt(data: bytes) -> Receipt | None:
    """The receipt that `data` holds, or None when it is torn or of an unknown form.

    One render asks several times for the same receipts: equal bytes are read once, and nobody changes what they hold.
    """
    try:
        value: Any = json.loads(data)
        order = Order(**_known(_OF_ORDER, value["order"]))
        return Receipt(**{**_known(_OF_RECEIPT, value), "order": order})
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


_OF_ORDER = frozenset(one.name for one in fields(Order))
_OF_RECEIPT = frozenset(one.name for one in fields(Receipt))


def _known(names: Set[str], value: Mapping[str, Any]) -> dict[str, Any]:
    """Only the fields that this version has: a receipt of a newer one stays readable."""
    return {name: item for name, item in value.items() if name in names}
