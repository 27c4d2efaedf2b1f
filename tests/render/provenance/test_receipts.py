"""The bundle of receipts: what others may read, the same bytes for the same receipts, and no secrets."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from projects.receipt import Order, Receipt
from render.provenance.receipts import bundle, digest


def receipt(name: str = "take:wood@16x9", kind: str = "take", request: Any = None, facts: Any = None) -> Receipt:
    """A receipt as the store has it."""
    order = Order("f" * 64, name, kind, "scenes.clip:make_take", request or {"prompt": "A path."}, scene="wood")
    return Receipt(order, "a" * 64, 12, facts or {}, 1.5, "2026-11-23T08:00:00+00:00", seal="12 34 56")


def told(data: bytes) -> dict[str, Any]:
    """What a bundle tells."""
    with zipfile.ZipFile(io.BytesIO(data)) as files:
        assert files.namelist() == ["receipts.json", "credits.txt"]
        found: dict[str, Any] = json.loads(files.read("receipts.json"))
        return found


def test_a_bundle_tells_what_makers_were_asked_and_answered() -> None:
    """Prompt, model, licence, time and digest of each maker's work stand in it; measurements do not."""
    facts = {"model": "Wan@abc", "licence": "Apache-2.0", "envelope": list(range(500))}
    every = [receipt(facts=facts), receipt("check@16x9", "check"), receipt("film@16x9", "film")]
    found = told(bundle("The Lantern", every, "credits"))
    assert found["film"] == "The Lantern"
    assert [one["order"]["name"] for one in found["receipts"]] == ["film@16x9", "take:wood@16x9"]
    take = found["receipts"][1]
    assert take["order"]["request"] == {"prompt": "A path."}
    assert (take["facts"]["model"], take["facts"]["licence"]) == ("Wan@abc", "Apache-2.0")
    assert take["facts"]["envelope"] == "500 figures"
    assert "seal" not in take


def test_the_same_receipts_make_the_same_bytes() -> None:
    """Neither order nor day changes a bundle, so that a manifest can name it by its digest."""
    one, other = receipt(), receipt("voice:wood/max-1", "voice")
    made = bundle("t", [one, other], "credits")
    assert bundle("t", [other, one], "credits") == made
    assert digest(bundle("t", [one], "credits")) != digest(made)


def test_no_keys_no_signed_addresses_and_no_paths(monkeypatch: pytest.MonkeyPatch) -> None:
    """What belongs to this machine or opens an account is not handed on, wherever a service's answer put it."""
    monkeypatch.setenv("RUNWAYML_API_SECRET", "key_0123456789abcdef")
    request = {
        "prompt": "A path and/or a road, 16:9, 1/2 of it",
        "address": "https://cdn.example.com/clip.mp4?Signature=abcdef0123&Expires=99",
        "note": f"read from {Path.home()}/films/wood/pictures/a.png",
        "deep": [{"said": "denied for key_0123456789abcdef", "file": "/var/lib/models/wan/model.safetensors"}],
        "windows": r"C:\Users\ida\films\a.mp4 is long",
    }
    data = bundle("t", [receipt(request=request)], "credits")
    with zipfile.ZipFile(io.BytesIO(data)) as files:
        text = files.read("receipts.json").decode()
    for secret in ("key_0123456789abcdef", "Signature=abcdef", str(Path.home()), "/var/lib", "Users"):
        assert secret not in text
    kept = told(data)["receipts"][0]["order"]["request"]
    assert kept["prompt"] == request["prompt"]
    assert kept["address"] == "https://cdn.example.com/clip.mp4?[hidden]"
    assert kept["note"] == "read from a.png"
    assert kept["deep"][0]["file"] == "model.safetensors"
    assert kept["windows"] == "a.mp4 is long"
