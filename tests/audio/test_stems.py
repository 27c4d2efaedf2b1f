"""Stems: as long as the film, and together its mix."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile as sf

from audio.mixing.grid import CHUNK, MixCue, chunks
from audio.mixing.mix import bare
from audio.mixing.stems import StemRequest, write_stem
from audio.voice import RATE, Samples
from projects.steps import Work

Save = Callable[[str, Samples], Path]
Tone = Callable[..., Samples]
MakeWork = Callable[..., Work]

FILM = CHUNK + 100_001
SPEECH = ((RATE, 3 * RATE), (CHUNK - RATE, CHUNK + RATE))
STEMS = (("dialogue", "narration"), ("music",), ("effects", "clip"))


@pytest.fixture
def work(save: Save, tone: Tone, make_work: MakeWork) -> Work:
    """Two lines, a score, an ambience and a clip."""
    dice = np.random.default_rng(1)
    voice = (0.1 * dice.standard_normal(2 * RATE)).astype(np.float32)
    rain = (0.02 * dice.standard_normal((FILM, 2))).astype(np.float32)
    return make_work(
        {
            "line": save("line", voice),
            "score": save("score", tone(FILM / RATE, 220.0, 0.2)),
            "rain": save("rain", rain),
            "clip": save("clip", tone(4.0, 700.0, 0.1)),
        }
    )


def cues() -> tuple[MixCue, ...]:
    """What is heard in the film."""
    return (
        MixCue("line", "narration", SPEECH[0][0], samples=2 * RATE),
        MixCue("line", "dialogue", SPEECH[1][0], samples=2 * RATE, pan=0.2),
        MixCue("score", "music", 0, samples=FILM),
        MixCue("rain", "effects", 0, -6.0, samples=FILM, fade_in=9999),
        MixCue("clip", "clip", CHUNK - 2 * RATE, samples=4 * RATE),
    )


def stem(buses: tuple[str, ...], work: Work, out: Path, gain: float = 2.0) -> tuple[Samples, dict[str, object]]:
    """The stem of some buses, read back, and its facts."""
    own = tuple(cue for cue in cues() if cue.bus in buses)
    facts = write_stem(StemRequest(FILM, own, SPEECH, gain), work, out)
    sound, rate = sf.read(out, dtype="float32")
    assert rate == RATE
    return sound, facts


def test_stems_add_up_to_the_mix(work: Work, tmp_path: Path) -> None:
    """Each is as long as the film; their sum is the mix with the film's gain before its limiter, within -90 dB."""
    made = [stem(buses, work, tmp_path / "stem.wav")[0] for buses in STEMS]
    assert {len(one) for one in made} == {FILM}
    parts = [(chunk, bare(chunk, work)) for chunk in chunks(FILM, cues(), SPEECH)]
    mixed = np.concatenate([part[chunk.before : chunk.before + chunk.samples] for chunk, part in parts])
    assert np.abs(sum(made) - mixed * 10 ** (2.0 / 20)).max() < 10 ** (-90 / 20)
    assert all(np.abs(one).max() > 0.01 for one in made)


def test_a_stem_holds_its_buses_only(work: Work, tmp_path: Path) -> None:
    """Where nobody speaks the dialogue stem is silent; the music steps back in its own stem too."""
    dialogue, facts = stem(STEMS[0], work, tmp_path / "dialogue.wav")
    assert not np.any(dialogue[4 * RATE : CHUNK - 2 * RATE])
    assert facts["words"] == "24 bit"
    assert sf.info(tmp_path / "dialogue.wav").subtype == "PCM_24"
    music, _ = stem(STEMS[1], work, tmp_path / "music.wav")
    assert np.abs(music[2 * RATE : 3 * RATE]).max() < 0.5 * np.abs(music[5 * RATE : 6 * RATE]).max()


def test_a_stem_too_loud_for_whole_numbers_is_written_as_floats(work: Work, tmp_path: Path) -> None:
    """What exceeds full scale is kept: the file says that it holds 32-bit floats, and nothing is clipped."""
    music, facts = stem(STEMS[1], work, tmp_path / "music.wav", gain=20.0)
    assert facts["words"] == "32-bit float"
    assert sf.info(tmp_path / "music.wav").subtype == "FLOAT"
    assert np.abs(music).max() > 1.2
    softer, _ = stem(STEMS[1], work, tmp_path / "soft.wav", gain=0.0)
    assert np.abs(music - softer * 10.0).max() < 1e-4


def test_an_empty_stem_is_silent(work: Work, tmp_path: Path) -> None:
    """A film without clips still has a stem as long as it."""
    facts = write_stem(StemRequest(FILM, ()), work, tmp_path / "none.wav")
    assert sf.info(tmp_path / "none.wav").frames == FILM == facts["samples"]


def test_a_stem_is_repeatable(work: Work, tmp_path: Path) -> None:
    """Writing it twice gives equal bytes."""
    for name in ("a", "b"):
        stem(STEMS[2], work, tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
