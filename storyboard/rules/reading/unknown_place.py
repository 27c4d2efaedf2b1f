"""W201: places that the vocabulary does not know; `storyboard.unknown` finds them on the nodes."""

from __future__ import annotations

from storyboard.rules.rule import Rule, Said, Wording

_MESSAGE = Wording(
    "'{text}' is not a place that is known here; it goes into prompts as it is written",
    "место «{text}» здесь не известно; оно попадёт в описания так, как написано",
)

RULE = Rule(
    code="W201",
    title=Wording(
        "A place that the vocabulary does not know; it is kept as text.",
        "Место, которого нет в словаре; оно остаётся текстом.",
    ),
    reason=Wording(
        "The painter has backdrops for the places of the vocabulary; models read any text.",
        "Художник умеет рисовать места из словаря; модели читают любой текст.",
    ),
    says={
        "near": Said(_MESSAGE, Wording("did you mean '{near}'?", "может быть, «{near}»?")),
        "far": Said(
            _MESSAGE, Wording("a place that can be drawn: {words}", "место, которое можно нарисовать: {words}")
        ),
    },
    bad="scenes:\n  - {id: deep, place: the mariana trench, prompt: A lamp sinks.}\n",
    good="scenes:\n  - {id: deep, place: open sea, prompt: A lamp sinks.}\n",
)
