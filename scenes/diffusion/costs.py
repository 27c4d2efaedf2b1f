"""How long a scene will take here: arithmetic over what a card gets through, corrected by scenes that were finished.

Rates are measurements where there are some, else a stated share of what the maker promises. Knows no model's shapes.
"""

from __future__ import annotations

import contextlib
import functools
import math
import os
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, Literal

from projects.programs import probe, run
from scenes.diffusion.flops import cache_folder, keep, read_cache
from storyboard.errors import WorkprintError

PROCESSOR = "processor"
"""What a machine without a card is called."""

_TERA = 1e12

_MEASURED: Mapping[str, tuple[float, float]] = {
    "H100": (411.0, 501.0),
    "A100": (171.0, 191.0),
    "H20": (118.0, 129.0),
    "RTX 4090": (97.0, 97.0),
}
"""TFLOP/s that cards got through in whole runs of Wan 2.2, at 32 760 and at 75 600 tokens, as its makers timed them."""

_MEASURED_AT = (32_760, 75_600)

_PEAKS: Mapping[str, float] = {
    "B200": 2250.0,
    "H200": 989.0,
    "H800": 989.0,
    "H100 PCIe": 756.0,
    "A800": 312.0,
    "L40S": 362.0,
    "L40": 181.0,
    "L4": 121.0,
    "A40": 150.0,
    "A30": 165.0,
    "A10": 125.0,
    "RTX A6000": 155.0,
    "RTX 6000 Ada": 364.0,
    "RTX 5090": 210.0,
    "RTX 5080": 113.0,
    "RTX 5070 Ti": 88.0,
    "RTX 5070": 62.0,
    "RTX 4080": 97.0,
    "RTX 4070 Ti": 80.0,
    "RTX 4070": 58.0,
    "RTX 4060 Ti": 44.0,
    "RTX 4060": 30.0,
    "RTX 3090": 71.0,
    "RTX 3080": 60.0,
    "RTX 3060": 25.0,
    "V100": 125.0,
    "T4": 65.0,
}
"""TFLOP/s that makers promise for dense 16-bit products."""

_SHARE = 0.45
"""Of what is promised: the H100 gets through 0.42 to 0.51 of its 989."""

_UNKNOWN = 30.0
"""TFLOP/s of a card that nobody here knows."""

_LAPTOP = 0.5

_LAUNCHING = 0.02
"""Seconds that a call takes on a card however small it is, for its many small programs to be started (assumed)."""

_OF_PRODUCTS = 0.6
"""How much of the rate of plain products a model gets out of a processor (measured: 0.62 to 0.75)."""

_IMPORTING, _READING = 10.0, 1e9
"""Seconds until the libraries are there, and bytes of weights that are read in one."""

_MOVING = 12e9
"""Bytes a second that go from the host to a card (assumed: half of what the bus promises)."""

_RUNS = 9
"""Finished runs that count."""

_WAIT = 5.0


@dataclass(frozen=True, slots=True)
class Work:
    """What a scene asks of the machine: operations of one call, how many calls, tokens of each, bytes to be loaded.

    `moved` is how many bytes of weights go to the card in each call.
    """

    flops: float
    calls: int
    tokens: int
    weights: int = 0
    moved: int = 0


@dataclass(frozen=True, slots=True)
class Experience:
    """What finished runs of one kind showed: operations a second, and seconds of loading, latest last."""

    rates: tuple[float, ...] = ()
    loading: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Estimate:
    """Seconds of work and of loading, and whether they follow from runs on this machine or from a formula."""

    seconds: float
    loading: float
    source: Literal["formula", "learned"]


Ledger = Mapping[str, Experience]


def estimate(work: Work, card: str, model: str, kind: str, ledger: Ledger, *, loaded: bool = False) -> Estimate:
    """How long a scene takes on a card (`""`: the processor) with a model; `loaded` where it is there already.

    `kind` is what else decides the speed, such as the denoiser's class and how it lies on the card.
    """
    known = ledger.get(_key(card, model, kind), Experience())
    if known.rates:
        working = work.flops * work.calls / median(known.rates)
    else:
        each = work.flops / rate_of(card, work.tokens) + (_LAUNCHING if card else 0.0)
        # Weights move while others work.
        working = work.calls * max(each, work.moved / _MOVING)
    loading = median(known.loading) if known.loading else _IMPORTING + work.weights / _READING
    loading = 0.0 if loaded else loading
    return Estimate(working + loading, loading, "learned" if known.rates else "formula")


def calls_of(steps: int, guidance: float, runs: int = 1) -> int:
    """Calls of a denoiser in so many runs: two for each step where what is unwanted is worked out as well."""
    return runs * steps * (2 if guidance > 1.0 else 1)


def rate_of(card: str, tokens: int) -> float:
    """Operations a second that a card gets through in calls of so many tokens; "" is the processor."""
    if not card or card == PROCESSOR:
        return processor_rate()
    low, high = _rates(card)
    few, many = _MEASURED_AT
    share = min(1.0, max(0.0, (tokens - few) / (many - few)))
    return (low + (high - low) * share) * _TERA


def _rates(card: str) -> tuple[float, float]:
    """TFLOP/s at few and at many tokens of a card by the longest name that its own holds."""
    known = {name: (peak * _SHARE,) * 2 for name, peak in _PEAKS.items()} | dict(_MEASURED)
    held = [name for name in known if _named(name, card)]
    low, high = known[max(held, key=len)] if held else (_UNKNOWN, _UNKNOWN)
    part = _LAPTOP if "laptop" in card.lower() else 1.0
    return low * part, high * part


def _named(name: str, card: str) -> bool:
    """Whether all words of a name stand in a card's own: `H100 PCIe` in `NVIDIA H100 PCIe 80GB`."""
    words = re.split(r"[\s-]+", card.lower())
    return all(word in words for word in name.lower().split())


@functools.cache
def processor_rate() -> float:
    """Operations a second of this processor, from a fifth of a second of plain products."""
    import numpy as np

    side = 768
    square = np.ones((side, side), np.float32)
    np.matmul(square, square)
    done, began = 0, time.perf_counter()
    while (passed := time.perf_counter() - began) < 0.2:
        np.matmul(square, square)
        done += 1
    return max(1e9, _OF_PRODUCTS * done * 2 * side**3 / passed)


def card_here() -> str:
    """The name of the first card by what its driver tells, without any heavy import; "" where there is none.

    `CUDA_VISIBLE_DEVICES` says which one is the first.
    """
    visible = os.environ.get("CUDA_VISIBLE_DEVICES")
    if visible is not None and not re.match(r"\d|GPU|MIG", visible.strip()):
        return ""
    place = probe("nvidia-smi")
    if place is None:
        return ""
    first = ["-i", visible.split(",")[0].strip()] if visible and re.match(r"\d+(,|$)", visible.strip()) else []
    try:
        told = run([place, "--query-gpu=name", "--format=csv,noheader", *first], timeout=_WAIT).stdout.decode(
            "utf-8", "replace"
        )
    except (WorkprintError, OSError):
        return ""
    return next((line.strip() for line in told.splitlines() if line.strip()), "")


def learned(folder: Path | None = None) -> dict[str, Experience]:
    """What finished runs on this machine showed; nothing where nothing was kept, or what was kept is broken."""
    return {
        key: Experience(_figures(one.get("rates")), _figures(one.get("loading")))
        for key, one in read_cache(_place(folder)).items()
        if isinstance(one, dict)
    }


def remember(
    card: str, model: str, kind: str, flops: float, seconds: float, loading: float = 0.0, folder: Path | None = None
) -> None:
    """Keeps what a finished run showed: operations in all, seconds of work without loading, seconds of loading or 0.

    Two processes may do so at once. Where nothing may be written, nothing is learned.
    """
    if not (flops > 0 and seconds > 0 and math.isfinite(flops) and math.isfinite(seconds)):
        return
    from filelock import FileLock, Timeout

    place = _place(folder)
    with contextlib.suppress(OSError, Timeout):
        place.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(place.with_suffix(".lock"), timeout=_WAIT):
            kept = learned(folder)
            key = _key(card, model, kind)
            before = kept.get(key, Experience())
            after = (*before.loading, loading)[-_RUNS:] if loading > 0 and math.isfinite(loading) else before.loading
            kept[key] = Experience((*before.rates, flops / seconds)[-_RUNS:], after)
            told: dict[str, Any] = {
                name: {"rates": list(one.rates), "loading": list(one.loading)} for name, one in kept.items()
            }
            keep(place, told)


def _figures(told: object) -> tuple[float, ...]:
    """Positive finite numbers of a kept list; what else stands there is passed over."""
    listed: Sequence[Any] = told if isinstance(told, list) else ()
    numbers = [float(one) for one in listed if isinstance(one, int | float) and not isinstance(one, bool)]
    return tuple(one for one in numbers if one > 0 and math.isfinite(one))[-_RUNS:]


def _key(card: str, model: str, kind: str) -> str:
    return " | ".join((card or PROCESSOR, model, kind))


def _place(folder: Path | None) -> Path:
    return (folder or cache_folder()) / "learned.json"
