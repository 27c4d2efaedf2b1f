"""The book of prompts: what every take was asked for, found again whatever became of the take."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.hosted.entry import Entry
from projects.hosted.job import Purchase
from projects.hosted.shelf import Shelf
from projects.journal import add_line
from projects.progress import Silent
from projects.prompt_book import Asked, bought, matches, read_book, write_book
from projects.workspace import Workspace, new_workspace
from render.orders import Order
from render.production import open_production, read_project
from render.prompting import PromptInfo, prompts
from storyboard.film import Aspect

FILM = """\
workprint: 1
title: Tiny
resolution: 144p
cuts: [16:9]
sounds: none
scenes:
  - {id: wood, length: 0.5s, place: forest, prompt: A wood at dawn., negative: text}
"""
DRAFT = Order(cuts=(Aspect(16, 9),), draft=True, jobs=1)


def asked(**more: object) -> Asked:
    plain = {
        "scene": "a",
        "take": 1,
        "cut": "16x9",
        "backend": "wan",
        "prompt": "A Ёлка in the wood",
        "fingerprint": "f",
    }
    return Asked(**{**plain, **more})  # type: ignore[arg-type]


def found(workspace: Workspace, *words: str, **more: object) -> tuple[PromptInfo, ...]:
    return prompts(workspace, read_project(workspace.folder)[1].film, words, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "fits"),
    [
        ([], True),
        (["wood"], True),
        (["WOO"], True),
        (["ood"], False),
        (["елк"], True),
        (["ЁЛК", "in"], True),
        (["wood", "sea"], False),
        (["wan"], True),
        (["in the"], True),
    ],
)
def test_words_are_found_by_their_beginnings(words: list[str], fits: bool) -> None:
    """Case and the dots of ё do not count, every word must be there, and a backend is found too."""
    assert matches(asked(), words) is fits


@given(st.text(max_size=20), st.text(max_size=20))
def test_any_text_may_be_searched_for(prompt: str, words: str) -> None:
    """Nothing that is typed falls over, and a prompt is found by all of itself."""
    one = asked(prompt=prompt)
    matches(one, [words])
    assert matches(one, [prompt])


def test_the_book_keeps_each_take_once_and_passes_over_damage(tmp_path: Path) -> None:
    """A torn line spoils only itself, and a line of another form is no prompt."""
    book = tmp_path / "prompts.jsonl"
    write_book(book, [asked(), asked()])
    add_line(book, {"scene": 5})
    with book.open("a") as file:
        file.write('\n{"scene": "b", "ta')
    write_book(book, [asked(), asked(fingerprint="g", take=2)])
    assert [one.take for one in read_book(book)] == [1, 2]
    assert read_book(book)[0] == asked()
    assert set(asdict(asked())) > {"prompt", "negative", "seed", "model", "backend"}


def test_what_was_bought_tells_its_prompt(tmp_path: Path) -> None:
    """Services call it differently; what they were asked is found on the shelf, the last one in use."""
    workspace = new_workspace(tmp_path / "film", FILM)
    shelf = Shelf(workspace.folder)
    bodies: list[dict[str, Any]] = [
        {"promptText": "a wood", "seed": 5, "ratio": "16:9"},
        {"input": {"prompt": "a wood at dawn", "negative_prompt": "text"}},
    ]
    for number, body in enumerate(bodies):
        purchase = Purchase("runway", "gen4.5", body)
        entry = Entry(
            key=purchase.key, attempt=1, service="runway", account="", model="gen4.5", film="x", slot="wood", take=1,
            run="", asked=f"2026-11-2{number}T10:00:00+00:00", seconds=5.0, cost=None, state="done", job="j",
        )  # fmt: skip
        shelf.write(purchase, entry)
    assert [(one.prompt, one.negative, one.seed) for one in bought(shelf)] == [
        ("a wood", "", 5),
        ("a wood at dawn", "text", 0),
    ]
    told = found(workspace, "wood", backend="runway")
    assert [(one.asked.prompt, one.in_use, one.kept) for one in told] == [
        ("a wood at dawn", True, False),
        ("a wood", False, False),
    ]


@pytest.mark.slow
def test_every_prompt_is_kept_when_takes_are_thrown_away(tmp_path: Path) -> None:
    """Two prompts and two takes of a scene are all found, newest first, though the store is emptied."""
    workspace = new_workspace(tmp_path / "film", FILM)
    open_production(workspace.folder).render(DRAFT, Silent())
    workspace.storyboard.write_text(FILM.replace("dawn", "night"), encoding="utf-8")
    open_production(workspace.folder).render(DRAFT, Silent())
    production = open_production(workspace.folder)
    production.retake("wood", seed=77)
    production.render(DRAFT, Silent())
    told = found(workspace)
    assert [(one.asked.take, "night" in one.asked.prompt, one.in_use) for one in told] == [
        (2, True, True),
        (1, True, False),
        (1, False, False),
    ]
    assert told[0].asked.seed == 77
    assert {one.asked.negative for one in told} == {"text"}
    assert {one.cuts for one in told} == {("16x9-draft",)}
    assert all(one.kept for one in told)
    assert [one.asked.take for one in found(workspace, "nig", take=1)] == [1]
    assert found(workspace, scene="other") == ()
    assert found(workspace, backend="wan") == ()
    workspace.store.prune(frozenset())
    assert [(one.asked.prompt, one.kept) for one in found(workspace)] == [(one.asked.prompt, False) for one in told]
    # Takes of a version that kept no book are found by their receipts, while these are there.
    assert len(read_book(workspace.prompts)) == 3


@pytest.mark.slow
def test_takes_of_earlier_versions_are_found_by_their_receipts(tmp_path: Path) -> None:
    """Without a book, the ledger and the store tell the same."""
    workspace = new_workspace(tmp_path / "film", FILM)
    open_production(workspace.folder).render(DRAFT, Silent())
    before = found(workspace)
    workspace.prompts.unlink()
    assert found(workspace) == before
    # A scene that has left the film, and a storyboard that cannot be read, hide nothing.
    workspace.storyboard.write_text(FILM.replace("id: wood", "id: tree"), encoding="utf-8")
    assert [(one.asked.scene, one.in_use) for one in found(workspace, "dawn")] == [("wood", False)]
    assert [one.asked.scene for one in prompts(workspace, None)] == ["wood"]
