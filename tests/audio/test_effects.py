"""Effects and ambiences: their lengths, levels and seams, and what tells one from another."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

from audio.effects import AMBIENCES, EVENTS, LOUDEST, VOICE, EffectRequest, make_effect, natural_length
from audio.foley.steps import GROUNDS
from audio.foley.stretch import Stretch
from audio.signal import loudness, wavefile
from audio.voice import RATE, Samples
from projects.steps import Work
from storyboard.errors import InterruptedRender, RenderError
from storyboard.vocabulary.effects import EFFECTS, ONCE

Make = Callable[..., Samples]


@pytest.fixture
def make(tmp_path: Path, make_work: Callable[..., Work]) -> Make:
    """Makes an effect of so many samples and gives them."""

    def made(effect: str, samples: int, seed: int = 1, **more: object) -> Samples:
        make_effect(EffectRequest(effect, samples, seed, **more), make_work(), tmp_path / "e.wav")  # type: ignore[arg-type]
        return wavefile.read(tmp_path / "e.wav")

    return made


def window(effect: str, start: float, seconds: float, seed: int = 1) -> Samples:
    """A window of the endless sound of an ambience."""
    kind = AMBIENCES[effect]
    maker = getattr(import_module(f"audio.foley.{kind.module}"), effect.replace(" ", "_"))
    count = round(seconds * RATE)
    sound: Samples = maker(Stretch(seed, round(start * RATE), count).before(kind.early))[-count:]
    return sound


def band_level(sound: Samples, low: float, high: float) -> float:
    """The level of one side between two frequencies, in dB."""
    power = np.abs(np.fft.rfft(sound[:, 0])) ** 2
    hertz = np.fft.rfftfreq(len(sound), 1 / RATE)
    return float(10 * np.log10(power[(hertz >= low) & (hertz < high)].sum() / len(sound) ** 2 + 1e-20))


def envelope(sound: Samples, per_second: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """The root mean square of each of so many cells a second."""
    cell = RATE // per_second
    whole = sound[: len(sound) // cell * cell].astype(np.float64)
    means: np.ndarray[tuple[int], np.dtype[np.float64]] = np.sqrt((whole**2).reshape(-1, cell * 2).mean(axis=1))
    return means


def test_every_word_has_a_sound() -> None:
    """The effects of the vocabulary are those that can be made, and what happens once is told alike in both."""
    assert set(EFFECTS.canonical) == {*AMBIENCES, *EVENTS}
    assert set(EVENTS) == ONCE


@pytest.mark.parametrize("effect", [*AMBIENCES, *EVENTS])
def test_effect_is_whole(effect: str, make: Make) -> None:
    """Each effect has its length to the sample, keeps under -1 dBFS, and begins and ends without a click."""
    sound = make(effect, 2 * RATE + 5)
    assert sound.shape == (2 * RATE + 5, 2)
    assert np.abs(sound).max() <= 0.8913
    assert np.abs(sound[[0, -1]]).max() < 0.01
    assert abs(float(sound.mean())) < 0.02


@pytest.mark.parametrize("effect", ["rain", "birds", "cave", "city", "crickets", "room", "train", "crowd"])
def test_a_level_means_the_same_for_all(effect: str, make: Make) -> None:
    """At 0 dB every ambience is as loud as a levelled voice, whatever it is made of."""
    assert loudness.of_samples(make(effect, 12 * RATE)).integrated == pytest.approx(VOICE, abs=1.6)


@pytest.mark.parametrize("effect", [*EVENTS])
def test_single_sounds_are_as_loud_as_loud_words(effect: str, make: Make) -> None:
    """The loudest 0.4 s of a thunder and of a bell come to the same level."""
    sound = make(effect, natural_length(effect))
    heard = loudness.k_weighted(sound)
    moments = np.convolve(loudness.mean_squares(heard, loudness.CELL), np.full(4, 0.25))
    assert 10 * np.log10(moments.max()) - 0.691 == pytest.approx(LOUDEST, abs=0.8)


def test_a_moment_without_birds_is_not_raised(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where by chance nobody sings, the air between the songs stays as quiet as it is."""
    from audio.foley import birds

    monkeypatch.setattr(birds, "_SINGERS", ())
    assert loudness.of_samples(make("birds", 4 * RATE)).integrated < VOICE - 12


def test_seed_decides(tmp_path: Path, make_work: Callable[..., Work]) -> None:
    """The same seed gives the same bytes, another seed another rain."""
    made = []
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        make_effect(EffectRequest("rain", RATE // 2, seed), make_work(), tmp_path / name)
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]
    assert made[0] != made[2]


@pytest.mark.parametrize("effect", [name for name in AMBIENCES if name != "footsteps"])
def test_an_ambience_has_no_seams(effect: str) -> None:
    """Whatever window is made, the same moment sounds the same: pieces that meet are one sound."""
    whole, later = window(effect, 3.0, 2.5), window(effect, 4.7, 0.8)
    same = whole[round(1.7 * RATE) :]
    assert np.abs(same - later).max() < 2e-3 * np.abs(whole).max()


def test_nothing_is_a_loop() -> None:
    """Rain of one minute is not that of the next."""
    first, second = window("rain", 0.0, 1.0), window("rain", 60.0, 1.0)
    assert abs(float(np.corrcoef(first[:, 0], second[:, 0])[0, 1])) < 0.02


def test_two_sounds_of_one_scene_share_no_chance(make: Make) -> None:
    """Wind and rain with the same seed are not made of the same noise."""
    rain, wind = make("rain", RATE), make("wind", RATE)
    assert abs(float(np.corrcoef(rain[:, 0], wind[:, 0])[0, 1])) < 0.05


def test_ambiences_are_wide() -> None:
    """Both sides of the rain differ, and neither is louder in the long run."""
    sound = window("rain", 0.0, 4.0)
    assert float(np.corrcoef(sound[:, 0], sound[:, 1])[0, 1]) < 0.6
    left, right = (sound.astype(np.float64) ** 2).mean(axis=0)
    assert 0.7 < left / right < 1.4


def test_the_sea_comes_in_waves() -> None:
    """The surf swells and sinks by more than 6 dB, four to eight times in 40 s."""
    swell = np.convolve(envelope(window("sea", 0.0, 40.0), 10), np.full(15, 1 / 15), "valid")
    assert 20 * np.log10(np.percentile(swell, 95) / np.percentile(swell, 5)) > 6
    above = swell > 0.5 * (swell.max() + swell.min())
    assert 2 <= int((np.diff(above.astype(int)) == 1).sum()) <= 8


def test_birds_sing_and_pause() -> None:
    """Songs lie between 1.5 and 9 kHz and leave a fifth of the time to the air."""
    sound = window("birds", 0.0, 20.0)
    assert band_level(sound, 1500, 9000) > band_level(sound, 0, 300) + 6
    sung = envelope(sound, 20)
    quiet = np.percentile(sung, 10)
    assert 0.02 < float((sung < 2.0 * quiet).mean()) < 0.7


def test_crickets_chirp_in_pulses() -> None:
    """Their song lies about 4 to 5 kHz and is cut into some thirty pulses a second."""
    sound = window("crickets", 0.0, 8.0)
    assert band_level(sound, 2500, 5400) > band_level(sound, 0, 2000) + 6
    beats = envelope(sound, 400)
    spectrum = np.abs(np.fft.rfft(beats - beats.mean()))
    hertz = np.fft.rfftfreq(len(beats), 1 / 400)
    pulses, others = spectrum[(hertz > 25) & (hertz < 48)].max(), np.median(spectrum[hertz > 60])
    assert pulses > 5 * others


def test_a_crowd_sounds_like_people() -> None:
    """Voices: syllables at the pace of speech, harmonics below and hardly anything above 5 kHz."""
    sound = window("crowd", 0.0, 12.0)
    assert band_level(sound, 200, 1200) > band_level(sound, 5000, 20000) + 20
    pace = envelope(sound, 50)
    spectrum = np.abs(np.fft.rfft(pace - pace.mean())) ** 2
    hertz = np.fft.rfftfreq(len(pace), 1 / 50)
    assert spectrum[(hertz > 2) & (hertz < 8)].mean() > 2 * spectrum[(hertz > 14) & (hertz < 24)].mean()


def test_a_room_does_not_hiss() -> None:
    """The tone of a room is dark: above 4 kHz there is 25 dB less of it than below 400 Hz."""
    sound = window("room", 0.0, 4.0)
    assert band_level(sound, 4000, 20000) < band_level(sound, 20, 400) - 25


def test_rain_is_duller_within() -> None:
    """Rain on a roof has less than a tenth of the highs of rain in the open, by the same lows."""
    out, within = window("rain", 0.0, 3.0), window("rain on roof", 0.0, 3.0)
    tilt = [band_level(one, 3000, 12000) - band_level(one, 100, 500) for one in (out, within)]
    assert tilt[1] < tilt[0] - 12


def test_fire_crackles_in_bursts() -> None:
    """Above its roar single snaps stand out by more than 12 dB."""
    from audio.foley.noise import filtered

    snaps = envelope(filtered(window("fire", 0.0, 10.0), "highpass", 2500.0), 200)
    assert 20 * np.log10(snaps.max() / np.median(snaps)) > 12


@pytest.mark.parametrize("samples", [1, 100, 3000, RATE // 5])
def test_sounds_cut_short_are_not_blown_up(samples: int, make: Make) -> None:
    """An event that is over before it was heard, or an ambience of a moment, is no louder than a whole one."""
    for effect in ("thunder", "bell", "rain"):
        sound = make(effect, samples)
        assert len(sound) == samples
        assert float(np.sqrt((sound.astype(np.float64) ** 2).mean())) < 0.5


def test_unknown_effect_suggests(tmp_path: Path, make_work: Callable[..., Work]) -> None:
    """A misspelt effect or ground is refused with the nearest name and the whole list."""
    with pytest.raises(RenderError) as refusal:
        make_effect(EffectRequest("thundr", RATE), make_work(), tmp_path / "e.wav")
    assert "did you mean 'thunder'" in refusal.value.hint
    assert "crickets" in refusal.value.hint
    with pytest.raises(RenderError, match="footsteps on 'gras'") as refusal:
        make_effect(EffectRequest("footsteps", RATE, surface="gras"), make_work(), tmp_path / "e.wav")
    assert "did you mean 'grass'" in refusal.value.hint


def test_no_length_is_refused(tmp_path: Path, make_work: Callable[..., Work]) -> None:
    """A sound that begins at the end of its scene is told, not made."""
    with pytest.raises(RenderError, match="no length"):
        make_effect(EffectRequest("rain", 0), make_work(), tmp_path / "e.wav")


def test_making_can_be_stopped(tmp_path: Path) -> None:
    """A stopped effect is an interruption."""
    with pytest.raises(InterruptedRender):
        make_effect(EffectRequest("rain", RATE), Work({}, {}, lambda _: None, lambda: True), tmp_path / "e.wav")


def test_events_have_a_length_of_their_own(make: Make) -> None:
    """An event says how long it lasts and is silent afterwards; an ambience has no end."""
    assert natural_length("bell") == round(7.5 * RATE)
    assert natural_length("rain") == 0
    assert not make("thud", 3 * RATE)[natural_length("thud") :].any()


@pytest.mark.parametrize("surface", sorted(GROUNDS))
def test_steps_land_where_they_are_asked_for(surface: str, make: Make) -> None:
    """On any ground a step is heard within 10 ms of its moment and never before; between steps it is quiet."""
    times = (RATE // 2, 5 * RATE // 4, 2 * RATE)
    sound = np.abs(make("footsteps", 3 * RATE, times=times, surface=surface)).max(axis=1)
    assert sound[: times[0]].max() < 1e-5
    for at in times:
        loud = sound[at : at + RATE // 3].max()
        before = sound[at - RATE // 20 : at].max()
        assert before < 0.1 * loud
        onset = int(np.argmax(sound[at:] > max(0.1 * loud, 2 * before)))
        assert onset < RATE // 100


def test_a_step_is_as_hard_as_it_is_said(make: Make) -> None:
    """Half the strength is half the amplitude, and its place is heard."""
    at = (RATE // 4, RATE)
    sound = make("footsteps", 2 * RATE, times=at, strengths=(1.0, 0.4), places=(-0.9, 0.9), surface="grass")
    first, second = (np.sqrt((sound[a : a + RATE // 3].astype(np.float64) ** 2).mean(axis=0)) for a in at)
    assert 0.25 < np.hypot(*second) / np.hypot(*first) < 0.55
    assert first[0] > 3 * first[1]
    assert second[1] > 3 * second[0]


def test_grounds_are_equally_loud(make: Make) -> None:
    """A level means the same in a meadow and on a street."""
    times = tuple(range(RATE // 4, 4 * RATE, RATE // 2))
    found = [
        loudness.of_samples(make("footsteps", 4 * RATE, times=times, surface=surface)).integrated
        for surface in ("grass", "gravel", "snow", "wood", "stone", "sand", "street")
    ]
    assert max(found) - min(found) < 2.0


def test_one_walks_by_himself(make: Make) -> None:
    """Footsteps of which no moments are known come about twice a second."""
    sound = envelope(make("footsteps", 6 * RATE), 50)
    steps = int((np.diff((sound > 0.3 * sound.max()).astype(int)) == 1).sum())
    assert 9 <= steps <= 26
