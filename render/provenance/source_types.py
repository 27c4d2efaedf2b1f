"""How something came about, in the words of the IPTC's list of digital source types.

A table and the rule that sums parts up to a film. Knows no film.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

_VOCABULARY = "http://cv.iptc.org/newscodes/digitalsourcetype/"


class SourceType(Enum):
    """One term of the list; its value is the last part of the term's address."""

    TRAINED = "trainedAlgorithmicMedia"
    """Made by a model that learned from recordings of others."""
    PARTLY_TRAINED = "compositeWithTrainedAlgorithmicMedia"
    """What a trained model made, together with other things."""
    ALGORITHMIC = "algorithmicMedia"
    """Made by rules that somebody wrote: painted, composed or synthesised, from no learned data."""
    ENHANCED = "algorithmicallyEnhanced"
    """Changed by an algorithm that adds nothing to what is told."""
    CAPTURED = "digitalCapture"
    """Taken from life by a camera or a microphone."""
    COMPOSITE = "composite"
    """Several things together, of which nothing more is known."""

    @property
    def address(self) -> str:
        """The term as C2PA and XMP write it."""
        return _VOCABULARY + self.value


_LEARNED = (SourceType.TRAINED, SourceType.PARTLY_TRAINED)


def named(address: str) -> SourceType | None:
    """The term of an address, or None for one that is not told apart here; terms that mean the same are joined."""
    term = address.rpartition("/")[2]
    if term in ("compositeSynthetic", "trainedAlgorithmicData"):
        return SourceType.PARTLY_TRAINED
    return next((one for one in SourceType if one.value == term), None)


def in_sum(parts: Iterable[SourceType | None]) -> SourceType:
    """What a whole is whose parts came about so; None is something of which nobody knows.

    One learned part makes it partly learned. The author's own material never makes it anything but a composite: whether
    a camera or a model made that, only the author knows.
    """
    every = set(parts) - {SourceType.ENHANCED}
    if not every:
        return SourceType.COMPOSITE
    if every == {SourceType.TRAINED}:
        return SourceType.TRAINED
    if every & set(_LEARNED):
        return SourceType.PARTLY_TRAINED
    return SourceType.ALGORITHMIC if every == {SourceType.ALGORITHMIC} else SourceType.COMPOSITE
