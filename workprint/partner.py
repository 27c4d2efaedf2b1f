"""The writing partner: all rules of the house and of whoever brings more, asked about one film.

A rule of somebody else is a `Rule` under the entry point `workprint.rules`, with a code of its own such as `ACME-7`.
Knows no disk but what the grounds are found by.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from projects import plugins
from storyboard.errors import Diagnostic, MissingError
from storyboard.node import Place, Places
from storyboard.rules.hushing import Switch
from storyboard.rules.register import asked, craft_rules, house_rules
from storyboard.rules.rule import Case, Edit, Finding, Rule, Tongue, tongue

if TYPE_CHECKING:
    from projects.workspace import Workspace
    from storyboard.film import Film

_GUEST = re.compile(r"[A-Z][A-Z0-9]{1,15}-[0-9]{1,4}")
_UNUSED = "W220"


class BrokenRuleError(MissingError):
    """A rule that another distribution brings does not work."""


def guest_rules() -> tuple[Rule, ...]:
    """The rules that other distributions bring, by code; raises BrokenRuleError for what is none."""
    found: dict[str, Rule] = {}
    for name, entry in plugins.find("workprint.rules").items():
        owner = plugins.distribution_of(entry)
        rule = plugins.load("workprint.rules", name)
        if not isinstance(rule, Rule) or not _GUEST.fullmatch(rule.code) or rule.code in found:
            raise BrokenRuleError(
                f"'{name}' of the distribution {owner} is not a rule with a code of its own",
                "Its makers should give a workprint.Rule a code such as ACME-7; until then, uninstall it.",
            )
        found[rule.code] = rule
    return tuple(found[code] for code in sorted(found))


def rules() -> Mapping[str, Rule]:
    """All rules by code."""
    return {rule.code: rule for rule in (*house_rules(), *guest_rules())}


def heard(film: Film, places: Places, workspace: Workspace, language: Tongue) -> dict[Diagnostic, tuple[Edit, ...]]:
    """What the craft's rules and those of others find, each with the edits that surely mend it."""
    from workprint.grounds import grounds

    case = Case(film, places, grounds(film, workspace))
    found = asked(craft_rules(), case, language)
    for rule in guest_rules():
        try:
            found |= asked((rule,), case, language)
        except Exception as problem:
            if rule.code in film.check.off:
                continue
            raise BrokenRuleError(
                f"the rule {rule.code} cannot be asked: {type(problem).__name__}: {problem}",
                f"Tell its makers; meanwhile write `check: {{off: [{rule.code}]}}` or uninstall it.",
            ) from problem
    return found


def unused(
    off: Sequence[Switch], silent: Sequence[Diagnostic], language: Tongue, lines: Mapping[tuple[str, int], str]
) -> dict[Diagnostic, tuple[Edit, ...]]:
    """Doubts that are switched off and that nobody has, each with the edit that takes the switch out.

    `lines` holds the source line of each switch, by file and number.
    """
    known = rules()
    rule = known[_UNUSED]
    found: dict[Diagnostic, tuple[Edit, ...]] = {}
    for switch in off:
        if any(switch.covers(one) for one in silent) or switch.code == _UNUSED:
            continue
        there = known.get(switch.code)
        if there is not None and (there.worldly or _GUEST.fullmatch(there.code)):
            # On another machine, or of another version, there may be one.
            continue
        said = "unknown" if there is None and _GUEST.fullmatch(switch.code) else ""
        edit = _without(switch, lines.get((switch.place.path, switch.place.line), ""))
        finding = Finding(switch.place, {"code": switch.code}, said, edit)
        found[rule.tell(finding, language)] = edit
    return found


def _without(switch: Switch, line: str) -> tuple[Edit, ...]:
    """The edit that takes a switch out of its line: out of a list in brackets, or out of a comment."""
    rest = line[switch.place.column - 1 :]
    code = rest[: len(switch.code)]
    if code.upper() != switch.code:
        return ()
    if switch.key < 0:
        others = re.sub(r"(?i)^.*?#\s*workprint:\s*off\b", "", line).replace(code, "", 1).strip(" ,;")
        if not others:
            begin = re.search(r"(?i)\s*#\s*workprint:\s*off\b[^#]*$", line)
            return (Edit(_at(switch, begin.start() + 1), begin[0], ""),) if begin else ()
        return (Edit(switch.place, (re.match(rf"{re.escape(code)}[\s,;]*", rest) or [code])[0], ""),)
    item = re.match(rf"\s*(- *{re.escape(code)})\s*(#.*)?$", line)
    if item:
        # An item on a line of its own; what is remarked beside it stays.
        return (Edit(_at(switch, item.start(1) + 1), item[1], ""),)
    after = re.match(rf"{re.escape(code)}\s*,\s*", rest)
    if after:
        return (Edit(switch.place, after[0], ""),)
    before = re.search(rf",\s*{re.escape(code)}$", line[: switch.place.column - 1 + len(code)])
    if before:
        return (Edit(_at(switch, before.start() + 1), before[0], ""),)
    return (Edit(switch.place, code, ""),)


def _at(switch: Switch, column: int) -> Place:
    return Place(switch.place.path, switch.place.line, column)


def language_of(film: Film | None, places: Places | None, wished: str = "") -> Tongue:
    """The language of what is told: as wished, as the film's `check` says, the film's own, else the environment's."""
    if wished:
        return tongue(wished)
    if film is not None and film.check.language:
        return tongue(film.check.language)
    if film is not None and places is not None and places.of("language") != places.of():
        return tongue(film.language)
    named = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    return tongue(named.split(".")[0])
