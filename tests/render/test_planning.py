"""What a plan says while the film's level is an estimate, and what it says of `post`."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from audio.mixing.grid import MixRequest
from projects.plan import Planned, State
from projects.steps import Step
from render.makers import works_of
from render.orders import Order
from render.planning import LEVEL, _doubt
from scenes.backend import ClipPlan
from scenes.frames import write_film
from storyboard.film import Aspect, Post
from tests.render.conftest import Opener

POSTED = """\
workprint: 1
title: Posted
fps: 24
resolution: 360p
cuts: ["16:9", "1:1"]
scenes:
  - id: a
    length: 2s
    place: lake
    post: {grade: warm, sharpen: light, denoise: strong, stabilise: true, deband: true}
  - {id: b, length: 2s, place: lake}
"""


def planned(kind: str, state: State) -> Planned:
    """One planned step."""
    return Planned(
        Step(f"{kind}:0000", kind, "audio.mixing.encode:code_sound", MixRequest(1)), "", state, "", needed=False
    )


@pytest.mark.parametrize(
    ("kind", "state", "told"),
    [("sound", State.CURRENT, True), ("sound", State.STALE, False), ("mix", State.CURRENT, False)],
)
def test_a_level_in_doubt_is_told_where_it_could_cost_something(kind: str, state: State, told: bool) -> None:
    """Only where coded sound is there that another level would make useless, a person is told that it may happen."""
    assert _doubt([planned(kind, state)]) == ((LEVEL,) if told else ())


def test_post_is_planned_in_the_order_in_which_it_is_done(film_of: Opener) -> None:
    """A scene's plan names every pass over its takes with its seconds, both cuts together; others name none."""
    both = film_of(POSTED).plan(Order())
    one = film_of(POSTED).plan(Order(cuts=(Aspect(16, 9),)))
    names = ["denoise strong", "stabilise", "deband", "sharpen light", "grade warm"]
    a, b = both.scenes
    assert [name for name, _ in a.works] == names
    assert b.works == ()
    wide = dict(one.scenes[0].works)
    assert all(seconds > wide[name] > 0 for name, seconds in a.works)
    assert [work["name"] for work in a.as_json()["works"]] == names


def test_post_is_a_part_of_the_work_ahead(film_of: Opener) -> None:
    """The film's estimate grows by what `post` takes, and by nothing else."""
    with_post = film_of(POSTED).plan(Order())
    spent = sum(seconds for _, seconds in with_post.scenes[0].works)
    bare = film_of(POSTED.replace("post: {", "model: {")).plan(Order())
    assert with_post.estimated_seconds - bare.estimated_seconds == pytest.approx(spent, abs=0.2)


def test_an_estimated_length_blocks_nothing(film_of: Opener, tmp_path: Path) -> None:
    """Footage as long as its file is not refused while that length is unknown; with a length that is too long it is."""
    (tmp_path / "film").mkdir()
    write_film(tmp_path / "film" / "a.mp4", [np.full((36, 64, 3), 90, np.uint8)] * 24, 64, 36, Fraction(24))
    scene = "workprint: 1\ntitle: Own\nresolution: 360p\nscenes:\n  - {id: a, clip: a.mp4, length: LENGTH}\n"
    (unknown,) = film_of(scene.replace("LENGTH", "clip")).plan(Order()).scenes
    assert (unknown.exact, unknown.state) == (False, "missing")
    (known,) = film_of(scene.replace("LENGTH", "5s")).plan(Order()).scenes
    assert known.state == "blocked"
    assert "has 1.00 s" in known.why


def test_only_pictures_smaller_than_the_canvas_are_enlarged(film_of: Opener) -> None:
    """Enlarging comes first and costs where the plan's pictures do not cover the canvas; else it is not done."""
    found = film_of(POSTED).plan(Order(), appraised=False)
    clip = next(one.step.request.clip for one in found.steps if one.step.kind == "take")
    clip = replace(clip, scene=replace(clip.scene, post=Post(upscale=2, grade="cool")))
    full = ClipPlan(clip.frames, clip.frames, clip.width, clip.height, clip.rate)
    small = replace(full, width=clip.width // 2, height=clip.height // 2)
    assert [name for name, _ in works_of(clip, full)] == ["grade cool"]
    assert [name for name, _ in works_of(clip, small)] == ["upscale 2x", "grade cool"]
    slow = replace(full, rate=Fraction(12))
    clip = replace(clip, scene=replace(clip.scene, post=Post(interpolate=24, grade="cool")))
    assert [name for name, _ in works_of(clip, slow)] == ["interpolate 24", "grade cool"]
