"""The one door through which finished takes are read: their pictures as the film shows them, in the canvas's size.

A take may be kept in the size in which its footage came; its facts then say through which window it is shown. Knows
neither scenes nor films.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from projects.steps import Artifact
from scenes.frames import I420, decoded_frames, planar

if TYPE_CHECKING:
    import av


def take_frames(take: Artifact, first: int = 0, last: int | None = None) -> Iterator[av.VideoFrame]:
    """Yield the frames `first` to `last` (exclusive; None for the end) of a take, as `scenes.frames.decoded_frames`.

    Those of a take with a window are cut and scaled; a frame that its decoder had to mend still says so. Raises
    RenderError as `decoded_frames` does, and where the take has another size than its facts say.
    """
    frames = decoded_frames(take.path, first, last)
    if "window" not in take.facts:
        return frames
    from scenes.gate import Gate
    from scenes.window import window_told

    gate, window = Gate(), window_told(take.facts["window"])
    size = (int(take.facts["width"]), int(take.facts["height"]))
    return (gate.show(frame, window, size) for frame in frames)


def take_pictures(take: Artifact, first: int = 0, last: int | None = None) -> Iterator[I420]:
    """Yield the same frames as arrays."""
    return map(planar, take_frames(take, first, last))
