"""The pictures that a model is given: the author's own, those of its characters, and the painter's stage.

All come in the size that the model works in, cropped round the scene's focus.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from projects.plugins import load
from projects.weights import Setting
from scenes.backend import ClipPlan, ClipRequest, Guide, StagesScenes
from scenes.diffusion.plans import Segment
from storyboard.errors import MissingError, RenderError

if TYPE_CHECKING:
    from PIL.Image import Image

STAGE = "animatic"
"""The backend whose stage guides models."""

_MOST_REFERENCES = 4
"""Pictures of characters that a model is given at most."""


def stage_identity() -> str:
    """Versions of the painter whose stage guides a model."""
    return str(load("workprint.clips", STAGE)().identity())


def stage_of(request: ClipRequest, plan: ClipPlan) -> Callable[[Guide, Sequence[int]], list[Image]]:
    """Pictures of the painter's stage at frames of the plan, of its size."""
    from PIL.Image import fromarray

    staged = replace(
        request, width=plan.width, height=plan.height, frames=plan.frames, rate=plan.rate, files={}, words=None
    )

    def pictures(guide: Guide, frames: Sequence[int]) -> list[Image]:
        painter = load("workprint.clips", STAGE)()
        if not isinstance(painter, StagesScenes):
            raise MissingError(f"the backend {STAGE} shows no stage", "install workprint anew")
        wanted = [min(max(0, frame), plan.frames - 1) for frame in frames]
        return [fromarray(frame) for frame in painter.guides(staged, guide, wanted)]

    return pictures


def given(request: ClipRequest, plan: ClipPlan, asked: Mapping[str, Setting]) -> list[tuple[float, Image]]:
    """The pictures that the clip is to show at their places in 0..1, earliest first."""
    size = (plan.width, plan.height)
    found = [
        (float(frame.at), _opened(frame.picture, request.files, size, request.scene.focus))
        for frame in request.scene.keyframes
    ]
    if asked.get("start") == "stage" and all(at > 0.0 for at, _ in found):
        found.append((0.0, stage_of(request, plan)("layout", [0])[0]))
    return sorted(found, key=lambda pair: pair[0])


def references(request: ClipRequest) -> list[Image]:
    """The pictures of the scene's characters in their own shapes, the first of each before the second of any.

    Behind them stand the pictures that show its style.
    """
    each = [part.character.references for part in request.scene.cast]
    names = [names[turn] for turn in range(max(map(len, each), default=0)) for names in each if turn < len(names)]
    names += request.scene.look.examples
    return [_opened(name, request.files) for name in dict.fromkeys(names)][:_MOST_REFERENCES]


def between(pictures: Sequence[tuple[float, Image]], segment: Segment, frames: int) -> list[tuple[float, Image]]:
    """The pictures that fall into one segment, at their places in it."""
    span = max(1, segment.count - 1)
    places = [((at * (frames - 1) - segment.first) / span, picture) for at, picture in pictures]
    return [(min(1.0, max(0.0, at)), picture) for at, picture in places if -1e-9 <= at <= 1.0 + 1e-9]


def _opened(
    name: str,
    files: Mapping[str, Path],
    size: tuple[int, int] | None = None,
    focus: tuple[float, float] = (0.5, 0.5),
) -> Image:
    from PIL import Image, ImageOps

    path = files.get(name)
    if path is None:
        raise MissingError(f"the picture {name} is not here", "look at its name")
    try:
        with Image.open(path) as opened:
            whole = ImageOps.exif_transpose(opened).convert("RGB")
    except (OSError, ValueError) as reason:
        raise RenderError(f"the picture {name} cannot be read: {reason}", "save it again") from reason
    return ImageOps.fit(whole, size, Image.Resampling.LANCZOS, centering=focus) if size else whole
