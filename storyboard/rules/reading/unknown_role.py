"""W202: roles that the vocabulary does not know; `storyboard.unknown` finds them on the nodes."""

from __future__ import annotations

from storyboard.rules.rule import Rule, Said, Wording

_MESSAGE = Wording(
    "'{text}' is not a role that is known here; it goes into prompts as it is written",
    "роль «{text}» здесь не известна; она попадёт в описания так, как написана",
)

RULE = Rule(
    code="W202",
    title=Wording(
        "A role that the vocabulary does not know; it is kept as text.",
        "Роль, которой нет в словаре; она остаётся текстом.",
    ),
    reason=Wording(
        "The painter dresses the roles of the vocabulary; anybody else gets plain clothes.",
        "Художник одевает роли из словаря; остальные получают простую одежду.",
    ),
    says={
        "near": Said(_MESSAGE, Wording("did you mean '{near}'?", "может быть, «{near}»?")),
        "far": Said(_MESSAGE, Wording("a role that can be drawn: {words}", "роль, которую можно нарисовать: {words}")),
    },
    bad="characters: {ann: {role: zzgl}}\nscenes:\n  - {id: pier, prompt: Waves break., cast: [ann]}\n",
    good="characters: {ann: {role: heroine}}\nscenes:\n  - {id: pier, prompt: Waves break., cast: [ann]}\n",
)
