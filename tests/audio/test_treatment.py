"""What is done to a voice: its loudness and evenness, its place, and that its first sample stays the first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from audio.mixing.treatment import TreatRequest, in_room, treat_voice, treated_samples, voice
from audio.signal import dynamics, equaliser, wavefile
from audio.signal.loudness import decibels
from audio.signal.recursive import Section, filtered
from audio.signal.rooms import ROOMS, tail
from audio.speaking import speech
from audio.voice import RATE, Samples
from projects.steps import Work

Save = Callable[[str, Samples], Path]
MakeWork = Callable[..., Work]


def line(seconds: float = 2.0, level: float = 0.1) -> Samples:
    """Syllables of a buzzing voice, loud and soft in turn, with a rest."""
    at = np.arange(round(seconds * RATE)) / RATE
    buzz = sum(np.sin(2 * np.pi * 140 * k * at + k * k) / k for k in range(1, 40))
    loud = np.where((at * 4).astype(int) % 2, 1.0, 0.3) * (np.sin(4 * np.pi * at) ** 2) * ((at * 2).astype(int) % 4 < 3)
    return speech.soft_ends((level * loud * buzz).astype(np.float32))


def answer_at(section: Section, hertz: float) -> float:
    """What a section does to a tone, in dB."""
    at = np.arange(RATE) / RATE
    wave = filtered((section,), np.sin(2 * np.pi * hertz * at)[None])[0][RATE // 2 :]
    return decibels(float(np.sqrt(2 * np.square(wave).mean())))


@pytest.mark.parametrize(
    ("section", "due"),
    [
        (equaliser.bell(1000.0, 6.0, 1.0), {20.0: 0.0, 1000.0: 6.0, 20_000.0: 0.0}),
        (equaliser.low_shelf(400.0, -6.0), {20.0: -6.0, 400.0: -3.0, 20_000.0: 0.0}),
        (equaliser.high_shelf(4000.0, 4.0), {50.0: 0.0, 4000.0: 2.0, 20_000.0: 4.0}),
        (equaliser.high_pass(200.0), {20.0: -40.0, 200.0: -3.0, 5000.0: 0.0}),
        (equaliser.low_pass(2000.0), {50.0: 0.0, 2000.0: -3.0}),
    ],
)
def test_equaliser_does_what_it_says(section: Section, due: dict[float, float]) -> None:
    """Shelves, bells and cuts raise and lower what they are asked to, and leave the rest."""
    assert {hertz: answer_at(section, hertz) for hertz in due} == pytest.approx(due, abs=0.15)


@pytest.mark.parametrize("level", [0.01, 0.1, 0.4])
@pytest.mark.parametrize("narration", [False, True])
def test_every_line_leaves_at_its_loudness(level: float, narration: bool) -> None:
    """However loud a line was, it leaves at what was asked for, with its peaks within 12 dB of that."""
    for target in (-20.0, -22.0, -18.0):
        treated = voice(line(level=level), TreatRequest(narration=narration, target_lufs=target))
        assert speech.speech_level(treated) == pytest.approx(target, abs=0.3)
        assert decibels(float(np.abs(treated).max())) <= target + 12.1


def test_loud_and_soft_syllables_come_nearer() -> None:
    """Loud and soft syllables are 2 to 5 dB nearer to each other once they are compressed: even, not flat."""
    plain = speech.level(line(), speech.SPEECH_LUFS).astype(np.float64)
    apart = []
    for sound in (plain, dynamics.compressed(plain, dynamics.SPEECH)):
        energy = np.square(sound.astype(np.float64)).reshape(-1, RATE // 4).mean(axis=1)
        apart.append(10 * np.log10(energy[1] / energy[0]))
    assert 2.0 < apart[0] - apart[1] < 5.0
    assert apart[1] > 3.0


def test_a_compressor_acts_in_time_and_lets_go() -> None:
    """A burst is held within 25 ms of its beginning by what the ratio says, and 0.5 s after it nothing is."""
    wave = np.zeros(2 * RATE)
    at = np.arange(RATE // 2)
    wave[RATE // 2 : RATE] = 10 ** (-10 / 20) * np.sqrt(2) * np.sin(2 * np.pi * 500 * at / RATE)
    held = 20 * np.log10(dynamics.gain(wave, dynamics.SPEECH))
    how = dynamics.SPEECH
    assert held[RATE - 100] == pytest.approx((how.threshold + 10.0) * (1 - 1 / how.ratio), abs=0.3)
    assert held[RATE // 2 + RATE // 40] < 0.8 * held[RATE - 100]
    assert not np.any(held[: RATE // 2 - 1000])
    assert abs(held[-RATE // 4]) < 0.3
    assert np.abs(np.diff(held)).max() < 0.05


def test_hissing_is_softened_and_nothing_else() -> None:
    """A loud hiss loses 3 to 7 dB above 6 kHz; the vowel beside it keeps every decibel."""
    dice = np.random.default_rng(0)
    hiss = filtered((equaliser.high_pass(6000.0),), dice.standard_normal((1, RATE // 4)))[0]
    vowel = 0.1 * np.sin(2 * np.pi * 300 * np.arange(RATE) / RATE)
    sound = np.concatenate([vowel, 0.15 * hiss / hiss.std(), vowel])
    soft = dynamics.without_hiss(sound)
    burst = slice(RATE + 1000, RATE + RATE // 4 - 1000)
    change = 10 * np.log10(np.square(soft[burst]).mean() / np.square(sound[burst]).mean())
    assert -7.0 < change < -3.0
    assert np.abs(soft - sound)[: RATE // 2].max() < 1e-5


def test_a_line_keeps_its_first_sample() -> None:
    """Treatment delays nothing: a click stays where it is, in a room too."""
    click = np.zeros(RATE, np.float32)
    click[9000] = 0.5
    for request in (TreatRequest(), TreatRequest(narration=True), TreatRequest("cave")):
        treated = in_room(voice(click, request), request.heard_in)
        mono = treated if treated.ndim == 1 else treated.mean(axis=1)
        assert abs(int(np.abs(mono).argmax()) - 9000) <= 1
        assert np.abs(mono[:8500]).max() < 0.01 * np.abs(mono).max()


@pytest.mark.parametrize("place", ["", "room", "cave", "forest", "space", "meadow"])
def test_the_step_gives_the_length_that_was_foretold(
    place: str, save: Save, make_work: MakeWork, tmp_path: Path
) -> None:
    """A line in a place is as long as `treated_samples` says, and repeated it is the same file."""
    work, request = make_work({"line": save("line", line())}), TreatRequest(place)
    facts = treat_voice(request, work, tmp_path / "a.wav")
    assert facts == treat_voice(request, work, tmp_path / "b.wav")
    assert (tmp_path / "a.wav").read_bytes() == (tmp_path / "b.wav").read_bytes()
    heard = wavefile.read(tmp_path / "a.wav")
    assert facts["samples"] == len(heard) == treated_samples(2 * RATE, request) == 2 * RATE + tail(place)
    assert facts["spoken"] == 2 * RATE
    assert facts["lufs"] == pytest.approx(-20.0, abs=0.3)
    assert heard.ndim == (2 if place in ROOMS else 1)


@pytest.mark.parametrize("place", sorted(ROOMS))
def test_what_comes_back_is_as_strong_as_the_room_says(place: str) -> None:
    """The answer lies under the voice by what the room says; the voice itself is as it was; the end is silent."""
    sound = line()
    heard = in_room(sound, place)
    back = heard - np.pad(sound, (0, tail(place)))[:, None]
    power = np.square(back, dtype=np.float64).sum() / 2 / np.square(sound, dtype=np.float64).sum()
    assert 10 * np.log10(power) == pytest.approx(ROOMS[place].wet, abs=0.2)
    assert np.abs(heard[-1]).max() < 1e-6


def test_a_narrator_is_nowhere() -> None:
    """Narration over a cave is dry, and as long as it was spoken."""
    request = TreatRequest("cave", narration=True)
    assert treated_samples(1000, request) == 1000
    assert in_room(line(), request.heard_in).ndim == 1


def test_a_radio_is_narrow() -> None:
    """In space a voice has little below 300 Hz and above 4 kHz."""
    spectrum = np.abs(np.fft.rfft(voice(line(), TreatRequest("space")))) ** 2
    plain = np.abs(np.fft.rfft(voice(line(), TreatRequest()))) ** 2
    hertz = np.fft.rfftfreq(2 * RATE, 1 / RATE)
    outside = (hertz < 200) | (hertz > 5000)
    assert spectrum[outside].sum() / spectrum.sum() < 0.1 * plain[outside].sum() / plain.sum()


def test_silence_stays_silence() -> None:
    """A line without a sound is not raised."""
    assert not np.any(voice(np.zeros(RATE, np.float32), TreatRequest()))
