"""The step that makes one effect or ambience of any length from its name and a seed.

Nothing is looped and nothing is loaded: the sounds are synthesised. Knows no scene.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from audio.voice import RATE, Samples
from projects.steps import Json, Work
from storyboard.errors import InterruptedRender, RenderError

if TYPE_CHECKING:
    import numpy as np

_PEAK = 10 ** (-3 / 20)
_PIECE = 30 * RATE
_OVERLAP = 2 * RATE

AMBIENCES: Mapping[str, str] = MappingProxyType(
    {
        "wind": "weather",
        "rain": "weather",
        "storm": "weather",
        "sea": "weather",
        "stream": "weather",
        "snow": "weather",
        "fire": "places",
        "birds": "places",
        "crickets": "places",
        "city": "places",
        "crowd": "places",
        "room": "places",
        "night": "places",
        "cave": "places",
        "train": "places",
        "footsteps": "events",
    }
)
"""Sounds that go on for as long as asked, each a function of this name in a module of `audio.foley`."""

EVENTS: Mapping[str, tuple[str, float]] = MappingProxyType(
    {
        "thunder": ("weather", 7.0),
        "thud": ("events", 1.6),
        "bell": ("events", 6.5),
        "door": ("events", 2.4),
    }
)
"""Sounds that happen once, with their natural length in seconds; longer requests end in silence."""


@dataclass(frozen=True, slots=True)
class EffectRequest:
    """One effect by canonical name, its length in samples and its seed."""

    effect: str
    samples: int
    seed: int = 0


def natural_length(effect: str) -> int:
    """The samples that an event lasts by itself; 0 for a sound that goes on for as long as asked."""
    return round(EVENTS[effect][1] * RATE) if effect in EVENTS else 0


def make_effect(request: EffectRequest, work: Work, out: Path) -> Json:
    """Makes an effect as a 48 kHz stereo WAV of exactly `request.samples` at `out`, peak -3 dBFS.

    Facts: `samples`, `lufs`, `effect`. Raises RenderError for a name that is not known.
    """
    import numpy as np

    from audio import loudness, wavefile

    _refuse_unknown(request)
    starts = range(0, request.samples, _PIECE) if request.effect in AMBIENCES else range(1)
    peak = 0.0
    meter = loudness.Meter(2)
    draft = out.with_name(out.name + ".draft")
    with wavefile.writing(draft, 2) as sink:
        carried = np.zeros((0, 2), np.float32)
        for number, start in enumerate(starts):
            if work.cancelled():
                raise InterruptedRender("making an effect was stopped")
            block, carried = _piece(request, number, start, carried)
            peak = max(peak, float(np.abs(block).max(initial=0.0)))
            sink.write(block * np.float32(_SAFE))
            work.progress(0.8 * min(1.0, (start + len(block)) / request.samples))
    gain = np.float32(_PEAK / (_SAFE * peak)) if peak > 0 else np.float32(1.0)
    with wavefile.writing(out, 2) as sink:
        for start in range(0, request.samples, _PIECE):
            block = wavefile.read(draft, start, min(_PIECE, request.samples - start)) * gain
            meter.feed(block)
            sink.write(block)
    draft.unlink()
    work.progress(1.0)
    return {"samples": request.samples, "lufs": round(meter.result().integrated, 2), "effect": request.effect}


_SAFE = 0.05
"""What keeps the draft under full scale before its peak is known; 24 bits have room enough."""


def _refuse_unknown(request: EffectRequest) -> None:
    known = (*AMBIENCES, *EVENTS)
    if request.effect not in known:
        near = difflib.get_close_matches(request.effect, known, n=1)
        suggestion = f"did you mean {near[0]!r}? " if near else ""
        listing = ", ".join(sorted(known))
        raise RenderError(f"there is no effect {request.effect!r}", f"{suggestion}there are: {listing}")
    if request.samples <= 0:
        raise RenderError(f"the effect {request.effect!r} has no length", "give it a length, or start it earlier")


def _maker(effect: str) -> Callable[[int, np.random.Generator], Samples]:
    """What makes so many samples of the effect from dice."""
    module = EVENTS[effect][0] if effect in EVENTS else AMBIENCES[effect]
    maker: Callable[[int, np.random.Generator], Samples] = getattr(import_module(f"audio.foley.{module}"), effect)
    return maker


def _piece(request: EffectRequest, number: int, start: int, carried: Samples) -> tuple[Samples, Samples]:
    """The effect's samples from `start` up to the next piece, and what overlaps into that.

    Pieces are independent sounds of one kind, faded into each other at equal power.
    """
    import numpy as np

    dice = np.random.default_rng([request.seed & 0xFFFFFFFF, number])
    maker = _maker(request.effect)
    if request.effect in EVENTS:
        once = ended(maker(min(request.samples, natural_length(request.effect)), dice))
        return np.pad(once, ((0, request.samples - len(once)), (0, 0))), carried
    more = start + _PIECE < request.samples
    count = min(_PIECE, request.samples - start) + (_OVERLAP if more else 0)
    # The first tenth of a second belongs to the filters' settling.
    settle = 0 if request.effect == "footsteps" else RATE // 10
    sound = maker(count + settle, dice)[settle:]
    if len(carried):
        join = min(len(carried), len(sound))
        turn = np.linspace(0.0, 0.5 * np.pi, _OVERLAP, dtype=np.float32)[:join, None]
        sound[:join] = sound[:join] * np.sin(turn) + carried[:join] * np.cos(turn)
    if number == 0:
        sound = started(sound)
    if not more:
        return ended(sound), sound[:0]
    return sound[:_PIECE], sound[_PIECE:]


def started(sound: Samples) -> Samples:
    """The sound with its first 10 ms faded in."""
    import numpy as np

    ramp = np.minimum(1.0, np.arange(len(sound), dtype=np.float32) / np.float32(0.01 * RATE))
    faded: Samples = sound * ramp[:, None]
    return faded


def ended(sound: Samples) -> Samples:
    """The sound with its last 30 ms (or less of a short one) faded out."""
    import numpy as np

    length = max(1, min(round(0.03 * RATE), len(sound) // 4))
    ramp = np.minimum(1.0, np.arange(len(sound), dtype=np.float32)[::-1] / np.float32(length))
    faded: Samples = sound * ramp[:, None]
    return faded
