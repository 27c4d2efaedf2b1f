"""What each kind of change costs: the plan names the pieces and chunks that it touches, and the render makes them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from projects.progress import Silent
from render.orders import Order
from render.production import open_production
from storyboard.film import Aspect

pytestmark = pytest.mark.slow

HEAD = """\
workprint: 1
title: Four scenes
fps: 24
resolution: 360p
captions: off
score: {mood: calm, tempo: 90}
scenes:
"""
SCENES = {
    "dawn": "  - {id: dawn, length: 6s, place: lake, time: dawn, transition: crossfade 0.25s}\n",
    "noon": "  - {id: noon, length: 6s, place: meadow, sounds: [{effect: birds}], transition: crossfade 0.25s}\n",
    "dusk": "  - {id: dusk, length: 6s, place: forest, time: dusk, transition: crossfade 0.25s}\n",
    "dark": "  - {id: dark, length: 6s, place: village, time: night}\n",
}
ORDER = Order(cuts=(Aspect(16, 9),), draft=True, jobs=1)
END = {"film@16x9-draft", "check@16x9-draft"}


def written(*order: str, **changed: str) -> str:
    """The storyboard with its scenes in an order, some of them written otherwise."""
    scenes = {**SCENES, **changed}
    return HEAD + "".join(scenes[name] for name in order or SCENES)


def cut_and_seen(*names: str) -> set[str]:
    """Pieces, and the steps that look at them."""
    pieces = {f"{name}@16x9-draft" for name in names}
    return pieces | {f"rush:{piece}" for piece in pieces}


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The film, made once; to be copied, never changed."""
    folder = tmp_path_factory.mktemp("four") / "film"
    folder.mkdir()
    (folder / "storyboard.yaml").write_text(written(), encoding="utf-8")
    open_production(folder).render(ORDER, Silent())
    return folder


@pytest.fixture
def made_after(rendered: Path, tmp_path: Path) -> Callable[[str], set[str]]:
    """Render a changed storyboard; gives what was made, which has to be what the plan named."""

    def render(storyboard: str) -> set[str]:
        folder = tmp_path / "film"
        shutil.copytree(rendered, folder)
        (folder / "storyboard.yaml").write_text(storyboard, encoding="utf-8")
        production = open_production(folder)
        planned = set(production.plan(ORDER).needed)
        made = set(production.render(ORDER, Silent()).made)
        assert made == planned
        shutil.rmtree(folder)
        return made

    return render


def test_scenes_in_another_order_keep_their_bodies(made_after: Callable[[str], set[str]]) -> None:
    """Where two scenes change places, the transitions between new neighbours are made, and the sound that moved."""
    made = made_after(written("dawn", "dusk", "noon", "dark"))
    assert {name for name in made if name.startswith(("take:", "body:"))} == set()
    assert cut_and_seen("join:dawn>dusk", "join:dusk>noon", "join:noon>dark") <= made
    assert not any(name.startswith(("join:", "rush:join:")) and "dawn>noon" in name for name in made)


def test_a_transition_that_moves_cuts_its_neighbours_anew(made_after: Callable[[str], set[str]]) -> None:
    """A transition taken from one place and put to another paints nothing: bodies there are cut again, no others."""
    moved = {
        "noon": SCENES["noon"].replace(", transition: crossfade 0.25s", ""),
        "dusk": SCENES["dusk"].replace("crossfade 0.25s", "crossfade 0.5s"),
    }
    made = made_after(written(**moved))
    picture = {name for name in made if not name.startswith(("mix:", "sound:", "heard:", "score"))}
    cut = cut_and_seen("body:noon", "body:dusk", "body:dark", "join:dusk>dark")
    assert picture == cut | END


def test_another_score_is_a_matter_of_sound(made_after: Callable[[str], set[str]]) -> None:
    """Other music is composed, mixed, coded and heard in every chunk; the film is joined again, and no picture made."""
    made = made_after(written().replace("mood: calm", "mood: tense"))
    chunks = {f"{kind}:{number:04}" for kind in ("mix", "sound", "heard") for number in range(3)}
    assert made == {"score", *chunks} | END


def test_a_sound_is_heard_in_its_own_chunks_only(made_after: Callable[[str], set[str]]) -> None:
    """A sound in the last scene makes the chunks in which that scene is heard, and leaves the first one alone."""
    louder = SCENES["dark"].replace("time: night", "time: night, sounds: [{effect: bell, at: 2s, level: -30 dB}]")
    made = made_after(written(dark=louder))
    assert any(name.startswith("effect:dark/") for name in made)
    assert not any(name.endswith(":0000") for name in made)
    assert {name for name in made if name.startswith(("take:", "body:", "join:", "rush:"))} == set()
    assert made >= END


def test_a_changed_scene_makes_its_own_pieces(made_after: Callable[[str], set[str]]) -> None:
    """Another place in one scene: its take, its body, its two transitions, the film."""
    made = made_after(written(noon=SCENES["noon"].replace("place: meadow", "place: desert")))
    assert made == {"take:noon@16x9-draft"} | cut_and_seen("body:noon", "join:dawn>noon", "join:noon>dusk") | END
