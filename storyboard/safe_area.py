"""What part of a picture is free for words: platforms lay buttons and names over the rest. Pure numbers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SafeArea:
    """Shares of the picture, 0..1, that captions and titles keep away from at each side."""

    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    left: float = 0.0


WHOLE = SafeArea()
"""Nothing lies over the picture."""
