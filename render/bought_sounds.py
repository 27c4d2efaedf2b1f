"""Lines, music and effects that hosted services make: what the film wants of them, as steps that buy.

Plans only: nothing here speaks to a service.
"""

from __future__ import annotations

from dataclasses import replace

from audio.bought import BOUGHT, BuysSpeech
from audio.hosted.effects import BringEffectRequest, MadeEffect, effect_maker
from audio.hosted.music import BuysMusic
from audio.score import ComposeRequest
from audio.voice import VoiceRequest
from projects.hosted.catalogue import Estimate
from projects.hosted.job import Purchase
from projects.steps import Step
from render.identity import sound_identity
from render.makers import told
from render.purchases import Purchases, Wanted
from storyboard.errors import MissingError, RenderError
from storyboard.heard import Sound
from storyboard.time import SAMPLE_RATE

SCORE = "score"
"""The slot of the film's music."""


def bought_line(
    purchases: Purchases, scene: str, line: str, engine: BuysSpeech, request: VoiceRequest, label: str
) -> Step:
    """The step that brings what a service speaks; other words are another purchase, and nothing stands in for them."""
    slot = f"{scene}/{line}"
    wanted = Wanted(
        group="workprint.voices",
        backend=engine.name,
        purchase=Purchase(engine.name, "", {}, media="audio", suffix=".json"),
        slot=slot,
        scene=scene,
        label=label,
        estimate=Estimate(None),
        seconds=0.0,
        files={},
    )
    try:
        wanted = replace(
            wanted,
            purchase=engine.purchase(request),
            estimate=engine.price(request),
            notes=engine.remarks(request),
            blocked="; ".join(f"{one.what} ({one.fix})" for one in engine.check()),
        )
    except (MissingError, RenderError) as problem:
        wanted = replace(wanted, blocked=told(problem))
    return purchases.step(wanted)


def bought_score(purchases: Purchases, maker: BuysMusic, request: ComposeRequest) -> Step:
    """The step that brings the film's music; a film that has become a little longer keeps what it has."""
    wanted = Wanted(
        group="workprint.scores",
        backend=maker.name,
        purchase=Purchase(maker.name, "", {}, media="audio", suffix=".mp3"),
        slot=SCORE,
        scene="",
        label=f"the score: buy from {maker.name}",
        estimate=Estimate(None),
        seconds=request.samples / SAMPLE_RATE,
        files={},
        keeps=True,
    )
    try:
        wanted = replace(
            wanted,
            purchase=maker.purchase(request),
            estimate=maker.price(request),
            notes=maker.remarks(request),
            blocked="; ".join(f"{one.what} ({one.fix})" for one in maker.check()),
        )
    except (MissingError, RenderError) as problem:
        wanted = replace(wanted, blocked=told(problem))
    return purchases.step(wanted)


def bought_effect(purchases: Purchases, owner: str, sound: Sound, name: str) -> list[Step]:
    """The steps that buy a sound in words and bring it in under `name`; `owner` is the scene it belongs to, or ""."""
    slot = f"{owner}/{sound.id}".removeprefix("/")
    asked = MadeEffect(sound.prompt, float(sound.length), sound.model)
    wanted = Wanted(
        group="workprint.effects",
        backend=sound.backend,
        purchase=Purchase(sound.backend, "", {}, media="audio", suffix=".mp3"),
        slot=slot,
        scene=owner,
        label=f"{slot}: buy from {sound.backend}",
        estimate=Estimate(None),
        seconds=asked.seconds,
        files={},
    )
    try:
        maker = effect_maker(sound.backend)
        wanted = replace(
            wanted,
            purchase=maker.purchase(asked),
            estimate=maker.price(asked),
            notes=maker.remarks(asked),
            blocked="; ".join(f"{one.what} ({one.fix})" for one in maker.check()),
        )
    except (MissingError, RenderError) as problem:
        wanted = replace(wanted, blocked=told(problem))
    bought = purchases.step(wanted)
    brought = Step(
        name,
        "effect",
        "audio.hosted.effects:bring_effect",
        BringEffectRequest(sound.backend, sound.prompt, round(sound.length * SAMPLE_RATE)),
        inputs={BOUGHT: bought.name},
        suffix=".wav",
        scene=owner,
        label=f"{owner}: {sound.prompt}".removeprefix(": "),
        cost=0.3,
        identity=sound_identity(),
    )
    return [bought, brought]
