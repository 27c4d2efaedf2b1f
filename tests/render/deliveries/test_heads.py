"""Heads and words of the samples in upright deliveries: nothing lies over a face, and nobody's head is cut off.

Nothing is rendered: people are painted alone, and stand where the painter puts them.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from projects.steps import Step
from render.burn import lines_on
from render.captions import Burned
from render.deliveries.presets import preset, shaped
from render.orders import Order
from render.production import open_production
from scenes.lettering import caption
from storyboard.film import Aspect
from storyboard.safe_area import SafeArea
from tests.scenes.heads import Box, faces

SAMPLES = Path(__file__).parents[3] / "projects" / "samples"
UPRIGHT = ("shorts", "reels", "tiktok")


def words(body: Step) -> Iterator[Box]:
    """Where each caption of a piece stands."""
    request = body.request
    for one in request.captions:
        assert isinstance(one, Burned)
        size = request.width, request.height
        lines = "\n".join(lines_on(one.text, *size, one.dress))
        pixels, left, top = caption(lines, *size, -1, one.dress.look, one.dress.safe)
        yield Box(left, top, left + pixels.shape[1], top + pixels.shape[0])


def covered(width: int, height: int, safe: SafeArea) -> tuple[Box, Box, Box]:
    """What a platform lays over a frame above, below, and at the right."""
    return (
        Box(0, 0, width, safe.top * height),
        Box(0, (1 - safe.bottom) * height, width, height),
        Box((1 - safe.right) * width, 0, width, height),
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", UPRIGHT)
@pytest.mark.parametrize("sample", ["hello", "guru-peak", "cherry-orchard"])
def test_nothing_lies_over_a_face(sample: str, name: str, tmp_path: Path) -> None:
    """In no scene of a sample does a caption, or what the platform lays over the picture, touch a face.

    Heads are whole with their hats. Who comes, goes or walks through may pass under what lies at the sides.
    """
    production = open_production(Path(shutil.copytree(SAMPLES / sample, tmp_path / sample)))
    production.film = shaped(production.film, preset(name))
    graph = list(production.lay_out(Order(cuts=(Aspect(9, 16),), draft=True, jobs=1)).graph)
    bodies = [step for step in graph if step.kind == "body"]
    seen, wrong = 0, []
    for take in (step for step in graph if step.kind == "take"):
        request = take.request.clip
        if take.request.backend != "animatic" or not request.scene.cast:
            continue
        said = [box for body in bodies if body.scene == take.scene for box in words(body)]
        above, below, aside = covered(request.width, request.height, preset(name).safe)
        for face in faces(request):
            seen += not face.passing
            over = [above, below, *said, *([] if face.passing else [aside])]
            whole = face.crown >= 0 and (face.passing or face.box.left >= 0)
            if not whole or any(face.box.meets(box) for box in over):
                wrong.append(f"{take.scene}: {face}")
    assert not wrong
    assert seen > 12
    assert any(True for body in bodies for _ in words(body))
