"""Doubts about films that can be made."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from storyboard.load import Reading, read

Reader = Callable[[str], Reading]

PEOPLE = "characters: {a: {}, b: {}, c: {}, d: {}, e: {}, f: {}}\n"
ALL = "[a, b, c, d, e, f]"


@pytest.mark.parametrize(
    ("body", "code", "line"),
    [
        ("scenes: [{id: s, place: qqq}]", "W201", 3),
        ("characters: {a: {role: zzz}}\nscenes: [{id: s, cast: [a]}]", "W202", 3),
        (f"scenes: [{{id: s, length: 1s, lines: [{'blah ' * 40}]}}]", "W203", 3),
        ("scenes: [{id: s, prompt: x, transition: wipe left}]", "W204", 3),
        ("characters: {a: {}}\nscenes: [{id: s, prompt: x}]", "W205", 3),
        ("language: de\nscenes: [{id: s, lines: [Привет всем]}]", "W206", 4),
        ("language: ru\nscenes: [{id: s, lines: [hello there]}]", "W206", 4),
        (PEOPLE + f"scenes: [{{id: s, cast: {ALL}}}]", "W207", 4),
        ("scenes: [{id: s, prompt: x, length: 2s, sounds: [{effect: bell, at: 3s}]}]", "W208", 3),
        (
            (
                "scenes: [{id: s, prompt: x, transition: {kind: cut, sound: {effect: bell, at: 2s}}},"
                " {id: t, prompt: y, length: 2s}]"
            ),
            "W208",
            3,
        ),
        ("scenes: [{id: s, prompt: x, transition: {kind: fade, sounds: [{effect: bell, at: 1s}]}}]", "W208", 3),
        ("characters: {a: {}}\nscenes: [{id: s, clip: a.mov, cast: [a]}]", "W209", 4),
        ("scenes: [{id: s, clip: a.mov, transition: crossfade 9s}, {id: t, prompt: x, length: 20s}]", "W210", 3),
    ],
)
def test_each_rule_finds_its_case(reading: Reader, body: str, code: str, line: int) -> None:
    """Every warning has its code and a place, and does not stop the film."""
    found = reading(body + "\n")
    assert [(one.code, one.line) for one in found.diagnostics] == [(code, line)]
    assert found.film is not None
    assert found.warnings == found.diagnostics


@pytest.mark.parametrize(
    "body",
    [
        "scenes: [{id: s, prompt: x}]",
        "scenes: [{id: s, lines: [hello there]}]",
        "language: ru\nscenes: [{id: s, lines: [Привет всем]}]",
        "language: ja\nscenes: [{id: s, lines: [hello there]}]",
        "characters: {a: {}}\nscenes: [{id: s, prompt: x, lines: [{by: a, say: x}]}]",
        "characters: {a: {}}\nscenes: [{id: s, keyframes: [x.png], cast: [a], backend: ltx}]",
    ],
)
def test_sound_films_raise_no_doubts(reading: Reader, body: str) -> None:
    """A film without a fault is read without a word."""
    assert reading(body + "\n").diagnostics == ()


@pytest.mark.parametrize("said", ["...", "\U0001f600", "?!", "{say: '--'}"])
def test_lines_without_words_are_refused(reading: Reader, said: str) -> None:
    """What no voice can read is an error with its place, before anything is made."""
    found = reading(f"scenes: [{{id: s, lines: [Hello, {said if said[0] == '{' else repr(said)}]}}]\n")
    assert [(one.code, one.line) for one in found.errors] == [("E160", 3)]


def test_recorded_lines_need_no_words(reading: Reader) -> None:
    """A sigh that the author has recorded may be written as dots."""
    assert reading("scenes: [{id: s, lines: [{say: '...', file: s/sigh.wav}]}]\n").film is not None


def unread(scenes: str, top: str = "language: en") -> list[tuple[str, str]]:
    """Messages and remedies of lines that their voice cannot read."""
    text = f"workprint: 1\ntitle: T\n{top}\ncharacters: {{ann: {{name: Ann}}}}\nscenes:\n{scenes}"
    return [(one.message, one.hint) for one in read(text, "s.yaml").diagnostics if one.code == "W206"]


def test_english_voices_read_no_cyrillic() -> None:
    """A Russian line among English ones wants its own voice; where all are Russian, the film's language is wrong."""
    mixed = "  - {id: a, lines: [Hello., How are you?, {by: ann, say: Это я.}]}\n"
    ((message, hint),) = unread(mixed)
    assert "cannot read 'Это я.'" in message
    assert "'ann'" in hint
    assert "ru/" in hint
    ((_, hint),) = unread("  - {id: a, lines: [Привет., Это я.]}\n")
    assert "language: ru" in hint
    assert unread("  - {id: a, lines: [Привет.]}\n", "language: ru") == []
    assert unread("  - {id: a, lines: [Hello., Да., No.]}\n", "language: en\nnarrator: {voice: ru/nikolai}") == []
    assert "cannot read" not in str(unread("  - {id: a, lines: [{say: Да., file: da.wav}]}\n"))
