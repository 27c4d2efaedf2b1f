"""Talking faces: the mouth stays within the face, whatever is felt and however loud it is said."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.backends.animatic.figure import FigureLight, FigureState
from scenes.backends.animatic.figures import render_bust
from scenes.backends.animatic.figures.brush import smooth
from scenes.backends.animatic.figures.expression import expression
from scenes.backends.animatic.figures.face import gape_of, jaw_of, skull
from scenes.backends.animatic.figures.look import Look
from storyboard.vocabulary import EMOTIONS

LOOKS = [Look(), Look(womanly=True), Look(age="child"), Look(girth=1.3), Look(beard="full")]


@pytest.mark.parametrize("look", LOOKS, ids=["man", "woman", "child", "stout", "bearded"])
@pytest.mark.parametrize("emotion", sorted(EMOTIONS.rows))
def test_the_chin_is_below_the_lips(look: Look, emotion: str) -> None:
    """At every loudness some of the chin is seen below the mouth: the jaw goes down with it."""
    for mouth in np.linspace(0.0, 1.0, 11):
        face = expression(emotion, float(mouth))
        contour = smooth(skull(look, jaw_of(face)))
        low = gape_of(face).low + 0.03
        assert all(contour.contains(x, low) for x in (0.15, 0.19, 0.22))


def test_the_jaw_moves() -> None:
    """A loud word is seen in the outline of the face, a closed mouth leaves it as it was."""
    quiet, loud = (
        render_bust(Look(), FigureState("stand", mouth=mouth), 300, FigureLight(), "flat").pixels for mouth in (0, 1.0)
    )
    assert jaw_of(expression("neutral")) == 0
    assert quiet.shape != loud.shape or (quiet != loud).any()
