"""The stage of one painted scene as plain data: what stands where, who acts, how light and camera go.

Asks the production for the very request from which a render would make the scene. Paints nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from storyboard.errors import MissingError

if TYPE_CHECKING:
    from render.production import Production
    from scenes.clip import TakeRequest
    from storyboard.film import Aspect


def staged(production: Production, scene_id: str, cut: Aspect | None, *, draft: bool) -> tuple[dict[str, Any], bool]:
    """The stage of a scene in plain JSON types, in the main cut where none is given, and whether its length is exact.

    Raises MissingError for a scene or cut that is not there, and for a scene that is not painted.
    """
    from render.orders import Order
    from scenes.backends.animatic.stage import as_json, stage_of
    from scenes.choose import EMBEDDED

    shape = cut or production.film.cuts[0]
    found = production.plan(Order(cuts=(shape,), scenes=(scene_id,), draft=draft), appraised=False)
    (scene,) = found.scenes
    request: TakeRequest = next(one.step.request for one in found.steps if one.step.kind == "take")
    if request.backend != EMBEDDED:
        raise MissingError(
            f"scene '{scene_id}' is not painted, so it has no stage; its backend is {request.backend}: {scene.reason}",
            f"Take its `clip` or `keyframes` out, or write `backend: {EMBEDDED}`.",
        )
    return as_json(stage_of(request.clip)), scene.exact
