"""One film of many makers: painted, three tiny models, a character's small weights, footage; joined and measured."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import yaml
from PIL import Image

from projects.progress import Silent
from projects.workspace import open_workspace
from render.orders import Delivery, Order
from render.production import open_production
from scenes.frames import write_film
from storyboard.film import Aspect
from tests.scenes.diffusion.tiny_sd import MAKERS_SD
from tests.scenes.diffusion.whole import model_of

pytestmark = pytest.mark.whole

ORDER = Order(cuts=(Aspect(16, 9), Aspect(9, 16)), draft=True, jobs=2)
GENERATED = ("shore", "crowd", "boat", "boat-again", "song")


def storyboard(folder: Path) -> dict[str, object]:
    """The film: each scene by another maker, with transitions between."""

    def scene(name: str, backend: str, **more: object) -> dict[str, object]:
        model = dict(model_of(backend, folder)) if backend not in ("animatic", "footage") else {}
        return {
            "id": name,
            "length": "1s",
            "backend": backend,
            "prompt": f"a quiet {name} at dusk",
            "transition": "crossfade 0.25s",
            **({"model": model} if model else {}),
            **more,
        }

    svd = scene("boat", "svd", keyframes=[{"picture": "a.png", "at": "start"}])
    del svd["prompt"]
    return {
        "workprint": 1,
        "title": "Many hands",
        "resolution": "180p",
        # The sound of weights that were never trained is noise with peaks, which no limiter brings to -14.
        "loudness": "-23 LUFS",
        "cuts": ["16:9", "9:16"],
        "characters": {"ann": {"role": "woman", "looks": "a red coat", "lora": "models/anna/anna.safetensors"}},
        "scenes": [
            scene("wood", "animatic", place="forest", cast=["ann"], lines=[{"by": "ann", "say": "Here we are."}]),
            scene("shore", "ltx", moments={"start": "calm", "end": "a storm"}),
            scene("crowd", "animatediff", cast=["ann"]),
            svd,
            {**svd, "id": "boat-again", "transition": "cut"},
            scene("song", "ltx2"),
            {"id": "street", "clip": "c.mp4", "length": "1s"},
        ],
    }


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with its tiny weights, a picture and footage."""
    folder = tmp_path_factory.mktemp("film")
    MAKERS_SD["anna"](folder / "models" / "anna")
    small = next((folder / "models" / "anna").glob("*.safetensors"))
    small.rename(small.with_name("anna.safetensors"))
    rng = np.random.default_rng(7)
    picture = np.kron(rng.integers(0, 256, (9, 16, 3)), np.ones((10, 10, 1))).astype(np.uint8)
    Image.fromarray(picture).save(folder / "a.png")
    write_film(folder / "c.mp4", [np.roll(picture, 4 * k, axis=1) for k in range(30)], 160, 90, Fraction(24))
    (folder / "storyboard.yaml").write_text(yaml.safe_dump(storyboard(folder), sort_keys=False), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def delivered(film: Path) -> Delivery:
    """The film, rendered once."""
    return open_production(film).render(ORDER, Silent())


def test_all_makers_make_one_film(delivered: Delivery) -> None:
    """Both cuts are as long as planned, with their cuts and sound in place, as the self-test measured."""
    assert len(delivered.films) == 2
    for one in delivered.films:
        assert one.report["passed"], one.report
    told = " ".join(delivered.notes)
    for name in ("models/ltx", "models/sd; adapter models/motion", "models/svd"):
        assert told.count(f"made by the model {name} ") == 1


def test_receipts_say_what_made_each_scene(delivered: Delivery, film: Path) -> None:
    """Model, licence, prompt with the fixed traits, seed and small weights are kept with each take."""
    store = open_workspace(film).store
    takes = {
        receipt.order.name.split(":")[1].split("@")[0]: receipt
        for receipt in store.receipts()
        if receipt.order.name.startswith("take:") and receipt.order.name.endswith("@16x9-draft")
    }
    for name in GENERATED:
        assert takes[name].facts["makes"] == "generated"
        assert "unknown" in takes[name].facts["licence"]
    crowd = json.dumps(takes["crowd"].order.request)
    assert "a red coat" in crowd
    assert "models/anna/anna.safetensors" in takes["crowd"].order.files
    assert "models/anna/anna.safetensors" not in takes["wood"].order.files


def test_one_clip_serves_all_cuts(delivered: Delivery, film: Path) -> None:
    """A model runs once a scene: the upright cut is cropped out of its take, while the painter composes anew."""
    plan = open_production(film).plan(ORDER)
    kinds = {planned.step.name: planned.step.kind for planned in plan.steps}
    assert {kinds[f"take:{name}@9x16-draft"] for name in GENERATED} == {"recut"}
    assert kinds["take:wood@9x16-draft"] == "take"


def test_prompts_are_read_once_for_all_cuts(delivered: Delivery) -> None:
    """The words of a scene are encoded in one step, where the family reads beforehand; sound of its own is heard."""
    assert {name for name in delivered.made if name.startswith("words:")} == {"words:shore", "words:song"}
    assert "clip:song" in delivered.made


def test_a_change_of_one_scene_makes_that_scene(delivered: Delivery, film: Path) -> None:
    """Other steps for one model leave its words, the other models and the painter's scenes alone."""
    text = (film / "storyboard.yaml").read_text("utf-8")
    written = yaml.safe_load(text)
    written["scenes"][1]["model"]["guidance"] = 4.0
    (film / "storyboard.yaml").write_text(yaml.safe_dump(written, sort_keys=False), encoding="utf-8")
    try:
        again = open_production(film).render(ORDER, Silent())
    finally:
        (film / "storyboard.yaml").write_text(text, encoding="utf-8")
    made = [name for name in again.made if name.startswith(("take:", "words:"))]
    assert made == ["take:shore@16x9-draft", "take:shore@9x16-draft"]
