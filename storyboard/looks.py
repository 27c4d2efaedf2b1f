"""The look of a scene beyond its style's name: what a preset adds to it, for the eye and for models.

Knows neither presets' files nor how a picture is made.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """What a style of a preset adds to a scene's prompt, and the pictures that show it."""

    words: str = ""
    """What models are told of it, "" for nothing beyond the style itself."""
    alone: bool = False
    """Whether the words stand in place of those of the style that the painter draws."""
    examples: tuple[str, ...] = ()
    """Project-relative paths of pictures in this look, for models that take pictures to go by."""


NO_LOOK = Look()
"""A scene in one of the styles that everybody has."""
