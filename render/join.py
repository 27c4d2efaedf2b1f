"""The joiner: a film made by copying coded packets of its pieces, in order, with exact integer times, beside its sound.

Nothing is decoded and nothing is encoded; memory does not grow with the number of pieces. A piece whose coding
differs from the first one's is named and never joined. A step function.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import av

from projects.steps import Artifact, Step, Work
from scenes.frames import TICKS_PER_FRAME, coder_identity
from storyboard.errors import InterruptedRender, RenderError
from storyboard.time import SAMPLE_RATE

PACKET = 1024
"""Samples in one packet of AAC; the first one of a film only primes the decoder."""

REORDER = 2
"""Frames by which decoding may run ahead of showing, in every encoder profile of the house: stored decode times are
ignored, because very short pieces lie about theirs, and frame k of the coded order is decoded at k - REORDER."""

IDENTITY = f"join/1 {coder_identity()}"
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
    from sample 1024 (k - 1), and `samples` of them count. `metadata` are MP4 tags; `language` is ISO 639-2.
    """

    pieces: tuple[str, ...]
    sound: tuple[str, ...]
    frames: int
    samples: int
    rate: Fraction
    chapters: tuple[Chapter, ...]
    metadata: tuple[tuple[str, str], ...]
    language: str


def make_film(request: FilmRequest, work: Work, out: Path) -> dict[str, Any]:
    """Copy the packets of all pieces and of the sound into one MP4 with its index in front."""
    paths = [(name, work.inputs[name].path) for name in request.pieces]
    sounds = [work.inputs[name].path for name in request.sound]
    odd = mismatched(paths)
    if odd:
        raise RenderError(f"these pieces are coded differently from the film's first one: {', '.join(odd)}")
    scale = request.rate.numerator * TICKS_PER_FRAME
    options = {"movflags": "+faststart", "fflags": "+bitexact", "video_track_timescale": str(scale)}
    with (
        av.open(str(paths[0][1])) as first,
        av.open(str(sounds[0])) as heard,
        av.open(str(out), "w", format="mp4", options=options) as film,
    ):
        picture = film.add_stream_from_template(first.streams.video[0])
        picture.time_base = Fraction(1, scale)
        sound = film.add_stream_from_template(heard.streams.audio[0])
        sound.metadata["language"] = request.language
        film.metadata.update(dict(request.metadata))
        film.set_chapters(cast(Any, [_chapter(*numbered, request.rate) for numbered in enumerate(request.chapters)]))
        shown = _picture_packets(paths, picture, request, work)
        for packet in heapq.merge(shown, _sound_packets(sounds, sound), key=lambda p: p.dts * p.time_base):
            film.mux(packet)
    return {"frames": request.frames, "pieces": len(paths)}


def mismatched(paths: Sequence[tuple[str, Path]]) -> tuple[str, ...]:
    """The names of the pieces whose coding header (avcC) is not, byte by byte, that of the first one."""
    headers = []
    for name, path in paths:
        with av.open(str(path)) as piece:
            headers.append((name, bytes(piece.streams.video[0].codec_context.extradata or b"")))
    return tuple(name for name, header in headers if header != headers[0][1])


def odd_pieces(films: Iterable[Step], artifacts: Mapping[str, Artifact]) -> dict[str, str]:
    """Step names and fingerprints of the pieces that were not coded like the first one of their film."""
    odd: dict[str, str] = {}
    for film in films:
        pieces = set(film.request.pieces)
        names = [name for own, name in film.inputs.items() if own in pieces and name in artifacts]
        for name in mismatched([(name, artifacts[name].path) for name in names]):
            odd[name] = artifacts[name].fingerprint
    return odd


def _picture_packets(paths: Sequence[tuple[str, Path]], stream: Any, request: FilmRequest, work: Work) -> Iterator[Any]:
    """The coded pictures of all pieces, timed anew; raises RenderError where the frames do not add up."""
    step = TICKS_PER_FRAME * request.rate.denominator
    base = coded = 0
    for number, (name, path) in enumerate(paths):
        if work.cancelled():
            raise InterruptedRender("stopped while joining the film")
        with av.open(str(path)) as piece:
            source = piece.streams.video[0]
            packets: list[Any] = [packet for packet in piece.demux(source) if packet.size]
            start = min(packet.pts for packet in packets)
            for packet in packets:
                frame = base + round((packet.pts - start) * packet.time_base * request.rate)
                packet.stream = stream
                packet.time_base = stream.time_base
                packet.pts, packet.dts, packet.duration = frame * step, (coded - REORDER) * step, step
                if packet.pts < packet.dts:
                    raise RenderError(
                        f"piece {name} reorders its frames further than the profile allows", "render again"
                    )
                coded += 1
                yield packet
            base += len(packets)
        work.progress((number + 1) / len(paths))
    if base != request.frames:
        raise RenderError(f"the pieces hold {base} frames, the film was planned with {request.frames}", "render again")


def _sound_packets(paths: Sequence[Path], stream: Any) -> Iterator[Any]:
    """The coded sound of all chunks in order, timed by counting."""
    number = -1
    for path in paths:
        with av.open(str(path)) as chunk:
            packets: list[Any] = [packet for packet in chunk.demux(chunk.streams.audio[0]) if packet.size]
        for packet in packets:
            packet.stream, packet.time_base = stream, Fraction(1, SAMPLE_RATE)
            packet.pts = packet.dts = number * PACKET
            number += 1
            yield packet


def _chapter(number: int, chapter: Chapter, rate: Fraction) -> dict[str, Any]:
    """A chapter as PyAV takes it, in milliseconds."""
    start, end = (round(Fraction(frame * 1000) / rate) for frame in (chapter.first, chapter.last))
    return {
        "id": number,
        "start": start,
        "end": end,
        "time_base": Fraction(1, 1000),
        "metadata": {"title": chapter.title},
    }
