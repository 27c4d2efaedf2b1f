"""Golden texts of every export of one small film; `WORKPRINT_WRITE_GOLDENS=1` writes them anew, to be read again."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import quote

import pytest

from projects import plugins
from render.exports.export import exporter, names
from tests.render.exports.edits import film_of, laid_out

GOLDENS = Path(__file__).with_name("goldens")
STORYBOARD = """\
workprint: 1
title: Две дороги
author: N. N.
language: ru
fps: 25
opening: fade black 0.4s
characters:
  аня: {name: Аня, role: heroine}
scenes:
  - id: лес
    heading: НАТ. ЛЕС - УТРО
    length: 4s
    place: forest
    time: morning
    prompt: Аня идёт по лесу.
    cast: [{who: аня, action: walk}]
    lines: [{by: аня, say: "Куда теперь?", emotion: afraid, pause: 0.5s}]
    transition: crossfade 0.6s
  - {id: развилка, length: 3s, place: forest, time: morning, prompt: Две дороги., transition: wipe left 0.4s}
  - {id: дом, length: 3s, place: room, time: night, prompt: Дома темно., text: Конец, transition: fade black 1s}
"""
WRITTEN = ("otio", "fcpxml", "fcp7", "edl", "fountain")


@pytest.mark.parametrize("name", WRITTEN)
def test_golden(tmp_path: Path, name: str) -> None:
    """What is written for a small film is exactly what was read and found right once."""
    film = film_of(STORYBOARD)
    writer = exporter(name)
    target = tmp_path / f"film{writer.suffix}"
    writer.export(laid_out(film), film, target)
    text = target.read_text(encoding="utf-8")
    for home in (tmp_path.resolve().as_uri(), quote(str(tmp_path)), str(tmp_path)):
        text = text.replace(home, "file:///home")
    text = re.sub(r'(<uuid>)[^<]*|("?uuid"?[:=]\s*")[^"]*', r"\1\2", text)
    golden = GOLDENS / f"film{writer.suffix}"
    if os.environ.get("WORKPRINT_WRITE_GOLDENS"):
        GOLDENS.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_every_exporter_is_found() -> None:
    """The house's exporters come through the same door as anybody else's."""
    assert set(WRITTEN) | {"otioz"} <= set(names())
    for name in plugins.find("workprint.exports"):
        made = exporter(name)
        assert made.name == name
        assert made.suffix.startswith(".")
        assert made.title
