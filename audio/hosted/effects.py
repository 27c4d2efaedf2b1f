"""Effects that hosted services make from words: the contract with their makers, and the step that brings one in.

A maker is found by entry point `workprint.effects`, and makes a sound only where the storyboard names it. Knows no
scene and no service.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from audio.bought import BOUGHT
from audio.effects import LOUDEST, ended, held, loudest
from audio.hosted.files import stereo
from audio.voice import RATE, Samples, Trouble
from projects import plugins
from projects.hosted.catalogue import Estimate
from projects.hosted.job import Purchase, Service
from projects.steps import Json, Work
from storyboard.errors import InterruptedRender, RenderError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from projects.weights import Settings

JOIN = RATE // 20
"""Samples over which a sound that is repeated gives way to itself."""

_PIECE = 30 * RATE


@dataclass(frozen=True, slots=True)
class MadeEffect:
    """A sound in words. `seconds` is how long it is to be, 0 for as long as it is by nature."""

    prompt: str
    seconds: float = 0.0
    model: Settings = ()


@dataclass(frozen=True, slots=True)
class BringEffectRequest:
    """A bought effect for the film. `samples` is its length in the film, 0 for its own; `maker` is told to people."""

    maker: str
    prompt: str
    samples: int = 0


class BuysEffects(Protocol):
    """A maker of effects that a hosted service makes."""

    name: str

    def check(self) -> Sequence[Trouble]:
        """What stands in the way of buying here; empty when it can."""

    def purchase(self, request: MadeEffect, take: int = 1) -> Purchase:
        """The whole request to the service; RenderError for what it cannot make."""

    def price(self, request: MadeEffect) -> Estimate:
        """What the sound will cost, and how old that knowledge is."""

    def remarks(self, request: MadeEffect) -> tuple[str, ...]:
        """What a person should know before it is paid for."""

    def service(self) -> Service:
        """The service itself; opens nothing."""


def effect_maker(name: str) -> BuysEffects:
    """The maker of that name; MissingError (with suggestions) where there is none."""
    made: BuysEffects = plugins.load("workprint.effects", name)()
    return made


def bring_effect(request: BringEffectRequest, work: Work, out: Path) -> Json:
    """Write the step's input `bought` as a 48 kHz stereo WAV of the length asked for to `out`.

    Its loudest moment comes to `LOUDEST`, as that of the house's own single sounds; what lasts longer than it was made
    goes on from its beginning. Facts: `samples`, `lufs`, `effect`, `model`, `licence`. Raises RenderError for no
    sound.
    """
    from audio.signal import loudness, wavefile

    bought = work.inputs[BOUGHT]
    sound = stereo(bought.path, f"what {request.maker} made of {request.prompt!r}")
    work.progress(0.3)
    samples = request.samples or len(sound)
    meter = loudness.Meter(2)
    meter.feed(sound)
    energies = meter.energies()
    found = loudest(energies) if len(energies) else loudness.SILENCE
    if found <= loudness.SILENCE:
        raise RenderError(f"{request.maker} made silence of {request.prompt!r}", "word it otherwise, or buy it again")
    gain = loudness.amplitude(LOUDEST - found)
    heard = loudness.Meter(2)
    with wavefile.writing(out, 2) as sink:
        for start in range(0, samples, _PIECE):
            if work.cancelled():
                raise InterruptedRender("making an effect was stopped")
            count = min(_PIECE, samples - start)
            block = held(going_on(sound, start, count) * gain)
            if start + count == samples:
                block = ended(block)
            heard.feed(block)
            sink.write(block)
            work.progress(0.3 + 0.7 * (start + count) / samples)
    return {
        "samples": samples,
        "seconds": round(samples / RATE, 4),
        "lufs": round(heard.result().integrated, 2),
        "effect": request.prompt,
        "model": f"{bought.facts['service']} {bought.facts['model']}",
        "licence": "the service's own terms",
    }


def going_on(sound: Samples, start: int, count: int) -> Samples:
    """`count` samples from `start` on of a sound (n, 2) that never ends: each turn rises as the last one falls."""
    import numpy as np

    join = min(JOIN, len(sound) // 4)
    turn = len(sound) - join
    places = np.arange(start, start + count)
    if start + count <= len(sound):
        return sound[places]
    at = places % turn
    block = sound[at].copy()
    again = (places >= turn) & (at < join)
    angle = 0.5 * np.pi * (at[again] + 0.5) / max(1, join)
    fall, rise = np.cos(angle).astype(np.float32)[:, None], np.sin(angle).astype(np.float32)[:, None]
    block[again] = sound[at[again]] * rise + sound[turn + at[again]] * fall
    return block
