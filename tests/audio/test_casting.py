"""Casting: who speaks with which voice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from audio.casting.choice import cast
from audio.voice import Trouble, Utterance, VoiceBackend, VoiceInfo, VoiceMissing, VoiceRequest
from storyboard import film as written
from storyboard.film import Character, Film, Line, VoiceChoice


class _Engine:
    """An engine that only offers."""

    def __init__(self, name: str, language: str, genders: str, trouble: str = "", voices: str = "") -> None:
        self.name = name
        self._voices = voices.split()
        self._language = language
        self._genders = genders
        self._trouble = trouble

    def languages(self) -> Sequence[str]:
        return (self._language,)

    def voices(self) -> Sequence[VoiceInfo]:
        meaning = {"f": ("female", "adult"), "m": ("male", "adult"), "o": ("female", "old"), "c": ("male", "child")}
        names = self._voices or [f"{self.name}{i}" for i in range(len(self._genders))]
        return tuple(
            VoiceInfo(f"{self._language}/{name}", f"{self.name[0]}_{name}", self.name, self._language, *turned)
            for name, turned in zip(names, (_turned(meaning[g]) for g in self._genders), strict=True)
        )

    def check(self) -> Sequence[Trouble]:
        return (Trouble(self._trouble, "mend it"),) if self._trouble else ()

    def identity(self) -> str:
        return self.name

    def speak(self, request: VoiceRequest) -> Utterance:
        raise NotImplementedError


def _turned(pair: tuple[str, str]) -> tuple[str, str, str]:
    return pair[0], "", pair[1]


def _who(name: str, role: str = "", voice: str = "", backend: str = "", **settings: Any) -> Character:
    return Character(name.lower(), name, role, role, "", "", VoiceChoice(voice, backend, **settings))


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
    assert [voices[who].info.name for who in ("ann", "granny", "bob")] == ["en/good1", "en/good2", "en/good0"]


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
    assert (voices["a"].own, voices["b"].own) == ("g_good1", "g_good0")


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


def test_real_voices_are_all_different() -> None:
    """Nine characters of an English film get nine voices of the embedded engine."""
    names = [_who(f"P{i}", "woman" if i % 2 else "man") for i in range(9)]
    casting = cast(_film("en", *names))
    assert len({one.info.name for one in casting.voices.values()}) == 9
    assert not casting.problems


def _names(film: Film, house: dict[str, VoiceBackend], **options: Any) -> dict[str, str]:
    return {who: one.info.name for who, one in cast(film, house, **options).voices.items()}


def test_an_added_character_recasts_nobody() -> None:
    """Somebody new at the list's end leaves all others their voices, and anywhere in it where a casting is kept."""
    house = _house(_Engine("good", "en", "mmmff"))
    three = _film("en", _who("A", "man"), _who("B", "woman"), _who("C", "man"))
    before = _names(three, house)
    after = _names(_film("en", _who("A", "man"), _who("B", "woman"), _who("C", "man"), _who("D", "man")), house)
    assert {who: after[who] for who in before} == before
    new_first = _film("en", _who("D", "man"), _who("A", "man"), _who("B", "woman"), _who("C", "man"))
    kept = _names(new_first, house, kept=cast(three, house).chosen)
    assert {who: kept[who] for who in before} == before
    assert len(set(kept.values())) == 4
    became_a_woman = _film("en", _who("A", "woman"))
    assert _names(became_a_woman, house, kept={"a": "en/good0"}) == {"a": "en/good3"}


def test_one_name_is_spoken_by_the_best_engine_that_works() -> None:
    """A voice that two engines offer comes from the better one; where that cannot work a note names the remedy."""
    film = _film("en", _who("A", voice="en/george"))
    plain = _Engine("hibari", "en", "m", voices="george")
    both = cast(film, _house(plain, _Engine("kokoro", "en", "m", voices="george")))
    assert (both.voices["a"].engine, both.notes) == ("kokoro", ())
    assert both.sheet == ("A: en/george (kokoro)",)
    fallen = cast(film, _house(plain, _Engine("kokoro", "en", "m", "no wheels", voices="george")))
    assert fallen.voices["a"].engine == "hibari"
    assert "better by kokoro: mend it" in fallen.notes[0]


def test_a_named_engine_is_the_one_that_speaks() -> None:
    """With `backend` the engine's own name counts, its settings are passed on, and no other engine takes over."""
    house = _house(_Engine("hibari", "en", "m", voices="george"), _Engine("kokoro", "en", "m", voices="george"))
    who = _who("A", voice="h_george", backend="hibari", speed=0.95, pitch=-2.0)
    one = cast(_film("en", who), house).voices["a"]
    assert (one.engine, one.own, one.speed, one.pitch) == ("hibari", "h_george", 0.95, -2.0)
    wrong = cast(_film("en", _who("A", voice="george", backend="hibary")), house)
    assert "did you mean 'hibari'" in wrong.problems[0].hint
    unasked = cast(_film("en", _who("A", backend="hibary")), house)
    assert "hibari" in unasked.problems[0].hint


def test_settings_of_a_model_go_with_every_line() -> None:
    """An engine that loads a model speaks for whoever names one, also for two people with models of their own."""
    house = _house(_Engine("transformers", "*", "m", voices="model"), _Engine("hibari", "ru", "m"))
    models = [(("folder", "models/mms"), ("speaker", number)) for number in (1, 2)]
    people = [_who(f"P{number}", backend="transformers", model=model) for number, model in enumerate(models)]
    casting = cast(_film("ru", *people), house)
    requests = [voice.request("Привет.") for voice in casting.voices.values()]
    assert [(one.voice, one.language, one.pitch, one.model) for one in requests] == [
        ("t_model", "ru", 0.0, models[0]),
        ("t_model", "ru", 0.0, models[1]),
    ]
    assert casting.notes == ()
    lost = cast(_film("ru", _who("A", model=models[0])), house)
    assert "without `backend`" in lost.problems[0].message


def test_a_voice_that_is_nothing_without_weights_is_never_taken_unasked() -> None:
    """Where only an engine without its model and espeak are there, espeak reads, and that is announced."""
    house = _house(_Engine("transformers", "*", "m", voices="model"), _Engine("espeak", "*", "m"))
    casting = cast(_film("fi", _who("A")), house)
    assert casting.voices["a"].engine == "espeak"
    assert "like a machine" in casting.notes[0]


def test_engines_with_weights_of_their_own_speak_on_request_only() -> None:
    """Piper and the like are taken where they are named or nothing better speaks the language, before espeak."""
    piper, espeak = _Engine("piper", "en", "mf"), _Engine("espeak", "*", "mf")
    assert cast(_film("en", _who("A")), _house(piper, espeak, _Engine("hibari", "en", "m"))).voices["a"].engine == (
        "hibari"
    )
    alone = cast(_film("en", _who("A")), _house(piper, espeak))
    assert (alone.voices["a"].engine, alone.notes) == ("piper", ())


def test_a_line_carries_its_words_of_the_lexicon() -> None:
    """Of the film's pronunciations a line gets those of its own words, so that a new one remakes no other line."""
    house = _house(_Engine("good", "ru", "m"))
    film = replace(_film("ru", _who("A")), pronounce=(("Фирс", "фи́рс"), ("Гаев", "/ɡaɪf/"), ("ёлка", "йолка")))
    voice = cast(film, house).voices["a"]
    assert voice.request("Это Фи́рс, у елка.").pronounce == (("Фирс", "фи́рс"), ("ёлка", "йолка"))
    assert voice.request("Никого.").pronounce == ()


def test_a_crowd_of_speakers_all_differ() -> None:
    """Forty characters with two voices: every one has another voice, pitch or speed, and all are told."""
    casting = cast(_film("en", *(_who(f"P{i}") for i in range(40))), _house(_Engine("good", "en", "mf")))
    heard = {(one.info.name, one.pitch, one.speed) for one in casting.voices.values()}
    assert len(heard) == 40
    assert len(casting.notes) == 38


def test_a_woman_rather_shares_than_speaks_with_a_mans_voice() -> None:
    """When women's voices are used up a moved one is taken before a free man's."""
    casting = cast(_film("en", _who("A", "woman"), _who("B", "woman")), _house(_Engine("good", "en", "fm")))
    one, other = casting.voices.values()
    assert one.info == other.info
    assert abs(one.pitch - other.pitch) > 1


def test_a_better_engine_does_not_change_the_order_of_its_voices() -> None:
    """Where two engines offer the same voices, each is taken once, the better engine's, in that engine's order."""
    names = "heart bella nicole"
    house = _house(_Engine("hibari", "en", "fff", voices=names), _Engine("kokoro", "en", "fff", voices=names))
    voices = cast(_film("en", _who("A", "woman"), _who("B", "woman")), house).voices
    assert [(one.info.name, one.engine) for one in voices.values()] == [("en/heart", "kokoro"), ("en/bella", "kokoro")]


def test_who_shares_a_voice_is_told_by_name() -> None:
    """The note of a shared voice names both, and says what keeps them apart."""
    casting = cast(_film("en", _who("Ann", "child"), _who("Bea", "woman")), _house(_Engine("good", "en", "f")))
    (note,) = casting.notes
    assert note.startswith("Bea shares the voice en/good0 with Ann: left as it is")
