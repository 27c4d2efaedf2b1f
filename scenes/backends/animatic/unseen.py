"""What was understood of people, hour and weather and is not seen: acts and feelings without room, crowds, still air.

Reads what the tracks really play, so that it is right whatever the blocking decides. Pure; knows no pixels.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scenes.backend import Speech
from scenes.backends.animatic.blocking import Track, place_at, state_at
from scenes.backends.animatic.figures.wardrobe import ROLES
from scenes.unshown import asked, called
from storyboard.film import Part, Scene

_LOOKS = 96
"""At how many moments of a scene it is looked at what is played, at least."""
_LOW = frozenset({"sit", "kneel", "fall"})
_FELT_IN_THE_LIGHT = ("fog", "cloudy", "overcast")
"""Weathers that only change the light when they come with a moment; rain, snow and what wind blows come themselves."""


def unseen_acts(
    scene: Scene, tracks: Sequence[Track], speech: Sequence[Speech], seconds: float, frames: int, *, close: bool
) -> Iterator[str]:
    """Acts and feelings that somebody was asked for and does not show, each with the reason.

    `scene` is as played: its cast are those on the tracks, its extras the crowds. In a close-up (`close`) the lips of
    people move with their lines alone.
    """
    for part, track in zip(scene.cast, tracks, strict=True):
        thirds, feelings = _played(track, speech, seconds, frames)
        acts = set().union(*thirds)
        if any(line.who == track.who for line in speech):
            acts.add("talk")
        elif close and _has_lips(part):
            acts.discard("talk")
        for action in asked(part, scene, "action"):
            if action not in acts:
                yield f"action: {action} of {called(part)} ({_why(action, close)})"
        if any(_stays_low(beat.actions, track.who, seen) for beat, seen in zip(scene.beats, thirds, strict=True)):
            yield f"action: stand of {called(part)} ({_why('stand', close)})"
        for emotion in asked(part, scene, "emotion"):
            if emotion not in feelings:
                yield f"emotion: {emotion} of {called(part)} (no room beside what else is felt)"
    yield from _crowds(scene)


def _why(action: str, close: bool) -> str:
    """Why an act is not seen."""
    if action == "talk" and close:
        return "in a close-up lips move with lines only"
    return "nobody speaks" if action == "listen" else "no room beside what else is done"


def unseen_turns(scene: Scene, *, indoors: bool, airless: bool) -> Iterator[str]:
    """Weathers of the scene and of its moments that are not seen as they are."""
    turns = [beat.weather for beat in scene.beats if beat.weather and beat.weather != scene.weather]
    for weather in dict.fromkeys((scene.weather, *turns)):
        if weather in ("clear", ""):
            continue
        if airless:
            yield f"weather: {weather} (there is no air)"
        elif indoors:
            yield f"weather: {weather} (indoors it shows in the light only)"
        elif weather in _FELT_IN_THE_LIGHT and weather != scene.weather:
            yield f"weather: {weather} that comes with a moment (it shows in the light only)"


def _stays_low(told: Sequence[tuple[str, str]], who: str, seen: set[str]) -> bool:
    """Whether somebody is told to stand in a third in which he does nothing but sit, kneel or lie."""
    return (who, "stand") in told and seen <= _LOW


def _played(track: Track, speech: Sequence[Speech], seconds: float, frames: int) -> tuple[list[set[str]], set[str]]:
    """Every act that a track shows, third by third, and every feeling."""
    thirds: list[set[str]] = [set(), set(), set()]
    feelings: set[str] = set()
    for index in range(0, frames, max(1, frames // _LOOKS)):
        beat, t = index / max(1, frames - 1), index * seconds / frames
        _, leg, _ = place_at(track, beat, seconds)
        _, state = state_at(track, beat, seconds, index, t, speech, 0.0)
        acts = thirds[3 * index // frames]
        acts |= {state.action, *({"in": ("enter",), "out": ("exit",)}.get(leg.edge, ()))}
        feelings.add(state.emotion)
    return thirds, feelings


def _crowds(scene: Scene) -> Iterator[str]:
    """What crowds were asked to do and feel: they stand behind the others and look on."""
    for part in scene.extras:
        for kind in ("action", "emotion"):
            for word in asked(part, scene, kind):
                yield f"{kind}: {word} of {called(part)} (a crowd stands by)"


def _has_lips(part: Part) -> bool:
    """Whether his close-up is a bust whose lips follow the voice; animals open their mouths by themselves."""
    return ROLES.get(part.character.role, {}).get("kind", "person") in ("person", "robot")
