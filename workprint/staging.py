"""The stage of one scene: as plain data for a painted one, and as the pictures that models are told to keep to.

Asks the production for the very request from which a render would make the scene. Only the pictures are painted.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from storyboard.errors import MissingError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from render.orders import ScenePlan
    from render.production import Production
    from scenes.backend import Guide
    from scenes.clip import TakeRequest
    from storyboard.film import Aspect


_PAPER = 128
"""The grey between two frames."""


def staged(production: Production, scene_id: str, cut: Aspect | None, *, draft: bool) -> tuple[dict[str, Any], bool]:
    """The stage of a scene in plain JSON types, in the main cut where none is given, and whether its length is exact.

    Raises MissingError for a scene or cut that is not there, and for a scene that is not painted.
    """
    from scenes.backends.animatic.stage import as_json, stage_of
    from scenes.choose import EMBEDDED

    scene, request = _asked(production, scene_id, cut, draft=draft)
    if request.backend != EMBEDDED:
        raise MissingError(
            f"scene '{scene_id}' is not painted, so it has no stage; its backend is {request.backend}: {scene.reason}",
            f"Take its `clip` or `keyframes` out, or write `backend: {EMBEDDED}`.",
        )
    return as_json(stage_of(request.clip)), scene.exact


def pictured(
    production: Production,
    scene_id: str,
    cut: Aspect | None,
    kinds: Sequence[Guide],
    out: Path | None,
    *,
    draft: bool,
) -> tuple[dict[str, Path], bool]:
    """Write first, middle and last frame of a scene's stage side by side, a PNG of each kind; gives paths by kind.

    For painted scenes and those that a model makes, which may be told to keep to it. They go into the folder `out`,
    the project's own where it is None; a main cut that is no draft is not named in them. Also gives whether the
    scene's length is exact. Raises MissingError for a scene or cut that is not there, and for one that brings its own
    pictures or whose backend is not there; DiskError.
    """
    import numpy as np

    from projects.disk import open_folder
    from render.delivery import file_stem
    from render.picture import canvas_of
    from render.sheet import save
    from scenes.backend import StagesScenes
    from scenes.choose import EMBEDDED
    from scenes.clip import open_backend

    scene, request = _asked(production, scene_id, cut, draft=draft)
    if request.backend != EMBEDDED and not production.makers[scene_id].generated:
        raise MissingError(
            f"scene '{scene_id}' is neither painted nor made by a model that could keep to its stage; its backend is "
            f"{request.backend}: {scene.reason}",
            "Take its `clip` or `keyframes` out, or name a backend that is here: `workprint backends` lists them.",
        )
    painter = open_backend(EMBEDDED)
    if not isinstance(painter, StagesScenes):
        raise MissingError(f"the backend {EMBEDDED} shows no stage", "Install workprint anew.")
    folder = out or production.workspace.output
    open_folder(folder)
    shape = cut or production.film.cuts[0]
    marks = [] if shape == production.film.cuts[0] and not draft else [canvas_of(production.film, shape, draft).tag]
    clip = replace(request.clip, files={}, words=None)
    last = clip.frames - 1
    written: dict[str, Path] = {}
    for kind in dict.fromkeys(kinds):
        row = list(painter.guides(clip, kind, [0, last // 2, last]))
        gap = np.full((clip.height, max(2, clip.width // 160), 3), _PAPER, np.uint8)
        name = "-".join([file_stem(production.film.title), scene_id, *marks, kind])
        written[kind] = folder / f"{name}.png"
        save(np.hstack([row[0], gap, row[1], gap, row[2]]), written[kind])
    return written, scene.exact


def _asked(production: Production, scene_id: str, cut: Aspect | None, *, draft: bool) -> tuple[ScenePlan, TakeRequest]:
    """The plan of one scene, and what a render would ask of its backend."""
    from render.orders import Order

    shape = cut or production.film.cuts[0]
    found = production.plan(Order(cuts=(shape,), scenes=(scene_id,), draft=draft), appraised=False)
    (scene,) = found.scenes
    return scene, next(one.step.request for one in found.steps if one.step.kind == "take")
