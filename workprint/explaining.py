"""What a code of the check means, for people: why, what it says, a bad and a good example, how to switch it off.

Knows the rules and the table of codes; reads a film only for its language.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from storyboard.codes import CODES
from storyboard.errors import MissingError, WorkprintError
from storyboard.rules.rule import HEAD, Rule, Tongue, Wording
from workprint.partner import language_of, rules

_WORDS = {
    "why": Wording("Why", "Почему"),
    "bad": Wording("Doubtful", "Сомнительно"),
    "good": Wording("Better", "Лучше"),
    "fix": Wording("`workprint check --fix` mends it.", "`workprint check --fix` это исправляет."),
    "off": Wording(
        "Switch it off in the file: `check: {{off: [{code}]}}`, or `# workprint: off {code}` on its line.",
        "Отключить в файле: `check: {{off: [{code}]}}` или `# workprint: off {code}` в той же строке.",
    ),
    "error": Wording("An error: it stops the work and cannot be switched off.", "Ошибка: отключить её нельзя."),
}


@dataclass(frozen=True, slots=True)
class Explained:
    """A code in words; `rule` is None where no rule stands behind it."""

    code: str
    language: Tongue
    rule: Rule | None

    @property
    def title(self) -> str:
        """What it means, in one sentence."""
        return self.rule.title.told(self.language) if self.rule else CODES[self.code]

    def lines(self) -> Iterator[str]:
        """The page, line by line."""
        yield f"{self.code}: {self.title}"
        if self.rule is not None:
            yield ""
            yield f"{self._word('why')}: {self.rule.reason.told(self.language)}"
            for name, example in (("bad", self.rule.bad), ("good", self.rule.good)):
                yield ""
                yield f"{self._word(name)}:"
                yield from (f"    {line}" for line in (HEAD + example).rstrip("\n").split("\n"))
            yield ""
            if self.rule.is_safe_to_mend:
                yield self._word("fix")
        yield self._word("off") if not self.code.startswith("E") else self._word("error")

    def as_json(self) -> dict[str, Any]:
        """The same as plain data."""
        rule = self.rule
        return {
            "code": self.code,
            "title": self.title,
            "reason": rule.reason.told(self.language) if rule else "",
            "bad": HEAD + rule.bad if rule else "",
            "good": HEAD + rule.good if rule else "",
            "fix": bool(rule and rule.is_safe_to_mend),
        }

    def _word(self, name: str) -> str:
        return _WORDS[name].told(self.language, {"code": self.code})


def explained(code: str, path: Path | None, language: str = "") -> Explained:
    """What a code means, in the language wished or the film's; raises MissingError with a suggestion for no code."""
    wanted, known = code.strip().upper(), rules()
    if wanted not in known and wanted not in CODES:
        near = difflib.get_close_matches(wanted, [*CODES, *known], n=1)
        hint = f"Did you mean {near[0]}?" if near else "Codes look like W221 or E130."
        raise MissingError(f"there is no code '{code[:40]}'", hint)
    return Explained(wanted, _language(path, language), known.get(wanted))


def _language(path: Path | None, wished: str) -> Tongue:
    """The language wished, else that of the film around here, else the environment's."""
    from projects.workspace import open_workspace
    from storyboard.load import read
    from workprint.proofreading import texts_of

    if not wished:
        try:
            workspace = open_workspace(path)
            name, text = next(iter(texts_of(workspace).items()))
            reading = read(text, name)
            return language_of(reading.film, reading.places)
        except WorkprintError:
            pass
    return language_of(None, None, wished)
