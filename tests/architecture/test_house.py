"""The rules of the house that no other tool checks."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2]
PACKAGES = ("storyboard", "projects", "scenes", "audio", "render", "workprint")
PLACES = (*PACKAGES, "tests", "docs", "benchmarks", "tools", ".ci", ".github")
LONGEST = 400
"""Lines of a file."""

HEAVY = (
    "torch",
    "diffusers",
    "transformers",
    "moviepy",
    "cv2",
    "skia",
    "av",
    "numpy",
    "scipy",
    "pydantic",
    "rich",
    "yaml",
    "PIL",
    "soundfile",
)

FORBIDDEN = {
    "a path of somebody's machine": re.compile(r"(?<![\w.}~-])/(?:work|root|home/\w+|Users/\w+|mnt)/\w"),
    "a temporary folder by name": re.compile(r"(?<![\w.])/tmp/\w"),
    "material that is not in the repository": re.compile(r"(?<![\w-])shared/"),
    "the number of an issue": re.compile(r"\b(?:issues?|pull request|PR|GH|fixes|closes)[ -]?#?\d+", re.IGNORECASE),
    "an address of a package index": re.compile(r"https?://[^\s\"'>]*(?:/simple\b|pypi-?mirror|artifactory|nexus)"),
    "unfinished work": re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b"),
}


def sources(*places: str) -> list[Path]:
    """The Python files of some folders of the repository, in order."""
    found = [path for place in places for path in (HOUSE / place).rglob("*.py")]
    return sorted(path for path in found if "__pycache__" not in path.parts)


def texts() -> Iterator[tuple[Path, str]]:
    """Every text of the repository that people read, by path."""
    kinds = {".py", ".md", ".toml", ".yaml", ".yml", ".sh", ".cfg", ".json", ""}
    top = [path for path in HOUSE.iterdir() if path.is_file()]
    below = [path for place in PLACES for path in (HOUSE / place).rglob("*") if path.is_file()]
    for path in sorted((*top, *below)):
        if path.suffix not in kinds or "__pycache__" in path.parts or path.name == Path(__file__).name:
            continue
        data = path.read_bytes()
        if b"\0" not in data:
            yield path, data.decode("utf-8", "replace")


def name_of(path: Path) -> str:
    """A path as it stands in the repository."""
    return path.relative_to(HOUSE).as_posix()


def test_help_loads_nothing_heavy() -> None:
    """`workprint --help` loads neither models nor pictures nor pydantic nor rich."""
    probe = (
        "import sys; from workprint.__main__ import main; main(['--help']);"
        "print('LOADED', *sorted({name.split('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True, cwd=HOUSE)
    loaded = set(done.stdout.rpartition("LOADED")[2].split())
    assert "click" in loaded
    assert loaded.isdisjoint(HEAVY)
    assert loaded.isdisjoint({"render", "scenes", "audio"})


@pytest.mark.slow
def test_imports_go_one_way() -> None:
    """import-linter finds every contract kept."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=HOUSE)
    assert done.returncode == 0, done.stdout + done.stderr


def test_files_are_short() -> None:
    """No Python file is longer than 400 lines."""
    long = {
        name_of(path): count
        for path in sources(*PACKAGES, "tests", "docs", "benchmarks")
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST
    }
    assert long == {}


def test_modules_say_what_they_are_for() -> None:
    """Every module begins with a docstring."""
    silent = [
        name_of(path)
        for path in sources(*PACKAGES, "docs", "benchmarks")
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_every_test_states_the_behaviour() -> None:
    """Each test function has a docstring."""
    silent = [
        f"{name_of(path)}: {node.name}"
        for path in sources("tests")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and not ast.get_docstring(node)
    ]
    assert silent == []


def test_no_test_folder_is_a_package() -> None:
    """Without `__init__.py` no folder of tests can pass for a package of the house."""
    assert list((HOUSE / "tests").rglob("__init__.py")) == []


def test_names_say_what_is_inside() -> None:
    """No module is called after nothing in particular."""
    vague = {"utils", "util", "helpers", "helper", "manager", "common", "misc"}
    assert [name_of(path) for path in sources(*PACKAGES, "tests") if path.stem in vague] == []


def test_library_does_not_exit_or_assert() -> None:
    """Only the command line ends the process, and no product code relies on assert."""
    found = []
    for path in sources(*PACKAGES):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Assert):
                found.append(f"{name_of(path)}:{node.lineno}: assert")
            if isinstance(node, ast.Call) and _is_exit(node) and path.name != "__main__.py":
                found.append(f"{name_of(path)}:{node.lineno}: exit")
    assert found == []


def _is_exit(node: ast.Call) -> bool:
    """Whether a call is `sys.exit(...)`, `exit(...)` or `quit(...)`; a worker's own `os._exit` is another thing."""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr == "exit" and isinstance(node.func.value, ast.Name) and node.func.value.id == "sys"
    return isinstance(node.func, ast.Name) and node.func.id in {"exit", "quit"}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_nothing_private_is_left_in_the_files(what: str) -> None:
    """No file holds paths of a machine, numbers of issues, or marks of unfinished work."""
    pattern = FORBIDDEN[what]
    found = [
        f"{name_of(path)}:{number}: {line.strip()[:100]}"
        for path, text in texts()
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line) and not _allowed(path, line)
    ]
    assert found == []


def _allowed(path: Path, line: str) -> bool:
    """Hostile paths that tests hand in, and interpreter lines, are no leavings."""
    return line.startswith("#!") or ("tests" in path.relative_to(HOUSE).parts and "hostile" in line)


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("a path of somebody's machine", "see /home/anna/films"),
        ("a path of somebody's machine", 'open("/work/main/x")'),
        ("a temporary folder by name", "cd /tmp/x"),
        ("material that is not in the repository", "see shared/DESIGN.md"),
        ("the number of an issue", "fixes #12"),
        ("unfinished work", "# TODO: later"),
    ],
)
def test_the_search_finds_what_it_looks_for(what: str, line: str) -> None:
    """Each pattern catches an example of its kind."""
    assert FORBIDDEN[what].search(line)
