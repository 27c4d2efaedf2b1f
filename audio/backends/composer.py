"""The built-in composer: writes a piece from the storyboard's moods, has a synthesiser play it, mixes and levels it.

Its parts are made apart at the level that they have in the whole, and sum to it. Knows no scene, only sections.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path

from audio.composing import midi, playing
from audio.composing.arrangement import arranged
from audio.composing.form import Scene, Span
from audio.composing.harmony import Key, read_key
from audio.composing.moods import MOODS, Mood, mood_named
from audio.composing.orchestra import PARTS
from audio.composing.piece import Piece
from audio.composing.synthesisers import Stem, Synthesiser, chosen, synthesisers
from audio.composing.wishes import Wishes, read_prompt
from audio.score import ComposeRequest, Section
from audio.voice import RATE, Trouble
from projects.steps import Json, Work
from storyboard.errors import MissingError, RenderError

WHOLE = "whole"
"""Name of a step's input that holds the whole score, from which a part learns its level without playing the others."""

_JOINED = round(0.4 * RATE)
"""Samples between two spans of speech that are no break."""


class Composer:
    """Composes and plays scores without any model or network."""

    name = "composer"

    def check(self) -> Sequence[Trouble]:
        """What every synthesiser misses, where none can play."""
        troubles = [one.check() for one in synthesisers()]
        return () if any(not found for found in troubles) else [trouble for found in troubles for trouble in found]

    def identity(self) -> str:
        """Its own version, that of the synthesiser that plays here with its font, and those of numpy and scipy."""
        try:
            player = chosen().identity()
        except MissingError:
            player = "no synthesiser"
        return f"composer 3; {player}; numpy {metadata.version('numpy')}; scipy {metadata.version('scipy')}"

    def quantise(self, request: ComposeRequest) -> None:
        """Raises for a synthesiser that is not there, a setting that is none and an instrument that nobody plays."""
        _key(request)
        unknown = [name for name in request.instruments if name not in _players()]
        if unknown:
            raise RenderError(
                f"the composer has no {unknown[0]}", f"its instruments are: {', '.join(sorted(_players()))}"
            )
        _synthesiser(request)

    def parts(self) -> Sequence[str]:
        """Its parts, in score order."""
        return PARTS

    def midi(self, request: ComposeRequest) -> bytes:
        """The piece as a type-1 MIDI file with a tempo map, markers for its sections and General MIDI programs."""
        return midi.written(composed(request)[0])

    def compose(self, request: ComposeRequest, work: Work, out: Path, part: str = "") -> Json:
        """Writes the score or one part, ending on the tonic at its last sample, levelled to -20 LUFS as a whole."""
        if part and part not in PARTS:
            raise RenderError(f"the score has no part '{part}'", f"its parts are: {', '.join(PARTS)}")
        synthesiser = _synthesiser(request)
        piece, wishes = composed(request)
        folder = Path(tempfile.mkdtemp(prefix="score-", dir=out.parent))
        try:
            played = self._played(piece, synthesiser, folder, work, out, part)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        return _facts(request, piece, wishes, synthesiser, played, part)

    def _played(
        self, piece: Piece, synthesiser: Synthesiser, folder: Path, work: Work, out: Path, part: str
    ) -> playing.Played:
        whole = work.inputs[WHOLE].facts if part and WHOLE in work.inputs else None
        if whole is not None and not whole["limited"]:
            stems = _stems(piece, synthesiser, folder, work, part)
            draft = folder / "part.raw"
            playing.mixed(piece, stems, whole["balance"], draft, work, only=part)
            return playing.raised(draft, out, whole["gain_db"], piece.samples, work)
        stems = _stems(piece, synthesiser, folder, work)
        balance = playing.balanced(piece, stems, work)
        draft = folder / "whole.raw"
        found = playing.mixed(piece, stems, balance, draft, work)
        alone = folder / "part.raw" if part else None
        if alone is not None:
            playing.mixed(piece, stems, balance, alone, work, only=part)
        return playing.levelled(draft, out, found, piece.samples, work, balance, alone)


def _stems(piece: Piece, synthesiser: Synthesiser, folder: Path, work: Work, only: str = "") -> Mapping[str, Stem]:
    wanted = {part: notes for part, notes in piece.parts.items() if only in ("", part)}
    return synthesiser.play(wanted, piece.samples, folder, work.cancelled)


def composed(request: ComposeRequest) -> tuple[Piece, Wishes]:
    """The piece that a request asks for, and what of its prompt was understood."""
    wishes = read_prompt(request.prompt)
    scenes = _scenes(request)
    piece = arranged(
        request.samples,
        request.tempo,
        _key(request),
        request.seed,
        scenes,
        _speech(request),
        wishes.wish(request.instruments, request.cast),
    )
    return piece, wishes


def _key(request: ComposeRequest) -> Key:
    return read_key(request.key or _mood(request.mood).key)


def _mood(name: str) -> Mood:
    return mood_named(name) or MOODS["wonder"]


def _players() -> frozenset[str]:
    from audio.composing.orchestra import PLAYERS

    return frozenset(PLAYERS)


def _synthesiser(request: ComposeRequest) -> Synthesiser:
    settings = dict(request.model)
    wanted = settings.pop("synthesiser", "")
    for key in settings:
        raise RenderError(f"the composer has no setting {key!r}", "it has one: synthesiser")
    return chosen(str(wanted))


def _scenes(request: ComposeRequest) -> list[Scene]:
    """The sections one after another from sample 0; what lies beyond the end is left out."""
    given = sorted((one for one in request.sections if one.start_sample < request.samples), key=_start) or [Section(0)]
    starts = [0, *(max(0, one.start_sample) for one in given[1:])]
    ends = [*starts[1:], request.samples]
    return [
        Scene(number, start, end, _mood(one.mood or request.mood), min(1.0, max(0.0, one.energy)), one.who, one.hit,
              one.rest)
        for number, (one, start, end) in enumerate(zip(given, starts, ends, strict=True))
        if end > start
    ]  # fmt: skip


def _start(section: Section) -> int:
    return section.start_sample


def _speech(request: ComposeRequest) -> list[Span]:
    """Where somebody speaks, in order and joined over short breaks; whole sections where only they are known."""
    spans = list(request.speech)
    if not spans and request.sections:
        ordered = sorted(request.sections, key=_start)
        ends = [*(one.start_sample for one in ordered[1:]), request.samples]
        spans = [(one.start_sample, end) for one, end in zip(ordered, ends, strict=True) if one.has_speech]
    joined: list[Span] = []
    for first, last in sorted((max(0, a), min(request.samples, b)) for a, b in spans):
        if first >= last:
            continue
        if joined and first - joined[-1][1] < _JOINED:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined


def _facts(
    request: ComposeRequest,
    piece: Piece,
    wishes: Wishes,
    synthesiser: Synthesiser,
    played: playing.Played,
    part: str,
) -> Json:
    counted = 0
    sections = []
    for passage in piece.passages:
        sections.append([counted, passage.mood.name])
        counted += len(passage.bars)
    themes = sorted((note.at, note.theme) for notes in piece.parts.values() for note in notes if note.theme)
    return {
        "samples": request.samples,
        "part": part,
        "bars": counted,
        "tempo": request.tempo,
        "key": request.key or _mood(request.mood).key,
        "sections": sections,
        "beats": [beat for beat in piece.grid.beats if beat < request.samples],
        "hits": list(piece.hits),
        "themes": [[at, name] for at, name in themes],
        "parts": {name: len(notes) for name, notes in piece.parts.items() if notes},
        "lufs": round(played.lufs, 2),
        "gain_db": played.gain_db,
        "limited": played.limited,
        "balance": dict(played.balance),
        "understood": list(wishes.understood),
        "not_understood": list(wishes.unread),
        "synthesiser": synthesiser.identity(),
        "licence": f"composed here, free to use; sounds: {synthesiser.licence()}",
    }
