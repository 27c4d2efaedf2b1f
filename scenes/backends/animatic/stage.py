"""From a request to the stage: which sheets stand where, who acts, how the camera goes. Pure data, no pixels.

The stage is the whole staging of a clip and can be written as JSON; the same request gives the same stage.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from scenes.backend import ClipRequest
from scenes.backends.animatic.blocking import Track, blocking, follow_of
from scenes.backends.animatic.camera import MOVES, CameraPath, path_of
from scenes.backends.animatic.dressing import Dressing, blossoming, dressing_of
from scenes.backends.animatic.figures.look import Look
from scenes.backends.animatic.layers import Layer
from scenes.backends.animatic.layout import SHOT_SHARE, Layout, layout_of
from scenes.backends.animatic.light import DAYLIGHT, daylight_of
from scenes.backends.animatic.places.atlas import NOWHERE, PLACES
from scenes.backends.animatic.places.setting import Place, Setting
from scenes.backends.animatic.styles.tables import STYLES
from scenes.backends.animatic.weather import WEATHER, Weather, weather_of
from storyboard.film import Scene


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything the painter needs to make the clip.

    `close` is True for busts before a blurred place. `not_drawn` names what was asked for and is not in the picture.
    """

    place: str
    time: str
    weather_word: str
    style: str
    layout: Layout
    weather: Weather
    layers: tuple[Layer, ...]
    tracks: tuple[Track, ...]
    camera: CameraPath
    indoors: bool
    close: bool
    seconds: float
    frames: int
    seed: int
    draft: bool
    text: str
    not_drawn: tuple[str, ...]


def seed_of(request: ClipRequest) -> int:
    """One number for all that is drawn by chance; a scene keeps its scenery whatever its length or canvas."""
    return zlib.crc32(f"{request.seed}/{request.take}/{request.scene.place}".encode())


def stage_of(request: ClipRequest) -> Stage:
    """Stage a request."""
    from scenes.backends.animatic.figures import look_of

    scene = request.scene
    seconds = float(request.frames / request.rate)
    layout = layout_of(request.width, request.height, scene.shot)
    weather = weather_of(scene.weather)
    style = STYLES.get(scene.style, STYLES["papercut"])
    setting = Setting(layout, daylight_of(scene.time, scene.weather), weather, style)
    seed = seed_of(request)
    looks = [look_of(part.character, request.characters, part.character.wears) for part in scene.cast]
    tracks = blocking(scene, layout, seconds, [look.stature for look in looks])
    close = scene.shot == "close-up" and bool(tracks)
    follow = follow_of(tracks) or 0.3 * layout.width
    camera = path_of(scene.camera, layout, seconds, (seed % 628) / 100.0, follow)
    place = PLACES.get(scene.place, NOWHERE)
    dressing = dressing_of(scene, place, layout, tracks, _held(scene, looks), close)
    tracks = tuple(replace(track, stool=track.part != dressing.enthroned) for track in tracks)
    layers = _dressed(blossoming(scene, place.lay(setting)), dressing)
    return Stage(
        place=scene.place,
        time=scene.time,
        weather_word=scene.weather,
        style=style.name,
        layout=layout,
        weather=weather,
        layers=layers,
        tracks=tracks,
        camera=camera,
        indoors=place.indoors,
        close=close,
        seconds=seconds,
        frames=request.frames,
        seed=seed,
        draft=request.draft,
        text=scene.text,
        not_drawn=_not_drawn(request, place, dressing, [word for look in looks for word in look.unread]),
    )


def _held(scene: Scene, looks: Sequence[Look]) -> set[str]:
    """What actors carry."""
    light = {"lantern"} if any(part.action == "hold light" for part in scene.cast) else set()
    return {look.prop for look in looks} | light


def _dressed(layers: Sequence[Layer], dressing: Dressing) -> tuple[Layer, ...]:
    """The place's sheets with the dressing among them by depth, behind whatever stands before the actors."""
    out = list(layers)
    for layer in dressing.layers:
        at = next((k for k, one in enumerate(out) if one.front), len(out))
        out.insert(at, layer)
    return tuple(out)


def _not_drawn(request: ClipRequest, place: Place, dressing: Dressing, more: list[str]) -> tuple[str, ...]:
    scene = request.scene
    out: list[str] = []
    known: tuple[tuple[str, str, object], ...] = (
        ("place", scene.place, PLACES),
        ("time", scene.time, DAYLIGHT),
        ("weather", scene.weather, WEATHER),
        ("style", scene.style, STYLES),
        ("shot", scene.shot, SHOT_SHARE),
        ("camera", scene.camera, MOVES),
    )
    for name, word, table in known:
        if word and word not in table:  # type: ignore[operator]
            out.append(f"{name}: {word}")
    if place.indoors and scene.weather not in ("clear", ""):
        out.append(f"weather: {scene.weather} (indoors it shows in the light only)")
    unread = [word for word in scene.unread if word not in dressing.shown]
    out.extend(word for word in dict.fromkeys((*unread, *more)) if word not in out)
    return tuple(out)
