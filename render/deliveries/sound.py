"""The sound of a delivery that is not the film's own: the stems laid together, as loud as is asked, without a codec.

Limited and measured by the same code as the film's sound, block by block. Knows no pictures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from audio.signal import wavefile
from audio.signal.limiter import CONTEXT, gain_curve
from audio.signal.loudness import SILENCE, Loudness, Meter, amplitude
from audio.voice import RATE, Samples

CEILING = -1.5
"""Highest true peak that the limiter lets through, dBTP; of PCM nothing makes peaks higher."""

_BLOCK = 10 * RATE
_NEAR = 0.05
"""LU off the wanted loudness that nobody asks to be mended."""
_TIMES = 3
_MOST = 6.0
"""Gain in dB beyond which the stems are left as they are: they are as loud as the house could make them already."""


@dataclass(frozen=True, slots=True)
class Mastered:
    """A sound on disk: how loud it is, and the gain (dB) that the stems got for it."""

    loudness: Loudness
    gain_db: float


def mastered(stems: Sequence[Path], out: Path, loudness: float, ceiling: float = CEILING) -> Mastered:
    """Write the stems together as a 48 kHz stereo WAV of 24 bits, at `loudness` LUFS and under `ceiling` dBTP.

    Stems that are silent together stay so. All stems are equally long.
    """
    gain, made = 0.0, Mastered(Loudness(SILENCE, SILENCE), 0.0)
    for _ in range(_TIMES):
        made = Mastered(_written(stems, out, gain, ceiling), gain)
        miss = loudness - made.loudness.integrated
        if made.loudness.integrated <= SILENCE or abs(miss) <= _NEAR or gain + miss > _MOST:
            break
        gain += miss
    return made


def _written(stems: Sequence[Path], out: Path, gain_db: float, ceiling: float) -> Loudness:
    meter = Meter(2)
    with wavefile.writing(out, 2) as sink:
        for block in _blocks(stems, amplitude(gain_db), amplitude(ceiling)):
            meter.feed(block)
            sink.write(block)
    return meter.result()


def _blocks(stems: Sequence[Path], gain: float, ceiling: float) -> Iterator[Samples]:
    """The limited sum, (n, 2) at a time; each block is reckoned with as many neighbours as the limiter looks at."""
    import numpy as np

    with ExitStack() as stack:
        files = [stack.enter_context(wavefile.opened(path)) for path in stems]
        length = max((int(file.frames) for file in files), default=0)
        for first in range(0, length, _BLOCK):
            last = min(length, first + _BLOCK)
            low, high = max(0, first - CONTEXT), min(length, last + CONTEXT)
            sound = np.zeros((high - low, 2), np.float32)
            for file in files:
                file.seek(min(low, file.frames))
                part = file.read(high - low, dtype="float32", always_2d=True)
                sound[: len(part)] += part
            sound *= np.float32(gain)
            limited: Samples = sound * gain_curve(sound, ceiling)[:, None]
            yield limited[first - low : last - low]
