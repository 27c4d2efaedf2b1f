"""W232: scenes that last longer than their model makes in one go."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil

from storyboard.rules.ground import Ground
from storyboard.rules.rule import Case, Finding, Rule, Said, Wording

MANY_GOES = 3
"""Goes from which on colours and faces have drifted visibly."""


def _looks(case: Case) -> Iterator[Finding]:
    for scene, ground in case.generated():
        seconds = case.seconds(scene)
        if not ground.longest or seconds <= float(ground.longest):
            continue
        goes = ceil(seconds / float(ground.longest))
        if ground.goes_on and goes < MANY_GOES:
            continue
        values = {
            "scene": scene.id,
            "model": ground.called,
            "seconds": f"{seconds:.1f}",
            "longest": f"{float(ground.longest):.1f}",
            "goes": goes,
        }
        place = case.places.of_scene(scene.id, "length")
        yield Finding(place, values, "goes" if ground.goes_on else "most")


RULE = Rule(
    code="W232",
    title=Wording("A scene longer than its model makes in one go.", "Сцена длиннее, чем модель делает за один раз."),
    reason=Wording(
        "A model makes some seconds in one go. Some can go on from their last picture, but colours and faces drift "
        "with every go; others refuse.",
        "Модель делает за раз несколько секунд. Некоторые продолжают от последнего кадра, но с каждым разом цвета и "
        "лица уплывают; другие отказываются.",
    ),
    says={
        "most": Said(
            Wording(
                "scene '{scene}' lasts about {seconds} s, and {model} makes at most {longest} s",
                "сцена «{scene}» длится около {seconds} с, а {model} делает не больше {longest} с",
            ),
            Wording(
                "split it into {goes} scenes of at most {longest}s, joined by cuts",
                "разбейте её на сцены (хватит {goes}) не длиннее {longest} с со склейками",
            ),
        ),
        "goes": Said(
            Wording(
                "scene '{scene}' lasts about {seconds} s: {model} makes it in {goes} goes and drifts with each",
                "сцена «{scene}» длится около {seconds} с: {model} делает её за {goes} раза, уплывая с каждым",
            ),
            Wording(
                "split it into scenes of at most {longest}s, each with a view of its own",
                "разбейте её на сцены не длиннее {longest} с, у каждой свой план",
            ),
        ),
    },
    bad="scenes:\n  - {id: river, length: 20s, prompt: A river flows through fog.}\n",
    good=(
        "scenes:\n  - {id: river, length: 5s, prompt: A river flows through fog.}\n"
        "  - {id: bank, length: 5s, prompt: Reeds sway on its bank.}\n"
    ),
    looks=_looks,
    ground=Ground("some", title="Some", longest=Fraction(5)),
)
