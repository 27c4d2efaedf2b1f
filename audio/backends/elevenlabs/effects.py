"""Sound effects of ElevenLabs: what is asked for words, and what it costs. Knows no scene."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from audio.backends.elevenlabs.cast import SERVICE
from audio.backends.elevenlabs.service import EFFECTS, ElevenLabsService
from audio.hosted.asking import found_model, obstacles, read_asked, within
from audio.hosted.effects import MadeEffect
from audio.voice import Trouble
from projects.hosted.catalogue import Estimate, Found, cost, lengths
from projects.hosted.job import Purchase
from projects.steps import Json
from projects.weights import Setting
from storyboard.errors import RenderError

FORMAT = "mp3_44100_128"
_COMMON: Mapping[str, str] = {"format": "text"}
_FORMATS = re.compile(r"(mp3|wav|opus)_\d+(_\d+)?")
_BOUNDS = {"prompt_influence": (0.0, 1.0), "take": (1, 10_000)}


class ElevenLabsEffects:
    """Effects that ElevenLabs has made."""

    name = SERVICE

    def check(self) -> Sequence[Trouble]:
        """What stands in the way of buying: the library, a key."""
        return obstacles(SERVICE, "elevenlabs")

    def purchase(self, request: MadeEffect, take: int = 1) -> Purchase:
        """Words and a length; one that lasts longer than the service makes is asked to go on for ever."""
        found, asked = _settled(request)
        offered = lengths(found.model)
        body: dict[str, Json] = {
            "way": EFFECTS,
            "text": request.prompt.strip(),
            "output_format": str(asked.get("format", FORMAT)),
        }
        if request.seconds:
            body["duration_seconds"] = round(min(max(offered[0], request.seconds), offered[-1]), 1)
        if request.seconds > offered[-1] and found.model.words.get("loop") == "asked":
            body["loop"] = True
        if "prompt_influence" in asked:
            body["prompt_influence"] = float(asked["prompt_influence"])
        suffix = f".{str(body['output_format']).partition('_')[0]}"
        return Purchase(SERVICE, found.id, body, int(asked.get("take", take)), media="audio", suffix=suffix)

    def price(self, request: MadeEffect) -> Estimate:
        """The same for every sound, or by its seconds."""
        found, _ = _settled(request)
        price = found.model.price
        if price is None or price.per not in ("clip", "second") or (price.per == "second" and not request.seconds):
            return Estimate(None)
        return cost(price, 1 if price.per == "clip" else min(request.seconds, lengths(found.model)[-1]))

    def remarks(self, request: MadeEffect) -> tuple[str, ...]:
        """What became of a model's name, and what is repeated."""
        found, _ = _settled(request)
        longest = lengths(found.model)[-1]
        if request.seconds <= longest:
            return found.notes
        return (*found.notes, f"{found.name} makes at most {longest:g} s of a sound: it is repeated")

    def service(self) -> ElevenLabsService:
        """The service."""
        return ElevenLabsService()


def _settled(request: MadeEffect) -> tuple[Found, dict[str, Setting]]:
    """The model and the author's settings of it; RenderError for what cannot be had."""
    found = found_model(SERVICE, EFFECTS, str(dict(request.model).get("name", "")))
    asked = read_asked(found, request.model, _COMMON)
    within(asked, _BOUNDS)
    if not request.prompt.strip():
        raise RenderError("a sound without words cannot be made", "say in `prompt:` what is heard")
    if not _FORMATS.fullmatch(str(asked.get("format", FORMAT))):
        raise RenderError(
            f"a sound cannot be bought as {asked['format']!r}", f"leave `format:` out, or write {FORMAT} or wav_44100"
        )
    return found, asked
