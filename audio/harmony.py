"""Keys, scales, chords and their voicing: the arithmetic of tonal music.

Pitches are MIDI numbers, degrees count from 0. Pure; knows no instruments and no film.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from storyboard.errors import RenderError

_TONICS: Mapping[str, int] = MappingProxyType({"c": 0, "d": 2, "e": 4, "f": 5, "g": 7, "a": 9, "b": 11, "h": 11})
_RUSSIAN: Mapping[str, str] = MappingProxyType(
    {"до": "c", "ре": "d", "ми": "e", "фа": "f", "соль": "g", "ля": "a", "си": "b"}
)
_SIGNS: Mapping[str, int] = MappingProxyType(
    {"": 0, "#": 1, "♯": 1, "b": -1, "♭": -1, "sharp": 1, "flat": -1, "диез": 1, "бемоль": -1}
)
_MODES: Mapping[str, tuple[int, ...]] = MappingProxyType(
    {
        "major": (0, 2, 4, 5, 7, 9, 11),
        "minor": (0, 2, 3, 5, 7, 8, 10),
        "dorian": (0, 2, 3, 5, 7, 9, 10),
        "lydian": (0, 2, 4, 6, 7, 9, 11),
        "mixolydian": (0, 2, 4, 5, 7, 9, 10),
        "phrygian": (0, 1, 3, 5, 7, 8, 10),
    }
)
_MODE_NAMES: Mapping[str, str] = MappingProxyType({"мажор": "major", "минор": "minor", "dur": "major", "moll": "minor"})


@dataclass(frozen=True, slots=True)
class Key:
    """A tonic (0..11, 0 is C) and its scale as semitones above it."""

    tonic: int
    mode: str

    @property
    def scale(self) -> tuple[int, ...]:
        """Semitones above the tonic of the seven degrees."""
        return _MODES[self.mode]

    @property
    def minor(self) -> bool:
        """True where the third is small."""
        return self.scale[2] == 3

    def pitch(self, degree: int, octave: int = 4) -> int:
        """The MIDI pitch of a degree (0 is the tonic; may lie beyond 0..6) counted from the tonic in `octave`."""
        turn, step = divmod(degree, 7)
        return 12 * (octave + 1 + turn) + self.tonic + self.scale[step]


@dataclass(frozen=True, slots=True)
class Chord:
    """A root degree, and its tones as pitch classes 0..11 with the root first."""

    degree: int
    classes: tuple[int, ...]


def read_key(text: str) -> Key:
    """The key of `D minor`, `F# dorian` or `ре минор`; RenderError for anything else."""
    words = text.casefold().replace("-", " ").split()
    if words:
        name = _RUSSIAN.get(words[0], words[0])
        letter, sign = name[:1], name[1:]
        rest = words[1:]
        if not sign and rest and rest[0] in _SIGNS:
            sign, rest = rest[0], rest[1:]
        mode = _MODE_NAMES.get(rest[0], rest[0]) if rest else "major"
        if letter in _TONICS and sign in _SIGNS and mode in _MODES and len(rest) <= 1:
            return Key((_TONICS[letter] + _SIGNS[sign]) % 12, mode)
    raise RenderError(
        f"the score's key {text!r} is not understood", f"write for example `D minor`; {', '.join(_MODES)}"
    )


def chord(key: Key, degree: int, colour: str = "") -> Chord:
    """The chord on a degree of the key.

    `colour` adds to the triad: `7`, `9` (both of the scale), `sus` (fourth for third) or `dominant` (a major third
    and a small seventh, whatever the mode).
    """
    steps = [0, 3, 4] if colour == "sus" else [0, 2, 4]
    steps += {"7": [6], "9": [6, 8], "dominant": [6]}.get(colour, [])
    classes = [key.pitch(degree + step) % 12 for step in steps]
    if colour == "dominant":
        classes[1] = (classes[0] + 4) % 12
        classes[3] = (classes[0] + 10) % 12
    return Chord(degree % 7, tuple(dict.fromkeys(classes)))


def voiced(tones: Chord, before: Sequence[int], centre: int) -> tuple[int, ...]:
    """The chord's tones near `centre`, each moving as little as it can from the chord before; ascending pitches."""
    around = sorted(before) if before else [centre - 5, centre, centre + 4, centre + 9]
    placed: list[int] = []
    for index, pitch_class in enumerate(tones.classes[:4]):
        aim = around[min(index, len(around) - 1)]
        options = [pitch_class + 12 * octave for octave in range(2, 9)]
        near = [p for p in options if abs(p - centre) <= 11] or options
        free = [p for p in near if p not in placed] or near
        placed.append(min(free, key=lambda p: (abs(p - aim) + 0.4 * abs(p - centre), p)))
    return tuple(sorted(placed))


def nearest_tone(tones: Chord, pitch: int) -> int:
    """The chord tone closest to a pitch."""
    options = [c + 12 * octave for c in tones.classes for octave in range(1, 10)]
    return min(options, key=lambda p: (abs(p - pitch), p))
