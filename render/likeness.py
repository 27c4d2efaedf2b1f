"""Which of a film's pieces are not like the others: the examination before a join.

Reads indexes only. Where pieces disagree, what today's encoder writes decides who is right, not who came first.
"""

from __future__ import annotations

import struct
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from projects.steps import Artifact
from render.boxes import CutOff, UnknownLayout
from render.coded import CodedTrack, coded_track
from render.mux import header
from scenes.coders import EncoderProfile
from scenes.frames import write_film

Coding = tuple[Any, ...]
"""What must be equal in all pieces."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found: `odd` pieces with the reason, the `tracks` of all, or why they are `unknown` to the splicer.

    `packets` counts the coded packets of all together.
    """

    odd: Mapping[str, str]
    tracks: tuple[CodedTrack, ...]
    unknown: str
    packets: int


def examined(pieces: Mapping[str, Artifact], rate: Fraction, profile: EncoderProfile | None = None) -> Examined:
    """Compare pieces of one kind by their coding and by the `frames` that their makers counted.

    `profile` is how the encoder of pictures is set today; None lets the majority decide.
    """
    tracks: dict[str, CodedTrack] = {}
    broken: dict[str, str] = {}
    unknown = ""
    for name, piece in pieces.items():
        try:
            tracks[name] = coded_track(piece.path)
        except UnknownLayout as problem:
            unknown = unknown or problem.message
        except CutOff:
            broken[name] = "cut off"
        except OSError:
            broken[name] = "cannot be read"
    whole = {name: piece for name, piece in pieces.items() if name not in broken}
    if unknown:
        return _examined_by_libavformat(whole, broken, unknown)
    codings = {name: track.coding for name, track in tracks.items()}
    counts = {name: len(track.sizes) for name, track in tracks.items()}
    right = _right(codings, lambda most: _of_today(most, rate, profile) if profile else most)
    odd = broken | _odd(whole, codings, counts, right)
    return Examined(odd, tuple(tracks.values()), "", sum(counts.values()))


def _examined_by_libavformat(pieces: Mapping[str, Artifact], broken: dict[str, str], unknown: str) -> Examined:
    """The same for files of which at least one is not laid out as the splicer knows it."""
    codings: dict[str, Coding] = {}
    counts: dict[str, int] = {}
    for name, piece in pieces.items():
        try:
            codings[name], counts[name] = header(piece.path)
        except CutOff:
            broken[name] = "cannot be read"
    whole = {name: piece for name, piece in pieces.items() if name not in broken}
    odd = broken | _odd(whole, codings, counts, _right(codings, lambda most: most))
    return Examined(odd, (), unknown, sum(counts.values()))


def _right(codings: Mapping[str, Coding], judge: Callable[[Coding], Coding]) -> Coding:
    """The one coding that all should have; `judge` is asked only where they differ, and told what most have."""
    counted = Counter(codings.values()).most_common()
    if not counted:
        return ()
    return counted[0][0] if len(counted) == 1 else judge(counted[0][0])


def _odd(
    pieces: Mapping[str, Artifact], codings: Mapping[str, Coding], counts: Mapping[str, int], right: Coding
) -> dict[str, str]:
    odd = {}
    for name, piece in pieces.items():
        due = piece.facts.get("frames") if isinstance(piece.facts, dict) else None
        if codings[name] != right:
            odd[name] = "coded differently"
        elif due is not None and due != counts[name]:
            odd[name] = f"{counts[name]} frames instead of {due}"
    return odd


def _of_today(like: Coding, rate: Fraction, profile: EncoderProfile) -> Coding:
    """How today's encoder codes a picture of that size: one black frame tells."""
    width, height = struct.unpack_from(">HH", like[0], 32)
    black = np.full((height * 3 // 2, width), 128, np.uint8)
    black[:height] = 16
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "black.mp4"
        write_film(path, [black], width, height, rate, profile)
        return coded_track(path).coding
