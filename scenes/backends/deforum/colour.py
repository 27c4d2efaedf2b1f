"""What is done to a picture between two passes of a model: colours brought back, noise strewn, edges freshened.

A model fed with its own pictures drifts in light and hue within a few frames; lightness and colour are therefore
matched apart, in L*a*b*, where `scenes.diffusion.joining` matches whole segments in RGB, once each. Pictures are
(h, w, 3) RGB in 0..255, uint8 or float32, and come back as they were given. Knows no schedules and no model.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from scenes.backends.deforum.warp import Picture

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Match = Literal["none", "mean", "histogram"]
Grains = Literal["gaussian", "uniform"]

_MOST_GAIN = 1.5
"""How far the spread of a channel is widened or narrowed at most: a flat picture is not blown up to noise."""

_QUANTILES = 513


def matched(picture: Picture, reference: Picture, way: Match = "mean") -> Picture:
    """The picture in the colours of a reference.

    `mean` gives each channel of L*a*b* the reference's mean and spread, `histogram` the reference's whole distribution.
    """
    import numpy as np

    if way == "none":
        return picture.copy()
    found, wanted = _lab(picture), _lab(reference)
    change = _moments_matched if way == "mean" else _distribution_matched
    channels = [change(found[..., channel], wanted[..., channel]) for channel in range(3)]
    return _rgb(np.stack(channels, axis=-1), picture)


def noised(picture: Picture, amount: float, seed: int, frame: int, grains: Grains = "gaussian") -> Picture:
    """The picture with noise of its own for each seed and frame.

    `amount` is the noise's standard deviation where black is -1 and white 1, for both sorts of grains.
    """
    import numpy as np

    if amount <= 0:
        return picture.copy()
    dice = np.random.default_rng((seed, frame))
    if grains == "gaussian":
        grain = dice.standard_normal(picture.shape, np.float32)
    else:
        grain = (dice.random(picture.shape, np.float32) * 2.0 - 1.0) * np.float32(np.sqrt(3.0))
    return _levels(picture.astype(np.float32) + grain * np.float32(amount * 127.5), picture)


def sharpened(picture: Picture, amount: float = 0.1, radius: float = 1.0) -> Picture:
    """The picture with `amount` times its fine detail added: against the blur that each pass leaves.

    `radius` is the standard deviation of what counts as fine, in pixels.
    """
    import cv2
    import numpy as np

    if amount <= 0:
        return picture.copy()
    deep = picture.astype(np.float32)
    soft = cv2.GaussianBlur(deep, (0, 0), radius, borderType=cv2.BORDER_REFLECT_101)
    return _levels(deep + np.float32(amount) * (deep - soft), picture)


def _moments_matched(found: NDArray[np.float32], wanted: NDArray[np.float32]) -> NDArray[np.float32]:
    import numpy as np

    mean, spread = float(found.mean(dtype=np.float64)), float(found.std(dtype=np.float64))
    new_mean, new_spread = float(wanted.mean(dtype=np.float64)), float(wanted.std(dtype=np.float64))
    gain = min(max(new_spread / max(spread, 1e-3), 1.0 / _MOST_GAIN), _MOST_GAIN)
    return np.asarray((found - mean) * gain + new_mean, np.float32)


def _distribution_matched(found: NDArray[np.float32], wanted: NDArray[np.float32]) -> NDArray[np.float32]:
    """Each value becomes the one of the same rank in the reference; values that are the same stay the same."""
    import numpy as np

    parts = np.linspace(0.0, 1.0, _QUANTILES)
    here, there = np.quantile(found, parts), np.quantile(wanted, parts)
    steps, first = np.unique(here, return_index=True)
    # A plateau of equal values takes the middle of the ranks that it covers.
    last = np.append(first[1:], _QUANTILES) - 1
    return np.asarray(np.interp(found, steps, (there[first] + there[last]) / 2), np.float32)


def _lab(picture: Picture) -> NDArray[np.float32]:
    import cv2
    import numpy as np

    return np.asarray(cv2.cvtColor(picture.astype(np.float32) / np.float32(255.0), cv2.COLOR_RGB2LAB), np.float32)


def _rgb(lab: NDArray[np.float32], like: Picture) -> Picture:
    import cv2
    import numpy as np

    return _levels(np.asarray(cv2.cvtColor(lab, cv2.COLOR_LAB2RGB), np.float32) * np.float32(255.0), like)


def _levels(deep: NDArray[np.float32], like: Picture) -> Picture:
    """Levels within 0..255, of the type of another picture."""
    import numpy as np

    deep = np.clip(deep, 0.0, 255.0)
    return deep if like.dtype == np.float32 else np.rint(deep).astype(np.uint8)
