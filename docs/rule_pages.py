"""The generated page of the check's rules: why, what they say in both languages, a bad and a good example of each."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.rules.register import house_rules
from storyboard.rules.rule import HEAD as EXAMPLE_HEAD
from storyboard.rules.rule import Rule

_OPENING = """\
What `workprint check` doubts of a storyboard that can be made. Nothing here stops the work; each doubt can be
[switched off](../how-to/writing.md#a-doubt-that-is-meant) where it is meant, and `workprint check --explain W228` tells
the same in a terminal, in English or in Russian.

Rules marked *fix* are mended by `workprint check --fix` where that is safe.
"""


def rules_page(head: str) -> str:
    """All rules of the house, by code."""
    parts = [head, "# Rules of the check\n", _OPENING, "| code | what is doubtful | |", "|---|---|---|"]
    parts += [
        f"| [{rule.code}](#{rule.code.lower()}) | {rule.title.en} | {'*fix*' if rule.is_safe_to_mend else ''} |"
        for rule in house_rules()
    ]
    parts.append("")
    for rule in house_rules():
        parts += _section(rule)
    return "\n".join(parts)


def _section(rule: Rule) -> Iterator[str]:
    yield f"## {rule.code}\n"
    yield f"**{rule.title.en}** {rule.reason.en}\n"
    yield f"**{rule.title.ru}** {rule.reason.ru}\n"
    for title, fence, example in (("Doubtful", "yaml mistakes=1", rule.bad), ("Better", "yaml", rule.good)):
        yield f"{title}:\n"
        yield f"```{fence}\n{EXAMPLE_HEAD}{example}```\n"
    grounds = [ground for ground in (rule.ground, rule.mended_ground) if ground is not None]
    if grounds:
        yield "The example stands on a model of which such things are known; without that the rule is silent.\n"
