"""The same request and seed give the same bytes, whatever was painted before and in however many processes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context

import pytest

from scenes.backend import ClipRequest, Speech
from scenes.backends.animatic import Animatic
from scenes.backends.animatic.stage import as_json, stage_of
from storyboard.film import Beat, Thing
from tests.quality.screening import actor, request_of

_PAIR = (actor("Anna", at="left", action="walk"), actor("Rex", "dog", at="right", action="run"))
SCENES: tuple[ClipRequest, ...] = (
    request_of(160, 90, 4, place="desert", weather="storm", camera="dolly in", cast=_PAIR),
    request_of(90, 160, 4, place="stage", shot="close-up", cast=(actor(action="talk"),),
               speech=(Speech("anna", 0, 4, (0.2, 0.8, 0.5, 0.9)),)),
    request_of(96, 96, 4, place="sea shore", time="night", weather="rain", camera="handheld",
               things=(Thing("car", "car"), Thing("umbrella", "umbrella", held_by="anna")), cast=(actor(),)),
    request_of(128, 72, 4, place="planet surface", style="papercut", camera="rack focus", draft=True,
               beats=(Beat(), Beat(time="dusk"), Beat(time="night")), cast=(actor("Ivo", "wizard"),)),
)  # fmt: skip
"""Four scenes in four aspects that use what is drawn by chance: weather, grain, camera, texture, draft."""


def digest_of(request: ClipRequest) -> str:
    """The SHA-256 of all frames of a clip, one after another."""
    backend = Animatic()
    clip = backend.generate(request, backend.quantise(request), lambda _: None, lambda: False)
    found = hashlib.sha256()
    for frame in clip.frames:
        found.update(frame.tobytes())
    return found.hexdigest()


def _in_workers(count: int, requests: Sequence[ClipRequest]) -> list[str]:
    """The digests made by so many fresh processes, which share nothing with this one."""
    with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as workers:
        return list(workers.map(digest_of, requests))


@pytest.fixture(scope="module")
def here() -> list[str]:
    """The digests of the scenes, painted in this process one after another."""
    return [digest_of(request) for request in SCENES]


@pytest.mark.parametrize("workers", [1, 2])
def test_workers_give_the_same_bytes(here: list[str], workers: int) -> None:
    """One fresh worker and two that share the scenes between them paint what this process paints."""
    assert _in_workers(workers, SCENES) == here


def test_another_seed_gives_another_picture(here: list[str]) -> None:
    """The seed is what chance comes from: with another one the clip is not the same."""
    first = SCENES[0]
    assert digest_of(replace(first, seed=first.seed + 1)) != here[0]


@pytest.mark.parametrize("request_", SCENES, ids=[request.scene.place for request in SCENES])
def test_a_stage_is_data(request_: ClipRequest) -> None:
    """Equal requests are staged alike, and the stage is plain JSON that names its seed, sheets and camera."""
    plain = as_json(stage_of(request_))
    assert plain == as_json(stage_of(replace(request_)))
    assert plain["seed"] == stage_of(request_).seed
    assert len(plain["layers"]) > 3
    assert {"first", "last", "span"} <= plain["camera"].keys()
