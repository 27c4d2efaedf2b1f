"""The score: harmony, arrangement and the composer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from audio import arrangement, wavefile
from audio.backends.composer import Composer, planned, read_prompt
from audio.harmony import chord, read_key, voiced
from audio.instruments import INSTRUMENTS
from audio.moods import MOODS
from audio.percussion import STROKES
from audio.score import ComposeRequest, Section, compose_score
from audio.voice import RATE
from projects.steps import Work
from storyboard.errors import RenderError


@pytest.mark.parametrize(
    ("text", "tonic", "minor"),
    [
        ("D minor", 2, True),
        ("F# major", 6, False),
        ("Eb major", 3, False),
        ("ре минор", 2, True),
        ("a dorian", 9, True),
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


def test_chords_move_little() -> None:
    """From C to F no voice moves by more than a fourth."""
    key = read_key("C major")
    first = voiced(chord(key, 0), (), 60)
    second = voiced(chord(key, 3), first, 60)
    assert {p % 12 for p in second} == {5, 9, 0}
    assert all(min(abs(p - q) for q in first) <= 5 for p in second)


@pytest.mark.parametrize("name", ["flute", "piano", "strings"])
def test_instruments_are_in_tune_to_the_end(name: str) -> None:
    """The last second of a long A lies at 440 Hz as its first does, within ten cents, and repeats itself."""
    sound = INSTRUMENTS[name](69, 5.0, 0.5)
    assert np.array_equal(sound, INSTRUMENTS[name](69, 5.0, 0.5))
    assert sound.dtype == np.float32
    for first in (RATE // 2, 3 * RATE):
        second = sound[first : first + RATE, 0] * np.hanning(RATE)
        around = np.abs(np.fft.rfft(second, 8 * RATE))[8 * 400 : 8 * 480]
        assert 400 + int(np.argmax(around)) / 8 == pytest.approx(440.0, rel=0.006)


def test_every_mood_can_be_played() -> None:
    """Every instrument and stroke that any mood names exists."""
    for mood in MOODS.values():
        for voice in (mood.bed, mood.figure_voice, mood.melody_voice, mood.bass):
            assert not voice or voice in INSTRUMENTS
    assert {"drum", "shaker", "brush", "heartbeat", "swell"} == set(STROKES)
    assert len(MOODS) >= 8


def test_beats_are_exact() -> None:
    """Bars lie on the written tempo to the sample, however long the film."""
    plan = planned(ComposeRequest(600 * RATE, tempo=84.0), read_prompt(""))
    assert plan.bar(100) == round(400 * 60 * RATE / 84.0)


def test_it_ends_at_home() -> None:
    """The chord before the last is the dominant, the last one the tonic."""
    plan = planned(ComposeRequest(30 * RATE, "sad", 90.0, "A minor"), read_prompt(""))
    assert plan.chords[-2].classes[0] == 4
    assert plan.chords[-1].classes[0] == 9
    assert plan.samples - plan.bar(plan.bars) >= 2 * RATE


def test_sections_begin_at_the_nearest_bar() -> None:
    """A section's mood begins within half a bar of its scene, and one shorter than that is left out."""
    sections = (Section(0), Section(10 * RATE, "tense"), Section(round(10.1 * RATE), "sad"))
    plan = planned(ComposeRequest(30 * RATE, "calm", 120.0, sections=sections), read_prompt(""))
    assert [(p.first, p.mood.name) for p in plan.passages] == [(0, "calm"), (5, "sad")]


def test_music_is_thinner_under_speech() -> None:
    """Under dialogue there is no melody and there are fewer notes."""
    counts = {}
    for speech in (False, True):
        request = ComposeRequest(40 * RATE, "joyful", 100.0, sections=(Section(0, "", 0.6, speech),))
        counts[speech] = arrangement.parts(planned(request, read_prompt("")))
    assert "flute" in counts[False]
    assert "flute" not in counts[True]
    assert sum(counts[True].values()) < 0.7 * sum(counts[False].values())


def test_prompt_chooses_instruments_and_says_what_it_did_not_understand() -> None:
    """Words for instruments are followed, "no drums" takes them away, the rest is reported."""
    wishes = read_prompt("Solo piano and cello, no drums, slow build, zither")
    assert wishes.changes == {"figure_voice": "piano", "melody_voice": "cello", "beat": ""}
    assert wishes.build
    assert wishes.unread == ("solo", "zither")


def test_score_is_as_long_as_asked_and_ends_in_silence(tmp_path: Path, make_work: Callable[..., Work]) -> None:
    """The file has exactly the samples asked for, at -20 LUFS, in stereo, and its last sample is silent."""
    out, again = tmp_path / "s.wav", tmp_path / "t.wav"
    request = ComposeRequest(12 * RATE + 17, "playful", 126.0, "G major", seed=3)
    facts = compose_score(request, make_work(), out)
    compose_score(request, make_work(), again)
    sound = wavefile.read(out)
    assert sound.shape == (12 * RATE + 17, 2)
    assert facts["lufs"] == pytest.approx(-20.0, abs=0.3)
    assert np.abs(sound[-10:]).max() < 1e-3
    assert np.abs(sound[: 6 * RATE, 0] - sound[: 6 * RATE, 1]).max() > 0.01
    assert out.read_bytes() == again.read_bytes()
    assert facts["beats"][1] == round(60 * RATE / 126)
    assert not list(tmp_path.glob("*.draft"))


@pytest.mark.parametrize("samples", [1, 500, RATE, 3 * RATE])
def test_very_short_films_get_a_score(samples: int, tmp_path: Path, make_work: Callable[..., Work]) -> None:
    """A film shorter than a bar gets one chord of its length."""
    compose_score(ComposeRequest(samples, "calm"), make_work(), tmp_path / "s.wav")
    assert wavefile.length(tmp_path / "s.wav") == samples


def test_seeds_differ(tmp_path: Path, make_work: Callable[..., Work]) -> None:
    """Another seed gives other notes."""
    plans = [planned(ComposeRequest(60 * RATE, "joyful", 120.0, seed=s), read_prompt("")) for s in (1, 2)]
    notes = [[arrangement.notes_of_bar(plan, bar) for bar in range(plan.bars)] for plan in plans]
    assert notes[0] != notes[1]


def test_unknown_mood_is_refused(tmp_path: Path, make_work: Callable[..., Work]) -> None:
    """A mood that nobody knows is refused with the list."""
    with pytest.raises(RenderError) as refusal:
        compose_score(ComposeRequest(RATE, "purple"), make_work(), tmp_path / "s.wav")
    assert "wonder" in refusal.value.hint
    assert not Composer().check()
