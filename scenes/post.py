"""What is done to a clip after it was made: a grade (colour) and denoising.

Each look is a small table of numbers, applied frame by frame with no memory. What a scene asks for and nothing here
can do is refused before anything is made. Knows neither backends nor files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from scenes.backend import Frame, Refusal
from storyboard.film import Post

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LUMA = (0.2126, 0.7152, 0.0722)


@dataclass(frozen=True, slots=True)
class Look:
    """A grade: gains of red, green and blue, saturation (1 is as it was), contrast round middle grey, lifted black.

    `shadows` is a colour (0..1 per channel) that the dark end leans towards, by `tint`.
    """

    gains: tuple[float, float, float] = (1.0, 1.0, 1.0)
    saturation: float = 1.0
    contrast: float = 0.0
    lift: float = 0.0
    shadows: tuple[float, float, float] = (0.0, 0.0, 0.0)
    tint: float = 0.0


LOOKS: dict[str, Look] = {
    "warm": Look(gains=(1.06, 1.0, 0.90), saturation=1.06, shadows=(0.30, 0.12, 0.05), tint=0.05),
    "cool": Look(gains=(0.92, 1.0, 1.07), saturation=0.96, shadows=(0.04, 0.14, 0.30), tint=0.05),
    "noir": Look(saturation=0.0, contrast=0.45),
    "bleach": Look(saturation=0.45, contrast=0.35, lift=0.02),
    "sepia": Look(gains=(1.07, 0.97, 0.78), saturation=0.0, lift=0.03),
    "faded": Look(saturation=0.75, contrast=-0.12, lift=0.07),
    "vivid": Look(saturation=1.3, contrast=0.12),
    "teal and orange": Look(gains=(1.05, 1.0, 0.95), saturation=1.1, shadows=(0.0, 0.22, 0.28), tint=0.10),
}

DENOISE: dict[str, tuple[int, int, int]] = {"light": (5, 18, 2), "medium": (7, 30, 3), "strong": (9, 45, 4)}
"""Diameter in pixels, and how far in levels and in pixels two samples may lie apart and still be mixed."""

_NOTHING = ("", "none")


def check_post(post: Post) -> None:
    """Raise Refusal for every wish of `post` that cannot be fulfilled, all named at once."""
    wishes: list[str] = []
    remedies: list[str] = []
    if post.grade not in _NOTHING and post.grade not in LOOKS:
        wishes.append(f"`grade: {post.grade}`")
        remedies.append(f"grades are none, {', '.join(sorted(LOOKS))}")
    if post.denoise not in _NOTHING and post.denoise not in DENOISE:
        wishes.append(f"`denoise: {post.denoise}`")
        remedies.append(f"denoise is none, {', '.join(DENOISE)}")
    if post.stabilise:
        wishes.append("`stabilise`")
    if post.interpolate:
        wishes.append(f"`interpolate: {post.interpolate}`")
    if post.upscale != 1:
        wishes.append(f"`upscale: {post.upscale}x`")
    if wishes:
        raise Refusal(
            f"not available: {', '.join(wishes)} of the scene's `post`",
            "; ".join([*remedies, "leave the others out of `post`"] if len(remedies) < len(wishes) else remedies),
        )


def leaves_alone(post: Post) -> bool:
    """Whether `finish` would hand every frame on as it is."""
    return post.grade in _NOTHING and post.denoise in _NOTHING


def finish(frames: Iterable[Frame], post: Post) -> Iterator[Frame]:
    """Yield the frames with everything that `post` asks for done to them."""
    for picture in frames:
        done = picture if post.denoise in _NOTHING else denoise(picture, *DENOISE[post.denoise])
        yield done if post.grade in _NOTHING else grade(done, LOOKS[post.grade])


def denoise(picture: Frame, diameter: int, levels: int, pixels: int) -> Frame:
    """Smooth grain and leave edges alone (a bilateral filter)."""
    import cv2
    import numpy as np

    return np.asarray(cv2.bilateralFilter(picture, diameter, levels, pixels), dtype=np.uint8)


def grade(picture: Frame, look: Look) -> Frame:
    """Apply a look: saturation and gains as one matrix, then contrast, lift and tint as one curve per channel."""
    import cv2
    import numpy as np

    mixed = cv2.transform(picture, _matrix(look))
    return np.asarray(cv2.LUT(mixed, _curves(look)), dtype=np.uint8)


@lru_cache(maxsize=32)
def _matrix(look: Look) -> NDArray[np.float32]:
    """Saturation round BT.709 luma, then the channels' gains: (3, 3)."""
    import numpy as np

    grey = np.tile(np.array(_LUMA), (3, 1))
    saturated = grey * (1 - look.saturation) + np.eye(3) * look.saturation
    return (np.diag(look.gains) @ saturated).astype(np.float32)


@lru_cache(maxsize=32)
def _curves(look: Look) -> NDArray[np.uint8]:
    """Contrast, lift and tint as one table per channel: (256, 1, 3)."""
    import numpy as np

    level = np.linspace(0.0, 1.0, 256)
    steep = level * level * (3 - 2 * level)
    curve = level + look.contrast * (steep - level)
    curve = look.lift + (1 - look.lift) * curve
    dark = (1 - curve) ** 2 * look.tint
    channels = [curve * (1 - dark) + colour * dark for colour in look.shadows]
    return np.round(np.clip(np.stack(channels, axis=-1), 0, 1) * 255).astype(np.uint8).reshape(256, 1, 3)
