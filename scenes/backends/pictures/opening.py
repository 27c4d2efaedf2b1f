"""A keyframe's files brought into memory: its picture, what lies over it, how near its parts are, where to look.

All parts of a plate have one size: no larger than the widest window of the canvas needs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from scenes.backend import ClipPlan, ClipRequest, Frame, Refusal
from storyboard.errors import MissingError, RenderError

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from scenes.moves import Move
    from storyboard.film import Keyframe

Nearness: TypeAlias = "NDArray[np.float32]"
"""(h, w), 0 far .. 1 near."""

_SPARE = 1.25
"""Source pixels per canvas pixel that are kept where the window is widest, so that the closest view is sharp too."""

_SAME_SHAPE = 0.03
"""Relative difference of two aspects that are still taken for one shape."""

_CENTRE = (0.5, 0.5)
"""The focus of a scene for which none is written."""


@dataclass(frozen=True, slots=True)
class Plate:
    """One keyframe, ready to be seen: RGB picture, layers (premultiplied RGBA) with their nearness, and the focus."""

    picture: Frame
    focus: tuple[float, float]
    layers: tuple[tuple[Frame, float], ...] = ()
    near: Nearness | None = None


def files_of(keyframe: Keyframe) -> Iterator[str]:
    """Yield the project-relative names of all files that a keyframe is made from."""
    yield keyframe.picture
    yield from keyframe.layers
    yield from (name for name in (keyframe.depth, keyframe.mask) if name)


def see_that_all_is_there(request: ClipRequest) -> None:
    """Raise MissingError for a file that is not there, Refusal for what cannot be done with the files."""
    scene = request.scene
    for keyframe in scene.keyframes:
        for name in files_of(keyframe):
            _file(request, name)
        if scene.reframe == "pad" and (keyframe.layers or keyframe.depth or keyframe.mask):
            raise Refusal(
                f"scene '{scene.id}': `reframe: pad` shows {keyframe.picture} whole and flat, without layers or depth",
                "write `reframe: crop`, or leave out `layers:`, `depth:` and `mask:`",
            )


def open_plate(request: ClipRequest, keyframe: Keyframe, plan: ClipPlan, move: Move, notes: list[str]) -> Plate:
    """Open a keyframe's files, find its focus, and scale all to what the widest window needs."""
    from scenes.conform import pad, scale
    from scenes.stills import open_still

    still = open_still(_file(request, keyframe.picture), keyframe.picture)
    notes.extend(still.notes)
    picture = still.picture
    if request.scene.reframe == "pad":
        return Plate(pad(picture, round(plan.width * _SPARE), round(plan.height * _SPARE)), request.scene.focus)
    focus = _focus(picture, request, keyframe.picture, move, notes)
    wide, high = _size(picture, plan, move, keyframe.picture, notes)
    layers = tuple(
        (_layer(request, name, picture, (wide, high), notes), (place + 1) / len(keyframe.layers))
        for place, name in enumerate(keyframe.layers)
    )
    near = _nearness(request, keyframe, picture, (wide, high), notes)
    return Plate(scale(picture, wide, high), focus, layers, near)


def _file(request: ClipRequest, name: str) -> Path:
    """The absolute path of a picture that the scene names."""
    if name not in request.files:
        raise MissingError(
            f"scene '{request.scene.id}': the picture {name} is not there",
            "put the file in its place or correct the name",
        )
    return request.files[name]


def _focus(picture: Frame, request: ClipRequest, name: str, move: Move, notes: list[str]) -> tuple[float, float]:
    """The scene's focus; where none is written, the faces of the picture."""
    from scenes.faces import faces, focus_on
    from scenes.moves import window

    if request.scene.focus != _CENTRE:
        return request.scene.focus
    shape, canvas = picture.shape[1] / picture.shape[0], request.width / request.height
    ends = [window(move, shape, canvas, _CENTRE, part, 0) for part in (0.0, 1.0)]
    found = focus_on(faces(picture), (min(end.width for end in ends), min(end.height for end in ends)))
    if found is None:
        return _CENTRE
    notes.append(f"{name}: the camera keeps to the face at [{found[0]:.2f}, {found[1]:.2f}]; `focus:` says otherwise")
    return found


def _size(picture: Frame, plan: ClipPlan, move: Move, name: str, notes: list[str]) -> tuple[int, int]:
    """Width and height to which a picture is scaled, never larger than it is."""
    from scenes.moves import window

    high, wide = picture.shape[:2]
    canvas = plan.width / plan.height
    widest = max(window(move, wide / high, canvas, _CENTRE, part, 0).width for part in (0.0, 1.0))
    pixels = widest * wide / plan.width
    if pixels < 0.5:
        notes.append(f"{name} is only {wide}x{high} and is enlarged {1 / pixels:.1f} times")
    factor = min(1.0, _SPARE / pixels)
    return max(2, round(wide * factor)), max(2, round(high * factor))


def _layer(request: ClipRequest, name: str, picture: Frame, size: tuple[int, int], notes: list[str]) -> Frame:
    """A layer in the plate's size, premultiplied, so that its edges scale and move without fringes."""
    import numpy as np

    from scenes.conform import scale
    from scenes.stills import open_layer

    still = open_layer(_file(request, name), name)
    notes.extend(still.notes)
    _see_that_it_fits(still.picture, picture, name)
    alpha = still.picture[..., 3:].astype(np.uint16)
    colours = (still.picture[..., :3].astype(np.uint16) * alpha + 127) // 255
    return scale(np.concatenate([colours, alpha], axis=2).astype(np.uint8), *size)


def _nearness(
    request: ClipRequest, keyframe: Keyframe, picture: Frame, size: tuple[int, int], notes: list[str]
) -> Nearness | None:
    """How near each part of the picture is; where depth and mask are given, the mask's parts stand before all others.

    Near things grow by a little over their edges and fade there, so that what tears is the ground and not they.
    """
    import cv2
    import numpy as np

    planes = [_grey(request, name, picture, size, notes) for name in (keyframe.depth, keyframe.mask) if name]
    if not planes:
        return None
    mean = sum(planes[1:], start=planes[0]) / np.float32(len(planes))
    reach = max(1, round(0.006 * size[0]))
    grown = cv2.dilate(mean, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1)))
    return np.asarray(cv2.GaussianBlur(grown, (0, 0), max(0.6, reach * 0.6)), np.float32)


def _grey(request: ClipRequest, name: str, picture: Frame, size: tuple[int, int], notes: list[str]) -> Nearness:
    import numpy as np

    from scenes.conform import scale
    from scenes.stills import open_grey

    still = open_grey(_file(request, name), name)
    notes.extend(still.notes)
    _see_that_it_fits(still.picture, picture, name)
    return scale(still.picture, *size).astype(np.float32) / np.float32(255)


def _see_that_it_fits(part: Frame, picture: Frame, name: str) -> None:
    """Raise RenderError where a layer, depth or mask has another shape than its picture."""
    (high, wide), (whole_high, whole_wide) = part.shape[:2], picture.shape[:2]
    if abs(wide * whole_high / (high * whole_wide) - 1) > _SAME_SHAPE:
        raise RenderError(
            f"{name} is {wide}x{high}, but its picture is {whole_wide}x{whole_high}: they do not cover each other",
            "save both in the same width and height",
        )
