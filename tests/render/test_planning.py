"""What a plan says while the film's level is an estimate."""

from __future__ import annotations

import pytest

from audio.grid import MixRequest
from projects.plan import Planned, State
from projects.steps import Step
from render.planning import LEVEL, _doubt


def planned(kind: str, state: State) -> Planned:
    """One planned step."""
    return Planned(Step(f"{kind}:0000", kind, "audio.encode:code_sound", MixRequest(1)), "", state, "", needed=False)


@pytest.mark.parametrize(
    ("kind", "state", "told"),
    [("sound", State.CURRENT, True), ("sound", State.STALE, False), ("mix", State.CURRENT, False)],
)
def test_a_level_in_doubt_is_told_where_it_could_cost_something(kind: str, state: State, told: bool) -> None:
    """Only where coded sound is there that another level would make useless, a person is told that it may happen."""
    assert _doubt([planned(kind, state)]) == ((LEVEL,) if told else ())
