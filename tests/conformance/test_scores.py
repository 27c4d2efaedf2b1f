"""One suite over every score backend that is installed, built in or not: what the contract promises holds."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from audio.hosted.music import BuysMusic
from audio.score import ComposeRequest, ScoreBackend, Section, compose_score, composer
from audio.signal import wavefile
from audio.voice import RATE, Trouble
from projects.plugins import find
from projects.steps import Work
from storyboard.errors import MissingError, RenderError, WorkprintError

NAMES = sorted(find("workprint.scores"))
SECTIONS = (
    Section(0, energy=0.3),
    Section(5 * RATE, "tense", 0.8, has_speech=True),
    Section(9 * RATE, "joyful", hit=True),
)
ASKED = ComposeRequest(13 * RATE + 7, "wonder", 96.0, "A minor", "strings", 5, SECTIONS, speech=((5 * RATE, 7 * RATE),))
WORK = Work({}, {}, lambda _: None, lambda: False)


def playing(name: str) -> ScoreBackend:
    """The backend, where it can play here: one that needs weights has its own suite on tiny ones."""
    backend = composer(name)
    if isinstance(backend, BuysMusic):
        pytest.skip("its music is bought")
    if backend.check():
        pytest.skip(f"{name} lacks packages here")
    try:
        backend.quantise(ASKED)
    except MissingError as missing:
        pytest.skip(missing.message)
    return backend


@pytest.mark.parametrize("name", NAMES)
def test_it_says_what_it_is(name: str) -> None:
    """The name is that of its entry point, its identity is one line and stays, parts are distinct words."""
    backend = composer(name)
    assert backend.name == name
    assert backend.identity() == composer(name).identity()
    assert backend.identity().strip()
    assert "\n" not in backend.identity()
    parts = list(backend.parts())
    assert len(set(parts)) == len(parts)
    assert all(part and part == part.strip() for part in parts)
    assert (type(backend).__doc__ or "").strip()


@pytest.mark.parametrize("name", NAMES)
def test_troubles_come_with_a_remedy(name: str) -> None:
    """What is missing on this machine is told with what mends it."""
    for trouble in composer(name).check():
        assert isinstance(trouble, Trouble)
        assert trouble.what
        assert trouble.fix


def test_asking_loads_nothing_heavy() -> None:
    """Names, checks, identities and refusals import none of the large libraries."""
    code = f"""
import sys
from audio.score import ComposeRequest, composer
from storyboard.errors import WorkprintError
for name in {NAMES!r}:
    backend = composer(name)
    backend.check(), backend.identity(), backend.parts()
    try:
        backend.quantise(ComposeRequest(480_000))
    except WorkprintError:
        pass
print([heavy for heavy in ("torch", "transformers", "diffusers", "librosa", "numba") if heavy in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "wrong",
    [
        {"samples": 0},
        {"tempo": 5.0},
        {"key": "H2 minor"},
        {"mood": "purple"},
        {"sections": (Section(0, "purple"),)},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_what_cannot_be_honoured_is_refused(name: str, wrong: dict[str, object], tmp_path: Path) -> None:
    """A request that nobody can honour is refused with a remedy, and leaves no file."""
    request = replace(ASKED, composer=name, **wrong)  # type: ignore[arg-type]
    with pytest.raises(RenderError) as refusal:
        compose_score(request, WORK, tmp_path / "s.wav")
    assert not list(tmp_path.iterdir())
    assert isinstance(refusal.value, WorkprintError)
    assert refusal.value.message
    assert refusal.value.hint


@pytest.mark.parametrize("name", NAMES)
def test_a_part_that_it_does_not_play_is_refused(name: str, tmp_path: Path) -> None:
    """An unknown part is an error in plain words and leaves no file."""
    with pytest.raises((RenderError, MissingError)):
        composer(name).compose(ASKED, WORK, tmp_path / "s.wav", "kazoo")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("samples", [1, ASKED.samples])
@pytest.mark.parametrize("name", NAMES)
def test_length_is_exact(name: str, samples: int, tmp_path: Path) -> None:
    """The file holds exactly what was asked, in stereo, finite, ends in silence, and the facts say so."""
    facts = playing(name).compose(replace(ASKED, samples=samples), WORK, tmp_path / "s.wav")
    sound = wavefile.read(tmp_path / "s.wav")
    assert sound.shape == (samples, 2)
    assert facts["samples"] == samples
    assert np.isfinite(sound).all()
    assert np.abs(sound[-1]).max() < 2e-3
    assert {"tempo", "key", "sections", "beats", "parts", "lufs", "understood", "not_understood"} <= set(facts)
    assert [path.name for path in tmp_path.iterdir()] == ["s.wav"]


@pytest.mark.parametrize("name", NAMES)
def test_equal_requests_give_equal_bytes(name: str, tmp_path: Path) -> None:
    """The same request gives the same file; another seed gives another."""
    backend = playing(name)
    request = replace(ASKED, samples=3 * RATE)
    for number, asked in enumerate((request, request, replace(request, seed=6))):
        backend.compose(asked, WORK, tmp_path / f"{number}.wav")
    first, again, other = ((tmp_path / f"{number}.wav").read_bytes() for number in range(3))
    assert first == again
    assert first != other


@pytest.mark.parametrize("name", NAMES)
def test_parts_add_up_to_the_whole(name: str, tmp_path: Path) -> None:
    """All parts laid over each other are the score, to -40 dB of its own level."""
    backend = playing(name)
    if not backend.parts():
        pytest.skip(f"{name} plays everything at once")
    request = replace(ASKED, samples=3 * RATE)
    backend.compose(request, WORK, tmp_path / "whole.wav")
    whole = wavefile.read(tmp_path / "whole.wav")
    added = np.zeros_like(whole)
    for part in backend.parts():
        backend.compose(request, WORK, tmp_path / "part.wav", part)
        added += wavefile.read(tmp_path / "part.wav")
    apart = float(np.sqrt(np.square(added - whole).mean()))
    assert apart < 0.01 * float(np.sqrt(np.square(whole).mean()))
