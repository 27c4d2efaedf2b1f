"""A real ComfyUI server, where `WORKPRINT_COMFYUI_REAL` names one; it needs no weights and only its own nodes."""

from __future__ import annotations

import os
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.hosted.comfyui_takes import TAKES, Set
from tests.hosted.conftest import Shop

REAL = os.environ.get("WORKPRINT_COMFYUI_REAL", "").rstrip("/")


@pytest.mark.slow
@pytest.mark.skipif(not REAL, reason="WORKPRINT_COMFYUI_REAL names no server")
@pytest.mark.parametrize("name", TAKES)
def test_a_real_server(name: str, shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It does what its recorded answers say of it, with jobs that nobody has asked it for before."""

    def act(path: str, body: Mapping[str, Any]) -> None:
        httpx.post(f"{REAL}{path}", json=body).raise_for_status()

    monkeypatch.setenv("COMFYUI_URL", REAL)
    TAKES[name](Set(tmp_path, act, 0.2, f"{uuid.uuid4()} "))
