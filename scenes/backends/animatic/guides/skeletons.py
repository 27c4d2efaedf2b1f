"""The skeletons of the people on stage, as networks that keep to poses were taught: eighteen points in fixed colours.

The points are those of the COCO keypoints with a neck. They come from the joints that the figures are painted by.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

import cv2
import numpy as np

from scenes.backends.animatic.figures.brush import Point
from scenes.backends.animatic.figures.face import MOUTH
from scenes.backends.animatic.figures.look import Look
from scenes.backends.animatic.figures.painting import BEASTS, body_unit, lit, pose_of
from scenes.backends.animatic.guides.layout import LayoutProjector
from scenes.backends.animatic.layout import Layout
from scenes.backends.animatic.painter import PaintedSheet
from scenes.backends.animatic.players import Placed
from scenes.backends.animatic.projection import Pixels
from scenes.backends.animatic.stage import Stage

Points = Mapping[str, Point]
"""Places on the frame by the names of joints."""

_LIMBS = (
    ("neck", "right shoulder"), ("neck", "left shoulder"), ("right shoulder", "right elbow"),
    ("right elbow", "right wrist"), ("left shoulder", "left elbow"), ("left elbow", "left wrist"),
    ("neck", "right hip"), ("right hip", "right knee"), ("right knee", "right ankle"), ("neck", "left hip"),
    ("left hip", "left knee"), ("left knee", "left ankle"), ("neck", "nose"), ("nose", "right eye"),
    ("right eye", "right ear"), ("nose", "left eye"), ("left eye", "left ear"),
)  # fmt: skip
"""The limbs in the order of their colours."""

_JOINTS = (
    "nose", "neck", "right shoulder", "right elbow", "right wrist", "left shoulder", "left elbow", "left wrist",
    "right hip", "right knee", "right ankle", "left hip", "left knee", "left ankle", "right eye", "left eye",
    "right ear", "left ear",
)  # fmt: skip
"""The joints in the order of their colours."""

_COLOURS = (
    (255, 0, 0), (255, 85, 0), (255, 170, 0), (255, 255, 0), (170, 255, 0), (85, 255, 0), (0, 255, 0), (0, 255, 85),
    (0, 255, 170), (0, 255, 255), (0, 170, 255), (0, 85, 255), (0, 0, 255), (85, 0, 255), (170, 0, 255), (255, 0, 255),
    (255, 0, 170), (255, 0, 85),
)  # fmt: skip
"""RGB, round the circle of hues."""

_STICK = 4.0 / 512
"""Half the width of a limb and the radius of a joint, in shorter sides."""
_DIM = 0.6
"""How bright limbs are beside joints."""

_FACE: Mapping[str, Point] = {
    "nose": (0.255, 0.11),
    "near eye": (0.045, -0.005),
    "far eye": (0.30, -0.005),
    "near ear": (-0.24, 0.035),
}
"""Places of the face in head units, looking towards +x; the far ear is hidden."""

_BUST: Mapping[str, Point] = {"neck": (-0.06, 0.76), "near shoulder": (-0.72, 0.96), "far shoulder": (0.58, 0.94)}
"""The same of a close-up, below the head."""


class SkeletonProjector(LayoutProjector):
    """Projects skeletons on black."""

    def picture(self, index: int) -> Pixels:
        """The frame at `index`, RGB."""
        layout = self.stage.layout
        out = np.zeros((layout.height, layout.width, 3), np.uint8)
        for points in self.people(index):
            draw(out, points, layout)
        return out

    def dyed(self, sheets: list[PaintedSheet]) -> list[PaintedSheet]:
        """No sheet is shown."""
        return sheets[:0]

    def people(self, index: int) -> Iterator[Points]:
        """The joints of everybody at the frame `index`, the farthest first; animals have none."""
        t, _, view = self._moment(index)
        if self.busts is not None:
            for track, x, lift in self.busts.order(index):
                look = self.busts.looks[track.part]
                if look.kind not in BEASTS:
                    yield _of_bust(self.busts.placed(view, track, (x, lift), index, t))
            return
        for track in self.players.order:
            look = self.players.looks[track.part]
            if look.kind not in BEASTS:
                yield _of_figure(self.players.placed(view, track, index, t), look, self.stage)


def _of_figure(one: Placed, look: Look, stage: Stage) -> Points:
    """The joints of a whole figure: those of its pose, and of its head as it was painted."""
    state = one.state
    held = lit(look) if state.action == "hold light" else look
    pose, bones = pose_of(held, state)
    unit = one.scale * stage.layout.person * body_unit(held)
    facing = pose.flip * state.facing
    sine, cosine = math.sin(pose.roll), math.cos(pose.roll)
    fallen = abs(pose.roll) / 1.5

    def on_frame(point: Point) -> Point:
        x, y = point
        x, y = x * cosine - y * sine - 0.42 * fallen, x * sine + y * cosine - 0.1 * fallen
        return one.x + unit * facing * x, one.y + unit * y

    near, far = _sides(facing)
    found = {"neck": on_frame(bones.neck)}
    for side, arm, leg in ((near, bones.near_arm, bones.near_leg), (far, bones.far_arm, bones.far_leg)):
        for names, limb in ((("shoulder", "elbow", "wrist"), arm), (("hip", "knee", "ankle"), leg)):
            found |= {f"{side} {name}": on_frame(point) for name, point in zip(names, limb.points, strict=True)}
    return found | _of_head(one, facing, _FACE)


def _of_bust(one: Placed) -> Points:
    """The points of a close-up: the face, and where the shoulders begin."""
    return _of_head(one, float(one.state.facing), {**_FACE, **_BUST})


def _of_head(one: Placed, facing: float, places: Mapping[str, Point]) -> dict[str, Point]:
    """Points in head units put on the frame by where head and mouth were painted."""
    points, (ax, ay) = one.sprite.points, one.sprite.anchor
    (hx, hy), (mx, my) = (
        (one.x + one.scale * (x - ax), one.y + one.scale * (y - ay)) for x, y in (points["head"], points["mouth"])
    )
    mirrored = -1.0 if facing < 0 else 1.0
    # The mouth says how large the head is and how it is held.
    size = math.hypot(mx - hx, my - hy) / math.hypot(*MOUTH)
    turn = math.atan2(my - hy, (mx - hx) * mirrored) - math.atan2(MOUTH[1], MOUTH[0])
    sine, cosine = math.sin(turn), math.cos(turn)
    near, far = _sides(facing)
    found = {}
    for name, (x, y) in places.items():
        side = name.replace("near", near).replace("far", far)
        found[side] = (hx + size * mirrored * (x * cosine - y * sine), hy + size * (x * sine + y * cosine))
    return found


def _sides(facing: float) -> tuple[str, str]:
    """Whose side is near: who looks to the right of the frame shows his right one."""
    return ("left", "right") if facing < 0 else ("right", "left")


def draw(picture: Pixels, points: Points, layout: Layout) -> None:
    """Draw one skeleton, in place: limbs as ellipses, dimmed, then joints as discs."""
    half = max(1.5, _STICK * min(layout.width, layout.height))
    for (first, second), colour in zip(_LIMBS, _COLOURS, strict=False):
        if first in points and second in points:
            (x0, y0), (x1, y1) = points[first], points[second]
            length = math.hypot(x1 - x0, y1 - y0)
            outline = cv2.ellipse2Poly(
                (round((x0 + x1) / 2), round((y0 + y1) / 2)),
                (max(1, round(length / 2)), max(1, round(half))),
                round(math.degrees(math.atan2(y1 - y0, x1 - x0))),
                0,
                360,
                4,
            )
            cv2.fillConvexPoly(picture, np.asarray(outline), [round(_DIM * one) for one in colour], cv2.LINE_AA)
    for name, colour in zip(_JOINTS, _COLOURS, strict=True):
        if name in points:
            x, y = points[name]
            cv2.circle(picture, (round(x), round(y)), max(1, round(half)), colour, -1, cv2.LINE_AA)
