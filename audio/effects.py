"""The step that makes one effect or ambience of any length from its name and a seed.

Nothing is looped and nothing is loaded: the sounds are synthesised. What a level means is settled here: at 0 dB an
ambience is as loud as a voice, and so is the loudest moment of a single sound. Knows no scene.
"""

from __future__ import annotations

import difflib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from itertools import zip_longest
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from audio.voice import RATE, Samples
from projects.steps import Json, Work
from storyboard.errors import InterruptedRender, RenderError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

VOICE = -20.0
"""LUFS of a levelled voice, and of an ambience at 0 dB."""

LOUDEST = -16.0
"""LUFS of the loudest 0.4 s of a single sound at 0 dB: what the loud words of such a voice come to."""

_CORRECTED = 3.0
"""The most dB by which an ambience's gain leaves its usual one: a moment without birds must not raise the air."""

_KNEE, _TOP = 0.6, 0.89
"""Amplitudes from which peaks are rounded, and which they never exceed (-1 dBFS): no crackle decides a level."""

_UNHEARD = -60.0
"""LUFS below which nothing of a single sound is there yet."""

_HEADROOM = 0.1
_PIECE = 30 * RATE


@dataclass(frozen=True, slots=True)
class Ambience:
    """Where a sound that goes on is made, how loud it comes in the long run (LUFS), and what it must have heard before.

    `early` are the seconds of it that echo, filters or long strokes reach on.
    """

    module: str
    lufs: float
    early: float = 0.2


AMBIENCES: Mapping[str, Ambience] = MappingProxyType(
    {
        "wind": Ambience("weather", -4.7),
        "leaves": Ambience("weather", -12.8),
        "rain": Ambience("weather", -13.5),
        "drizzle": Ambience("weather", -22.4),
        "rain on roof": Ambience("weather", -22.1),
        "storm": Ambience("weather", -9.7),
        "snow": Ambience("weather", -21.9),
        "sea": Ambience("water", -10.1),
        "stream": Ambience("water", -19.0),
        "cave": Ambience("water", -31.7, 3.8),
        "fire": Ambience("fire", -28.0),
        "birds": Ambience("birds", -16.7, 1.6),
        "crickets": Ambience("night", -27.2, 0.6),
        "night": Ambience("night", -36.6, 2.0),
        "crowd": Ambience("crowd", -31.0, 3.4),
        "city": Ambience("town", -24.8, 1.5),
        "room": Ambience("town", -20.8),
        "train": Ambience("town", -22.8, 0.6),
        "footsteps": Ambience("steps", -25.6, 1.4),
    }
)
"""Sounds that go on for as long as asked, each a function of this name in a module of `audio.foley`."""

EVENTS: Mapping[str, tuple[str, float]] = MappingProxyType(
    {
        "thunder": ("thunder", 8.0),
        "thud": ("events", 1.6),
        "bell": ("events", 7.5),
        "door": ("events", 2.6),
    }
)
"""Sounds that happen once, with their natural length in seconds; longer requests end in silence."""


@dataclass(frozen=True, slots=True)
class EffectRequest:
    """One effect by canonical name, its length in samples and its seed.

    Footsteps may be given the samples at which feet land (`times`), how hard each does (`strengths`, 1 is a walk) and
    where (`places`, -1 left to 1 right); they are then just these steps. `surface` is the ground: a key of
    `audio.foley.steps.GROUNDS`, "" for trodden earth.
    """

    effect: str
    samples: int
    seed: int = 0
    times: tuple[int, ...] = ()
    strengths: tuple[float, ...] = ()
    places: tuple[float, ...] = ()
    surface: str = ""


def natural_length(effect: str) -> int:
    """The samples that an event lasts by itself; 0 for a sound that goes on for as long as asked."""
    return round(EVENTS[effect][1] * RATE) if effect in EVENTS else 0


def make_effect(request: EffectRequest, work: Work, out: Path) -> Json:
    """Makes an effect as a 48 kHz stereo WAV of exactly `request.samples` at `out`, at the loudness of its kind.

    Ambiences come to `VOICE`, single sounds to `LOUDEST`, steps of strength 1 to `VOICE` each; peaks stay under
    -1 dBFS. Facts: `samples`, `lufs`, `effect`. Raises RenderError for what is not known, InterruptedRender when
    the work is stopped.
    """
    from audio.signal import loudness, wavefile

    _refuse_unknown(request)
    known = 0.0 if request.effect in EVENTS else VOICE - AMBIENCES[request.effect].lufs
    usual = 0.0 if request.times else known
    meter = loudness.Meter(2)
    draft = out.with_name(out.name + ".draft")
    with wavefile.writing(draft, 2) as sink:
        for start in range(0, request.samples, _PIECE):
            if work.cancelled():
                raise InterruptedRender("making an effect was stopped")
            block = _piece(request, start) * _factor(usual)
            meter.feed(block)
            sink.write(block * _factor(0.0, _HEADROOM))
            work.progress(0.8 * (start + len(block)) / request.samples)
    correction = _correction(request, meter.energies(), meter.result().integrated)
    heard = loudness.Meter(2)
    with wavefile.writing(out, 2) as sink:
        for start in range(0, request.samples, _PIECE):
            drafted = wavefile.read(draft, start, min(_PIECE, request.samples - start))
            block = held(drafted * _factor(correction, 1.0 / _HEADROOM))
            heard.feed(block)
            sink.write(block)
    draft.unlink()
    work.progress(1.0)
    return {"samples": request.samples, "lufs": round(heard.result().integrated, 2), "effect": request.effect}


def _factor(decibels: float, times: float = 1.0) -> np.float32:
    import numpy as np

    return np.float32(times * 10 ** (decibels / 20))


def _correction(request: EffectRequest, energies: NDArray[np.float64], found: float) -> float:
    """The dB that bring a draft to the loudness of its kind."""
    if request.times:
        return 0.0
    if request.effect in AMBIENCES:
        return min(_CORRECTED, max(-_CORRECTED, VOICE - found))
    if len(energies):
        found = loudest(energies)
    # What was cut off before it could be heard stays as it is.
    return LOUDEST - found if found > _UNHEARD else 0.0


def loudest(energies: NDArray[np.float64]) -> float:
    """LUFS of the loudest 0.4 s of a sound, by its mean squares of each 0.1 s (n,), n at least 1."""
    import numpy as np

    moments = np.convolve(energies, np.full(4, 0.25))
    return 10 * float(np.log10(max(1e-12, moments.max()))) - 0.691


def held(sound: Samples) -> Samples:
    """The sound with peaks beyond the knee rounded off; a function of each sample alone."""
    import numpy as np

    size = np.abs(sound)
    room = _TOP - _KNEE
    over = size > _KNEE
    held = sound.copy()
    held[over] = np.sign(sound[over]) * (_KNEE + room * np.tanh((size[over] - _KNEE) / room))
    return held


def _refuse_unknown(request: EffectRequest) -> None:
    from audio.foley.steps import GROUNDS

    known = (*AMBIENCES, *EVENTS)
    if request.effect not in known:
        raise RenderError(f"there is no effect {request.effect!r}", _near(request.effect, known))
    if request.surface and request.surface not in GROUNDS:
        raise RenderError(f"there are no footsteps on {request.surface!r}", _near(request.surface, tuple(GROUNDS)))
    if request.samples <= 0:
        raise RenderError(f"the effect {request.effect!r} has no length", "give it a length, or start it earlier")


def _near(word: str, known: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(word, known, n=1)
    return f"{f'did you mean {near[0]!r}? ' if near else ''}there are: {', '.join(sorted(known))}"


def _piece(request: EffectRequest, start: int) -> Samples:
    """The effect's samples from `start` up to the next piece: a window of one endless sound, so that no seam is."""
    import numpy as np

    from audio.foley import steps
    from audio.foley.stretch import Stretch

    count = min(_PIECE, request.samples - start)
    # Two effects of one scene must not share their chance.
    own = Stretch(zlib.crc32(f"{request.effect} {request.seed}".encode()), start, count)
    if request.effect in EVENTS:
        module, _ = EVENTS[request.effect]
        once = natural_length(request.effect)
        if start >= once:
            return np.zeros((count, 2), np.float32)
        sound: Samples = getattr(import_module(f"audio.foley.{module}"), request.effect)(own)
        return ended(sound[:once]) if count <= once else np.pad(ended(sound[:once]), ((0, count - once), (0, 0)))
    kind = AMBIENCES[request.effect]
    early = own.before(kind.early)
    if request.effect == "footsteps":
        surface = request.surface or "earth"
        made = steps.walked(early, _steps(request), surface) if request.times else steps.footsteps(early, surface)
    else:
        maker = getattr(import_module(f"audio.foley.{kind.module}"), request.effect.replace(" ", "_"))
        made = maker(early)
    sound = made[early.count - count :]
    sound = started(sound) if start == 0 and not request.times else sound
    return ended(sound) if start + count == request.samples else sound


def _steps(request: EffectRequest) -> list[tuple[int, float, float]]:
    """The steps asked for, each with its strength and place."""
    told = zip_longest(request.times, request.strengths[: len(request.times)])
    places = (*request.places, *(0.0,) * len(request.times))
    return [(at, 1.0 if hard is None else hard, place) for (at, hard), place in zip(told, places, strict=False)]


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
