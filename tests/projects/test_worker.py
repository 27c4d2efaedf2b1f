"""What a worker does with a task, apart from processes: finding functions, and errors on their way back."""

from __future__ import annotations

from pathlib import Path

import pytest

from projects import worker
from projects.receipt import Order
from projects.steps import Json, Work
from projects.store import Store
from projects.task import Task, error_from
from projects.worker import find_function
from storyboard.errors import DiskError, InterruptedRender, MissingError, RenderError, WorkprintError


def test_function_of_the_house_is_found() -> None:
    """`module:function` names a function of one of the house's packages."""
    assert find_function("projects.worker:find_function") is find_function  # type: ignore[comparison-overlap]


@pytest.mark.parametrize("call", ["os:system", "", ":", "projects.worker", "projects.worker:HOUSE", "subprocess:run"])
def test_anything_else_is_refused(call: str) -> None:
    """Neither strangers nor data can be called."""
    with pytest.raises(RenderError):
        find_function(call)


@pytest.mark.parametrize("kind", [DiskError, MissingError, InterruptedRender, RenderError])
def test_errors_keep_their_kind(kind: type[WorkprintError]) -> None:
    """What a worker reports becomes the same kind of error in the parent."""
    error = error_from(int(kind.exit_code), "what", "remedy")
    assert type(error) is kind
    assert (error.message, error.hint) == ("what", "remedy")


def test_an_unforeseen_kind_is_a_failed_step() -> None:
    """A kind that means nothing here is a RenderError."""
    assert type(error_from(1, "what", "")) is RenderError


def _stumble(request: object, work: Work, out: Path) -> dict[str, Json]:
    """Fail as a library does that does not say why."""
    raise ValueError("System error.")


@pytest.mark.parametrize(("full", "kind"), [(True, DiskError), (False, ValueError)])
def test_full_disk_behind_another_error_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, full: bool, kind: type[Exception]
) -> None:
    """What fails where no room is left has failed for that, whatever its library calls it."""
    monkeypatch.setattr(worker, "is_full", lambda folder: full)
    order = Order("ab" * 32, "mix", "mix", "audio.mixing.mix:mix", {}, suffix=".wav")
    task = Task(order, {}, Store(tmp_path), tmp_path / "log")
    with pytest.raises(kind):
        worker._perform(_stumble, task, Work({}, {}, lambda part: None, lambda: False), tmp_path / "out.wav")
