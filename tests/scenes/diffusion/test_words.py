"""Prompts that are encoded beforehand: the same pictures as without, and only what decides is part of the order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from projects.steps import Work
from scenes.backend import ClipRequest, WordsRequest
from scenes.backends.ltx import Ltx
from scenes.backends.wan import Wan
from scenes.diffusion.engine import Diffusion
from scenes.diffusion.plans import Segment
from scenes.diffusion.shooting import prompt_at, seed_of
from scenes.diffusion.words import opened
from scenes.words import make_words
from storyboard.errors import RenderError
from storyboard.film import Character, Part, Scene, VoiceChoice
from tests.scenes.diffusion.tiny import MAKERS

MakeScene = Callable[..., Scene]
Ask = Callable[..., ClipRequest]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A film's folder with both models."""
    folder = tmp_path_factory.mktemp("film")
    for name in ("wan", "ltx"):
        MAKERS[name](folder / name)
    return folder


def asked(backend: Diffusion, project: Path, make_scene: MakeScene, make_request: Ask, **scene: object) -> ClipRequest:
    """A small clip of a backend."""
    settings = (("folder", backend.name), ("steps", 2), ("width", 32), ("height", 32))
    made = make_scene(prompt="a pier", model=settings, **scene)
    return replace(make_request(made, files=backend.weights(settings, project), frames=9), negative="fog")


@pytest.mark.parametrize("backend", [Wan(), Ltx()], ids=["wan", "ltx"])
def test_words_read_beforehand_give_the_same_pictures(
    backend: Diffusion, project: Path, make_scene: MakeScene, make_request: Ask, tmp_path: Path
) -> None:
    """To the bit, although no reader is loaded with the pipeline; and the reader needs only its own files."""
    request = asked(backend, project, make_scene, make_request)
    out = tmp_path / "words.safetensors"
    files = backend.reading_files(request.files)
    assert not any("transformer/" in name or "vae/" in name for name in files)
    facts = make_words(backend.reading(request), Work({}, files, lambda part: None, lambda: False), out)
    assert facts == {"notes": []}
    plan = backend.quantise(request)
    whole, parted = (
        np.stack(list(backend.generate(one, plan, lambda part: None, lambda: False).frames))
        for one in (request, replace(request, words=out))
    )
    assert np.array_equal(whole, parted)


def test_only_what_decides_is_part_of_the_order(project: Path, make_scene: MakeScene, make_request: Ask) -> None:
    """Steps, sizes and seeds do not make words be read again; another prompt, moment or model does."""
    backend = Wan()
    request = asked(backend, project, make_scene, make_request)
    same = replace(request, seed=9, scene=replace(request.scene, model=(*request.scene.model, ("guidance", 3.0))))
    assert backend.reading(request) == backend.reading(same)
    moments = replace(request, schedule=((Fraction(0), "calm"), (Fraction(1), "a storm")))
    assert backend.reading(moments).prompts == ("a pier", "calm", "a storm")
    for other in (replace(request, prompt="x"), replace(request, negative="y")):
        assert backend.reading(request) != backend.reading(other)


def test_words_that_find_no_room_are_told(
    project: Path, make_scene: MakeScene, make_request: Ask, tmp_path: Path
) -> None:
    """The reader's own facts say so, with the words themselves."""
    backend = Ltx()
    request = asked(backend, project, make_scene, make_request)
    wanted = WordsRequest("ltx", ("the pier " * 40 + "at dusk",), "", request.scene.model[:1])
    facts = backend.encode(wanted, backend.reading_files(request.files), tmp_path / "words.safetensors")
    assert "at dusk'" in facts["notes"][0]


def test_a_spoilt_file_is_told(tmp_path: Path) -> None:
    """What is no file of words is refused with a remedy."""
    (tmp_path / "words.safetensors").write_bytes(b"none")
    with pytest.raises(RenderError, match="cannot be read") as refusal:
        opened(tmp_path / "words.safetensors")
    assert refusal.value.hint


def test_each_segment_has_the_words_of_its_moment(make_scene: MakeScene, make_request: Ask) -> None:
    """A long scene in segments follows its moments; a short one has one prompt that says all."""
    schedule = ((Fraction(0), "calm"), (Fraction(1, 2), "wind"), (Fraction(1), "storm"))
    request = replace(make_request(make_scene(prompt="sea")), prompt="sea", schedule=schedule)
    runs = [Segment(n * 80, n * 80 + 81) for n in range(5)]
    assert [prompt_at(request, runs, one) for one in runs] == ["calm", "wind", "wind", "wind", "storm"]
    assert prompt_at(request, runs[:1], runs[0]) == "sea"
    assert prompt_at(replace(request, schedule=()), runs, runs[4]) == "sea"


def test_a_character_brings_the_seed(make_scene: MakeScene, make_request: Ask) -> None:
    """Scenes that he leads begin from the same noise, and each take of them from another."""
    ann = Character("ann", "Ann", "woman", "woman", "", "", VoiceChoice(""), seed=70)
    bob = replace(ann, id="bob", seed=0)
    cast = (Part(bob, "stand", "neutral", "left"), Part(ann, "stand", "neutral", "right"))
    request = replace(make_request(make_scene(cast=cast)), seed=3)
    assert [seed_of(replace(request, take=take)) for take in (1, 2)] == [70, 71]
    assert seed_of(replace(request, scene=make_scene(cast=cast[:1]))) == 3
