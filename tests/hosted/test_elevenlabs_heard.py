"""What ElevenLabs made as it is heard in a film: lines with their words, music of exact length, effects."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from audio.backends.elevenlabs import ElevenLabsScore, ElevenLabsVoice
from audio.casting.choice import cast
from audio.casting.repertory import Repertory
from audio.effects import LOUDEST, loudest
from audio.engines import engines
from audio.hosted.effects import BringEffectRequest, bring_effect, going_on
from audio.score import ComposeRequest, Section
from audio.signal import loudness, wavefile
from audio.speaking import speech
from audio.speaking.speech import SpeakRequest, speak_line
from audio.voice import RATE, VoiceBackend, VoiceMissing, VoiceRefusal, VoiceRequest
from projects.steps import Artifact, Work
from storyboard.errors import InterruptedRender, RenderError
from storyboard.film import Film
from storyboard.load import read
from tests.hosted.fakes.elevenlabs import LETTER, line, tune

LINE = VoiceRequest("Well, Yorblef kept 7 keys — really!", "en", "george")
FACTS = {"service": "elevenlabs", "model": "eleven_multilingual_v2"}
WORDS = ["Well,", "Yorblef", "kept", "7", "keys", "really!"]


def answer(folder: Path, text: str, characters: str | None = None, **changes: Any) -> Path:
    """A bought line of a text, with times of these characters (its own if left out)."""
    letters = list(text if characters is None else characters)
    starts = [LETTER * number for number in range(len(letters))]
    told = {
        "characters": letters,
        "character_start_times_seconds": starts,
        "character_end_times_seconds": [start + LETTER for start in starts],
    }
    whole = {"audio_base64": base64.b64encode(line(text)).decode(), "alignment": told, **changes}
    path = folder / "line.json"
    path.write_text(json.dumps(whole))
    return path


def work(bought: Path, stop: bool = False) -> Work:
    """What a step gets that makes something of what was bought."""
    return Work({"bought": Artifact("", bought, FACTS)}, {}, lambda _: None, lambda: stop)


def test_the_words_are_where_the_service_says(tmp_path: Path) -> None:
    """Each written word lasts from its first letter to its last; marks by themselves are no words."""
    spoken = ElevenLabsVoice().spoken(LINE, answer(tmp_path, LINE.text), FACTS)
    assert [word.text for word in spoken.words] == WORDS
    for word in spoken.words:
        assert word.start == pytest.approx(LETTER * LINE.text.index(word.text))
    assert spoken.words[0].end == pytest.approx(4 * LETTER)
    assert len(spoken.samples) / RATE == pytest.approx(LETTER * len(LINE.text), abs=0.1)
    assert (spoken.rate, spoken.model) == (RATE, "elevenlabs eleven_multilingual_v2")
    assert spoken.licence


def test_pace_and_pitch_are_changed_here(tmp_path: Path) -> None:
    """A line at half speed is twice as long, and so are its words."""
    path = answer(tmp_path, LINE.text)
    plain = ElevenLabsVoice().spoken(LINE, path, FACTS)
    slow = ElevenLabsVoice().spoken(replace(LINE, speed=0.5), path, FACTS)
    assert len(slow.samples) == pytest.approx(2 * len(plain.samples), rel=1e-3)
    assert slow.words[-1].end == pytest.approx(2 * plain.words[-1].end)
    sad = ElevenLabsVoice().spoken(replace(LINE, emotion="sad"), path, FACTS)
    assert len(sad.samples) > 1.05 * len(plain.samples)


def test_a_model_that_acts_is_left_as_it_is(tmp_path: Path) -> None:
    """Its emotion is in the sound already, and the direction in brackets is no word."""
    request = replace(LINE, emotion="sad", model=(("name", "v3"),))
    sent = str(ElevenLabsVoice().purchase(request).body["text"])
    spoken = ElevenLabsVoice().spoken(request, answer(tmp_path, sent), FACTS)
    assert [word.text for word in spoken.words] == WORDS
    assert spoken.words[0].start == pytest.approx(LETTER * len("[sad] "))
    assert len(spoken.samples) / RATE == pytest.approx(LETTER * len(sent), abs=0.1)
    untagged = ElevenLabsVoice().spoken(request, answer(tmp_path, sent, LINE.text), FACTS)
    assert untagged.words[0].start == 0.0


def test_respellings_are_sent_and_the_written_words_come_back(tmp_path: Path) -> None:
    """What the service reads otherwise is still shown as it was written; what it cannot read is told."""
    request = replace(LINE, pronounce=(("Yorblef", "YOR-bleff-uh"), ("keys", "/kiːz/"), ("kept 7", "kept seven")))
    sent = str(ElevenLabsVoice().purchase(request).body["text"])
    assert sent == "Well, yor-bleff-uh kept seven keys — really!"
    spoken = ElevenLabsVoice().spoken(request, answer(tmp_path, sent), FACTS)
    assert [word.text for word in spoken.words] == WORDS
    assert all(a.start <= b.start for a, b in zip(spoken.words, spoken.words[1:], strict=False))
    assert spoken.words[4].start == pytest.approx(LETTER * sent.index("keys"), abs=LETTER)
    assert spoken.notes == ElevenLabsVoice().remarks(request)
    assert "'keys'" in spoken.notes[0]


def test_stress_marks_are_not_sent() -> None:
    """The service does not read them, and the author is told."""
    request = VoiceRequest("Он открыл з+амок.", "ru", "sarah")
    assert ElevenLabsVoice().purchase(request).body["text"] == "Он открыл замок."
    assert "'замок'" in ElevenLabsVoice().remarks(request)[0]


@pytest.mark.parametrize(
    "change",
    [
        {"alignment": None},
        {"alignment": {"characters": ["W"], "character_start_times_seconds": [0.0]}},
        {
            "alignment": {
                "characters": ["W"],
                "character_start_times_seconds": ["now"],
                "character_end_times_seconds": [1],
            }
        },
        {"alignment": {"characters": [], "character_start_times_seconds": [], "character_end_times_seconds": []}},
    ],
)
def test_times_that_did_not_come(tmp_path: Path, change: Mapping[str, Any]) -> None:
    """A line of the history may lack them, or have strange ones: its words are then found by the house."""
    path = answer(tmp_path, LINE.text, **change)
    assert ElevenLabsVoice().spoken(LINE, path, FACTS).words == ()
    with_others = answer(tmp_path, LINE.text, normalized_alignment=json.loads(path.read_text())["alignment"], **change)
    assert ElevenLabsVoice().spoken(LINE, with_others, FACTS).words == ()


def test_times_of_normalised_characters_serve_too(tmp_path: Path) -> None:
    """Where only these came they are taken, as long as every word is among them."""
    told = json.loads(answer(tmp_path, LINE.text).read_text())["alignment"]
    path = answer(tmp_path, LINE.text, alignment=None, normalized_alignment=told)
    assert [word.text for word in ElevenLabsVoice().spoken(LINE, path, FACTS).words] == WORDS
    path = answer(tmp_path, LINE.text, "Well, Yorblef kept seven keys — really!")
    assert ElevenLabsVoice().spoken(LINE, path, FACTS).words == ()


def test_the_step_of_a_bought_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It makes what any line is: at one loudness, with words, envelope, model and licence, and asks nobody."""
    monkeypatch.setattr(speech, "engine", lambda _: ElevenLabsVoice())
    facts = speak_line(SpeakRequest("elevenlabs", LINE), work(answer(tmp_path, LINE.text)), tmp_path / "line.wav")
    assert facts["samples"] == wavefile.length(tmp_path / "line.wav")
    assert facts["lufs"] == pytest.approx(-20.0, abs=1.0)
    assert [word[0] for word in facts["words"]] == WORDS
    assert (facts["word_times"], facts["model"]) == ("by the engine", "elevenlabs eleven_multilingual_v2")
    assert facts["licence"]
    again = tmp_path / "again.wav"
    speak_line(SpeakRequest("elevenlabs", LINE), work(answer(tmp_path, LINE.text)), again)
    assert again.read_bytes() == (tmp_path / "line.wav").read_bytes()


def test_a_line_without_times_is_aligned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The house finds its words."""
    monkeypatch.setattr(speech, "engine", lambda _: ElevenLabsVoice())
    path = answer(tmp_path, LINE.text, alignment=None)
    facts = speak_line(SpeakRequest("elevenlabs", LINE), work(path), tmp_path / "line.wav")
    assert [word[0] for word in facts["words"]] == WORDS
    assert facts["word_times"] != "by the engine"


def test_an_engine_that_buys_nothing(tmp_path: Path) -> None:
    """It is never handed what was bought; and what buys is never asked to speak by itself."""
    with pytest.raises(VoiceRefusal, match="buys nothing"):
        speak_line(SpeakRequest("espeak", LINE), work(answer(tmp_path, LINE.text)), tmp_path / "line.wav")
    with pytest.raises(VoiceRefusal, match="a step of its own"):
        ElevenLabsVoice().speak(LINE)


def test_a_voice_that_costs_something_is_never_chosen_by_itself() -> None:
    """Not where nothing else speaks, not by an engine-neutral name; only where the storyboard names the service."""
    shop = {"elevenlabs": ElevenLabsVoice()}
    film = _film("auto", "auto")
    assert not cast(film, shop).voices
    assert "nothing on this machine speaks" in cast(film, shop).problems[0].message
    assert Repertory(shop).offered() == ()
    with pytest.raises(VoiceMissing):
        Repertory(shop).called("george", "en")
    with pytest.raises(VoiceMissing):
        Repertory(shop).called("elevenlabs/george", "en")
    every: Mapping[str, VoiceBackend] = {**engines(), **shop}
    assert {one.engine for one in cast(film, every).voices.values()}.isdisjoint(shop)


def test_a_voice_that_the_storyboard_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """By name, by id, or by the service alone, which leaves the choice to the casting; a key is not needed for that."""
    monkeypatch.delenv("ELEVENLABS_API_KEY", raising=False)
    shop = {"elevenlabs": ElevenLabsVoice()}
    named = cast(
        _film("{backend: elevenlabs, name: George}", "{backend: elevenlabs, name: AbCdEfGhIjKlMnOpQrSt}"), shop
    )
    assert {who: one.own for who, one in named.voices.items()} == {
        "anna": "JBFqnCBsd6RMkjVDRZzb",
        "bert": "AbCdEfGhIjKlMnOpQrSt",
    }
    model = "{backend: elevenlabs, model: {name: v3, stability: 0.5}}"
    chosen = cast(_film(model, model), shop).voices
    assert {who: one.info.gender for who, one in chosen.items()} == {"anna": "female", "bert": "male"}
    assert dict(chosen["anna"].model) == {"name": "v3", "stability": 0.5}
    wrong = cast(_film("{backend: elevenlabs, name: Goerge}", "{backend: elevenlabs}"), shop)
    assert [type(problem) for problem in wrong.problems] == [VoiceMissing]


def _film(anna: str, bert: str) -> Film:
    text = f"""
workprint: 1
title: Two
characters:
  anna: {{name: Anna, role: woman, voice: {anna}}}
  bert: {{name: Bert, role: man, voice: {bert}}}
scenes:
  - {{id: one, lines: [{{by: anna, say: Hello.}}, {{by: bert, say: Hello.}}]}}
"""
    return read(text, "film.yaml").checked()


SCORE = ComposeRequest(20 * RATE, "wonder", 120, "C major", composer="elevenlabs")


def composed(folder: Path, request: ComposeRequest, seconds: float) -> tuple[dict[str, Any], Any]:
    """The score of a request out of so many seconds of bought music: facts and samples."""
    (folder / "bought.mp3").write_bytes(tune(seconds))
    facts = ElevenLabsScore().compose(request, work(folder / "bought.mp3"), folder / "score.wav")
    assert sorted(path.name for path in folder.iterdir()) == ["bought.mp3", "score.wav"]
    return facts, wavefile.read(folder / "score.wav")


@pytest.mark.parametrize("seconds", [19.0, 30.0, 8.0], ids=["a little shorter", "longer", "much shorter"])
def test_music_is_exactly_as_long_as_the_film(tmp_path: Path, seconds: float) -> None:
    """Cut or repeated at bars, at the loudness of every score, with an end and not a break."""
    facts, sound = composed(tmp_path, SCORE, seconds)
    assert sound.shape == (SCORE.samples, 2)
    assert facts["samples"] == SCORE.samples
    assert facts["lufs"] == pytest.approx(-20.0, abs=0.5)
    assert np.abs(sound[-1]).max() < 2e-3
    assert {"tempo", "key", "sections", "beats", "parts", "lufs", "understood", "not_understood"} <= set(facts)
    assert facts["tempo"] == pytest.approx(120, abs=1)
    assert bool(facts["joins"]) == (seconds < 10)
    if seconds == 19.0:
        assert facts["notes"] == []
        assert facts["ends"] == pytest.approx(19 * RATE, abs=0.1 * RATE)


def test_music_is_silent_where_a_scene_rests(tmp_path: Path) -> None:
    """A rest that the author asked for is kept, whatever the service played."""
    rest = (Section(0), Section(8 * RATE, rest=True), Section(12 * RATE))
    _, sound = composed(tmp_path, replace(SCORE, sections=rest), 19.0)
    assert np.abs(sound[9 * RATE : 12 * RATE]).max() < 1e-4
    assert np.abs(sound[13 * RATE : 15 * RATE]).max() > 0.05


def test_music_that_was_not_bought(tmp_path: Path) -> None:
    """It is never made in another way, and it has no parts."""
    nothing = Work({}, {}, lambda _: None, lambda: False)
    with pytest.raises(RenderError, match="a step of its own"):
        ElevenLabsScore().compose(SCORE, nothing, tmp_path / "score.wav")
    with pytest.raises(RenderError, match="plays no part"):
        ElevenLabsScore().compose(SCORE, nothing, tmp_path / "score.wav", "melody")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("asked", "there"), [(0, 2.0), (1.2, 1.2), (3.0, 3.0), (95.0, 95.0)])
def test_an_effect_of_any_length(tmp_path: Path, asked: float, there: float) -> None:
    """As long as it is, or as is asked: what is too short goes on. Its loudest moment is that of any effect."""
    (tmp_path / "bought.mp3").write_bytes(tune(2.0))
    request = BringEffectRequest("elevenlabs", "a mill", round(asked * RATE))
    facts = bring_effect(request, work(tmp_path / "bought.mp3"), tmp_path / "effect.wav")
    sound = wavefile.read(tmp_path / "effect.wav")
    assert len(sound) == facts["samples"] == pytest.approx(there * RATE, abs=0.1 * RATE)
    meter = loudness.Meter(2)
    meter.feed(sound)
    assert loudest(meter.energies()) == pytest.approx(LOUDEST, abs=0.7)
    assert np.abs(sound[-1]).max() < 1e-3
    assert (facts["effect"], facts["model"]) == ("a mill", "elevenlabs eleven_multilingual_v2")


def test_an_effect_of_silence_or_nothing(tmp_path: Path) -> None:
    """It is no effect; and a person may stop it."""
    (tmp_path / "bought.wav").write_bytes(b"nothing")
    with pytest.raises(RenderError):
        bring_effect(BringEffectRequest("elevenlabs", "a mill"), work(tmp_path / "bought.wav"), tmp_path / "e.wav")
    wavefile.write(tmp_path / "bought.wav", np.zeros((RATE, 2), np.float32))
    with pytest.raises(RenderError, match="silence"):
        bring_effect(BringEffectRequest("elevenlabs", "a mill"), work(tmp_path / "bought.wav"), tmp_path / "e.wav")
    (tmp_path / "bought.mp3").write_bytes(tune(2.0))
    with pytest.raises(InterruptedRender):
        bring_effect(BringEffectRequest("x", "y"), work(tmp_path / "bought.mp3", stop=True), tmp_path / "e.wav")


def test_what_goes_on_has_no_seam() -> None:
    """Piece by piece it is the same as at once, and where a turn begins again nothing jumps."""
    noise = np.random.default_rng(1).normal(0, 0.1, (RATE, 2)).astype(np.float32)
    smooth = (np.cumsum(noise, axis=0) / 50).astype(np.float32)
    whole = going_on(smooth, 0, 5 * RATE)
    pieces = [going_on(smooth, start, 7_000) for start in range(0, 5 * RATE - 7_000, 7_000)]
    assert np.array_equal(np.concatenate(pieces), whole[: 7_000 * len(pieces)])
    assert np.array_equal(whole[: RATE // 2], smooth[: RATE // 2])
    assert np.abs(np.diff(whole, axis=0)).max() < 3 * np.abs(np.diff(smooth, axis=0)).max()
