"""One suite over every backend that loads a model: whole weights or none, steps that can be stopped, words counted."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from projects.plugins import load
from projects.weights import ModelMissing, Setting
from scenes.backend import ClipRequest, Refusal
from scenes.diffusion import holding
from scenes.diffusion.engine import Diffusion
from storyboard.errors import InterruptedRender, MissingError, RenderError
from storyboard.film import Keyframe
from tests.conformance.test_clips import SCENE
from tests.scenes.diffusion.whole import NEEDS, model_of

NAMES = sorted(NEEDS)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A film's folder with a picture; models are put there when they are asked for."""
    folder = tmp_path_factory.mktemp("film")
    rng = np.random.default_rng(3)
    Image.fromarray(np.kron(rng.integers(0, 256, (4, 4, 3)), np.ones((16, 16, 1))).astype(np.uint8)).save(
        folder / "a.png"
    )
    return folder


@pytest.fixture(params=NAMES)
def backend(request: pytest.FixtureRequest) -> Diffusion:
    """Each backend with a model in turn."""
    made: Diffusion = load("workprint.clips", request.param)()
    return made


Asked = Callable[..., ClipRequest]


@pytest.fixture
def asked(backend: Diffusion, project: Path) -> Asked:
    """A request for a small clip of the backend, with further settings, or another folder of weights."""

    def build(prompt: str = "a pier at dusk", **more: Setting) -> ClipRequest:
        plain: dict[str, Setting] = dict(model_of(backend.name, project))
        settings = tuple((plain | more).items())
        pictures = "start" in backend.family.takes and "prompt" not in backend.family.takes
        scene = replace(
            SCENE,
            prompt=prompt,
            cast=(),
            camera="static",
            model=settings,
            keyframes=(Keyframe("a.png", Fraction(0)),) if pictures else (),
        )
        files = {"a.png": project / "a.png", **backend.weights(settings, project)}
        return ClipRequest(scene, prompt, "", 8, Fraction(24), 96, 54, seed=3, take=1, files=files)

    return build


def made(backend: Diffusion, request: ClipRequest, cancelled: Callable[[], bool] = lambda: False) -> dict[str, object]:
    """The facts of a clip, all of whose frames were taken."""
    clip = backend.generate(request, backend.quantise(request), lambda part: None, cancelled)
    assert len(list(clip.frames)) == backend.quantise(request).frames
    return clip.facts


def test_a_folder_that_is_not_there_is_told_with_what_fetches_it(backend: Diffusion, project: Path) -> None:
    """A mistyped folder is no name on the hub; the message has the exact line and what is known of the licence."""
    settings = tuple((dict(model_of(backend.name, project)) | {"folder": "models/nothing"}).items())
    with pytest.raises(ModelMissing, match="is not there") as missing:
        backend.weights(settings, project)
    assert f"hf download {backend.family.weights[''].repo}" in missing.value.hint
    assert "licence" in missing.value.hint


def _half(folder: Path) -> None:
    next(path for path in sorted(folder.rglob("*.safetensors")) if "safety" not in str(path)).unlink()


def _cut(folder: Path) -> None:
    weights = max(folder.rglob("*.safetensors"), key=lambda path: path.stat().st_size)
    weights.write_bytes(weights.read_bytes()[:-64])


def _pickled(folder: Path) -> None:
    weights = max(folder.rglob("*.safetensors"), key=lambda path: path.stat().st_size)
    weights.rename(weights.with_suffix(".bin"))


def _own_code(folder: Path) -> None:
    index = folder / "model_index.json"
    index.write_text(json.dumps(json.loads(index.read_text()) | {"_class_name": ["pipeline", "Own"]}))


@pytest.mark.parametrize("spoil", [_half, _cut, _pickled, _own_code])
def test_what_cannot_be_loaded_is_named(
    backend: Diffusion, asked: Asked, project: Path, spoil: Callable[[Path], None]
) -> None:
    """Half a snapshot, a file cut short, pickled weights and code of its own are told before anything is loaded."""
    whole = project / str(dict(asked().scene.model)["folder"])
    spoilt = project / "models" / "spoilt"
    shutil.rmtree(spoilt, ignore_errors=True)
    shutil.copytree(whole, spoilt)
    spoil(spoilt)
    with pytest.raises(ModelMissing) as missing:
        made(backend, asked(folder="models/spoilt"))
    assert any(
        word in missing.value.message for word in ("missing", "no weights", "cut short", "could run code", "code")
    )
    assert missing.value.hint


def test_stopping_takes_effect_within_a_step(backend: Diffusion, asked: Asked) -> None:
    """The second look at whether to go on ends the clip; nothing is handed over, and the next one is whole."""
    looks = iter(range(100))
    with pytest.raises(InterruptedRender):
        made(backend, asked(steps=8), lambda: next(looks) >= 1)
    assert next(looks) < 8
    made(backend, asked())


def test_a_model_is_loaded_once_for_many_scenes(
    backend: Diffusion, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second scene of the same model finds it there, whatever its words, steps and seed."""
    holding.let_go()
    first = backend.reading(asked())
    kept = asked().files
    words: list[Path] = []
    if backend.family.reader is not None:
        for number, prompt in enumerate(("a pier at dusk", "a boat")):
            words.append(Path(kept["a.png"]).parent / f"{backend.name}-{number}.safetensors")
            backend.encode(replace(first, prompts=(prompt,)), backend.reading_files(kept), words[-1])
    opened: list[str] = []
    plain = type(backend).open

    def counted(self: Diffusion, kind: str, *given: object, **parts: object) -> object:
        opened.append(kind)
        return plain(self, kind, *given, **parts)  # type: ignore[arg-type]

    monkeypatch.setattr(type(backend), "open", counted)
    one, two = asked(), replace(asked("a boat", steps=3), seed=9)
    if words:
        one, two = replace(one, words=words[0]), replace(two, words=words[1])
    made(backend, one)
    made(backend, two)
    assert len(opened) == 1


def test_words_that_find_no_room_are_told(backend: Diffusion, asked: Asked) -> None:
    """Nothing is cut in silence: what the encoder has no room for stands in the facts."""
    most = backend.family.tokens
    if not most:
        pytest.skip("reads no words")
    facts = made(backend, asked("pier " * most + "zebra"))
    assert any("zebra" in str(note) for note in facts["notes"])  # type: ignore[attr-defined]


def test_a_size_that_is_not_allowed_is_refused(backend: Diffusion, asked: Asked) -> None:
    """With the nearest one that is."""
    with pytest.raises(Refusal, match="33") as refusal:
        backend.quantise(asked(width=33))
    assert str(backend.family.multiple) in refusal.value.hint


def test_a_card_that_is_not_here_is_told(backend: Diffusion, asked: Asked) -> None:
    """`device: cuda` without one names the remedy; left out, the processor does the work."""
    import torch

    if torch.cuda.is_available():
        pytest.skip("there is a card")
    with pytest.raises(MissingError, match="none is here") as missing:
        made(backend, asked(device="cuda"))
    assert "device" in missing.value.hint


def test_settings_that_are_none_are_refused(backend: Diffusion, asked: Asked) -> None:
    """Typing errors and wrong types under `model:` are told with what there is."""
    for wrong in ({"stepz": 3}, {"steps": "many"}, {"steps": 0}, {"preset": "best"}, {"memory": "all"}):
        with pytest.raises(RenderError) as refusal:
            backend.quantise(asked(**wrong))
        assert refusal.value.hint


def test_a_clip_has_a_price(backend: Diffusion, asked: Asked) -> None:
    """Seconds, memory and disk are estimated from what lies here, and more steps cost more."""
    few, many = asked(steps=4), asked(steps=40)
    costs = [backend.estimate(one, backend.quantise(one)) for one in (few, many)]
    assert costs[1].seconds > costs[0].seconds > 0
    assert costs[0].memory_mb > 0
    assert costs[0].disk_mb > 0
