"""From the storyboard to the report: what is understood and not drawn is named, again where nothing has to be made."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from projects.progress import Silent
from render import editing
from tests.render.conftest import DRAFT, Opener

pytestmark = pytest.mark.slow

NAMED = """\
workprint: 1
title: Named
resolution: 360p
captions: off
characters:
  anna: {role: heroine, name: Anna}
scenes:
  - {id: wide, length: 1s, place: meadow, prompt: A zyxwv., cast: [{who: anna, action: listen}]}
  - {id: close, length: 1s, place: meadow, shot: close-up, prompt: A tent., cast: [{who: anna, action: talk}]}
  - {id: own, length: 1s, keyframes: [{picture: a.png}], moments: {end: it begins to snow}}
"""
DUE = {
    "wide: not drawn: zyxwv, action: listen of Anna (nobody speaks)",
    "close: not drawn: tent, action: talk of Anna (in a close-up lips move with lines only)",
    "own: not drawn: weather: snow",
}


def test_what_is_not_drawn_is_in_report_and_receipts(film_of: Opener, tmp_path: Path) -> None:
    """Wide picture, close-up and own picture each name it in the notes, a second time too, and in the take's facts."""
    (tmp_path / "film").mkdir()
    Image.new("RGB", (640, 360), (90, 120, 60)).save(tmp_path / "film" / "a.png")
    production = film_of(NAMED)
    assert set(production.render(DRAFT, Silent()).notes) >= DUE
    again = film_of(NAMED).render(DRAFT, Silent())
    assert again.made == ()
    assert set(again.notes) >= DUE
    kept = [production.workspace.store.get(one) for one in editing.made(production.workspace)]
    named = {word for one in kept if one for word in one.facts["not_drawn"]}
    assert {"zyxwv", "tent", "weather: snow"} <= named
