"""`workprint captions`: files without a film, and the file that a translator gets."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from storyboard.errors import ExitCode

Run = Callable[..., Any]

FILM = """\
workprint: 1
title: Told
captions: {show: burned, sounds: true}
translations: {ru: translations/ru.yaml}
scenes:
  - {id: talk, place: meadow, lines: [{say: Here we are.}], sounds: none}
"""


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """A project with one line."""
    (tmp_path / "storyboard.yaml").write_text(FILM, encoding="utf-8")
    return tmp_path


def test_the_template_is_written(run: Run, film: Path) -> None:
    """The file for a translator is written where the storyboard names it, and told."""
    answer = run("captions", film, "--template", "ru", "--json")
    assert (answer.code, answer.err) == (0, "")
    assert json.loads(answer.out) == {"captions": [str(film / "translations" / "ru.yaml")], "notes": []}
    assert "Here we are." in (film / "translations" / "ru.yaml").read_text(encoding="utf-8")
    assert run("check", film).code == 0


@pytest.mark.parametrize(
    ("options", "told", "code"),
    [
        (("--format", "sub"), "not written as 'sub'", ExitCode.USAGE),
        (("--language", "de"), "no captions in 'de'", ExitCode.MISSING),
        (("--template", "en"), "spoken in 'en' already", ExitCode.USAGE),
        (("--template", "../../x"), "not a language tag", ExitCode.USAGE),
        ((), "translations/ru.yaml", ExitCode.MISSING),
    ],
)
def test_what_cannot_be_is_told(run: Run, film: Path, options: tuple[str, ...], told: str, code: ExitCode) -> None:
    """A wrong format or language is told with its remedy, before any voice is made."""
    answer = run("captions", film, *options)
    assert answer.code == code
    assert told in answer.err
    assert not (film / ".workprint" / "store").exists() or not any((film / ".workprint" / "store").iterdir())


@pytest.mark.slow
def test_captions_are_written_without_a_film(run: Run, film: Path) -> None:
    """Voices are made and captions written in the formats asked for, though the storyboard only burns them in."""
    run("captions", film, "--template", "ru")
    answer = run("captions", film, "--format", "srt,ass", "--language", "en", "-j", "1")
    assert answer.code == 0
    paths = [Path(line) for line in answer.out.splitlines() if line.startswith(str(film))]
    assert [path.name for path in paths] == ["told.en.srt", "told.en.ass"]
    assert "Here we are." in paths[0].read_text(encoding="utf-8")
    assert not list((film / "out").glob("*.mp4"))
