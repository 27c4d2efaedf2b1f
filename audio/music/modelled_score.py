"""What scores made by models share: pieces played one after another, joined, levelled, ended and accounted for.

A model only turns words into sound. Knows neither scenes nor any architecture.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from importlib import util
from pathlib import Path

from audio.music import beats, endings, splices
from audio.music.laying import HEADROOM, Laying, write_laid
from audio.music.models import at_rate, device_of, let_go, own_dice, version
from audio.music.onsets import CHORD_HOP, Listener
from audio.music.splices import Piece
from audio.music.words import SHORTEST, Stretch, seed_of, stretches
from audio.score import ComposeRequest, check_request
from audio.signal import loudness, wavefile
from audio.voice import RATE, Samples, Trouble
from projects.extras import pip_install
from projects.steps import Json, Work
from projects.weights import (
    UNKNOWN_LICENCE,
    LocalModel,
    Setting,
    Weights,
    find_model,
    handed,
    quiet,
    read_settings,
    stay_offline,
)
from storyboard.errors import InterruptedRender, MissingError, RenderError

SCORE_LUFS = -20.0
"""The loudness of every score; the mix sets its place under speech."""

LEAD = 2 * RATE
"""Samples that a piece of music is made from before it is due, to be blended into."""

TAIL = round(4.5 * RATE)
"""Samples that it is made beyond its end: a join may fall on a bar line nearby, and an ending on a quiet place."""

REACH = round(1.5 * RATE)
"""Samples around a scene's beginning within which a join may fall."""

_ENDING = round(1.6 * RATE)
_ROOM = round(0.4 * RATE)
"""Samples that are left for the ring at the film's end."""
_SOFT = round(1.5 * RATE)
_SILENT = 1e-5
_CLOSE = 6.0
"""dB by which a piece is brought nearer to the loudness of those before it, at most."""

Tick = Callable[[float], None]
"""Takes the finished part, 0..1; raises InterruptedRender where somebody asked to stop."""

SHARED: Mapping[str, type] = {"device": str, "precision": str}
"""Settings that every model has."""


class Player(ABC):
    """A loaded model. `longest` is how many samples (at 48 kHz) it plays at once."""

    longest: int

    @abstractmethod
    def play(self, words: str, seconds: float, seed: int, tick: Tick) -> tuple[Samples, int]:
        """Music of at least so many seconds, (n,) or (n, channels), and its rate. Same words and seed, same samples."""


class ModelledScore(ABC):
    """A composer that asks a model for pieces of music and joins them."""

    name: str
    weights: Weights
    """What is loaded where the author names nothing else."""
    packages: tuple[str, ...] = ("torch", "diffusers", "transformers", "safetensors")
    settings: Mapping[str, type] = {}
    keeps_time: bool = False
    """Whether tempo and key are more to it than words."""

    @abstractmethod
    def load(self, place: LocalModel, asked: Mapping[str, Setting], request: ComposeRequest) -> Player:
        """Loads the weights of a folder."""

    def check(self) -> Sequence[Trouble]:
        """Whether the packages are there; the weights are looked for once a storyboard names them."""
        missing = [package for package in self.packages if util.find_spec(package) is None]
        return (Trouble(f"not installed: {', '.join(missing)}", pip_install("models")),) if missing else ()

    def identity(self) -> str:
        """Versions of its own and of the packages that play."""
        versions = "; ".join(f"{package} {version(package)}" for package in (*self.packages, "numpy", "scipy", "soxr"))
        return f"{self.name} 1; {versions}"

    def quantise(self, request: ComposeRequest) -> None:
        """Raises RenderError for settings that it does not have, MissingError where packages or weights are missing."""
        check_request(request)
        asked = self._asked(request)
        for trouble in self.check():
            raise MissingError(f"{self.name}: {trouble.what}", trouble.fix)
        if not asked.get("folder"):  # a folder of the project's is found by the step, which is handed its files
            find_model(request.model, self.weights)

    def parts(self) -> Sequence[str]:
        """None: a model plays everything at once."""
        return ()

    def compose(self, request: ComposeRequest, work: Work, out: Path, part: str = "") -> Json:
        """Writes the score at exactly its length, levelled to -20 LUFS, and lets go of the model.

        Facts besides those of every score: `model`, `licence`, `device`, `prompts` ([first sample, words]), `notes`.
        """
        if part:
            raise RenderError(f"{self.name} plays no part {part!r} apart", "leave the part out")
        check_request(request)
        asked = self._asked(request)
        for trouble in self.check():
            raise MissingError(f"{self.name}: {trouble.what}", trouble.fix)
        stay_offline()
        with handed(work.files):
            place = find_model(request.model, self.weights)
        draft = out.with_name(out.name + ".draft")
        try:
            with quiet(), own_dice():
                stretches, pieces = self.played(place, asked, request, work, draft)
            laying = _ended(request, pieces, draft, _notes(self, place, request))
            facts = write_laid(laying, draft, request.samples, SCORE_LUFS, work, out)
        finally:
            draft.unlink(missing_ok=True)
            let_go()
        return {
            **facts, "bars": 0, "tempo": request.tempo, "key": request.key, "sections": [], "beats": [], "parts": {},
            "understood": [], "not_understood": [], "model": place.label, "licence": place.licence,
            "device": device_of(asked), "prompts": [[one.first, one.words] for one in stretches],
            "notes": list(laying.notes),
        }  # fmt: skip

    def played(
        self, place: LocalModel, asked: Mapping[str, Setting], request: ComposeRequest, work: Work, draft: Path
    ) -> tuple[Sequence[Stretch], Sequence[Piece]]:
        """Plays every stretch into the draft, scaled by `HEADROOM`; how they are laid over each other."""
        player = self.load(place, asked, request)
        room = player.longest - LEAD - TAIL
        if room < SHORTEST:
            raise RenderError(
                f"{place.repo} plays only {player.longest / RATE:.1f} s at once",
                f"use a model that plays at least {(SHORTEST + LEAD + TAIL) / RATE:.1f} s",
            )
        plan = stretches(request, room)
        return plan, _joined(player, plan, request, work, draft)

    def _asked(self, request: ComposeRequest) -> Mapping[str, Setting]:
        asked = read_settings(request.model, {**SHARED, **self.settings}, f"the score backend {self.name}")
        if asked.get("device", "cpu") not in ("cpu", "cuda"):
            raise RenderError(f"there is no device {asked['device']!r}", "write `device: cpu` or `device: cuda`")
        if asked.get("precision", "full") not in ("full", "half"):
            raise RenderError(f"there is no precision {asked['precision']!r}", "write `precision: full` or `half`")
        return asked


def ticking(work: Work, done: float, share: float) -> Tick:
    """Reports a share of the whole work, of which a part is done already."""

    def tick(part: float) -> None:
        if work.cancelled():
            raise InterruptedRender("making the score was stopped")
        work.progress(min(1.0, done + share * part))

    return tick


def _joined(
    player: Player, plan: Sequence[Stretch], request: ComposeRequest, work: Work, draft: Path
) -> Sequence[Piece]:
    """Plays all stretches one after another into the draft; joined on bar lines where both sides have clear ones."""
    pieces: list[Piece] = []
    before: Sequence[int] = ()
    offset, usual = 0, 0.0
    with wavefile.writing(draft, 2) as sink:
        for place, stretch in enumerate(plan):
            tick = ticking(work, 0.8 * place / len(plan), 0.8 / len(plan))
            lead = LEAD if place else 0
            count = lead + stretch.last - stretch.first + TAIL
            sound = _played(player, stretch, count, seed_of(request, place), tick)
            level = loudness.of_samples(sound).integrated
            usual = usual or level
            if min(level, usual) > loudness.SILENCE:
                sound = sound * loudness.amplitude(max(-_CLOSE, min(_CLOSE, usual - level)))
            pulse = beats.pulse_of(sound)
            lines = pulse.bars if pulse.steady >= beats.STEADY else ()
            sink.write((sound * HEADROOM).astype(sound.dtype))
            if place:
                pieces, at = _next(pieces, before, stretch.first, offset, lead, lines, count)
            else:
                pieces, at = [Piece(0, 0, count)], 0
            before = [at + line for line in lines]
            offset += count
    return pieces


def _played(player: Player, stretch: Stretch, count: int, seed: int, tick: Tick) -> Samples:
    """`count` samples of a stretch's music, (count, 2)."""
    import numpy as np

    tick(0.0)
    raw, rate = player.play(stretch.words, count / RATE, seed, tick)
    sound = at_rate(raw, rate)
    if np.abs(sound).max() < _SILENT:
        raise RenderError("the model played silence", "choose another seed or other words, or write `precision: full`")
    if len(sound) < count - RATE // 2:
        raise RenderError(
            f"the model played {len(sound) / RATE:.1f} s of {count / RATE:.1f} s",
            "use a model for longer music, or another score backend",
        )
    return np.pad(sound[:count], ((0, count - len(sound[:count])), (0, 0)))


def _next(
    pieces: list[Piece], before: Sequence[int], due: int, offset: int, lead: int, lines: Sequence[int], count: int
) -> tuple[list[Piece], int]:
    """The pieces with one more, that is due at a sample and lies in the draft from `offset` on; and where it is heard.

    `before` are the bar lines of the last piece as they are heard, `lines` those of the new one from its own start.
    """
    leave = min((line for line in before if abs(line - due) <= REACH), key=lambda line: abs(line - due), default=0)
    enter = min((line for line in lines if abs(line - lead) <= REACH), key=lambda line: abs(line - lead), default=0)
    if leave and enter:
        leave, enter, blend = leave - splices.EARLY, enter - splices.EARLY, splices.BLEND
    else:
        leave, enter, blend = due + _SOFT // 2, lead + _SOFT // 2, _SOFT
    last = pieces[-1]
    ended = replace(last, samples=leave - last.at, fall=blend)
    begun = Piece(leave - blend, offset + enter - blend, count - enter + blend, rise=blend)
    return [*pieces[:-1], ended, begun], leave - enter


def _ended(request: ComposeRequest, pieces: Sequence[Piece], draft: Path, notes: tuple[str, ...]) -> Laying:
    """The pieces, stopped at the quietest place shortly before the film's end, with room to ring out."""
    final = pieces[-1]
    low = max(request.samples - _ENDING, request.samples // 2, final.at + final.rise + endings.RELEASE)
    start = final.first + low - final.at
    listener = Listener()
    listener.feed(wavefile.read(draft, start, max(1, request.samples - low)))
    levels = listener.heard().levels
    room = min(_ROOM, (request.samples - low) // 2) // CHORD_HOP
    stop = low + endings.quiet_place(levels, 0, max(1, len(levels) - 1 - room), 4) * CHORD_HOP
    rests = rests_of(request)
    if stop >= request.samples or stop - final.at <= endings.RELEASE:
        return Laying(tuple(pieces), request.samples, rests=rests, notes=notes)
    ended = replace(final, samples=stop - final.at, fall=endings.RELEASE)
    return Laying((*pieces[:-1], ended), request.samples, stop, rests=rests, notes=notes)


def rests_of(request: ComposeRequest) -> tuple[tuple[int, int], ...]:
    """Where the score is asked to be silent."""
    ordered = sorted(request.sections, key=lambda one: one.start_sample)
    starts = [section.start_sample for section in ordered] + [request.samples]
    return tuple((one.start_sample, starts[place + 1]) for place, one in enumerate(ordered) if one.rest)


def _notes(backend: ModelledScore, place: LocalModel, request: ComposeRequest) -> tuple[str, ...]:
    """What a person should know of a score that a model made."""
    notes = []
    if place.non_commercial:
        notes.append(f"the score is made with {place.repo}, licensed {place.licence}: it may not be used commercially")
    elif place.licence == UNKNOWN_LICENCE:
        notes.append(f"the licence of {place.repo} is not known here: read its model card before the film is shown")
    if any(section.hit for section in request.sections):
        notes.append(f"{backend.name} cannot place an accent on a cut")
    if not backend.keeps_time:
        notes.append(f"{backend.name} is told tempo and key in words and may stray from them")
    if re.search(r"[^\W\d_a-zA-Z]", request.prompt):
        notes.append(f"{backend.name} understands English best")
    return tuple(notes)
