"""What the moods of a score mean in music: progressions, instruments, movement, register and room.

Data only. Knows no film and no sound.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

Progression = tuple[tuple[int, str], ...]
"""Degrees (0 is the tonic) with the colour of each chord, one a bar."""


@dataclass(frozen=True, slots=True)
class Mood:
    """How a mood sounds.

    `figure` is the accompaniment's rhythm in eighths of a bar with chord-tone indices, -1 for a rest. `beat` names the
    percussion, "" for none. `register` moves everything by semitones, `brightness` is 0..1, `room` is seconds of
    reverb, `melody` is the chance of a melody note per beat.
    """

    name: str
    major: tuple[Progression, ...]
    minor: tuple[Progression, ...]
    bed: str
    figure_voice: str
    figure: tuple[int, ...]
    melody_voice: str
    melody: float
    bass: str
    beat: str
    register: int = 0
    brightness: float = 0.5
    room: float = 2.2


def _p(*chords: str) -> Progression:
    """`0`, `5:7`, `3:sus` ... as degrees and colours."""
    return tuple((int(c.split(":")[0]), c.split(":")[1] if ":" in c else "") for c in chords)


_WONDER = (_p("0:9", "3:7", "5", "4:sus"), _p("0", "4", "5:7", "3:9"), _p("3:9", "0", "4:sus", "0:9"))
_CALM = (_p("0:7", "3:7", "0:7", "3:9"), _p("0", "5:7", "3:7", "4:sus"))
_BRIGHT = (_p("0", "3", "0", "4"), _p("0", "5", "3", "4"), _p("0", "4", "5", "3"))
_DARK = (_p("0", "5", "3", "4:dominant"), _p("0", "5", "2", "6"), _p("0", "3:7", "5", "6"))
_SAD = (_p("0", "3", "5:7", "4"), _p("0", "2", "5", "3:7"), _p("5:7", "3", "0", "4"))
_STRANGE = (_p("0", "1", "0", "5"), _p("0:sus", "5", "1", "0"), _p("0", "3:dominant", "0", "1"))
_HEROIC = (_p("0", "5", "2", "6"), _p("0", "6", "5", "4:dominant"), _p("0", "3", "5", "6"))
_TENSE = (_p("0", "0:sus", "1", "0"), _p("0", "5", "0", "4:dominant"))

MOODS: Mapping[str, Mood] = MappingProxyType(
    {
        mood.name: mood
        for mood in (
            Mood("wonder", _WONDER, (_p("0:9", "5:7", "2", "6:sus"), _p("5:7", "2", "6", "0:9")), "strings", "celesta",
                 (0, 1, 2, 3, 2, 1, 2, 3), "flute", 0.45, "soft", "swell", 5, 0.6, 3.0),
            Mood("calm", _CALM, (_p("0:7", "3:7", "0:9", "5:7"),), "warm", "piano",
                 (0, -1, 2, -1, 1, -1, 2, -1), "flute", 0.25, "soft", "", 0, 0.35, 2.6),
            Mood("tense", _TENSE, _TENSE, "low", "pluck",
                 (0, 0, -1, 0, 0, -1, 0, 0), "", 0.0, "pulse", "pulse", -5, 0.45, 1.8),
            Mood("sad", _SAD, _SAD, "strings", "piano",
                 (0, 1, 2, 1, 2, 1, 2, 1), "cello", 0.40, "soft", "", -3, 0.3, 2.8),
            Mood("joyful", _BRIGHT, (_p("0", "2", "6", "3"), _p("0", "6", "5", "6")), "strings", "pluck",
                 (0, 2, 1, 2, 3, 2, 1, 2), "flute", 0.75, "walk", "light", 4, 0.7, 1.6),
            Mood("heroic", (_p("0", "4", "5", "3"), _p("0", "3", "0", "4")), _HEROIC, "brass", "strings short",
                 (0, 0, 1, 0, 2, 0, 1, 0), "horn", 0.60, "walk", "march", 0, 0.75, 2.4),
            Mood("mysterious", (_p("0:7", "1", "0:sus", "3"),), _STRANGE, "low", "celesta",
                 (0, -1, -1, 2, -1, -1, 3, -1), "cello", 0.20, "soft", "swell", -2, 0.35, 3.4),
            Mood("playful", _BRIGHT, (_p("0", "3", "6", "2"), _p("0", "4:dominant", "0", "3")), "", "pluck",
                 (0, -1, 2, -1, 1, 2, -1, 3), "marimba", 0.70, "walk", "light", 5, 0.6, 1.2),
            Mood("melancholy", (_p("5:7", "3:7", "0", "4:sus"),), (_p("0:7", "5:7", "3:7", "4"), _SAD[1]), "warm",
                 "piano",
                 (0, 2, 1, 2, 0, 2, 1, 2), "cello", 0.30, "soft", "", -1, 0.3, 2.8),
            Mood("romantic", (_p("0:7", "5:7", "3:9", "4:sus"),), (_p("0:9", "3:7", "6", "2:7"),), "strings", "piano",
                 (0, 1, 2, 3, 2, 1, 2, 1), "cello", 0.55, "soft", "", 0, 0.5, 2.6),
            Mood("epic", _HEROIC, _HEROIC, "brass", "strings short",
                 (0, 0, 2, 0, 1, 0, 2, 0), "horn", 0.45, "pulse", "march", -2, 0.85, 3.0),
            Mood("dark", _DARK, _DARK, "low", "piano",
                 (0, -1, -1, -1, 1, -1, -1, -1), "", 0.0, "pulse", "pulse", -7, 0.25, 3.0),
        )
    }
)  # fmt: skip

KIN: Mapping[str, str] = MappingProxyType(
    {
        "happy": "joyful", "hopeful": "wonder", "triumphant": "heroic", "scary": "tense", "horror": "dark",
        "suspense": "tense", "peaceful": "calm", "gentle": "calm", "dreamy": "wonder", "magical": "wonder",
        "funny": "playful", "comic": "playful", "nostalgic": "melancholy", "tragic": "sad", "love": "romantic",
        "tender": "romantic", "adventure": "heroic", "action": "epic", "mystery": "mysterious", "noir": "mysterious",
        "радостно": "joyful", "радостный": "joyful", "грустно": "sad", "грустный": "sad", "печальный": "sad",
        "тревожно": "tense", "тревожный": "tense", "спокойно": "calm", "спокойный": "calm", "чудо": "wonder",
        "героический": "heroic", "таинственный": "mysterious", "загадочный": "mysterious", "игривый": "playful",
        "меланхолия": "melancholy", "романтический": "romantic", "эпический": "epic", "мрачный": "dark",
        "neutral": "calm", "angry": "tense", "afraid": "tense", "surprised": "wonder", "determined": "heroic",
        "tired": "melancholy",
    }
)  # fmt: skip
"""Other words for a mood, and the emotions of scenes."""


def mood_named(name: str) -> Mood | None:
    """The mood of a name or of a kindred word; None where the word is not known."""
    word = name.casefold().strip()
    return MOODS.get(word) or MOODS.get(KIN.get(word, ""))
