"""Doubts that are switched off in the file, and what cannot be."""

from __future__ import annotations

import pytest

from storyboard.load import Reading, read
from storyboard.rules.hushing import hushed

HEAD = "workprint: 1\ntitle: A film\n"
DOUBTFUL = "characters:\n  ann: {role: heroine}\nscenes:\n  - {id: s, prompt: x}\n"


def reading(body: str, **others: bytes) -> Reading:
    """A storyboard of which what follows the title is given."""
    return read(
        HEAD + body, "storyboard.yaml", {name.replace("__", "/") + ".yaml": text for name, text in others.items()}
    )


def codes(body: str) -> list[str]:
    """The codes that reading tells."""
    return [one.code for one in reading(body).diagnostics]


def test_the_key_switches_off_in_the_whole_film() -> None:
    """What is switched off is not told, but kept for whoever asks; case does not matter."""
    assert codes(DOUBTFUL) == ["W205"]
    for written in ("W205", "w205"):
        found = reading(f"check: {{off: [{written}]}}\n{DOUBTFUL}")
        assert found.diagnostics == ()
        assert [one.code for one in found.silent] == ["W205"]
        assert found.film is not None
        assert found.film.check.off == ("W205",)


@pytest.mark.parametrize(
    ("comment", "told"),
    [
        ("  ann: {role: heroine}  # workprint: off W205\n", []),
        ("  # workprint: off W205\n  ann: {role: heroine}\n", []),
        ("  # workprint: off W205\n  # the lady of the lake\n\n  ann: {role: heroine}\n", []),
        ("  ann: {role: heroine}  # she waits # workprint: off W205\n", []),
        ("  ann: {role: heroine}  #workprint:off w205, W206\n", []),
        ("  ann:   # workprint: off W205\n    role: heroine\n", []),
        ("  ann: {role: heroine}  # workprint: off W206\n", ["W205"]),
        ("  ann: {role: heroine}\n  # workprint: off W205\n", ["W205"]),
        ("  ann: {role: heroine, looks: 'a#workprint: off W205'}\n", ["W205"]),
    ],
)
def test_a_comment_switches_off_on_its_line(comment: str, told: list[str]) -> None:
    """A comment holds for its line, or standing alone for the next one that holds anything."""
    assert codes(f"characters:\n{comment}scenes:\n  - {{id: s, prompt: x}}\n") == told


def test_a_comment_holds_for_its_own_file() -> None:
    """A comment of a scene file says nothing about the same line of another one."""
    scene = b"id: one\nprompt: x\nplace: zzqy  # workprint: off W201\n"
    other = b"id: two\nprompt: x\nplace: zzqy\n"
    found = reading("scenes: scenes/*.yaml\n", scenes__1=scene, scenes__2=other)
    assert [(one.code, one.path) for one in found.diagnostics] == [("W201", "scenes/2.yaml")]


@pytest.mark.parametrize(
    ("written", "hint"),
    [("W999", "W"), ("W22O", "did you mean W220"), ("E130", "mend it"), ("prompt", "W221"), ("12", "W221")],
)
def test_what_is_no_doubt_cannot_be_switched_off(written: str, hint: str) -> None:
    """An unknown code and an error are mistakes at their place, in the key and in a comment."""
    (found,) = reading(f"check: {{off: [{written}]}}\nscenes: [{{id: s, prompt: x}}]\n").errors
    assert (found.code, found.line) == ("E172", 3)
    assert hint in found.hint
    (found,) = reading(f"scenes: [{{id: s, prompt: x}}]  # workprint: off {written}\n").errors
    assert (found.code, found.line) == ("E172", 3)


def test_a_comment_without_a_code_is_a_mistake() -> None:
    """Nobody switches everything off by forgetting what he meant."""
    assert codes("scenes: [{id: s, prompt: x}]  # workprint: off\n") == ["E172"]


def test_codes_of_others_are_taken() -> None:
    """Rules that others bring have codes of their own; whether they are there is another question."""
    assert codes("check: {off: [ACME-7]}\nscenes: [{id: s, prompt: x}]\n") == []


def test_errors_stay() -> None:
    """No switch makes an error silent."""
    body = "check: {off: [W205]}\nscenes: [{id: s, prompt: x}, {id: s, prompt: y}]  # workprint: off W205\n"
    assert codes(body) == ["E151"]


@pytest.mark.parametrize(("written", "told"), [("ru", "ru"), ("английский", "en"), ("EN", "en")])
def test_the_language_can_be_chosen(written: str, told: str) -> None:
    """The key says in which language doubts are told, whatever the film speaks."""
    found = reading(f"language: de\ncheck: {{language: {written}}}\n{DOUBTFUL}")
    assert ("no scene shows" in found.diagnostics[0].message) == (told == "en")


def test_an_unknown_language_is_a_mistake() -> None:
    """Doubts are told in two languages."""
    assert codes("check: {language: fr}\nscenes: [{id: s, prompt: x}]\n") == ["E135"]


def test_without_switches_nothing_is_copied() -> None:
    """Diagnostics of films without switches pass as they are."""
    found = reading(DOUBTFUL).diagnostics
    assert hushed(found, ()) == (found, ())
