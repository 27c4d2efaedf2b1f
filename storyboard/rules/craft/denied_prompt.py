"""W237: prompts for models that name what is not to be seen."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.rules.ground import Ground
from storyboard.rules.rule import Case, Finding, Rule, Said, Wording
from storyboard.rules.words import NEGATIONS

_FIRM = frozenset({"no", "without", "нет", "без"})


def _looks(case: Case) -> Iterator[Finding]:
    for scene, ground in case.generated():
        written = case.places.text_of_scene(scene.id, "prompt")
        hits = [hit for hit in NEGATIONS.finditer(written) if hit["word"].lower() in _FIRM]
        if hits:
            values = {"text": hits[0][0], "what": hits[0]["what"], "model": ground.called}
            yield Finding(case.places.of_scene(scene.id, "prompt"), values)


RULE = Rule(
    code="W237",
    title=Wording(
        "Something denied in a prompt, which a model will show.", "Отрицание в описании: модель именно это и покажет."
    ),
    reason=Wording(
        "Models of pictures hardly read 'no': a prompt with 'no people' has the word people in it, and people come.",
        "Модели картинок почти не понимают «без»: в описании «без людей» есть слово «люди», и люди появятся.",
    ),
    says={
        "": Said(
            Wording("'{text}' puts '{what}' before the eyes of {model}", "«{text}» напоминает {model} о «{what}»"),
            Wording(
                "write `negative: {what}`, and in the prompt only what is seen",
                "напишите `negative: {what}`, а в описании - только то, что видно",
            ),
        )
    },
    bad="scenes:\n  - {id: square, prompt: 'Pigeons fly over a square, no people.'}\n",
    good="scenes:\n  - {id: square, prompt: Pigeons fly over a square., negative: people}\n",
    looks=_looks,
    ground=Ground("some"),
)
