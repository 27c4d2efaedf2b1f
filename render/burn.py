"""Burned captions: letters laid over coded pictures, without converting the pictures.

A caption is drawn once, turned into luma, chroma and cover, and blended into each frame of its span.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from render.captions import Burned, Dress, Span, break_lines
from render.captions.spans import PLAIN
from scenes.frames import I420

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


def patch_of(text: str, width: int, height: int, lit: int = -1, dress: Dress = PLAIN) -> Patch:
    """Draw a caption for a frame of that size (pixels), with one of its words lit unless `lit` is -1."""
    import numpy as np

    from scenes.lettering import caption

    lines = lines_on(text, width, height, dress)
    pixels, left, top = caption("\n".join(lines), width, height, lit, dress.look, dress.safe)
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


def lines_on(text: str, width: int, height: int, dress: Dress = PLAIN) -> tuple[str, ...]:
    """The lines of a caption on a frame of that size, broken by the rules of its language and by what fits."""
    from scenes.lettering import caption_advance, column_of

    look = dress.look
    text = dress.worded(text)
    column = float(column_of(width, height, look, dress.safe))
    length = cache(lambda word: caption_advance(word, width, height, look))
    while True:
        lines = break_lines(text, dress.language, column, length)
        # What needs a third line is set smaller.
        if len(lines) <= max(2, text.count("\n") + 1) or column > 8 * width:
            return lines
        column *= 1.06


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
    last, patch = ("", -1, PLAIN), None
    for number, picture in enumerate(pictures):
        span = next((span for span in shown if span.first <= number < span.last), None)
        if span is None:
            yield picture
            continue
        now = span.text, lit_word(span, number), span.dress if isinstance(span, Burned) else PLAIN
        if patch is None or now != last:
            last, patch = now, patch_of(span.text, width, height, *now[1:])
        yield lay(picture, patch)


def lit_word(span: Span, frame: int) -> int:
    """The number of the word that is spoken at a frame, the last one begun; -1 before the first and without times."""
    words = span.text.split()
    begun = sum(first <= frame for first in span.words)
    # A dash by itself is not spoken: the word before it stays lit.
    return next((number for number in range(begun - 1, -1, -1) if any(map(str.isalnum, words[number]))), -1)
