"""The grid on which a film's sound is cut: chunks of whole AAC packets, each mixed and coded by itself.

A chunk sees a little of its neighbours, so that limiting and coding it alone gives what they would give in the whole
film. Pure reckoning with samples; knows no files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from audio.ducking import ATTACK, RELEASE, Span

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

Bus = Literal["voice", "effects", "music"]


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

    All places count from the chunk's own first sample: what happens elsewhere in the film does not change a chunk.
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


def chunks(samples: int, cues: Sequence[MixCue], speech: Sequence[Span]) -> Iterator[MixRequest]:
    """The chunks of a film in order. `speech` comes from `ducking.joined`; places count from the film's first sample.

    A cue of unknown length (`samples` 0) is taken to last to the film's end.
    """
    total = chunk_count(samples)
    heard = _spread([(cue, cue.at_sample, _end(cue, samples)) for cue in cues], total)
    spoken = _spread([(span, span[0] - ATTACK, span[1] + RELEASE) for span in speech], total)
    for number in range(total):
        start = number * CHUNK
        own = min(CHUNK, samples - start)
        chunk = MixRequest(own, min(BEFORE, start), min(AFTER, samples - start - own))
        yield replace(
            chunk,
            cues=_cues(heard[number], chunk, start, samples),
            speech=tuple(cut for span in spoken[number] if (cut := _cut_span(span, chunk, start))),
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


def _cues(cues: Iterable[MixCue], chunk: MixRequest, start: int, film: int) -> tuple[MixCue, ...]:
    cut = [_cut_cue(cue, _end(cue, film), chunk, start) for cue in cues]
    kept = [cue for cue in cut if cue is not None]
    return tuple(sorted(kept, key=lambda cue: (cue.at_sample, cue.bus, cue.input, cue.gain_db, cue.samples, cue.pan)))


def _cut_cue(cue: MixCue, end: int, chunk: MixRequest, start: int) -> MixCue | None:
    """A cue as the chunk hears it: what lies beyond the chunk does not show, so that it cannot change it."""
    low, high = start + chunk.window[0], start + chunk.window[1]
    if end <= max(low, cue.at_sample) or cue.at_sample >= high:
        return None
    beyond = end - cue.fade_out >= high
    return replace(
        cue,
        at_sample=cue.at_sample - start,
        samples=(high if beyond else end) - cue.at_sample,
        fade_in=cue.fade_in if cue.at_sample + cue.fade_in > low else 0,
        fade_out=0 if beyond else cue.fade_out,
    )


def _cut_span(span: Span, chunk: MixRequest, start: int) -> Span | None:
    """A span of speech as the chunk hears it: within a line, where it began or ends elsewhere does not show."""
    low, high = chunk.window
    first, last = span[0] - start, span[1] - start
    if last + RELEASE <= low or first - ATTACK >= high:
        return None
    first = min(max(first, low), last)
    return first, max(min(last, high), first)
