"""A crop window that follows what matters in a clip: faces, else what moves of its own accord, else what stands out.

The window's path looks ahead, is smoothed and never hurries; it begins anew at every cut. Frames are held for as long
as it looks ahead. Knows pictures, and finds no faces itself.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from scenes.backend import Frame
from scenes.camera_motion import camera_motion, carried, glanced
from scenes.flow import is_cut, motion

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

AHEAD = 18
"""Frames by which the path looks ahead, and back."""

FASTEST = 0.008
"""Parts of the covering picture's longer side by which the window moves from one frame to the next, at most."""

_AT_EASE = 0.02
"""How far, in the same parts, the subject may leave the window's middle before the window follows."""

_GLANCE = 192
"""Pixels of the longer side of the copies that are looked at."""

_EVERY = 3
"""Frames of which one is searched for faces: nobody is elsewhere in an eighth of a second."""

_REMEMBERED = 24
"""Frames for which a face that was lost is still believed in its place."""

_PULL = 3e-3
"""How much the supposed place weighs against what is hot all over the picture."""

_STIR = 0.35
"""Pixels of such a copy by which something moves against the camera before it counts as moving."""


class Seen(Protocol):
    """A face: its middle in parts of the picture, and its height in parts of the picture's."""

    @property
    def x(self) -> float:
        """Across, 0..1."""

    @property
    def y(self) -> float:
        """Down, 0..1."""

    @property
    def size(self) -> float:
        """Height, 0..1."""


Faces = Callable[[Frame], Sequence[Seen]]


def followed(
    frames: Iterable[Frame],
    width: int,
    height: int,
    focus: tuple[float, float] = (0.5, 0.5),
    faces: Faces | None = None,
) -> Iterator[Frame]:
    """Yield as many RGB frames of width x height: each scaled until it covers that, and cropped round the subject.

    `focus` is where the subject is supposed in parts of the picture; without face, motion and contrast the window
    stays there. `faces` finds faces in an RGB picture.
    """
    held: deque[Frame] = deque()
    shot = _Shot(focus)
    before: Frame | None = None
    for picture in frames:
        copy = glanced(picture, _GLANCE)
        if before is not None and is_cut(before, copy):
            yield from _out(held, shot, 0, width, height)
            shot, before = _Shot(focus), None
        shot.look(picture, copy, before, faces)
        held.append(picture)
        before = copy
        yield from _out(held, shot, AHEAD, width, height)
    yield from _out(held, shot, 0, width, height)


def _out(held: deque[Frame], shot: _Shot, keep: int, width: int, height: int) -> Iterator[Frame]:
    """Yield the held frames but the last `keep`, each cropped where the path has come to."""
    while len(held) > keep:
        picture = held.popleft()
        yield _cropped(picture, width, height, shot.step(len(shot.targets) - len(held) - 1, picture, width, height))


@dataclass(slots=True)
class _Shot:
    """What was seen between two cuts, and where the window is."""

    focus: tuple[float, float]
    targets: list[tuple[float, float]] = field(default_factory=list)
    """Where the subject of each frame is, in parts of the picture."""
    face: tuple[float, float] | None = None
    lost: int = 0
    heat: Any = None
    """What moved and stood out lately, summed up and fading (h, w)."""
    window: tuple[float, float] | None = None

    def look(self, picture: Frame, copy: Frame, before: Frame | None, faces: Faces | None) -> None:
        """Find the subject of the next frame."""
        found = faces(picture) if faces is not None and len(self.targets) % _EVERY == 0 else ()
        if found:
            self.face, self.lost = _middle(found), 0
        else:
            self.lost += 1
        if self.face is not None and self.lost <= _REMEMBERED:
            self.targets.append(self.face)
            return
        self.heat = _warmed(self.heat, before, copy)
        # What lies still again stays the subject until something else stirs.
        self.targets.append(_centre(self.heat, self.targets[-1] if self.targets else self.focus))

    def step(self, place: int, picture: Frame, width: int, height: int) -> tuple[float, float]:
        """Move the window on to frame `place`, and tell its middle in parts of the picture."""
        high, wide = picture.shape[:2]
        factor = max(width / wide, height / high)
        room = (wide * factor, high * factor)
        steps = [FASTEST * max(room) / whole for whole in room]
        ease = [_AT_EASE * max(room) / whole for whole in room]
        due = _smooth(self.targets, place)
        # Where the window cannot go, its path does not either, so that it never waits to come back.
        half = [shown / whole / 2 for shown, whole in zip((width, height), room, strict=True)]
        due = tuple(min(max(to, side), 1 - side) for to, side in zip(due, half, strict=True))
        if self.window is None:
            self.window = (due[0], due[1])
        moved = []
        for now, to, most, near in zip(self.window, due, steps, ease, strict=True):
            way = max(abs(to - now) - near, 0.0)
            # A tenth of the way at a time, so that the window sets out and comes to rest gently.
            moved.append(now + min(way / 10, most) * (1 if to > now else -1))
        self.window = (moved[0], moved[1])
        return self.window


def _middle(found: Sequence[Seen]) -> tuple[float, float]:
    """The middle of the large faces; those under half the height of the largest stand in the background."""
    largest = max(face.size for face in found)
    large = [face for face in found if face.size >= 0.5 * largest]
    whole = sum(face.size for face in large)
    return sum(face.x * face.size for face in large) / whole, sum(face.y * face.size for face in large) / whole


def _smooth(targets: Sequence[tuple[float, float]], place: int) -> tuple[float, ...]:
    """The subject's place as the frames around agree on it: the median of each five, under a Gaussian."""
    import numpy as np

    around = range(max(place - AHEAD, 0), min(place + AHEAD + 1, len(targets)))
    steady = [np.median(targets[max(at - 2, 0) : at + 3], axis=0) for at in around]
    weights = np.exp(-0.5 * ((np.array(around) - place) / (AHEAD / 2.5)) ** 2)
    mean = (weights[:, None] * np.array(steady)).sum(axis=0) / weights.sum()
    return float(mean[0]), float(mean[1])


def _warmed(heat: Any, before: Frame | None, copy: Frame) -> Any:
    """What stands out now and what moves now, added to what did lately."""
    fresh = _outstanding(copy) * 0.15
    if before is not None:
        fresh = fresh + _stirring(before, copy)
    return fresh if heat is None else heat * 0.9 + fresh


def _stirring(before: Frame, copy: Frame) -> Any:
    """How much every place moves against the camera (h, w), 1 for as much as counts fully."""
    import cv2
    import numpy as np

    flow = motion(before, copy)
    grey = np.asarray(cv2.cvtColor(before, cv2.COLOR_RGB2GRAY), np.uint8)
    own = flow - carried(camera_motion(grey, flow, 4), grey.shape[1], grey.shape[0])
    return np.clip(np.hypot(own[..., 0], own[..., 1]) / _STIR - 1.0, 0.0, 4.0) / 4.0


def _outstanding(copy: Frame) -> Any:
    """How much every place stands out from the rest (h, w), 0..1: the spectral residual of the greys.

    After Hou and Zhang, "Saliency Detection: A Spectral Residual Approach" (2007).
    """
    import cv2
    import numpy as np

    grey = cv2.resize(cv2.cvtColor(copy, cv2.COLOR_RGB2GRAY), (64, 64), interpolation=cv2.INTER_AREA)
    waves = np.fft.fft2(grey.astype(np.float64))
    strength = np.log(np.abs(waves) + 1.0)
    rest = strength - cv2.blur(strength, (3, 3))
    shown = np.abs(np.fft.ifft2(np.exp(rest + 1j * np.angle(waves)))) ** 2
    soft = cv2.GaussianBlur(shown, (0, 0), 3)
    part = np.asarray(soft / max(float(soft.max()), 1e-9), np.float32)
    return cv2.resize(part, (copy.shape[1], copy.shape[0]))


def _centre(heat: NDArray[np.float32], supposed: tuple[float, float]) -> tuple[float, float]:
    """The middle of what is hottest, in parts of the picture; where little is, the place that was supposed pulls."""
    import numpy as np

    height, width = heat.shape
    x, y = (np.arange(width) + 0.5) / width, (np.arange(height)[:, None] + 0.5) / height
    near = np.exp(-((x - supposed[0]) ** 2 + (y - supposed[1]) ** 2) / (2 * 0.45**2))
    hot = (heat * near) ** 2
    floor = _PULL * height * width
    whole = float(hot.sum()) + floor
    return (
        float((hot * x).sum() + supposed[0] * floor) / whole,
        float((hot * y).sum() + supposed[1] * floor) / whole,
    )


def _cropped(picture: Frame, width: int, height: int, middle: tuple[float, float]) -> Frame:
    """The canvas's part of the covering picture round a point, to parts of a pixel."""
    import cv2
    import numpy as np

    high, wide = picture.shape[:2]
    factor = max(width / wide, height / high)
    size = (max(width, round(wide * factor)), max(height, round(high * factor)))
    method = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    cover = picture if size == (wide, high) else cv2.resize(picture, size, interpolation=method)
    left, top = (
        min(max(part * whole - shown / 2, 0.0), float(whole - shown))
        for part, whole, shown in zip(middle, size, (width, height), strict=True)
    )
    move = np.array([[1.0, 0.0, -left], [0.0, 1.0, -top]])
    return np.asarray(cv2.warpAffine(cover, move, (width, height), flags=cv2.INTER_CUBIC), np.uint8)
