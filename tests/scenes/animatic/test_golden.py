"""Tiny golden pictures: the painter's look must not drift unseen.

`WORKPRINT_REGENERATE_GOLDEN=1 pytest tests/scenes/animatic/test_golden.py` writes them anew; look at them before
keeping them.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from scenes.backend import ClipRequest
from scenes.backends.animatic.projection import Projector
from scenes.backends.animatic.stage import stage_of
from storyboard.film import Character, Part, VoiceChoice

RequestOf = Callable[..., ClipRequest]
GOLDEN = Path(__file__).parent / "golden"
TOLERANCE = 3.0
"""Mean absolute difference that is allowed, in levels of 255."""


def _part(name: str, role: str, action: str, at: Any, wears: str = "") -> Part:
    who = Character(name, name, role, role, "", wears, VoiceChoice("en/george"))
    return Part(who, action, "neutral", at)


SCENES: dict[str, dict[str, Any]] = {
    "mountains": {
        "place": "mountains", "time": "morning", "prompt": "a wooden sign",
        "cast": (_part("a", "hero", "walk", "left", "green felt hat"),),
    },
    "forest": {"place": "forest", "time": "dusk", "weather": "fog", "cast": (_part("a", "heroine", "stand", "right"),)},
    "flight": {"place": "mountains", "time": "morning", "style": "cinematic", "camera": "fly over"},
    "room": {
        "place": "room", "time": "dawn", "style": "watercolour", "shot": "medium",
        "cast": (_part("a", "maid", "listen", "left"), _part("b", "merchant", "stand", "right", "white waistcoat")),
    },
    "throne": {
        "place": "mountains", "time": "moonlit", "shot": "two-shot", "prompt": "a stone throne",
        "cast": (_part("a", "queen", "sit", "right"), _part("b", "knight", "kneel", "left")),
    },
    "close-up": {
        "place": "village", "time": "golden hour", "shot": "close-up", "camera": "zoom in",
        "cast": (_part("a", "wizard", "talk", "left"), _part("b", "old woman", "listen", "right")),
    },
    "tall": {
        "width": 90, "height": 160, "place": "sea shore", "time": "noon", "style": "flat", "weather": "rain",
        "cast": (_part("a", "child", "wave", "center"),),
    },
}  # fmt: skip


@pytest.mark.parametrize("name", SCENES)
def test_pictures_look_as_they_did(name: str, request_of: RequestOf, tmp_path: Path) -> None:
    """A frame from the middle of each scene is within a few levels of the picture kept beside the test."""
    request = request_of(**SCENES[name])
    made = Projector(stage_of(request), request).picture(request.frames // 2)
    path = GOLDEN / f"{name}.png"
    if os.environ.get("WORKPRINT_REGENERATE_GOLDEN"):
        GOLDEN.mkdir(exist_ok=True)
        Image.fromarray(made).save(path, optimize=True)
    kept = np.asarray(Image.open(path).convert("RGB"))
    assert kept.shape == made.shape
    off = np.abs(kept.astype(np.int16) - made.astype(np.int16))
    if off.mean() >= TOLERANCE:
        side = np.concatenate([kept, made, np.clip(off * 4, 0, 255).astype(np.uint8)], axis=1)
        Image.fromarray(side).save(tmp_path / f"{name}-kept-made-difference.png")
    assert off.mean() < TOLERANCE, f"{name} differs by {off.mean():.1f} levels; see {tmp_path}"
