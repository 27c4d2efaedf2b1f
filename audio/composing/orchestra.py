"""The players of the built-in composer: each one's General MIDI program, range, place and what it can take on.

Data only, but for seating them. Knows no sound.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

PARTS = ("melody", "counter", "harmony", "figure", "bass", "percussion")
"""The parts of every piece, in score order."""

KITS: Mapping[str, int] = MappingProxyType({"drums": 0, "drum machine": 25, "brushes": 40, "orchestral drums": 48})
"""Drum kits and their programs on the drum channel."""


@dataclass(frozen=True, slots=True)
class Player:
    """One instrument. `range` is in MIDI pitches; `takes` are the letters of its parts, what suits it best first.

    Letters: M melody, C counter-melody, H harmony, F figure, B bass, P percussion. `pan` is -1..1; `gain` in dB evens
    players out; `sustains` tells the bowed and blown from the struck and plucked.
    """

    name: str
    program: int
    range: tuple[int, int]
    takes: str
    pan: float = 0.0
    gain: float = 0.0
    sustains: bool = True


def _struck(name: str, program: int, low: int, high: int, takes: str, pan: float, gain: float = 0.0) -> Player:
    return Player(name, program, (low, high), takes, pan, gain, sustains=False)


PLAYERS: Mapping[str, Player] = MappingProxyType(
    {
        player.name: player
        for player in (
            _struck("piano", 0, 28, 96, "FHMBC", -0.05),
            _struck("electric piano", 4, 33, 93, "HFMBC", -0.1),
            _struck("harp", 46, 31, 98, "FHCM", -0.35),
            _struck("guitar", 24, 40, 84, "FHMBC", 0.25, 2.0),
            _struck("electric guitar", 27, 40, 84, "FMHBC", 0.25),
            _struck("celesta", 8, 60, 105, "FMC", 0.3),
            _struck("music box", 10, 60, 103, "FMC", 0.2),
            _struck("glockenspiel", 9, 72, 106, "CFM", 0.35, -3.0),
            _struck("vibraphone", 11, 53, 89, "HFMC", 0.2),
            _struck("marimba", 12, 45, 93, "FMC", 0.3),
            _struck("xylophone", 13, 65, 105, "CMF", 0.35, -2.0),
            _struck("bells", 14, 60, 79, "CFM", -0.3, -3.0),
            _struck("pizzicato", 45, 36, 93, "HFBCM", -0.2, 2.0),
            _struck("bass", 33, 28, 60, "B", 0.0),
            _struck("jazz bass", 32, 28, 60, "B", 0.0, 2.0),
            _struck("timpani", 47, 36, 57, "P", 0.15),
            _struck("taiko", 116, 36, 60, "P", 0.0),
            Player("organ", 19, (36, 96), "HFBMC", 0.0, -2.0),
            Player("accordion", 21, (48, 93), "HMFC", -0.2, -2.0),
            Player("strings", 48, (31, 96), "HMFCB", -0.1),
            Player("tremolo strings", 44, (36, 90), "HF", -0.1),
            Player("violin", 40, (55, 98), "MC", -0.35),
            Player("viola", 41, (48, 84), "CM", 0.1),
            Player("cello", 42, (36, 76), "CMBF", 0.3),
            Player("double bass", 43, (28, 55), "B", 0.2),
            Player("brass", 61, (40, 86), "HMCFB", 0.2),
            Player("horn", 60, (41, 77), "CMH", -0.3),
            Player("trumpet", 56, (55, 86), "MC", 0.25),
            Player("muted trumpet", 59, (55, 84), "MC", 0.15),
            Player("trombone", 57, (36, 70), "CBMH", 0.3),
            Player("tuba", 58, (28, 58), "B", 0.25),
            Player("saxophone", 66, (46, 78), "MC", -0.1),
            Player("flute", 73, (60, 96), "MC", 0.15),
            Player("clarinet", 71, (50, 91), "MC", 0.25),
            Player("oboe", 68, (58, 88), "MC", -0.15),
            Player("bassoon", 70, (34, 70), "BCM", 0.25),
            Player("whistle", 78, (67, 100), "MC", 0.15, -3.0),
            Player("choir", 52, (43, 84), "HCM", 0.0),
            Player("synth", 81, (36, 98), "MFCHB", 0.1, -3.0),
            Player("pad", 89, (36, 90), "HC", 0.0),
            Player("synth bass", 38, (28, 60), "B", 0.0),
            *(Player(kit, 0, (0, 127), "P", 0.0, 0.0, sustains=False) for kit in KITS),
        )
    }
)

_LETTERS: Mapping[str, str] = MappingProxyType(
    {"melody": "M", "counter": "C", "harmony": "H", "figure": "F", "bass": "B", "percussion": "P"}
)

_PARTS_OF: Mapping[str, str] = MappingProxyType({letter: part for part, letter in _LETTERS.items()})

Band = Mapping[str, tuple[str, ...]]
"""Who plays each part: the first always, the second in turn with him."""


def seated(
    band: Band, only: Sequence[str] = (), featured: Sequence[str] = (), denied: frozenset[str] = frozenset()
) -> Band:
    """A mood's band as it is wanted: of `only` these players, or with `featured` ones in the part that suits them best.

    A part that nobody wanted can take is empty; a denied player's part goes to the other one of the band.
    """
    seats = {part: tuple(name for name in band.get(part, ()) if name not in denied) for part in PARTS}
    for name in featured:
        part = _PARTS_OF[PLAYERS[name].takes[0]]
        seats[part] = (name, *(seats[part] if part == "percussion" else ()))
    if not only:
        return seats
    for part, letter in _LETTERS.items():
        able = [name for name in only if name in PLAYERS and letter in PLAYERS[name].takes and name not in denied]
        able.sort(key=lambda name, letter=letter: (PLAYERS[name].takes.index(letter), only.index(name)))  # type: ignore[misc]
        seats[part] = tuple(able[:2])
    return seats


def within(player: str, pitch: int) -> int:
    """The pitch moved by octaves into a player's range."""
    low, high = PLAYERS[player].range
    while pitch < low:
        pitch += 12
    while pitch > high:
        pitch -= 12
    return pitch
