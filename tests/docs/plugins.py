"""Plug-ins as the pages show them, installed as they stand there."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

from tests.docs.fences import HOUSE, fences


def installed(page: Path, name: str, folder: Path) -> dict[str, str]:
    """An environment in which a page's package is installed: its module `name`, its metadata and its entry points."""
    files = {fence.options["file"]: fence.text for fence in fences(page) if "file" in fence.options}
    project = tomllib.loads(files["pyproject.toml"])["project"]
    (folder / f"{name}.py").write_text(files[f"{name}.py"], encoding="utf-8")
    metadata = folder / f"workprint_{name}-{project['version']}.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(f"Name: {project['name']}\nVersion: {project['version']}\n", encoding="utf-8")
    groups = (
        f"[{group}]\n" + "".join(f"{name} = {value}\n" for name, value in entries.items())
        for group, entries in project["entry-points"].items()
    )
    (metadata / "entry_points.txt").write_text("\n".join(groups), encoding="utf-8")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    return {**kept, "PYTHONPATH": str(folder), "XDG_CACHE_HOME": str(folder / "cache")}


def run(environment: Mapping[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a module of Python from the repository in that environment."""
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=HOUSE,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
