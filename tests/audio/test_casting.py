"""Casting: who speaks with which voice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from audio.casting import cast
from audio.persona import persona
from audio.voice import Trouble, Utterance, VoiceBackend, VoiceInfo, VoiceMissing, VoiceRequest
from storyboard import film as written
from storyboard.film import Character, Film, Line, VoiceChoice


class _Engine:
    """An engine that only offers."""

    def __init__(self, name: str, language: str, genders: str, trouble: str = "") -> None:
        self.name = name
        self._language = language
        self._genders = genders
        self._trouble = trouble

    def languages(self) -> Sequence[str]:
        return (self._language,)

    def voices(self) -> Sequence[VoiceInfo]:
        meaning = {"f": ("female", "adult"), "m": ("male", "adult"), "o": ("female", "old"), "c": ("male", "child")}
        return tuple(
            VoiceInfo(
                f"{self._language}/{self.name}{i}", f"{self.name}{i}", self.name, self._language, *_turned(meaning[g])
            )
            for i, g in enumerate(self._genders)
        )

    def check(self) -> Sequence[Trouble]:
        return (Trouble(self._trouble, "mend it"),) if self._trouble else ()

    def identity(self) -> str:
        return self.name

    def speak(self, request: VoiceRequest) -> Utterance:
        raise NotImplementedError


def _turned(pair: tuple[str, str]) -> tuple[str, str, str]:
    return pair[0], "", pair[1]


def _who(name: str, role: str = "", voice: str = "", text: str = "", backend: str = "") -> Character:
    return Character(name.lower(), name, role, text or role, "", "", VoiceChoice(voice, backend))


def _film(language: str, *cast_of: Character) -> Film:
    lines = tuple(Line(f"{who.id}-1", who, "Hello.") for who in cast_of)
    cut = written.Transition("cut", Fraction(0))
    scene: Any = written.Scene(
        "one", written.FitVoice(), "", "noon", "clear", "wide", "static", "papercut", "", "", (), written.Moments(),
        lines, (), cut, "animatic",
    )  # fmt: skip
    narrator = Character("narrator", "Narrator", "", "", "", "", VoiceChoice(""))
    return Film(
        "T", language, Fraction(24), 720, (), 1, written.Captions.OFF, -14.0, narrator, tuple(cast_of),
        written.Score("none"), cut, (scene,),
    )  # fmt: skip


def _house(*engines: _Engine) -> dict[str, VoiceBackend]:
    return {one.name: one for one in engines}


def test_roles_guide_the_choice() -> None:
    """A woman gets a woman's voice, an old woman an old one, a man a man's."""
    house = _house(_Engine("good", "en", "mfo"))
    film = _film("en", _who("Ann", "woman"), _who("Granny", "old woman"), _who("Bob", "knight"))
    voices = cast(film, house).voices
    assert [voices[who].own for who in ("ann", "granny", "bob")] == ["good1", "good2", "good0"]


def test_nobody_shares_a_voice_while_there_are_others() -> None:
    """As many characters as voices: all different; one more is moved apart and told."""
    house = _house(_Engine("good", "en", "mf"))
    casting = cast(_film("en", _who("A"), _who("B"), _who("C")), house)
    settings = [(one.own, one.pitch) for one in casting.voices.values()]
    assert len(set(settings)) == 3
    assert any("shares" in note for note in casting.notes)


def test_an_asked_voice_is_not_given_to_others() -> None:
    """Who names a voice gets it, even if he speaks after somebody who would have taken it."""
    house = _house(_Engine("good", "en", "mm"))
    voices = cast(_film("en", _who("A", "man"), _who("B", "man", "en/good0")), house).voices
    assert (voices["a"].own, voices["b"].own) == ("good1", "good0")


def test_the_order_of_speech_recasts_nobody() -> None:
    """Who speaks first does not matter: everybody keeps the voice that the list of characters gave him."""
    house = _house(_Engine("good", "en", "mmm"))
    film = _film("en", _who("A", "man"), _who("B", "man"), _who("C", "man"))
    turned = replace(film, scenes=(replace(film.scenes[0], lines=film.scenes[0].lines[::-1]),))
    here, there = cast(film, house).voices, cast(turned, house).voices
    assert {who: one.own for who, one in here.items()} == {who: one.own for who, one in there.items()}


def test_unknown_voice_suggests() -> None:
    """A misspelt voice is a problem that names the nearest and lists them all."""
    casting = cast(_film("en", _who("A", voice="en/god1")), _house(_Engine("good", "en", "mf")))
    assert "did you mean 'en/good1'" in casting.problems[0].hint
    assert "en/good0" in casting.problems[0].hint


def test_last_resort_is_announced() -> None:
    """Where the language's engine cannot work, espeak speaks and the notes say so with the remedy."""
    house = _house(_Engine("good", "ru", "mf", "no program"), _Engine("espeak", "*", "mf"))
    casting = cast(_film("ru-RU", _who("A")), house)
    assert casting.voices["a"].engine == "espeak"
    assert "mend it" in casting.notes[0]


def test_an_asked_voice_that_cannot_speak_is_a_problem() -> None:
    """A voice asked for by name is never replaced by another."""
    house = _house(_Engine("good", "ru", "mf", "no program"), _Engine("espeak", "*", "mf"))
    casting = cast(_film("ru", _who("A", voice="ru/good0")), house)
    assert not casting.voices
    assert isinstance(casting.problems[0], VoiceMissing)
    assert casting.problems[0].hint == "mend it"


def test_nothing_speaks() -> None:
    """Without any engine for the language the problem carries a remedy."""
    casting = cast(_film("fi", _who("A")), _house(_Engine("good", "en", "m")))
    assert isinstance(casting.problems[0], VoiceMissing)
    assert casting.problems[0].hint


def test_words_of_the_role_tell_gender_and_age() -> None:
    """Roles that the vocabulary does not know are read for words of gender and age, in Russian too."""
    assert persona(_who("X", text="старая служанка")).gender == "female"
    assert persona(_who("X", text="старая служанка")).age == "old"
    assert persona(_who("X", "scientist", text="a young woman with his hat")).gender == "female"


def test_real_voices_are_all_different() -> None:
    """Nine characters of an English film get nine voices of the embedded engine."""
    names = [_who(f"P{i}", "woman" if i % 2 else "man") for i in range(9)]
    casting = cast(_film("en", *names))
    assert len({one.info.name for one in casting.voices.values()}) == 9
    assert not casting.problems
