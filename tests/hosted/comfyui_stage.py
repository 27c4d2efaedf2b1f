"""A loopback ComfyUI that the user's own table points to, and a scene's files for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from projects.digests import digest_file
from projects.hosted.job import Purchase, Ready, Taken
from projects.weights import Setting
from scenes.backends.comfyui import ComfyUi
from tests.hosted.comfyui_takes import FILES, requested, written
from tests.hosted.conftest import Shop
from tests.hosted.fakes.comfyui import ComfyUi as Wire
from tests.hosted.fakes.server import FakeServer, Outcome

POST = "POST /prompt"
SERVICE = ComfyUi().service()


class Lent(FakeServer):
    """A server and its language."""

    comfy: Wire


@contextmanager
def lent(shop: Shop, patch: pytest.MonkeyPatch) -> Iterator[Lent]:
    """A server that is open to everybody."""
    for name in ("COMFYUI_URL", "COMFYUI_API_KEY"):
        patch.delenv(name, raising=False)
    running = Lent()
    running.comfy = Wire(running)
    running.speak(running.comfy)
    running.start()
    shop.write_services(f"services: {{comfyui: {{url: '{running.url}/', look_every: 0.01}}}}\n")
    try:
        yield running
    finally:
        running.close()


def purchase_of(folder: Path, model: Mapping[str, Setting] | None = None, **changes: Any) -> Purchase:
    """What a scene asks for, with both files and its picture in a folder."""
    written(folder)
    return ComfyUi().purchase(requested(folder, model, **changes), digest_file)


def files_of(folder: Path) -> dict[str, Path]:
    """The files of the purchase."""
    return {place: folder / name for place, name in FILES.items()}


def ask(folder: Path) -> tuple[Purchase, Taken]:
    """Ask for it."""
    purchase = purchase_of(folder)
    return purchase, SERVICE.ask(purchase, files_of(folder), folder, "token")


def made(server: Lent, folder: Path, outcome: Outcome = "done") -> tuple[Purchase, Taken, Ready]:
    """Ask for a job that becomes this, and look until it is done."""
    server.outcomes.append(outcome)
    purchase, taken = ask(folder)
    ready = SERVICE.look(purchase, taken.id)
    assert isinstance(ready, Ready)
    return purchase, taken, ready
