"""Speaking a line: trimming, levelling, word times, emotion."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from audio.backends.hibari import Hibari
from audio.reading.timing import by_letters, carry_over, written_words
from audio.signal import loudness, timbre, wavefile
from audio.signal.timbre import Timbre
from audio.speaking import speech
from audio.speaking.speech import SpeakRequest, speak_line
from audio.voice import RATE, Utterance, VoiceInfo, VoiceRefusal, VoiceRequest, Word
from projects.steps import Work
from projects.weights import find_model


def _spoken(seconds: float = 1.0, lead: float = 0.5) -> Utterance:
    rate = 24_000
    t = np.arange(round(seconds * rate)) / rate
    voice = 0.1 * np.sin(2 * np.pi * 150 * t) * (1 + np.sin(2 * np.pi * 4 * t))
    silence = np.zeros(round(lead * rate))
    sound = np.concatenate([silence, voice, silence]).astype(np.float32)
    return Utterance(sound, rate, (Word("one", lead, lead + 0.4), Word("two", lead + 0.5, lead + seconds)))


def test_silence_is_trimmed_and_words_move() -> None:
    """Silence at both ends goes, and word times count from the first sample that is left."""
    sound, words = speech.finish(_spoken(), -20.0)
    assert len(sound) / RATE == pytest.approx(1.0, abs=0.12)
    assert words[0].start == pytest.approx(0.0, abs=0.05)
    assert words[1].start == pytest.approx(0.5, abs=0.05)
    assert words[-1].end <= len(sound) / RATE


def test_loudness_without_clipping() -> None:
    """A line comes out at its loudness, with its peaks within 12 dB of that."""
    sound, _ = speech.finish(_spoken(2.0), -20.0)
    measured = loudness.of_samples(sound)
    assert measured.integrated == pytest.approx(-20.0, abs=0.2)
    assert measured.true_peak <= -7.9


def test_rumble_goes_and_speech_stays_in_place() -> None:
    """Tones of 20 to 300 Hz keep what a Butterworth filter there and back leaves of them, and their phase."""
    t = np.arange(2 * RATE) / RATE
    for hertz in (20.0, 70.0, 300.0):
        wave = np.sin(2 * np.pi * hertz * t).astype(np.float32)
        kept = 1.0 / (1.0 + (np.tan(np.pi * 70.0 / RATE) / np.tan(np.pi * hertz / RATE)) ** 4)
        found = speech.without_rumble(wave)
        assert np.abs(found - kept * wave)[RATE // 2 : -RATE // 2].max() < 1e-5


def test_a_line_that_needs_no_limiting_is_only_made_louder() -> None:
    """A line whose peaks are low keeps its shape sample by sample, at the wanted loudness."""
    wave = (0.05 * np.sin(2 * np.pi * 300 * np.arange(RATE) / RATE)).astype(np.float32)
    found = speech.level(wave, -20.0)
    assert speech.speech_level(found) == pytest.approx(-20.0, abs=0.001)
    factor = found[37] / wave[37]
    assert np.abs(found - factor * wave).max() < 1e-6


def test_a_very_short_line_is_levelled_by_its_power() -> None:
    """A cry of 0.2 seconds is neither lost nor made enormous."""
    sound, _ = speech.finish(_spoken(0.2), -20.0)
    assert -26.0 < loudness.decibels(float(np.sqrt(np.mean(sound**2)))) < -14.0


def test_silence_is_refused() -> None:
    """An engine that gives silence is reported, not mixed."""
    with pytest.raises(VoiceRefusal):
        speech.finish(Utterance(np.zeros(24_000, np.float32), 24_000, ()), -20.0)


def test_envelope_opens_with_the_voice() -> None:
    """The envelope has a value per hundredth of a second, 0..100, near 0 in silence and high in speech."""
    sound = np.zeros(RATE, np.float32)
    sound[RATE // 2 :] = 0.1 * np.sin(2 * np.pi * 200 * np.arange(RATE // 2) / RATE)
    opening = speech.envelope(sound)
    assert len(opening) == 100
    assert max(opening[:48]) == 0
    assert min(opening[52:]) > 80


def test_written_words_get_the_times_of_what_was_read() -> None:
    """A year read as three words gives its span to the one written word; the others keep their own."""
    read = (Word("in", 0.0, 0.2), Word("twenty", 0.2, 0.5), Word("twenty", 0.5, 0.8), Word("six", 0.8, 1.0))
    words = carry_over(written_words("In 2026 —"), (*read, Word("now", 1.0, 1.3)))
    assert words[0] == Word("In", 0.0, 0.2)
    assert words[1] == Word("2026", 0.2, 1.3)


def test_words_by_letters_fill_their_span() -> None:
    """Words without times of their own share a span in order."""
    words = by_letters(("a", "longer"), 1.0, 2.0)
    assert words[0].start == 1.0
    assert words[0].end == words[1].start
    assert words[1].end == pytest.approx(2.0)


def test_pitch_moves_and_length_stays() -> None:
    """Raising a tone by an octave doubles its frequency and keeps its length to the sample."""
    t = np.arange(24_000) / 24_000
    low = (0.3 * np.sin(2 * np.pi * 200 * t)).astype(np.float32)
    high = timbre.change(low, 24_000, Timbre(1.0, 12.0, 0.0))
    spectrum = np.abs(np.fft.rfft(high[6000:18_000]))
    assert len(high) == len(low)
    assert np.argmax(spectrum) * 2 == pytest.approx(400, abs=8)


def test_pace_shortens() -> None:
    """A pace of 1.25 makes a sound a fifth shorter, exactly."""
    noise = np.random.default_rng(0).standard_normal(20_000).astype(np.float32) * 0.1
    assert len(timbre.change(noise, 16_000, Timbre(1.25))) == 16_000


def test_english_line(tmp_path: Path, make_work: Callable[..., Work]) -> None:
    """The embedded voice speaks a line: facts agree with the file, words are in order, two runs give equal bytes."""
    voice = VoiceRequest("Uh, seriously? It is 7 keys.", "en", "george", emotion="surprised")
    first, second = tmp_path / "a.wav", tmp_path / "b.wav"
    facts = speak_line(SpeakRequest("hibari", voice), make_work(), first)
    speak_line(SpeakRequest("hibari", voice), make_work(), second)
    assert first.read_bytes() == second.read_bytes()
    assert facts["samples"] == wavefile.length(first)
    assert [w[0] for w in facts["words"]] == ["Uh,", "seriously?", "It", "is", "7", "keys."]
    starts = [w[1] for w in facts["words"]]
    assert starts == sorted(starts)
    assert facts["lufs"] == pytest.approx(-19.0, abs=0.5)
    assert facts["licence"] == "Apache-2.0"


def test_voices_of_one_engine_differ() -> None:
    """A man's voice made of the woman's is at least five semitones lower, and both are announced as variants."""
    text = "Follow the river to the bridge."
    her, him = (Hibari().speak(VoiceRequest(text, "en", name)) for name in ("heart", "george"))
    assert 12 * np.log2(_median_pitch(her) / _median_pitch(him)) > 5
    notes = {info.own: info.note for info in Hibari().voices()}
    assert "variant" in notes["george"]


def _median_pitch(spoken: Utterance) -> float:
    """Hertz of the strongest period between 60 and 400 Hz, the median over 40 ms frames that are loud."""
    frame = spoken.rate // 25
    found = []
    for start in range(0, len(spoken.samples) - frame, frame):
        part = spoken.samples[start : start + frame]
        if np.sqrt(np.mean(part**2)) < 0.03:
            continue
        power = np.correlate(part, part, "full")[frame - 1 :]
        low, high = spoken.rate // 400, spoken.rate // 60
        found.append(spoken.rate / (low + int(np.argmax(power[low:high]))))
    return float(np.median(found))


@pytest.mark.parametrize("text", ["...", "🙂", "", "Привет, мир"])
def test_english_voice_refuses_what_it_cannot_read(text: str) -> None:
    """Lines without English words are refused with a remedy rather than spoken as noise."""
    with pytest.raises(VoiceRefusal) as refusal:
        Hibari().speak(VoiceRequest(text, "en", "heart"))
    assert refusal.value.hint


def test_long_lines_are_spoken_whole() -> None:
    """A text far longer than the model takes at once loses no word, and takes well under its own length to make."""
    begun = time.process_time()
    spoken = Hibari().speak(VoiceRequest("word " * 100, "en", "heart"))
    assert len(spoken.words) == 100
    assert time.process_time() - begun < len(spoken.samples) / spoken.rate


class Mute:
    """A voice engine that does not tell when it says what; keeps what it was asked and handed."""

    name = "mute"

    def __init__(self, licence: str = "", words: tuple[Word, ...] = ()) -> None:
        self.licence = licence
        self.words = words
        self.folder: Path | None = None

    def voices(self) -> tuple[VoiceInfo, ...]:
        """One voice."""
        return (VoiceInfo("en/mute", "mute", "mute", "en", "", licence="free"),)

    def speak(self, request: VoiceRequest) -> Utterance:
        """The embedded voice without its words, deeper."""
        if request.model:
            self.folder = find_model(request.model).path
        said = Hibari().speak(VoiceRequest(request.text, "en", "george"))
        return Utterance(said.samples, said.rate, self.words, "acme/voice@1", self.licence)


@pytest.fixture
def mute(monkeypatch: pytest.MonkeyPatch) -> Mute:
    """The only engine that is installed."""
    made = Mute()
    monkeypatch.setattr(speech, "engine", lambda name: made)
    return made


def test_words_are_found_where_the_engine_does_not_tell(
    mute: Mute, tmp_path: Path, make_work: Callable[..., Work]
) -> None:
    """An engine without word times gets them by alignment, within 60 ms of the right ones, and the facts say so."""
    text = "My grandmother kept seven silver keys."
    facts = speak_line(SpeakRequest("mute", VoiceRequest(text, "en", "mute")), make_work(), tmp_path / "a.wav")
    known = speak_line(SpeakRequest("mute", VoiceRequest(text, "en", "mute")), make_work(), tmp_path / "b.wav")
    assert facts["word_times"] == "by alignment"
    assert facts["words"] == known["words"]
    _, right = speech.finish(Hibari().speak(VoiceRequest(text, "en", "george")), -20.0)
    off = [abs(found[1] - word.start) for found, word in zip(facts["words"], right, strict=True)]
    assert max(off) < 0.06


def test_what_the_model_says_of_itself_comes_first(mute: Mute, tmp_path: Path, make_work: Callable[..., Work]) -> None:
    """Model and licence of an utterance stand in the facts; the voice's own licence where the model has none."""
    request = SpeakRequest("mute", VoiceRequest("Go home.", "en", "mute"))
    facts = speak_line(request, make_work(), tmp_path / "a.wav")
    assert (facts["model"], facts["licence"], facts["notes"]) == ("acme/voice@1", "free", [])
    mute.licence = "CC-BY-NC-4.0"
    facts = speak_line(request, make_work(), tmp_path / "a.wav")
    assert facts["licence"] == "CC-BY-NC-4.0"
    assert "may not be sold" in facts["notes"][0]


def test_words_of_the_engine_are_kept(mute: Mute, tmp_path: Path, make_work: Callable[..., Work]) -> None:
    """What the engine knows of its words is not replaced."""
    mute.words = (Word("Go", 0.4, 0.6), Word("home.", 0.7, 0.9))
    facts = speak_line(SpeakRequest("mute", VoiceRequest("Go home.", "en", "mute")), make_work(), tmp_path / "a.wav")
    assert facts["word_times"] == "by the engine"
    assert facts["words"][1][1] - facts["words"][0][1] == pytest.approx(0.3, abs=0.002)


def test_guessed_words_are_told(
    mute: Mute, tmp_path: Path, make_work: Callable[..., Work], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing reads the language, the words are placed by letters, and a note says what helps."""
    monkeypatch.setattr("audio.speaking.readers.reading", lambda *_: None)
    facts = speak_line(SpeakRequest("mute", VoiceRequest("Go home.", "en", "mute")), make_work(), tmp_path / "a.wav")
    assert facts["word_times"] == "by letters"
    assert "install" in facts["notes"][0]


def test_a_step_hands_its_weights_to_the_engine(mute: Mute, tmp_path: Path, make_work: Callable[..., Work]) -> None:
    """The weights among a step's files are those that the engine finds, wherever they lie."""
    weights = tmp_path / "elsewhere" / "part" / "a.safetensors"
    weights.parent.mkdir(parents=True)
    weights.write_bytes(b"")
    work = make_work(files={"model/part/a.safetensors": weights})
    voice = VoiceRequest("Go home.", "en", "mute", model=(("folder", "models/any"),))
    speak_line(SpeakRequest("mute", voice), work, tmp_path / "a.wav")
    assert mute.folder == tmp_path / "elsewhere"
