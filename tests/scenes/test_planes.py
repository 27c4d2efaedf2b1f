"""Footage of the film's own matrix keeps its planes: the same picture as the long way gives, with sharper colours."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from scenes.backend import Frame
from scenes.backends.footage import fitting
from scenes.conform import reshape
from scenes.frames import i420_to_rgb, rgb_to_i420

Show = Callable[..., Any]
SHAPES: dict[str, dict[str, Any]] = {
    "same": {},
    "smaller": {"width": 128, "height": 72},
    "larger": {"width": 384, "height": 216},
    "upright crop": {"width": 108, "height": 192, "focus": (0.3, 0.5)},
    "square crop": {"width": 120, "height": 120, "focus": (1.0, 0.5)},
}


def soft(width: int = 192, height: int = 108) -> Frame:
    """A smooth picture in which every corner is another colour."""
    corners = np.array([[[220, 40, 40], [40, 200, 60]], [[40, 60, 210], [230, 220, 90]]], np.uint8)
    return np.asarray(cv2.resize(corners, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)


def coded(form: str = "yuv420p", spread: str = "tv") -> tuple[str, ...]:
    """Options that code by BT.709 and say so."""
    how = f"scale=out_color_matrix=bt709:out_range={spread}:flags=accurate_rnd+bitexact,format={form}"
    return ("-vf", how, "-colorspace", "bt709", "-color_range", spread, "-c:v", "libx264", "-crf", "1")


@pytest.fixture
def both(footage: Show, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[Frame, Frame]]:
    """Shows a file by its planes and by the long way through RGB."""

    def show(path: Path, **changes: Any) -> tuple[Frame, Frame]:
        quick = footage(path, frames=1, **changes)
        assert quick.raw[0].ndim == 2
        with monkeypatch.context() as patch:
            patch.setattr(fitting, "taken_over", lambda *rest: None)
            long = footage(path, frames=1, **changes)
        assert long.raw[0].ndim == 3
        # Both are seen as the film shows them, coded.
        return quick.frames[0], i420_to_rgb(rgb_to_i420(long.frames[0]))

    return show


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(
    ("form", "spread"),
    [("yuv420p", "tv"), ("yuv420p", "pc"), ("yuv422p", "tv"), ("yuv420p10le", "tv")],
)
def test_planes_give_the_same_picture(
    export: Show, both: Callable[..., tuple[Frame, Frame]], shape: str, form: str, spread: str
) -> None:
    """Whatever depth, range and sampling, scaled or cropped: as true to what was shot as the long way, or truer."""
    path = export("a.mkv", [soft()] * 2, *coded(form, spread))
    wanted = {"width": 192, "height": 108, "focus": (0.5, 0.5), **SHAPES[shape]}
    quick, long = both(path, **wanted)
    ideal = reshape(soft(), wanted["width"], wanted["height"], "crop", wanted["focus"]).astype(int)
    assert quick.shape == long.shape == ideal.shape
    off = np.abs(quick - ideal)
    # A crop begins at an even place, up to one sample aside, and this picture changes by a level from one to the next.
    allowed = 1.5 if "crop" in shape else 1.0
    assert off.mean() < max(allowed, float(np.abs(long - ideal).mean()))
    assert np.percentile(off, 99) <= 6


@pytest.mark.parametrize("turn", [("-display_rotation", "90"), ("-display_rotation", "180"), ("-display_hflip",)])
@pytest.mark.parametrize("size", [(96, 54), (54, 96)])
def test_planes_are_turned(
    export: Show, remake: Show, both: Callable[..., tuple[Frame, Frame]], turn: tuple[str, ...], size: tuple[int, int]
) -> None:
    """A turned or mirrored file is upright, cropped round the same focus."""
    path = remake("t.mp4", export("s.mp4", [soft()] * 2, *coded()), "-c", "copy", before=turn)
    quick, long = both(path, width=size[0], height=size[1], focus=(0.3, 0.7))
    assert np.abs(quick.astype(int) - long).mean() < 2


def test_planes_of_stretched_pixels(export: Show, both: Callable[..., tuple[Frame, Frame]]) -> None:
    """A picture of wide pixels is scaled to its true shape in one go."""
    path = export("a.mkv", [soft(72, 54)] * 2, *coded(), "-aspect", "16:9")
    quick, long = both(path, width=96, height=54)
    assert np.abs(quick.astype(int) - long).mean() < 2


def test_a_padded_picture_goes_the_long_way(export: Show, footage: Show) -> None:
    """The blurred ground of a padded picture is made in RGB; one of the canvas's shape needs no padding."""
    path = export("a.mkv", [soft()] * 2, *coded())
    assert footage(path, frames=1, width=54, height=96, reframe="pad").raw[0].ndim == 3
    assert footage(path, frames=1, width=64, height=36, reframe="pad").raw[0].ndim == 2
