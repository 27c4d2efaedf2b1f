"""How much of an upright picture heads may take, where a platform lays its buttons over it: what captions leave free.

The same for all scenes of a film, so that changed words never make a picture again. Knows no painter.
"""

from __future__ import annotations

from dataclasses import replace

from render.captions.planned import is_burned
from render.picture import Canvas
from scenes.headroom import HEADROOM
from storyboard.film import Film, Scene
from storyboard.safe_area import WHOLE, SafeArea


def headroom(film: Film, scene: Scene, canvas: Canvas, takes: frozenset[str]) -> SafeArea:
    """The shares of a scene's picture that heads keep away from, for a maker that `takes` some of the request.

    The whole picture is theirs where nothing lies over it, where nobody is, and in shapes that no platform covers.
    """
    peopled = bool(scene.cast or scene.extras)
    if film.safe == WHOLE or not peopled or HEADROOM not in takes or canvas.height <= canvas.width:
        return WHOLE
    if not is_burned(film):
        return film.safe
    from scenes.lettering import caption_band

    look = film.captioning.look
    top, bottom = caption_band(canvas.width, canvas.height, look, film.safe)
    if look.at == "top":
        return replace(film.safe, top=round(bottom, 3))
    return replace(film.safe, bottom=round(1 - top, 3))
