"""The sound's steps: what a scene's place in the film may change, and what not."""

from __future__ import annotations

from pathlib import Path

from projects.fingerprint import canonical_text
from projects.workspace import open_workspace
from render.sound import sound_steps
from render.timeline import build_timeline, scene_timeline
from storyboard.load import read
from storyboard.schedule import schedule


def wind_of(folder: Path, first: str, *, alone: bool = False) -> str:
    """The request of the second scene's wind, where the first scene lasts so long."""
    text = (
        f"workprint: 1\ntitle: T\nfps: 29.97\nscenes:\n  - {{id: a, length: {first}, place: forest}}\n"
        "  - {id: b, length: 3.1s, place: sea shore, sounds: [{effect: wind, at: 0.3s}]}\n"
    )
    folder.mkdir(exist_ok=True)
    (folder / "storyboard.yaml").write_text(text, encoding="utf-8")
    film = read(text, "storyboard.yaml").film
    assert film is not None
    timeline = build_timeline(film, schedule(film))
    steps = sound_steps(film, scene_timeline(timeline, "b") if alone else timeline, open_workspace(folder))
    return canonical_text(next(step.request for step in steps if step.kind == "effect"))


def test_an_effect_does_not_hang_on_what_lies_before_it(tmp_path: Path) -> None:
    """At 29.97 frames a second a scene's samples depend on where it lies; its ambience is as long everywhere."""
    lengths = [f"{2000 + 33 * number}ms" for number in range(5)]
    requests = {wind_of(tmp_path / "film", first) for first in lengths}
    requests.add(wind_of(tmp_path / "film", "2s", alone=True))
    assert len(requests) == 1
