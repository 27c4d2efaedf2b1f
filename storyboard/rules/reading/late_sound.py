"""W208: sounds that begin when what they belong to is over."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.film import Fixed, Scene
from storyboard.rules.rule import Case, Finding, Rule, Said, Wording
from storyboard.time import spell


def _looks(case: Case) -> Iterator[Finding]:
    scenes = case.film.scenes
    for scene in scenes:
        yield from _in_scene(case, scene)
    for scene, following in zip(scenes, (*scenes[1:], None), strict=True):
        yield from _in_transition(case, scene, following)


def _in_scene(case: Case, scene: Scene) -> Iterator[Finding]:
    """Sounds of a scene of fixed length that begin when it is over."""
    if not isinstance(scene.length, Fixed):
        return
    for number, sound in enumerate(scene.sounds):
        if sound.at >= scene.length.seconds:
            values = {"at": spell(sound.at), "end": spell(scene.length.seconds)}
            yield Finding(case.places.of_scene(scene.id, "sounds", number), values)


def _in_transition(case: Case, scene: Scene, following: Scene | None) -> Iterator[Finding]:
    """Sounds of a transition that begin when the scene it leads to, or the film, is over."""
    way = scene.transition
    if following is not None and not isinstance(following.length, Fixed):
        return
    last = following.length.seconds if following is not None and isinstance(following.length, Fixed) else way.length
    for number, sound in enumerate(way.sounds):
        if sound.at >= last:
            values = {"at": spell(sound.at), "end": spell(last), "scene": following.id if following else ""}
            place = case.places.of_scene(scene.id, "transition", "sounds", number)
            yield Finding(place, values, "scene" if following else "film")


RULE = Rule(
    code="W208",
    title=Wording(
        "A sound that starts after its scene, or the one that its transition leads to, has ended.",
        "Звук, который начинается, когда сцена уже кончилась.",
    ),
    reason=Wording("It will not be heard.", "Его не будет слышно."),
    says={
        "": Said(
            Wording(
                "the sound begins at {at}, but the scene ends at {end}",
                "звук начинается на {at}, а сцена кончается на {end}",
            ),
            Wording(
                "begin earlier, or put it into the next scene", "начните раньше или перенесите его в следующую сцену"
            ),
        ),
        "scene": Said(
            Wording(
                "the sound begins {at} into the transition, but scene '{scene}' ends {end} into it",
                "звук начинается через {at} после начала перехода, а сцена «{scene}» кончается через {end}",
            ),
            Wording("begin earlier", "начните раньше"),
        ),
        "film": Said(
            Wording(
                "the sound begins {at} into the transition, but the film ends {end} into it",
                "звук начинается через {at} после начала перехода, а фильм кончается через {end}",
            ),
            Wording("begin earlier", "начните раньше"),
        ),
    },
    bad="scenes:\n  - {id: door, length: 2s, prompt: A door falls shut., sounds: [{effect: bell, at: 3s}]}\n",
    good="scenes:\n  - {id: door, length: 2s, prompt: A door falls shut., sounds: [{effect: bell, at: 1s}]}\n",
    looks=_looks,
)
