"""Tidying whatever may stand in a file: any tree, written in any way, with comments anywhere."""

from __future__ import annotations

from random import Random
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storyboard.source import Parsed, parse
from storyboard.tidying import same, tidied

LETTERS = list("ab ЖёZ019:#-'\"\\{}[],&*!|>%@`?.~\n")
KEYS = ["id", "prompt", "say", "by", "who", "a b", "text", "10", "lines", "cast"]
STYLES = [None, None, None, "'", '"', "|", ">"]


class _Dumper(yaml.SafeDumper):
    """Writes texts in a style of chance; `chance` is set for each document."""

    chance: Random


def _text(dumper: _Dumper, value: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=dumper.chance.choice(STYLES))


_Dumper.add_representer(str, _text)


def words(chance: Random) -> str:
    """A text, short or long, of the letters that YAML minds."""
    return "".join(chance.choice(LETTERS) for _ in range(chance.choice([1, 3, 8, 30, 200]))).strip() or "x"


def value(chance: Random, depth: int) -> Any:
    """A tree, at most three deep from here."""
    kind = chance.random()
    if depth < 3 and kind < 0.25:
        return {chance.choice(KEYS): value(chance, depth + 1) for _ in range(chance.randint(1, 4))}
    if depth < 3 and kind < 0.45:
        return [value(chance, depth + 1) for _ in range(chance.randint(1, 4))]
    return chance.choice([1, 2.5, True, "no", "9:16", "null"]) if kind < 0.55 else words(chance)


def is_same(one: Parsed, other: Parsed) -> bool:
    """Whether both read, and as the same."""
    return one.node is not None and other.node is not None and not other.diagnostics and same(one.node, other.node)


def written(chance: Random) -> tuple[str, list[str]]:
    """A storyboard of chance, and the comments in it."""
    document = {"scenes": [value(chance, 1) for _ in range(chance.randint(1, 3))], "title": "A", "workprint": 1}
    document |= {"characters": {"z": value(chance, 2), "b": value(chance, 2)}} if chance.random() < 0.5 else {}
    _Dumper.chance = chance
    way: dict[str, Any] = {
        "default_flow_style": chance.choice([None, False, True]),
        "width": chance.choice([20, 80, 1000]),
    }
    text = yaml.dump(document, Dumper=_Dumper, allow_unicode=True, sort_keys=False, **way)
    base = parse(text, "s.yaml")
    comments: list[str] = []
    for number in range(chance.randint(0, 6)):
        lines = text.split("\n")
        at = chance.randrange(len(lines))
        comment = f"# c{number}{chance.choice(['', 'x: [', '- y', chr(39)])}"
        if chance.random() < 0.5:
            lines[at:at] = [" " * chance.choice([0, 2, 4, 6]) + comment]
        else:
            lines[at] += f" {comment}"
        if is_same(base, parse("\n".join(lines), "s.yaml")):
            text = "\n".join(lines)
            comments.append(comment)
    return text, comments


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32))
def test_any_tree_says_the_same_with_all_its_comments(seed: int) -> None:
    """Nothing is lost or changed whatever the form, and a second run changes nothing."""
    text, comments = written(Random(seed))
    made = tidied(text, "s.yaml")
    assert is_same(parse(text, "s.yaml"), parse(made, "s.yaml"))
    assert tidied(made, "s.yaml") == made
    assert [comment for comment in comments if made.count(comment) != text.count(comment)] == []
