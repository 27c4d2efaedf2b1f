"""What must agree across a storyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from storyboard.load import Reading

Reader = Callable[[str], Reading]

PEOPLE = "characters: {yorblef: {name: Yorblef}, guru: {name: Wise Guru}}\n"


@pytest.mark.parametrize(
    ("body", "code", "hint"),
    [
        ("scenes: [{id: a, cast: [yorblev]}]", "E150", "did you mean 'yorblef'"),
        ("scenes: [{id: a, cast: [{who: wise guru}]}]", "E150", "did you mean 'guru'"),
        ("scenes: [{id: a, cast: [zzz]}]", "E150", "yorblef, guru"),
        ("scenes: [{id: a, lines: [{by: Yorblef, say: x}]}]", "E150", "did you mean 'yorblef'"),
        ("scenes: [{id: a, cast: [narrator]}]", "E150", "make a character"),
        ("scenes: [{id: a, cast: [guru, {who: guru}]}]", "E152", "keep one"),
        ("scenes: [{id: a, prompt: x}, {id: a, prompt: x}]", "E151", "another id"),
        ("scenes: [{id: Ж, prompt: x}, {id: ж, prompt: x}]", "E151", "another id"),
        ("scenes: [{id: a}]", "E154", "prompt"),
        ("scenes: [{id: a, camera: static, cast: []}]", "E154", "prompt"),
        ("scenes: [{id: a, clip: a.mov, keyframes: [b.png]}]", "E155", "keep one"),
        ("scenes: [{id: a, prompt: x, sounds: [{effect: wind, file: a.wav}]}]", "E155", "exactly one"),
        ("scenes: [{id: a, prompt: x, sounds: [{at: 1s}]}]", "E155", "exactly one"),
        ("scenes: [{id: a, prompt: x, length: voice}]", "E153", "lines"),
        ("scenes: [{id: a, prompt: x, length: clip}]", "E153", "clip"),
        ("scenes: [{id: a, prompt: x, length: 4 beats}]", "E153", "score"),
        ("score: none\nscenes: [{id: a, prompt: x, length: 4 beats}]", "E153", "score"),
        ("order: [a]\nscenes: [{id: a, prompt: x}]", "E156", "delete"),
        ("opening: wipe left\nscenes: [{id: a, prompt: x}]", "E159", "fade"),
    ],
)
def test_disagreements_are_found(reading: Reader, body: str, code: str, hint: str) -> None:
    """Each disagreement has its code, a place and a remedy."""
    found = reading(PEOPLE + body + "\n").errors
    assert [one.code for one in found] == [code]
    assert found[0].line >= 4
    assert hint in found[0].hint


def test_a_character_cannot_be_called_narrator(reading: Reader) -> None:
    """The narrator's id is reserved."""
    found = reading("characters: {narrator: {}}\nscenes: [{id: a, prompt: x}]\n").errors
    assert [one.code for one in found] == ["E158"]


def test_without_characters_the_remedy_is_to_describe_them(reading: Reader) -> None:
    """A film without any character says where they belong."""
    found = reading("scenes: [{id: a, cast: [ann]}]\n").errors
    assert "characters:" in found[0].hint


def test_agreements_are_left_in_peace(reading: Reader) -> None:
    """Voices off screen, the narrator and beats of a composed score are no mistakes."""
    body = PEOPLE + (
        "score: {mood: calm}\nscenes:\n  - {id: a, lines: [{by: narrator, say: x}, {by: guru, say: y}]}\n"
        "  - {id: b, cast: [yorblef], length: 4 beats}\n"
    )
    assert reading(body).diagnostics == ()
