"""Projects that bring Python of their own: what is blocked until it is allowed, and what an edit makes anew."""

from __future__ import annotations

from pathlib import Path

import pytest

import workprint

STORYBOARD = """\
workprint: 1
title: Own effects
resolution: 90p
captions: off
scenes:
  - {id: plain, length: 0.5s, place: meadow}
  - id: grainy
    length: 0.5s
    place: forest
    effects: [MirrorX, {python: "effects/own.py:grain", amount: 9}]
    transition: {python: "effects/own.py:half", length: 0.2s}
  - {id: last, length: 0.5s, place: lake, transition: fade black 0.2s}
"""
CODE = """\
import numpy as np
from pathlib import Path

Path(__file__).with_name("ran").touch()

def grain(frame, t, amount):
    return np.clip(frame.astype(int) + amount, 0, 255).astype(np.uint8)

def half(tail, head, progress):
    return head if progress > 0.5 else tail
"""
OWN = {"treated:grainy@16x9", "join:grainy>last@16x9"}
"""The steps that run code of the project."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A film with an effect and a transition of its own; the code leaves a mark when it is run."""
    (tmp_path / "film" / "effects").mkdir(parents=True)
    (tmp_path / "film" / "storyboard.yaml").write_text(STORYBOARD, encoding="utf-8")
    (tmp_path / "film" / "effects" / "own.py").write_text(CODE, encoding="utf-8")
    return tmp_path / "film"


def prints(plan: workprint.FilmPlan) -> dict[str, str]:
    """The fingerprint of every step of a plan."""
    return {one.step.name: one.fingerprint for one in plan.steps}


def test_own_code_is_blocked_and_never_run_by_a_plan(project: Path) -> None:
    """Checking and planning say what waits for consent, name the remedy, and run nothing."""
    assert workprint.check(project) == ()
    plan = workprint.plan(project)
    blocked = {one.step.name: one.step.blocked for one in plan.steps if one.step.blocked}
    assert set(blocked) == OWN
    assert all("--allow-code" in reason for reason in blocked.values())
    allowed = workprint.plan(project, allow_code=True)
    assert not any(one.step.blocked for one in allowed.steps)
    assert not (project / "effects" / "ran").exists()


def test_consent_changes_no_fingerprint(project: Path) -> None:
    """What was made with consent is found again without it: only running needs it."""
    assert prints(workprint.plan(project)) == prints(workprint.plan(project, allow_code=True))


def test_an_edited_function_makes_only_its_own_steps_anew(project: Path) -> None:
    """The code's content enters what it makes, and what is made of that."""
    before = prints(workprint.plan(project))
    (project / "effects" / "own.py").write_text(CODE.replace("+ amount", "- amount"), encoding="utf-8")
    after = prints(workprint.plan(project))
    changed = {name for name in before if before[name] != after[name]}
    assert changed >= OWN | {"body:grainy@16x9", "film@16x9"}
    assert not {name for name in changed if name.startswith(("take:", "mix", "sound"))}
    assert "body:plain@16x9" not in changed


def test_a_missing_file_blocks(project: Path) -> None:
    """Code that is not there is told by check and by plan, consent or not."""
    (project / "effects" / "own.py").unlink()
    assert {found.message for found in workprint.check(project)} == {"the file 'effects/own.py' is not there"}
    plan = workprint.plan(project, allow_code=True)
    assert {one.step.name for one in plan.steps if one.step.blocked} == OWN


@pytest.mark.whole
def test_a_film_with_own_effects(project: Path, tmp_path: Path) -> None:
    """Without consent everything else is made; with it the film is, and then it needs consent no more."""
    with pytest.raises(workprint.WorkprintError, match="--allow-code"):
        workprint.render(project, jobs=1)
    assert not (project / "effects" / "ran").exists()
    delivery = workprint.render(project, jobs=1, allow_code=True)
    assert delivery.films[0].path.is_file()
    assert {step for step in delivery.made if not step.startswith(("rush", "heard", "film", "check", "sound"))} == {
        *OWN,
        "body:grainy@16x9",
    }
    assert (project / "effects" / "ran").exists()
    assert sorted(path.name for path in (project / "effects").iterdir()) == ["own.py", "ran"]
    again = workprint.render(project, jobs=1)
    assert again.made == ()
