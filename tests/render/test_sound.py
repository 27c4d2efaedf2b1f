"""The sound's steps: what a scene's place in the film may change, and what not."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from audio.mixing.grid import MixCue
from projects.fingerprint import canonical_text
from projects.hosted.job import Consent
from projects.steps import Artifact
from projects.workspace import open_workspace
from render.makers import Maker
from render.purchases import Purchases
from render.sound import Material, Soundtrack, file_steps, lay_soundtrack
from render.timeline import build_timeline, scene_timeline
from storyboard.load import read
from storyboard.schedule import schedule


def material(folder: Path, made: dict[str, Artifact]) -> Material:
    """What the soundtrack of a painted film in a folder is laid out of."""
    painted: dict[str, Maker] = defaultdict(lambda: Maker("animatic", "it is painted"))
    return Material(open_workspace(folder), made, {}, {}, painted, "16x9", Purchases(folder, Consent()))


def wind_of(folder: Path, first: str, *, alone: bool = False) -> str:
    """The request of the second scene's wind, where the first scene lasts so long."""
    text = (
        f"workprint: 1\ntitle: T\nfps: 29.97\nsounds: none\nscenes:\n  - {{id: a, length: {first}, place: forest}}\n"
        "  - {id: b, length: 3.1s, place: sea shore, sounds: [{effect: wind, at: 0.3s}]}\n"
    )
    folder.mkdir(exist_ok=True)
    (folder / "storyboard.yaml").write_text(text, encoding="utf-8")
    film = read(text, "storyboard.yaml").film
    assert film is not None
    timeline = build_timeline(film, schedule(film))
    track = lay_soundtrack(
        film, scene_timeline(timeline, "b") if alone else timeline, material(folder, {}), "b" if alone else ""
    )
    return canonical_text(next(step.request for step in track.steps if step.kind == "effect"))


def test_an_effect_does_not_hang_on_what_lies_before_it(tmp_path: Path) -> None:
    """At 29.97 frames a second a scene's samples depend on where it lies; its ambience is as long everywhere."""
    lengths = [f"{2000 + 33 * number}ms" for number in range(5)]
    requests = {wind_of(tmp_path / "film", first) for first in lengths}
    requests.add(wind_of(tmp_path / "film", "2s", alone=True))
    assert len(requests) == 1


SWOOSHES = """\
workprint: 1
title: T
fps: 25
opening: {kind: fade black, length: 1s, sound: {effect: bell}}
score: {file: score.wav}
scenes:
  - id: a
    length: 4s
    place: forest
    sounds: [{file: bang.wav, at: 1s}]
    transition: {kind: crossfade, length: 1s, sound: {file: swoosh.wav, level: -10 dB}}
  - id: b
    length: 4s
    place: meadow
    transition: {kind: cut, sound: {effect: wind, length: 0.5s}}
  - id: c
    length: 3s
    place: stage
"""


def laid(folder: Path, made: dict[str, Artifact], alone: str = "") -> tuple[Soundtrack, dict[str, MixCue]]:
    """The soundtrack of SWOOSHES, and its cues by their inputs."""
    folder.mkdir(exist_ok=True)
    (folder / "storyboard.yaml").write_text(SWOOSHES, encoding="utf-8")
    for name in ("score.wav", "bang.wav", "swoosh.wav"):
        (folder / name).write_bytes(b"not looked into")
    film = read(SWOOSHES, "storyboard.yaml").film
    assert film is not None
    timeline = build_timeline(film, schedule(film))
    track = lay_soundtrack(film, scene_timeline(timeline, alone) if alone else timeline, material(folder, made), alone)
    assert {step.name for step in file_steps(film, open_workspace(folder), Purchases(folder, Consent()))} == {
        "music",
        "effect:a/file-1",
        "effect:a/transition-file-1",
    }
    return track, {cue.input: cue for cue in track.cues}


def test_a_transition_is_heard_from_its_first_frame(tmp_path: Path) -> None:
    """The sound of a crossfade begins with it, that of a cut at the cut, that of the opening with the film."""
    track, cues = laid(tmp_path / "film", {})
    assert cues["effect:a/transition-file-1"].at_sample == 3 * 48_000
    assert cues["effect:a/transition-file-1"].gain_db == pytest.approx(-10.0)
    assert cues["effect:b/transition-wind-1"].at_sample == 7 * 48_000
    assert cues["effect:b/transition-wind-1"].samples == 24_000
    opening = next(name for name in cues if name.startswith("effect:/"))
    assert cues[opening].at_sample == 0
    assert all(cues[name].bus == "effects" for name in cues if name.startswith("effect:"))
    assert track.samples == 10 * 48_000


def test_files_are_heard_for_as_long_as_they_last(tmp_path: Path) -> None:
    """Once a file was brought in its length is known; a score is laid over the whole film."""
    made = {
        name: Artifact("", tmp_path, {"samples": samples})
        for name, samples in (("effect:a/file-1", 5000), ("effect:a/transition-file-1", 7000))
    }
    _, before = laid(tmp_path / "film", {})
    _, after = laid(tmp_path / "film", made)
    assert before["score"].samples == after["score"].samples == 10 * 48_000
    assert (before["effect:a/file-1"].samples, after["effect:a/file-1"].samples) == (0, 5000)
    assert after["effect:a/transition-file-1"].samples == 7000


def test_a_scene_alone_has_no_transition_and_no_score(tmp_path: Path) -> None:
    """A scene by itself keeps its own sounds only, from its own first sample."""
    track, cues = laid(tmp_path / "film", {}, "a")
    assert list(cues) == ["effect:a/file-1"]
    assert cues["effect:a/file-1"].at_sample == 48_000
    assert track.scene == "a"
