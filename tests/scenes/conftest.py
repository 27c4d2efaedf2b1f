"""Scenes and requests for the tests of clips: small ones, with one detail changed at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from projects.programs import ffmpeg, run
from projects.steps import Work
from scenes.backend import ClipRequest, Frame
from scenes.backends.footage import Footage
from scenes.clip import TakeRequest, make_take
from scenes.conform import as_rgb
from storyboard.film import Fixed, Moments, Scene, Transition

PLAIN = Scene(
    id="pier",
    length=Fixed(Fraction(1)),
    place="lake",
    time="noon",
    weather="clear",
    shot="wide",
    camera="static",
    style="papercut",
    prompt="a pier",
    negative="",
    cast=(),
    moments=Moments(),
    lines=(),
    sounds=(),
    transition=Transition("cut", Fraction(0)),
    backend="auto",
)


@dataclass(frozen=True)
class Shown:
    """What became of a file: pictures, what was said about them, and the frames as they were handed over."""

    frames: list[Frame]
    notes: list[str]
    raw: list[Frame]


@pytest.fixture
def make_scene() -> Callable[..., Scene]:
    """Builds a scene that differs from a plain one in what is given."""

    def build(**changes: Any) -> Scene:
        return replace(PLAIN, **changes)

    return build


@pytest.fixture
def make_request() -> Callable[..., ClipRequest]:
    """Builds a request of a small clip of a scene."""

    def build(scene: Scene = PLAIN, **changes: Any) -> ClipRequest:
        plain = ClipRequest(scene, scene.prompt, "", 12, Fraction(24), 64, 36, seed=1, take=1)
        return replace(plain, **changes)

    return build


@pytest.fixture
def make_work() -> Callable[..., Work]:
    """Builds what a step gets besides its request; `seen` gathers the progress."""

    def build(files: dict[str, Path] | None = None, seen: list[float] | None = None, cancelled: bool = False) -> Work:
        report = seen.append if seen is not None else lambda part: None
        return Work({}, files or {}, report, lambda: cancelled)

    return build


@pytest.fixture
def ramp() -> Callable[..., list[Frame]]:
    """Builds frames whose even grey says their place: frame k has the level 40 + 4k."""

    def build(count: int, width: int = 64, height: int = 36) -> list[Frame]:
        return [np.full((height, width, 3), 40 + 4 * place, np.uint8) for place in range(count)]

    return build


@pytest.fixture
def export(tmp_path: Path) -> Callable[..., Path]:
    """Writes a film file as a stranger's program would: RGB frames through the ffmpeg program with any options."""

    def write(name: str, frames: list[Frame], *options: str, rate: str = "24", before: tuple[str, ...] = ()) -> Path:
        height, width = frames[0].shape[:2]
        told = ("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{width}x{height}", "-r", rate)
        path = tmp_path / name
        data = b"".join(frame.tobytes() for frame in frames)
        run([ffmpeg(), "-v", "error", *told, "-i", "-", *before, *options, "-y", path], stdin=data)
        return path

    return write


@pytest.fixture
def remake(tmp_path: Path) -> Callable[..., Path]:
    """Copies or converts a film file with the ffmpeg program: options before and after the input."""

    def write(name: str, source: Path, *options: str, before: tuple[str, ...] = ()) -> Path:
        path = tmp_path / name
        run([ffmpeg(), "-v", "error", *before, "-i", source, *options, "-y", path])
        return path

    return write


@pytest.fixture
def take(
    tmp_path: Path,
    make_scene: Callable[..., Scene],
    make_request: Callable[..., ClipRequest],
    make_work: Callable[..., Work],
) -> Callable[..., tuple[dict[str, Any], Path]]:
    """Makes a take of a file: its facts and where it lies; everything about scene and canvas can be changed."""

    def make(path: Path, frames: int, rate: str = "24", work: dict[str, Any] | None = None, **changes: Any) -> Any:
        size = changes.pop("size", (64, 36))
        scene = make_scene(clip=path.name, **changes)
        wanted = make_request(scene, frames=frames, rate=Fraction(rate), width=size[0], height=size[1])
        out = tmp_path / "take.mp4"
        return make_take(TakeRequest("footage", wanted), make_work({path.name: path}, **(work or {})), out), out

    return make


@pytest.fixture
def footage(make_scene: Callable[..., Scene], make_request: Callable[..., ClipRequest]) -> Callable[..., Shown]:
    """Shows the author's file as the footage backend brings it to a canvas: RGB frames, notes, and which came coded."""

    def show(path: Path, start: Fraction = Fraction(0), **changes: Any) -> Shown:
        backend = Footage()
        written = {name: changes.pop(name) for name in ("text", "focus", "reframe") if name in changes}
        scene = make_scene(clip=path.name, clip_from=start, **written)
        request = make_request(scene, files={path.name: path}, **changes)
        plan = backend.quantise(request)
        clip = backend.generate(request, plan, lambda part: None, lambda: False)
        raw = list(clip.frames)
        return Shown([as_rgb(frame) for frame in raw], [*plan.notes, *clip.facts["notes"]], raw)

    return show
