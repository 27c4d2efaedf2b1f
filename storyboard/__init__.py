"""The written film: words and time. Knows no disk layout, processes, models or pixels."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from storyboard.load import Reading, read, wants
    from storyboard.prompts import Prompt, compose
    from storyboard.schedule import Cue, Schedule, Slot

__all__ = ["Cue", "Prompt", "Reading", "Schedule", "Slot", "compose", "read", "wants"]

_HOMES = {
    "Cue": "storyboard.schedule",
    "Prompt": "storyboard.prompts",
    "Reading": "storyboard.load",
    "Schedule": "storyboard.schedule",
    "Slot": "storyboard.schedule",
    "compose": "storyboard.prompts",
    "read": "storyboard.load",
    "wants": "storyboard.load",
}


def __getattr__(name: str) -> Any:
    """Import what is asked for on first use, so that `import storyboard` costs nothing."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'storyboard' has no attribute {name!r}")
