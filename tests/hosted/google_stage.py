"""A loopback Google that the user's own table points to, with both ways open, and what is bought of it in tests."""

from __future__ import annotations

import json
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import pytest

from projects.hosted.job import Purchase
from tests.hosted.conftest import Shop
from tests.hosted.fakes.google import Google as Wire
from tests.hosted.fakes.server import serving

POST = "POST .*(:predictLongRunning|/interactions)$"
FORM = {"aspect_ratio": "16:9", "resolution": "360p"}
OMNI = Purchase(
    "google", "gemini-omni-1.1-flash", {"way": "interactions", "prompt": "a wood", "duration": "3s", **FORM}
)
VEO = Purchase(
    "google",
    "veo-3.1-fast-generate-001",
    {"way": "vertex", "prompt": "a wood", "aspect_ratio": "16:9", "resolution": "720p", "duration_seconds": 1},
)
EVERY = pytest.mark.parametrize("purchase", [VEO, OMNI], ids=["vertex", "interactions"])


_certificates = lru_cache(maxsize=4)(ssl.create_default_context)
"""Reading them takes longer than all else in a test, and nothing here is encrypted."""


@lru_cache(maxsize=1)
def signing_key() -> str:
    """The private key of a service account; a small one, which is quick to check."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    form = serialization.PrivateFormat.PKCS8
    return made.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()).decode()


@contextmanager
def lent(shop: Shop, patch: pytest.MonkeyPatch) -> Iterator[Wire]:
    """Its language; a key, a project, and a service account whose tokens come from the same server."""
    patch.setattr(ssl, "create_default_context", _certificates)
    with serving() as running:
        language = Wire(running)
        running.speak(language)
        shop.write_services(f"services: {{google: {{url: '{running.url}', look_every: 0.01}}}}\n")
        account = {
            "type": "service_account",
            "project_id": "film-project",
            "private_key_id": "1",
            "private_key": signing_key(),
            "client_email": "film@film-project.iam.gserviceaccount.com",
            "token_uri": f"{running.url}/token",
        }
        credentials = Path(shop.services).with_name("account.json")
        credentials.write_text(json.dumps(account), encoding="utf-8")
        patch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(credentials))
        patch.setenv("GOOGLE_CLOUD_PROJECT", "film-project")
        patch.setenv("GOOGLE_CLOUD_LOCATION", "us-central1")
        patch.setenv("GOOGLE_API_KEY", Wire.key)
        patch.delenv("GEMINI_API_KEY", raising=False)
        yield language
