"""W228: prompts that praise what they want and do not say what it is."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.rules.rule import Case, Finding, Rule, Said, Wording, short
from storyboard.rules.words import praises, said

_LEAST = 2
"""Words that say something, without which praise is all there is."""


def _looks(case: Case) -> Iterator[Finding]:
    for scene in case.film.scenes:
        written = case.places.text_of_scene(scene.id, "prompt") or scene.prompt
        if written and praises(written) and len(said(written)) < _LEAST:
            yield Finding(case.places.of_scene(scene.id, "prompt"), {"text": short(written)})


RULE = Rule(
    code="W228",
    title=Wording("A prompt that praises and shows nothing.", "Описание, которое хвалит, но ничего не показывает."),
    reason=Wording(
        "'Beautiful', 'epic', '8k' name a wish, not a picture; whoever makes it has to invent the rest, and invents "
        "the average of everything that was ever called so.",
        "«Красивый», «эпичный», «8k» называют желание, а не картинку; остальное придумает тот, кто её делает, - и "
        "получится среднее из всего, что так называли.",
    ),
    says={
        "": Said(
            Wording(
                "'{text}' says how it should please and not what is seen",
                "«{text}» говорит, как это должно нравиться, а не что видно",
            ),
            Wording(
                "write who does what where, and in which light: 'A girl in a red coat walks over wet sand at dawn.'",
                "напишите, кто, что и где делает и при каком свете: «Девочка в красном пальто идёт по мокрому песку "
                "на рассвете.»",
            ),
        )
    },
    bad="scenes:\n  - {id: one, prompt: 'Beautiful video, best quality, 8k.'}\n",
    good="scenes:\n  - {id: one, prompt: A girl in a red coat walks over wet sand at dawn.}\n",
    looks=_looks,
)
