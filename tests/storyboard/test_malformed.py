"""Malformed and hostile storyboards: each is answered with diagnostics, never with an exception, a hang or a film."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.codes import CODES
from storyboard.errors import Severity
from storyboard.load import Reading, read, wants

FOLDER = Path(__file__).parent
SOUND = (FOLDER / "mutations" / "sound.yaml").read_text(encoding="utf-8")
MUTATIONS: list[tuple[str, str]] = [
    (old, new) for old, new in json.loads((FOLDER / "mutations" / "mistakes.json").read_bytes())
]
"""A piece of the sound storyboard, and the mistake to put in its place."""

STANDALONE: dict[str, str | bytes] = {
    "nothing": b"",
    "spaces": "   \n\n",
    "a number": "5",
    "a text": "Once upon a time",
    "a list": "- workprint: 1",
    "an empty mapping": "{}",
    "brackets": "[" * 100_000,
    "braces": "{" * 100_000,
    "nested keys": "{a: " * 50_000,
    "nested items": "- " * 50_000,
    "deep indentation": "\n".join(" " * n + "a:" for n in range(2_000)),
    "five megabytes": b"x: " + b"y" * 5_000_000,
    "many anchors": "\n".join(f"a{n}: &a{n} 1" for n in range(60_000)),
    "many keys": "\n".join(f"k{n}: 1" for n in range(30_000)),
    "quoted forever": '"' + "\\" * 1001,
    "only tags": "!!a !!b !!c",
    "a directive": "%TAG ! tag:evil,2000:\n---\n!x y",
    "lone surrogate": "a: \ud800",
    "nul bytes": b"\0" * 1000,
    "a wrong byte": b"workprint: 1\ntitle: \xc3\x28\n",
    "utf-32": "workprint: 1".encode("utf-32"),
    "utf-16 without a mark": "workprint: 1".encode("utf-16-le"),
    "html": "<html><body>404</body></html>",
    "scene pattern outside": "workprint: 1\ntitle: A\nscenes: ../../*.yaml",
    "scene pattern absolute": "workprint: 1\ntitle: A\nscenes: /etc/*.yaml",
    "scene pattern nothing": "workprint: 1\ntitle: A\nscenes: scenes/*.yaml",
    "scenes are a mapping": "workprint: 1\ntitle: A\nscenes: {a: 1}",
    "scenes are empty": "workprint: 1\ntitle: A\nscenes: []",
    "scenes are numbers": "workprint: 1\ntitle: A\nscenes: [1, 2]",
    "scenes in scenes": "workprint: 1\ntitle: A\nscenes: [[{id: a, prompt: x}]]",
}


def judge(found: Reading) -> None:
    """Check what must hold of any refusal: no film, known codes, sane places, words."""
    assert found.film is None
    assert found.errors
    for one in found.diagnostics:
        assert one.code in CODES
        assert one.message
        assert "Input should" not in one.message
        assert (one.line > 0 and one.column > 0) or (one.line == 0 and one.column == 0)
        assert one.code.startswith("W") is (one.severity is Severity.WARNING)
        assert len(str(one)) < 2_500


def test_the_sound_storyboard_is_sound() -> None:
    """What the mutations start from is read without a word."""
    assert read(SOUND, "storyboard.yaml").diagnostics == ()
    assert len(MUTATIONS) >= 200


@pytest.mark.parametrize(("old", "new"), MUTATIONS, ids=range(len(MUTATIONS)))
def test_each_mutation_is_refused(old: str, new: str) -> None:
    """One mistake in a sound storyboard is answered with at least one error at the right lines."""
    assert old in SOUND
    judge(read(SOUND.replace(old, new, 1), "storyboard.yaml"))


@pytest.mark.parametrize("name", STANDALONE)
def test_what_was_never_a_storyboard_is_refused(name: str) -> None:
    """Files of other kinds and hostile files are answered alike."""
    judge(read(STANDALONE[name], "storyboard.yaml"))


@pytest.mark.parametrize("path", sorted((FOLDER / "malformed").iterdir()), ids=lambda path: path.name)
def test_malformed_files_are_refused(path: Path) -> None:
    """Files as they lie on a disk are answered alike."""
    judge(read(path.read_bytes(), path.name))


ALPHABET = "abkщ:-[]{}&*!|>'\"%@`#?,. \n\t0159~<\\\u202e\x00\ud800\ufeffé"
LINES = "workprint: 1\n|title: x\n|scenes:\n|  - id: a\n|    prompt: x\n|characters: {a: {}}\n|order: [a]\n|\n"
FRAGMENTS = "    cast: |[a]|&a |*a|<<: |!!str |- |? |{|}|[|]|    lines: [|x: "
PIECES = st.sampled_from([*LINES.split("|"), *FRAGMENTS.split("|")])


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(ALPHABET, max_size=200), st.binary(max_size=200), st.lists(PIECES, max_size=25).map("".join)))
def test_any_text_is_a_film_or_is_refused(text: str | bytes) -> None:
    """Whatever is typed, reading ends with a film or with errors, and never with an exception."""
    found = read(text, "storyboard.yaml", {"scenes/a.yaml": text if isinstance(text, bytes) else b"id: a\nprompt: x\n"})
    assert wants(text) == "" or "*" in wants(text)
    if found.film is None:
        judge(found)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_sound_storyboard_with_damage_is_a_film_or_is_refused(data: st.DataObject) -> None:
    """Cutting, doubling and overwriting parts of a sound storyboard never makes reading fail."""
    first = data.draw(st.integers(0, len(SOUND)))
    last = data.draw(st.integers(first, min(len(SOUND), first + 60)))
    damage = data.draw(st.text(ALPHABET, max_size=10))
    found = read(SOUND[:first] + damage + SOUND[last:], "storyboard.yaml")
    if found.film is None:
        judge(found)
