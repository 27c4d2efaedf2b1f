"""One suite over every voice engine that is installed, built in or not: what the contract promises holds."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from audio.bought import BuysSpeech
from audio.signal import wavefile
from audio.speaking.speech import SpeakRequest, speak_line
from audio.voice import RATE, Utterance, VoiceBackend, VoiceInfo, VoiceRequest
from projects.plugins import find, load
from projects.steps import Work
from storyboard.errors import MissingError, RenderError, WorkprintError

NAMES = sorted(find("workprint.voices"))
HEAVY = ("torch", "transformers", "diffusers", "onnxruntime", "soundfile", "scipy", "av", "numpy")
LINES = {"en": "Well, my grandmother kept seven keys. Did you know?", "ru": "Ну, бабушка хранила ключи. Ты знал?"}
EMOTIONS = ("neutral", "happy", "sad", "angry", "afraid", "surprised", "determined", "tired", "wonder", "tender")


@pytest.fixture(params=NAMES)
def engine(request: pytest.FixtureRequest) -> VoiceBackend:
    """Each installed engine in turn."""
    made: VoiceBackend = load("workprint.voices", request.param)()
    assert made.name == request.param
    return made


@pytest.fixture
def speaking(engine: VoiceBackend) -> tuple[VoiceBackend, VoiceInfo]:
    """The engine and its first voice that needs no weights of the author's; skipped with its reasons where none is."""
    if isinstance(engine, BuysSpeech):
        pytest.skip("its lines are bought")
    problems = engine.check()
    if problems:
        pytest.skip("; ".join(problem.what for problem in problems))
    for info in engine.voices():
        if info.own != "model":
            return engine, info
    pytest.skip("its voices need weights that the author names")


def line(info: VoiceInfo) -> VoiceRequest:
    """A line in a language of the voice."""
    language = info.language if info.language in LINES else "en"
    return VoiceRequest(LINES[language], language, info.own)


def check_words(spoken: Utterance, text: str) -> None:
    """Word times, where the engine gives them, are those of the written words: in order and inside the sound."""
    if not spoken.words:
        return
    assert [word.text for word in spoken.words] == [word for word in text.split() if any(c.isalnum() for c in word)]
    assert all(a.start <= b.start for a, b in pairwise(spoken.words))
    assert all(0.0 <= w.start <= w.end <= len(spoken.samples) / spoken.rate + 0.05 for w in spoken.words)


def test_it_describes_itself(engine: VoiceBackend) -> None:
    """Languages are primary tags, voices are named once, each belongs to the engine and says its licence."""
    assert engine.languages()
    assert all(tag == "*" or (tag.isalpha() and tag.islower() and len(tag) in (2, 3)) for tag in engine.languages())
    voices = engine.voices()
    assert voices
    for names in ([info.name for info in voices], [info.own for info in voices]):
        assert len(set(names)) == len(names)
    for info in voices:
        assert info.engine == engine.name
        assert info.language == "*" or {info.language, "*"} & set(engine.languages())
        assert info.name.count("/") == 1
        assert info.gender in ("male", "female", "")
        assert info.age in ("child", "young", "adult", "old")
        assert info.licence


def test_what_stands_in_its_way_has_a_remedy(engine: VoiceBackend) -> None:
    """Every trouble says what is wrong and what mends it, and asking twice gives the same answer."""
    troubles = engine.check()
    assert all(trouble.what and trouble.fix for trouble in troubles)
    assert list(troubles) == list(engine.check())


def test_its_identity_is_stable_and_names_no_place(engine: VoiceBackend) -> None:
    """The identity is the same each time and holds no path of this machine."""
    identity = engine.identity()
    assert identity == engine.identity() == type(engine)().identity()
    assert str(Path.home()) not in identity
    assert str(Path(sys.prefix)) not in identity


@pytest.mark.parametrize("name", NAMES)
def test_listing_voices_loads_nothing_heavy(name: str) -> None:
    """An engine tells its voices and troubles without importing a model's libraries."""
    code = (
        "import sys\nfrom projects.plugins import load\n"
        f"made = load('workprint.voices', {name!r})()\nmade.voices(); made.languages()\n"
        f"sys.exit(' '.join(sorted(set({HEAVY!r}) & set(sys.modules))) or 0)"
    )
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_without_its_model_it_says_what_to_fetch(engine: VoiceBackend, tmp_path: Path) -> None:
    """A voice whose weights are not here is refused with a remedy, never spoken by something else."""
    with pytest.raises((MissingError, RenderError)) as missing:
        engine.speak(VoiceRequest("Hello.", "en", "no such voice", model=(("folder", "no/such/folder"),)))
    assert missing.value.hint


def test_it_speaks_the_same_each_time(speaking: tuple[VoiceBackend, VoiceInfo]) -> None:
    """A line is finite mono float32, as long as a line is, the same twice, with the words as written."""
    engine, info = speaking
    request = line(info)
    first, second = engine.speak(request), engine.speak(request)
    assert first.samples.dtype == np.float32
    assert first.samples.ndim == 1
    assert np.isfinite(first.samples).all()
    assert 1.0 < len(first.samples) / first.rate < 12.0
    assert 8_000 <= first.rate <= 48_000
    assert np.array_equal(first.samples, second.samples)
    assert first.words == second.words
    check_words(first, request.text)


def test_speed_and_pitch_are_honoured(speaking: tuple[VoiceBackend, VoiceInfo]) -> None:
    """A slower line is longer, another pitch is another sound, and word times stay inside."""
    engine, info = speaking
    plain = engine.speak(line(info))
    slow = engine.speak(replace(line(info), speed=0.75))
    assert 1.15 < len(slow.samples) / len(plain.samples) < 1.5
    check_words(slow, line(info).text)
    high = engine.speak(replace(line(info), pitch=3.0))
    count = min(len(high.samples), len(plain.samples))
    assert not np.array_equal(high.samples[:count], plain.samples[:count])


@pytest.mark.slow
@pytest.mark.parametrize("emotion", EMOTIONS)
def test_every_emotion_is_spoken(speaking: tuple[VoiceBackend, VoiceInfo], emotion: str) -> None:
    """No emotion makes a line silent, or longer or shorter than a third."""
    engine, info = speaking
    plain = engine.speak(line(info))
    felt = engine.speak(replace(line(info), emotion=emotion))
    assert 0.67 < len(felt.samples) / len(plain.samples) < 1.4
    assert np.abs(felt.samples).max() > 0.01
    check_words(felt, line(info).text)


@pytest.mark.parametrize("text", ["", "...", "—", "🙂", "   "])
def test_a_line_without_words_is_refused(speaking: tuple[VoiceBackend, VoiceInfo], text: str) -> None:
    """There is nothing to say: the engine says so instead of giving silence or noise."""
    engine, info = speaking
    with pytest.raises(WorkprintError) as refusal:
        engine.speak(replace(line(info), text=text))
    assert refusal.value.hint


@pytest.mark.parametrize(
    "text", ["--help $(touch x) `id`", "<speak>&amp;</speak> ]]>", '") (quit) (print "', "tab\tnew\nline \0 zero"]
)
def test_hostile_text_is_only_text(
    speaking: tuple[VoiceBackend, VoiceInfo], text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Text that looks like options, markup or code is read or refused; it runs nothing and writes nothing."""
    engine, info = speaking
    monkeypatch.chdir(tmp_path)
    with suppress(WorkprintError):
        assert np.isfinite(engine.speak(replace(line(info), text=text)).samples).all()
    assert not list(tmp_path.iterdir())


def test_the_speak_step_makes_a_whole_line(speaking: tuple[VoiceBackend, VoiceInfo], tmp_path: Path) -> None:
    """Through the step every engine gives a 48 kHz line at the house's loudness, words placed, licence told."""
    engine, info = speaking
    work = Work({}, {}, lambda _: None, lambda: False)
    facts = speak_line(SpeakRequest(engine.name, line(info)), work, tmp_path / "line.wav")
    assert facts["samples"] == wavefile.length(tmp_path / "line.wav")
    assert facts["lufs"] == pytest.approx(-20.0, abs=2.0)  # a peaky voice is held down rather than clipped
    assert facts["word_times"] in ("by the engine", "by alignment")
    assert facts["licence"]
    assert [word[0] for word in facts["words"]] == [w for w in line(info).text.split() if any(c.isalnum() for c in w)]
    assert all(word[2] <= facts["samples"] / RATE + 1e-3 for word in facts["words"])
    ends = [word[2] for word in facts["words"]]
    assert ends[-1] > 0.7 * facts["seconds"]
