"""The registry of plug-ins and the check of the installation."""

from __future__ import annotations

import time
from importlib import metadata
from pathlib import Path
from unittest.mock import Mock

import pytest

from projects.installation import BrokenInstallError, check_installation
from projects.plugins import find, load
from storyboard.errors import ExitCode, MissingError


def _distribution(site: Path, name: str, entries: str = "", files: tuple[str, ...] = ()) -> None:
    info = site / f"{name}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(entries)
    (info / "RECORD").write_text("".join(f"{file},,\n" for file in files))


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder on the import path where distributions can be put."""
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


def test_plugin_is_found_without_import_and_loaded(site: Path) -> None:
    """Finding imports nothing; loading gives the object."""
    _distribution(site, "dream", "[workprint.clips]\ndream = dream_clips:Dream\nbroken = gone_module:X\n")
    (site / "dream_clips.py").write_text("class Dream:\n    pass\n")
    assert {"animatic", "broken", "dream"} <= set(find("workprint.clips"))
    assert load("workprint.clips", "dream").__name__ == "Dream"


def test_unknown_name_gets_a_suggestion(site: Path) -> None:
    """The error lists what is installed."""
    with pytest.raises(MissingError, match="there is no clip backend 'animatik'") as caught:
        load("workprint.clips", "animatik")
    assert "Did you mean 'animatic'?" in caught.value.hint
    assert "footage" in caught.value.hint


@pytest.mark.parametrize("body", ["import torch_that_is_not_there\n", "1 / 0\n", "x = 1\n", "def (\n"])
def test_plugin_that_cannot_be_imported_is_named(site: Path, body: str) -> None:
    """Whatever goes wrong on import, the distribution is named."""
    _distribution(site, "dream", "[workprint.voices]\ndream = dream_voice:Dream\n")
    (site / "dream_voice.py").write_text(body)
    with pytest.raises(MissingError, match="voice engine 'dream' of the distribution dream"):
        load("workprint.voices", "dream")


def test_all_groups_are_read_together(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks for every group reads what is installed once; another search path is read anew."""
    reading = Mock(wraps=metadata.entry_points)
    monkeypatch.setattr(metadata, "entry_points", reading)
    _distribution(site, "dream", "[workprint.clips]\ndream = m:D\n[workprint.voices]\ndream = m:V\n")
    assert find("workprint.clips")["dream"].value == "m:D"
    assert find("workprint.voices")["dream"].value == "m:V"
    assert "crossfade" in find("workprint.transitions")
    reading.assert_called_once()
    _distribution(site / "more", "late", "[workprint.voices]\nlate = m:L\n")
    monkeypatch.syspath_prepend(str(site / "more"))
    assert {"dream", "late"} <= set(find("workprint.voices"))


def test_one_name_of_two_distributions_is_refused(site: Path) -> None:
    """Both are named."""
    _distribution(site, "one", "[workprint.exports]\nedl = one_module:X\n")
    _distribution(site, "two", "[workprint.exports]\nedl = two_module:X\n")
    with pytest.raises(BrokenInstallError, match="'edl': one and two"):
        find("workprint.exports")


def test_the_house_is_whole_and_the_check_is_quick() -> None:
    """In a sound environment the check passes, in a time that nobody notices."""
    check_installation()
    begun = time.perf_counter()
    check_installation()
    assert time.perf_counter() - begun < 0.25


def test_another_owner_of_a_package_is_told(site: Path) -> None:
    """A distribution that ships files in one of the house's packages is named, with a remedy."""
    _distribution(site, "render", files=("render/__init__.py", "render/api.py", "render-1.0.dist-info/RECORD"))
    with pytest.raises(BrokenInstallError, match=r"render/ also belongs to render") as caught:
        check_installation()
    assert caught.value.exit_code is ExitCode.BROKEN_INSTALL
    assert "Uninstall render" in caught.value.hint


def test_similar_names_are_no_offence(site: Path) -> None:
    """A package deeper down, or one whose name only begins alike, does not matter."""
    _distribution(site, "innocent", files=("lib/render/__init__.py", "renderer/__init__.py", "audio.txt"))
    check_installation()
