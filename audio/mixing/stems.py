"""The step that writes one stem: some buses of a film's mix as they are before its limiter, for an editor.

A stem is as long as the film and begins with its first sample; stems of all buses add up to the mix. Knows no names of
stems and no film.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from audio.mixing.ducking import Span
from audio.mixing.grid import MixCue, chunk_count, chunks
from audio.voice import RATE, Samples
from projects.steps import Json, Work


@dataclass(frozen=True, slots=True)
class StemRequest:
    """One stem of a film of so many samples: its cues, when somebody speaks in the film, and the film's gain in dB.

    Places count from the film's first sample; each cue's `input` is one of the step's inputs.
    """

    samples: int
    cues: tuple[MixCue, ...]
    speech: tuple[Span, ...] = ()
    gain_db: float = 0.0


def write_stem(request: StemRequest, work: Work, out: Path) -> Json:
    """Writes a stem as a 48 kHz stereo WAV at `out`: of 24 bits, or of 32-bit floats where its peaks exceed full scale.

    Facts: `samples`, `words` ("24 bit" or "32-bit float"), `lufs` and `true_peak`. Holds one chunk at a time.
    """
    from audio.signal import loudness, wavefile

    meter = loudness.Meter(2)
    loudest = 0.0
    with wavefile.writing(out, 2) as sink:
        for number, block in enumerate(_blocks(request, work)):
            meter.feed(block)
            loudest = max(loudest, float(block.max(initial=0.0)), -float(block.min(initial=0.0)))
            sink.write(block)
            work.progress((number + 1) / chunk_count(request.samples))
    if loudest > _FULL:
        _write_floats(request, work, out)
    found = meter.result()
    return {
        "samples": request.samples,
        "words": "32-bit float" if loudest > _FULL else "24 bit",
        "lufs": round(found.integrated, 2),
        "true_peak": round(found.true_peak, 2),
    }


_FULL = 1.0 - 2.0**-23
"""The largest value that 24 bits can hold."""


def _blocks(request: StemRequest, work: Work) -> Iterator[Samples]:
    """The stem in order, a chunk at a time, (n, 2)."""
    import numpy as np

    from audio.mixing.mix import part_of
    from audio.signal.loudness import amplitude

    gain = np.float32(amplitude(request.gain_db))
    for chunk in chunks(request.samples, request.cues, request.speech):
        yield part_of(chunk, work, 0, chunk.samples) * gain


def _write_floats(request: StemRequest, work: Work, out: Path) -> None:
    import soundfile as sf

    with sf.SoundFile(out, "w", samplerate=RATE, channels=2, format="WAV", subtype="FLOAT") as file:
        for block in _blocks(request, work):
            file.write(block)
