"""Segments of one scene made into one clip: each goes on from the last frame before it, and keeps its colours.

Pure; knows no model.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from scenes.backend import ClipSound

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MOST_GAIN = 1.25
"""How far the spread of a channel is widened or narrowed at most."""


def matched(frames: NDArray[np.uint8], before: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Frames (n, h, w, 3) whose first one has the mean and spread of each channel of `before` (h, w, 3).

    The first frame shows what `before` shows, so that any difference is drift; the others are corrected alike.
    """
    import numpy as np

    (wanted, wide), (found, narrow) = _moments(before), _moments(frames[0])
    spread = np.clip(wide / np.maximum(narrow, 1e-3), 1.0 / _MOST_GAIN, _MOST_GAIN)
    table = np.clip((np.arange(256.0)[:, None] - found) * spread + wanted + 0.5, 0.0, 255.0).astype(np.uint8)
    corrected: NDArray[np.uint8] = np.stack([table[frames[..., channel], channel] for channel in range(3)], axis=-1)
    return corrected


def joined_sound(sounds: Sequence[ClipSound | None], rate: Fraction) -> ClipSound | None:
    """The sounds of segments as one: each but the first begins with the frame that the one before ended on.

    During that frame (1 / `rate` seconds) one fades into the other. None where no segment has sound.
    """
    import numpy as np

    heard = [sound for sound in sounds if sound is not None]
    if not heard or len(heard) < len(sounds):
        return None
    samples, pace = heard[0]
    overlap = round(pace / rate)
    rise = np.sin(np.linspace(0.0, np.pi / 2, overlap, dtype=np.float32))
    for more, _ in heard[1:]:
        up, down = (curve.reshape(-1, *([1] * (samples.ndim - 1))) for curve in (rise, rise[::-1]))
        both = samples[-overlap:] * down + more[:overlap] * up
        samples = np.concatenate([samples[:-overlap], both, more[overlap:]])
    return samples, pace


def _moments(frame: NDArray[np.uint8]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mean and standard deviation of each channel."""
    flat = frame.reshape(-1, 3).astype("float64")
    return flat.mean(axis=0), flat.std(axis=0)
