"""The people of the animatic: what a character looks like, and how he is painted whole or in close-up.

Only this page is for the stage. Drawing libraries are loaded by the first call that needs them.
"""

from __future__ import annotations

from collections.abc import Sequence

from scenes.backends.animatic.figure import FigureLight, FigureState, Sprite
from scenes.backends.animatic.figures.gait import gait_speed
from scenes.backends.animatic.figures.look import Look
from storyboard.film import Character


def look_of(character: Character, characters: Sequence[str], wears: str = "") -> Look:
    """How a character looks: by role, then by the words of his looks and clothes (`wears` replaces his usual ones).

    `characters` are the ids of everybody in the film, in order, so that no two get the same colours.
    """
    from scenes.backends.animatic.figures.casting import cast

    return cast(character, characters, wears)


def render_figure(look: Look, state: FigureState, height: float, light: FigureLight, style: str) -> Sprite:
    """Paint a whole figure where a grown person is `height` pixels tall."""
    from scenes.backends.animatic.figures.painting import render_figure as paint

    return paint(look, state, height, light, style)


def render_bust(
    look: Look, state: FigureState, size: float, light: FigureLight, style: str, below: float = 0.0
) -> Sprite:
    """Paint head and shoulders, `size` pixels from the crown to the lower edge; hats rise above.

    `below` is how much more of the body is painted below the edge, in sizes.
    """
    from scenes.backends.animatic.figures.bust import render_bust as paint

    return paint(look, state, size, light, style, below)


__all__ = ["Look", "gait_speed", "look_of", "render_bust", "render_figure"]
