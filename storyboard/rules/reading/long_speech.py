"""W203: speech longer than its scene of fixed length; `storyboard.schedule` finds it, with voices or with estimates."""

from __future__ import annotations

from storyboard.rules.rule import Rule, Said, Wording

_HINT = Wording("write `length: {need}` or `length: voice`", "напишите `length: {need}` или `length: voice`")

RULE = Rule(
    code="W203",
    title=Wording(
        "The lines of a scene of fixed length last longer than the scene.",
        "Реплики сцены заданной длины звучат дольше самой сцены.",
    ),
    reason=Wording(
        "What does not fit even when spoken faster and with shorter silences is cut off, or talks over what follows.",
        "Что не помещается даже при ускоренной речи и коротких паузах, обрывается или звучит поверх следующей сцены.",
    ),
    says={
        "about": Said(
            Wording(
                "the lines of scene '{scene}' last until about {end}, but the scene ends at {length}",
                "реплики сцены «{scene}» звучат примерно до {end}, а сцена кончается на {length}",
            ),
            _HINT,
        ),
        "": Said(
            Wording(
                "the lines of scene '{scene}' last until {end}, but the scene ends at {length}",
                "реплики сцены «{scene}» звучат до {end}, а сцена кончается на {length}",
            ),
            _HINT,
        ),
    },
    bad=(
        "scenes:\n  - id: river\n    place: lake\n    length: 1s\n    lines:\n"
        "      - We went up the river as far as the boat would carry us, and then we walked on.\n"
    ),
    good=(
        "scenes:\n  - id: river\n    place: lake\n    length: voice\n    lines:\n"
        "      - We went up the river as far as the boat would carry us, and then we walked on.\n"
    ),
)
