"""What a rule may know of the world: how much a maker of clips can take in, as plain numbers.

Filled elsewhere; a rule without its number stays silent. Knows no backend.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal


@dataclass(frozen=True, slots=True)
class Ground:
    """What is known of the maker of one scene's clip; 0 and "" stand for what is not known or has no limit."""

    backend: str
    makes: Literal["drawn", "photographed", "generated"] = "generated"
    title: str = ""
    """What people call the model."""
    prompt_tokens: int = 0
    """Tokens of a prompt that it reads."""
    prompt_characters: int = 0
    """Characters of a prompt that it takes."""
    sizes: tuple[tuple[int, int], ...] = ()
    """Width and height in pixels of the pictures that it makes."""
    longest: Fraction = Fraction(0)
    """Seconds that it makes in one go."""
    goes_on: bool = False
    """Whether it makes longer scenes in several goes, each from the last picture of the one before."""
    room_mb: float = 0.0
    """Memory of this machine's card, in 10^6 bytes."""
    wants_mb: float = 0.0
    """Memory of the card that the scene takes with everything loaded at once."""

    @property
    def called(self) -> str:
        """The model's name for people, else the backend's."""
        return self.title or self.backend
