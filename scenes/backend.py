"""The contract between the film and whatever makes one clip.

A backend is one self-contained file or folder, found by entry point `workprint.clips`. It says what it can do as data,
turns a request into a plan it can honour (or refuses with a remedy), and yields frames or, where they are coded
already, a file. Knows no other scene and no sound.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias, runtime_checkable

from scenes.window import Window
from storyboard.errors import RenderError
from storyboard.film import Scene

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Frame: TypeAlias = "NDArray[np.uint8]"
"""One picture: height x width x 3, RGB, full range 0..255, sRGB transfer, BT.709 primaries."""

ClipSound: TypeAlias = "tuple[NDArray[np.float32], int]"
"""Samples (n,) or (n, 2), full scale -1..1, and how many of them a second."""


@dataclass(frozen=True, slots=True)
class Speech:
    """When somebody speaks inside the clip, in frames from the clip's start (`last` exclusive).

    `mouth` holds one opening per frame in 0..1, from the loudness of that line.
    """

    who: str
    first: int
    last: int
    mouth: tuple[float, ...] = ()
    emotion: str = "neutral"


@dataclass(frozen=True, slots=True)
class ClipRequest:
    """Everything that may influence one take of one scene on one canvas."""

    scene: Scene
    prompt: str
    negative: str
    frames: int
    rate: Fraction
    width: int
    height: int
    seed: int
    take: int
    draft: bool = False
    speech: tuple[Speech, ...] = ()
    files: Mapping[str, Path] = field(default_factory=dict)
    """The author's files by project-relative path (as the scene names them) -> absolute path."""
    characters: tuple[str, ...] = ()
    """Ids of the film's characters, in order, up to the last one of this scene.

    A palette may key on their places, so that people stay apart in all scenes.
    """
    unsaid: tuple[str, ...] = ()
    """What the prompt had no room for, by name (`camera`, `weather` ...)."""
    schedule: tuple[tuple[Fraction, str], ...] = ()
    """The prompt of each written moment at its place in 0..1, where there are two or more."""
    words: Path | None = None
    """What the backend's own reader made of the prompts beforehand, where it has one."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a backend can honour, as data; reading it loads nothing heavy."""

    name: str
    summary: str
    makes: Literal["drawn", "photographed", "generated"]
    """`generated` gets the AI label in the film's metadata."""
    needs: frozenset[str] = frozenset()
    """What a scene must have: `keyframes`, `clip`, `prompt`."""
    native_aspects: bool = False
    """True where the picture is composed for each aspect rather than cropped."""
    max_frames: int = 0
    """0 is no limit."""
    uses_speech: bool = False
    uses_seed: bool = True
    hosted: bool = False
    makes_sound: bool = False
    """Whether its clips may bring sound of their own."""
    prompt_tokens: int = 0
    """What it reads of a prompt, in tokens of its text encoder; 0 leaves the length to the house."""
    reads_ahead: bool = False
    """Whether prompts are encoded in a step of their own (see ReadsWords), before any picture is made."""
    takes: frozenset[str] = frozenset()
    """What else of its characters it can use: `references` (their pictures), `lora` (small weights of their own).

    `headroom` keeps their heads out of what lies over the picture (`scenes.headroom`).
    """


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a backend cannot work here, and what mends it."""

    what: str
    fix: str


@dataclass(frozen=True, slots=True)
class ClipPlan:
    """What the backend will really make: a count, size and rate that it allows, of which `keep` frames are used."""

    frames: int
    keep: int
    width: int
    height: int
    rate: Fraction
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cost:
    """What a plan will cost. `money` is in US dollars, 0 for everything that runs here.

    `memory_mb` is of the host, `vram_mb` of the graphics card, `disk_mb` what a model's weights take.
    """

    seconds: float
    memory_mb: float = 0.0
    money: float = 0.0
    vram_mb: float = 0.0
    disk_mb: float = 0.0
    source: Literal["formula", "learned"] = "formula"


@dataclass(slots=True)
class Clip:
    """What a backend hands over: frames in order, and what it has to say about them.

    A frame may also come as the film is coded: (h * 3 / 2, w) uint8, the planes Y, U and V (4:2:0) in a row, BT.709 in
    limited range. It is then written without a detour through RGB wherever nothing has to be done to it.

    `facts` may hold `not_drawn` (words understood but not drawn, or not understood), `notes`, `model`, `licence`.
    It is complete only after the last frame was taken.

    Where the frames exist as H.264 already, coded as a take is (8-bit 4:2:0, BT.709 in limited range, closed groups),
    `coded` writes them to a path as an mp4 timed like those of `scenes.frames.write_film`. It is called instead of
    `frames` being read, never besides, and only where nothing has to be done to any frame. Its pictures have the
    plan's size, or they are larger or smaller and `window` says which part of them fills the canvas whenever the take
    is shown; key frames at most two seconds apart keep every part of it within reach.

    A model that makes sound with its pictures hands it over in `sound`, beginning with the first frame.
    """

    frames: Iterator[Frame]
    width: int
    height: int
    rate: Fraction
    facts: dict[str, Any] = field(default_factory=dict)
    coded: Callable[[Path], None] | None = None
    window: Window | None = None
    sound: ClipSound | None = None


class Refusal(RenderError):
    """The backend cannot honour the request; the hint says what would make it possible."""


@runtime_checkable
class LoadsWeights(Protocol):
    """A maker of clips whose weights lie on this machine: they are files of its steps, so that they decide too."""

    def weights(
        self, settings: Sequence[tuple[str, str | int | float | bool]], project: Path | None
    ) -> dict[str, Path]:
        """The files that a scene's `model:` means, by name; raises MissingError with the line that fetches them."""


@runtime_checkable
class MadeOfOthers(Protocol):
    """A maker of clips that has other installed ones make them, one after the other."""

    def made_of(self, settings: Sequence[tuple[str, str | int | float | bool]]) -> tuple[str, ...]:
        """Their names for a scene with such a `model:`, the one that makes the clip last; Refusal where one is not."""


@dataclass(frozen=True, slots=True)
class WordsRequest:
    """Prompts of a scene that a backend's reader is to encode: `model` says whose, as the scene does."""

    backend: str
    prompts: tuple[str, ...]
    negative: str
    model: tuple[tuple[str, str | int | float | bool], ...] = ()


@runtime_checkable
class ReadsWords(Protocol):
    """A maker of clips whose model encodes prompts beforehand: its reader is gone when pictures are made."""

    def reading(self, request: ClipRequest) -> WordsRequest:
        """What is to be encoded for a scene: only what decides the result."""

    def reading_files(self, weights: Mapping[str, Path]) -> dict[str, Path]:
        """Those of the files of its weights that the reader needs, by the same names."""

    def encode(self, asked: WordsRequest, files: Mapping[str, Path], out: Path) -> Mapping[str, Any]:
        """Write what the reader makes of the prompts to `out`; gives facts (`notes`)."""


Guide = Literal["layout", "depth", "pose", "lines", "scribble"]
"""What a picture of a staged scene shows: all of it as painted, how near each point is (white is near), the skeletons
of its people, its outlines as an edge detector finds them, or the same in a few broad strokes."""


@runtime_checkable
class StagesScenes(Protocol):
    """A maker of clips that can show how it would stage a scene, for models that are to keep that staging."""

    def guides(self, request: ClipRequest, guide: Guide, frames: Sequence[int]) -> Iterator[Frame]:
        """Those frames of the request's clip, of its size, as pictures of that kind. Same request, same bytes."""


class ClipBackend(Protocol):
    """A maker of clips."""

    def capabilities(self) -> Capabilities:
        """What it can do, without heavy imports."""

    def check(self) -> Sequence[Problem]:
        """What stands in its way on this machine; empty when it can work. Touches no network."""

    def quantise(self, request: ClipRequest) -> ClipPlan:
        """The nearest plan it can honour; raises Refusal rather than dropping a part of the request."""

    def estimate(self, request: ClipRequest, plan: ClipPlan) -> Cost:
        """What the plan of this request will cost."""

    def identity(self) -> str:
        """Versions of everything that can change a pixel."""

    def prepare(self, plans: Sequence[ClipPlan]) -> None:
        """Load once for a batch; may do nothing."""

    def release(self) -> None:
        """Give memory back; may do nothing."""

    def generate(
        self, request: ClipRequest, plan: ClipPlan, progress: Callable[[float], None], cancelled: Callable[[], bool]
    ) -> Clip:
        """Make the clip: exactly `plan.frames` frames of the plan's size. Same request, same bytes."""
