"""Casting: which voice speaks for which character, by what was asked, by language and by what is installed.

Nothing is chosen silently: last resorts, doubled voices and better engines that are not here are told in the notes,
and what cannot be had is a problem with its remedy. Knows the resolved film, but no pictures.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from audio.casting.audition import Chosen, Heard, audition, misfit
from audio.casting.persona import Persona, persona
from audio.casting.repertory import Repertory, primary
from audio.engines import LAST_RESORT, ON_REQUEST, engines, rank
from audio.voice import VoiceBackend, VoiceInfo, VoiceMissing, VoiceRequest
from storyboard.errors import WorkprintError
from storyboard.film import Character, Film

Setting = str | int | float | bool

_NO_LONGER_FITS = 3.0
"""The misfit from which a voice of an earlier casting is given up: the character became somebody else."""


@dataclass(frozen=True, slots=True)
class Cast:
    """One character's voice. `own` is the engine's name of it; `speed` and `pitch` are as asked, or moved apart."""

    engine: str
    own: str
    language: str
    speed: float
    pitch: float
    info: VoiceInfo
    model: tuple[tuple[str, Setting], ...] = ()
    pronounce: tuple[tuple[str, str], ...] = ()
    asked: bool = False
    """Whether the storyboard names the voice."""

    def request(self, text: str, emotion: str = "neutral") -> VoiceRequest:
        """The request for one line in this voice; of the film's lexicon it holds the words of the line."""
        said = _folded(text)
        known = tuple((word, way) for word, way in self.pronounce if _folded(word) in said)
        return VoiceRequest(text, self.language, self.own, self.speed, self.pitch, emotion, known, self.model)

    @property
    def told(self) -> str:
        """The voice in words: `en/george (kokoro, -2 semitones)`."""
        moves = [f"{self.pitch:+g} semitones"] if self.pitch else []
        moves += [f"speed {self.speed:g}"] if self.speed != 1.0 else []
        return f"{self.info.name} ({', '.join([self.engine, *moves])})"


@dataclass(frozen=True, slots=True)
class Casting:
    """The voices by character id, what people should be told, and what stands in the way."""

    voices: Mapping[str, Cast]
    notes: tuple[str, ...]
    problems: tuple[WorkprintError, ...]
    sheet: tuple[str, ...] = ()
    """A line for each speaker: who speaks with which voice of which engine here."""

    @property
    def chosen(self) -> dict[str, str]:
        """Names of the voices that nobody asked for, by character id: what a later casting may keep."""
        return {who: one.info.name for who, one in self.voices.items() if not one.asked}


@dataclass(frozen=True)
class _Session:
    """One casting at work."""

    film: Film
    house: Repertory
    kept: Mapping[str, str]
    voices: dict[str, Cast] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def taken(self) -> tuple[Heard, ...]:
        return tuple(Heard(one.info, one.pitch, one.speed) for one in self.voices.values())


def speakers(film: Film) -> tuple[Character, ...]:
    """Who needs a voice, in the order of first speech: authors of lines that have no recording of their own."""
    found: dict[str, Character] = {}
    for scene in film.scenes:
        for line in scene.lines:
            if not line.file:
                found.setdefault(line.by.id, line.by)
    return tuple(found.values())


def cast(
    film: Film, installed: Mapping[str, VoiceBackend] | None = None, kept: Mapping[str, str] | None = None
) -> Casting:
    """Gives every speaking character a voice; two characters get the same one only if that was asked for.

    `installed` is by default every engine of the registry. `kept` are the `chosen` of an earlier casting: whoever is
    named there keeps his voice while it still fits him. Unknown and missing voices are in `problems`.
    """
    session = _Session(film, Repertory(engines() if installed is None else installed), kept or {})
    problems: list[WorkprintError] = []
    for who in _in_order_of_choice(film, session.kept):
        try:
            # A service's model has many voices: who names it leaves open which of them speaks.
            asked = _asks(who) and not (session.house.buys(who.voice.backend) and not _names(who))
            session.voices[who.id] = _as_asked(who, session) if asked else _chosen(who, session)
        except VoiceMissing as problem:
            problems.append(VoiceMissing(f"{called(who)}: {problem.message}", problem.hint))
        except WorkprintError as problem:
            problems.append(problem)
    _tell_languages(session)
    heard = [who for who in speakers(film) if who.id in session.voices]
    ordered = {who.id: session.voices[who.id] for who in heard}
    sheet = tuple(f"{called(who)}: {ordered[who.id].told}" for who in heard)
    return Casting(ordered, tuple(dict.fromkeys(session.notes)), tuple(problems), sheet)


def called(who: Character) -> str:
    """What messages call somebody: his name, or what he is."""
    return who.name or "the narrator"


def _asks(who: Character) -> bool:
    """Whether the storyboard says which voice it is to be: by its name, or by the model that is the voice."""
    return _names(who) or bool(who.voice.model)


def _names(who: Character) -> bool:
    return who.voice.name not in ("", "auto")


def _in_order_of_choice(film: Film, kept: Mapping[str, str]) -> list[Character]:
    """Who asks for a voice first, then who had one, then the others as they are listed.

    Not as they are heard: exchanging two scenes recasts nobody, nor does a character added at the list's end.
    """
    listed = [film.narrator.id, *(who.id for who in film.characters)]
    places = {who: place for place, who in enumerate(listed)}
    return sorted(speakers(film), key=lambda who: (not _asks(who), who.id not in kept, places.get(who.id, len(places))))


def _as_asked(who: Character, session: _Session) -> Cast:
    """The voice that the storyboard names; VoiceMissing for one that is unknown or cannot speak here."""
    house, voice = session.house, who.voice
    if _names(who):
        found = house.called(voice.name, session.film.language, voice.backend)
    else:
        found = _of_a_model(house, voice.backend)
    info = house.best(found)
    better = [one for one in found[: found.index(info)] if rank(one.engine) < ON_REQUEST]
    if better:
        remedy = "; ".join(house.remedies(better))
        session.notes.append(
            f"{called(who)}: {info.name} is spoken by {info.engine}; better by {better[0].engine}: {remedy}"
        )
    if info.engine == LAST_RESORT and not voice.backend:
        session.notes.append(f"{called(who)}: {info.name} is read by {LAST_RESORT} like a machine")
    return replace(_hired(info, who, session), asked=True)


def _of_a_model(house: Repertory, engine: str) -> tuple[VoiceInfo, ...]:
    """The voice of an engine that stands for the model whose settings the storyboard gives."""
    if not engine:
        raise VoiceMissing("`model` says nothing without `backend`", "name the engine that loads it")
    offered = house.offered(engine)
    found = tuple(info for info in offered if _stands_for_a_model(info)) or offered
    if not found:
        raise VoiceMissing(f"the voice engine {engine!r} offers no voice here", "; ".join(house.remedies(offered)))
    return found


def _stands_for_a_model(info: VoiceInfo) -> bool:
    return rank(info.engine) >= ON_REQUEST and info.language == "*" and info.engine != LAST_RESORT


def _hired(info: VoiceInfo, who: Character, session: _Session, pitch: float = 0.0, speed: float = 1.0) -> Cast:
    film, voice = session.film, who.voice
    language = film.language if primary(info.language) in ("*", primary(film.language)) else info.language
    speed = round(voice.speed * speed, 4)
    return Cast(info.engine, info.own, language, speed, voice.pitch + pitch, info, voice.model, film.pronounce)


def _chosen(who: Character, session: _Session) -> Cast:
    """The free voice that fits the character best; VoiceMissing where nothing speaks the film's language."""
    film = session.film
    voices = _candidates(who, session)
    wanted = persona(who) if who.id != film.narrator.id else Persona()
    before = [info for info in voices if info.name == session.kept.get(who.id)]
    voices = tuple(info for info in before if misfit(info, wanted) < _NO_LONGER_FITS) or voices
    found = audition(wanted, voices, session.taken, film.language)
    if found.shared:
        session.notes.append(_shared(who, found, session))
    return _hired(found.info, who, session, found.pitch, found.speed)


def _shared(who: Character, found: Chosen, session: _Session) -> str:
    """Who has the voice too, and how far apart they are."""
    listed = {one.id: called(one) for one in speakers(session.film)}
    others = [
        listed[key]
        for key, one in session.voices.items()
        if (one.engine, one.own) == (found.info.engine, found.info.own)
    ]
    moves = [f"moved by {found.pitch:+.1f} semitones"] if found.pitch else []
    moves += [f"spoken {found.speed:g} times as fast"] if found.speed != 1.0 else []
    apart = " and ".join(moves) or "left as it is, while the other is moved"
    return f"{called(who)} shares the voice {found.info.name} with {', '.join(others)}: {apart}"


def _candidates(who: Character, session: _Session) -> tuple[VoiceInfo, ...]:
    """The working voices that may speak for somebody, each once and from the best engine that offers it.

    Engines that are taken only on request, and the last resort, are among them where nothing better works.
    """
    house, film, backend = session.house, session.film, who.voice.backend
    offered = house.offered(backend)
    fitting = [info for info in house.speaking(film.language) if info in offered]
    for most in (ON_REQUEST - 1, ON_REQUEST, rank(LAST_RESORT)):
        # A voice that is nothing without the author's weights is never taken unasked.
        allowed = [one for one in fitting if backend or (rank(one.engine) <= most and not _stands_for_a_model(one))]
        working: dict[tuple[str, str, str], VoiceInfo] = {}
        for info in filter(house.works, allowed):
            working.setdefault((info.name, info.gender, info.age), info)
        if working:
            break
    else:
        remedy = "; or ".join(_remedies(fitting, house)) or "record the lines and name the files (`file:`)"
        raise VoiceMissing(f"nothing on this machine speaks {primary(film.language)!r}", remedy)
    if most == rank(LAST_RESORT) and not backend:
        session.notes.append(_last_resort(film.language, fitting, house))
    return tuple(working.values())


def _last_resort(language: str, fitting: Sequence[VoiceInfo], house: Repertory) -> str:
    fixes = _remedies([info for info in fitting if info.engine != LAST_RESORT], house)
    remedy = f"; for a better voice: {'; '.join(fixes)}" if fixes else ""
    return f"no good voice for language {primary(language)!r} is here, espeak-ng reads the lines like a machine{remedy}"


def _remedies(fitting: Sequence[VoiceInfo], house: Repertory) -> tuple[str, ...]:
    """What would let voices speak, those left out that want the author's weights besides."""
    return house.remedies([info for info in fitting if not _stands_for_a_model(info)])


def _tell_languages(session: _Session) -> None:
    """Notes voices that are good but not of the film's language."""
    language = primary(session.film.language)
    session.notes.extend(
        f"the voice {one.info.name} speaks {one.language!r}, the film is in {language!r}"
        for one in session.voices.values()
        if primary(one.language) != language
    )


def _folded(text: str) -> str:
    """Letters as they are compared: a stress mark is none, however it was typed."""
    bare = unicodedata.normalize("NFD", text).replace("\u0301", "")
    return unicodedata.normalize("NFC", bare).casefold().replace("ё", "е")
