"""Where the joints of a posed body are, in body units. Pure arithmetic between `pose` and the painting of it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scenes.backends.animatic.figures.limbs import bend
from scenes.backends.animatic.figures.look import Look
from scenes.backends.animatic.figures.pose import (
    ARM,
    FOREARM,
    HIP,
    SHIN,
    SHOULDER_DROP,
    SPINE,
    THIGH,
    UPPER_ARM,
    Point,
    Pose,
)


@dataclass(frozen=True, slots=True)
class Limb:
    """Three joints from the trunk outwards: shoulder, elbow, wrist, or hip, knee, ankle."""

    root: Point
    joint: Point
    end: Point

    @property
    def points(self) -> tuple[Point, Point, Point]:
        """The joints from the trunk outwards."""
        return (self.root, self.joint, self.end)

    @property
    def turn(self) -> float:
        """Direction of the outer bone, radians clockwise from +x."""
        return math.atan2(self.end[1] - self.joint[1], self.end[0] - self.joint[0])


@dataclass(frozen=True, slots=True)
class Skeleton:
    """All joints of one moment; the trunk's own frame is turned by `lean` about `hip`."""

    hip: Point
    lean: float
    neck: Point
    near_arm: Limb
    far_arm: Limb
    near_leg: Limb
    far_leg: Limb


def skeleton(pose: Pose, look: Look) -> Skeleton:
    """The joints of a posed body of this build."""
    hip = (pose.hip[0], pose.hip[1] - HIP)
    sine, cosine = math.sin(pose.lean), math.cos(pose.lean)

    def on_trunk(x: float, y: float) -> Point:
        return (hip[0] + x * cosine - y * sine, hip[1] + x * sine + y * cosine)

    wide = (0.9 if look.womanly else 1.0) * (0.6 + 0.4 * look.girth)
    level = -SPINE + SHOULDER_DROP - pose.shrug
    near, far = on_trunk(-0.034 * wide, level), on_trunk(0.04 * wide, level - 0.004)

    def arm(shoulder: Point, hand: Point) -> Limb:
        target = (shoulder[0] + hand[0] * ARM, shoulder[1] + hand[1] * ARM)
        elbow, wrist = bend(shoulder, target, UPPER_ARM, FOREARM, 1)
        return Limb(shoulder, elbow, wrist)

    def leg(shift: float, foot: tuple[float, float, float]) -> Limb:
        root = (hip[0] + shift, hip[1])
        knee, ankle = bend(root, (foot[0], foot[1]), THIGH, SHIN, -1)
        return Limb(root, knee, ankle)

    return Skeleton(
        hip,
        pose.lean,
        on_trunk(0.004, -SPINE),
        arm(near, pose.near_hand),
        arm(far, pose.far_hand),
        leg(-0.016 * wide, pose.near_foot),
        leg(0.018 * wide, pose.far_foot),
    )
