"""The step that makes one take: backend, conforming, post, and a file that is checked frame by frame.

The backend is untrusted: what it hands over is counted and measured against its own plan. Frames that come coded as
the film is (I420) and need no change are written without a detour, and a file that is the take already is kept as it
is. Knows one scene only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from projects.plugins import load
from projects.steps import Json, Work
from scenes.backend import Clip, ClipBackend, ClipPlan, ClipRequest, ClipSound, Frame
from scenes.frames import TAKE_PROFILE, write_film
from scenes.media import probe
from scenes.mux import add_sound
from scenes.post import check_post, finish, leaves_alone
from storyboard.errors import DiskError, InterruptedRender, MissingError, RenderError

if TYPE_CHECKING:
    from scenes.window import Window


_SLOWEST, _QUICKEST = 8_000, 192_000
"""Samples a second that a clip's sound may have."""


@dataclass(frozen=True, slots=True)
class TakeRequest:
    """A backend's name and the clip wanted of it, with `clip.files` left empty: paths come with the work."""

    backend: str
    clip: ClipRequest


def make_take(request: TakeRequest, work: Work, out: Path) -> Json:
    """Make one take at `out` (H.264, `TAKE_PROFILE`) and return its facts.

    Facts: frames, width, height, rate (`24/1`), backend, identity, makes, taken (`coded` here, or `copied` where the
    author's own coding was kept), not_drawn, notes, and the backend's `model` and `licence` where it names them. A clip
    that brings sound leaves it in the file, lossless and as long as the pictures, with the fact `sound`. Width
    and height are the canvas's; where the file at `out` has another size, `window` says what of it is shown
    (`scenes.takes` reads it so).
    Raises MissingError when the backend cannot work here, Refusal when it cannot honour the request, RenderError when
    it breaks its own plan, InterruptedRender when the user stops.
    """
    from scenes.conform import Canvas, conform

    read = work.inputs["words"].path if "words" in work.inputs else None
    wanted = replace(request.clip, files=dict(work.files), words=read)
    check_post(wanted.scene.post, wanted.files)
    backend = open_backend(request.backend)
    able = backend.capabilities()
    plan = backend.quantise(wanted)
    meter = _Meter(request.backend, plan, work)
    scene = wanted.scene
    canvas = Canvas(
        wanted.width,
        wanted.height,
        wanted.rate,
        wanted.frames,
        scene.reframe,
        scene.focus,
        scene.post.interpolate,
        scene.post.interpolator,
        scene.post.upscale,
    )
    backend.prepare((plan,))
    try:
        clip = backend.generate(wanted, plan, meter.report, work.cancelled)
        _agree(request.backend, clip, plan)
        copied = clip.coded is not None and _wants_it_as_it_is(wanted, plan)
        if clip.coded is not None and copied:
            _written(request.backend, clip.coded, out)
            _see_that_it_is_the_take(request.backend, out, wanted, clip.window)
        else:
            frames = _finished(conform(meter.kept(clip.frames), plan.rate, canvas), wanted)
            count = write_film(out, frames, wanted.width, wanted.height, wanted.rate, TAKE_PROFILE)
            meter.close(clip.frames)
            if count != wanted.frames:
                raise RenderError(f"the take has {count} frames where {wanted.frames} were due")
    finally:
        backend.release()
    heard = _heard(request.backend, clip, wanted)
    if heard is not None:
        add_sound(out, heard, wanted.frames / wanted.rate)
    work.progress(1.0)
    facts = _facts(request.backend, backend.identity(), able.makes, wanted, plan, clip, meter)
    window = {"window": clip.window.told()} if copied and clip.window else {}
    sound = {"sound": True} if heard is not None else {}
    return facts | {"taken": "copied" if copied else "coded"} | window | sound


def _heard(name: str, clip: Clip, wanted: ClipRequest) -> ClipSound | None:
    """The sound that a backend hands over, checked; None where there is none, or where the scene does not want it."""
    import numpy as np

    if clip.sound is None or not wanted.scene.clip_sound:
        return None
    samples, rate = clip.sound
    if not isinstance(samples, np.ndarray) or samples.ndim not in (1, 2) or samples.shape[1:] not in ((), (1,), (2,)):
        raise _fault(name, "handed over sound that is no array of one or two channels")
    if not _SLOWEST <= rate <= _QUICKEST:
        raise _fault(name, f"handed over sound of {rate} samples a second")
    if not len(samples) or not np.isfinite(samples).all():
        raise _fault(name, "handed over sound that is empty or not finite")
    return samples.astype(np.float32), int(rate)


def _wants_it_as_it_is(wanted: ClipRequest, plan: ClipPlan) -> bool:
    """Whether the plan's frames are the take's, every one of them and unchanged."""
    due = (wanted.frames, wanted.frames, wanted.width, wanted.height, wanted.rate)
    planned = (plan.frames, plan.keep, plan.width, plan.height, plan.rate)
    return planned == due and leaves_alone(wanted.scene.post)


def _written(name: str, coded: Callable[[Path], None], out: Path) -> None:
    """Let the backend write its file; its own errors of the house pass, others are told as its fault."""
    try:
        coded(out)
    except (RenderError, MissingError, InterruptedRender, DiskError):
        raise
    except Exception as problem:
        raise _fault(name, f"failed to write its file: {type(problem).__name__}: {problem}") from problem


def _see_that_it_is_the_take(name: str, out: Path, wanted: ClipRequest, window: Window | None) -> None:
    """Refuse a coded file of another count, size, rate or length, or in another coding, than was due.

    Its size is the canvas's, or that of the picture in which the window lies.
    """
    if window and not window.is_sound:
        raise _fault(name, f"shows its file through a window that does not lie in it evenly ({window})")
    size = window.of if window else (wanted.width, wanted.height)
    due = ("h264", "yuv420p", *size, wanted.rate, wanted.frames, wanted.frames / wanted.rate)
    try:
        info = probe(out)
    except (MissingError, RenderError) as problem:
        raise _fault(name, f"handed over a file that cannot be used: {problem.message}") from problem
    made = (info.codec, info.pixel_format, info.width, info.height, info.rate, info.frames, info.seconds)
    if made != due or info.first != 0:
        told = [" ".join(map(str, one)) for one in (made, due)]
        raise _fault(name, f"handed over a file of {told[0]} from {info.first} s on, where {told[1]} from 0 on was due")


def _finished(frames: Iterator[Frame], wanted: ClipRequest) -> Iterator[Frame]:
    """The frames with `post` done to them; coded ones (I420) that nothing is done to pass as they are."""
    from scenes.conform import as_rgb

    post = wanted.scene.post
    return frames if leaves_alone(post) else finish(map(as_rgb, frames), post, wanted.rate, wanted.files)


def open_backend(name: str) -> ClipBackend:
    """The backend of that name, ready to work; MissingError with every problem and its remedy if it is not."""
    backend: ClipBackend = load("workprint.clips", name)()
    problems = tuple(backend.check())
    if problems:
        raise MissingError(
            f"the backend '{name}' cannot work here: {'; '.join(p.what for p in problems)}",
            "; ".join(p.fix for p in problems),
        )
    return backend


class _Meter:
    """Counts and checks the frames that a backend hands over, and passes progress on without ever going back."""

    def __init__(self, name: str, plan: ClipPlan, work: Work) -> None:
        self._name, self._plan, self._work = name, plan, work
        self._shown = 0.0
        self.made = 0
        self.blank = 0

    def report(self, part: float) -> None:
        """Pass the finished part on."""
        if part > self._shown:
            self._shown = min(part, 1.0)
            self._work.progress(self._shown)

    def kept(self, frames: Iterator[Frame]) -> Iterator[Frame]:
        """Yield the first `keep` frames of the plan, each checked."""
        while self.made < self._plan.keep:
            if self._work.cancelled():
                raise InterruptedRender("stopped while a take was being made", "run again; it goes on from here")
            picture = self._next(frames)
            if picture is None:
                raise self._broken(f"made only {self.made} of {self._plan.frames} frames")
            self._check(picture)
            self.made += 1
            self.report(self.made / self._plan.keep)
            yield picture

    def close(self, frames: Iterator[Frame]) -> None:
        """Take the frames that the plan has beyond `keep`, and see that there are neither fewer nor more."""
        while self._next(frames) is not None:
            self.made += 1
            if self.made > self._plan.frames:
                raise self._broken(f"made more than the {self._plan.frames} frames of its plan")
        if self.made != self._plan.frames:
            raise self._broken(f"made {self.made} of {self._plan.frames} frames")

    def _next(self, frames: Iterator[Frame]) -> Frame | None:
        """The backend's next frame; its own errors of the house pass, others are told as its fault."""
        try:
            return next(frames, None)
        except (RenderError, MissingError, InterruptedRender):
            raise
        except Exception as problem:
            raise self._broken(f"failed at frame {self.made}: {type(problem).__name__}: {problem}") from problem

    def _check(self, picture: Frame) -> None:
        """Refuse a frame of another type or size; count the empty ones."""
        import numpy as np

        due = (self._plan.height, self._plan.width, 3)
        coded = (self._plan.height * 3 // 2, self._plan.width)
        if not isinstance(picture, np.ndarray) or picture.dtype != np.uint8:
            given = getattr(picture, "dtype", type(picture).__name__)
            raise self._broken(f"handed over frame {self.made} as {given}, not uint8")
        if picture.shape not in (due, coded):
            raise self._broken(f"handed over frame {self.made} of shape {picture.shape}, not {due}")
        seen = picture[: self._plan.height]
        self.blank += int(seen.min() == seen.max())

    def _broken(self, what: str) -> RenderError:
        return _fault(self._name, what)


def _agree(name: str, clip: Clip, plan: ClipPlan) -> None:
    """Refuse a clip that says of itself something else than its plan."""
    said, due = (clip.width, clip.height, clip.rate), (plan.width, plan.height, plan.rate)
    if said != due:
        raise _fault(
            name,
            f"made {clip.width}x{clip.height} at {clip.rate} where its plan says "
            f"{plan.width}x{plan.height} at {plan.rate}",
        )


def _fault(name: str, what: str) -> RenderError:
    """The error of a backend that breaks its word."""
    return RenderError(f"the backend '{name}' {what}", "this is a fault of the backend; report it to its makers")


def _facts(
    name: str, identity: str, makes: str, wanted: ClipRequest, plan: ClipPlan, clip: Clip, meter: _Meter
) -> dict[str, Any]:
    """What is worth knowing about the take, as plain JSON."""
    notes = [*plan.notes, *clip.facts.get("notes", ())]
    if meter.blank * 2 > meter.made:
        notes.append(f"{meter.blank} of {meter.made} frames are one even colour")
    facts: dict[str, Any] = {
        "frames": wanted.frames,
        "width": wanted.width,
        "height": wanted.height,
        "rate": f"{wanted.rate.numerator}/{wanted.rate.denominator}",
        "backend": name,
        "identity": identity,
        "makes": makes,
        "not_drawn": list(clip.facts.get("not_drawn", ())),
        "notes": list(dict.fromkeys(notes)),
    }
    return facts | {key: str(clip.facts[key]) for key in ("model", "licence") if key in clip.facts}
