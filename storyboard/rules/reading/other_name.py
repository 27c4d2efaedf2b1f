"""W212: names of services and models from elsewhere; the proofreading finds them in the table of services."""

from __future__ import annotations

from storyboard.rules.rule import Rule, Wording

RULE = Rule(
    code="W212",
    title=Wording(
        "The name of a service or model from elsewhere; what makes its scenes today is told.",
        "Имя сервиса или модели со стороны; сказано, что делает такие сцены сегодня.",
    ),
    reason=Wording(
        "Names go out of use faster than films: the scene is made by what the name means today, and you should know.",
        "Имена устаревают быстрее фильмов: сцену сделает то, что это имя значит сегодня, и об этом стоит знать.",
    ),
    bad="scenes:\n  - {id: pier, backend: veo3, prompt: Waves break on a pier.}\n",
    good="scenes:\n  - {id: pier, backend: google, prompt: Waves break on a pier.}\n",
    worldly=True,
)
