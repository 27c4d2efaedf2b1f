"""The wheel: what is in it, and that it makes a film where the source tree is not."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

import pytest

pytestmark = pytest.mark.whole

HOUSE = Path(__file__).resolve().parents[2]
FOLDERS = {"storyboard", "projects", "scenes", "audio", "render", "workprint"}
SAMPLES = ("hello", "guru-peak", "cherry-orchard")


def surroundings(home: Path) -> dict[str, str]:
    """The environment of a person who has no clone: nothing on Python's path, settings and caches elsewhere."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PYTEST_", "VIRTUAL_"))}
    return {**kept, "XDG_CACHE_HOME": str(home / "cache"), "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def run(
    command: Sequence[str | Path], folder: Path, environment: Mapping[str, str], minutes: float = 15
) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder; the test fails with all that it said when it does."""
    done = subprocess.run(
        [str(word) for word in command],
        cwd=folder,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=minutes * 60,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the tree as it is."""
    folder = tmp_path_factory.mktemp("dist")
    isolation = ("--no-isolation",) if find_spec("hatchling") else ()
    build = (sys.executable, "-P", "-m", "build", "--wheel", *isolation, "--outdir", folder, HOUSE)
    run(build, folder, surroundings(folder))
    (built,) = folder.glob("*.whl")
    return built


def test_wheel_holds_the_house_and_nothing_else(wheel: Path) -> None:
    """The six folders with their data and the licences are in it; tests, documentation and leavings are not."""
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == FOLDERS
    wanted = {
        *(f"{folder}/{file}" for folder in FOLDERS for file in ("__init__.py", "py.typed")),
        *(f"projects/samples/{sample}/storyboard.yaml" for sample in SAMPLES),
        *(f"workprint/starters/{language}.yaml" for language in ("en", "ru")),
    }
    assert wanted <= set(names)
    ends = {name.partition(".dist-info/")[2] for name in names}
    assert {"licenses/LICENSE", "licenses/NOTICE", "entry_points.txt"} <= ends
    assert [name for name in names if "__pycache__" in name or "/test" in name or ".workprint/" in name] == []


def hidden(path: Path) -> bool:
    """Whether a file lies in a folder whose name begins with a dot, as the caches of tools do."""
    return any(part.startswith(".") for part in path.relative_to(HOUSE).parts)


def test_every_file_of_the_folders_is_in_the_wheel(wheel: Path) -> None:
    """No data file that lies beside the code is forgotten."""
    packed = set(zipfile.ZipFile(wheel).namelist())
    there = {
        path.relative_to(HOUSE).as_posix()
        for folder in FOLDERS
        for path in (HOUSE / folder).rglob("*")
        if path.is_file() and path.suffix != ".pyc" and not hidden(path)
    }
    assert there - packed == set()


def test_installed_wheel_makes_a_film(wheel: Path, tmp_path: Path) -> None:
    """In a clean environment, away from the source tree, the command is there and renders a bundled film."""
    home = tmp_path / "environment"
    environment = surroundings(tmp_path)
    venv.create(home, with_pip=True)
    run((home / "bin" / "python", "-m", "pip", "install", "--quiet", wheel), tmp_path, environment)
    where = run((home / "bin" / "python", "-c", "import workprint; print(workprint.__file__)"), tmp_path, environment)
    assert Path(where.stdout.strip()).is_relative_to(home)

    def workprint(*words: str) -> str:
        return run((home / "bin" / "workprint", *words), tmp_path, environment).stdout

    assert wheel.name.split("-")[1] in workprint("--version")
    assert all(sample in workprint("samples") for sample in SAMPLES)
    workprint("new", "x", "--from", "hello")
    workprint("check", "x")
    workprint("render", "x", "--draft")
    film = tmp_path / "x" / "out" / "hello-16x9-draft.mp4"
    assert film.stat().st_size > 10_000
