"""A loopback ElevenLabs that the user's own table points to, and what is bought of it in tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from audio.backends.elevenlabs import ElevenLabsEffects, ElevenLabsScore, ElevenLabsVoice
from audio.backends.elevenlabs.service import ElevenLabsService
from audio.hosted.effects import MadeEffect
from audio.score import ComposeRequest
from audio.voice import RATE, VoiceRequest
from projects.hosted.job import Purchase, Taken
from tests.hosted.conftest import Shop
from tests.hosted.fakes.elevenlabs import ElevenLabs as Wire
from tests.hosted.fakes.server import FakeServer, serving

POST = "POST /v1/"
LINE = VoiceRequest("Well, Yorblef kept seven keys.", "en", "George")
SCORE = ComposeRequest(65 * RATE, "wonder", 84, "D minor", "hopeful strings")
SPOKEN = ElevenLabsVoice().purchase(LINE)
PLAYED = ElevenLabsScore().purchase(replace(SCORE, samples=4 * RATE))
HEARD = ElevenLabsEffects().purchase(MadeEffect("an old tram squeaks round a bend", 2.5))
EVERY = pytest.mark.parametrize("purchase", [SPOKEN, PLAYED, HEARD], ids=["speech", "music", "effects"])


@contextmanager
def lent(shop: Shop, patch: pytest.MonkeyPatch) -> Iterator[tuple[FakeServer, Wire]]:
    """A server, its language, and a key for it."""
    patch.setenv("ELEVENLABS_API_KEY", Wire.key)
    with serving() as running:
        language = Wire(running)
        running.speak(language)
        shop.write_services(f"services: {{elevenlabs: {{url: '{running.url}', look_every: 0.01}}}}\n")
        yield running, language


def ask(purchase: Purchase, folder: Path) -> Taken:
    """Ask for it."""
    return ElevenLabsService().ask(purchase, {}, folder, "token")


def sent_last(server: FakeServer) -> dict[str, Any]:
    """The last post: its path, and what its query and its body say."""
    request = server.asked_for(POST)[-1]
    return {"path": request.path, **{key: value[0] for key, value in request.query.items()}, **request.json}


def lately() -> str:
    """A second ago."""
    return (datetime.now(UTC) - timedelta(seconds=1)).isoformat()
