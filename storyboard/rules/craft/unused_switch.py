"""W220: doubts that are switched off and that nobody has; the proofreading, which hears all rules, finds them."""

from __future__ import annotations

from storyboard.rules.rule import Rule, Said, Wording

RULE = Rule(
    code="W220",
    title=Wording("A doubt that is switched off and not there.", "Отключено замечание, которого нет."),
    reason=Wording(
        "What it was switched off for has been mended since; left there, it would hide the next one.",
        "То, ради чего его отключили, уже исправлено; оставшись, оно скроет следующее.",
    ),
    says={
        "": Said(
            Wording("{code} is switched off, and there is none", "{code} отключено, но такого замечания нет"),
            Wording("take it out, or run `workprint check --fix`", "уберите его или запустите `workprint check --fix`"),
        ),
        "unknown": Said(
            Wording(
                "{code} is switched off, and no rule here has that code",
                "{code} отключено, но такого правила здесь нет",
            ),
            Wording(
                "install what brings the rule, or take it out", "установите то, что приносит правило, или уберите его"
            ),
        ),
    },
    bad="check: {off: [W233]}\nscenes:\n  - {id: dawn, prompt: Light rises over a field.}\n",
    good="scenes:\n  - {id: dawn, prompt: Light rises over a field.}\n",
    fixes=True,
)
