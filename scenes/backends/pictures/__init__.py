"""The author's own pictures, animated: a camera move over each keyframe, and dissolves between them.

Each picture is composed for each aspect around the scene's focus or the faces in it, by sub-pixel windows that do not
jitter. Knows no other scene and invents nothing: what a still cannot give is said in the notes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.metadata import version

from scenes.backend import Capabilities, Clip, ClipPlan, ClipRequest, Cost, Problem, Refusal

_VERSION = 2


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
        from scenes.backends.pictures.opening import see_that_all_is_there
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
        see_that_all_is_there(request)
        note = MOVES[scene.camera].note
        return ClipPlan(
            request.frames, request.frames, request.width, request.height, request.rate, (note,) if note else ()
        )

    def estimate(self, request: ClipRequest, plan: ClipPlan) -> Cost:
        """About sixty nanoseconds a pixel on one core; dissolves and depth cost more, but do not last."""
        return Cost(
            seconds=plan.frames * plan.width * plan.height * 60e-9, memory_mb=90 + plan.width * plan.height / 5e4
        )

    def identity(self) -> str:
        """Versions of what opens, scales, looks at and moves the pictures."""
        from scenes.faces import faces_identity
        from scenes.lettering import lettering_identity

        names = ("opencv-python-headless", "pillow", "numpy")
        libraries = ", ".join(f"{name} {version(name)}" for name in names)
        return f"pictures {_VERSION}, {libraries}, {faces_identity()}, {lettering_identity()}"

    def prepare(self, plans: Sequence[ClipPlan]) -> None:
        """Does nothing: pictures are opened when their time comes."""

    def release(self) -> None:
        """Does nothing: nothing is kept between clips."""

    def generate(
        self, request: ClipRequest, plan: ClipPlan, progress: Callable[[float], None], cancelled: Callable[[], bool]
    ) -> Clip:
        """Make the clip; notes say what was decided about each picture."""
        from scenes.backends.pictures.animating import animate
        from scenes.unshown import unshown

        notes: list[str] = []
        frames = animate(request, plan, notes, progress, cancelled)
        facts = {"notes": notes, "not_drawn": unshown(request.scene, moved=True)}
        return Clip(frames, plan.width, plan.height, plan.rate, facts)
