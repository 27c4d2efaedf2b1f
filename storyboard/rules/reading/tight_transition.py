"""W210: transitions that may not fit into a scene of estimated length; `storyboard.schedule` finds them."""

from __future__ import annotations

from storyboard.rules.rule import Rule, Said, Wording

_HINT = Wording("make the scene longer or the transition shorter", "удлините сцену или укоротите переход")

RULE = Rule(
    code="W210",
    title=Wording(
        "Transitions that may not fit into a scene whose length is only estimated.",
        "Переходы, которые могут не поместиться в сцену, длина которой пока оценена.",
    ),
    reason=Wording(
        "A transition shows both scenes at once and takes its time from both; each has to keep some frames of its own.",
        "Переход показывает обе сцены сразу и берёт время у обеих; у каждой должны остаться свои кадры.",
    ),
    says={
        f"{where} {fits}": Said(
            Wording(
                f"the {{kind}} of {{length}} {where} scene '{{scene}}' does not fit into its {{room}}; {fits_en}",
                f"переход ({{kind}}, {{length}}) {where_ru} сцены «{{scene}}» не помещается в её {{room}}; {fits_ru}",
            ),
            _HINT,
        )
        for where, where_ru in (("after", "после"), ("before", "перед началом"))
        for fits, fits_en, fits_ru in (
            ("cut", "only a cut fits", "поместится только склейка"),
            ("some", "the longest that fits is {longest}", "самое большее - {longest}"),
        )
    },
    bad=(
        "scenes:\n  - {id: logo, clip: footage/logo.mov, transition: crossfade 9s}\n"
        "  - {id: pier, length: 20s, prompt: Waves break on a pier.}\n"
    ),
    good=(
        "scenes:\n  - {id: logo, clip: footage/logo.mov, transition: crossfade 1s}\n"
        "  - {id: pier, length: 20s, prompt: Waves break on a pier.}\n"
    ),
)
