"""All rules of the house: their examples, their words in both languages, their codes."""

from __future__ import annotations

import re
import string
from collections import Counter

import pytest

from storyboard.codes import CODES
from storyboard.errors import Diagnostic, Severity
from storyboard.rules.register import craft_rules, house_rules, reading_rules
from storyboard.rules.retelling import retold
from storyboard.rules.rule import Finding, Rule, tongue

RULES = house_rules()
SEEN_HERE = [rule for rule in RULES if rule.code not in ("W212", "W220")]
"""What proofreading alone finds is tried there."""
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)


def _name(rule: Rule) -> str:
    return rule.code


def _slots(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("rule", SEEN_HERE, ids=_name)
def test_the_bad_example_is_told_of_by_its_rule_alone(rule: Rule, told: object) -> None:
    """A bad example gives exactly its rule's code, in either language."""
    assert callable(told)
    for language in ("en", "ru"):
        assert [one.code for one in told(rule.bad, rule.ground, language)] == [rule.code]


@pytest.mark.parametrize("rule", RULES, ids=_name)
def test_the_good_example_is_told_of_by_no_rule(rule: Rule, told: object) -> None:
    """A good example raises no doubt at all."""
    assert callable(told)
    assert told(rule.good, rule.mended_ground or rule.ground) == []


@pytest.mark.parametrize("rule", RULES, ids=_name)
def test_every_word_is_there_in_both_languages(rule: Rule) -> None:
    """Titles, reasons and sayings are written in English and in Russian, with the same values in them."""
    wordings = [rule.title, rule.reason]
    wordings += [wording for said in rule.says.values() for wording in (said.message, said.hint)]
    for wording in wordings:
        assert wording.en
        assert not _CYRILLIC.search(wording.en)
        assert _CYRILLIC.search(wording.ru)
        assert _slots(wording.en) == _slots(wording.ru)
    assert rule.title.en == CODES[rule.code]
    assert rule.title.ru.endswith(".")


def test_codes_have_one_meaning() -> None:
    """No two rules share a code, and the rules are found in order."""
    assert [rule.code for rule in RULES] == sorted({rule.code for rule in RULES})
    assert set(Counter(rule.code for rule in (*reading_rules(), *craft_rules())).values()) == {1}


@pytest.mark.parametrize("rule", SEEN_HERE, ids=_name)
def test_russian_is_spoken_to_russian_films(rule: Rule, told: object) -> None:
    """A doubt told in Russian is in Russian, whatever part of the house has found it; its place stays the same."""
    assert callable(told)
    (english,), (russian,) = told(rule.bad, rule.ground, "en"), told(rule.bad, rule.ground, "ru")
    assert _CYRILLIC.search(russian.message)
    assert not _CYRILLIC.search(english.message)
    assert (english.line, english.column, english.severity) == (russian.line, russian.column, Severity.WARNING)


def test_what_a_storyboard_says_is_no_template() -> None:
    """Braces of a storyboard stay what they are."""
    rule = next(rule for rule in RULES if rule.code == "W228")
    place = Diagnostic("s.yaml", 1, 1, "W228", "")
    finding = Finding(place, {"text": "{text} {0} {scene.id}"})  # type: ignore[arg-type]
    assert "'{text} {0} {scene.id}' says" in rule.tell(finding, "en").message


def test_words_that_nobody_knows_stay_english() -> None:
    """What no template fits is told as it came."""
    strange = Diagnostic("s.yaml", 1, 1, "W203", "something else", "and that", Severity.WARNING)
    assert retold([strange], {rule.code: rule for rule in RULES}, "ru") == [strange]


@pytest.mark.parametrize(
    ("language", "spoken"),
    [("ru", "ru"), ("ru-RU", "ru"), ("ru_RU", "ru"), ("RU", "ru"), ("rue", "en"), ("de", "en"), ("", "en")],
)
def test_the_language_follows_the_films(language: str, spoken: str) -> None:
    """Russian films are told in Russian, all others in English."""
    assert tongue(language) == spoken
