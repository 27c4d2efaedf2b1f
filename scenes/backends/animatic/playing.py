"""Where an actor is at a frame and what his figure does: his leg, speech and emotion, passing from one to the next.

Random access: a frame depends on nothing but its own number. Pure; knows no pixels.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from scenes.backend import Speech
from scenes.backends.animatic.figure import FigureState
from scenes.backends.animatic.figures.gait import CARRY, RUN, WALK
from scenes.backends.animatic.figures.look import CHILD_HEAD, GROWN_BODY, Look
from scenes.backends.animatic.figures.pose import Pose
from scenes.backends.animatic.tracks import Leg, Track

PASSING = 0.3
"""Seconds that it takes to pass from one act or feeling to the next."""
_SEATED = 0.3
"""The part of sitting down after which one sits."""
_IN_ARMS = 0.2
"""The part of a hug after which the arms are open."""
_CLOSE = 0.42
"""The part of a hug from which it is close, and eyes are shut."""
_ONCE = {"turn": 3.0, "fall": 4.0, "enter": 2.2}
"""Seconds that an act takes at most, after which its end is held."""
_CHILDLIKE = 0.8
"""Below which height, as a part of a grown person's, somebody has the large head of a child."""
_OPENING, _CLOSING = (0.3, 1.5), (0.15, 0.9)
"""The first and last part of an act's time, and the seconds that each takes at most."""


@dataclass(frozen=True, slots=True)
class _Doing:
    """What an actor does at one moment, before it is coloured by time and breath."""

    x: float
    action: str
    emotion: str
    facing: int
    beat: float
    walked: float
    talking: bool
    mouth: float

    @property
    def key(self) -> tuple[str, str, int]:
        """What cannot change without passing over."""
        return (self.action, self.emotion, self.facing)


def place_at(track: Track, beat: float, seconds: float) -> tuple[float, Leg, float]:
    """Where he is (x), on which leg, and how far he has walked on it in units of a grown person's height."""
    leg = track.legs[-1]
    for candidate in track.legs:
        if beat < candidate.stop:
            leg = candidate
            break
    span = max(1e-6, leg.stop - leg.start)
    share = min(1.0, max(0.0, (beat - leg.start) / span))
    if leg.moving and leg.edge != "out":
        share = _setting_off(share, span * seconds)
    x = leg.x0 + (leg.x1 - leg.x0) * share
    return x, leg, abs(x - leg.x0) / track.person


def _setting_off(share: float, seconds: float) -> float:
    """Walk evenly, but come to rest within the last quarter second."""
    slow = min(0.3, 0.25 / max(seconds, 0.1))
    top = 1.0 / (1.0 - slow / 2)
    if share < 1.0 - slow:
        return share * top
    rest = (share - (1.0 - slow)) / slow
    return (1.0 - slow) * top + slow * top * (rest - rest * rest / 2)


def state_at(
    track: Track, beat: float, seconds: float, frame: int, t: float, speech: Sequence[Speech], wind: float
) -> tuple[float, FigureState]:
    """The x of an actor and the state of his figure at a frame; `t` is the frame's time in seconds."""
    rate = frame / t if t > 0 else 24.0
    now = _doing(track, beat, seconds, frame, speech)
    made = _state(track, now, t, wind)
    for since in sorted(_changes(track, beat, seconds, frame, rate, speech)):
        ago = since + 0.5 / rate
        then = _doing(track, max(0.0, beat - ago / seconds), seconds, frame - ago * rate, speech)
        if then.key != now.key:
            return now.x, replace(made, before=_state(track, then, t, wind), passed=since / PASSING)
    return now.x, made


def _changes(
    track: Track, beat: float, seconds: float, frame: int, rate: float, speech: Sequence[Speech]
) -> Iterator[float]:
    """How many seconds ago anything changed that he may still be passing from."""
    for start in (*(leg.start for leg in track.legs), *(start for start, _ in track.emotions)):
        if start > 0 and 0 <= (beat - start) * seconds < PASSING:
            yield (beat - start) * seconds
    for line in speech:
        for edge in (line.first, line.last):
            if edge > 0 and 0 <= (frame - edge) / rate < PASSING:
                yield (frame - edge) / rate


def _doing(track: Track, beat: float, seconds: float, frame: float, speech: Sequence[Speech]) -> _Doing:
    x, leg, walked = place_at(track, beat, seconds)
    emotion = track.emotion
    for start, felt in track.emotions:
        if beat >= start:
            emotion = felt
    mouth, talking, anybody = 0.0, False, False
    for line in speech:
        if line.first <= frame < line.last:
            anybody = True
            if line.who == track.who:
                talking = True
                mouth = line.mouth[min(int(frame - line.first), len(line.mouth) - 1)] if line.mouth else 0.0
                emotion = line.emotion if line.emotion != "neutral" else emotion
    span = max(1e-6, leg.stop - leg.start)
    local = min(1.0, max(0.0, (beat - leg.start) / span))
    action = leg.action
    settled = action == "enter" and not leg.moving and local * span * seconds > _ONCE["enter"]
    if not leg.moving and (action in ("stand", "talk", "listen") or settled or (action == "enter" and talking)):
        action = "talk" if talking else "listen" if anybody else "talk" if action == "talk" else "stand"
    facing = leg.facing or track.facing
    if leg.moving:
        facing = 1 if leg.x1 > leg.x0 else -1
    beat_of = _paced(track, leg, local, span * seconds)
    gone = walked + _step_begun(track, leg) if leg.moving else 0.0
    return _Doing(x, action, emotion, facing, beat_of, gone, talking, mouth)


def _step_begun(track: Track, leg: Leg) -> float:
    """Where in a step he sets off: who stood on his near foot goes on from it, who comes from outside is in stride."""
    if leg.start == 0.0:
        return 1e-6
    gait = RUN if leg.action == "run" else CARRY if leg.action == "carry" else WALK
    stature = track.height / track.person
    head = CHILD_HEAD if stature < _CHILDLIKE else Look().head
    return (0.5 * gait.cycle * gait.duty - Pose().near_foot[0]) * stature * (1.0 - head) / GROWN_BODY


def _paced(track: Track, leg: Leg, local: float, seconds: float) -> float:
    """The beat of an act for the part of its leg gone by: beginnings and ends do not drag on in a long scene."""
    action = leg.action
    if leg.moving or action in ("stand", "talk"):
        return local
    if action in _ONCE:
        return min(1.0, local * max(1.0, seconds / _ONCE[action]))
    opening, closing = min(_OPENING[0], _OPENING[1] / seconds), min(_CLOSING[0], _CLOSING[1] / seconds)
    if local < opening:
        beat = _OPENING[0] * local / opening
    elif local > 1.0 - closing:
        beat = 1.0 - _CLOSING[0] * (1.0 - local) / closing
    else:
        middle = (local - opening) / max(1e-6, 1.0 - opening - closing)
        beat = _OPENING[0] + (1.0 - _OPENING[0] - _CLOSING[0]) * middle
    if action == "sit" and leg.start == 0.0:
        # who sits when the scene begins has not just sat down
        return _SEATED + (1.0 - _SEATED) * beat
    if action == "hug":
        # the arms were opened on the way, and nobody lets go at the end of a scene
        last = 1.0 if leg.stop < 1.0 - 1e-6 else 0.85
        first = _IN_ARMS if any(one.moving and one.action == "hug" for one in track.legs) else 0.0
        return first + (last - first) * beat
    return beat


def _stool_waits(track: Track, doing: _Doing) -> bool:
    """True where he stands before the stool that he sits on at another time."""
    if doing.walked or doing.action in ("sit", "kneel", "fall", "turn", "hug"):
        return False
    return any(leg.action == "sit" and abs(leg.x0 - doing.x) < 1.0 and leg.facing == doing.facing for leg in track.legs)


def _close(doing: _Doing) -> bool:
    """True while two hold one another and have their eyes shut."""
    return doing.action == "hug" and doing.walked == 0.0 and _CLOSE < doing.beat < 0.9 and not doing.talking


def _state(track: Track, doing: _Doing, t: float, wind: float) -> FigureState:
    cycle = 2.9 + 0.37 * (track.part * 1.7 % 1.9)
    return FigureState(
        action=doing.action,
        emotion=doing.emotion,
        beat=doing.beat,
        t=t + 0.73 * track.part,
        walked=doing.walked,
        facing=doing.facing,
        mouth=doing.mouth,
        talking=doing.talking,
        blink=((t + 1.3 * track.part + 0.4) % cycle) < 0.13 or _close(doing),
        wind=wind,
        stool=track.stool,
        seat=_stool_waits(track, doing),
        stoops=track.stoops,
    )
