"""The painter's stage as pictures that models keep to: what is painted, how near it is, skeletons, outlines.

All come from the same sheets, actors and camera as the clip itself, so that they fit one another and the storyboard.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from scenes.backend import ClipRequest, Frame, Guide
from scenes.backends.animatic.guides.depth import DepthProjector
from scenes.backends.animatic.guides.layout import LayoutProjector
from scenes.backends.animatic.guides.outlines import lines, strokes
from scenes.backends.animatic.guides.skeletons import SkeletonProjector
from scenes.backends.animatic.projection import Projector
from scenes.backends.animatic.stage import stage_of


def guided(request: ClipRequest, guide: Guide, frames: Sequence[int]) -> Iterator[Frame]:
    """Those frames of the clip as pictures of that kind, RGB, of its size; each depends on its number alone."""
    # A draft is made on twos, and words on the picture would be taken for things.
    wanted = replace(request, draft=False)
    if guide == "lines":
        # Outlines are the same by day and by night, on paper and in ink: they are found where they show best.
        wanted = replace(wanted, scene=replace(wanted.scene, style="flat", time="noon", weather="clear"))
    stage = stage_of(wanted)
    if guide in ("layout", "lines"):
        projector: Projector = LayoutProjector(stage, wanted)
    elif guide == "pose":
        projector = SkeletonProjector(stage, wanted)
    else:
        projector = DepthProjector(stage, wanted)
    shapes = DepthProjector(stage, wanted) if guide == "lines" else None
    for frame in frames:
        picture = projector.picture(frame)
        if shapes is not None:
            yield lines(picture, shapes.picture(frame))
        else:
            yield strokes(picture) if guide == "scribble" else picture
