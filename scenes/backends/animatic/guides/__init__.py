"""The painter's stage as pictures that models keep to: what is painted, how near it is, skeletons, outlines.

All come from the same sheets, actors and camera as the clip itself, so that they fit one another and the storyboard.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from scenes.backend import ClipRequest, Frame, Guide
from scenes.backends.animatic.guides.depth import DepthProjector
from scenes.backends.animatic.guides.layout import LayoutProjector, OutlineProjector, in_daylight
from scenes.backends.animatic.guides.outlines import lines, strokes
from scenes.backends.animatic.guides.skeletons import SkeletonProjector
from scenes.backends.animatic.stage import stage_of

_PROJECTORS: Mapping[Guide, type[LayoutProjector]] = {
    "layout": LayoutProjector,
    "depth": DepthProjector,
    "pose": SkeletonProjector,
}


def guided(request: ClipRequest, guide: Guide, frames: Sequence[int]) -> Iterator[Frame]:
    """Those frames of the clip as pictures of that kind, RGB, of its size; each depends on its number alone."""
    # A draft is made on twos, and words on the picture would be taken for things.
    wanted = replace(request, draft=False)
    stage = stage_of(wanted)
    # Shapes are told apart by how near they are, and drawn with the daylight where it tells more.
    if guide == "lines":
        plain = in_daylight(stage)
        painted, shapes = OutlineProjector(plain, wanted), DepthProjector(plain, wanted)
        yield from (lines(painted.picture(frame), shapes.picture(frame)) for frame in frames)
    elif guide == "scribble":
        shapes = DepthProjector(stage, wanted)
        yield from (strokes(*shapes.shapes(frame)) for frame in frames)
    else:
        projector = _PROJECTORS[guide](stage, wanted)
        yield from (projector.picture(frame) for frame in frames)
