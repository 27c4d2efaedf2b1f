"""Takes, their file and their ledger."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.takes import (
    MadeTake,
    SceneTakes,
    Takes,
    chosen,
    made_takes,
    note_takes,
    read_takes,
    retake,
    seed_of,
    use,
    write_takes,
)
from storyboard.errors import MissingError, StoryboardError


def test_first_take_always_exists() -> None:
    """A scene that nobody touched has take 1 with the scene's own seed."""
    assert chosen(Takes(), "chasm") == 1
    assert seed_of(Takes(), "chasm", 7, 1) == 7


def test_retake_makes_and_chooses() -> None:
    """A new take is numbered on and used; its seed is derived unless given."""
    takes, number = retake(Takes(), "chasm")
    assert (number, chosen(takes, "chasm")) == (2, 2)
    takes, number = retake(takes, "chasm", seed=99)
    assert (number, seed_of(takes, "chasm", 7, 3)) == (3, 99)
    assert seed_of(takes, "chasm", 7, 2) == 1187467706
    assert chosen(takes, "other") == 1


def test_derived_seeds_differ() -> None:
    """No two takes of a scene share a seed, and all fit in 31 bits."""
    seeds = {seed_of(Takes(), "a", 7, number) for number in range(1, 200)}
    assert len(seeds) == 199
    assert all(0 <= seed < 2**31 for seed in seeds)


def test_use_and_pin() -> None:
    """A known take can be chosen, an unknown one not, and the storyboard's pin wins."""
    takes, _ = retake(Takes(), "chasm")
    assert chosen(use(takes, "chasm", 1), "chasm") == 1
    assert chosen(takes, "chasm", pinned=1) == 1
    with pytest.raises(MissingError, match="no take 3") as caught:
        use(takes, "chasm", 3)
    assert "1, 2" in caught.value.hint


def test_file_is_stable_and_fit_for_version_control(tmp_path: Path) -> None:
    """One scene a line, in order, whatever the order of the work; untouched scenes are left out."""
    takes, _ = retake(Takes(), "лес", seed=5)
    takes, _ = retake(takes, "chasm")
    takes = use(takes, "chasm", 1)
    path = tmp_path / "takes.json"
    write_takes(path, Takes({**takes.scenes, "plain": SceneTakes()}))
    assert path.read_text(encoding="utf-8") == (
        '{\n  "takes": 1,\n  "scenes": {\n'
        '    "chasm": {"use": 1, "takes": {"2": {}}},\n'
        '    "лес": {"use": 2, "takes": {"2": {"seed": 5}}}\n'
        "  }\n}\n"
    )
    assert read_takes(path) == takes


_SCENES = st.dictionaries(
    st.text(min_size=1, max_size=8),
    st.dictionaries(st.integers(2, 9), st.none() | st.integers(-5, 2**40), min_size=1, max_size=3),
    max_size=4,
)


@given(_SCENES)
def test_file_gives_back_what_was_written(tmp_path_factory: pytest.TempPathFactory, scenes: dict[str, dict]) -> None:  # type: ignore[type-arg]
    """Whatever the scenes are called, writing and reading changes nothing."""
    takes = Takes({name: SceneTakes(max(seeds), seeds) for name, seeds in scenes.items()})
    path = tmp_path_factory.mktemp("t") / "takes.json"
    write_takes(path, takes)
    assert read_takes(path) == takes


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", "takes.json:1:1"),
        ('{\n  "takes": 1,\n<<<<<<< HEAD\n', "takes.json:3:1"),
        ("[]", "takes.json:1:1"),
        ('{"takes": 2, "scenes": {}}', "takes.json:1:1"),
        ('{"takes": 1,\n"scenes": {\n"a": {"use": 4}}}', "takes.json:3:1"),
        ('{"takes": 1,\n"scenes": {\n"a": {"takes": {"x": {}}}}}', "takes.json:3:1"),
        ('{"takes": 1,\n"scenes": {\n"a": {"takes": {"2": {"seed": "y"}}}}}', "takes.json:3:1"),
        ('{"takes": 1,\n"scenes": {\n"a": 3}}', "takes.json:3:1"),
        ('{"takes": 1, "scenes": {"a": {}, "a": {}}}', "takes.json"),
        ("\xff", "takes.json"),
    ],
)
def test_a_spoilt_file_is_told_with_its_place_and_kept(tmp_path: Path, text: str, place: str) -> None:
    """Nothing is guessed and nothing is overwritten: the person gets the place."""
    path = tmp_path / "takes.json"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(StoryboardError) as caught:
        read_takes(path)
    assert str(caught.value.diagnostics[0]).startswith(f"{place}: error E701")
    assert path.read_bytes() == text.encode("latin-1")


def test_ledger_remembers_every_take(tmp_path: Path) -> None:
    """Takes are remembered once each, by scene; torn lines are passed over."""
    ledger = tmp_path / "takes.jsonl"
    one, two = MadeTake("chasm", 1, "16:9", "ab" * 32), MadeTake("summit", 1, "16:9", "cd" * 32)
    for made in (one, two, one):
        note_takes(ledger, [made])
    with ledger.open("a") as file:
        file.write('\n{"scene": "chasm", "ta')
    assert made_takes(ledger) == (one, two)
    assert made_takes(ledger, "chasm") == (one,)


def test_takes_file_that_is_none_is_told(tmp_path: Path) -> None:
    """A folder in its place is told by name with a remedy, and not taken for an empty file."""
    (tmp_path / "takes.json").mkdir()
    with pytest.raises(MissingError, match=r"takes\.json") as caught:
        read_takes(tmp_path / "takes.json")
    assert caught.value.hint
