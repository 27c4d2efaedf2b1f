"""Dog, wolf, cat, horse and bird: the same paper and light as the people, on four legs or two.

Units: the animal's own height (paws to the top of the head) is 1, x forward, y down, ground at 0. All eighteen actions
show, and emotions in ears, tail, head, brows and mouth.
"""

from __future__ import annotations

from dataclasses import replace

from scenes.backends.animatic.figure import FigureState
from scenes.backends.animatic.figures.beasts.acting import posed
from scenes.backends.animatic.figures.beasts.bird import draw_bird
from scenes.backends.animatic.figures.beasts.quadruped import draw_quadruped
from scenes.backends.animatic.figures.brush import Brush, Point
from scenes.backends.animatic.figures.expression import face_of
from scenes.backends.animatic.figures.look import Look
from scenes.backends.animatic.figures.places import Places
from scenes.backends.animatic.figures.props import draw_prop

SHOWN_BY_BEASTS = frozenset({
    "stand", "walk", "run", "sit", "kneel", "talk", "listen", "wave", "point", "raise", "carry", "hold light",
    "look up", "turn", "enter", "exit", "fall", "hug",
})  # fmt: skip
"""The actions that are seen when an animal does them."""


def draw_beast(brush: Brush, look: Look, state: FigureState) -> Places:
    """Paint an animal standing on (0, 0) of the brush's frame."""
    pose = posed(state)
    face = face_of(state, state.mouth)
    draw = draw_bird if look.kind == "bird" else draw_quadruped
    brush.canvas.save()
    brush.canvas.scale(pose.flip, 1.0)
    places = draw(brush, look, state, pose, face, state.walked / look.stature)
    brush.canvas.restore()
    return _held(brush, look, state, places)


def _held(brush: Brush, look: Look, state: FigureState, places: Places) -> Places:
    """What it has in its mouth: a light, or the bundle that it carries."""
    if state.action not in ("hold light", "carry"):
        return places
    light: Point | None = None
    bite = _here(brush, places.hand)
    # a thing keeps about its size, a small animal carries a smaller one
    with brush.at(*bite, size=max(0.62, 0.42 / max(look.stature, 0.15))):
        if state.action == "carry":
            _bundle(brush)
        else:
            flame = draw_prop(brush, replace(look, prop="lantern"), (0.0, 0.0), 0.0, 0.0)
            light = brush.place(*flame) if flame is not None else None
    return replace(places, light=light)


def _bundle(brush: Brush) -> None:
    """A bundle hanging by its knot."""
    cloth = (0.75, 0.3, 0.26)
    brush.blob(
        [(0.0, 0.02), (0.075, 0.07), (0.07, 0.14), (0.0, 0.165), (-0.07, 0.14), (-0.075, 0.07)], cloth, part=True
    )
    brush.poly([(0.0, 0.035), (-0.045, -0.015), (-0.01, -0.005), (0.0, 0.01), (0.01, -0.005), (0.045, -0.015)], cloth)
    for x, y in ((-0.03, 0.08), (0.03, 0.075), (0.0, 0.12)):
        brush.oval(x, y, 0.009, 0.009, (0.96, 0.92, 0.84))


def _here(brush: Brush, pixel: Point) -> Point:
    """The present frame's place of a pixel."""
    inverse = brush.canvas.getTotalMatrix()
    inverse.invert(inverse)
    there = inverse.mapXY(*pixel)
    return (float(there.fX), float(there.fY))


__all__ = ["SHOWN_BY_BEASTS", "draw_beast"]
