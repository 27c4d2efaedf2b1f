"""The public face: names, lightness, and what its functions pass on."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import workprint
from projects.progress import RenderStarted
from storyboard.errors import UnreadableError

FACE = Path(str(workprint.__file__))


def test_all_names_can_be_had() -> None:
    """Every name of `__all__` is there, and nothing else is offered."""
    for name in workprint.__all__:
        assert getattr(workprint, name) is not None
    assert dir(workprint) == sorted(workprint.__all__)
    assert sorted(workprint.__all__) == sorted(set(workprint.__all__))


def test_all_names_are_typed() -> None:
    """What type checkers see (the imports) is exactly what `__all__` lists."""
    tree = ast.parse(FACE.read_text(encoding="utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    seen = {alias.asname for node in imports for alias in node.names if alias.asname}
    assert seen | {"__version__"} == set(workprint.__all__)


def test_unknown_name_is_an_attribute_error() -> None:
    """A slip of the pen is told as for any module."""
    with pytest.raises(AttributeError, match="rendre"):
        workprint.rendre  # noqa: B018


def test_importing_costs_nothing() -> None:
    """`import workprint` loads no other module of the house and nothing from outside."""
    probe = "import sys; before = set(sys.modules); import workprint; print(*(set(sys.modules) - before))"
    done = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, check=True, cwd=FACE.parents[1]
    )
    assert {name.split(".")[0] for name in done.stdout.split()} - sys.stdlib_module_names == {"workprint"}


def test_check_and_load(project: Path, studio: Any) -> None:
    """`check` gives diagnostics, `load` the film; both take text as a path."""
    assert workprint.check(str(project)) == ()
    assert [scene.id for scene in workprint.load(project).scenes] == ["one", "two"]
    (project / "storyboard.yaml").write_text("workprint: 1\n", encoding="utf-8")
    assert len(workprint.check(project)) >= 1
    with pytest.raises(workprint.StoryboardError):
        workprint.load(project)


def test_plan_reads_cuts(project: Path, studio: Any) -> None:
    """Cuts may be written as text or given as shapes; a wrong one is told."""
    workprint.plan(project, cuts=["9:16", workprint.Aspect(1, 1)], scenes=["two"], draft=True)
    order = studio.orders[-1]
    assert [str(cut) for cut in order.cuts] == ["9:16", "1:1"]
    with pytest.raises(UnreadableError):
        workprint.plan(project, cuts=["banana"])


def test_code_runs_only_when_allowed(project: Path, studio: Any) -> None:
    """A script says itself that a project's own Python may run; nothing else says it."""
    workprint.plan(project)
    workprint.render(project)
    assert [order.allow_code for order in studio.orders] == [False, False]
    workprint.plan(project, allow_code=True)
    workprint.render(project, allow_code=True)
    assert [order.allow_code for order in studio.orders[2:]] == [True, True]


def test_render_tells_events(project: Path, studio: Any, tmp_path: Path) -> None:
    """`on_event` hears the events, options reach the order, the delivery comes back."""
    heard: list[workprint.Event] = []
    delivery = workprint.render(project, jobs=2, out=str(tmp_path), on_event=heard.append)
    assert isinstance(heard[0], RenderStarted)
    assert (studio.orders[-1].jobs, studio.orders[-1].out) == (2, tmp_path)
    assert delivery.made == ("take:two",)
    assert workprint.render(project).films[0].path.name == "small-16x9.mp4"
