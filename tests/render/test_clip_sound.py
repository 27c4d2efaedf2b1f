"""The sound that clips bring: which clips, from where, for how long, and that it gives way as the picture does."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from audio.signal import wavefile
from projects.steps import Artifact, Work
from projects.workspace import open_workspace
from render.clip_sound import clip_sounds
from render.makers import Maker
from render.timeline import build_timeline
from scenes.mux import add_sound
from storyboard.film import Film
from storyboard.load import read
from storyboard.schedule import schedule

RATE = 48_000
FOOTAGE = Maker("footage", "it is the author's own")
PAINTED = Maker("animatic", "it is painted")
SOUNDING = Maker("model", "its clips bring sound", sounds=True)


def film(folder: Path, clip: str = "{file: a.wav}") -> Film:
    """Two scenes that cross-fade, the second of the author's footage."""
    text = (
        "workprint: 1\ntitle: T\nfps: 24\nsounds: none\nscenes:\n"
        "  - {id: drawn, length: 3s, place: park, transition: crossfade 0.5s}\n"
        f"  - {{id: shot, length: 2s, clip: {clip}}}\n"
    )
    (folder / "storyboard.yaml").write_text(text, encoding="utf-8")
    return read(text.replace("a.wav", "a.mov"), "storyboard.yaml").checked()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose footage is a rising tone of five seconds (what holds it does not matter here)."""
    t = np.arange(5 * RATE) / RATE
    wave = (0.3 * np.sin(2 * np.pi * (200 + 100 * t) * t)).astype(np.float32)
    wavefile.write(tmp_path / "a.wav", np.stack([wave, wave], axis=1))
    (tmp_path / "a.wav").rename(tmp_path / "a.mov")
    return tmp_path


def laid(folder: Path, made: Film, maker: Maker) -> tuple[list, list]:  # type: ignore[type-arg]
    """The steps and cues of the clips' own sound, where that maker makes the second scene."""
    makers: dict[str, Maker] = defaultdict(lambda: PAINTED, shot=maker)
    return clip_sounds(made, build_timeline(made, schedule(made)), makers, open_workspace(folder), "16x9")


def test_footage_is_heard_from_where_it_is_seen(project: Path, tmp_path: Path) -> None:
    """The window of the sound is that of the picture, on a bus of its own, and fades with the transition."""
    steps, cues = laid(project, film(project, "{file: a.wav, from: 1.5s, level: -6 dB}"), FOOTAGE)
    (step,), (cue,) = steps, cues
    assert (step.request.start, step.request.samples) == (round(1.5 * RATE), 2 * RATE)
    assert (cue.bus, cue.gain_db, cue.at_sample, cue.fade_in) == ("clip", -6.0, round(2.5 * RATE), RATE // 2)
    from audio.signal.files import bring_in

    out = tmp_path / "out.wav"
    bring_in(step.request, Work({}, step.files, lambda _: None, lambda: False), out)
    heard, whole = wavefile.read(out), wavefile.read(project / "a.mov")
    assert heard.shape == (2 * RATE, 2)
    assert np.abs(heard - whole[round(1.5 * RATE) :][: 2 * RATE]).max() < 1e-5


@pytest.mark.parametrize(
    ("clip", "maker"),
    [("{file: a.wav, sound: false}", FOOTAGE), ("{file: a.wav}", PAINTED), ("{file: gone.mov}", FOOTAGE)],
)
def test_clips_without_sound_bring_none(project: Path, clip: str, maker: Maker) -> None:
    """Sound that is not wanted, not there or not of the footage's own maker makes no step."""
    assert laid(project, film(project, clip), maker) == ([], [])


def test_the_sound_of_a_take_comes_from_its_file(project: Path, tmp_path: Path) -> None:
    """What a model makes is asked of the take itself, whose steps it follows."""
    steps, cues = laid(project, film(project), SOUNDING)
    assert steps[0].inputs == {"sound": "take:shot@16x9"}
    assert cues[0].samples == 2 * RATE
    from fractions import Fraction

    from audio.signal.files import bring_in
    from scenes.frames import write_film

    take = tmp_path / "take.mp4"
    write_film(take, (np.full((36, 64, 3), 90, np.uint8) for _ in range(48)), 64, 36, Fraction(24))
    tone = np.tile((0.2 * np.sin(np.arange(2 * RATE) / 20)).astype(np.float32)[:, None], (1, 2))
    add_sound(take, (tone, RATE), Fraction(2))
    out = tmp_path / "out.wav"
    inputs = {"sound": Artifact("0", take, {})}
    bring_in(steps[0].request, Work(inputs, {}, lambda _: None, lambda: False), out)
    assert np.abs(wavefile.read(out) - tone).max() < 1e-4
