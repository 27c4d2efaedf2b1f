"""W209: people in a scene that shows the author's own clip or pictures."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.rules.rule import Case, Finding, Rule, Said, Wording

_HINT = Wording(
    "delete `cast`, or name a `backend` that draws it", "удалите `cast` или назовите `backend`, который его нарисует"
)


def _looks(case: Case) -> Iterator[Finding]:
    for scene in case.film.scenes:
        if scene.cast and scene.backend == "auto" and (scene.clip or scene.keyframes):
            said = "footage" if scene.clip else "pictures"
            yield Finding(case.places.of_scene(scene.id, "cast"), {"scene": scene.id}, said)


RULE = Rule(
    code="W209",
    title=Wording(
        "Something written that will not be seen, because the author's clip or pictures take its place.",
        "Написанное, чего не будет видно: его место занимают съёмка или картинки автора.",
    ),
    reason=Wording(
        "Footage and pictures are shown as they are: nobody is drawn into them.",
        "Съёмка и картинки показываются как есть: в них никого не дорисовывают.",
    ),
    says={
        "footage": Said(
            Wording(
                "scene '{scene}' shows the author's footage; its cast will be heard but not drawn",
                "сцена «{scene}» показывает съёмку автора; её персонажей будет слышно, но не видно",
            ),
            _HINT,
        ),
        "pictures": Said(
            Wording(
                "scene '{scene}' shows the author's pictures; its cast will be heard but not drawn",
                "сцена «{scene}» показывает картинки автора; её персонажей будет слышно, но не видно",
            ),
            _HINT,
        ),
    },
    bad="characters:\n  ann: {role: heroine}\nscenes:\n  - {id: logo, clip: footage/logo.mov, cast: [ann]}\n",
    good="characters:\n  ann: {role: heroine}\nscenes:\n  - {id: logo, prompt: A bright sign., cast: [ann]}\n",
    looks=_looks,
)
