"""The embedded painter: draws every scene as a multiplane animatic, with no model, no key and no network.

Request -> stage (pure data) -> painter (once) -> style finish (once a sheet) -> compositor (a frame) -> finishing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from importlib.util import find_spec

from scenes.backend import Capabilities, Clip, ClipPlan, ClipRequest, Cost, Frame, Guide, Problem, Refusal
from scenes.headroom import HEADROOM
from scenes.sound import Footfall

VERSION = "4"
"""Raised whenever a pixel may come out differently."""

_SMALLEST = 32


class Animatic:
    """The clip backend `animatic`."""

    def capabilities(self) -> Capabilities:
        """Drawn, composed for each aspect, lip-synchronous."""
        return Capabilities(
            name="animatic",
            summary="painted paper-theatre scenes, drawn here from the storyboard's own words",
            makes="drawn",
            native_aspects=True,
            uses_speech=True,
            takes=frozenset({HEADROOM}),
        )

    def footfalls(self, request: ClipRequest) -> tuple[Footfall, ...]:
        """Where the painted feet land."""
        from scenes.backends.animatic.footfalls import footfalls_of

        return footfalls_of(request)

    def guides(self, request: ClipRequest, guide: Guide, frames: Sequence[int]) -> Iterator[Frame]:
        """Those frames of the clip as pictures that a model can keep to."""
        from scenes.backends.animatic.guides import guided

        return guided(request, guide, frames)

    def check(self) -> Sequence[Problem]:
        """Whether the painting libraries are there and can be loaded."""
        problems = [
            Problem(f"the Python package {name} is not installed", f"pip install {package}")
            for name, package in (("skia", "skia-python"), ("cv2", "opencv-python-headless"))
            if find_spec(name) is None
        ]
        if problems:
            return problems
        try:
            import skia  # noqa: F401 - loading it is the test
        except ImportError as error:
            return [Problem(f"skia cannot be loaded: {error}", "apt install libegl1 libgl1 libexpat1")]
        return []

    def quantise(self, request: ClipRequest) -> ClipPlan:
        """Any count, size and rate is honoured; pictures smaller than 32 pixels are refused."""
        if request.frames < 1:
            raise Refusal(f"scene {request.scene.id}: a clip needs at least one frame", "give the scene a length")
        if min(request.width, request.height) < _SMALLEST:
            raise Refusal(
                f"scene {request.scene.id}: {request.width}x{request.height} is too small to paint",
                f"choose a canvas of at least {_SMALLEST} pixels a side",
            )
        return ClipPlan(request.frames, request.frames, request.width, request.height, request.rate)

    def estimate(self, request: ClipRequest, plan: ClipPlan) -> Cost:
        """Seconds of one core and memory, by formula: building grows with the canvas, frames with canvas and count."""
        area = plan.width * plan.height / (1280 * 720)
        return Cost(seconds=(2.5 + 0.035 * plan.frames) * area, memory_mb=150 + 250 * area)

    def identity(self) -> str:
        """Versions of the painter and of what it paints with."""
        from scenes.lettering import lettering_identity

        libraries = (f"{name} {version(name)}" for name in ("opencv-python-headless", "numpy"))
        return ", ".join([f"animatic/{VERSION}", *libraries, lettering_identity()])

    def prepare(self, plans: Sequence[ClipPlan]) -> None:
        """Nothing to load beforehand."""

    def release(self) -> None:
        """Nothing is kept between clips."""

    def generate(
        self, request: ClipRequest, plan: ClipPlan, progress: Callable[[float], None], cancelled: Callable[[], bool]
    ) -> Clip:
        """Paint the stage and run it; `facts["not_drawn"]` names what was asked for and is not in the picture."""
        from scenes.backends.animatic.projection import Projector
        from scenes.backends.animatic.stage import stage_of
        from scenes.lettering import lettering_notes, words_of

        stage = stage_of(request)
        projector = Projector(stage, request)
        said = lettering_notes(words_of(request.scene), plan.width, plan.height, stage.seconds)
        facts = {"not_drawn": list(stage.not_drawn), "notes": [*plan.notes, *said], "licence": "drawn by workprint"}
        return Clip(projector.frames(progress, cancelled), plan.width, plan.height, plan.rate, facts)
