"""The author's own pictures, animated: a camera move over each keyframe, and dissolves between them.

Each picture is composed for each aspect around the scene's focus, by sub-pixel windows that do not jitter. Knows no
other scene and invents nothing: what a still cannot give is said in the notes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from itertools import pairwise
from typing import TYPE_CHECKING

from scenes.backend import Capabilities, Clip, ClipPlan, ClipRequest, Cost, Frame, Problem, Refusal
from storyboard.errors import InterruptedRender, MissingError

if TYPE_CHECKING:
    from pathlib import Path

    from scenes.moves import Move

_VERSION = 1
_LONGEST_DISSOLVE = 1.0
"""Seconds; a dissolve takes at most half of the time between two keyframes."""

_SPARE = 1.25
"""Source pixels per canvas pixel that are kept where the window is widest, so that the closest view is sharp too."""


@dataclass(frozen=True, slots=True)
class _Shot:
    """One picture on the scene's time: whole from `rise` on, seen from `first` to `last` (frames, exclusive)."""

    name: str
    first: float
    rise: float
    last: float

    def weight(self, place: int) -> float:
        """How much of this picture covers those before it at a frame, 0..1."""
        if place < self.first:
            return 0.0
        return 1.0 if place >= self.rise else (place - self.first) / (self.rise - self.first)


class Pictures:
    """Animates the author's pictures."""

    def capabilities(self) -> Capabilities:
        """What it can do."""
        return Capabilities(
            name="pictures",
            summary="your own pictures, with camera moves and dissolves",
            makes="photographed",
            needs=frozenset({"keyframes"}),
            native_aspects=True,
        )

    def check(self) -> Sequence[Problem]:
        """Nothing stands in its way: what it needs is installed with the program."""
        return ()

    def quantise(self, request: ClipRequest) -> ClipPlan:
        """The request as it is; raises Refusal without pictures, or for a wish that a still cannot fulfil."""
        from scenes.moves import MOVES

        scene = request.scene
        if not scene.keyframes:
            raise Refusal(f"scene '{scene.id}' has no pictures", "add `keyframes:`, or leave `backend:` out")
        if request.frames < 1:
            raise Refusal(f"scene '{scene.id}' has no length", "give it a `length:`")
        if scene.reframe == "track":
            raise Refusal(
                f"scene '{scene.id}': `reframe: track` has nothing to follow in a still picture",
                "write `reframe: crop` with `focus: [x, y]`, or `reframe: pad`",
            )
        if scene.camera not in MOVES:
            raise Refusal(
                f"scene '{scene.id}': the camera move '{scene.camera}' is not known for pictures",
                f"moves are {', '.join(MOVES)}",
            )
        for keyframe in scene.keyframes:
            _file(request, keyframe.picture)
        note = MOVES[scene.camera].note
        return ClipPlan(
            request.frames, request.frames, request.width, request.height, request.rate, (note,) if note else ()
        )

    def estimate(self, plan: ClipPlan) -> Cost:
        """About fifty nanoseconds a pixel on one core."""
        return Cost(
            seconds=plan.frames * plan.width * plan.height * 50e-9, memory_mb=60 + plan.width * plan.height / 5e4
        )

    def identity(self) -> str:
        """Versions of what opens, scales and moves the pictures."""
        from scenes.lettering import lettering_identity

        names = ("opencv-python-headless", "pillow", "numpy")
        libraries = ", ".join(f"{name} {version(name)}" for name in names)
        return f"pictures {_VERSION}, {libraries}, {lettering_identity()}"

    def prepare(self, plans: Sequence[ClipPlan]) -> None:
        """Does nothing: pictures are opened when their time comes."""

    def release(self) -> None:
        """Does nothing: nothing is kept between clips."""

    def generate(
        self, request: ClipRequest, plan: ClipPlan, progress: Callable[[float], None], cancelled: Callable[[], bool]
    ) -> Clip:
        """Make the clip; notes say what was decided about each picture."""
        notes: list[str] = []
        frames = _animate(request, plan, notes, progress, cancelled)
        return Clip(frames, plan.width, plan.height, plan.rate, {"notes": notes, "not_drawn": []})


def _animate(
    request: ClipRequest,
    plan: ClipPlan,
    notes: list[str],
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> Iterator[Frame]:
    """Yield the frames, with never more pictures in memory than are seen at once."""
    import cv2
    import numpy as np

    from scenes.lettering import lay_over, title_card, unset_signs
    from scenes.moves import MOVES

    move = MOVES[request.scene.camera]
    card = title_card(request.scene.text, plan.width, plan.height) if request.scene.text else None
    if unset := unset_signs(request.scene.text):
        notes.append(f"no font here has the signs {unset} of the scene's text")
    shots = _shots(request)
    open_pictures: dict[int, Frame] = {}
    for place in range(plan.frames):
        if cancelled():
            raise InterruptedRender("stopped while pictures were being animated", "run again; it goes on from here")
        seen: Frame | None = None
        for index, shot in enumerate(shots):
            covered = index + 1 < len(shots) and shots[index + 1].weight(place) >= 1.0
            if covered or not shot.weight(place):
                open_pictures.pop(index, None)
                continue
            if index not in open_pictures:
                open_pictures[index] = _prepared(request, shot.name, plan, move, notes)
            view = _view(open_pictures[index], shot, place, plan, request, move)
            weight = shot.weight(place)
            seen = view if seen is None else np.asarray(cv2.addWeighted(seen, 1 - weight, view, weight, 0), np.uint8)
        if seen is None:
            raise Refusal(
                f"scene '{request.scene.id}' has no picture for frame {place}", "check `at:` of its keyframes"
            )
        progress((place + 1) / plan.frames)
        yield seen if card is None else lay_over(seen, card)


def _shots(request: ClipRequest) -> tuple[_Shot, ...]:
    """Lay the pictures on the scene's time: each is whole at its `at`, and they dissolve half-way between."""
    ordered = sorted(request.scene.keyframes, key=lambda keyframe: keyframe.at)
    places = [float(keyframe.at) * request.frames for keyframe in ordered]
    turns: list[tuple[float, float]] = []
    for here, there in pairwise(places):
        length = min(_LONGEST_DISSOLVE * float(request.rate), (there - here) / 2)
        middle = (here + there) / 2
        turns.append((middle - length / 2, middle + length / 2))
    starts = [(0.0, 0.0), *turns]
    ends = [*(end for _, end in turns), float(request.frames)]
    return tuple(
        _Shot(keyframe.picture, first, rise, last)
        for keyframe, (first, rise), last in zip(ordered, starts, ends, strict=True)
    )


def _file(request: ClipRequest, name: str) -> Path:
    """The absolute path of a picture that the scene names."""
    if name not in request.files:
        raise MissingError(
            f"scene '{request.scene.id}': the picture {name} is not there",
            "put the file in its place or correct the name",
        )
    return request.files[name]


def _prepared(request: ClipRequest, name: str, plan: ClipPlan, move: Move, notes: list[str]) -> Frame:
    """A picture opened, padded if asked for, and scaled once to what the widest window needs."""
    from scenes.conform import pad, scale
    from scenes.moves import window
    from scenes.stills import open_still

    still = open_still(_file(request, name), name)
    notes.extend(still.notes)
    picture = still.picture
    if request.scene.reframe == "pad":
        return pad(picture, round(plan.width * _SPARE), round(plan.height * _SPARE))
    high, wide = picture.shape[:2]
    canvas = plan.width / plan.height
    widest = max(window(move, wide / high, canvas, (0.5, 0.5), part, 0).width for part in (0.0, 1.0))
    pixels = widest * wide / plan.width
    if pixels > _SPARE:
        factor = _SPARE / pixels
        return scale(picture, max(2, round(wide * factor)), max(2, round(high * factor)))
    if pixels < 0.5:
        notes.append(f"{name} is only {wide}x{high} and is enlarged {1 / pixels:.1f} times")
    return picture


def _view(picture: Frame, shot: _Shot, place: int, plan: ClipPlan, request: ClipRequest, move: Move) -> Frame:
    """What the camera sees of a picture at a frame."""
    import cv2
    import numpy as np

    from scenes.moves import focus_blur, window

    high, wide = picture.shape[:2]
    span = max(shot.last - shot.first - 1, 1.0)

    def seen_at(when: float) -> tuple[float, float, float, float]:
        part = min(max((when - shot.first) / span, 0.0), 1.0)
        seen = window(move, wide / high, plan.width / plan.height, request.scene.focus, part, request.seed)
        return (
            (seen.x - seen.width / 2) * wide,
            (seen.y - seen.height / 2) * high,
            seen.width * wide,
            seen.height * high,
        )

    left, top, width, height = seen_at(place)
    across, down = width / plan.width, height / plan.height
    # Pixel centres lie at half-integers: the window's edge, not its first centre, falls on the canvas's edge.
    matrix = np.array([[across, 0, left + across / 2 - 0.5], [0, down, top + down / 2 - 0.5]])
    method = cv2.INTER_LINEAR if request.draft else cv2.INTER_CUBIC
    view = cv2.warpAffine(
        picture, matrix, (plan.width, plan.height), flags=method | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE
    )
    soft = focus_blur(move, min(max((place - shot.first) / span, 0.0), 1.0))
    if soft > 0:
        view = cv2.GaussianBlur(view, (0, 0), max(0.3, soft * plan.height / 50))
    if move.quick:
        smear = round(abs(seen_at(place + 0.5)[0] - left) / across)
        if smear > 1:
            view = cv2.blur(view, (smear, 1))
    return np.asarray(view, dtype=np.uint8)
