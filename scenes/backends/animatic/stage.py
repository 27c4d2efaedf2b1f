"""From a request to the stage: which sheets stand where, who acts, how the camera goes. Pure data, no pixels.

The stage is the whole staging of a clip and can be written as JSON; the same request gives the same stage.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from scenes.backend import ClipRequest
from scenes.backends.animatic.asking import asked_of
from scenes.backends.animatic.blocking import Track, blocking, follow_of
from scenes.backends.animatic.camera import MOVES, CameraPath, fitted, path_of
from scenes.backends.animatic.dressing import Dressing, blossoming, crowded, dressing_of, prose_of
from scenes.backends.animatic.figure import Colour
from scenes.backends.animatic.figures.look import Look
from scenes.backends.animatic.focus import FocusPath, focus_of
from scenes.backends.animatic.framing import followed, head_corners
from scenes.backends.animatic.layers import Layer, aloft, passed_by
from scenes.backends.animatic.layout import SHOT_SHARE, TITLE_SAFE, Layout, head_area, layout_of
from scenes.backends.animatic.light import DAYLIGHT, LightKey, lights_of
from scenes.backends.animatic.measures import chin_of, leaning, measure_of, room_of
from scenes.backends.animatic.places.atlas import NOWHERE, PLACES
from scenes.backends.animatic.places.setting import Place, Setting, words_in
from scenes.backends.animatic.scheme import scheme_of
from scenes.backends.animatic.styles.tables import STYLES
from scenes.backends.animatic.unseen import unseen_acts, unseen_turns
from scenes.backends.animatic.weather import AIRLESS, WEATHER, AirKey, Weather, air_of, weather_of
from scenes.headroom import heads_of
from storyboard.film import Scene


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything the painter needs to make the clip.

    `close` is True for busts before a blurred place. `airless` has neither weather nor birds. `lights` and `air` say
    how light and weather change in time, `palette` which colours the scene is mixed from. `not_drawn` names what was
    asked for and is not in the picture.
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
    airless: bool
    lights: tuple[LightKey, ...]
    air: tuple[AirKey, ...]
    palette: tuple[tuple[str, Colour], ...]
    focus: FocusPath
    not_drawn: tuple[str, ...]


def seed_of(request: ClipRequest) -> int:
    """One number for all that is drawn by chance; a scene keeps its scenery whatever its length or canvas."""
    return zlib.crc32(f"{request.seed}/{request.take}/{request.scene.place}".encode())


def peopled(request: ClipRequest) -> ClipRequest:
    """The request with all who act in the cast, extras last, and nobody but crowds among the extras.

    A close-up of somebody who was cast is his alone: extras stay out of it.
    """
    scene = request.scene
    everybody = (*scene.cast, *scene.extras)
    crowd = tuple(part for part in everybody if crowded(part))
    alone = scene.shot == "close-up" and bool(scene.cast)
    cast = tuple(part for part in (scene.cast if alone else everybody) if not crowded(part))
    if cast == scene.cast and crowd == scene.extras:
        return request
    return replace(request, scene=replace(scene, cast=cast, extras=crowd))


def stage_of(request: ClipRequest) -> Stage:
    """Stage a request."""
    from scenes.backends.animatic.figures.casting import looks_of

    written, request = request.scene, peopled(request)
    scene = request.scene
    seconds = float(request.frames / request.rate)
    place = PLACES.get(scene.place, NOWHERE)
    looks = looks_of(scene, request.characters)
    layout = layout_of(request.width, request.height, scene.shot, room_of(scene, looks), head_area(heads_of(request)))
    weather_word = "clear" if place.airless else scene.weather
    weather = AIRLESS if place.airless else weather_of(scene.weather)
    scheme = scheme_of(scene.time, weather_word, scene.style, place.indoors)
    setting = Setting(layout, scheme.day, weather, scheme.style, words_in(prose_of(scene)))
    seed = seed_of(request)
    acted = list(zip(looks, asked_of(scene), strict=True))
    covered = layout.heads != TITLE_SAFE
    sizes = [leaning(look, acts) if covered else measure_of(look) for look, acts in acted]
    tracks = blocking(scene, layout, seconds, [look.stature for look in looks], sizes)
    close = scene.shot == "close-up" and bool(tracks)
    follow = follow_of(tracks) or 0.3 * layout.width
    dressing = dressing_of(scene, place, layout, tracks, _held(scene, looks), close)
    chins = [layout.person * chin_of(look, acts) for look, acts in acted]
    tracks = tuple(replace(one, stool=one.part != dressing.enthroned, chin=chins[one.part]) for one in tracks)
    layers = _dressed(blossoming(scene, place.lay(setting)), dressing)
    if scene.camera == "tracking":
        layers = passed_by(layers, follow / layout.width)
    # nobody and nothing is set up on land that is seen from the air
    flown = scene.camera == "fly over" and place.land is not None and not (tracks or dressing.layers)
    stage = Stage(
        place=scene.place,
        time=scene.time,
        weather_word=weather_word,
        style=scheme.style.name,
        layout=layout,
        weather=weather,
        layers=aloft(layers) if flown else layers,
        tracks=tracks,
        camera=path_of(scene.camera, layout, seconds, (seed % 628) / 100.0, follow),
        indoors=place.indoors,
        close=close,
        seconds=seconds,
        frames=request.frames,
        seed=seed,
        draft=request.draft,
        text=scene.text,
        airless=place.airless,
        lights=lights_of(scene, place.indoors),
        air=air_of(scene, place.airless),
        palette=scheme.palette(),
        focus=focus_of(scene),
        not_drawn=_not_drawn(
            request,
            place,
            dressing,
            [
                *_left_out(written, scene),
                *unseen_acts(scene, tracks, request.speech, seconds, request.frames, close=close),
                *(word for look in looks for word in look.unread),
            ],
        ),
    )
    heads, walking = [] if close else head_corners(tracks, layout, seconds), scene.camera == "tracking"
    camera = followed(stage.camera, tracks, layout, seconds) if walking and not close else stage.camera
    return replace(stage, camera=fitted(camera, heads, layout, seconds, across=not walking))


def as_json(stage: Stage) -> dict[str, Any]:
    """The whole stage in plain JSON types; equal requests give equal ones."""
    plain: dict[str, Any] = json.loads(json.dumps(asdict(stage)))
    return plain


def _left_out(written: Scene, played: Scene) -> list[str]:
    """The extras whom nobody sees."""
    seen = {part.character.id for part in (*played.cast, *played.extras)}
    missing = [part.character.role for part in written.extras if part.character.id not in seen]
    return [f"{role} (not in a close-up)" for role in missing]


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
    out += unseen_turns(scene, indoors=place.indoors, airless=place.airless)
    unread = [*dressing.missing, *(word for word in scene.unread if word not in dressing.shown)]
    out.extend(word for word in dict.fromkeys((*unread, *more)) if word not in out)
    return tuple(out)
