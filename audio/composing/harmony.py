"""Keys, scales, chords and their voicing: the arithmetic of tonal music.

Pitches are MIDI numbers, pitch classes 0..11 with C as 0. Pure; knows no instruments and no film.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType

from storyboard.errors import RenderError

_TONICS: Mapping[str, int] = MappingProxyType({"c": 0, "d": 2, "e": 4, "f": 5, "g": 7, "a": 9, "b": 11, "h": 11})
_RUSSIAN: Mapping[str, str] = MappingProxyType(
    {"до": "c", "ре": "d", "ми": "e", "фа": "f", "соль": "g", "ля": "a", "си": "b"}
)
_SIGNS: Mapping[str, int] = MappingProxyType(
    {"": 0, "#": 1, "♯": 1, "b": -1, "♭": -1, "sharp": 1, "flat": -1, "диез": 1, "бемоль": -1}
)
MODES: Mapping[str, tuple[int, ...]] = MappingProxyType(
    {
        "major": (0, 2, 4, 5, 7, 9, 11),
        "minor": (0, 2, 3, 5, 7, 8, 10),
        "dorian": (0, 2, 3, 5, 7, 9, 10),
        "lydian": (0, 2, 4, 6, 7, 9, 11),
        "mixolydian": (0, 2, 4, 5, 7, 9, 10),
        "phrygian": (0, 1, 3, 5, 7, 8, 10),
        "harmonic minor": (0, 2, 3, 5, 7, 8, 11),
        "harmonic major": (0, 2, 4, 5, 7, 8, 11),
        "phrygian dominant": (0, 1, 4, 5, 7, 8, 10),
    }
)
"""Semitones of the seven degrees above the tonic."""
_MODE_NAMES: Mapping[str, str] = MappingProxyType({"мажор": "major", "минор": "minor", "dur": "major", "moll": "minor"})
_DEGREES: Mapping[str, int] = MappingProxyType({"i": 0, "ii": 2, "iii": 4, "iv": 5, "v": 7, "vi": 9, "vii": 11})
_COLOURS: Mapping[str, tuple[int, ...]] = MappingProxyType(
    {"": (), "7": (10,), "maj7": (11,), "9": (10, 2), "maj9": (11, 2), "add9": (2,), "6": (9,), "69": (9, 2),
     "7b9": (10, 1), "b6": (8,)}
)  # fmt: skip
"""What a chord has above its triad, in semitones above its root."""
_TRIADS: Mapping[str, tuple[int, ...]] = MappingProxyType(
    {"sus": (0, 5, 7), "sus2": (0, 2, 7), "5": (0, 7), "o": (0, 3, 6), "o7": (0, 3, 6, 9), "h7": (0, 3, 6, 10),
     "+": (0, 4, 8), "7sus": (0, 5, 7, 10)}
)  # fmt: skip
"""Chords that are not a major or minor triad with something above it."""
_NUMERAL = re.compile(r"(b|#)?(iii|ii|iv|i|vii|vi|v)(.*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Key:
    """A tonic (0..11, 0 is C) and its scale as semitones above it."""

    tonic: int
    mode: str

    @property
    def scale(self) -> tuple[int, ...]:
        """Semitones above the tonic of the seven degrees."""
        return MODES[self.mode]

    @property
    def minor(self) -> bool:
        """True where the third is small."""
        return self.scale[2] == 3

    @property
    def classes(self) -> frozenset[int]:
        """Pitch classes of the scale."""
        return frozenset((self.tonic + step) % 12 for step in self.scale)


@dataclass(frozen=True, slots=True)
class Chord:
    """A chord: its tones as pitch classes 0..11 with the root first, and the numeral that it was written as."""

    classes: tuple[int, ...]
    numeral: str = ""

    @property
    def root(self) -> int:
        """The pitch class of its root."""
        return self.classes[0]


def read_key(text: str) -> Key:
    """The key of `D minor`, `F# dorian` or `ре минор`; RenderError for anything else."""
    words = text.casefold().replace("-", " ").split()
    if words:
        name = _RUSSIAN.get(words[0], words[0])
        letter, sign = name[:1], name[1:]
        rest = words[1:]
        if not sign and rest and rest[0] in _SIGNS:
            sign, rest = rest[0], rest[1:]
        mode = " ".join(_MODE_NAMES.get(word, word) for word in rest) or "major"
        if letter in _TONICS and sign in _SIGNS and mode in MODES:
            return Key((_TONICS[letter] + _SIGNS[sign]) % 12, mode)
    raise RenderError(f"the score's key {text!r} is not understood", f"write for example `D minor`; {', '.join(MODES)}")


@lru_cache(maxsize=1024)
def chord(tonic: int, numeral: str) -> Chord:
    """The chord of a numeral over a tonic: `I`, `vi7`, `bVII`, `V7sus`, `iih7` ... Small letters are minor.

    The numerals count on the major scale, so that `bVI` is the same chord in major and in minor.
    """
    found = _NUMERAL.fullmatch(numeral)
    if found is None or (found[3] not in _COLOURS and found[3] not in _TRIADS):
        raise RenderError(f"the chord {numeral!r} is not understood", "this is a fault in a mood; report it")
    sign, degree, colour = found.groups()
    root = tonic + _DEGREES[degree.lower()] + {"b": -1, "#": 1}.get(sign or "", 0)
    triad = (0, 4, 7) if degree[0].isupper() else (0, 3, 7)
    steps = _TRIADS.get(colour) or triad + _COLOURS[colour]
    return Chord(tuple(dict.fromkeys((root + step) % 12 for step in steps)), numeral)


@lru_cache(maxsize=1024)
def scale_over(key: Key, tones: Chord) -> frozenset[int]:
    """The pitch classes that a melody may use over a chord: the key's, bent to the chord's own tones."""
    classes = set(key.classes)
    for place, tone in enumerate(tones.classes):
        if tone in classes:
            continue
        # A major third or a raised root stands for the degree below it, anything else for a lowered one above.
        raised = (place == 1 and (tone - tones.root) % 12 == 4) or (place == 0 and tones.numeral.startswith("#"))
        classes -= {(tone + (-1 if raised else 1)) % 12} - set(tones.classes)
        classes.add(tone)
    return frozenset(classes)


def nearest(classes: frozenset[int] | Sequence[int], pitch: float) -> int:
    """The pitch of one of these classes that is closest to a pitch; the lower of two."""
    around = range(max(0, int(pitch) - 12), min(127, int(pitch) + 13) + 1)
    return min((p for p in around if p % 12 in classes), key=lambda p: (abs(p - pitch), p))


def stepped(classes: frozenset[int], pitch: int, steps: int) -> int:
    """The tone so many steps of a scale above a pitch (below where negative), from the scale's tone nearest to it."""
    ladder = [p for p in range(12, 120) if p % 12 in classes]
    here = min(range(len(ladder)), key=lambda i: (abs(ladder[i] - pitch), i))
    return ladder[max(0, min(len(ladder) - 1, here + steps))]


@lru_cache(maxsize=4096)
def voiced(tones: Chord, before: tuple[int, ...], centre: int, voices: int = 4) -> tuple[int, ...]:
    """The chord in so many voices near `centre`, led from the chord before; ascending pitches.

    Voices move as little as they can, not all in one direction, and no two of them in parallel fifths or octaves.
    """
    candidates = _spellings(tones.classes, centre, voices)
    return min(candidates, key=lambda one: (_strain(one, before, centre), one))


def _spellings(classes: tuple[int, ...], centre: int, voices: int) -> list[tuple[int, ...]]:
    """Close and open positions of a chord within an octave or so around a pitch."""
    kept = classes
    if len(kept) > voices:  # the fifth is missed least, then the root, which the bass plays
        kept = tuple(c for i, c in enumerate(kept) if i != 2)[-voices:]
    made = set()
    for turn in range(len(kept)):
        order = kept[turn:] + kept[:turn]
        for bottom in range(centre - 14, centre + 7):
            if bottom % 12 != order[0]:
                continue
            close = [bottom]
            while len(close) < voices:
                wanted = order[len(close) % len(order)]
                close.append(next(p for p in range(close[-1] + 1, close[-1] + 13) if p % 12 == wanted))
            made.add(tuple(close))
            if len(close) > 2:
                made.add(tuple(sorted((*close[:-2], close[-2] - 12, close[-1]))))
    return sorted(made)


def _strain(one: tuple[int, ...], before: tuple[int, ...], centre: int) -> float:
    strain = 0.9 * abs(sum(one) / len(one) - centre) + 0.15 * max(0, one[-1] - one[0] - 14)
    strain += sum(2.0 for low, high in pairwise(one) if high - low < 2 or (low < 48 and high - low < 5))
    if len(before) != len(one):
        return strain
    moves = [b - a for a, b in zip(before, one, strict=True)]
    strain += sum(abs(move) + 0.1 * move * move for move in moves)
    strain += 2.5 * (len({move > 0 for move in moves if move}) == 1 and all(moves))
    for i in range(len(one)):
        for j in range(i):
            gap, gap_before = one[i] - one[j], before[i] - before[j]
            strain += 9.0 * (gap == gap_before and gap % 12 in (0, 7) and moves[i] != 0)
    return strain
