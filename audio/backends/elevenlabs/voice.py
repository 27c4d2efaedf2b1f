"""Voices of ElevenLabs: what is asked for a line, what it costs, and how it is heard in the film.

Pace, pitch and pauses are changed here, afterwards: moving them never costs anything. Knows no film.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path

from audio.backends.elevenlabs.cast import LICENCE, SERVICE, listed, voice_named
from audio.backends.elevenlabs.service import SPEECH, ElevenLabsService
from audio.backends.elevenlabs.take import Script, script, sound_of, times_of
from audio.hosted.asking import found_model, obstacles, read_asked, within
from audio.signal import timbre
from audio.signal.timbre import Timbre
from audio.speaking.delivery import deliver
from audio.voice import RATE, Trouble, Utterance, VoiceInfo, VoiceRefusal, VoiceRequest, Word
from projects.hosted.catalogue import Estimate, Found, cost
from projects.hosted.job import Purchase
from projects.steps import Json
from projects.weights import Setting

FORMAT = "mp3_44100_128"
"""The sound that every account may have."""

_COMMON: Mapping[str, str] = {"format": "text"}
_FORMATS = re.compile(r"(mp3|wav|opus)_\d+(_\d+)?")
"""Sounds that say themselves what they are."""
_OF_THE_VOICE = ("stability", "similarity_boost", "style", "use_speaker_boost")
_BOUNDS = {"stability": (0.0, 1.0), "similarity_boost": (0.0, 1.0), "style": (0.0, 1.0), "seed": (0, 2**32 - 1)}
_NORMALISATIONS = ("auto", "on", "off")
_TAGS: Mapping[str, str] = {
    "happy": "[happy] ",
    "sad": "[sad] ",
    "angry": "[angry] ",
    "afraid": "[scared] ",
    "surprised": "[surprised] ",
    "determined": "[determined] ",
    "tired": "[tired] ",
    "wonder": "[in awe] ",
    "tender": "[tenderly] ",
}
"""How models that read directions in brackets are told an emotion."""


class ElevenLabsVoice:
    """Speaks with lines that ElevenLabs has made."""

    name = SERVICE

    def languages(self) -> Sequence[str]:
        """Any; each model's own languages are in the table, which is not read for this."""
        return ("*",)

    def voices(self) -> Sequence[VoiceInfo]:
        """Those that every account has."""
        return listed()

    def named(self, name: str) -> VoiceInfo:
        """The voice of a name or an id."""
        return voice_named(name)

    def check(self) -> Sequence[Trouble]:
        """What stands in the way of buying: the library, a key."""
        return obstacles(SERVICE, "elevenlabs")

    def identity(self) -> str:
        """What reads and changes the sound; who made it is in what was bought."""
        return f"{SERVICE} 1; av {metadata.version('av')}; {timbre.identity()}"

    def speak(self, request: VoiceRequest) -> Utterance:
        """Never asked: a line is bought in a step of its own."""
        voice_named(request.voice)
        raise VoiceRefusal(f"a line of {SERVICE} is bought in a step of its own", "render the film, or one scene of it")

    def purchase(self, request: VoiceRequest, take: int = 1) -> Purchase:
        """Text, voice, model and settings; what stands before and after the line is left out, so it never matters."""
        found, asked, sent = _settled(request)
        body: dict[str, Json] = {
            "way": SPEECH,
            "voice_id": voice_named(request.voice).own,
            "text": sent.text,
            "output_format": str(asked.get("format", FORMAT)),
        }
        if voice := {key: asked[key] for key in _OF_THE_VOICE if key in asked}:
            body["voice_settings"] = voice
        if found.model.words.get("language") == "asked":
            body["language_code"] = _primary(request.language)
        if "apply_text_normalization" in asked:
            body["apply_text_normalization"] = asked["apply_text_normalization"]
        if "seed" in asked:
            body["seed"] = (int(asked["seed"]) + take - 1) % 2**32
        return Purchase(SERVICE, found.id, body, take, media="audio", suffix=".json")

    def price(self, request: VoiceRequest) -> Estimate:
        """By the characters that are sent."""
        found, _, sent = _settled(request)
        price = found.model.price
        return cost(price, len(sent.text)) if price is not None and price.per == "character" else Estimate(None)

    def remarks(self, request: VoiceRequest) -> tuple[str, ...]:
        """What became of a model's name, and what is not read."""
        found, _, sent = _settled(request)
        return (*found.notes, *sent.unheard)

    def service(self) -> ElevenLabsService:
        """The service."""
        return ElevenLabsService()

    def spoken(self, request: VoiceRequest, file: Path, facts: Json) -> Utterance:
        """The line at 48 kHz; its words where the service told when it says them, else they are left to alignment."""
        found, _, sent = _settled(request)
        change = Timbre(request.speed, request.pitch)
        if not _acts(found):
            change = deliver(request.emotion).timbre.then(change)
        words = [Word(w.text, w.start / change.pace, w.end / change.pace) for w in times_of(file, sent)]
        samples = timbre.change(sound_of(file), RATE, change)
        return Utterance(samples, RATE, tuple(words), f"{SERVICE} {facts['model']}", LICENCE, sent.unheard)


def _settled(request: VoiceRequest) -> tuple[Found, dict[str, Setting], Script]:
    """The model, the author's settings of it, and the line as it is sent; VoiceRefusal for what cannot be had."""
    found = found_model(SERVICE, SPEECH, str(dict(request.model).get("name", "")))
    asked = read_asked(found, request.model, _COMMON)
    within(asked, _BOUNDS)
    if not _FORMATS.fullmatch(str(asked.get("format", FORMAT))):
        raise VoiceRefusal(
            f"a line cannot be bought as {asked['format']!r}", f"leave `format:` out, or write {FORMAT} or wav_44100"
        )
    if asked.get("apply_text_normalization", "auto") not in _NORMALISATIONS:
        raise VoiceRefusal(
            f"the setting 'apply_text_normalization' is {asked['apply_text_normalization']!r}",
            f"write one of {', '.join(_NORMALISATIONS)}",
        )
    known = found.model.words.get("languages", "").split()
    if known and _primary(request.language) not in known:
        raise VoiceRefusal(
            f"{found.name} does not speak {_primary(request.language)!r}",
            f"it speaks {', '.join(known)}; write `model: {{name: v3}}` for others",
        )
    sent = script(request, _TAGS.get(request.emotion, "") if _acts(found) else "")
    if not any(c.isalnum() for c in sent.shown):
        raise VoiceRefusal(f"there is nothing to say in {request.text!r}", "write words, or leave the line out")
    if found.model.prompt and len(sent.text) > found.model.prompt:
        raise VoiceRefusal(
            f"a line has {len(sent.text)} characters, and {found.name} reads {found.model.prompt}", "divide it in two"
        )
    return found, asked, sent


def _acts(found: Found) -> bool:
    """Whether a model is told the emotion and acts it by itself."""
    return found.model.words.get("emotion") == "tags"


def _primary(language: str) -> str:
    return language.casefold().split("-")[0]
