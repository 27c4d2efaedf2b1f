"""The voices that every account of ElevenLabs has, by name; any other voice is named by its id. Data and a look-up."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from audio.voice import VoiceInfo, VoiceMissing

SERVICE = "elevenlabs"
LICENCE = "the terms of ElevenLabs, by the account's plan"

_ID = re.compile(r"[A-Za-z0-9]{20}")


@dataclass(frozen=True, slots=True)
class _Part:
    """One voice: the service's id of it, and who it sounds like."""

    id: str
    gender: str
    age: str
    note: str


_CAST: Mapping[str, _Part] = MappingProxyType(
    {
        "sarah": _Part("EXAVITQu4vr4xnSDxMaL", "female", "young", "American, confident and warm"),
        "laura": _Part("FGY2WhTYpPnrIDTdsKH5", "female", "young", "American, sunny"),
        "aria": _Part("9BWtsMINqrJLrRacOk9x", "female", "adult", "American, calm with a hint of rasp"),
        "alice": _Part("Xb7hH8MSUJpSbSDYk0k2", "female", "adult", "British, confident"),
        "matilda": _Part("XrExE9yKIg1WjnnlVkGX", "female", "adult", "American, friendly"),
        "lily": _Part("pFZP5JQG7iQjIQuC4Bku", "female", "adult", "British, warm"),
        "jessica": _Part("cgSgspJ2msm6clMCkdW9", "female", "young", "American, expressive"),
        "charlotte": _Part("XB0fDUnXU5powFXDhCwa", "female", "young", "Swedish, low and soft"),
        "george": _Part("JBFqnCBsd6RMkjVDRZzb", "male", "adult", "British, warm"),
        "daniel": _Part("onwK4e9ZLuTAKqWW03F9", "male", "adult", "British, a newsreader"),
        "brian": _Part("nPczCjzI2devNBz1zQrb", "male", "adult", "American, deep"),
        "roger": _Part("CwhRBWXzGAHq8TQ4Fs17", "male", "adult", "American, confident"),
        "callum": _Part("N2lVS1w4EtoT3dr4eOWO", "male", "adult", "intense"),
        "eric": _Part("cjVigY5qzO86Huf0OWal", "male", "adult", "American, friendly"),
        "chris": _Part("iP95p4xoKVk53GoZ742B", "male", "adult", "American, casual"),
        "charlie": _Part("IKne3meq5aSn9XLyUdCD", "male", "young", "Australian, energetic"),
        "liam": _Part("TX3LPaxmHKxFdv7VOQHJ", "male", "young", "American, articulate"),
        "will": _Part("bIHbv24MWmeRgasZH58o", "male", "young", "American, friendly"),
        "bill": _Part("pqHfZKP75CvOlQylNhV4", "male", "old", "American, trustworthy"),
        "river": _Part("SAz9YHcvj6GT2YYXdXww", "", "adult", "American, neither man nor woman"),
    }
)
"""Names and ids as two independent lists of the service's own answers have them."""


def listed() -> tuple[VoiceInfo, ...]:
    """The voices that are known by name."""
    return tuple(
        VoiceInfo(f"{SERVICE}/{name}", part.id, SERVICE, "*", part.gender, part.note, part.age, LICENCE)
        for name, part in _CAST.items()
    )


def voice_named(name: str) -> VoiceInfo:
    """The voice of a name (`George`, `elevenlabs/george`) or of an id; VoiceMissing for what is neither."""
    plain = name.casefold().removeprefix(f"{SERVICE}/")
    own = name.removeprefix(f"{SERVICE}/")
    for info in listed():
        if info.name == f"{SERVICE}/{plain}" or info.own == own:
            return info
    if _ID.fullmatch(own):
        return VoiceInfo(f"{SERVICE}/{own}", own, SERVICE, "*", "", "a voice of the account's", licence=LICENCE)
    near = difflib.get_close_matches(plain, _CAST, n=1, cutoff=0.5)
    suggestion = f"did you mean {near[0]!r}? " if near else ""
    raise VoiceMissing(
        f"there is no voice {name!r} of ElevenLabs that is known here",
        f"{suggestion}there are: {', '.join(_CAST)}; write any other voice's id (20 letters and digits)",
    )
