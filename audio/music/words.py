"""The words that a model is given for a score, and the stretches of the film that have words of their own.

Pure. Knows no model, and of scenes only what a section of the score tells.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from audio.composing.harmony import read_key
from audio.composing.moods import mood_named
from audio.score import ComposeRequest, Section
from audio.voice import RATE

SHORTEST = 6 * RATE
"""Samples of a scene from which on its music has words of its own."""

_TONICS = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the score, [first, last) in samples, and the words that its music is made from."""

    first: int
    last: int
    words: str


def stretches(request: ComposeRequest, longest: int, first_longest: int = 0) -> tuple[Stretch, ...]:
    """The score cut where its words change, and where a stretch would be longer than a model plays.

    Scenes that are very short, and those with the same words, belong to the stretch before them.
    """
    starts: list[tuple[int, str]] = [(0, described(request, None))]
    for section in sorted(request.sections, key=lambda one: one.start_sample):
        words = described(request, section)
        if section.start_sample >= request.samples or words == starts[-1][1]:
            continue
        if section.start_sample - starts[-1][0] < SHORTEST:
            if section.start_sample == 0 or (starts[-1][0] == 0 and len(starts) == 1):
                starts[-1] = (0, words)
            continue
        starts.append((section.start_sample, words))
    if len(starts) > 1 and request.samples - starts[-1][0] < SHORTEST:
        starts.pop()
    cut: list[Stretch] = []
    for number, (start, words) in enumerate(starts):
        first, last = start, starts[number + 1][0] if number + 1 < len(starts) else request.samples
        while last - first > (limit := first_longest if first_longest and not cut else longest):
            # The rest in equal parts: no short remainder is left over.
            step = min(limit, -(-(last - first) // -(-(last - first) // longest)))
            cut.append(Stretch(first, first + step, words))
            first += step
        cut.append(Stretch(first, last, words))
    final = replace(cut[-1], words=f"{cut[-1].words}, it slows down and resolves in a quiet final chord")
    return (*cut[:-1], final)


def described(request: ComposeRequest, section: Section | None) -> str:
    """What a model is told of the music of a section: the author's own words first."""
    mood = mood_named((section.mood if section else "") or request.mood)
    told = [request.prompt.strip(), section.prompt.strip() if section else ""]
    told.append(f"{mood.name if mood else request.mood} film music")
    if request.instruments:
        told.append(f"played by {', '.join(request.instruments)}")
    if section and section.has_speech:
        told.append("sparse and soft, an underscore for dialogue")
    elif section and section.energy >= 0.7:
        told.append("energetic and full")
    elif section and section.energy <= 0.25:
        told.append("calm and spacious")
    told.append(f"{request.tempo:g} bpm, {key_name(request.key)}, instrumental, no vocals")
    return ", ".join(part.rstrip(".,; ") for part in told if part)


def key_name(key: str) -> str:
    """A key in English, however it was written."""
    read = read_key(key)
    return f"{_TONICS[read.tonic]} {read.mode}"


def seed_of(request: ComposeRequest, number: int) -> int:
    """The seed of a stretch: unlike its neighbours', and the same however long the score is."""
    digest = hashlib.sha256(f"score {request.seed} {number}".encode()).digest()
    return int.from_bytes(digest[:4], "big") >> 1
