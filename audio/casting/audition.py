"""The audition: the voice that fits a character best among those that are free, and how far it must be moved.

A voice that others have already is moved in pitch and speed until nobody else sounds so. Pure; asks no engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from audio.casting.persona import Persona
from audio.engines import rank
from audio.voice import VoiceInfo

_STEPS = (0.0, -1.8, 1.8, -3.2, 3.2)
"""Semitones by which a voice is moved when more characters speak than voices are left."""
_SPEEDS = (1.0, 0.94, 1.06)

_QUALITY = (0.0, 1.5, 1.5, 10.0, 100.0)
"""What the rank of an engine weighs against how a voice fits: more than a year too old, less than a wrong gender."""
_SHARED = 3.5
"""What it weighs that somebody has the voice already: less than a wrong gender, for a moved voice is another voice."""
_AGES = ("child", "young", "adult", "old")
_CHILDS_PITCH = 3.5
_OLD_SPEED = 0.93


@dataclass(frozen=True, slots=True)
class Heard:
    """A voice as somebody has it: semitones and factor of speed include what the storyboard asks for."""

    info: VoiceInfo
    pitch: float
    speed: float

    def sounds_like(self, info: VoiceInfo) -> bool:
        """Whether that is the same voice, moved or not."""
        return (self.info.engine, self.info.own) == (info.engine, info.own)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The outcome: a voice, how it is moved for the character, and whether somebody else speaks with it too."""

    info: VoiceInfo
    pitch: float = 0.0
    speed: float = 1.0
    shared: bool = False


def audition(wanted: Persona, voices: Sequence[VoiceInfo], taken: Sequence[Heard], language: str) -> Chosen:
    """The best of `voices` (at least one, in the order of preference) for a persona, other than all that are `taken`.

    `language` is the film's tag: of two voices that fit alike the one of its region is better.
    """

    def cost(place: int) -> tuple[float, int]:
        info = voices[place]
        uses = sum(one.sounds_like(info) for one in taken)
        elsewhere = info.language not in ("*", language.casefold()) and "-" in info.language
        return misfit(info, wanted) + _QUALITY[rank(info.engine)] + _SHARED * uses + 0.25 * elsewhere, place

    info = voices[min(range(len(voices)), key=cost)]
    pitch, speed = suited(info, wanted)
    others = [one for one in taken if one.sounds_like(info)]
    move = 0
    while any(_alike(one, pitch + _moved(move), speed * _hurried(move)) for one in others):
        move += 1
    return Chosen(info, pitch + _moved(move), round(speed * _hurried(move), 4), bool(others))


def misfit(info: VoiceInfo, wanted: Persona) -> float:
    """How badly a voice fits: a wrong gender weighs more than a wrong age, an unknown one a little."""
    wrong_gender = bool(wanted.gender) and info.gender != wanted.gender
    gender = (4.0 if info.gender else 1.0) if wrong_gender else 0.0
    years = abs(_AGES.index(info.age) - _AGES.index(wanted.age)) if info.age in _AGES else 1
    stranger = years > 0 and "child" in (info.age, wanted.age)
    return gender + years + stranger


def suited(info: VoiceInfo, wanted: Persona) -> tuple[float, float]:
    """Semitones and speed that bring a voice of another age nearer to a persona, and what he is besides a person."""
    pitch, speed = wanted.pitch, 1.0
    if wanted.age == "child" and info.age != "child":
        pitch += _CHILDS_PITCH + (2.0 if info.gender == "male" else 0.0)
    if wanted.age == "old" and info.age != "old":
        speed = _OLD_SPEED
    return pitch, speed


def _alike(one: Heard, pitch: float, speed: float) -> bool:
    """Whether two voices of one speaker could be taken for the same."""
    return abs(one.pitch - pitch) < 1.0 and abs(one.speed - speed) < 0.04


def _moved(move: int) -> float:
    around = move // (len(_STEPS) * len(_SPEEDS))
    return _STEPS[move % len(_STEPS)] + 0.4 * around


def _hurried(move: int) -> float:
    return _SPEEDS[move // len(_STEPS) % len(_SPEEDS)]
