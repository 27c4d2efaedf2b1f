"""One run of a pipeline: seeded, told of its progress, stopped within a step; its pictures checked and made 8-bit.

Knows no family and no files.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from scenes.backend import ClipSound, Guide
from storyboard.errors import InterruptedRender, RenderError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image

    Pictures = NDArray[np.uint8]
    """Frames in a row: (n, height, width, 3), RGB."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of a model is to make. `pictures` are [place in 0..1, picture] of the run's own size.

    `words` is how the pipeline is told what to make: `prompt` and `negative_prompt`, or what its reader made of them.
    """

    words: Mapping[str, Any]
    width: int
    height: int
    frames: int
    rate: float
    steps: int
    guidance: float
    seed: int
    pictures: Sequence[tuple[float, Image]] = ()
    references: Sequence[Image] = ()
    """Pictures of the scene's characters."""
    schedule: Sequence[tuple[float, str]] = ()
    """The prompt at places in 0..1 of the run, for models that follow several in one run; empty for one prompt."""
    guides: Callable[[Guide, Sequence[int]], Sequence[Image]] | None = None
    """Pictures of the painter's stage at frames of the run, of its size."""
    told: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """As `words`, of every prompt of the scene."""
    asked: Mapping[str, Any] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)
    """What a family has read from the scene for its own runs."""

    @property
    def start(self) -> Image | None:
        """The picture that it begins with."""
        return next((picture for at, picture in self.pictures if at == 0.0), None)

    @property
    def end(self) -> Image | None:
        """The picture that it ends on."""
        return next((picture for at, picture in self.pictures if at == 1.0), None)


@dataclass(frozen=True, slots=True)
class Made:
    """What a run gave: frames, and sound where the model makes some."""

    frames: Pictures
    sound: ClipSound | None = None


@dataclass(slots=True)
class Steps:
    """Counts the steps of all runs of a clip; passes progress on and stops where somebody asks for it."""

    runs: int
    steps: int
    report: Callable[[float], None]
    cancelled: Callable[[], bool]
    run: int = 0

    def look(self) -> None:
        """Raise InterruptedRender where the work is stopped."""
        if self.cancelled():
            raise InterruptedRender("stopped while a model was at work", "run again; the scene begins anew")

    def after(self, step: int) -> None:
        """One step of the present run is done; raises InterruptedRender where the work is stopped."""
        self.look()
        # The last hundredth is left for decoding.
        self.report(0.99 * (self.run + min(1.0, (step + 1) / max(1, self.steps))) / self.runs)

    def callback(self, _pipe: Any, step: int, _timestep: Any, tensors: dict[str, Any]) -> dict[str, Any]:
        """What pipelines call as `callback_on_step_end`."""
        self.after(step)
        return tensors


@contextmanager
def seeded(seed: int) -> Iterator[Any]:
    """A generator on the processor, the same noise whatever device works; other dice stay as they were."""
    import torch

    with torch.no_grad(), torch.random.fork_rng(devices=range(torch.cuda.device_count())):
        torch.manual_seed(seed)
        yield torch.Generator("cpu").manual_seed(seed)


@contextmanager
def told_in_words(title: str) -> Iterator[None]:
    """Errors of a model's library as RenderErrors with a remedy; memory that runs out has one of its own."""
    try:
        yield
    except (MemoryError, RuntimeError, ValueError, TypeError, IndexError, KeyError, AttributeError) as reason:
        first = str(reason).strip().split("\n", 1)[0][:300]
        if isinstance(reason, MemoryError) or "out of memory" in first:
            raise RenderError(
                f"there is not enough memory for {title} at this size and length",
                "write a smaller `width:` and `height:` under `model:`, or split the scene",
            ) from reason
        raise RenderError(
            f"{title} failed: {type(reason).__name__}: {first}", "its weights may belong to another backend"
        ) from reason


def as_pictures(frames: Any, run: Run) -> Pictures:
    """A model's frames, floats in 0..1 or 8-bit as (n, h, w, 3) or a list, as 8-bit pictures of the run's size.

    Raises RenderError where the count or size is another, where values are not finite, or all of it is black.
    """
    import numpy as np

    count = len(frames)
    if count < run.frames:
        raise RenderError(f"the model made {count} frames where {run.frames} were due", _REPORT)
    made = np.empty((run.frames, run.height, run.width, 3), np.uint8)
    for number in range(run.frames):
        whole = getattr(frames[number], "dtype", None) == np.uint8
        frame: Any = np.asarray(frames[number], np.uint8 if whole else np.float32)
        if frame.shape != made.shape[1:]:
            raise RenderError(f"the model made a frame of {frame.shape} where {made.shape[1:]} was due", _REPORT)
        if not np.isfinite(frame).all():
            raise RenderError(
                "the model gave numbers that are no colours",
                "write `precision: float32` under `model:`, or fewer steps",
            )
        made[number] = frame if whole else np.clip(frame * 255.0 + 0.5, 0.0, 255.0)
    if not made.any():
        raise RenderError("the model gave only black", "write another seed or prompt, or `precision: float32`")
    return made


_REPORT = "this is a fault of workprint or of the model's library; report it"
