"""Where feet land: the very walk that the painter paints, asked for the moments at which its soles touch the ground.

Pure reckoning with the stage's tracks; paints nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from scenes.backend import ClipRequest
from scenes.backends.animatic.camera import placing, view_at
from scenes.backends.animatic.figures.casting import looks_of
from scenes.backends.animatic.figures.gait import CARRY, RUN, WALK
from scenes.backends.animatic.figures.look import Look
from scenes.backends.animatic.figures.painting import BEASTS, body_unit, pose_of
from scenes.backends.animatic.playing import PASSING, place_at, state_at
from scenes.backends.animatic.stage import Stage, peopled, stage_of
from scenes.backends.animatic.tracks import Leg, Track
from scenes.sound import Footfall
from storyboard.ambience import ground

_FEET = (0.0, 0.5)
_HOOVES = (0.0, 0.5, 0.62, 0.12)
_GALLOP = (0.02, 0.14, 0.56, 0.7)
"""By how much of a cycle each foot is ahead: of people, of a horse that walks, and of one that runs."""

_FORCE = {"run": 1.45, "carry": 1.12}
_LAST = 0.55
"""How hard a foot is set down by one who comes to stand."""
_SETTLES = 0.05
"""Body units by which a foot must still go to its place beside the other for that to be heard."""
_EXACT = 1e-4
_BESIDE = 0.5
"""Widths of the picture beyond its edge at which steps are heard no more."""


def footfalls_of(request: ClipRequest) -> tuple[Footfall, ...]:
    """The steps of all who walk in a clip, in order; a close-up shows no feet and lets none be heard."""
    stage = stage_of(request)
    surface = ground(request.scene)
    if stage.close or not surface:
        return ()
    looks = looks_of(peopled(request).scene, request.characters)
    steps = [
        step
        for track in stage.tracks
        for step in _steps(stage, request, track, looks[track.part], surface)
        if 0.0 <= step.seconds < stage.seconds and step.strength > 0.0
    ]
    return tuple(sorted(steps, key=lambda step: (step.seconds, step.who)))


def _steps(stage: Stage, request: ClipRequest, track: Track, look: Look, surface: str) -> Iterator[Footfall]:
    horse = look.kind == "horse"
    if look.kind in BEASTS and not horse:
        return  # paws and claws are not heard
    frames, rate = max(1, stage.frames - 1), float(request.rate)
    weight = 1.3 if horse else min(1.0, 0.35 + 0.65 * look.stature)
    unit = look.stature if horse else body_unit(look)

    def landed(beat: float, force: float) -> Footfall:
        t = beat * frames / rate
        x, _, _ = place_at(track, beat, stage.seconds)
        scale, shift, _ = placing(view_at(stage.camera, beat, t), 1.0, stage.layout)
        place = 2.0 * (scale * x + shift) / stage.layout.width - 1.0
        beyond = max(0.0, abs(place) - 1.0) / (2.0 * _BESIDE)
        return Footfall(
            track.who, t, round(force * weight * max(0.0, 1.0 - beyond), 3), surface, max(-1.0, min(1.0, place))
        )

    for number, leg in enumerate(track.legs):
        if not leg.moving or leg.start >= 1.0:
            continue
        for beat in _landings(stage, track, leg, unit, horse):
            yield landed(beat, _FORCE.get(leg.action, 1.0))
        goes_on = number + 1 < len(track.legs) and track.legs[number + 1].moving
        if leg.stop < 1.0 and not goes_on and not horse and _settles(stage, track, look, leg.stop):
            yield landed(min(1.0, leg.stop + 0.9 * PASSING / stage.seconds), _LAST)


def _landings(stage: Stage, track: Track, leg: Leg, unit: float, horse: bool) -> Iterator[float]:
    """The parts of the scene at which a foot of a leg's gait begins to bear weight."""
    gait = RUN if leg.action == "run" else CARRY if leg.action == "carry" and not horse else WALK
    feet = (_GALLOP if leg.action == "run" else _HOOVES) if horse else _FEET
    first, last = max(0.0, leg.start), min(1.0, leg.stop) - 1e-9

    def cycles(beat: float) -> float:
        frame = beat * max(1, stage.frames - 1)
        _, state = state_at(track, beat, stage.seconds, round(frame), beat * stage.seconds, (), 0.0)
        return state.walked / unit / gait.cycle

    begin, end = cycles(first), cycles(last)
    # A step or two from standing begins where the feet stand: what is planted then does not land.
    for foot in feet:
        for turn in range(math.floor(begin + foot) + 1, math.floor(end + foot) + 1):
            yield _reached(cycles, turn - foot, first, last)


def _reached(cycles: Callable[[float], float], due: float, low: float, high: float) -> float:
    """The part of the scene at which so many cycles have been walked, which only grow."""
    while high - low > _EXACT * 0.1:
        middle = (low + high) / 2
        low, high = (middle, high) if cycles(middle) < due else (low, middle)
    return high


def _settles(stage: Stage, track: Track, look: Look, stop: float) -> bool:
    """Whether one who comes to stand still has to set a foot beside the other."""
    feet = []
    for beat in (stop - 1e-6, min(1.0, stop + (PASSING + 0.02) / stage.seconds)):
        frame = round(beat * max(1, stage.frames - 1))
        _, state = state_at(track, beat, stage.seconds, frame, beat * stage.seconds, (), 0.0)
        pose, _ = pose_of(look, state)
        feet.append((pose.near_foot[0], pose.far_foot[0]))
    (near, far), (stood_near, stood_far) = feet
    return max(abs(near - stood_near), abs(far - stood_far)) > _SETTLES
