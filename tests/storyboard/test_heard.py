"""What a storyboard says of sound: music, suggestions, voices with models, pronunciation, captions by word."""

from __future__ import annotations

from fractions import Fraction

import pytest

from storyboard import staging
from storyboard.film import Captions, Film, SceneMusic, Sound
from storyboard.load import Reading, read

RAIN = Sound("suggested-rain", effect="rain", suggested=True)


def reading(body: str) -> Reading:
    """A storyboard with these keys."""
    return read(f"workprint: 1\ntitle: T\n{body}\n", "film.yaml")


def film(body: str) -> Film:
    """The film of a storyboard with these keys."""
    return reading(body).checked()


@pytest.fixture
def rainy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every scene suggests rain."""
    monkeypatch.setattr(staging, "suggested", lambda scene: (RAIN,))


@pytest.mark.usefixtures("rainy")
@pytest.mark.parametrize(
    ("written", "heard"),
    [
        ("", ["suggested-rain"]),
        (", sounds: none", []),
        (", sounds: нет", []),
        (", sounds: []", []),
        (", sounds: bell", ["bell-1"]),
        (", sounds: [bell]", ["bell-1"]),
        (", sounds: suggested", ["suggested-rain"]),
        (", sounds: [bell, suggested]", ["bell-1", "suggested-rain"]),
    ],
)
def test_what_is_written_wins_over_suggestions(written: str, heard: list[str]) -> None:
    """Suggestions are heard where nothing is written or where they are asked for, and never beside a written list."""
    scene = film(f"scenes: [{{id: a, place: forest{written}}}]").scenes[0]
    assert [sound.id for sound in scene.sounds] == heard


@pytest.mark.usefixtures("rainy")
def test_a_film_may_do_without_suggestions() -> None:
    """`sounds: none` of the film leaves silent what names no sounds, and nothing else."""
    made = film("sounds: none\nscenes: [{id: a, place: forest}, {id: b, place: forest, sounds: bell}]")
    assert [len(scene.sounds) for scene in made.scenes] == [0, 1]


def test_a_sound_file_begins_where_it_is_told_to() -> None:
    """`from` is for files; an effect refuses it."""
    scene = film("scenes: [{id: a, place: park, sounds: [{file: a.wav, from: 2s}]}]").scenes[0]
    assert scene.sounds[0].start == 2
    (found,) = reading("scenes: [{id: a, place: park, sounds: [{effect: bell, from: 2s}]}]").errors
    assert (found.code, found.column) == ("E155", 61)


def test_music_of_a_scene() -> None:
    """A scene names the mood of its music, asks for a rest or for an accent."""
    made = film(
        "score: {mood: wonder}\nscenes: [{id: a, place: park, score: tense}, {id: b, place: park, score: none},"
        " {id: c, place: park, score: {hit: true, mood: грустно}}, {id: d, place: park}]"
    )
    assert [scene.music for scene in made.scenes] == [
        SceneMusic("tense"),
        SceneMusic(rest=True),
        SceneMusic("sad", hit=True),
        SceneMusic(),
    ]


def test_a_file_of_music_has_a_window() -> None:
    """`from`, `until`, `loop` and `fade` belong to a file and are kept exactly."""
    score = film(
        "score: {file: a.ogg, from: 0:12, until: 1:30.5, loop: false, fade: 2s}\nscenes: [{id: a, place: park}]"
    ).score
    assert (score.first, score.last, score.loop, score.fade) == (Fraction(12), Fraction(181, 2), False, Fraction(2))


@pytest.mark.parametrize(
    ("score", "said"),
    [
        ("{file: a.ogg, tempo: 90}", "a score from a file takes no `tempo`"),
        ("{mood: calm, from: 3s}", "only a score from a file has `from`"),
    ],
)
def test_keys_of_music_that_exclude_each_other(score: str, said: str) -> None:
    """What is composed has no window, and what is a file has no tempo to be told."""
    (found,) = reading(f"score: {score}\nscenes: [{{id: a, place: park}}]").errors
    assert (found.code, found.message) == ("E155", said)


def test_beats_need_music() -> None:
    """Cuts fall on beats of a score that is there."""
    (found,) = reading("snap: beat\nscenes: [{id: a, place: park}]").errors
    assert found.code == "E153"


def test_a_voice_may_bring_its_model() -> None:
    """Settings of an engine's model come with the voice, whatever their kind."""
    made = film(
        "characters: {max: {voice: {backend: transformers, model: {folder: models/mms, speaker: 3}}}}\n"
        "scenes: [{id: a, lines: [{by: max, say: Hello there}]}]"
    )
    assert dict(made.characters[0].voice.model) == {"folder": "models/mms", "speaker": 3}


def test_words_and_how_they_are_said() -> None:
    """The lexicon of a film keeps its order and its spelling."""
    made = film("pronounce: {Yorblef: YOR-blef, за́мок: зам+ок}\nscenes: [{id: a, place: park}]")
    assert made.pronounce == (("Yorblef", "YOR-blef"), ("за́мок", "зам+ок"))


def test_captions_by_word() -> None:
    """`burned by word` are burned captions that light each word."""
    made = film("captions: burned by word\nscenes: [{id: a, place: park}]")
    assert (made.captions, made.captions_by_word) == (Captions.BURNED, True)
    assert not film("captions: both\nscenes: [{id: a, place: park}]").captions_by_word


def test_a_sound_in_words() -> None:
    """It has its words, its maker and its model's settings, a name of its own, and the level of a single sound."""
    sounds = "[{prompt: an old tram, backend: elevenlabs, length: 4s, model: {prompt_influence: 0.5}}, bell]"
    (tram, _) = film(f"scenes: [{{id: a, prompt: x, sounds: {sounds}}}]").scenes[0].sounds
    assert (tram.id, tram.prompt, tram.backend, tram.level) == ("made-1", "an old tram", "elevenlabs", -10.0)
    assert (tram.model, tram.length) == ((("prompt_influence", 0.5),), Fraction(4))


@pytest.mark.parametrize(
    ("sound", "said"),
    [
        ("{prompt: an old tram}", "a sound in words needs a `backend` that makes it"),
        ("{effect: wind, backend: elevenlabs}", "only a `prompt` has a `backend`"),
        ("{file: a.wav, model: {name: x}}", "only a `prompt` has a `model`"),
        ("{prompt: an old tram, effect: wind, backend: x}", "a sound is either an `effect`, a `file` or a `prompt`"),
    ],
)
def test_a_sound_in_words_that_nobody_makes(sound: str, said: str) -> None:
    """A maker and words go together, and with nothing else."""
    found = reading(f"scenes: [{{id: a, prompt: x, sounds: [{sound}]}}]").errors
    assert said in [one.message for one in found]
