"""What a worker does with a task, apart from processes: finding functions, and errors on their way back."""

from __future__ import annotations

import pytest

from projects.task import error_from
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
