"""The author's own footage: trimmed, turned upright, brought to the film's colours, rate and canvas.

Frames are chosen by their time stamps, so that variable rates stay in step. Footage that is coded as the film is and
needs no change is handed over sample by sample, or as the coded file that it is; so is what needs no more than cropping
and scaling, with the window through which it is shown. Its sound belongs to the sound folder; here it is only
mentioned. Knows no other scene.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial
from importlib.metadata import version
from typing import TYPE_CHECKING

from scenes.backend import Capabilities, Clip, ClipPlan, ClipRequest, Cost, Problem, Refusal
from storyboard.errors import MissingError

if TYPE_CHECKING:
    from pathlib import Path

    from scenes.media import MediaInfo

_VERSION = 6


class Footage:
    """Uses the author's footage."""

    def capabilities(self) -> Capabilities:
        """What it can do."""
        return Capabilities(
            name="footage",
            summary="your own footage, trimmed and fitted to the film",
            makes="photographed",
            needs=frozenset({"clip"}),
            uses_seed=False,
        )

    def check(self) -> Sequence[Problem]:
        """Nothing stands in its way: what it needs is installed with the program."""
        return ()

    def quantise(self, request: ClipRequest) -> ClipPlan:
        """The request as it is; raises Refusal where the footage is too short, RenderError where it is unreadable."""
        from scenes.backends.footage.asking import asked
        from scenes.backends.footage.fitting import too_short
        from scenes.media import probe

        scene = request.scene
        if not scene.clip:
            raise Refusal(f"scene '{scene.id}' has no footage", "add `clip:`, or leave `backend:` out")
        if request.frames < 1:
            raise Refusal(f"scene '{scene.id}' has no length", "give it a `length:`")
        info = probe(_file(request), scene.clip)
        if info.seconds:
            # Half a film frame is spared: containers round the length of their last frame.
            needed = (request.frames - Fraction(1, 2)) / request.rate
            if scene.clip_from + needed > info.seconds:
                raise too_short(request, info.seconds, info.cut_short)
        frames, width, height, rate = asked(request, info)
        if (scene.text or scene.lettering) and (width, height) != (request.width, request.height):
            raise Refusal(
                f"scene '{scene.id}': its text cannot be laid over footage that is followed or enlarged",
                "take `text` out, or write `reframe: crop` and leave `upscale` out",
            )
        return ClipPlan(frames, frames, width, height, rate, _notes(request, info, rate))

    def estimate(self, request: ClipRequest, plan: ClipPlan) -> Cost:
        """About thirty nanoseconds a pixel on one core."""
        return Cost(seconds=plan.frames * plan.width * plan.height * 30e-9, memory_mb=150)

    def identity(self) -> str:
        """Versions of what decodes, converts and scales."""
        from scenes.frames import coder_identity
        from scenes.lettering import lettering_identity

        libraries = f"{coder_identity()}, opencv {version('opencv-python-headless')}, numpy {version('numpy')}"
        return f"footage {_VERSION}, {libraries}, {lettering_identity()}"

    def prepare(self, plans: Sequence[ClipPlan]) -> None:
        """Does nothing: a file is opened when its frames are wanted."""

    def release(self) -> None:
        """Does nothing: nothing is kept between clips."""

    def generate(
        self, request: ClipRequest, plan: ClipPlan, progress: Callable[[float], None], cancelled: Callable[[], bool]
    ) -> Clip:
        """Make the clip; notes say what was guessed about its colours and what was done to it."""
        from scenes.backends.footage.copying import copy_packets, finished
        from scenes.backends.footage.fitting import fitted
        from scenes.backends.footage.reading import Reel
        from scenes.media import probe
        from scenes.unshown import unshown

        file = _file(request)
        info = probe(file, request.scene.clip)
        # A film that runs clearly faster than interlaced footage shows each field as a picture of its own.
        reel = Reel(file, request.scene.clip, info.rate, info.first, by_fields=2 * plan.rate > 3 * info.rate > 0)
        frames = fitted(request, plan, reel, info, progress, cancelled)
        take = finished(request, plan, file, info, cancelled)
        coded = partial(copy_packets, take, progress=progress, cancelled=cancelled) if take else None
        facts = {"notes": reel.notes, "not_drawn": unshown(request.scene, moved=False)}
        return Clip(frames, plan.width, plan.height, plan.rate, facts, coded, take.window if take else None)


def _notes(request: ClipRequest, info: MediaInfo, rate: Fraction) -> tuple[str, ...]:
    """What a person should know about the footage before it is used."""
    name = request.scene.clip
    notes = []
    if info.rate and info.rate != request.rate:
        how = "frames are repeated or left out" if rate == request.rate else "frames in between are invented"
        notes.append(
            f"{name} runs at {float(info.rate):.3f} frames a second, the film at {float(request.rate):.3f}: {how}"
        )
    if min(info.width / request.width, info.height / request.height) < 0.5:
        notes.append(f"{name} is only {info.width}x{info.height} and is enlarged")
    if info.tracks > 1:
        notes.append(f"{name} has {info.tracks} picture tracks; only one is shown")
    if info.cut_short:
        notes.append(
            f"{name} breaks off: {float(info.seconds):.2f} s of its {float(info.promised):.2f} s of pictures are there"
        )
    return tuple(notes)


def _file(request: ClipRequest) -> Path:
    """The absolute path of the footage."""
    name = request.scene.clip
    if name not in request.files:
        raise MissingError(
            f"scene '{request.scene.id}': the footage {name} is not there",
            "put the file in its place or correct the name",
        )
    return request.files[name]
