"""Finding the beat of recorded music, and knowing when there is none."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest

from audio.music.beats import NOTHING, STEADY, Pulse, pulse_of
from audio.music.onsets import HOP, Heard, Listener
from audio.voice import RATE, Samples

SECONDS = 24
CHORDS = [(0, 4, 7), (9, 12, 16), (5, 9, 12), (7, 11, 14)]


def lay(band: Samples, sound: Samples, second: float, gain: float) -> None:
    """Adds a sound to the band from a time on."""
    at = round(second * RATE)
    part = sound[: max(0, len(band) - at)]
    band[at : at + len(part)] += gain * part


def tone(pitch: int, seconds: float, decay: float = 2.5) -> Samples:
    """A plucked tone with six partials."""
    t = np.arange(round(seconds * RATE)) / RATE
    hertz = 440.0 * 2 ** ((pitch - 69) / 12)
    wave = sum(0.6**k * np.sin(2 * np.pi * hertz * (k + 1) * t) / (k + 1) for k in range(6))
    ends = np.minimum(1.0, t / 0.004) * np.minimum(1.0, (seconds - t) / 0.05)
    shaped: Samples = (wave * ends * np.exp(-decay * t)).astype(np.float32)
    return shaped


def drum(low: bool, noise: np.random.Generator) -> Samples:
    """A bass drum or a snare."""
    t = np.arange(RATE // 5) / RATE
    if low:
        wave = np.sin(2 * np.pi * (55 * t + 3 * (1 - np.exp(-30 * t)))) * np.exp(-14 * t)
    else:
        wave = 0.7 * noise.standard_normal(len(t)) * np.exp(-25 * t)
    stroke: Samples = wave.astype(np.float32)
    return stroke


def played(beats: Sequence[float], *, drums: bool = True, swing: float = 0.5, meter: int = 4, seed: int = 0) -> Samples:
    """A band on these beats (seconds): bass, chords that change with every bar, a tune in eighths, and drums."""
    chance = np.random.default_rng(seed)
    band = np.zeros(SECONDS * RATE, np.float32)
    for number, (here, there) in enumerate(pairwise(beats)):
        bar, place = divmod(number, meter)
        chord = CHORDS[bar % 4]
        if place == 0:
            lay(band, tone(36 + chord[0] % 12, 0.6), here, 0.4)
            for step in chord:
                lay(band, tone(60 + step, 1.5, 0.8), here, 0.12)
        lay(band, tone(72 + chord[int(chance.integers(3))], 0.4), here, 0.2)
        lay(band, tone(72 + chord[int(chance.integers(3))], 0.3), here + swing * (there - here), 0.14)
        if drums:
            lay(band, drum(place % 4 == 0, chance), here, 0.5)
    band *= np.float32(0.6 / np.abs(band).max())
    return band


def even(bpm: float, first: float = 0.31) -> list[float]:
    """Beats that come evenly."""
    return list(np.arange(first, SECONDS, 60.0 / bpm))


def slowing(fast: float, slow: float) -> list[float]:
    """Beats that slow down over the whole length."""
    beats = [0.2]
    while beats[-1] < SECONDS:
        beats.append(beats[-1] + 60.0 / (fast + (slow - fast) * beats[-1] / SECONDS))
    return beats


def off(pulse: Pulse, beats: Sequence[float]) -> tuple[float, float]:
    """The median distance of true beats from the nearest found one in ms, and the share within 50 ms."""
    found = np.array(pulse.beats) / RATE
    true = np.array([beat for beat in beats if 0.5 < beat < SECONDS - 1.0])
    apart = np.abs(found[None, :] - true[:, None]).min(axis=1) * 1000.0
    return float(np.median(apart)), float((apart < 50.0).mean())


@pytest.mark.parametrize("drums", [True, False])
@pytest.mark.parametrize("bpm", [76, 92, 112, 128])
def test_every_beat_is_found_to_a_few_milliseconds(bpm: int, drums: bool) -> None:
    """With and without drums the tempo is right, beats lie within 10 ms (median) and hardly one is missing."""
    beats = even(bpm)
    pulse = pulse_of(played(beats, drums=drums, seed=bpm))
    apart, found = off(pulse, beats)
    assert pulse.tempo == pytest.approx(bpm, rel=0.01)
    assert apart < 10.0
    assert found > 0.95
    assert pulse.steady > 0.9


def test_swing_does_not_move_beats() -> None:
    """Late off-beats leave the beats where they are."""
    beats = even(110)
    apart, found = off(pulse_of(played(beats, swing=0.66)), beats)
    assert apart < 10.0
    assert found > 0.95


@pytest.mark.parametrize(("fast", "slow"), [(120, 84), (92, 120)])
def test_a_tempo_that_changes_is_followed(fast: int, slow: int) -> None:
    """A long ritardando or accelerando keeps its beats and counts as steady."""
    beats = slowing(fast, slow)
    pulse = pulse_of(played(beats))
    apart, found = off(pulse, beats)
    assert apart < 10.0
    assert found > 0.95
    assert pulse.steady > STEADY


@pytest.mark.parametrize(("meter", "pickup"), [(4, 0), (4, 2), (3, 0)])
def test_bars_begin_where_bass_and_chord_change(meter: int, pickup: int) -> None:
    """Bars are told from beats, after a pickup and in three-four time as well."""
    beats = even(100)
    pulse = pulse_of(played(beats[pickup:], meter=meter))
    downbeats = np.array(beats[pickup::meter])
    apart = [np.abs(downbeats - bar / RATE).min() for bar in pulse.bars[:-1]]
    assert pulse.meter == meter
    assert max(apart) < 0.05


def rubato(seed: int) -> list[float]:
    """Beats of a player who does not keep time."""
    chance = np.random.default_rng(seed)
    beats = [0.3]
    while beats[-1] < SECONDS:
        beats.append(beats[-1] + 0.75 * 2 ** float(chance.normal(0, 0.35)))
    return beats


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_rubato_is_not_steady(seed: int) -> None:
    """Clear notes that follow no tempo are not cut on."""
    assert pulse_of(played(rubato(seed), drums=False)).steady < STEADY / 2


def test_pads_and_noise_are_not_steady() -> None:
    """Tones that swell and fade, and plain noise, have no beat to cut on."""
    chance = np.random.default_rng(5)
    pad = np.zeros(SECONDS * RATE, np.float32)
    for second in np.arange(0.0, SECONDS - 4, 3.1):
        t = np.arange(6 * RATE) / RATE
        for pitch in chance.choice(12, 4, replace=False):
            wave = np.sin(np.pi * t / 6) ** 2 * np.sin(2 * np.pi * 220 * 2 ** (pitch / 12) * t)
            lay(pad, wave.astype(np.float32), float(second), 0.1)
    pad += chance.standard_normal(len(pad)).astype(np.float32) * np.float32(1e-4)
    noise = chance.standard_normal(SECONDS * RATE).astype(np.float32) * np.float32(0.05)
    assert pulse_of(pad).steady < STEADY / 2
    assert pulse_of(noise).steady < STEADY / 2


@pytest.mark.parametrize("seconds", [0.0, 0.5, 12.0])
def test_silence_has_no_pulse(seconds: float) -> None:
    """Silence and next to nothing have no beats and raise nothing."""
    assert pulse_of(np.zeros(round(seconds * RATE), np.float32)) == NOTHING


def test_loudness_does_not_matter() -> None:
    """The same music 40 dB softer has the same beats and is as steady."""
    music = played(even(104))
    loud, soft = pulse_of(music), pulse_of(music * np.float32(0.01))
    assert np.abs(np.array(loud.beats) - np.array(soft.beats)).max() <= HOP
    assert soft.steady == pytest.approx(loud.steady, abs=0.05)


def heard_in(sound: Samples, block: int) -> Heard:
    """What a listener hears of a sound in blocks."""
    listener = Listener()
    for start in range(0, len(sound), block):
        listener.feed(sound[start : start + block])
    return listener.heard()


def test_blocks_do_not_matter() -> None:
    """A sound is heard the same whole, in seconds and in odd lengths."""
    sound = played(even(90))[: 19 * RATE + 77]
    whole = heard_in(sound, len(sound))
    for block in (RATE, 4801):
        parts = heard_in(sound, block)
        assert parts.samples == whole.samples == len(sound)
        assert np.allclose(parts.onsets, whole.onsets, atol=0.05)
        assert np.allclose(parts.chords, whole.chords, atol=0.01)
        assert np.allclose(parts.levels, whole.levels, atol=0.01)
    assert len(whole.onsets) == len(sound) // HOP + 1
