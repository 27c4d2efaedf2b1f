"""The contract of a language model that writes. Knows neither storyboards nor networks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from storyboard.drafting.instructions import Message


class Writer(Protocol):
    """A language model."""

    @property
    def label(self) -> str:
        """What it is called in the draft it writes."""

    @property
    def window(self) -> int:
        """How many scenes it writes well at once."""

    def write(self, messages: Sequence[Message], form: dict[str, Any], seed: int) -> tuple[str, tuple[str, ...]]:
        """Its reply to the messages, held to the form as far as it can be, and notes for people.

        Raises MissingError where it is not there, HostedError or RenderError where it fails.
        """
