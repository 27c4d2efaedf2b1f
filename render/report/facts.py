"""What the page of a film tells, as plain frozen data: gathered by `gather`, drawn by `drawing`, set by `page`.

Pictures are bytes of WebP. Times are frames of the film and samples at 48 kHz. Knows neither the disk nor HTML.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Stretch:
    """Something on a lane of the timeline, from frame `first` to `last` (exclusive)."""

    title: str
    first: int
    last: int
    kind: str = ""
    """What it is drawn as: scene, join, line, music, sound."""


@dataclass(frozen=True, slots=True)
class Lane:
    """One lane of the timeline, its stretches in the order of time."""

    title: str
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class TakeFacts:
    """One take: its pictures (one or more), and what is told under them."""

    number: int
    seed: int
    in_use: bool
    pictures: tuple[bytes, ...]
    backend: str = ""


@dataclass(frozen=True, slots=True)
class SceneFacts:
    """One scene of the sheet. `standing` is current, stale or missing; `prompt` is what was sent."""

    id: str
    first: int
    frames: int
    backend: str
    camera: str
    take: int
    prompt: str
    standing: str
    pictures: tuple[bytes, ...]
    others: tuple[TakeFacts, ...] = ()
    """All takes, where there is more than one."""


@dataclass(frozen=True, slots=True)
class CaptionFacts:
    """One caption; `speed` is characters a second."""

    speaker: str
    text: str
    first: int
    last: int
    speed: float
    hurried: bool


@dataclass(frozen=True)
class SoundFacts:
    """The sound of the film: the lowest and highest sample of each column (float32, -1..1), and its loudness.

    `short_term` is the loudness of three seconds around each tenth of a second, LUFS; -inf where it is silent.
    """

    low: NDArray[np.float32]
    high: NDArray[np.float32]
    short_term: NDArray[np.float64]
    target: float
    integrated: float | None
    peak: float | None


@dataclass(frozen=True, slots=True)
class CutFacts:
    """One cut of the film: where it lies beside the page ("" where it is not made), and what was measured of it."""

    shape: str
    file: str
    width: int
    height: int
    report: Mapping[str, Any]
    pictures: tuple[bytes, ...] = ()
    """One picture a scene; none for the main cut, whose pictures stand with the scenes."""
    source: str = ""
    """How it came about, as its own manifest says: a term of IPTC's digital source types; "" without a manifest."""
    seal: str = ""
    """What its manifest is worth: trusted, valid (signed, by nobody on a trust list), invalid; "" without one."""


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A file that was delivered beside the film: its name, and how the page links to it."""

    name: str
    link: str


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """What stands on one receipt: short pairs for people, and all of it as JSON text."""

    title: str
    pairs: tuple[tuple[str, str], ...]
    whole: str


@dataclass(frozen=True)
class ReportFacts:
    """Everything that the page tells."""

    title: str
    author: str
    language: str
    rate: Fraction
    frames: int
    exact: bool
    cuts: tuple[CutFacts, ...]
    scenes: tuple[SceneFacts, ...]
    lanes: tuple[Lane, ...]
    captions: tuple[CaptionFacts, ...]
    sound: SoundFacts | None
    warnings: tuple[str, ...]
    receipts: tuple[ReceiptFacts, ...]
    credits: tuple[str, ...] = ()
    files: tuple[FileFacts, ...] = ()
    """What was delivered beside the film: captions, credits, receipts, stems."""
