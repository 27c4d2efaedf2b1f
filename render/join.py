"""The joiner: a film made by copying coded packets of its pieces, in order, with exact integer times, beside its sound.

Nothing is decoded and nothing is encoded; memory does not grow with the number of pieces. All pieces are compared
before anything is written: one that is coded differently, or is not as long as it was made, is named and never joined.
A step function.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from projects.steps import Artifact, Step, Work
from render.boxes import UnknownLayout
from scenes.coders import EncoderProfile
from scenes.frames import coder_identity
from storyboard.errors import InterruptedRender, RenderError

if TYPE_CHECKING:
    from render.likeness import Examined
    from render.movie import Mark

IDENTITY = f"join/2 {coder_identity()}"
"""What else changes a joined file."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A named place of the film, frames `first` to `last` (exclusive)."""

    title: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class FilmRequest:
    """A film: its pieces in order (names of the step's inputs), its length in frames, and what players show about it.

    `sound` names the inputs that hold its coded sound (AAC packets in MP4) in order: packet k of all together is heard
    from sample 1024 (k - 1), and `samples` of them count. `metadata` are MP4 tags; `language` is ISO 639-2. `profile`
    is how today's encoder is set: it decides which pieces are the odd ones where they disagree; None asks the majority.
    """

    pieces: tuple[str, ...]
    sound: tuple[str, ...]
    frames: int
    samples: int
    rate: Fraction
    chapters: tuple[Chapter, ...]
    metadata: tuple[tuple[str, str], ...]
    language: str
    profile: EncoderProfile | None = None


def make_film(request: FilmRequest, work: Work, out: Path) -> dict[str, Any]:
    """Copy the packets of all pieces and of the sound into one MP4 with its index in front.

    Facts: `written` says whether it was `spliced` or, with the reason in `why`, `muxed` by libavformat.
    """
    from render.mux import REORDER, mux
    from render.splice import Labels, splice

    pieces, sound = _examined(request, work.inputs)
    if odd := {**pieces.odd, **sound.odd}:
        named = ", ".join(f"{name} ({why})" for name, why in odd.items())
        raise RenderError(f"these pieces do not belong to the film: {named}", "delete them; they will be made again")
    _check_lengths(request, pieces, sound)
    labels = Labels(
        tuple(_mark(one, request.rate) for one in request.chapters), dict(request.metadata), request.language
    )
    facts = {"frames": request.frames, "pieces": len(request.pieces)}

    def progress(part: float) -> None:
        if work.cancelled():
            raise InterruptedRender("stopped while joining the film")
        work.progress(part)

    try:
        if why := pieces.unknown or sound.unknown:
            raise UnknownLayout(why)
        copied = splice(out, pieces.tracks, sound.tracks, request.samples, request.rate, labels, progress)
        return {**facts, "written": "spliced", "copied": copied, "notes": []}
    except UnknownLayout as problem:
        files = [[work.inputs[name].path for name in names] for names in (request.pieces, request.sound)]
        delay = REORDER if pieces.unknown else max(track.delay for track in pieces.tracks)
        mux(out, files[0], files[1], request.samples, request.rate, labels, progress, delay)
        note = f"joined the slow way, packet by packet: {problem.message}"
        return {**facts, "written": "muxed", "why": problem.message, "notes": [note]}


def odd_pieces(films: Iterable[Step], artifacts: Mapping[str, Artifact]) -> dict[str, str]:
    """Step names and fingerprints of what does not belong to its film: coded differently, cut short, or unreadable."""
    odd: dict[str, str] = {}
    for film in films:
        inputs = {own: artifacts[name] for own, name in film.inputs.items() if name in artifacts}
        for found in _examined(film.request, inputs):
            odd |= {film.inputs[own]: inputs[own].fingerprint for own in found.odd}
    return odd


def _examined(request: FilmRequest, inputs: Mapping[str, Artifact]) -> tuple[Examined, Examined]:
    """The pieces and the sound of a film, compared; what is not there is left out."""
    from render.likeness import examined

    pieces, sound = (
        {name: inputs[name] for name in names if name in inputs} for names in (request.pieces, request.sound)
    )
    return examined(pieces, request.rate, request.profile), examined(sound, request.rate)


def _check_lengths(request: FilmRequest, pieces: Examined, sound: Examined) -> None:
    """Refuse a film whose pieces or whose sound do not add up to what was planned."""
    from render.splice import packets_of

    if pieces.packets != request.frames:
        raise RenderError(
            f"the pieces hold {pieces.packets} frames, the film was planned with {request.frames}", "render again"
        )
    if sound.packets < packets_of(request.samples):
        raise RenderError(
            f"the sound holds {sound.packets} packets, but {request.samples} samples were planned", "render again"
        )


def _mark(chapter: Chapter, rate: Fraction) -> Mark:
    """A chapter in the film's own time."""
    from render.movie import Mark
    from render.splice import film_scale

    start, end = (round(Fraction(frame * film_scale(rate)) / rate) for frame in (chapter.first, chapter.last))
    return Mark(chapter.title, start, end)
