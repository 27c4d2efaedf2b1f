"""Drafts by a language model of random weights: held to the form, even that writes a storyboard without mistakes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from projects.weights import ModelMissing
from storyboard.drafting import form as forms
from storyboard.errors import Severity
from storyboard.load import read
from tests.workprint.conftest import Run
from tests.workprint.drafting.tiny import tiny_model
from workprint.drafting import draft as drafting
from workprint.drafting.draft import draft
from workprint.drafting.local import LocalWriter

pytest.importorskip("llguidance")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny model on the disk."""
    return tiny_model(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture(autouse=True)
def brief(monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts of a few letters: a model of bytes takes long over each."""
    monkeypatch.setattr(forms, "_text", lambda longest: {"type": "string", "minLength": 1, "maxLength": 6})
    monkeypatch.setattr(forms, "MOST_PEOPLE", 2)
    monkeypatch.setattr(forms, "MOST_LINES", 1)
    monkeypatch.setattr(drafting, "SECOND_CHANCES", 0)


@pytest.mark.slow
def test_every_seed_gives_a_storyboard(model: Path) -> None:
    """Twenty seeds in two languages: replies are valid by the form, drafts have no mistake and say what they are."""
    import jsonschema

    replies: list[str] = []

    class Listening(LocalWriter):
        """Keeps what was replied."""

        def write(self, messages: Any, form: dict[str, Any], seed: int) -> tuple[str, tuple[str, ...]]:
            """Write, and keep it."""
            reply = super().write(messages, form, seed)
            jsonschema.validate(json.loads(reply[0]), form)
            replies.append(reply[0])
            return reply

    writer = Listening(str(model))
    for seed in range(20):
        language = ("en", "ru")[seed % 2]
        made = draft(writer, "A lighthouse keeper finds a bottle.", 1 + (seed == 5), language=language, seed=seed)
        reading = read(made.text, "storyboard.yaml")
        assert [str(one) for one in reading.diagnostics if one.severity is Severity.ERROR] == []
        assert reading.film is not None
        assert len(reading.film.scenes) == 1 + (seed == 5)
        assert made.text.startswith("# A DRAFT, written by tiny")
        assert any("drafted by tiny" in credit for credit in reading.film.credits)
    assert len(set(replies)) == 20
    again = draft(writer, "A lighthouse keeper finds a bottle.", 1, language="en", seed=0)
    assert replies[-1] == replies[0], "the same seed writes the same"
    assert again.text


@pytest.mark.slow
def test_the_command_makes_a_project(run: Run, model: Path, tmp_path: Path) -> None:
    """From an idea to a project that `check` finds no mistake in; a film that is there is not overwritten."""
    answer = run(
        "draft", "A bottle on the shore.", tmp_path / "film", "--scenes", "1", "--model", model, "--cut", "9:16"
    )
    assert answer.code == 0, answer.err
    assert "a draft: 1 scene," in answer.out
    assert run("check", tmp_path / "film").code == 0
    before = (tmp_path / "film" / "storyboard.yaml").read_bytes()
    assert run("draft", "Another.", tmp_path / "film", "--scenes", "1", "--model", model).code != 0
    assert (tmp_path / "film" / "storyboard.yaml").read_bytes() == before


def test_a_model_that_is_not_here_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line that fetches it is in the hint; nothing is downloaded."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ModelMissing) as told:
        LocalWriter("someone/some-model")
    assert told.value.hint


def test_pickled_weights_are_refused(tmp_path: Path) -> None:
    """A folder with weights in another form than safetensors is no model."""
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "pytorch_model.bin").write_bytes(b"\x80\x04")
    with pytest.raises(ModelMissing):
        LocalWriter(str(tmp_path / "old"))
