"""How things are written down: strokes, tones, bounds, and the same thing in a hand."""

from __future__ import annotations

import pytest

from scenes.backends.animatic.things.drawing import TONES, drawn, in_hand
from scenes.backends.animatic.things.room import PIECES

_CUP = """
    box own -.1 -.2 .1 0 .02
    oval white 0 -.2 .1 .02
    bow own- .03 .1 -.15 .2 -.1 .1 -.05
"""


def test_strokes_are_read() -> None:
    """Each line is a stroke with its tone, its points and, where it has one, its width."""
    box, oval, bow = drawn(_CUP).marks
    assert (box.shape, box.tone, box.points, box.width) == ("box", "own", ((-0.1, -0.2), (0.1, 0.0)), 0.02)
    assert oval.points == ((0.0, -0.2), (0.1, 0.02))
    assert (bow.width, len(bow.points)) == (0.03, 3)


def test_bounds_hold_all_strokes() -> None:
    """The bounds reach round radii and half the width of lines."""
    left, top, right, bottom = drawn(_CUP).bounds()
    assert (left, top, bottom) == pytest.approx((-0.11, -0.22, 0.01), abs=0.011)
    assert right == pytest.approx(0.215)


def test_own_colour_is_dyed_and_others_stay() -> None:
    """What the author dyes is `own`, lighter and darker tones of it included; the rest keeps its colour."""
    cup = drawn(_CUP, (0.2, 0.4, 0.6))
    assert cup.colour("own") == (0.2, 0.4, 0.6)
    assert cup.colour("own", (1.0, 0.0, 0.0)) == (1.0, 0.0, 0.0)
    assert max(cup.colour("own-")) < 0.6 < max(cup.colour("own+"))
    assert cup.colour("white", (1.0, 0.0, 0.0)) == TONES["white"]


@pytest.mark.parametrize("text", ["box own 0 0 1", "oval own a b c d", "box lilac 0 0 1 1"])
def test_a_slip_of_the_pen_is_found(text: str) -> None:
    """An odd number of coordinates, no number at all or a tone that nobody mixes is an error."""
    with pytest.raises((ValueError, KeyError)):
        drawn(text).colour(drawn(text).marks[0].tone)


def test_a_hand_holds_it_by_its_grip() -> None:
    """The grip lies in the palm and everything is scaled about it, radii and widths too."""
    held = in_hand(drawn(_CUP), (0.2, -0.1), 0.5)
    box, oval, bow = held.marks
    assert [*box.points[0], *box.points[1]] == pytest.approx([-0.15, -0.05, -0.05, 0.05])
    assert oval.points[1] == (0.05, 0.01)
    assert bow.width == 0.015


@pytest.mark.parametrize("kind", sorted(PIECES))
def test_every_thing_is_written_soundly(kind: str) -> None:
    """Every stroke has a tone that is mixed, and what stands on something stands on it."""
    piece = PIECES[kind]
    for drawing in (piece.drawing, *((piece.held,) if piece.held else ())):
        assert all(len(drawing.colour(mark.tone)) == 3 for mark in drawing.marks)
    _, top, _, bottom = piece.drawing.bounds()
    assert top < -0.05
    if piece.on != "sky":
        assert -0.02 <= bottom <= 0.11
    if piece.held is not None:
        left, top, right, bottom = piece.held.bounds()
        assert max(-left, right, bottom) < 0.55
        assert top > -0.8
