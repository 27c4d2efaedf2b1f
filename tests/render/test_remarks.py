"""What makers had to say is told once, and a model with its licence once for all scenes that it made."""

from __future__ import annotations

from pathlib import Path

from projects.steps import Artifact, Step
from render.editing import remarks


def test_a_model_and_its_licence_are_told_once() -> None:
    """Two cuts of two scenes of one model are one line, after what each scene has to say."""
    licence = {"model": "a/model@1", "licence": "MIT"}
    facts = {
        "take:a@16x9": {"notes": ["cropped"], **licence},
        "take:a@9x16": {"notes": ["cropped"], **licence},
        "take:b@16x9": licence,
        "words:b": {"notes": ["left out: 'x'"]},
        "take:c@16x9": {"model": "b"},
        "mix:0": {"notes": ["nobody's business"]},
    }
    steps = [Step(name, name.partition(":")[0], "", None, scene=name[name.index(":") + 1]) for name in facts]
    made = {name: Artifact("", Path(name), told) for name, told in facts.items()}
    assert remarks(made, steps) == (
        "a: cropped",
        "b: left out: 'x'",
        "a, b: made by the model a/model@1 (MIT)",
        "c: made by the model b (licence unknown)",
    )
