"""Dog, wolf, cat and horse from pose to paint: legs, tail, trunk, neck, mane, head.

Units: the animal's own height is 1, x forward, y down, ground at 0.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from scenes.backends.animatic.figure import FigureState
from scenes.backends.animatic.figures.beasts.acting import BeastPose
from scenes.backends.animatic.figures.beasts.build import BUILDS, Build
from scenes.backends.animatic.figures.beasts.heads import draw_head
from scenes.backends.animatic.figures.brush import Brush, Point
from scenes.backends.animatic.figures.expression import Expression
from scenes.backends.animatic.figures.gait import RUN, WALK, footfall
from scenes.backends.animatic.figures.limbs import bend
from scenes.backends.animatic.figures.look import Look, deeper, paler
from scenes.backends.animatic.figures.places import Places

_GOING = frozenset({"walk", "run", "carry"})


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the big parts of a posed animal are."""

    fore: Point
    hind: Point
    head: Point
    feet: dict[str, Point]


def draw_quadruped(
    brush: Brush, look: Look, state: FigureState, pose: BeastPose, face: Expression, walked: float
) -> Places:
    """Paint the animal standing on (0, 0) of the brush's frame."""
    build = BUILDS[look.kind]
    frame = _framed(build, state, pose, walked)
    fore, hind, head = frame.fore, frame.hind, frame.head
    _legs(brush, look, build, frame, pose, near=False)
    _tail(brush, look, build, state, (hind[0] - 0.1, hind[1] - 0.04), pose)
    if look.kind == "horse":
        throat = (head[0] + 0.015, head[1] + 0.03)
        arch = (0.5 * (fore[0] + head[0]) - 0.005, 0.5 * (fore[1] + head[1]) + 0.03)
        brush.limb([(fore[0] - 0.02, fore[1] + 0.01), arch, throat], (0.15, 0.1, 0.07), look.skin)
    else:
        neck = [(fore[0] + 0.01, fore[1] + 0.02), (0.5 * (fore[0] + head[0]) - 0.01, 0.5 * (fore[1] + head[1])), head]
        brush.limb(neck, (build.chest * 0.95, build.neck, build.neck * 0.82), look.skin)
    trunk = [fore, (0.5 * (fore[0] + hind[0]), 0.5 * (fore[1] + hind[1]) - 0.012), hind]
    brush.limb(trunk, (build.chest, 0.5 * (build.chest + build.loin) - 0.008, build.loin), look.skin, part=False)
    _legs(brush, look, build, frame, pose, near=True)
    if look.kind == "horse":
        _mane(brush, look, fore, head, state)
    return draw_head(brush, look, build, face, pose, head)


def _framed(build: Build, state: FigureState, pose: BeastPose, walked: float) -> _Frame:
    going = state.action in _GOING or walked != 0.0
    gait = RUN if state.action == "run" else WALK
    bob = 0.012 * math.sin(4 * math.pi * walked / gait.cycle) if going else 0.004 * math.sin(1.9 * state.t)
    rock = 0.05 * math.sin(2 * math.pi * walked / gait.cycle) if state.action == "run" else 0.0
    low = (build.back - 0.21) * pose.lying + (0.0 if not going else 0.055 if state.action == "run" else 0.03)
    hind = (build.croup[0] + 0.1 * pose.hind, build.croup[1] + bob + 0.34 * pose.hind + low)
    turn = pose.rear + rock
    fore = _about(hind, (build.withers[0], build.withers[1] + bob + low + 0.3 * pose.fore), turn)
    neck = (build.head[0] + pose.head[0], build.head[1] + pose.head[1] + 0.6 * bob + low + 0.27 * pose.fore)
    head = _about(hind, neck, turn)
    return _Frame(fore, hind, head, _feet(build, state, pose, walked, going))


def _about(pivot: Point, point: Point, turn: float) -> Point:
    """The point turned up (counter-clockwise, the head towards +x) about the pivot."""
    x, y = point[0] - pivot[0], point[1] - pivot[1]
    return (pivot[0] + x * math.cos(turn) + y * math.sin(turn), pivot[1] - x * math.sin(turn) + y * math.cos(turn))


def _feet(build: Build, state: FigureState, pose: BeastPose, walked: float, going: bool) -> dict[str, Point]:
    """Where the feet are, seen from under the standing shoulder or hip."""
    gait = RUN if state.action == "run" else replace(WALK, lift=0.07)
    order = (0.02, 0.14, 0.56, 0.7) if state.action == "run" else (0.0, 0.5, 0.62, 0.12)
    names = ("near fore", "far fore", "near hind", "far hind")
    stance = (0.02, 0.07, 0.0, 0.05)
    feet: dict[str, Point] = {}
    for name, shift, offset in zip(names, stance, order, strict=True):
        root = build.croup[0] if "hind" in name else build.withers[0]
        if going:
            foot = footfall(gait, walked, offset)
            feet[name] = (root + foot.x, min(-0.03, foot.y + 0.01))
        else:
            feet[name] = (root + shift + (0.26 * pose.hind if "hind" in name else 0.0), -0.03)
    return feet


def _legs(brush: Brush, look: Look, build: Build, frame: _Frame, pose: BeastPose, near: bool) -> None:
    colour = look.skin if near else brush.shaded(look.skin)
    side = "near" if near else "far"
    reach = (build.back - 0.05) / 2 + 0.014
    hoof = deeper(look.skin, 0.65) if look.kind == "horse" else paler(look.skin, 0.3)
    hoof = (0.93, 0.92, 0.9) if look.kind == "cat" else hoof
    for which, root in (("hind", frame.hind), ("fore", frame.fore)):
        joint, end = _leg(which, root, frame.feet[f"{side} {which}"], reach, pose, near)
        thick = build.leg
        hind = which == "hind"
        widths = (thick * 1.9, thick * 0.95, thick * 0.68) if hind else (thick * 1.45, thick * 0.85, thick * 0.65)
        lifted = not hind and near and pose.pawing > 0.3
        brush.limb([root, joint, end], widths, colour, part=not lifted)
        paw = [
            (end[0] - thick * 0.8, end[1] + 0.028),
            (end[0] - 0.4 * thick, end[1] - 0.02),
            (end[0] + thick, end[1] - 0.012),
            (end[0] + thick * 1.5, end[1] + 0.028),
        ]
        brush.blob(paw, hoof if near else brush.shaded(hoof))


def _leg(which: str, root: Point, foot: Point, reach: float, pose: BeastPose, near: bool) -> tuple[Point, Point]:
    """Knee and foot of one leg: standing, lifted, kneeling or folded under a lying body."""
    joint, end = bend(root, foot, reach, reach, 1 if which == "fore" else -1)
    if which == "fore":
        lifted = max(pose.pawing if near else 0.0, min(1.0, 2.4 * pose.rear))
        if lifted > 0:
            paw = pose.paw if near else (0.16, 0.2)
            there = (root[0] + paw[0], root[1] + paw[1])
            up = bend(
                root, (end[0] + (there[0] - end[0]) * lifted, end[1] + (there[1] - end[1]) * lifted), reach, reach, -1
            )
            joint, end = up if lifted > 0.4 else (joint, up[1])
        knee = pose.fore if pose.fore > 0.3 else 0.0
        joint = _toward(joint, (root[0] + 0.1, -0.05), knee)
        end = _toward(end, (root[0] - 0.1 + (0.0 if near else 0.05), -0.035), knee)
    shift = 0.0 if near else 0.05
    folded = (root[0] + 0.12 + shift, -0.06) if which == "fore" else (root[0] + 0.14 + shift, -0.1)
    flat = (root[0] + 0.34 + shift, -0.03) if which == "fore" else (root[0] + 0.02 + shift, -0.03)
    return _toward(joint, folded, pose.lying), _toward(end, flat, pose.lying)


def _toward(first: Point, second: Point, part: float) -> Point:
    return (first[0] + (second[0] - first[0]) * part, first[1] + (second[1] - first[1]) * part)


def _tail(brush: Brush, look: Look, build: Build, state: FigureState, root: Point, pose: BeastPose) -> None:
    proud = pose.tail
    wag = 0.07 * pose.wag * math.sin(pose.beat * state.t)
    x, y = root
    under = max(0.0, -proud)
    floor = -0.03
    if build.tail == "brush":
        chain = [(x + 0.04, y), (x - 0.12 + 0.1 * under, y + 0.12 - 0.12 * proud)]
        tip = (x - 0.2 + wag + 0.3 * under, min(floor, y + 0.3 - 0.34 * proud))
        brush.limb([*chain, tip], (0.035, 0.075, 0.02), brush.shaded(look.skin))
    elif build.tail == "hair":
        lift = max(0.0, proud)
        chain = [(x + 0.03, y - 0.03), (x - 0.07 - 0.05 * lift + 0.04 * under, y + 0.05 - 0.12 * lift)]
        tip = (x - 0.11 + wag - 0.08 * state.wind - 0.09 * lift + 0.12 * under, min(floor, y + 0.4 - 0.2 * lift))
        brush.limb([*chain, tip], (0.025, 0.05, 0.03), deeper(look.skin, 0.5))
    elif build.tail == "long":
        rise = proud if proud > 0 else 2.2 * proud
        chain = [
            (x + 0.04, y),
            (x - 0.14 + 0.06 * under, y - 0.02 - 0.1 * rise),
            (x - 0.24 + 0.2 * under, min(floor, y - 0.2 - 0.2 * rise)),
            (x - 0.16 + wag + 0.32 * under, min(floor, y - 0.36 - 0.2 * rise)),
        ]
        brush.bar(chain, 0.06, look.skin)
    else:
        rise = proud if proud > 0 else 1.6 * proud
        chain = [
            (x + 0.04, y),
            (x - 0.1 + 0.06 * under, y - 0.06 - 0.1 * rise),
            (x - 0.15 + wag + 0.24 * under, min(floor, y - 0.1 - 0.24 * rise)),
        ]
        brush.bar(chain, 0.055, look.skin)


def _mane(brush: Brush, look: Look, fore: Point, head: Point, state: FigureState) -> None:
    """Locks down the crest of the neck, from the withers to the poll."""
    dark = deeper(look.skin, 0.62)
    for part in (0.08, 0.28, 0.48, 0.68, 0.88):
        x = fore[0] + (head[0] - fore[0]) * part - 0.11 + 0.045 * part
        y = fore[1] + (head[1] - fore[1]) * part - 0.1 + 0.045 * part
        blow = -0.05 + 0.05 * state.wind + 0.01 * math.sin(3 * state.t + 4 * part)
        brush.blob([(x + 0.06, y - 0.05), (x + 0.0, y - 0.01), (x + blow, y + 0.1), (x + 0.07, y + 0.06)], dark)
