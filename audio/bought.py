"""The contract with voices whose lines are bought, beside that of voices which speak here.

A line is bought in a step of its own, and spoken from what came without any network. Knows no service.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol, runtime_checkable

from audio.voice import Utterance, VoiceBackend, VoiceInfo, VoiceRefusal, VoiceRequest
from projects.hosted.catalogue import Estimate
from projects.hosted.job import Purchase, Service
from projects.steps import Artifact, Json

BOUGHT = "bought"
"""The input of a step that holds what a service has made."""


@runtime_checkable
class BuysSpeech(VoiceBackend, Protocol):
    """A speaking engine whose lines a hosted service makes. It speaks only where the storyboard names it."""

    def named(self, name: str) -> VoiceInfo:
        """The voice of a name or of the service's own id, asked of nobody; VoiceMissing for what can be neither."""

    def purchase(self, request: VoiceRequest, take: int = 1) -> Purchase:
        """The whole request to the service; VoiceRefusal for what it cannot speak."""

    def price(self, request: VoiceRequest) -> Estimate:
        """What a line will cost, and how old that knowledge is."""

    def remarks(self, request: VoiceRequest) -> tuple[str, ...]:
        """What a person should know before it is paid for: what is left out, which model has taken another's place."""

    def service(self) -> Service:
        """The service itself; opens nothing."""

    def spoken(self, request: VoiceRequest, file: Path, facts: Json) -> Utterance:
        """The line out of what was bought for it. Same file, same samples."""


def spoken(engine: VoiceBackend, request: VoiceRequest, bought: Artifact) -> Utterance:
    """The line out of what was bought; VoiceRefusal for an engine that buys nothing."""
    if not isinstance(engine, BuysSpeech):
        raise VoiceRefusal(f"{engine.name} speaks here and buys nothing", "this is a fault of the plan; report it")
    return engine.spoken(request, bought.path, bought.facts)
