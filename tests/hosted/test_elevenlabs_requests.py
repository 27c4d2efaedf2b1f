"""What ElevenLabs is asked for lines, music and effects: on the wire, in money, and what is refused beforehand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from audio.backends.elevenlabs import ElevenLabsEffects, ElevenLabsScore, ElevenLabsVoice
from audio.backends.elevenlabs.service import ElevenLabsService
from audio.hosted.effects import MadeEffect
from audio.score import Section
from audio.voice import RATE, VoiceMissing, VoiceRefusal, VoiceRequest
from projects.hosted.catalogue import house_table
from storyboard.errors import RenderError
from tests.hosted.conftest import Shop
from tests.hosted.elevenlabs_stage import HEARD, LINE, PLAYED, SCORE, SPOKEN, ask, lent, sent_last
from tests.hosted.fakes.server import FakeServer

TURNS = (Section(0, "calm"), Section(20 * RATE, "tense", 0.8), Section(40 * RATE, "joyful", has_speech=True))


@pytest.fixture
def server(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeServer]:
    """A loopback ElevenLabs that the table points to, and a key for it."""
    with lent(shop, monkeypatch) as (running, _):
        yield running


def test_a_line(server: FakeServer, tmp_path: Path) -> None:
    """Text, voice, model and form of the sound travel, and nothing of the lines around; what came is a file."""
    taken = ask(SPOKEN, tmp_path)
    assert sent_last(server) == {
        "path": "/v1/text-to-speech/JBFqnCBsd6RMkjVDRZzb/with-timestamps",
        "output_format": "mp3_44100_128",
        "text": "Well, Yorblef kept seven keys.",
        "model_id": "eleven_multilingual_v2",
    }
    assert (taken.id, taken.cost) == ("request-elevenlabs-job-1", Decimal("0.0030"))
    assert taken.file is not None
    assert ElevenLabsService().accept(SPOKEN, taken.file) == {"seconds": pytest.approx(1.8, abs=0.1), "timed": True}
    assert (SPOKEN.suffix, SPOKEN.media) == (".json", "audio")


@pytest.mark.parametrize(
    ("model", "sent"),
    [
        ({"stability": 0.3, "style": 0, "use_speaker_boost": False}, {"stability": 0.3, "style": 0}),
        ({"similarity_boost": 1}, {"similarity_boost": 1}),
    ],
)
def test_settings_of_a_voice(server: FakeServer, tmp_path: Path, model: dict[str, Any], sent: dict[str, Any]) -> None:
    """They travel in their own section."""
    ask(ElevenLabsVoice().purchase(replace(LINE, model=tuple(model.items()))), tmp_path)
    assert sent.items() <= sent_last(server)["voice_settings"].items()


@pytest.mark.parametrize(
    ("name", "language", "text"),
    [
        ("flash-v2.5", "ru", "Он хранил ключи."),
        ("v3", "kk", "[sad] Он хранил ключи."),
        ("v4", "ru", "[sad] Он хранил ключи."),
        ("v4-turbo", "ru", "[sad] Он хранил ключи."),
    ],
)
def test_models(server: FakeServer, tmp_path: Path, name: str, language: str, text: str) -> None:
    """Those that want it are told the language, and those that act are told the emotion."""
    request = VoiceRequest("Он хран+ил ключи.", language, "Sarah", emotion="sad", model=(("name", name),))
    ask(ElevenLabsVoice().purchase(request), tmp_path)
    sent = sent_last(server)
    assert (sent["language_code"], sent["text"]) == (language, text)
    assert sent["model_id"] == house_table().services["elevenlabs"].models[name].id


def test_a_seed_and_normalisation(server: FakeServer, tmp_path: Path) -> None:
    """Another take of a line with a seed has another seed; without one there is none."""
    model: Any = (("seed", 2**32 - 1), ("apply_text_normalization", "off"))
    ask(ElevenLabsVoice().purchase(replace(LINE, model=model), take=2), tmp_path)
    sent = sent_last(server)
    assert (sent["seed"], sent["apply_text_normalization"]) == (0, "off")
    assert "seed" not in SPOKEN.body


def test_what_moves_a_voice_buys_nothing_new() -> None:
    """Speed, pitch and an emotion that the model is not told are the house's own: the purchase stays the same."""
    voice = ElevenLabsVoice()
    assert voice.purchase(replace(LINE, speed=0.8, pitch=2.0, emotion="angry")).key == SPOKEN.key
    assert voice.purchase(LINE, take=2).key != SPOKEN.key
    assert voice.purchase(replace(LINE, voice="JBFqnCBsd6RMkjVDRZzb")).key == SPOKEN.key


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"text": " ... "}, "nothing to say"),
        ({"text": "a" * 10_001}, "10001 characters"),
        ({"language": "kk"}, "does not speak 'kk'"),
        ({"model": (("name", "music-v1"),)}, "makes music"),
        ({"model": (("stabilty", 0.5),)}, "did you mean 'stability'"),
        ({"model": (("stability", "high"),)}, "is 'high'"),
        ({"model": (("stability", True),)}, "is True"),
        ({"model": (("stability", 1.5),)}, "from 0 to 1"),
        ({"model": (("format", "pcm_44100"),)}, "as 'pcm_44100'"),
        ({"model": (("apply_text_normalization", "maybe"),)}, "is 'maybe'"),
        ({"model": (("name", "v3"), ("style", 0.5))}, "no setting 'style'"),
    ],
)
def test_what_no_line_can_be(server: FakeServer, change: dict[str, Any], told: str) -> None:
    """It is refused with a remedy before anything is asked."""
    with pytest.raises(VoiceRefusal) as refusal:
        ElevenLabsVoice().purchase(replace(LINE, **change))
    assert told in f"{refusal.value.message}; {refusal.value.hint}"
    assert refusal.value.hint
    assert server.heard == []


def test_voices_by_name_and_by_id() -> None:
    """A name of those that every account has, in any spelling, or an id of any voice; nobody is asked."""
    voice = ElevenLabsVoice()
    george = voice.named("george")
    assert george == voice.named("elevenlabs/George") == voice.named(george.own)
    assert (george.name, george.gender) == ("elevenlabs/george", "male")
    assert voice.named("AbCdEfGhIjKlMnOpQrSt").own == "AbCdEfGhIjKlMnOpQrSt"
    for name in ("Goerge", "../../v1/music", "AbCdEfGhIjKlMnOpQrS/"):
        with pytest.raises(VoiceMissing) as missing:
            voice.named(name)
        assert "write any other voice's id" in missing.value.hint
        assert ("did you mean 'george'?" in missing.value.hint) == (name == "Goerge")


def test_prices() -> None:
    """By characters, by minutes, by sounds; none where nobody knows one."""
    voice, score, effects = ElevenLabsVoice(), ElevenLabsScore(), ElevenLabsEffects()
    assert voice.price(LINE).money == Decimal("0.003000")
    assert voice.price(replace(LINE, model=(("name", "flash-v2.5"),))).money == Decimal("0.001500")
    assert voice.price(replace(LINE, model=(("name", "v4"),))).money is None
    assert score.price(replace(SCORE, samples=61 * RATE)).money == Decimal("0.300000")
    assert score.price(replace(SCORE, samples=3600 * RATE)).money == Decimal("3.000000")
    assert score.price(replace(SCORE, model=(("name", "music-v2"),))).money is None
    assert effects.price(MadeEffect("a tram")).money == Decimal("0.120000")
    assert effects.price(MadeEffect("a tram", model=(("name", "sound-v3"),))).money is None


def test_music_in_words(server: FakeServer, tmp_path: Path) -> None:
    """Words for the whole and its turns, a length in whole seconds that does not overrun the film, no vocals."""
    taken = ask(ElevenLabsScore().purchase(replace(SCORE, sections=TURNS)), tmp_path)
    assert sent_last(server) == {
        "path": "/v1/music",
        "output_format": "mp3_44100_128",
        "model_id": "music_v1",
        "music_length_ms": 64_000,
        "force_instrumental": True,
        "prompt": (
            "hopeful strings, wonder film music, 84 bpm, D minor, instrumental underscore without vocals. "
            "at first calm; from 0:20 tense, energetic and full; from 0:40 joyful, sparse and soft under dialogue. "
            "It ends in a quiet final chord"
        ),
    }
    assert taken.file is not None
    assert ElevenLabsService().accept(PLAYED, taken.file)["seconds"] == pytest.approx(64, abs=0.1)


def test_a_little_longer_film_wants_the_same_music() -> None:
    """Within a second nothing new is asked for."""
    score = ElevenLabsScore()
    asked = replace(SCORE, sections=TURNS)
    assert score.purchase(replace(asked, samples=asked.samples + RATE // 4)).key == score.purchase(asked).key
    assert score.purchase(replace(asked, seed=5)).key == score.purchase(asked).key
    assert score.purchase(replace(asked, model=(("take", 2),))).key != score.purchase(asked).key


@pytest.mark.parametrize(("seconds", "asked"), [(0.5, 3), (3.2, 3), (599.9, 599), (600.5, 600), (4000, 600)])
def test_how_much_music_is_asked_for(seconds: float, asked: int) -> None:
    """No less and no more than the service makes."""
    body = ElevenLabsScore().purchase(replace(SCORE, samples=round(seconds * RATE))).body
    assert body["music_length_ms"] == 1000 * asked


@pytest.mark.parametrize("name", ["music-v1", "music-v2", "music-v2.5"])
@pytest.mark.parametrize("seconds", [2, 65, 290, 1000])
def test_a_plan_of_music(name: str, seconds: int) -> None:
    """Sections as each model wants them by its library's own types, within their bounds, as long as the whole."""
    from elevenlabs.types import CompositionPlan, MusicPrompt

    request = replace(
        SCORE, samples=seconds * RATE, sections=TURNS, model=(("name", name), ("plan", True), ("seed", 3))
    )
    body = ElevenLabsScore().purchase(request).body
    plan = body["composition_plan"]
    assert body["seed"] == 3
    assert not {"prompt", "music_length_ms", "force_instrumental"} & set(body)
    if name == "music-v1":
        MusicPrompt.model_validate(plan, strict=True)
        parts = plan["sections"]
    else:
        CompositionPlan.model_validate(plan, strict=True)
        parts = plan["chunks"]
    assert all(3_000 <= part["duration_ms"] <= 120_000 for part in parts)
    wanted = ElevenLabsScore().purchase(replace(request, model=())).body["music_length_ms"]
    assert sum(part["duration_ms"] for part in parts) == wanted


def test_a_plan_travels(server: FakeServer, tmp_path: Path) -> None:
    """It is sent as it is written."""
    purchase = ElevenLabsScore().purchase(replace(SCORE, sections=TURNS, model=(("plan", True),)))
    ask(purchase, tmp_path)
    assert sent_last(server)["composition_plan"] == purchase.body["composition_plan"]


@pytest.mark.parametrize(
    ("model", "told"),
    [
        ((("seed", 3),), "only with a plan"),
        ((("format", "auto"),), "as 'auto'"),
        ((("take", 0),), "from 1"),
        ((("name", "v3"),), "makes speech"),
        ((("steps", 30),), "no setting 'steps'"),
    ],
)
def test_what_no_music_can_be(model: Any, told: str) -> None:
    """It is refused with a remedy."""
    with pytest.raises(RenderError) as refusal:
        ElevenLabsScore().quantise(replace(SCORE, model=model))
    assert told in f"{refusal.value.message}; {refusal.value.hint}"


def test_what_a_person_should_know_of_music() -> None:
    """What is repeated, what cannot be had, what the words do not hold."""
    many = tuple(Section(n * 10 * RATE, ("calm", "tense")[n % 2], hit=n == 3) for n in range(40))
    told = ElevenLabsScore().remarks(replace(SCORE, samples=700 * RATE, prompt="музыка", sections=many))
    assert len(told) == 4
    assert ElevenLabsScore().remarks(SCORE) == ()


def test_an_effect(server: FakeServer, tmp_path: Path) -> None:
    """Words and a length; without a length the service chooses."""
    taken = ask(HEARD, tmp_path)
    assert sent_last(server) == {
        "path": "/v1/sound-generation",
        "output_format": "mp3_44100_128",
        "model_id": "eleven_text_to_sound_v2",
        "text": "an old tram squeaks round a bend",
        "duration_seconds": 2.5,
    }
    assert taken.file is not None
    assert ElevenLabsService().accept(HEARD, taken.file)["seconds"] == pytest.approx(2.5, abs=0.1)
    assert "duration_seconds" not in ElevenLabsEffects().purchase(MadeEffect("a tram")).body


def test_effects_at_their_bounds() -> None:
    """Too short and too long are brought to what is made; what must go on is asked to, where the model can."""
    effects = ElevenLabsEffects()
    short = effects.purchase(MadeEffect("a click", 0.1)).body
    long = effects.purchase(MadeEffect("a mill", 90.0, (("prompt_influence", 1),)))
    assert (short["duration_seconds"], long.body["duration_seconds"], long.body["loop"]) == (0.5, 30, True)
    assert long.body["prompt_influence"] == 1.0
    assert "loop" not in effects.purchase(MadeEffect("a mill", 90.0, (("name", "sound-v3"),))).body
    assert "repeated" in effects.remarks(MadeEffect("a mill", 90.0))[0]
    with pytest.raises(RenderError, match="without words"):
        effects.purchase(MadeEffect("  "))
