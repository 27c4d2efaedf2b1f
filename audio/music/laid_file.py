"""The author's own music as a score: listened to once, then cut, looped and levelled to the film's exact length.

Where the beat is clear the music is joined and ends at bar lines; where it is not, softly at quiet places, which the
facts tell. Streamed in blocks. Knows a file and a length, no scenes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from audio.music import beats, endings, splices
from audio.music.laying import HEADROOM, Laying, write_laid
from audio.music.onsets import CHORD_HOP, Heard, Listener
from audio.music.splices import Jump, Piece
from audio.signal import loudness, wavefile
from audio.signal.files import decoded
from audio.voice import RATE, Samples
from projects.steps import Json, Work
from storyboard.errors import InterruptedRender, MissingError, RenderError

SHORTEST = RATE // 20
"""Samples of music that a window has at least."""

GENTLE = 4 * RATE
"""Samples of the fade that ends music without bars."""

_RING = RATE // 4
"""Samples that the last bar has at least to ring out in."""

_LAST = 3
_LOUD = 20.0
"""A file whose last frames (of 50 ms) are not this many dB under its usual level breaks off."""


@dataclass(frozen=True, slots=True)
class TrackRequest:
    """A music file to be listened to. `name` is its project-relative name; `file` its name among the step's files."""

    name: str
    file: str = "sound"


@dataclass(frozen=True, slots=True)
class MusicRequest:
    """The author's music over a film of `samples` samples.

    `first` and `last` are seconds into the file (`last` 0 is its end); without `loop` it ends where it ends; `fade` is
    in seconds. The facts of `track_music` come as the step's input `music`.
    """

    name: str
    samples: int
    file: str = "sound"
    first: Fraction = Fraction(0)
    last: Fraction = Fraction(0)
    loop: bool = True
    fade: Fraction = Fraction(0)
    target_lufs: float = -20.0


def track_music(request: TrackRequest, work: Work, out: Path) -> Json:
    """Listens to a music file; writes its facts as JSON to `out` as well.

    Facts: `samples`, `seconds`, `beats` and `bars` (samples into the file), `tempo`, `meter`, `steady` (0..1; a film
    is cut on beats from `beats.STEADY` on), `lufs`, `true_peak`. Raises MissingError and RenderError as for any sound.
    """
    listener, meter = Listener(), loudness.Meter(2)
    for block in _blocks(request.name, work, request.file):
        listener.feed(block)
        meter.feed(block)
    heard = listener.heard()
    if not heard.samples:
        raise RenderError(f"the music {request.name} holds no sound", "export it again, or leave it out")
    work.progress(0.8)
    pulse, found = beats.tracked(heard), meter.result()
    facts = {
        "samples": heard.samples,
        "seconds": round(heard.samples / RATE, 4),
        "beats": list(pulse.beats),
        "bars": list(pulse.bars),
        "tempo": pulse.tempo,
        "meter": pulse.meter,
        "steady": pulse.steady,
        "lufs": round(found.integrated, 2),
        "true_peak": round(found.true_peak, 2),
    }
    out.write_text(json.dumps(facts) + "\n", "utf-8")
    return facts


def lay_music(request: MusicRequest, work: Work, out: Path, rests: tuple[tuple[int, int], ...] = ()) -> Json:
    """Writes the music at exactly the film's length as a 48 kHz 24-bit stereo WAV at `out`; silent in its `rests`.

    Facts: `samples`, `seconds`, `lufs`, `true_peak`, `gain_db`, `beats` (samples of the film), `joins` (samples at
    which the music is joined to itself), `ends` (the sample from which only its ring is heard), `notes` (what was done
    that nobody asked for). Raises RenderError for a window that lies outside the file.
    """
    if request.samples <= 0:
        raise RenderError("the music needs a length", "the film has no frames")
    tracked = work.inputs["music"].facts
    draft = out.with_name(out.name + ".draft")
    try:
        heard = _window(request, work, draft)
        laying = replace(_laid(request, tracked, heard, draft), rests=rests)
        facts = write_laid(laying, draft, request.samples, request.target_lufs, work, out)
    finally:
        draft.unlink(missing_ok=True)
    return {**facts, "beats": _beats(request, tracked, laying), "notes": list(laying.notes)}


def _blocks(name: str, work: Work, file: str) -> Iterator[Samples]:
    """The author's file in blocks, as long as nobody stops it."""
    path = work.files[file]
    if not path.is_file():
        raise MissingError(f"the music file {name} is not there", "check its name in the storyboard")
    for block in decoded(path, name):
        if work.cancelled():
            raise InterruptedRender("listening to the music was stopped")
        yield block


def _window(request: MusicRequest, work: Work, draft: Path) -> Heard:
    """Writes the chosen window, scaled by `HEADROOM`, to `draft` and listens to it."""
    first, last = round(request.first * RATE), round(request.last * RATE)
    listener, at = Listener(), 0
    with wavefile.writing(draft, 2) as sink:
        for block in _blocks(request.name, work, request.file):
            part = block[max(0, first - at) : last - at if last else len(block)]
            at += len(block)
            sink.write(part * HEADROOM)
            listener.feed(part)
            if last and at >= last:
                break
    heard = listener.heard()
    if heard.samples < SHORTEST:
        raise RenderError(
            f"there is no music in the chosen part of {request.name}, which is {at / RATE:.1f} s long",
            "choose `from` and `until` inside the file",
        )
    return heard


def _laid(request: MusicRequest, tracked: Json, heard: Heard, draft: Path) -> Laying:
    """Decides how the window fills the film."""
    steady = tracked["steady"] >= beats.STEADY
    first = round(request.first * RATE)
    bars = [at - first for at in tracked["bars"] if steady and 0 <= at - first <= heard.samples]
    lacking, fade = request.samples - heard.samples, round(request.fade * RATE)
    if lacking <= 0:
        return _shortened(request, heard, bars)
    whole = Piece(0, 0, heard.samples)
    if not request.loop:
        said = f"{request.name} ends {lacking / RATE:.1f} s before the film and is not looped"
        return _ending(request, tracked, heard, (whole,), min(fade, heard.samples), (said,))
    if len(bars) >= 2 and not fade and lacking < bars[-1] - bars[-2]:
        return _ending(request, tracked, heard, (whole,))
    return _repeated(request, tracked, heard, bars, draft)


def _shortened(request: MusicRequest, heard: Heard, bars: Sequence[int]) -> Laying:
    """The window, cut to a shorter film: at a bar's end, or as the author says, or softly where there are no bars."""
    samples, whole = request.samples, (Piece(0, 0, heard.samples),)
    if request.fade or samples == heard.samples:
        return Laying(whole, samples, fade=min(samples, round(request.fade * RATE)))
    end = max((bar for bar in bars if bar <= samples - _RING), default=0) - splices.EARLY
    if end >= RATE // 2:
        return Laying((Piece(0, 0, end, fall=endings.RELEASE),), samples, end)
    low = max(samples - GENTLE, samples // 2) // CHORD_HOP
    high = max(low + 1, (samples - RATE // 2) // CHORD_HOP)
    length = min(samples, endings.quiet_place(heard.levels, low, high, 20) * CHORD_HOP + RATE // 2)
    why = "the film is shorter than a bar" if bars else f"{request.name} has no steady beat"
    said = f"{why}: the music fades out softly {length / RATE:.1f} s into the film"
    return Laying(whole, length, fade=min(GENTLE, length // 2), notes=(said,))


def _repeated(request: MusicRequest, tracked: Json, heard: Heard, bars: Sequence[int], draft: Path) -> Laying:
    """The window, repeated until a longer film is full: its own ending is the film's wherever bars allow it."""
    samples, fade = request.samples, min(request.samples, round(request.fade * RATE))
    lacking = samples - heard.samples
    found = None if fade else splices.bar_jump(heard, bars, lacking)
    if found:
        jump, likeness = _aligned(found[0], draft)
        pieces = splices.laid(jump, found[1], heard.samples)
        if pieces[-1].end <= samples:
            return _ending(request, tracked, heard, _like(pieces, likeness))
    found = splices.bar_jump(heard, bars, lacking, exact=False)
    if found:
        jump, likeness = _aligned(found[0], draft)
        if fade:
            return Laying(_like(splices.laid(jump, found[1], heard.samples), likeness), samples, fade=fade)
        lines = [bar for bar in bars if bar > jump.enter + splices.SHORTEST_BAR]
        times = max(0, samples - _RING - lines[0]) // jump.samples
        last = max(bar for bar in lines if bar == lines[0] or bar + times * jump.samples <= samples - _RING)
        *others, final = splices.laid(jump, times, last - splices.EARLY)
        pieces = (*others, replace(final, fall=endings.RELEASE))
        return Laying(_like(pieces, likeness), samples, min(final.end, samples))
    jump, times = splices.soft_jump(heard, lacking)
    pieces = splices.laid(jump, times, heard.samples)
    often = "once" if times == 1 else f"{times} times"
    said = f"{request.name} has no steady beat: it is blended into itself {often}"
    if not fade and _broken_off(request, tracked, heard):
        fade, said = min(GENTLE, samples // 4), f"{said}, and fades out at the end"
    return Laying(pieces, pieces[-1].end, fade=fade, notes=(said,))


def _ending(
    request: MusicRequest,
    tracked: Json,
    heard: Heard,
    pieces: Sequence[Piece],
    fade: int = 0,
    notes: tuple[str, ...] = (),
) -> Laying:
    """Pieces that end as the window does: by themselves at the file's own end, else broken off and rung out."""
    *others, final = pieces
    if fade or not _broken_off(request, tracked, heard):
        return Laying(tuple(pieces), final.end, fade=fade, notes=notes)
    return Laying((*others, replace(final, fall=endings.RELEASE)), final.end, final.end, notes=notes)


def _broken_off(request: MusicRequest, tracked: Json, heard: Heard) -> bool:
    """Whether the author ends the music before the file does, or the file itself ends in the middle of a sound."""
    import numpy as np

    chosen = bool(request.last) and round(request.last * RATE) < tracked["samples"] - RATE // 10
    last = heard.levels[-_LAST - 1 : -1]
    return chosen or (bool(len(last)) and float(last.max()) > float(np.median(heard.levels)) - _LOUD)


def _aligned(jump: Jump, draft: Path) -> tuple[Jump, float]:
    """The jump moved so that the waves on both sides run together, and how alike they are."""
    reach = 2 * splices.ALIGN
    if jump.enter < reach + splices.ALIGN:
        return jump, 0.0
    leaving = wavefile.read(draft, jump.leave - reach, 2 * reach).mean(axis=1)
    entering = wavefile.read(draft, jump.enter - reach - splices.ALIGN, 2 * reach + 2 * splices.ALIGN).mean(axis=1)
    if len(leaving) < 2 * reach or len(entering) < 2 * reach + 2 * splices.ALIGN:
        return jump, 0.0
    moved, likeness = splices.closer(jump, leaving, entering)
    return replace(moved, blend=min(moved.blend, moved.enter)), likeness


def _like(pieces: Sequence[Piece], likeness: float) -> tuple[Piece, ...]:
    return tuple(replace(piece, likeness=likeness) for piece in pieces)


def _beats(request: MusicRequest, tracked: Json, laying: Laying) -> list[int]:
    """The beats of the file as they are heard in the film; none where the beat is not steady."""
    if tracked["steady"] < beats.STEADY:
        return []
    first = round(request.first * RATE)
    end = min(laying.stop or laying.length, request.samples)
    places: list[int] = []
    for number, piece in enumerate(laying.pieces):
        begins = piece.at + (piece.rise if number else 0)
        ends = min(piece.end - piece.fall, end)
        moved = piece.at - piece.first - first
        places += [at + moved for at in tracked["beats"] if begins <= at + moved < ends]
    return places
