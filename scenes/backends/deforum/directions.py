"""What is done at each frame of a clip: the camera word's move, with what the author wrote under `model:` instead.

Gathers every mistake before a model is loaded. Knows no pictures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from scenes.backends.deforum import cameras
from scenes.backends.deforum.schedules import Clock, read_all
from scenes.backends.deforum.warp import Step
from storyboard.errors import RenderError


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a schedule may come to, and what it is where neither camera nor author say."""

    low: float
    high: float
    usual: float


MOVES: Mapping[str, tuple[str, Bounds]] = MappingProxyType(
    {
        "zoom": ("zoom", Bounds(0.5, 2.0, 1.0)),
        "angle": ("angle", Bounds(-90.0, 90.0, 0.0)),
        "translation_x": ("x", Bounds(-512.0, 512.0, 0.0)),
        "translation_y": ("y", Bounds(-512.0, 512.0, 0.0)),
        "translation_z": ("z", Bounds(-100.0, 100.0, 0.0)),
        "rotation_3d_x": ("tilt", Bounds(-30.0, 30.0, 0.0)),
        "rotation_3d_y": ("turn", Bounds(-30.0, 30.0, 0.0)),
        "rotation_3d_z": ("roll", Bounds(-90.0, 90.0, 0.0)),
    }
)
"""Settings that move the camera: the field of a step that each one is, and its bounds for one frame."""

LEVELS: Mapping[str, Bounds] = MappingProxyType(
    {
        "strength": Bounds(0.0, 1.0, 0.65),
        "noise": Bounds(0.0, 1.0, 0.065),
        "guidance": Bounds(0.0, 30.0, 7.0),
    }
)
"""Settings of what is painted. `strength` is how much of the picture before is kept, as Deforum means it."""

MOST_CADENCE = 16
SETTINGS = (*MOVES, *LEVELS, "cadence")
"""All that may be written; each is a text, or a number that counts at every frame."""

Written = Mapping[str, str | int | float]


@dataclass(frozen=True, slots=True)
class Directions:
    """A clip, frame by frame: all tuples have one entry for each frame."""

    steps: tuple[Step, ...]
    """What leads from the frame before to each frame; the first is not used."""
    strength: tuple[float, ...]
    """How much of the picture before is kept, 0..1."""
    noise: tuple[float, ...]
    guidance: tuple[float, ...]
    cadence: int
    walks: bool
    """Whether distances should be used where they are known: near things pass faster."""
    note: str = ""


def directed(camera: str, clock: Clock, shape: float, seed: int, written: Written) -> Directions:
    """The directions of a clip of that camera word, on a picture of that shape (width / height).

    `written` holds settings by name, as the author wrote them. Raises RenderError with all mistakes.
    """
    texts = {name: _text(name, written[name]) for name in written if name != "cadence"}
    unknown = [name for name in texts if name not in SETTINGS]
    if unknown:
        raise RenderError(f"there is no schedule {unknown[0]!r}", f"there are: {', '.join(SETTINGS)}")
    cadence = _cadence(written.get("cadence", 1))
    values = {name: one.values(clock.frames) for name, one in read_all(texts, clock).items()}
    _look_at(values)
    steps = cameras.steps(camera, clock.frames, clock.rate, shape, seed)
    moves = {
        field: values.get(name, tuple(getattr(step, field) for step in steps)) for name, (field, _) in MOVES.items()
    }
    levels = {name: values.get(name, (bounds.usual,) * clock.frames) for name, bounds in LEVELS.items()}
    own = any(name in values for name in MOVES)
    return Directions(
        steps=tuple(Step(**{field: moves[field][frame] for field in moves}) for frame in range(clock.frames)),
        strength=levels["strength"],
        noise=levels["noise"],
        guidance=levels["guidance"],
        cadence=cadence,
        walks=cameras.COURSES[camera].walks,
        note="" if own else cameras.NOTES.get(camera, ""),
    )


def denoising(keep: float, steps: int) -> float:
    """The part of a model's steps that is run so that `keep` (0..1) of a picture stays: never less than one step.

    Diffusers counts what is painted over, not what is kept, cuts the number of steps off, and fails at none.
    """
    run = max(1, int(steps * (1.0 - keep) + 1e-6))
    return min(1.0, (run + 1e-3) / steps)


def _text(name: str, written: str | int | float) -> str:
    if isinstance(written, bool):
        raise RenderError(f"the schedule {name!r} is {written}", "write a number, or frames with their values: 0:(1)")
    return written if isinstance(written, str) else repr(written)


def _cadence(written: str | int | float) -> int:
    told = str(written).strip()
    if isinstance(written, bool) or not (told.isascii() and told.isdigit() and 1 <= int(told[:9]) <= MOST_CADENCE):
        raise RenderError(f"the cadence is {written!r}", f"write a whole number from 1 to {MOST_CADENCE}")
    return int(told)


def _look_at(values: Mapping[str, tuple[float, ...]]) -> None:
    """Raise RenderError for every schedule that leaves its bounds, with the frame where it is farthest out."""
    wrong = []
    for name, row in values.items():
        bounds = MOVES[name][1] if name in MOVES else LEVELS[name]
        out = [max(bounds.low - value, value - bounds.high) for value in row]
        worst = max(range(len(row)), key=out.__getitem__)
        if out[worst] > 0:
            told = f"{row[worst]:g} at frame {worst}"
            wrong.append(f"the schedule {name!r} comes to {told}; keep it within {bounds.low:g} to {bounds.high:g}")
    if wrong:
        raise RenderError("\n".join(wrong), "clip(value, low, high) keeps a formula within bounds")
