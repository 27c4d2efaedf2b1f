"""What rules are told of the makers of clips, and what they then say of real ones."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from projects.workspace import Workspace, new_workspace
from storyboard.film import Film
from storyboard.load import read
from workprint import grounds as gathering
from workprint.grounds import grounds
from workprint.proofreading import prove, texts_of


def film_of(tmp_path: Path, scene: str, head: str = "") -> tuple[Film, Workspace]:
    """A film of one scene, and its project."""
    text = f"workprint: 1\ntitle: x\n{head}scenes:\n  - {{id: s, {scene}}}\n"
    workspace = new_workspace(tmp_path / "film", text)
    return read(text, "storyboard.yaml").checked(), workspace


def told(tmp_path: Path, scene: str, head: str = "") -> list[tuple[str, str]]:
    """The codes and messages of proofreading."""
    _, workspace = film_of(tmp_path, scene, head)
    return [(one.code, one.message) for one in prove(workspace, texts_of(workspace), language="en").diagnostics]


@pytest.fixture(autouse=True)
def no_models(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """No weights of this machine, and no card."""
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hub"))
    forget = gathering.card_mb.cache_clear
    forget()
    yield
    forget()


@pytest.mark.parametrize(
    ("scene", "makes"),
    [("place: lake", "drawn"), ("clip: a.mov", "photographed"), ("keyframes: [a.png]", "photographed")],
)
def test_the_embedded_makers_have_no_limits(tmp_path: Path, scene: str, makes: str) -> None:
    """What the house draws or the author filmed has no size, length or prompt to doubt."""
    film, workspace = film_of(tmp_path, scene)
    ground = grounds(film, workspace, lambda: 8e3)["s"]
    assert ground.makes == makes
    assert (ground.sizes, ground.prompt_tokens) == ((), 0)
    assert ground.longest == 0
    assert ground.wants_mb == 0


def test_a_local_model_is_known_without_its_weights(tmp_path: Path) -> None:
    """Its sizes, its longest clip and the tokens that it reads come from the table of its family."""
    film, workspace = film_of(tmp_path, "backend: ltx, prompt: A ship sails.")
    ground = grounds(film, workspace, lambda: 8e3)["s"]
    assert ground.title == "LTX-Video"
    assert ground.prompt_tokens == 128
    assert (768, 512) in ground.sizes
    assert ground.longest == Fraction(161, 24)
    assert ground.room_mb == 8e3


@pytest.mark.parametrize(("name", "service"), [("runway", "runway"), ("veo3", "google"), ("kling", "kling")])
def test_a_hosted_model_is_known_from_the_table(tmp_path: Path, name: str, service: str) -> None:
    """So are models of services, by the names of others too; this machine's card is none of theirs."""
    film, workspace = film_of(tmp_path, f"backend: {name}, prompt: A ship sails.")
    ground = grounds(film, workspace, lambda: 8e3)["s"]
    assert ground.backend == service
    assert ground.longest >= 8
    assert ground.room_mb == 0


def test_a_stranger_stays_unknown(tmp_path: Path) -> None:
    """Of a backend that is not installed nothing is said here."""
    film, workspace = film_of(tmp_path, "backend: nonesuch, prompt: A ship sails.")
    assert grounds(film, workspace, lambda: 8e3) == {}


@pytest.mark.parametrize(
    ("scene", "head", "code", "words"),
    [
        ("backend: wan, length: 30s, prompt: A ship sails.", "resolution: 480p\n", "W232", "Wan"),
        ("backend: ltx, length: 4s, prompt: A ship sails.", "resolution: 4k\n", "W223", "LTX-Video makes"),
        (
            f"backend: ltx, length: 4s, prompt: '{'A ship sails past a pier. ' * 60}'",
            "resolution: 480p\n",
            "W221",
            "LTX",
        ),
        (
            f"backend: runway, length: 5s, prompt: '{'A ship sails past. ' * 80}'",
            "resolution: 720p\n",
            "W221",
            "Gen-4.5",
        ),
        ("backend: ltx, length: 4s, prompt: A red barn.", "resolution: 480p\n", "W229", "s"),
        ("backend: ltx, length: 4s, prompt: 'A ship sails, no people.'", "resolution: 480p\n", "W237", "people"),
    ],
)
def test_doubts_about_real_models(tmp_path: Path, scene: str, head: str, code: str, words: str) -> None:
    """The rules that hang on a model speak of the very model that the scene names, and alone."""
    found = told(tmp_path, scene, head)
    assert [one for one, _ in found] == [code]
    assert words in found[0][1]


def test_the_same_scenes_drawn_here_are_not_doubted(tmp_path: Path) -> None:
    """None of that is said of what the house draws."""
    assert told(tmp_path, "length: 30s, place: lake, prompt: 'A ship sails, no people.'", "resolution: 4k\n") == []


def test_a_scene_too_heavy_for_the_card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a scene takes of the card is asked of its backend, and compared with what the driver tells."""
    monkeypatch.setattr(gathering, "card_mb", lambda: 4e3)
    monkeypatch.setattr(gathering, "_wanted", lambda *_: 19e3)
    found = told(tmp_path, "backend: ltx, length: 4s, prompt: A ship sails.", "resolution: 480p\n")
    assert [code for code, _ in found] == ["W227"]
    monkeypatch.setattr(gathering, "card_mb", lambda: 24e3)
    (tmp_path / "second").mkdir()
    assert told(tmp_path / "second", "backend: ltx, length: 4s, prompt: A ship sails.", "resolution: 480p\n") == []


def test_no_card_is_no_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a card or its driver there is nothing to compare with."""
    import projects.cards

    monkeypatch.setattr(projects.cards, "cards", tuple)
    assert gathering.card_mb() == 0.0


def test_asking_loads_no_model_and_no_pixels(tmp_path: Path) -> None:
    """An editor asks at every save: neither torch nor the libraries of pictures are loaded for it."""
    _, workspace = film_of(tmp_path, "backend: wan, length: 30s, prompt: A ship sails.")
    code = (
        "import sys\nfrom pathlib import Path\nfrom workprint.proofreading import proofread\n"
        f"found = proofread(Path({str(workspace.folder)!r}))[1]\n"
        "heavy = {'torch', 'diffusers', 'transformers', 'numpy', 'av', 'PIL', 'moviepy'} & set(sys.modules)\n"
        "print(len(found) > 0, sorted(heavy))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True []"


@pytest.mark.slow
def test_what_weights_take_of_the_card_is_computed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With weights in the project and a card, their memory is asked of the very folder; a larger picture takes more."""
    pytest.importorskip("diffusers")
    monkeypatch.setattr("scenes.diffusion.costs.card_here", lambda: "NVIDIA of a test")
    from tests.scenes.diffusion.tiny import MAKERS

    scene = "backend: ltx, length: 2s, prompt: A ship sails., model: {folder: models/ltx, width: %s, height: %s}"
    wants = []
    for name, size in (("small", 64), ("large", 512)):
        (tmp_path / name).mkdir()
        film, workspace = film_of(tmp_path / name, scene % (size, size), "resolution: 480p\n")
        MAKERS["ltx"](workspace.folder / "models" / "ltx")
        ground = grounds(film, workspace, lambda: 1.0)["s"]
        assert ground.room_mb == 1.0
        wants.append(ground.wants_mb)
    assert 0 < wants[0] < wants[1]
    monkeypatch.setattr(gathering, "card_mb", lambda: wants[0])
    found = prove(workspace, texts_of(workspace), language="en").diagnostics
    assert "W227" in [one.code for one in found]
