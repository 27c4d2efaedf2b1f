"""The whole figure from joints to paint, back to front: far arm, legs, trunk, skirts, neck, head, near arm.

Works in body units on a brush already moved to the ground point. Knows look, pose and joints; nothing of stages.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

import skia

from scenes.backends.animatic.figure import Colour, FigureState
from scenes.backends.animatic.figures.acting import SEAT
from scenes.backends.animatic.figures.brush import Brush, Point, Tone
from scenes.backends.animatic.figures.clothes import (
    Drift,
    draw_cape,
    draw_cape_collar,
    draw_scarf,
    draw_skirt,
    draw_trunk,
)
from scenes.backends.animatic.figures.expression import Expression, face_of
from scenes.backends.animatic.figures.face import draw_face
from scenes.backends.animatic.figures.hair import draw_hair, draw_hair_behind
from scenes.backends.animatic.figures.hats import draw_hat
from scenes.backends.animatic.figures.look import Look, deeper, mix
from scenes.backends.animatic.figures.places import Places
from scenes.backends.animatic.figures.pose import Grip, Pose
from scenes.backends.animatic.figures.props import draw_load, draw_prop, draw_stool
from scenes.backends.animatic.figures.robot import draw_robot
from scenes.backends.animatic.figures.skeleton import Limb, Skeleton

NECK = 0.022
"""From the neck's base to the chin."""


def draw_body(
    brush: Brush, look: Look, pose: Pose, bones: Skeleton, state: FigureState, drift: Drift, head_size: float
) -> Places:
    """Paint one figure; `head_size` is the head's height in body units. Gives the places that a stage may light."""
    if (state.action == "sit" or state.seat) and state.stool:
        draw_stool(brush, -0.17, SEAT)
    draw_cape(brush, look, bones, drift)
    head_turn = 0.55 * bones.lean + pose.bow
    middle = 0.5 * head_size + NECK
    head = (bones.neck[0] + 0.008 + math.sin(head_turn) * middle, bones.neck[1] - math.cos(head_turn) * middle)
    detail = brush.scale * head_size > 74
    with brush.at(*head, size=head_size, turn=head_turn):
        brush.rule(1.0 / head_size)
        draw_hair_behind(brush, look, drift.step, drift.pull)
    brush.rule(1.0)
    draw_arm(brush, look, bones.far_arm, pose.far_grip, near=False)
    draw_leg(brush, look, bones.far_leg, pose.far_foot[2], near=False)
    draw_leg(brush, look, bones.near_leg, pose.near_foot[2], near=True)
    draw_trunk(brush, look, bones)
    draw_skirt(brush, look, bones, drift)
    draw_cape_collar(brush, look, bones)
    top = (head[0] - 0.1 * head_size, head[1] + 0.25 * head_size)
    neck_skin = look.skin if brush.flat else deeper(look.skin, 0.3)
    brush.limb(
        [(bones.neck[0], bones.neck[1] + 0.016), top],
        (0.031 * (0.85 if look.womanly else 1.0), 0.029),
        neck_skin,
        part=False,
    )
    draw_scarf(brush, look, bones, drift)
    with brush.at(*head, size=head_size, turn=head_turn):
        brush.rule(1.0 / head_size)
        gaze = (_stepped(pose.gaze[0], 8), _stepped(pose.gaze[1], 8))
        face = face_of(state, _stepped(state.mouth, 8), gaze)
        cloth = (_stepped(0.6 * drift.step, 6), _stepped(drift.pull, 12))
        brush.canvas.drawPicture(_head_strokes(look, face, cloth, brush.tone, head_size, detail))
        places = (brush.place(0.0, 0.0), brush.place(0.185, 0.275))
    brush.rule(1.0)
    return _draw_near_arm(brush, look, pose, bones, state, drift, places)


def draw_head(brush: Brush, look: Look, face: Expression, cloth: tuple[float, float], detail: bool) -> None:
    """Paint face, hair and hat in head units; `cloth` is how step and wind (-1..1) move what hangs."""
    if look.kind == "robot":
        draw_robot(brush, look, face)
    else:
        draw_face(brush, look, face, detail)
    draw_hair(brush, look, detail)
    draw_hat(brush, look, *cloth)


@lru_cache(maxsize=256)
def _head_strokes(
    look: Look, face: Expression, cloth: tuple[float, float], tone: Tone, size: float, detail: bool
) -> Any:
    """The head as recorded strokes: it is most of a small figure's work and changes seldom."""
    recorder = skia.PictureRecorder()
    brush = Brush(recorder.beginRecording(skia.Rect.MakeLTRB(-2.0, -2.5, 2.0, 2.0)), tone)
    brush.rule(1.0 / size)
    draw_head(brush, look, face, cloth, detail)
    return recorder.finishRecordingAsPicture()


def _stepped(value: float, steps: int) -> float:
    return round(value * steps) / steps


def _draw_near_arm(
    brush: Brush, look: Look, pose: Pose, bones: Skeleton, state: FigureState, drift: Drift, places: tuple[Point, Point]
) -> Places:
    near = bones.near_arm
    hold = _palm(near)
    light: Point | None = None
    if state.action == "carry":
        far = bones.far_arm.end
        draw_load(brush, look, (0.5 * (near.end[0] + far[0]) + 0.02, 0.5 * (near.end[1] + far[1]) - 0.055))
    elif look.prop:
        flame = draw_prop(brush, look, hold, near.turn, 0.6 * drift.step + 0.5 * drift.wind)
        light = brush.place(*flame) if flame is not None else None
    grip: Grip = "fist" if (look.prop or state.action == "carry") and pose.near_grip != "point" else pose.near_grip
    draw_arm(brush, look, near, grip, near=True)
    return Places(places[0], places[1], brush.place(*hold), light)


def _palm(arm: Limb) -> Point:
    return (arm.end[0] + 0.02 * math.cos(arm.turn), arm.end[1] + 0.02 * math.sin(arm.turn))


def draw_leg(brush: Brush, look: Look, leg: Limb, turn: float, near: bool) -> None:
    """Paint a leg and its shoe."""
    bare = look.garment in ("dress", "apron")
    colour: Colour = mix(look.skin, (0.25, 0.2, 0.22), 0.55) if bare else look.bottom
    if look.garment == "armour":
        colour = look.top
    shoes = look.shoes
    if not near:
        colour, shoes = brush.shaded(colour), brush.shaded(shoes)
    g = 0.5 + 0.5 * look.girth
    thick = (0.05, 0.039, 0.03) if not bare else (0.044, 0.032, 0.02)
    if look.garment == "spacesuit":
        thick = (0.06, 0.052, 0.046)
    radii = [r * g for r in thick]
    if near:
        brush.apart(leg.points, radii)
    brush.limb(leg.points, radii, colour)
    with brush.at(*leg.end, turn=turn):
        if look.garment in ("coat", "armour", "spacesuit", "robe", "overalls"):
            brush.limb([(0.0, 0.008), (0.003, -0.055)], (0.03, 0.033), shoes)
        shoe = [
            (-0.03, -0.012),
            (0.0, -0.028),
            (0.03, -0.018),
            (0.062, 0.006),
            (0.088, 0.02),
            (0.09, 0.036),
            (0.06, 0.04),
            (-0.028, 0.04),
            (-0.036, 0.02),
        ]
        brush.blob(shoe, shoes, part=True)
        brush.stroke([(-0.028, 0.037), (0.084, 0.037)], 0.007, deeper(shoes, 0.6))


_SLEEVES = {
    "robe": (0.038, 0.036, 0.03),
    "spacesuit": (0.048, 0.046, 0.042),
    "coat": (0.038, 0.034, 0.031),
    "suit": (0.037, 0.032, 0.028),
}


def draw_arm(brush: Brush, look: Look, arm: Limb, grip: Grip, near: bool) -> None:
    """Paint a hand and the sleeve over its wrist."""
    skin = look.skin if near else brush.shaded(look.skin)
    sleeve = look.top if near else brush.shaded(look.top)
    if look.garment in ("spacesuit", "armour"):
        skin = deeper(sleeve, 0.35) if not brush.flat else sleeve
    draw_hand(brush, arm.end, arm.turn, grip, skin)
    slim = 0.86 if look.womanly or look.age == "child" else 1.0
    radii = [r * slim * (0.7 + 0.3 * look.girth) for r in _SLEEVES.get(look.garment, (0.036, 0.03, 0.025))]
    if near:
        brush.apart(arm.points, radii)
    brush.limb(arm.points, radii, sleeve)
    if look.garment == "robe":
        _bell(brush, arm, sleeve)
    elif look.garment in ("coat", "suit") and not brush.flat:
        back = 0.016
        x, y = arm.end[0] - back * math.cos(arm.turn), arm.end[1] - back * math.sin(arm.turn)
        across = radii[2] * 0.95
        nx, ny = -math.sin(arm.turn) * across, math.cos(arm.turn) * across
        brush.stroke([(x - nx, y - ny), (x + nx, y + ny)], 0.008, deeper(sleeve, 0.5), butt=True)
    if look.garment == "armour":
        brush.limb([(arm.root[0], arm.root[1] - 0.006), (arm.root[0], arm.root[1] + 0.016)], (0.044, 0.04), look.top)


def _bell(brush: Brush, arm: Limb, colour: Colour) -> None:
    """The wide end of a robe's sleeve, hanging down from the wrist."""
    along, across = (math.cos(arm.turn), math.sin(arm.turn)), (-math.sin(arm.turn), math.cos(arm.turn))
    low = 1.0 if across[1] >= 0 else -1.0

    def at(forward: float, side: float) -> Point:
        x = arm.end[0] + forward * along[0] + low * side * across[0]
        return (x, arm.end[1] + forward * along[1] + low * side * across[1])

    brush.poly([at(-0.1, -0.033), at(0.008, -0.034), at(0.0, 0.068), at(-0.1, 0.036)], colour, part=True)
    brush.stroke([at(0.006, -0.03), at(0.0, 0.064)], 0.011, (0.84, 0.67, 0.3))


def draw_hand(brush: Brush, wrist: Point, turn: float, grip: Grip, skin: Colour) -> None:
    """Paint a mitten hand at the wrist, fingers along the forearm's direction `turn`."""
    with brush.at(*wrist, turn=turn):
        if grip == "fist":
            brush.blob(
                [(-0.01, -0.018), (0.02, -0.026), (0.042, -0.018), (0.044, 0.012), (0.022, 0.024), (-0.01, 0.018)],
                skin,
                part=True,
            )
            brush.stroke([(0.016, -0.004), (0.034, -0.006)], 0.006, deeper(skin, 0.35))
            return
        brush.blob(
            [(-0.01, -0.017), (0.022, -0.023), (0.04, -0.014), (0.04, 0.014), (0.02, 0.021), (-0.01, 0.017)],
            skin,
            part=True,
        )
        if grip == "point":
            brush.limb([(0.03, -0.012), (0.078, -0.012)], (0.0085, 0.0075), skin, part=False)
            brush.limb([(0.012, -0.014), (0.03, -0.034)], (0.0085, 0.007), skin, part=False)
        elif grip == "open":
            for angle, reach in ((-0.42, 0.066), (-0.12, 0.076), (0.18, 0.074), (0.46, 0.064)):
                brush.limb(
                    [(0.024, 0.02 * angle), (reach * math.cos(angle), reach * math.sin(angle))],
                    (0.0095, 0.0072),
                    skin,
                    part=False,
                )
            brush.limb([(0.01, -0.012), (0.026, -0.042)], (0.009, 0.0072), skin, part=False)
        else:
            brush.limb([(0.026, 0.002), (0.058, 0.01)], (0.0185, 0.011), skin, part=False)
            brush.limb([(0.008, -0.012), (0.036, -0.024)], (0.009, 0.007), skin, part=False)
