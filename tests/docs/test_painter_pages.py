"""The place and the style that `docs/how-to/new-place.md` and `new-style.md` show, painted as they stand there."""

from __future__ import annotations

import runpy
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from scenes.backend import ClipRequest, Frame
from scenes.backends.animatic.painter import BRUSHES
from scenes.backends.animatic.places.atlas import PLACES
from scenes.backends.animatic.projection import Projector
from scenes.backends.animatic.stage import stage_of
from scenes.backends.animatic.styles import tables
from storyboard.film import Fixed, Moments, Scene, Transition
from tests.docs.fences import HOUSE, fences

GUIDES = HOUSE / "docs" / "how-to"


def shown(page: str) -> str:
    """The first piece of Python of a page."""
    return next(fence.text for fence in fences(GUIDES / page) if fence.language == "python")


def painted(place: str, style: str) -> tuple[Frame, tuple[str, ...], set[str]]:
    """A picture of a place in a style, what is named as not drawn, and the brushes that its sheets ask for."""
    scene = Scene(
        "s", Fixed(Fraction(1)), place, "noon", "clear", "wide", "static", style, "stones", "", (), Moments(), (), (),
        Transition("cut", Fraction(0)), "animatic", unread=("stones",),
    )  # fmt: skip
    request = ClipRequest(scene, "", "", 24, Fraction(24), 160, 90, seed=1, take=1)
    stage = stage_of(request)
    return Projector(stage, request).picture(8), stage.not_drawn, {layer.kind for layer in stage.layers}


def test_the_place_of_the_page_is_painted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Its module says a place whose sheets have brushes, that looks like no other, and shows what it says it shows."""
    (tmp_path / "quarry.py").write_text(shown("new-place.md"), encoding="utf-8")
    plain, named, _ = painted("quarry", "papercut")
    assert named == ("place: quarry", "stones")
    for place in runpy.run_path(str(tmp_path / "quarry.py"))["PLACES"]:
        monkeypatch.setitem(PLACES, place.name, place)
    picture, named, brushes = painted("quarry", "papercut")
    assert named == ()
    assert {"crags", "hills", "ground"} <= brushes <= {*BRUSHES}
    assert (np.abs(picture.astype(int) - plain).max(axis=2) > 24).mean() > 0.1


def test_the_style_of_the_page_is_painted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Its entry of the table gives a picture of its own."""
    table = f"from {tables.__name__} import FigureFinish, Style\nTABLE = {{{shown('new-style.md')}}}\n"
    (tmp_path / "woodcut.py").write_text(table, encoding="utf-8")
    monkeypatch.setitem(tables.STYLES, "woodcut", runpy.run_path(str(tmp_path / "woodcut.py"))["TABLE"]["woodcut"])
    picture, named, _ = painted("meadow", "woodcut")
    assert named == ("stones",)
    for other in ("papercut", "flat", "storybook"):
        assert (np.abs(picture.astype(int) - painted("meadow", other)[0]).max(axis=2) > 24).mean() > 0.05
