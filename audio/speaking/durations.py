"""Speech models that say how long each phoneme takes: opening one so that it tells, and laying its phrases in a row.

The predictor sits inside the graph of the exported model, which does not list it as an output. Knows no engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from audio.speaking.english import Phrase
from audio.voice import Samples

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Span = tuple[float, float]
"""Start and end in seconds."""

_RESTS = (0.08, 0.22, 0.42)
"""Seconds of silence between two phrases: in mid-clause, after a clause, after a sentence."""
_AHEAD = 4.0
"""Units of the predictor by which the sound comes before its prediction."""
_QUIET = 10 ** (-38 / 20)
"""Relative to the loudest 5 ms: below it there is a rest between words, or a stop inside one."""
_LEAST, _NEAR = 0.06, 0.1
"""Seconds of the shortest silence that words settle at, and how far from a word's predicted edge it may lie."""
_BREATH = 0.32
"""Seconds between two sentences in one phrase, at least."""
_SILENT = 10 ** (-50 / 20)
"""Relative to the peak: what is quieter than this around a phrase is silence."""
_MARGIN = 0.03
"""Seconds kept around what is not silent: breath and the ring of the last sound."""
_FADE = 0.005


@dataclass(frozen=True, slots=True)
class Spoken:
    """A phrase as it sounds, mono, with the place of each of its words, and how it ends (see `Phrase.rests`)."""

    sound: Samples
    words: tuple[Span, ...]
    rest: int


def session(model: Iterable[bytes], durations: str) -> Any:
    """An onnxruntime session on one thread, whose last output is the tensor named `durations`.

    `model` comes in pieces. One thread gives the same bytes every time.
    """
    onnxruntime = import_module("onnxruntime")  # it carries no types
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    blob = b"".join((*model, _extra_output(durations.encode())))
    return onnxruntime.InferenceSession(blob, options, providers=["CPUExecutionProvider"])


def _extra_output(name: bytes) -> bytes:
    """A serialised ONNX model holding nothing but one more output: protobuf merges it with what stands before it."""
    value = b"\x0a" + bytes([len(name)]) + name  # ValueInfoProto.name
    graph = b"\x62" + bytes([len(value)]) + value  # GraphProto.output
    return b"\x3a" + bytes([len(graph)]) + graph  # ModelProto.graph


def numbered(phonemes: str, alphabet: Mapping[str, int]) -> list[int]:
    """The model's numbers of the phonemes that it knows, between the two zeros that stand for the edges."""
    return [0, *[alphabet[c] for c in phonemes if c in alphabet], 0]


def word_times(phrase: Phrase, alphabet: Mapping[str, int], durations: NDArray[np.float32], unit: float) -> list[Span]:
    """When each word of the phrase is due; `durations` are those of `numbered`, in units of `unit` seconds.

    The sound runs ahead of the predicted edges, by four units in the middle of what was measured on hissing sounds.
    """
    import numpy as np

    edges = np.concatenate([[0.0], np.cumsum(durations.reshape(-1), dtype=np.float64)])
    edges = np.maximum(0.0, edges - _AHEAD) * unit
    place = np.concatenate([[0], np.cumsum([c in alphabet for c in phrase.phonemes])])
    return [(float(edges[1 + place[first]]), float(edges[1 + place[last]])) for first, last in phrase.spans]


def laid(phrase: Phrase, words: Sequence[Span], sound: Samples, rate: int, pauses: float) -> Spoken:
    """The phrase with its words where they are heard, and its inner pauses as long as wanted."""
    sound, placed = paused(settled(words, phrase.rests, sound, rate), phrase.rests, sound, rate, pauses)
    return Spoken(sound, placed, phrase.rests[-1])


def settled(words: Sequence[Span], rests: Sequence[int], sound: Samples, rate: int) -> tuple[Span, ...]:
    """The words moved to where they are heard: what stands beside a silence ends or begins right at its edge.

    `rests` are those of the phrase: where a pause is written its silence begins before the middle of the word that
    follows and ends after the middle of the one before, elsewhere it lies only a short way off.
    """
    silences = _silences(sound, rate)
    starts, ends = [word[0] for word in words], [word[1] for word in words]
    length = len(sound) / rate
    for index in range(-1, len(words)):
        first, last = index < 0, index == len(words) - 1
        if first or last:  # what is silent up to the first word, or from the last one on
            found = [
                (b - a, a, b)
                for a, b in silences
                if (a == 0.0 and b < words[0][1] if first else b >= length - 1 / rate and a > words[-1][0])
            ]
        else:
            before, after = words[index], words[index + 1]
            left, right = sum(before) / 2, sum(after) / 2
            if rests[index]:  # a short word may be predicted to be over before it is heard
                earliest, latest = before[0], after[1] + _NEAR
            else:
                earliest, latest = max(left, before[1] - _NEAR), min(right, after[0] + _NEAR)
            found = [(b - a, a, b) for a, b in silences if left < b < latest and earliest < a < right]
        if found:
            _, start, end = max(found)
            if not first:
                ends[index] = start
            if not last:
                starts[index + 1] = end
        elif not first and not last and not rests[index]:
            ends[index] = starts[index + 1]  # nothing is silent between them: one word goes over into the next
    return tuple((start, max(start, end)) for start, end in zip(starts, ends, strict=True))


def paused(
    words: Sequence[Span], rests: Sequence[int], sound: Samples, rate: int, pauses: float
) -> tuple[Samples, tuple[Span, ...]]:
    """The sound with the silences at its written pauses `pauses` times as long, and the words moved with it.

    A model that is given several sentences at once hurries over their ends: there the silence is brought to a breath.
    """
    import numpy as np

    pieces: list[Samples] = []
    moved = [words[0]] if words else []
    passed, shift = 0, 0
    for index, (word, following) in enumerate(pairwise(words)):
        first, last = round(word[1] * rate), round(following[0] * rate)
        if rests[index] and last - first >= round(_LEAST * rate):
            natural = max(last - first, round(_BREATH * rate)) if rests[index] == 2 else last - first
            more = round(natural * pauses) - (last - first)
            # Longer: silence in the middle. Shorter: what lies around the middle is left out.
            middle, cut = (first + last) // 2, max(0, -more)
            piece = _faded(sound[passed : middle - cut // 2], rate, passed > 0, True)
            pieces += [piece, np.zeros(max(0, more), np.float32)]
            passed = middle - cut // 2 + cut
            shift += more
        moved.append((following[0] + shift / rate, following[1] + shift / rate))
    return np.concatenate([*pieces, _faded(sound[passed:], rate, passed > 0, False)]), tuple(moved)


def _silences(sound: Samples, rate: int) -> list[Span]:
    """The stretches in seconds that are quiet beside the loudest one, in steps of 5 ms; the first begins at 0."""
    import numpy as np

    hop = rate // 200
    steps = len(sound) // hop
    power = np.mean(np.square(sound[: steps * hop].reshape(steps, hop)), axis=1, dtype=np.float64)
    quiet = np.concatenate([[False], power < power.max(initial=0.0) * _QUIET**2, [False]]).astype(np.int8)
    turns = np.flatnonzero(np.diff(quiet)).reshape(-1, 2).tolist()
    edges = [(a * hop / rate, (b if b < steps else len(sound) / hop) * hop / rate) for a, b in turns]
    return [(a, b) for a, b in edges if b - a >= _LEAST or a == 0.0]


def in_a_row(spoken: Sequence[Spoken], rate: int, pauses: float = 1.0) -> tuple[Samples, list[Span]]:
    """The phrases one after the other with rests between them, natural ones times `pauses`, and all words' places.

    What a model leaves silent at the two ends of every phrase is cut where phrases meet, and kept at the line's ends.
    """
    import numpy as np

    pieces: list[Samples] = []
    words: list[Span] = []
    passed = 0
    for index, phrase in enumerate(spoken):
        first, last = _sounding(phrase.sound, rate)
        first = first if index else 0
        last = last if index < len(spoken) - 1 else len(phrase.sound)
        if index:
            rest = np.zeros(round(_RESTS[spoken[index - 1].rest] * pauses * rate), np.float32)
            pieces.append(rest)
            passed += len(rest)
        pieces.append(_faded(phrase.sound[first:last], rate, index > 0, index < len(spoken) - 1))
        shift = (passed - first) / rate
        words += [(start + shift, end + shift) for start, end in phrase.words]
        passed += last - first
    return np.concatenate(pieces), words


def _sounding(sound: Samples, rate: int) -> tuple[int, int]:
    """The first sample and the one after the last that are no silence, with a margin."""
    import numpy as np

    level = np.abs(sound)
    loud = np.flatnonzero(level > _SILENT * float(level.max(initial=0.0)))
    if not len(loud):
        return 0, len(sound)
    margin = round(_MARGIN * rate)
    return max(0, int(loud[0]) - margin), min(len(sound), int(loud[-1]) + 1 + margin)


def _faded(sound: Samples, rate: int, at_start: bool, at_end: bool) -> Samples:
    import numpy as np

    faded = np.array(sound, np.float32)
    count = min(round(_FADE * rate), len(faded) // 2)
    ramp = np.arange(count, dtype=np.float32) / max(1, count)
    if at_start and count:
        faded[:count] *= ramp
    if at_end and count:
        faded[-count:] *= ramp[::-1]
    return faded
