"""The moods: known by their words, playable, and each unlike every other."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from audio.backends.composer import composed
from audio.composing.grooves import FILLS, GROOVES, STROKES
from audio.composing.harmony import MODES, chord, read_key
from audio.composing.moods import EMOTIONS, MOODS, mood_named
from audio.composing.orchestra import PARTS, PLAYERS
from audio.score import ComposeRequest
from audio.voice import RATE
from storyboard.vocabulary import moods as written
from storyboard.vocabulary.emotions import EMOTIONS as WRITTEN_EMOTIONS
from storyboard.vocabulary.instruments import INSTRUMENTS


def test_every_written_word_is_known() -> None:
    """The storyboard's moods and emotions all have a sound, its instruments a player, and nothing is left over."""
    assert set(written.MOODS.canonical) == set(MOODS)
    assert set(WRITTEN_EMOTIONS.canonical) == set(EMOTIONS)
    assert set(INSTRUMENTS.canonical) <= set(PLAYERS)
    assert len(MOODS) >= 12


@pytest.mark.parametrize(
    ("word", "mood"), [("нуар", "noir"), ("Happy", "joyful"), ("afraid", "tense"), ("epic", "epic")]
)
def test_words_find_their_mood(word: str, mood: str) -> None:
    """Names, kindred words of either language and emotions find their mood."""
    found = mood_named(word)
    assert found is not None
    assert found.name == mood
    assert mood_named("purple") is None


@pytest.mark.parametrize("name", MOODS)
def test_moods_are_whole(name: str) -> None:
    """Every chord can be spelt, every player and groove exists, every pattern divides its bar."""
    mood = MOODS[name]
    for words in (*mood.major, *mood.minor, *mood.cadence):
        for bar in words.split():
            assert all(chord(0, numeral).classes for numeral in bar.split(","))
    assert {player for players in mood.band.values() for player in players} <= set(PLAYERS)
    assert set(mood.band) == set(PARTS)
    assert mood.groove in GROOVES
    for groove in (*GROOVES[mood.groove], FILLS.get(mood.groove, {})):
        assert set(groove) <= {*STROKES, "timpani", "taiko"}
        assert all(len(pattern) % mood.meter == 0 or mood.meter % len(pattern) == 0 for pattern in groove.values())
    for pattern in (*mood.harmony, *mood.figure, *mood.bass):
        assert len(pattern) % mood.meter == 0 or mood.meter % len(pattern) == 0
    assert set(mood.modes) <= set(MODES)
    assert read_key(mood.key)
    assert len(mood.major) >= 3
    assert len(mood.minor) >= 3


@dataclass(frozen=True)
class Features:
    """What a listener could tell a mood by: figures, how much each degree sounds, and who plays."""

    figures: dict[str, float]
    degrees: NDArray[np.float64]
    players: frozenset[str]


def features(name: str, key: str) -> Features:
    """The features of a mood's notes in a key, at one tempo."""
    piece = composed(ComposeRequest(24 * RATE, name, 84.0, key, seed=3))[0]
    pitched = [note for part, notes in piece.parts.items() if part != "percussion" for note in notes]
    sung = [note.pitch for note in piece.parts["melody"]] or [0]
    degrees = np.zeros(12)
    for note in pitched:
        degrees[(note.pitch - piece.key.tonic) % 12] += note.samples
    figures = {
        "notes": len(pitched) / 24,
        "strokes": len(piece.parts["percussion"]) / 24,
        "register": float(np.mean([note.pitch for note in pitched])),
        "tune": float(np.mean(sung)),
        "length": float(np.exp(np.mean([np.log(note.samples) for note in pitched]))),
        "loud": MOODS[name].loud,
        "meter": float(MOODS[name].meter),
    }
    players = frozenset(note.player for notes in piece.parts.values() for note in notes)
    return Features(figures, degrees / degrees.sum(), players)


def told_apart(one: Features, other: Features) -> list[str]:
    """The features by which two moods clearly differ."""
    a, b = one.figures, other.figures
    found = [name for name in ("notes", "length") if max(a[name] / b[name], b[name] / a[name]) > 1.3]
    limits = {"strokes": 1.0, "register": 3.0, "tune": 4.0, "loud": 0.12, "meter": 0.5}
    found += [name for name, limit in limits.items() if abs(a[name] - b[name]) > limit]
    if np.abs(one.degrees - other.degrees).sum() > 0.4:
        found.append("degrees")
    if len(one.players & other.players) < 0.4 * len(one.players | other.players):
        found.append("players")
    return found


@pytest.mark.parametrize("key", ["C major", "A minor"])
def test_every_pair_of_moods_can_be_told_apart(key: str) -> None:
    """In the same key, tempo and length, any two moods differ clearly in three features or more of nine."""
    known = {name: features(name, key) for name in MOODS}
    alike = {
        (one, other): told_apart(known[one], known[other])
        for one, other in combinations(MOODS, 2)
        if len(told_apart(known[one], known[other])) < 3
    }
    assert not alike
