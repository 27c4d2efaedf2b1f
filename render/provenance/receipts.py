"""The bundle of receipts: what every step of a film was asked, with what it was made, what it cost, in one small file.

For people and archives. Holds no keys, no signed addresses and no paths of this machine.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any

from projects.hosted.discretion import redacted
from projects.hosted.keys import known_keys
from projects.receipt import Receipt
from storyboard.errors import WorkprintError

KEPT = frozenset({"take", "recut", "voice", "words", "score", "music", "effect", "bought", "film"})
"""Kinds of steps whose receipts are handed on: those of makers, not of measurements."""

_FEW = 64
"""Entries of a list that are kept; longer ones are measurements."""

_ELSEWHERE = re.compile(r"(?<![\w:/.~-])(?:/(?!/)|~/|[A-Za-z]:[\\/])[^\s\"'<>|;,]*[\\/]([^\s\"'<>|;,\\/]+)")
"""A path from a disk's root or somebody's home; its last name is kept."""

_EPOCH = (1980, 1, 1, 0, 0, 0)


def bundle(title: str, receipts: Iterable[Receipt], credits_text: str) -> bytes:
    """A zip file of `receipts.json` and `credits.txt`; the same receipts make the same bytes."""
    secrets = _secrets()
    kept = sorted((one for one in receipts if one.order.kind in KEPT), key=lambda one: one.order.name)
    told = {
        "film": title,
        "made_with": f"workprint {metadata.version('workprint')}",
        "receipts": [_clean(_plain(one), secrets) for one in kept],
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as files:
        words = json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        for name, text in (("receipts.json", words), ("credits.txt", credits_text)):
            files.writestr(zipfile.ZipInfo(name, _EPOCH), text.encode("utf-8"), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _secrets() -> tuple[str, ...]:
    """The keys of services that this process knows, the longest first."""
    with suppress(WorkprintError):
        return tuple(sorted(known_keys(), key=len, reverse=True))
    return ()


def digest(data: bytes) -> str:
    """The sha256 by which a manifest names a bundle."""
    return hashlib.sha256(data).hexdigest()


def _plain(receipt: Receipt) -> dict[str, Any]:
    """What a receipt tells others: without what only this disk's store needs."""
    told = receipt.as_json()
    told.pop("seal", None)
    order: Any = dict(told["order"])
    for key in ("input_steps", "cost"):
        order.pop(key, None)
    return {**told, "order": order}


def _clean(value: Any, secrets: tuple[str, ...]) -> Any:
    """Plain data without keys, signed addresses and machine paths, and without long measurements."""
    if isinstance(value, Mapping):
        return {_text(str(key), secrets): _clean(item, secrets) for key, item in value.items()}
    if isinstance(value, list | tuple):
        if len(value) > _FEW and all(isinstance(item, int | float | list | tuple) for item in value):
            return f"{len(value)} figures"
        return [_clean(item, secrets) for item in value]
    return _text(value, secrets) if isinstance(value, str) else value


@lru_cache(maxsize=65536)
def _text(text: str, secrets: tuple[str, ...]) -> str:
    """A text that may be shown to everybody. Receipts say the same words again and again."""
    home = str(Path.home())
    if len(home) > 1:
        text = text.replace(home, "~")
    return _ELSEWHERE.sub(r"\1", redacted(text, secrets))
