"""What a voice says, apart from whose voice it is: cepstra of a mel spectrum, 100 a second.

Loudness, the room's steady noise and the speaker's mean spectrum are taken out; the length of the throat is a
parameter, so that two speakers can be compared. Pure; knows no words.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from audio.voice import Samples

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float32]

FRAMES = 100
"""Frames per second."""

_RATE = 16_000
_WINDOW = 400
_SIZE = 512
_BANDS = 26
_LOWEST, _HIGHEST = 100.0, 6400.0
_CEPSTRA = 10
_FLOOR = 1e-3
"""Power below the loud part of a sound, under which nothing is heard: 30 dB."""
_ABOVE = 3.0
"""By how much the mean of a steady noise lies above its quietest twentieth."""
_SPOKEN = 0.35
"""Part of that range from which a frame counts for the speaker's mean."""


@dataclass(frozen=True, slots=True)
class Cepstra:
    """Frames of a sound: `shape` (n, 20) of length 1 each, and how loud each is, 0..1 of the sound's own range."""

    shape: Array
    loud: Array

    def __len__(self) -> int:
        return len(self.loud)

    def chosen(self, frames: NDArray[np.intp]) -> Cepstra:
        """Only these frames."""
        return Cepstra(self.shape[frames], self.loud[frames])

    def coarser(self, factor: int) -> Cepstra:
        """The mean of every `factor` frames; the last ones may be fewer."""
        import numpy as np

        starts = np.arange(0, len(self), factor)
        counts = np.diff([*starts, len(self)]).astype(np.float32)
        shape = np.add.reduceat(self.shape, starts, axis=0).astype(np.float32)
        shape /= np.linalg.norm(shape, axis=1, keepdims=True) + 1e-6
        return Cepstra(shape, (np.add.reduceat(self.loud, starts) / counts).astype(np.float32))


def power_spectra(sound: Samples, rate: int) -> Array:
    """Power spectra of mono samples, (n, 257), one per hundredth of a second, centred on its time."""
    import numpy as np
    import soxr

    if rate != _RATE:
        sound = soxr.resample(sound.astype(np.float32), rate, _RATE, quality="HQ")
    lifted = np.append(sound[:1], sound[1:] - np.float32(0.97) * sound[:-1])
    padded = np.pad(lifted, _WINDOW // 2)
    frames = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[:: _RATE // FRAMES]
    taper = np.hanning(_WINDOW).astype(np.float32)
    spectra = np.empty((len(frames), _SIZE // 2 + 1), np.float32)
    for start in range(0, len(frames), 1000):
        block = np.fft.rfft(frames[start : start + 1000] * taper, _SIZE)
        spectra[start : start + 1000] = np.abs(block) ** 2
    return spectra


def cepstra(spectra: Array, throat: float = 1.0) -> Cepstra:
    """Cepstra and their slopes from power spectra; `throat` stretches the bands, 1.1 for a throat a tenth shorter."""
    import numpy as np
    from scipy.fft import dct

    bands = spectra @ _bank(throat).T
    noise = _ABOVE * np.quantile(bands, 0.05, axis=0)
    clear = np.maximum(bands - noise, 0.0)
    total = clear.sum(axis=1)
    top = float(np.quantile(bands.sum(axis=1), 0.95)) or 1e-12
    mel = np.log(clear + _FLOOR * top / _BANDS)
    low, high = np.log(_FLOOR * top), np.log(top)
    loud = np.clip((np.log(total + _FLOOR * top) - low) / (high - low), 0.0, 1.0)
    spoken = loud > _SPOKEN
    if not spoken.any():
        spoken = np.ones(len(loud), bool)
    still = dct(mel, axis=1, norm="ortho")[:, :_CEPSTRA]
    still = (still - still[spoken].mean(axis=0)) / (still[spoken].std(axis=0) + 1e-6)
    moving = _slopes(still)
    shape = np.concatenate([still, moving / (moving[spoken].std(axis=0) + 1e-6)], axis=1)
    shape /= np.linalg.norm(shape, axis=1, keepdims=True) + 1e-6
    return Cepstra(shape.astype(np.float32), loud.astype(np.float32))


def _slopes(frames: NDArray[np.floating]) -> NDArray[np.floating]:
    """The regression slope over five frames."""
    import numpy as np

    padded = np.pad(frames, ((2, 2), (0, 0)), mode="edge")
    count = len(frames)
    near = padded[3 : count + 3] - padded[1 : count + 1]
    far = padded[4 : count + 4] - padded[:count]
    slopes: NDArray[np.floating] = (near + 2.0 * far) / 10.0
    return slopes


@lru_cache(maxsize=16)
def _bank(throat: float) -> Array:
    """Triangular mel bands, (26, 257)."""
    import numpy as np

    mels = np.linspace(_mel(_LOWEST), _mel(_HIGHEST), _BANDS + 2)
    edges = np.minimum(700.0 * (10.0 ** (mels / 2595.0) - 1.0) * throat, _RATE / 2 - 10.0)
    hertz = np.fft.rfftfreq(_SIZE, 1.0 / _RATE)
    low, mid, high = edges[:-2, None], edges[1:-1, None], edges[2:, None]
    rising = (hertz - low) / (mid - low + 1e-9)
    falling = (high - hertz) / (high - mid + 1e-9)
    bank: Array = np.maximum(0.0, np.minimum(rising, falling)).astype(np.float32)
    return bank


def _mel(hertz: float) -> float:
    import math

    return 2595.0 * math.log10(1.0 + hertz / 700.0)
