"""A whole film of five services, a hosted voice and the painter: joined, measured, and made again for free."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from projects.hosted.job import Consent
from projects.progress import Silent
from render.orders import Delivery, Order
from render.production import open_production
from tests.hosted.comfyui_takes import written
from tests.hosted.conftest import AGREED, Shop
from tests.hosted.fakes.comfyui import ComfyUi
from tests.hosted.fakes.elevenlabs import ElevenLabs
from tests.hosted.fakes.fal import Fal
from tests.hosted.fakes.google import Google
from tests.hosted.fakes.kling import Kling
from tests.hosted.fakes.runway import Runway
from tests.hosted.fakes.server import FakeServer, serving

FILM = """\
workprint: 1
title: Bought everywhere
resolution: 180p
cuts: ["16:9", "9:16"]
score: {backend: elevenlabs, mood: wonder}
narrator: {voice: {backend: elevenlabs, name: george}}
scenes:
  - {id: wood, length: 3s, prompt: A wood at dawn, backend: runway, transition: crossfade 0.5s}
  - {id: lake, length: 3s, prompt: A lake at noon, backend: google, model: {name: omni-1.1}, transition: crossfade 0.5s}
  - {id: road, length: 3s, prompt: A road, backend: pika, transition: fade 0.5s}
  - {id: town, length: 3s, prompt: A town at night, backend: kling, model: {audio: true}, transition: wipe 0.5s}
  - id: tower
    length: 1s
    prompt: A tower
    backend: rundiffusion
    model: {workflow: workflows/still.json}
    keyframes: [{picture: 0.png, at: start}]
  - id: end
    length: voice
    place: sea shore
    lines: [{by: narrator, say: The sea remembers every river.}]
    sounds: [sea, {prompt: a gull calls twice, backend: elevenlabs}]
"""
WIRES = (Runway, Google, Fal, Kling, ComfyUi, ElevenLabs)

KEYS = {
    "RUNWAYML_API_SECRET": Runway.key,
    "GOOGLE_API_KEY": Google.key,
    "FAL_KEY": Fal.key,
    "KLING_API_KEY": f"{Kling.access}:{Kling.secret}",
    "ELEVENLABS_API_KEY": ElevenLabs.key,
}


@pytest.fixture
def server(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeServer]:
    """All services on one loopback server, and their keys."""
    for name, key in KEYS.items():
        monkeypatch.setenv(name, key)
    with serving(*WIRES) as running:
        names = ("runway", "google", "fal", "kling", "comfyui", "elevenlabs")
        rows = [f"  {name}: {{url: '{running.url}', look_every: 0.01}}" for name in names]
        shop.write_services("\n".join(["services:", *rows, ""]))
        written(shop.folder)
        (shop.folder / "storyboard.yaml").write_text(FILM, encoding="utf-8")
        yield running


def made(folder: Path, consent: Consent) -> Delivery:
    """The film in both shapes."""
    return open_production(folder).render(Order(jobs=2, consent=consent), Silent(), threading.Event())


@pytest.mark.slow
def test_a_film_of_six_services(shop: Shop, server: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each scene is one job; both cuts pass the self-test; made again, it needs neither keys nor network."""
    agreed = Consent("a run", given=True, old_prices=True)
    delivered = made(shop.folder, agreed)
    # A line, an effect and the score of one service, a scene of each of the others.
    assert [server.paid(wire.name) for wire in WIRES] == [1, 1, 1, 1, 1, 3]
    for film in delivered.films:
        assert film.report["passed"], film.report["faults"]
        assert film.report["worst_cut_error_frames"] == 0
        assert film.report["worst_av_offset_ms"] < 20
    heard = len(server.heard)
    assert made(shop.folder, AGREED).made == ()
    shutil.rmtree(shop.folder / ".workprint")
    shutil.rmtree(shop.folder / "out")
    for name in KEYS:
        monkeypatch.delenv(name)
    again = made(shop.folder, Consent())
    assert all(film.report["passed"] for film in again.films)
    assert len(server.heard) == heard
    assert [entry.state for entry in shop.ledger.entries()] == ["done"] * 8
