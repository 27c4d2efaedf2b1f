"""The mix: places, ducking, loudness, ceiling."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from audio import ducking, limiter, loudness, mix, wavefile
from audio.mix import MixCue, MixRequest, mix_film
from audio.voice import RATE, Samples
from projects.steps import Artifact, Work
from storyboard.errors import InterruptedRender, RenderError

Save = Callable[[str, Samples], Path]
Tone = Callable[..., Samples]


def _music_and_speech(save: Save, tone: Tone) -> dict[str, Path]:
    noise = np.random.default_rng(0).standard_normal((2 * RATE, 1)).astype(np.float32) * 0.1
    return {"score": save("score", tone(8.0, 220.0, 0.1)), "line": save("line", noise[:, 0])}


def test_cue_lands_on_its_sample(save: Save, make_work: Callable[..., Work]) -> None:
    """An impulse in a cue is found in the film at exactly cue plus place, across a block's edge too."""
    click = np.zeros(480, np.float32)
    click[100] = 0.5
    at = mix.BLOCK - 90
    laid = mix.lay(MixRequest(2 * mix.BLOCK, (MixCue("click", "voice", at),), -14.0), {"click": save("click", click)})
    whole = np.concatenate([mix.render(laid, (), s, mix.BLOCK) for s in (0, mix.BLOCK)])
    assert int(np.abs(whole[:, 0]).argmax()) == at + 100
    assert np.count_nonzero(np.abs(whole[:, 0]) > 0.01) == 1


def test_reaches_loudness_and_keeps_ceiling(
    save: Save, tone: Tone, make_work: Callable[..., Work], tmp_path: Path
) -> None:
    """The film comes out within 0.1 LU of its loudness and under its ceiling, as measured from the file."""
    inputs = _music_and_speech(save, tone)
    cues = (MixCue("score", "music", 0), MixCue("line", "voice", 3 * RATE))
    out = tmp_path / "film.wav"
    facts = mix_film(MixRequest(8 * RATE, cues, -14.0), make_work(inputs), out)
    found = loudness.measure(out)
    assert found.integrated == pytest.approx(-14.0, abs=0.1)
    assert found.true_peak <= -1.5 + 0.02
    assert wavefile.length(out) == 8 * RATE
    assert facts["lufs"] == pytest.approx(found.integrated, abs=0.02)


def test_same_request_same_bytes(save: Save, tone: Tone, make_work: Callable[..., Work], tmp_path: Path) -> None:
    """Mixing twice gives equal files."""
    work = make_work(_music_and_speech(save, tone))
    request = MixRequest(5 * RATE, (MixCue("score", "music", 0), MixCue("line", "voice", RATE)), -16.0)
    first, second = tmp_path / "a.wav", tmp_path / "b.wav"
    mix_film(request, work, first)
    mix_film(request, work, second)
    assert first.read_bytes() == second.read_bytes()


def test_silent_film_stays_silent(make_work: Callable[..., Work], tmp_path: Path) -> None:
    """A film without a sound gets no gain and says that it is silent."""
    out = tmp_path / "film.wav"
    facts = mix_film(MixRequest(RATE, (), -14.0), make_work(), out)
    assert facts["silent"] is True
    assert facts["gain_db"] == 0.0
    assert not wavefile.read(out).any()


def test_blocks_do_not_show(save: Save, tone: Tone) -> None:
    """Any stretch of the bare mix is the same whether it is rendered alone or as part of a longer one."""
    paths = _music_and_speech(save, tone)
    cues = (MixCue("score", "music", 0, fade_in=999, fade_out=4000, pan=-0.4), MixCue("line", "voice", 3 * RATE))
    laid = mix.lay(MixRequest(8 * RATE, cues, -14.0), paths)
    spans = mix.speech_spans(laid)
    whole = mix.render(laid, spans, 0, 8 * RATE)
    part = mix.render(laid, spans, 123_457, 50_001)
    assert np.abs(whole[123_457 : 123_457 + 50_001] - part).max() < 1e-6


def test_ducking_curve() -> None:
    """Music is down by the full depth during speech, untouched beyond attack and release, and moves smoothly."""
    spans = ducking.joined([(2 * RATE, 3 * RATE)])
    gain = ducking.duck(spans, -12.0, 0, 5 * RATE)
    assert gain[2 * RATE : 3 * RATE] == pytest.approx(10 ** (-12 / 20), rel=1e-4)
    assert gain[: 2 * RATE - ducking.ATTACK] == pytest.approx(1.0)
    assert gain[3 * RATE + ducking.RELEASE :] == pytest.approx(1.0)
    assert np.abs(np.diff(20 * np.log10(gain))).max() < 0.01


def test_short_pauses_do_not_pump() -> None:
    """Lines with a breath between them are one span; a long pause parts them."""
    assert ducking.joined([(0, 100), (100 + RATE // 2, RATE)]) == ((0, RATE),)
    assert len(ducking.joined([(0, 100), (3 * RATE, 4 * RATE)])) == 2


def test_limiter_holds_true_peak(tone: Tone) -> None:
    """Loud sound comes out under the ceiling even between samples, and sound below it is untouched."""
    loud = tone(0.5, 11_997.0, 0.2)
    loud[RATE // 4 : RATE // 4 + 2000] *= 8.0
    ceiling = loudness.amplitude(-1.5)
    held = limiter.limited(loud, ceiling)
    assert float(loudness.oversampled_peak(held).max()) <= ceiling * 1.005
    assert np.array_equal(held[:4000], loud[:4000])


def test_missing_input_is_named(make_work: Callable[..., Work], tmp_path: Path) -> None:
    """A cue without an input is refused by its name."""
    with pytest.raises(RenderError, match="ghost"):
        mix_film(MixRequest(RATE, (MixCue("ghost", "voice", 0),), -14.0), make_work(), tmp_path / "x.wav")


def test_stops_when_asked(save: Save, tone: Tone, tmp_path: Path) -> None:
    """A cancelled mix ends at once with InterruptedRender."""
    work = Work({"score": Artifact("f", save("score", tone(1.0)), {})}, {}, lambda _: None, lambda: True)
    with pytest.raises(InterruptedRender):
        mix_film(MixRequest(RATE, (MixCue("score", "music", 0),), -14.0), work, tmp_path / "x.wav")
