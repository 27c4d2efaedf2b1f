"""One pipeline at a time: what a process has loaded stays until another one is wanted.

Scenes of one model come one after the other, and loading it costs more than many steps.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any


@dataclass(slots=True)
class _Held:
    key: Hashable = None
    pipe: Any = None


_held = _Held()


def held(key: Hashable, load: Callable[[], Any]) -> Any:
    """The pipeline that is held under this key; another one is let go of first."""
    if _held.key != key or _held.pipe is None:
        let_go()
        _held.pipe = load()
        _held.key = key
    return _held.pipe


def bytes_held() -> tuple[int, int]:
    """Bytes of the card and of the host that letting go would give back."""
    if _held.pipe is None:
        return 0, 0
    import torch

    on_card = sum(torch.cuda.memory_reserved(card) for card in range(torch.cuda.device_count()))
    modules = [part for part in _held.pipe.components.values() if isinstance(part, torch.nn.Module)]
    in_host = sum(
        one.numel() * one.element_size() for part in modules for one in part.parameters() if one.device.type == "cpu"
    )
    return on_card, in_host


def let_go() -> None:
    """Gives back the memory of the pipeline that is held, if any."""
    if _held.pipe is None:
        return
    import gc

    import torch

    _held.pipe, _held.key = None, None
    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
