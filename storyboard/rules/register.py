"""Finds the rules: every file beside this one, and whatever else is handed in; and asks them.

Knows no particular rule.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from types import ModuleType

from storyboard.errors import Diagnostic
from storyboard.rules.rule import Case, Edit, Rule, Tongue


@cache
def reading_rules() -> tuple[Rule, ...]:
    """The rules of every reading, by code."""
    from storyboard.rules import reading

    return _in(reading)


@cache
def craft_rules() -> tuple[Rule, ...]:
    """The rules of the writing partner, by code."""
    from storyboard.rules import craft

    return _in(craft)


def house_rules() -> tuple[Rule, ...]:
    """All rules of the house, by code."""
    return tuple(sorted((*reading_rules(), *craft_rules()), key=lambda rule: rule.code))


def asked(rules: Iterable[Rule], case: Case, language: Tongue) -> dict[Diagnostic, tuple[Edit, ...]]:
    """What rules find in a case, in words, each with the edits that surely mend it."""
    found: dict[Diagnostic, tuple[Edit, ...]] = {}
    for rule in rules:
        for finding in rule.looks(case) if rule.looks else ():
            found.setdefault(rule.tell(finding, language), finding.edits)
    return found


def _in(package: ModuleType) -> tuple[Rule, ...]:
    names = sorted(one.name for one in pkgutil.iter_modules(package.__path__))
    found = [import_module(f"{package.__name__}.{name}").RULE for name in names]
    return tuple(sorted(found, key=lambda rule: rule.code))
