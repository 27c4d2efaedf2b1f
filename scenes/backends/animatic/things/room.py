"""The property room: every thing that is written down, by its canonical word."""

from __future__ import annotations

from scenes.backends.animatic.things import household, leaning, small, travel, yard
from scenes.backends.animatic.things.drawing import Piece

PIECES: dict[str, Piece] = {**travel.PIECES, **household.PIECES, **yard.PIECES, **small.PIECES, **leaning.PIECES}
"""What can be set up and held, besides what brushes of their own paint."""
