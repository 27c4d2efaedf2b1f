"""The command that installs an extra: it works in the environment that runs, from where workprint came."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from projects import extras


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[SimpleNamespace]:
    """An installation whose metadata, environment and activation a test chooses."""
    told = SimpleNamespace(url="", editable=False)

    def distribution(name: str) -> SimpleNamespace:
        assert name == "workprint"
        written = json.dumps({"url": told.url, "dir_info": {"editable": told.editable}}) if told.url else None
        return SimpleNamespace(read_text=lambda _: written)

    extras._source.cache_clear()
    monkeypatch.setattr(extras, "distribution", distribution)
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "venv"))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "venv" / "bin" / "python"))
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
    yield told
    extras._source.cache_clear()


def test_an_activated_environment_needs_no_path(
    installed: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """From a package index into the environment of the shell, it is what everybody knows."""
    monkeypatch.setenv("VIRTUAL_ENV", str(tmp_path / "venv"))
    assert extras.pip_install("kokoro") == "pip install 'workprint[kokoro]'"


def test_another_environment_is_named(installed: SimpleNamespace, tmp_path: Path) -> None:
    """Where a shell's `pip` would be another one, this environment's Python is named."""
    assert extras.pip_install("models") == f"{tmp_path}/venv/bin/python -m pip install 'workprint[models]'"


def test_a_folder_is_installed_from_again(installed: SimpleNamespace, tmp_path: Path) -> None:
    """What came from a clone comes from there again, worked on or not."""
    installed.url, installed.editable = (tmp_path / "a clone").as_uri(), True
    assert extras.pip_install("draft").endswith(f" -m pip install -e '{tmp_path}/a clone[draft]'")
    extras._source.cache_clear()
    installed.editable = False
    assert extras.pip_install("draft").endswith(f" -m pip install '{tmp_path}/a clone[draft]'")


def test_pipx_does_it_itself(installed: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An application of pipx is installed anew with the extra, from where it came."""
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "pipx" / "venvs" / "workprint"))
    installed.url = (tmp_path / "clone").as_uri()
    assert extras.pip_install("kokoro") == f"pipx install --force '{tmp_path}/clone[kokoro]'"


def test_metadata_that_cannot_be_read(installed: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any the index is named."""
    monkeypatch.setattr(extras, "distribution", lambda name: SimpleNamespace(read_text=lambda _: "{"))
    assert extras.pip_install("kokoro").endswith("install 'workprint[kokoro]'")
