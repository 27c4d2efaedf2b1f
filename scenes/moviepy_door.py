"""The door to MoviePy's effects: on a run of pictures, or laying one run of pictures over another.

Only classes of `moviepy.video.fx` can be named. MoviePy computes pictures and never reads or writes a file; colours
and counts stay the house's. It is loaded when an effect is made, and only then.
"""

from __future__ import annotations

import difflib
import importlib
import importlib.util
import inspect
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from projects.extras import pip_install
from scenes.backend import Frame
from scenes.reels import Pictures, Run
from storyboard.errors import MissingError, RenderError
from storyboard.film import Treatment

OLDEST = (2, 2)

_JITTER = 0.001
"""Parts of a frame by which a moment may lie too early and still belong to the frame."""


def effects() -> tuple[str, ...]:
    """The names of MoviePy's effects, sorted, without loading it; none where it is not installed."""
    return _listed()[0]


@cache
def _listed() -> tuple[tuple[str, ...], str]:
    """Names of effects, and what stands in the way of using MoviePy."""
    try:
        installed = version("moviepy")
        found = importlib.util.find_spec("moviepy")
    except (PackageNotFoundError, ImportError, ValueError):
        found = None
    if found is None or found.origin is None:
        return (), f"MoviePy is not installed ({pip_install('moviepy')})"
    if tuple(int(part) for part in installed.split(".")[:2] if part.isdigit()) < OLDEST:
        return (), f"MoviePy {installed} is too old ({pip_install('moviepy')})"
    folder = Path(found.origin).parent / "video" / "fx"
    return tuple(sorted(path.stem for path in folder.glob("[A-Z]*.py"))), ""


def trouble(name: str) -> str:
    """Why the effect of that name cannot be used here, with the remedy; "" where it can. Loads nothing."""
    known, missing = _listed()
    if missing or name in known:
        return missing
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    by_case = [one for one in known if one.lower() == name.lower()]
    hint = f"did you mean '{(by_case or near)[0]}'?" if by_case or near else f"there are {', '.join(known)}"
    return f"MoviePy has no effect '{name}' ({hint})"


def identity() -> str:
    """Versions of MoviePy and of what it computes with, for fingerprints; "" where it is not there."""
    if _listed()[1]:
        return ""
    return f"moviepy {version('moviepy')}, pillow {version('pillow')}"


def treated(pictures: Pictures, run: Run, treatments: Sequence[Treatment]) -> Pictures:
    """The pictures with MoviePy's effects, in order, as many and as large as before.

    A picture that comes out in another size is scaled until it covers the frame; what stands over is cut off, and what
    is transparent shows black. Raises MissingError, and RenderError for settings that an effect does not take, for an
    effect that fails and for one that leaves fewer pictures than the run has.
    """
    from scenes.conform import reshape

    base = _clip(pictures, run)
    shown = base
    for treatment in treatments:
        shown = _applied(shown, _effect(treatment, run.seconds, fill=False), treatment.name)
    names = ", ".join(treatment.name for treatment in treatments)
    if shown.duration is not None and shown.duration < run.seconds - 0.5 / run.rate:
        raise RenderError(
            f"{names} of MoviePy leaves {shown.duration:.2f} s of the scene's {run.seconds:.2f} s",
            "make the scene's take longer with `interpolate` or footage, or choose a setting that does not shorten it",
        )
    loose = shown.mask is not None or shown.pos is not base.pos
    laid = _composite([shown], run, names) if loose else shown

    def picture(number: int) -> Frame:
        made = _picture(laid, float(number / run.rate), names)
        return reshape(made, run.width, run.height)

    return picture


def composed(tail: Pictures, head: Pictures, treatment: Treatment, rate: Fraction, frames: int) -> Iterator[Frame]:
    """Yield the `frames` pictures of a transition: one side, with the effect, laid over the other.

    The effect is the head's, over the tail; one whose name ends in `Out` is the tail's, over the head.
    """
    from scenes.conform import reshape

    height, width = tail(0).shape[:2]
    run = Run(frames, width, height, rate)
    leaving = treatment.name.endswith("Out")
    over, under = (_clip(tail, run), _clip(head, run)) if leaving else (_clip(head, run), _clip(tail, run))
    over = _applied(over, _effect(treatment, run.seconds, fill=True), treatment.name)
    laid = _composite([under, over], run, treatment.name, over_first=True)
    for number in range(frames):
        # Between the two ends as the house's own transitions are; this also falls into the time of picture `number`.
        made = _picture(laid, run.seconds * (number + 1) / (frames + 1), treatment.name)
        yield reshape(made, width, height)


def _effect(treatment: Treatment, seconds: float, *, fill: bool) -> Any:
    """MoviePy's effect with the author's settings; with `fill`, a `duration` that is not given is `seconds`."""
    told = trouble(treatment.name)
    if told:
        what, _, remedy = told.partition(" (")
        raise MissingError(what, remedy.removesuffix(")"))
    module = importlib.import_module(f"moviepy.video.fx.{treatment.name}")
    made = getattr(module, treatment.name, None)
    if not (inspect.isclass(made) and issubclass(made, importlib.import_module("moviepy.Effect").Effect)):
        raise MissingError(f"MoviePy has no effect '{treatment.name}'", f"there are {', '.join(effects())}")
    settings = {key: list(value) if isinstance(value, tuple) else value for key, value in treatment.settings}
    known = [name for name in inspect.signature(made).parameters if name != "self"]
    strange = [name for name in settings if name not in known]
    if strange:
        near = difflib.get_close_matches(strange[0], known, n=1, cutoff=0.6)
        hint = f"did you mean '{near[0]}'?" if near else f"it takes {', '.join(known) or 'none'}"
        raise RenderError(f"{treatment.name} of MoviePy has no setting '{strange[0]}'", hint)
    if fill and "duration" in known:
        settings.setdefault("duration", seconds)
    try:
        return made(**settings)
    except Exception as problem:
        hint = f"its settings are {', '.join(known) or 'none'}"
        raise RenderError(f"{treatment.name} of MoviePy refuses its settings: {problem}", hint) from problem


def _clip(pictures: Pictures, run: Run) -> Any:
    """A run of pictures as a clip of MoviePy's."""
    clips = importlib.import_module("moviepy.video.VideoClip")
    rate = float(run.rate)

    def frame_function(seconds: float) -> Frame:
        # MoviePy asks at the beginning of a frame's time, and its sums of seconds may fall just short of it.
        return pictures(min(max(int(seconds * rate + _JITTER), 0), run.frames - 1))

    clip = clips.VideoClip(frame_function, duration=run.seconds)
    return clip.with_fps(rate)


def _applied(clip: Any, effect: Any, name: str) -> Any:
    try:
        return clip.with_effects([effect])
    except Exception as problem:
        raise _failed(name, problem) from problem


def _composite(clips: list[Any], run: Run, name: str, *, over_first: bool = False) -> Any:
    """Clips laid over one another: over the first one, or over black."""
    composition = importlib.import_module("moviepy.video.compositing.CompositeVideoClip")
    ground = {"use_bgclip": True} if over_first else {"bg_color": (0, 0, 0)}
    try:
        return composition.CompositeVideoClip(clips, size=(run.width, run.height), **ground)
    except Exception as problem:
        raise _failed(name, problem) from problem


def _picture(clip: Any, seconds: float, name: str) -> Frame:
    """One picture of a clip as RGB uint8."""
    import numpy as np

    try:
        made = np.asarray(clip.get_frame(seconds))
    except Exception as problem:
        raise _failed(name, problem) from problem
    if made.ndim != 3 or made.shape[2] != 3 or not made.size:
        raise RenderError(
            f"{name} of MoviePy gives no colour picture (its shape is {made.shape})", "use another effect"
        )
    if made.dtype != np.uint8:
        made = np.clip(np.rint(made), 0, 255).astype(np.uint8)
    return np.ascontiguousarray(made)


def _failed(name: str, problem: Exception) -> RenderError:
    told = f"{type(problem).__name__}: {problem}" if str(problem) else type(problem).__name__
    return RenderError(f"{name} of MoviePy failed: {told}", "look at its settings in MoviePy's reference")
