"""W221: prompts longer than the model of their scene reads."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.prompts import BUDGET, compose, tokens
from storyboard.rules.ground import Ground
from storyboard.rules.rule import Case, Finding, Rule, Said, Wording


def _looks(case: Case) -> Iterator[Finding]:
    for scene, ground in case.generated():
        if not scene.prompt:
            continue
        # What the maker is sent: a model without a figure of its own gets the house's budget.
        budget = ground.prompt_tokens or BUDGET
        made = compose(scene, case.film, budget)
        values: dict[str, object] = {"scene": scene.id, "model": ground.called}
        # Services count in UTF-16 units.
        characters = len(made.text.encode("utf-16-le")) // 2
        if made.dropped:
            whole = tokens(compose(scene, case.film, 10**6).text)
            values |= {"count": whole, "most": budget, "lost": ", ".join(made.dropped)}
            yield Finding(case.places.of_scene(scene.id, "prompt"), values, "tokens")
        elif 0 < ground.prompt_characters < characters:
            values |= {"count": characters, "most": ground.prompt_characters}
            yield Finding(case.places.of_scene(scene.id, "prompt"), values, "characters")


_HINT = Wording(
    "say less: one place, one doing, one light; what never changes belongs into `looks`",
    "скажите меньше: одно место, одно действие, один свет; неизменное пишется в `looks`",
)
_LONG = (
    "An old lighthouse keeper with a lantern climbs the winding iron stairs of the tower while the storm beats at the "
    "small round windows, sea spray runs down the glass, the flame trembles, his shadow grows on the wall, a gull "
    "cries somewhere outside, and far below the waves break on black rocks one after the other until morning comes "
    "and the wind falls and the light above the roof goes out at last."
)

RULE = Rule(
    code="W221",
    title=Wording("A prompt longer than its model reads.", "Описание длиннее, чем прочтёт модель."),
    reason=Wording(
        "A text encoder reads so many tokens and no more. What stands behind them is left out without a trace in the "
        "picture, and it is usually the light, the camera and the style.",
        "Кодировщик текста читает ограниченное число токенов. Что стоит за ними, в картинку не попадёт; обычно это "
        "свет, камера и стиль.",
    ),
    says={
        "tokens": Said(
            Wording(
                "the prompt of scene '{scene}' makes about {count} tokens, and {model} reads {most}; lost: {lost}",
                "описание сцены «{scene}» занимает около {count} токенов, а {model} читает {most}; пропадёт: {lost}",
            ),
            _HINT,
        ),
        "characters": Said(
            Wording(
                "the prompt of scene '{scene}' has {count} characters, and {model} takes {most}",
                "в описании сцены «{scene}» знаков: {count}, а {model} принимает {most}",
            ),
            _HINT,
        ),
    },
    bad=f"scenes:\n  - id: tower\n    backend: svd-like\n    place: castle\n    prompt: {_LONG}\n",
    good="scenes:\n  - id: tower\n    backend: svd-like\n    place: castle\n    prompt: A man climbs iron stairs.\n",
    looks=_looks,
    ground=Ground("svd-like", title="Tiny", prompt_tokens=77),
)
