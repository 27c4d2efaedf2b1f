"""The sound of a film in chunks: mixed and measured, levelled as one, coded, and heard again.

Changing a line makes the chunks again in which it is heard, and no others, unless the whole film has to become louder
or softer. Plans only; where what is heard comes from is told by `sound`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from audio.mixing import ducking, encode, level
from audio.mixing.grid import CHUNK, MixRequest, chunks
from projects.history import History
from projects.steps import Artifact, Step
from projects.store import Store
from render.identity import sound_identity
from render.listening import HeardRequest, PlannedMark, combined
from render.sound import Mark, Soundtrack
from scenes.frames import coder_identity
from storyboard.time import SAMPLE_RATE

CEILINGS = ((96_000, -1.8), (64_000, -2.8), (0, -4.0))
"""Highest true peaks of the mix in dBTP, each from so many bits per second on: fewer bits make higher peaks of it, and
the coded film is to stay under -1."""

MISS = 0.24
"""LU by which the coded film may miss its loudness before its gain is moved: dense noise grows softer in AAC."""


@dataclass(frozen=True, slots=True)
class Level:
    """The film's gain in dB.

    It is an estimate while not all of its mixes are measured. `heard` is true where nothing that is heard afterwards
    can move it any more.
    """

    gain_db: float
    exact: bool
    heard: bool = False
    foreseen: float = 0.0
    """What the film should measure with it before it is coded, LUFS."""
    evidence: tuple[str, ...] = ()
    """Fingerprints of what was heard to settle it: without them it would have to be found anew."""


@dataclass(frozen=True)
class Chunked:
    """A soundtrack cut into chunks."""

    track: Soundtrack

    @cached_property
    def requests(self) -> tuple[MixRequest, ...]:
        """How each chunk is mixed."""
        return tuple(chunks(self.track.samples, self.track.cues, ducking.joined(self.track.speech)))

    @property
    def ceiling(self) -> float:
        """The highest true peak of the mix in dBTP."""
        return next(ceiling for bits, ceiling in CEILINGS if self.track.bits >= bits)

    def names(self, kind: str) -> tuple[str, ...]:
        """The names of the steps of a kind (`mix`, `sound`, `heard`), in order."""
        tag = f":{self.track.scene}" if self.track.scene else ""
        return tuple(f"{kind}:{number:04}{tag}" for number in range(len(self.requests)))

    @cached_property
    def mixes(self) -> tuple[Step, ...]:
        """The steps that mix and measure each chunk, with those that make what is heard in it."""
        measured = (
            Step(
                name=name,
                kind="mix",
                call="audio.mixing.mix:measure_mix",
                request=request,
                inputs=_inputs(request),
                suffix=".json",
                scene=self.track.scene,
                label=f"mix {_clock(number)}",
                cost=request.samples / SAMPLE_RATE / 60,
                identity=sound_identity(),
            )
            for number, (name, request) in enumerate(zip(self.names("mix"), self.requests, strict=True))
        )
        return (*self.track.steps, *measured)

    def coded(self, gain_db: float) -> tuple[Step, ...]:
        """The steps that code each chunk with the film's gain, and those that listen to the film's."""
        codes = [encode.CodeRequest(one, gain_db, self.ceiling, self.track.bits) for one in self.requests]
        names = self.names("sound")
        sounds = [
            Step(
                name=name,
                kind="sound",
                call="audio.mixing.encode:code_sound",
                request=code,
                inputs=_inputs(code.mix),
                suffix=".m4a",
                scene=self.track.scene,
                label=f"encode sound {_clock(number)}",
                cost=code.mix.samples / SAMPLE_RATE / 20,
                identity=f"{sound_identity()}; {coder_identity()}",
            )
            for number, (name, code) in enumerate(zip(names, codes, strict=True))
        ]
        return tuple(sounds) if self.track.scene else (*sounds, *self._heard())

    def _heard(self) -> list[Step]:
        """The steps that decode each chunk and compare it with what was planned."""
        marks = _by_chunk(self.track.marks, self.track.samples)
        names = self.names("sound")
        return [
            Step(
                name=name,
                kind="heard",
                call="render.listening:hear_chunk",
                request=HeardRequest(request, marks.get(number, ())),
                inputs={
                    **_inputs(request),
                    **{mark.source: mark.source for mark in marks.get(number, ()) if mark.source},
                    "sound": names[number],
                    **({"previous": names[number - 1]} if number else {}),
                },
                suffix=".json",
                label=f"listen to {_clock(number)}",
                cost=request.samples / SAMPLE_RATE / 60,
                identity=f"{sound_identity()}; {coder_identity()}",
            )
            for number, (name, request) in enumerate(zip(self.names("heard"), self.requests, strict=True))
        ]

    def level(self, made: Mapping[str, Artifact], last: float) -> Level:
        """The film's gain after the mixes that are made; `last`, the one it had, where some are missing."""
        found = [made.get(name) for name in self.names("mix")]
        facts = [artifact.facts for artifact in found if artifact is not None]
        if len(facts) < len(found):
            return Level(last, exact=False)
        measured = level.together([level.unpacked(one) for one in facts])
        gain = level.film_gain(measured, self.track.loudness, self.ceiling)
        foreseen = level.limited_loudness(measured, gain, self.ceiling)
        return Level(gain, exact=True, heard=bool(self.track.scene), foreseen=foreseen)

    def corrected(self, found: Level, made: Mapping[str, Artifact]) -> Level:
        """The level after hearing all chunks coded with it; the same gain where they are near enough to the target.

        The same mixes and codings always lead to the same gain, whatever was made in between. `made` holds what was
        heard, and the mixes; where they are missing, a decibel of gain counts for one of loudness.
        """
        heard = [made[name].facts for name in self.names("heard") if name in made]
        if len(heard) < len(self.requests):
            return found
        measured = combined(heard).loudness.integrated
        miss = self.track.loudness - measured
        reached = abs(self.track.loudness - found.foreseen) <= level.QUANTUM
        if not reached or not MISS < abs(miss) <= level.MOST_CORRECTION:
            return replace(found, heard=True)
        mixed = [made[name].facts for name in self.names("mix") if name in made]
        if len(mixed) < len(self.requests):
            change = round(miss / level.QUANTUM) * level.QUANTUM
            return replace(found, gain_db=round(found.gain_db + change, 2), heard=True)
        # What coding takes away is taken away again; what the limiter takes of a higher gain is reckoned with.
        whole = level.together([level.unpacked(one) for one in mixed])
        aim = self.track.loudness + found.foreseen - measured
        return replace(found, gain_db=level.film_gain(whole, aim, self.ceiling), heard=True)

    def last_gain(self, history: History, store: Store) -> float:
        """The gain with which the first chunk was coded last, 0 where none was."""
        last = history.last(self.names("sound")[0])
        receipt = store.receipt(last) if last else None
        request: Any = receipt.order.request if receipt else None
        return float(request["gain_db"]) if isinstance(request, dict) and "gain_db" in request else 0.0


def _inputs(request: MixRequest) -> dict[str, str]:
    """What is heard in a chunk, by the names of the steps that make it."""
    return {name: name for name in sorted({cue.input for cue in request.cues})}


def _by_chunk(marks: Sequence[Mark], samples: int) -> dict[int, tuple[PlannedMark, ...]]:
    """Marks by the chunk in which most of each is heard, cut to that chunk."""
    found: dict[int, list[PlannedMark]] = {}
    for mark in marks:
        end = min(mark.at_sample + mark.samples, samples)
        number = max(0, mark.at_sample + end) // 2 // CHUNK
        first, last = max(mark.at_sample, number * CHUNK), min(end, (number + 1) * CHUNK)
        if first < last:
            cut = PlannedMark(mark.scene, mark.source, first - number * CHUNK, last - first, first - mark.at_sample)
            found.setdefault(number, []).append(cut)
    return {number: tuple(cut) for number, cut in found.items()}


def _clock(number: int) -> str:
    """When a chunk begins, as minutes and seconds."""
    seconds = number * CHUNK // SAMPLE_RATE
    return f"{seconds // 60}:{seconds % 60:02}"
