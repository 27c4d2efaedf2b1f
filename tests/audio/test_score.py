"""The score's contract: keys, chords, what is refused, and a whole score through the door."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from audio.backends.composer import Composer
from audio.composing.harmony import Chord, chord, nearest, read_key, scale_over, stepped, voiced
from audio.score import ComposeRequest, Section, check_request, compose_score
from audio.signal import wavefile
from audio.voice import RATE
from projects.steps import Work
from storyboard.errors import RenderError

TONO = (("synthesiser", "tono"),)


@pytest.mark.parametrize(
    ("text", "tonic", "minor"),
    [
        ("D minor", 2, True),
        ("F# major", 6, False),
        ("Eb major", 3, False),
        ("ре минор", 2, True),
        ("a dorian", 9, True),
        ("E harmonic minor", 4, True),
    ],
)
def test_keys_are_read(text: str, tonic: int, minor: bool) -> None:
    """Keys are understood in English and Russian, with sharps, flats and modes."""
    key = read_key(text)
    assert (key.tonic, key.minor) == (tonic, minor)


@pytest.mark.parametrize("text", ["", "H2 minor", "D minor please", "loud"])
def test_strange_keys_are_refused(text: str) -> None:
    """A key that is none is refused with an example."""
    with pytest.raises(RenderError, match="not understood"):
        read_key(text)


@pytest.mark.parametrize(
    ("numeral", "classes"),
    [("I", (0, 4, 7)), ("vi7", (9, 0, 4, 7)), ("bVI", (8, 0, 3)), ("V7b9", (7, 11, 2, 5, 8)), ("#ivo7", (6, 9, 0, 3))],
)
def test_numerals_are_chords(numeral: str, classes: tuple[int, ...]) -> None:
    """A numeral gives the tones of its chord, the root first."""
    assert chord(0, numeral).classes == classes


def test_unknown_numerals_are_refused() -> None:
    """A numeral with a colour that nobody knows is refused."""
    with pytest.raises(RenderError, match="not understood"):
        chord(0, "V99")


def test_chords_move_little_and_without_parallel_fifths() -> None:
    """Through a common progression no voice leaps, and no two voices go in parallel fifths or octaves."""
    before: tuple[int, ...] = ()
    for numeral in ("I", "vi7", "ii7", "V7", "I", "IV", "bVII", "I"):
        after = voiced(chord(0, numeral), before, 60)
        if before:
            assert all(abs(b - a) <= 5 for a, b in zip(before, after, strict=True))
            for low in range(4):
                for high in range(low + 1, 4):
                    gap, was = after[high] - after[low], before[high] - before[low]
                    assert not (gap == was and gap % 12 in (0, 7) and after[low] != before[low])
        before = after


def test_scales_bend_to_their_chord() -> None:
    """Over a chord from outside the key its own tones replace their neighbours."""
    key = read_key("C major")
    assert scale_over(key, chord(0, "bVI")) == frozenset({0, 2, 3, 5, 7, 8, 11})
    assert nearest(Chord((0, 4, 7)).classes, 61) == 60
    assert stepped(key.classes, 60, 2) == 64


@pytest.mark.parametrize(
    "request_",
    [
        ComposeRequest(0),
        ComposeRequest(RATE, tempo=4.0),
        ComposeRequest(RATE, key="loud"),
        ComposeRequest(RATE, sections=(Section(0, "purple"),)),
    ],
)
def test_what_cannot_be_composed_is_refused(request_: ComposeRequest) -> None:
    """No length, an absurd tempo, a key or a mood that is none: each is refused."""
    with pytest.raises(RenderError):
        check_request(request_)


def test_unknown_mood_is_refused_with_the_list(tmp_path: Path, make_work: Callable[..., Work]) -> None:
    """A mood that nobody knows is refused with the list."""
    with pytest.raises(RenderError) as refusal:
        compose_score(ComposeRequest(RATE, "purple"), make_work(), tmp_path / "s.wav")
    assert "wonder" in refusal.value.hint


def test_score_is_as_long_as_asked_and_ends_in_silence(tmp_path: Path, make_work: Callable[..., Work]) -> None:
    """The file has exactly the samples asked for, at -20 LUFS, in stereo, ends in silence and repeats to the byte."""
    out, again = tmp_path / "s.wav", tmp_path / "t.wav"
    request = ComposeRequest(9 * RATE + 17, "playful", 126.0, "G major", seed=3, model=TONO)
    facts = compose_score(request, make_work(), out)
    compose_score(request, make_work(), again)
    sound = wavefile.read(out)
    assert sound.shape == (9 * RATE + 17, 2)
    assert facts["lufs"] == pytest.approx(-20.0, abs=0.3)
    assert np.abs(sound).max() <= 10 ** (-1 / 20)
    assert np.abs(sound[-1]).max() < 1e-6
    assert np.abs(sound[: 6 * RATE, 0] - sound[: 6 * RATE, 1]).max() > 0.01
    assert out.read_bytes() == again.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["s.wav", "t.wav"]


@pytest.mark.parametrize("samples", [1, 500, RATE, 3 * RATE])
def test_very_short_films_get_a_score(samples: int, tmp_path: Path, make_work: Callable[..., Work]) -> None:
    """A film shorter than a bar gets one chord of its length."""
    compose_score(ComposeRequest(samples, "calm", model=TONO), make_work(), tmp_path / "s.wav")
    assert wavefile.length(tmp_path / "s.wav") == samples


def test_facts_say_what_was_played(tmp_path: Path, make_work: Callable[..., Work]) -> None:
    """Facts name the synthesiser and its licence, the key that a mood chose, sections, parts and exact beats."""
    request = ComposeRequest(8 * RATE, "noir", 100.0, "", prompt="saxophone, zither", model=TONO)
    facts = Composer().compose(request, make_work(), tmp_path / "s.wav")
    assert facts["synthesiser"].startswith("tono-py")
    assert "MIT" in facts["licence"]
    assert facts["key"] == "D dorian"
    assert facts["sections"] == [[0, "noir"]]
    assert set(facts["parts"]) <= set(Composer().parts())
    assert facts["understood"] == ["saxophone"]
    assert facts["not_understood"] == ["zither"]
    assert facts["beats"] == [round(k * 60 * RATE / 100) for k in range(len(facts["beats"]))]
    assert all(beat < 8 * RATE for beat in facts["beats"])
    assert all(b > a for a, b in pairwise(facts["beats"]))
