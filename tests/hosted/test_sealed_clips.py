"""Clips that a service sells with a manifest of its own: the film keeps it, and says what was bought."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from projects.progress import Silent
from render.orders import Order
from render.production import open_production
from render.provenance.seal import seal
from render.provenance.signing import credential
from render.provenance.source_types import SourceType
from render.provenance.subject import Subject
from render.provenance.used import Used
from tests.hosted.conftest import AGREED, Shop
from tests.hosted.fakes import runway
from tests.hosted.fakes.media import film
from tests.hosted.fakes.server import FakeServer
from tests.render.provenance.test_seal import active, told

FILM = """\
workprint: 1
title: Bought
resolution: 180p
cuts: ["16:9", "9:16"]
sounds: none
scenes:
  - {id: wood, length: 2s, prompt: A wood at dawn, backend: runway}
  - {id: lake, length: 1s, prompt: A lake}
"""
_MODEL = Used("picture", "gen", "Runway", ("clip",), source=SourceType.TRAINED)


@pytest.mark.slow
def test_a_services_own_manifest_goes_on_in_every_cut(
    shop: Shop, server: FakeServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clip's manifest is an ingredient of both cuts; credits and receipts name service, model and cost, no key."""

    def signed(*asked: Any, **more: Any) -> bytes:
        clip = tmp_path / "clip.mp4"
        clip.write_bytes(film(*asked, **more))
        seal(clip, clip, Subject("a clip of the service's", "", "", (_MODEL,), ()), credential({}))
        return clip.read_bytes()

    monkeypatch.setattr(runway, "film", signed)
    (shop.folder / "storyboard.yaml").write_text(FILM, "utf-8")
    delivery = open_production(shop.folder).render(Order(jobs=1, consent=AGREED), Silent())
    for one in delivery.films:
        assert told(one.path)["validation_state"] == "Valid"
        (bought,) = active(one.path)["ingredients"]
        assert (bought["title"], bought["relationship"]) == ("bought from runway gen4.5", "componentOf")
        kept = told(one.path)["manifests"][bought["active_manifest"]]
        assert kept["title"] == "a clip of the service's"
        did = json.dumps(active(one.path)["assertions"])
        assert "Pictures of wood: Runway gen4.5" in did
        assert SourceType.PARTLY_TRAINED.address in did
    text = delivery.papers[0].read_text("utf-8")
    assert "Runway — wood\n      gen4.5; hosted service; licence: the service's own terms" in text
    with zipfile.ZipFile(delivery.papers[1]) as files:
        words = files.read("receipts.json").decode()
    assert '"cost"' in words
    assert "A wood at dawn" in words
    assert runway.Runway.key not in words
    assert str(shop.folder) not in words
    assert server.url not in words or "?" not in words.partition(server.url)[2].partition('"')[0]
