"""W224: scenes that the author's own pictures have to carry for too long."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.rules.rule import Case, Finding, Rule, Said, Wording

LONGEST = 12.0
"""Seconds that one picture carries."""


def _looks(case: Case) -> Iterator[Finding]:
    for scene in case.film.scenes:
        if not scene.keyframes or scene.clip:
            continue
        seconds = case.seconds(scene)
        each = seconds / len(scene.keyframes)
        if each > LONGEST:
            values = {
                "scene": scene.id,
                "seconds": f"{seconds:.0f}",
                "count": len(scene.keyframes),
                "wanted": int(seconds // LONGEST) + 1,
            }
            yield Finding(case.places.of_scene(scene.id, "keyframes"), values)


RULE = Rule(
    code="W224",
    title=Wording("Too few pictures for the length of a scene.", "Слишком мало картинок для такой длинной сцены."),
    reason=Wording(
        "However the camera moves, a viewer has seen a picture after ten seconds or so; and a model that is to go on "
        "from it drifts away the longer it has to.",
        "Как бы ни двигалась камера, через десять секунд зритель картинку рассмотрел; а модель, продолжающая её, чем "
        "дальше, тем больше уходит в сторону.",
    ),
    says={
        "": Said(
            Wording(
                "scene '{scene}' lasts about {seconds} seconds; pictures in `keyframes`: {count}",
                "сцена «{scene}» длится около {seconds} с; картинок в `keyframes`: {count}",
            ),
            Wording(
                "add pictures ({wanted} would do), or make the scene shorter",
                "добавьте картинки (хватит {wanted}) или укоротите сцену",
            ),
        )
    },
    bad="scenes:\n  - {id: album, length: 30s, keyframes: [pictures/one.png]}\n",
    good="scenes:\n  - {id: album, length: 30s, keyframes: [pictures/one.png, pictures/two.png, pictures/three.png]}\n",
    looks=_looks,
)
