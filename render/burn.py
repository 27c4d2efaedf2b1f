"""Burned captions: letters laid over coded pictures, without converting the pictures.

A caption is drawn once, turned into luma, chroma and cover, and blended into each frame of its span.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from render.captions import Span
from scenes.frames import I420
from storyboard.film import Captions, Film

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Plane: TypeAlias = "NDArray[np.floating[Any]]"


@dataclass(frozen=True, slots=True)
class Patch:
    """A drawn caption at an even place of the frame: per plane its levels times cover, and 1 - cover (float32)."""

    x: int
    y: int
    levels: tuple[Plane, ...]
    behind: tuple[Plane, ...]


def patch_of(text: str, width: int, height: int, lit: int = -1) -> Patch:
    """Draw a caption for a frame of that size (pixels), with one of its words lit unless `lit` is -1."""
    import numpy as np

    from scenes.lettering import caption

    pixels, left, top = caption(text, width, height, lit)
    left, top = left & ~1, top & ~1
    rows, columns = (pixels.shape[0] + 1) & ~1, (pixels.shape[1] + 1) & ~1
    drawn = np.zeros((rows, columns, 4), np.float32)
    drawn[: pixels.shape[0], : pixels.shape[1]] = pixels.astype(np.float32) / 255
    blue, green, red, cover = (drawn[..., channel] for channel in range(4))
    luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    # Colours are premultiplied, so the offsets of limited range weigh by cover too.
    y = 16 * cover + 219 * luma
    u = _halved(128 * cover + 224 * (blue - luma) / 1.8556)
    v = _halved(128 * cover + 224 * (red - luma) / 1.5748)
    behind, behind_small = 1 - cover, 1 - _halved(cover)
    return Patch(left, top, (y, u, v), (behind, behind_small, behind_small))


def _halved(plane: Plane) -> Plane:
    """The mean of each block of four samples."""
    mean: Plane = (plane[0::2, 0::2] + plane[1::2, 0::2] + plane[0::2, 1::2] + plane[1::2, 1::2]) / 4
    return mean


def lay(picture: I420, patch: Patch) -> I420:
    """A copy of the picture with the caption over it."""
    import numpy as np

    from render.transition import planes

    out = picture.copy()
    for plane, levels, behind, scale in zip(planes(out), patch.levels, patch.behind, (1, 2, 2), strict=True):
        top, left = patch.y // scale, patch.x // scale
        view = plane[top : top + levels.shape[0], left : left + levels.shape[1]]
        fit = levels[: view.shape[0], : view.shape[1]]
        view[:] = np.clip(np.rint(view * behind[: view.shape[0], : view.shape[1]] + fit), 0, 255)
    return out


def burned(pictures: Iterator[I420], shown: Sequence[Span], width: int, height: int) -> Iterator[I420]:
    """The pictures with every span laid over the frames that it covers."""
    last, patch = ("", -1), None
    for number, picture in enumerate(pictures):
        span = next((span for span in shown if span.first <= number < span.last), None)
        if span is None:
            yield picture
            continue
        now = span.text, lit_word(span, number)
        if patch is None or now != last:
            last, patch = now, patch_of(span.text, width, height, now[1])
        yield lay(picture, patch)


def lit_word(span: Span, frame: int) -> int:
    """The number of the word that is spoken at a frame, the last one begun; -1 before the first and without times."""
    words = span.text.split()
    begun = sum(first <= frame for first in span.words)
    # A dash by itself is not spoken: the word before it stays lit.
    return next((number for number in range(begun - 1, -1, -1) if any(map(str.isalnum, words[number]))), -1)


def unprintable(film: Film) -> tuple[str, ...]:
    """What to tell of captions that are to be burned in and hold signs that no font of this machine has."""
    from scenes.lettering import unset_signs

    if film.captions not in (Captions.BURNED, Captions.BOTH):
        return ()
    signs = unset_signs("".join(line.text for scene in film.scenes for line in scene.lines))
    return (f"burned captions: no font here has {signs}; they will show as boxes",) if signs else ()
