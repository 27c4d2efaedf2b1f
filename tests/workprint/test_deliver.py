"""`workprint.deliver`: deliveries from a script."""

from __future__ import annotations

from pathlib import Path

import pytest

import workprint
from projects.workspace import new_workspace

FILM = """\
workprint: 1
title: Tiny
resolution: 360p
score: none
sounds: none
%sscenes:
  - {id: one, length: 1s, place: meadow, prompt: Wind moves the grass.}
"""


def test_what_is_not_named_is_told(tmp_path: Path) -> None:
    """Neither a name nor a list in the storyboard, and a name that is none, are told before anything is made."""
    folder = new_workspace(tmp_path / "film", FILM % "").folder
    with pytest.raises(workprint.MissingError, match="no delivery is named"):
        workprint.deliver(folder)
    with pytest.raises(workprint.MissingError, match="tiktak") as told:
        workprint.deliver(folder, ["tiktak"])
    assert "tiktok" in told.value.hint
    assert not (folder / "out").exists()


@pytest.mark.slow
def test_those_of_the_storyboard_are_made(tmp_path: Path) -> None:
    """Left out, the names are the storyboard's; each gives its files, and the events are heard."""
    folder = new_workspace(tmp_path / "film", FILM % "deliver: [постер]\n").folder
    heard: list[workprint.Event] = []
    (made,) = workprint.deliver(folder, draft=True, jobs=1, on_event=heard.append)
    assert isinstance(made, workprint.DeliveredFiles)
    assert made.preset == "poster"
    assert [path.suffix for path in made.files] == [".jpg"]
    assert made.files[0].is_file()
    assert heard
