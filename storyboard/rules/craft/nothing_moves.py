"""W229: scenes for a model of moving pictures in which nothing is said to move."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.rules.ground import Ground
from storyboard.rules.rule import Case, Finding, Rule, Said, Wording
from storyboard.rules.words import STROBES, moves, said

_STILL = frozenset({"stand", "sit", "kneel", "listen", "look up", ""})
_RESTLESS = frozenset({"rain", "drizzle", "storm", "snow", "wind"})


def _looks(case: Case) -> Iterator[Finding]:
    for scene, ground in case.generated():
        if not scene.prompt or scene.clip or scene.camera != "static" or scene.weather in _RESTLESS:
            continue
        if any(part.action not in _STILL for part in (*scene.cast, *scene.extras)):
            continue
        prose = " ".join((scene.prompt, scene.moments.start, scene.moments.middle, scene.moments.end))
        # Praise alone, and light that flashes, are told by rules of their own.
        if said(prose) and not moves(prose) and not STROBES.search(prose):
            yield Finding(case.places.of_scene(scene.id, "prompt"), {"scene": scene.id, "model": ground.called})


RULE = Rule(
    code="W229",
    title=Wording(
        "A scene in which nothing moves, made by a model of moving pictures.",
        "Сцена, в которой ничто не движется, для модели движущихся картинок.",
    ),
    reason=Wording(
        "A model that is not told what moves makes a photograph, or sets anything in motion: the walls, a face.",
        "Если модели не сказать, что движется, она сделает фотографию или сдвинет что попало: стены, лицо.",
    ),
    says={
        "": Said(
            Wording(
                "nothing moves in scene '{scene}': neither the camera nor anybody, and the prompt names no movement",
                "в сцене «{scene}» ничто не движется: ни камера, ни люди, и в описании нет движения",
            ),
            Wording(
                "say what moves ('grass bends in the wind'), or write a `camera` such as `dolly in`",
                "скажите, что движется («трава гнётся на ветру»), или впишите `camera`, например «наезд»",
            ),
        )
    },
    bad="scenes:\n  - {id: house, prompt: An old house of grey stone on a green hill.}\n",
    good="scenes:\n  - {id: house, prompt: 'An old house of grey stone; grass bends around it, smoke rises.'}\n",
    looks=_looks,
    ground=Ground("some"),
)
