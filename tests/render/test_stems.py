"""Stems of a film: exactly as long as it, aligned with it, and together all that is heard."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from audio.signal import wavefile
from projects.progress import Silent
from render.orders import Order
from render.production import Production
from storyboard.time import sample_of_frame
from tests.render.conftest import Opener

pytestmark = pytest.mark.slow

FILM = """\
workprint: 1
title: Apart
fps: 29.97
resolution: 360p
score: {mood: calm, tempo: 90}
characters: {max: {name: Max}}
scenes:
  - {id: wood, length: 2s, place: forest, sounds: bell}
  - {id: talk, length: 3s, place: meadow, cast: [max], lines: [{by: max, say: "Well, here we are."}], sounds: none}
"""
ORDER = Order(jobs=1)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Production, dict[str, Path]]:
    """The stems of a film by name, made once."""
    from render.production import open_production

    folder = tmp_path_factory.mktemp("apart")
    (folder / "storyboard.yaml").write_text(FILM, encoding="utf-8")
    production = open_production(folder)
    paths = production.stems(ORDER, Silent())
    return production, {path.stem.removeprefix("apart-"): path for path in paths}


def test_there_is_what_an_editor_asks_for(written: tuple[Production, dict[str, Path]]) -> None:
    """Dialogue, music and effects, the score's parts and its notes, and no picture was made for them."""
    production, paths = written
    assert {"dialogue", "music", "effects", "score-melody", "score-bass", "score-notes"} <= set(paths)
    assert paths["score-notes"].read_bytes()[:4] == b"MThd"
    laid = production._lay_out(ORDER)
    assert not production.made(laid, "take")


def test_stems_are_as_long_as_the_film(written: tuple[Production, dict[str, Path]]) -> None:
    """At a rate that divides no second evenly too, every stem has the film's samples."""
    production, paths = written
    samples = sample_of_frame(production._lay_out(ORDER).timeline.frames, production.film.rate)
    assert {wavefile.length(path) for path in paths.values() if path.suffix == ".wav"} == {samples}


def test_each_stem_holds_its_own(written: tuple[Production, dict[str, Path]]) -> None:
    """The bell is among the effects and nowhere else, the line in the dialogue, where the captions say."""
    production, paths = written
    (said,) = production._lay_out(ORDER).timeline.words
    first, last = said.uttered[0].first, said.uttered[-1].last
    dialogue, effects = (wavefile.read(paths[name]) for name in ("dialogue", "effects"))
    assert np.abs(dialogue[: first - 4800]).max() == 0.0
    assert np.abs(dialogue[first:last]).max() > 0.05
    assert np.abs(effects[: 48_000 * 2]).max() > 0.01


def test_the_score_is_the_sum_of_its_parts(written: tuple[Production, dict[str, Path]]) -> None:
    """What the composer plays apart adds up to the score of the film."""
    production, paths = written
    laid = production._lay_out(ORDER)
    whole = wavefile.read(production._memory.made(laid.orders, ["score"])["score"].path)
    parts = [wavefile.read(path) for name, path in paths.items() if name.startswith("score-") and path.suffix == ".wav"]
    left = sum(parts) - whole
    assert np.sqrt(np.mean(np.square(left))) < 1e-3 * np.sqrt(np.mean(np.square(whole)))


def test_other_formats_and_single_scenes(made_film: Opener) -> None:
    """A scene's stems are written in the format that was asked for, and nothing else is."""
    production = made_film(FILM)
    paths = production.stems(Order(scenes=("talk",), jobs=1), Silent(), suffix=".flac")
    assert [path.name for path in paths] == ["talk-dialogue.flac", "talk-music.flac", "talk-effects.flac"]
    assert all(path.read_bytes()[:4] == b"fLaC" for path in paths)
