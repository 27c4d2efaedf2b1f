"""What scores by models share: words, stretches, joins at bars, rests and endings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from audio.music import modelled_score
from audio.music.modelled_score import ModelledScore, Player, Tick
from audio.music.words import described, key_name, seed_of, stretches
from audio.score import ComposeRequest, Section
from audio.signal import wavefile
from audio.voice import RATE, Samples
from projects.steps import Work
from projects.weights import LocalModel, Setting, Weights
from storyboard.errors import RenderError

MakeWork = Callable[..., Work]
ASKED = ComposeRequest(60 * RATE, "wonder", 120.0, "ре минор", prompt="Hopeful strings.", seed=7)


def test_words_are_the_authors_first() -> None:
    """Prompt, scene, mood, instruments, speech, tempo and key are told, in this order and in English."""
    request = replace(ASKED, instruments=("strings", "celesta"))
    told = described(request, Section(0, "sad", has_speech=True, prompt="a lonely road"))
    assert told == (
        "Hopeful strings, a lonely road, sad film music, played by strings, celesta, "
        "sparse and soft, an underscore for dialogue, 120 bpm, D minor, instrumental, no vocals"
    )
    assert key_name("Eb major") == "Eb major"


def test_stretches_follow_the_scenes() -> None:
    """Words change with the scenes; short scenes join the one before, long ones are cut evenly, the last resolves."""
    sections = (Section(0), Section(10 * RATE, "sad"), Section(12 * RATE, "tense"), Section(50 * RATE, "joyful"))
    plan = stretches(replace(ASKED, sections=sections), 18 * RATE)
    third = 40 * RATE // 3
    assert [one.first for one in plan] == [0, 10 * RATE, 10 * RATE + third, 10 * RATE + 2 * third, 50 * RATE]
    assert all(here.last == there.first for here, there in pairwise(plan))
    assert plan[-1].last == ASKED.samples
    assert "sad" in plan[1].words
    assert "tense" not in " ".join(one.words for one in plan)
    assert "resolves" in plan[-1].words
    assert "resolves" not in plan[0].words


@pytest.mark.parametrize("samples", [1, RATE, 400 * RATE])
def test_stretches_are_whole_and_never_too_long(samples: int) -> None:
    """However long the film, stretches follow each other without gaps and fit the model."""
    chance = np.random.default_rng(2)
    starts = sorted(int(at) for at in chance.integers(0, 400 * RATE, 60))
    moods = ("sad", "tense", "joyful")
    sections = (Section(0), *(Section(at, moods[number % 3]) for number, at in enumerate(starts)))
    plan = stretches(replace(ASKED, samples=samples, sections=sections), 18 * RATE, 25 * RATE)
    assert plan[0].first == 0
    assert plan[-1].last == samples
    assert all(here.last == there.first for here, there in pairwise(plan))
    assert all(0 < one.last - one.first <= 25 * RATE for one in plan)
    assert all(one.last - one.first <= 18 * RATE for one in plan[1:])


def test_every_stretch_has_a_seed_of_its_own() -> None:
    """Seeds hang on the film's seed and the stretch's number, not on the film's length."""
    seeds = [seed_of(replace(ASKED, seed=seed), number) for seed in (1, 2) for number in range(4)]
    assert len(set(seeds)) == 8
    assert seed_of(replace(ASKED, samples=5), 1) == seed_of(ASKED, 1)


class Band(Player):
    """Plays drums and a tone at 120 beats a minute; how far into a bar it begins hangs on the seed."""

    longest = 30 * RATE

    def __init__(self, loudness: float = 0.4) -> None:
        """So loud."""
        self.loudness = loudness
        self.words: list[str] = []

    def play(self, words: str, seconds: float, seed: int, tick: Tick) -> tuple[Samples, int]:
        """A bar is two seconds: a low drum on the one, high ones on the others."""
        self.words.append(words)
        tick(0.5)
        band = np.zeros(round(seconds * RATE), np.float32)
        t = np.arange(RATE // 4) / RATE
        low = np.sin(2 * np.pi * 60 * t) * np.exp(-12 * t)
        high = 0.4 * np.random.default_rng(1).standard_normal(len(t)) * np.exp(-40 * t)
        for beat in range(round(seconds * 2) + 4):
            at = beat * RATE // 2 - seed % 4 * RATE // 2 - seed % 7 * 1000
            if at >= 0:
                part = (high if beat % 4 else low)[: max(0, len(band) - at)]
                band[at : at + len(part)] += part.astype(np.float32)
        return band * np.float32(self.loudness * (0.3 if seed % 2 else 1.0)), RATE


class Orchestra(ModelledScore):
    """A score by the band, without any weights."""

    name = "orchestra"
    weights = Weights("nobody/nothing")
    packages = ("numpy",)

    def __init__(self, player: Player) -> None:
        """By this player."""
        self.player = player

    def load(self, place: LocalModel, asked: Mapping[str, Setting], request: ComposeRequest) -> Player:
        """The player."""
        return self.player


@pytest.fixture
def weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that passes for weights."""
    pytest.importorskip("torch")
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "model.safetensors").write_bytes(b"")
    monkeypatch.setenv("WORKPRINT_MODELS", str(tmp_path))


@pytest.mark.usefixtures("weights")
def test_pieces_are_joined_on_bar_lines(tmp_path: Path, make_work: MakeWork) -> None:
    """Pieces with clear bars of different beginnings run through their joins in one beat, at a like loudness."""
    request = replace(ASKED, samples=55 * RATE, model=(("folder", "m"),))
    facts = Orchestra(Band()).compose(request, make_work(), tmp_path / "s.wav")
    sound = wavefile.read(tmp_path / "s.wav")[:, 0]
    assert len(sound) == 55 * RATE
    assert len(facts["joins"]) == 2
    strokes = np.flatnonzero((np.abs(sound[1:]) > 0.05) & (np.abs(sound[:-1]) <= 0.05))
    gaps = np.diff([at for number, at in enumerate(strokes) if number == 0 or at - strokes[number - 1] > RATE // 5])
    within = gaps[gaps < RATE]
    assert np.abs(within - RATE // 2).max() < RATE // 40
    levels = [np.abs(sound[at : at + 4 * RATE]).max() for at in range(2 * RATE, 50 * RATE, 4 * RATE)]
    assert max(levels) < 2.1 * min(levels)


@pytest.mark.usefixtures("weights")
def test_rests_are_silent_and_notes_are_told(tmp_path: Path, make_work: MakeWork) -> None:
    """A scene that asks for silence has it; what a model cannot do is said."""
    sections = (Section(0), Section(8 * RATE, rest=True), Section(12 * RATE, hit=True))
    request = replace(ASKED, samples=20 * RATE, sections=sections, prompt="тихо", model=(("folder", "m"),))
    facts = Orchestra(Band()).compose(request, make_work(), tmp_path / "s.wav")
    sound = wavefile.read(tmp_path / "s.wav")
    assert not np.abs(sound[8 * RATE : 12 * RATE]).max()
    assert np.abs(sound[6 * RATE : 7 * RATE]).max() > 0.01
    assert np.abs(sound[13 * RATE : 14 * RATE]).max() > 0.01
    notes = " ".join(facts["notes"])
    for part in ("licence of m is not known", "accent", "tempo and key in words", "English"):
        assert part in notes


class Broken(Band):
    """Plays what is no music."""

    def __init__(self, sound: Samples, longest: int = 30 * RATE) -> None:
        """This sound, whatever is asked."""
        super().__init__()
        self.sound = sound
        self.longest = longest

    def play(self, words: str, seconds: float, seed: int, tick: Tick) -> tuple[Samples, int]:
        """The same sound always."""
        return self.sound, RATE


@pytest.mark.usefixtures("weights")
@pytest.mark.parametrize(
    ("player", "said"),
    [
        (Broken(np.zeros(RATE * 40, np.float32)), "played silence"),
        (Broken(np.ones(RATE, np.float32)), "played 1.0 s of"),
        (Broken(np.ones(RATE, np.float32), 5 * RATE), "plays only 5.0 s at once"),
    ],
)
def test_bad_models_are_refused(player: Player, said: str, tmp_path: Path, make_work: MakeWork) -> None:
    """Silence, too little music and too short a memory are told in plain words, and nothing is left behind."""
    with pytest.raises(RenderError, match=said):
        Orchestra(player).compose(replace(ASKED, model=(("folder", "m"),)), make_work(), tmp_path / "s.wav")
    assert not list(tmp_path.glob("s.wav*"))


def test_numbers_that_are_none_are_refused() -> None:
    """Half precision may overflow: what is not finite never reaches the disk."""
    pytest.importorskip("torch")
    from audio.music.models import plain

    with pytest.raises(RenderError, match="precision: full"):
        plain(np.array([[0.0, np.nan]]))
    assert plain(np.zeros((2, 5))).shape == (5, 2)
    assert modelled_score.SCORE_LUFS == -20.0
