"""Versions of the format."""

from __future__ import annotations

import pytest

from storyboard.errors import UnreadableError
from storyboard.upgrade import upgrade


def test_the_current_version_is_left_alone() -> None:
    """A document of the current version passes through."""
    assert upgrade({"workprint": 1, "a": 2}) == {"workprint": 1, "a": 2}


def test_older_versions_are_taken_up_step_by_step() -> None:
    """Each upgrade takes a document one version further, and the version follows."""
    steps = {
        1: lambda old: {**old, "b": old["a"]},
        2: lambda old: {**old, "c": old["b"] + 1},
    }
    assert upgrade({"workprint": 1, "a": 2}, steps, current=3) == {"workprint": 3, "a": 2, "b": 2, "c": 3}


@pytest.mark.parametrize("version", [None, 0, -1, 2, True, "1", 1.0])
def test_other_versions_are_refused(version: object) -> None:
    """Missing, future and unreadable versions are refused with the right code."""
    with pytest.raises(UnreadableError) as caught:
        upgrade({"workprint": version})
    assert caught.value.code == "E120"
    assert caught.value.hint
