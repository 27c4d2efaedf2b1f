"""Tries a real ComfyUI server and writes down what it answers: `python -m tests.hosted.record_comfyui URL`.

The server is a program of its own; it needs no weights and nothing but its own nodes.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx

from tests.hosted.comfyui_takes import TAKES, Set
from tests.hosted.fakes.server import FakeServer
from tests.hosted.fakes.transcript import Relay

TRANSCRIPT = Path(__file__).parent / "transcripts" / "comfyui.json"
_PAUSE = 0.2


def record(real: str) -> dict[str, Any]:
    """Everything that was said, by what was tried."""

    def act(path: str, body: Mapping[str, Any]) -> None:
        httpx.post(f"{real}{path}", json=body).raise_for_status()

    version = httpx.get(f"{real}/system_stats").json()["system"]["comfyui_version"]
    noted = {}
    for name, take in TAKES.items():
        relay, server = Relay(real), FakeServer()
        server.speak(relay)
        server.start()
        act("/history", {"clear": True})
        os.environ["COMFYUI_URL"] = server.url
        with tempfile.TemporaryDirectory() as folder:
            take(Set(Path(folder), act, _PAUSE))
        server.close()
        noted[name] = relay.noted
    return {"server": f"ComfyUI {version}", "takes": noted}


if __name__ == "__main__":
    TRANSCRIPT.parent.mkdir(exist_ok=True)
    TRANSCRIPT.write_text(json.dumps(record(sys.argv[1].rstrip("/")), indent=1) + "\n", encoding="utf-8")
