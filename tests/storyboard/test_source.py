"""YAML text to nodes: core scalars, places, and everything that is refused."""

from __future__ import annotations

import time

import pytest

from storyboard.node import descend, plain
from storyboard.source import DEEPEST, LARGEST, MOST_VALUES, parse


def value_of(text: str | bytes) -> object:
    node = parse(text, "a.yaml").node
    return None if node is None else plain(node)


def codes_of(text: str | bytes) -> list[str]:
    return [found.code for found in parse(text, "a.yaml").diagnostics]


@pytest.mark.parametrize("word", ["9:16", "1:30", "no", "yes", "on", "off", "0:01", "1_000", "2024-01-01", "=", "0b11"])
def test_words_that_yaml_1_1_would_turn_stay_text(word: str) -> None:
    """Plain scalars are read by the YAML 1.2 core rules."""
    assert value_of(f"a: {word}") == {"a": word}


@pytest.mark.parametrize(
    ("word", "value"),
    [("12", 12), ("-3", -3), ("0x1F", 31), ("0o17", 15), ("1.5", 1.5), ("1e3", 1000.0), ("true", True), ("'12'", "12")],
)
def test_core_scalars_are_numbers_and_truth_values(word: str, value: object) -> None:
    """Numbers and truth values of the core rules are read as such, quoted ones as text."""
    read = value_of(f"a: {word}")
    assert read == {"a": value}


def test_places_count_characters_from_one() -> None:
    """Columns count characters, also after Cyrillic and emoji."""
    node = parse("название: {имя: 🎬, б: x}\n", "a.yaml").node
    assert node is not None
    found = descend(node, ("название", "б"))
    assert (found.line, found.column) == (1, 23)


def test_a_missing_key_points_at_its_parent() -> None:
    """The deepest node on the way stands in for what is not there."""
    node = parse("a:\n  - b: 1\n", "a.yaml").node
    assert node is not None
    assert descend(node, ("a", 0, "missing")).line == 2


def test_duplicate_keys_are_reported_with_the_first_line() -> None:
    """A key that is written twice is an error that names the first."""
    found = parse("a: 1\nb: 2\na: 3\n", "a.yaml").diagnostics
    assert [(one.code, one.line) for one in found] == [("E105", 3)]
    assert "line 1" in found[0].message


def test_merge_keys_bring_in_keys_that_are_not_written() -> None:
    """`<<` adds the keys of a mapping; those written beside it win."""
    assert value_of("a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}\n") == {"a": {"x": 1, "y": 2}, "b": {"x": 1, "y": 3}}


def test_anchors_share_values() -> None:
    """An alias stands for the value of its anchor."""
    assert value_of("a: &a [1, 2]\nb: *a\n") == {"a": [1, 2], "b": [1, 2]}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "E109"),
        ("# only a comment\n", "E109"),
        ("a: 1\n---\nb: 2\n", "E108"),
        ("a: !!python/object/apply:os.system ['x']\n", "E106"),
        ("a: !!str x\n", "E106"),
        ("a: !mine x\n", "E106"),
        ("a: *nobody\n", "E107"),
        ("a: &a [*a]\n", "E107"),
        ("a: {<<: 5}\n", "E107"),
        ("a:\n", "E112"),
        ("a: ~\n", "E112"),
        ("- \n", "E112"),
        ("? [a]\n: b\n", "E111"),
        ("a:\n\tb: 1\n", "E104"),
        ("a: [1, 2\n", "E104"),
        ("a: 'x\n", "E104"),
        ("a: b: c\n", "E104"),
        ("a: @x\n", "E104"),
        ("%YAML 9.9\n---\na: 1\n", "E104"),
        ("a: \x07\n", "E103"),
        ("a: \u202eevil\n", "E103"),
        ('a: "\\u2066x"\n', "E103"),
        ('a: "\\0"\n', "E103"),
        ("a: \x85\ufeff\n", "E103"),
    ],
)
def test_what_is_not_plain_yaml_is_refused_with_its_place(text: str, code: str) -> None:
    """Each kind of unusable YAML has its code, and a line."""
    found = parse(text, "a.yaml").diagnostics
    assert code in [one.code for one in found]
    assert all(one.line > 0 for one in found)


def test_bytes_that_are_not_utf8_are_placed() -> None:
    """The first wrong byte is reported where a person finds it."""
    found = parse("título: x\n".encode() + b"b: \xff\n", "a.yaml").diagnostics
    assert [(one.code, one.line, one.column) for one in found] == [("E101", 2, 4)]
    assert codes_of("a: 1".encode("utf-16")) == ["E101"]


def test_a_byte_order_mark_is_no_mistake() -> None:
    """UTF-8 with a byte order mark, as some editors write it, is read."""
    assert value_of(b"\xef\xbb\xbfa: 1\n") == {"a": 1}


def test_nesting_is_bounded() -> None:
    """A hundred thousand brackets are refused at the bound, quickly."""
    before = time.perf_counter()
    assert codes_of("[" * 100_000) == ["E110"]
    assert codes_of("a: " + "[" * (DEEPEST + 1) + "]" * (DEEPEST + 1)) == ["E110"]
    assert time.perf_counter() - before < 2


def test_alias_bombs_are_bounded() -> None:
    """Aliases that expand a thousandfold at each step are refused before they are expanded."""
    steps = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    assert codes_of("\n".join(["a0: &a0 [x]", *steps])) == ["E107"]


def test_large_files_are_refused() -> None:
    """A file beyond the limit is refused without being parsed."""
    assert codes_of(b"x" * (5 * LARGEST)) == ["E102"]


def test_many_values_are_refused() -> None:
    """The number of values in a file is bounded."""
    assert codes_of("[" + "1," * (MOST_VALUES + 1) + "]") == ["E113"]
