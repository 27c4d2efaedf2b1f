"""The grid on which a film's sound is cut: chunks of whole AAC packets, each mixed and coded by itself.

A chunk sees a little of its neighbours, so that limiting and coding it alone gives what they would give in the whole
film. Pure reckoning with samples; knows no files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from audio.mixing.ducking import RETURN, Span, joined
from audio.voice import RATE

PACKET = 1024
"""Samples in one AAC packet."""

CHUNK = 450 * PACKET
"""Samples in a chunk: 9.6 s, whole packets and whole tenths of a second."""

WARM_UP = 8 * PACKET
"""Samples that the encoder hears before a chunk: after two packets it sounds as though it had never stopped."""

RUN_OUT = 3 * PACKET
"""Samples that it hears after a chunk: a packet reaches into the next one, and looks ahead by another."""

BEFORE = 12 * PACKET
"""Samples that a chunk is mixed from before its first: the warm-up and what the limiter looks at around it."""

AFTER = 6 * PACKET
"""Samples that a chunk is mixed beyond its last."""

_T = TypeVar("_T")

Bus = Literal["dialogue", "narration", "effects", "clip", "music"]

SPOKEN: frozenset[Bus] = frozenset({"dialogue", "narration"})
"""The buses of voices: the others step back under them."""

FOLLOWED: frozenset[Bus] = frozenset({"clip", "music"})
"""The buses that step back as far as their own loudness under each phrase asks for."""

EDGES: Mapping[Bus, tuple[int, int]] = {
    "effects": (RATE // 500, RATE // 100),
    "clip": (RATE // 66, RATE // 66),
    "music": (RATE // 200, RATE // 66),
}
"""The shortest fades in and out of a sound, in samples: cut anywhere, it does not click. Voices bring their own."""


@dataclass(frozen=True, slots=True)
class MixCue:
    """One sound in the mix.

    `input` names one of the step's inputs, a 48 kHz WAV. `samples` is how much of it is heard, 0 for all of it.
    `fade_in` and `fade_out` are in samples, `gain_db` in dB, `pan` runs from -1 (left) to 1 (right).
    """

    input: str
    bus: Bus
    at_sample: int
    gain_db: float = 0.0
    samples: int = 0
    fade_in: int = 0
    fade_out: int = 0
    pan: float = 0.0


@dataclass(frozen=True, slots=True)
class MixRequest:
    """One chunk of a film's mix: its own samples, what is mixed around them, its cues, and where somebody speaks.

    All places count from the chunk's own first sample. Phrases are whole, though they may begin or end in a neighbour,
    and so is what of the followed buses lies under them; what else happens in the film does not change a chunk.
    """

    samples: int
    before: int = 0
    after: int = 0
    cues: tuple[MixCue, ...] = ()
    speech: tuple[Span, ...] = ()

    @property
    def window(self) -> Span:
        """First sample and last sample (exclusive) of what is mixed."""
        return -self.before, self.samples + self.after


def chunk_count(samples: int) -> int:
    """How many chunks a film of so many samples has; at least one."""
    return max(1, -(-samples // CHUNK))


def smoothed(cue: MixCue) -> MixCue:
    """The cue with fades that are no shorter than its bus asks for, or than a third of the cue."""
    least_in, least_out = EDGES.get(cue.bus, (0, 0))
    most = cue.samples // 3 if cue.samples else max(least_in, least_out)
    return replace(cue, fade_in=max(cue.fade_in, min(least_in, most)), fade_out=max(cue.fade_out, min(least_out, most)))


def chunks(samples: int, cues: Sequence[MixCue], speech: Sequence[Span]) -> Iterator[MixRequest]:
    """The chunks of a film in order. `speech` is when somebody speaks; places count from the film's first sample.

    A cue of unknown length (`samples` 0) is taken to last to the film's end.
    """
    total = chunk_count(samples)
    heard = _spread([(cue, cue.at_sample, _end(cue, samples)) for cue in map(smoothed, cues)], total)
    phrases = _spread([(span, span[0] - RETURN, span[1] + RETURN) for span in joined(speech)], total)
    under = _under(heard, phrases)
    for number in range(total):
        start = number * CHUNK
        own = min(CHUNK, samples - start)
        chunk = MixRequest(own, min(BEFORE, start), min(AFTER, samples - start - own))
        low, high = start + chunk.window[0], start + chunk.window[1]
        near = [span for span in phrases[number] if span[1] + RETURN > low and span[0] - RETURN < high]
        yield replace(
            chunk,
            cues=_cues(under[number], (low, high), near, start, samples),
            speech=tuple((first - start, last - start) for first, last in near),
        )


def _end(cue: MixCue, film: int) -> int:
    return min(cue.at_sample + cue.samples, film) if cue.samples else film


def _spread(placed: Iterable[tuple[_T, int, int]], total: int) -> list[list[_T]]:
    """What may be heard in each chunk and its margins."""
    spread: list[list[_T]] = [[] for _ in range(total)]
    for what, first, last in placed:
        for number in range(max(0, (first - AFTER) // CHUNK), min(total, (last + BEFORE) // CHUNK + 1)):
            spread[number].append(what)
    return spread


def _under(heard: list[list[MixCue]], phrases: list[list[Span]]) -> list[list[MixCue]]:
    """What is heard in each chunk, and what else of the followed buses lies under a phrase that it hears."""
    under = []
    for number, spans in enumerate(phrases):
        first = min((max(0, span[0]) // CHUNK for span in spans), default=number)
        last = max((span[1] // CHUNK for span in spans), default=number)
        beyond = [
            cue
            for other in (*heard[min(first, number) : number], *heard[number + 1 : max(last, number) + 1])
            for cue in other
            if cue.bus in FOLLOWED
        ]
        under.append(list(dict.fromkeys([*heard[number], *beyond])))
    return under


def _cues(cues: Iterable[MixCue], window: Span, near: Sequence[Span], start: int, film: int) -> tuple[MixCue, ...]:
    """Cues as a chunk hears them; those of followed buses also where they lie under its phrases."""
    cut = []
    for cue in cues:
        spans = [window, *(near if cue.bus in FOLLOWED else ())]
        cut.append(_cut_cue(cue, _end(cue, film), spans, start))
    kept = [cue for cue in cut if cue is not None]
    return tuple(sorted(kept, key=lambda cue: (cue.at_sample, cue.bus, cue.input, cue.gain_db, cue.samples, cue.pan)))


def _cut_cue(cue: MixCue, end: int, spans: Sequence[Span], start: int) -> MixCue | None:
    """A cue as it is heard in these spans: what lies beyond them does not show, so that it cannot change a chunk."""
    heard = [(low, high) for low, high in spans if end > max(low, cue.at_sample) and cue.at_sample < high]
    if not heard:
        return None
    low, high = min(span[0] for span in heard), max(span[1] for span in heard)
    beyond = end - cue.fade_out >= high
    return replace(
        cue,
        at_sample=cue.at_sample - start,
        samples=(high if beyond else end) - cue.at_sample,
        fade_in=cue.fade_in if cue.at_sample + cue.fade_in > low else 0,
        fade_out=0 if beyond else cue.fade_out,
    )
