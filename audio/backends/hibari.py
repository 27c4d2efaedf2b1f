"""The embedded English voice: hibari-tts, a small neural model that lies inside its wheel.

The wheel holds one speaker; the other English voices are that speaker with another pitch and throat, and say so.
Word times come from the model's own duration predictor. Knows nothing of the film.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import import_module, metadata
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from audio import timbre
from audio.delivery import deliver
from audio.timbre import Timbre
from audio.timing import carry_over, written_words
from audio.voice import Samples, Trouble, Utterance, VoiceInfo, VoiceMissing, VoiceRefusal, VoiceRequest, Word
from storyboard.errors import MissingError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RATE = 24_000
_DURATION_UNIT = 0.025
"""Seconds per unit of the model's duration predictor."""
_DURATIONS = b"/Clip_output_0"
"""The name inside the model of what predicts them; the model file does not list it as an output."""
_REMEDY = "make setup (or: pip install 'hibari-tts>=0.2.1,<0.3')"
_LONGEST = 380
"""Phonemes that the model takes at once; it was trained with little more."""

_MARKS = ' ;:,.!?—…"()“”'
"""Characters of the model's alphabet that are pauses: a word ends before them."""

_VARIANT = "a variant of the one English voice inside hibari (heart): "
_CAST: Mapping[str, tuple[str, str, Timbre, str]] = MappingProxyType(
    {
        "heart": ("female", "adult", Timbre(), "the voice as it was trained, American"),
        "emma": ("female", "young", Timbre(0.97, 2.0, 1.2), _VARIANT + "lighter and younger"),
        "bella": ("female", "adult", Timbre(0.96, -2.5, -1.0), _VARIANT + "lower and warmer"),
        "lily": ("female", "child", Timbre(1.03, 4.0, 2.6), _VARIANT + "a child"),
        "agatha": ("female", "old", Timbre(0.88, -1.0, 1.6), _VARIANT + "an old woman, slow"),
        "george": ("male", "adult", Timbre(0.96, -8.5, -3.2), _VARIANT + "a man, low and calm"),
        "michael": ("male", "adult", Timbre(1.0, -6.0, -2.4), _VARIANT + "a man"),
        "lewis": ("male", "adult", Timbre(0.9, -10.0, -4.0), _VARIANT + "a deep man, slow"),
        "daniel": ("male", "young", Timbre(1.05, -5.0, -1.2), _VARIANT + "a young man, quick"),
        "walter": ("male", "old", Timbre(0.86, -6.5, -0.8), _VARIANT + "an old man, slow"),
        "oliver": ("male", "child", Timbre(1.04, 2.5, 3.4), _VARIANT + "a boy"),
    }
)


class Hibari:
    """Speaks English with the model of the hibari-tts wheel."""

    name = "hibari"

    def languages(self) -> Sequence[str]:
        """English only."""
        return ("en",)

    def voices(self) -> Sequence[VoiceInfo]:
        """The one speaker and its variants."""
        return tuple(
            VoiceInfo(f"en/{own}", own, self.name, "en", gender, note, age, "Apache-2.0")
            for own, (gender, age, _, note) in _CAST.items()
        )

    def check(self) -> Sequence[Trouble]:
        """Whether the package and the filter that makes the variants are there."""
        troubles = []
        try:
            version = metadata.version("hibari-tts")
        except metadata.PackageNotFoundError:
            troubles.append(Trouble("the package hibari-tts is not installed", _REMEDY))
        else:
            if not version.startswith("0.2."):
                troubles.append(Trouble(f"hibari-tts {version} is not the 0.2 that is known here", _REMEDY))
        try:
            timbre.check()
        except MissingError as missing:
            troubles.append(Trouble(missing.message, missing.hint))
        return tuple(troubles)

    def identity(self) -> str:
        """Package versions, and those of the filter."""
        versions = [f"{package} {metadata.version(package)}" for package in ("hibari-tts", "onnxruntime", "numpy")]
        return "; ".join(["hibari 1", *versions, timbre.identity()])

    def speak(self, request: VoiceRequest) -> Utterance:
        """Speaks the line at 24 kHz; refuses a voice it does not have and a text without words."""
        if request.voice not in _CAST:
            raise VoiceRefusal(f"hibari has no voice {request.voice!r}", f"choose one of: {', '.join(_CAST)}")
        _refuse_other_scripts(request.text)
        sound, words = _read_aloud(request.text)
        change = _CAST[request.voice][2].then(deliver(request.emotion).timbre)
        change = change.then(Timbre(request.speed, request.pitch))
        sound = timbre.change(sound, RATE, change)
        placed = tuple(Word(w.text, w.start / change.pace, w.end / change.pace) for w in words)
        return Utterance(sound, RATE, placed)


def _refuse_other_scripts(text: str) -> None:
    letters = [c for c in text if c.isalpha()]
    foreign = [c for c in letters if not unicodedata.name(c, "").startswith("LATIN")]
    if len(foreign) * 2 > len(letters):
        raise VoiceRefusal(
            f"the English voice cannot read {text!r}", "give the film (or the character's voice) the line's language"
        )


@lru_cache(maxsize=1)
def _model() -> tuple[Any, Any]:
    """The text front end, and a session on the model that also gives the durations."""
    try:
        import hibari.tts

        onnxruntime = import_module("onnxruntime")  # it carries no types
    except ImportError as reason:
        raise VoiceMissing(f"the English voice cannot be loaded: {reason}", _REMEDY) from reason
    front = hibari.tts.Hibari(threads=1)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    blob = Path(front.model_path).read_bytes() + _extra_output(_DURATIONS)
    return front, onnxruntime.InferenceSession(blob, options, providers=["CPUExecutionProvider"])


def _extra_output(name: bytes) -> bytes:
    """A serialised ONNX model holding nothing but one more output: protobuf merges it with what stands before it."""
    value = b"\x0a" + bytes([len(name)]) + name  # ValueInfoProto.name
    graph = b"\x62" + bytes([len(value)]) + value  # GraphProto.output
    return b"\x3a" + bytes([len(graph)]) + graph  # ModelProto.graph


def _read_aloud(text: str) -> tuple[Samples, tuple[Word, ...]]:
    """The whole line in the model's own voice, with times for the written words."""
    import numpy as np

    front, session = _model()
    noise = np.random.default_rng(0)
    pieces: list[Samples] = []
    read: list[Word] = []
    passed = 0.0
    for sentence in front.split_sentences(text):
        for phonemes, spans in _phrases(front.g2p, sentence):
            sound, words = _speak_phrase(front, session, phonemes, spans, noise)
            read += [Word(w.text, w.start + passed, w.end + passed) for w in words]
            pieces.append(sound)
            passed += len(sound) / RATE
    if not read:
        raise VoiceRefusal(f"there is nothing to say in {text!r}", "write words, or leave the line out")
    return np.concatenate(pieces), carry_over(written_words(text), read)


Span = tuple[str, int, int]
"""A word as read, and the first and last phoneme (exclusive) of it."""


def _phrases(g2p: Any, sentence: str) -> list[tuple[str, list[Span]]]:
    """A sentence as phonemes with the span of each word, in pieces that the model can take at once."""
    from hibari.g2p.normalize import normalize

    phrases: list[tuple[str, list[Span]]] = []
    spans: list[Span] = []
    phonemes, word, start = "", "", 0
    for token in g2p.phonemize_tokens(g2p.tokenize(normalize(sentence))):
        phonemes += token.phonemes or ""
        word += token.text
        if not token.whitespace:
            continue
        _close(spans, word, start, phonemes)
        if len(phonemes) >= _LONGEST:
            phrases.append((phonemes, spans))
            phonemes, spans = "", []
        phonemes += " " if phonemes else ""
        word, start = "", len(phonemes)
    _close(spans, word, start, phonemes)
    phrases.append((phonemes, spans))
    return [(text, found) for text, found in phrases if text.strip()]


def _close(spans: list[Span], word: str, start: int, phonemes: str) -> None:
    end = max(start, len(phonemes.rstrip(_MARKS)))
    if end > start and any(c.isalnum() for c in word):
        spans.append((word, start, end))


def _speak_phrase(
    front: Any, session: Any, phonemes: str, spans: list[Span], noise: np.random.Generator
) -> tuple[Samples, list[Word]]:
    import numpy as np
    from hibari import dsp

    known = [c in front.vocab for c in phonemes]
    ids = [0, *[front.vocab[c] for c in phonemes if c in front.vocab], 0]
    given = session.run(None, {"ids": np.asarray([ids], np.int64), "speed": np.ones(1, np.float32)})
    *spectra, durations = given
    harmonic, phase, breath, free, free_phase, pitch = (part[0] for part in spectra)
    sound: Samples = dsp.synth(harmonic, phase, breath, free, free_phase, pitch, noise).astype(np.float32)
    edges: NDArray[np.float64] = np.concatenate([[0.0], np.cumsum(durations.reshape(-1), dtype=np.float64)])
    edges = edges * _DURATION_UNIT
    place = np.concatenate([[0], np.cumsum(known)])  # phoneme index in the text -> index among the known ones
    words = []
    for text, first, last in spans:
        words.append(Word(text, float(edges[1 + place[first]]), float(edges[1 + place[last]])))
    return sound, words
