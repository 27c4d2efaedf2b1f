"""Casting: which voice speaks for which character, by what was asked, by language and by what is installed.

Nothing is chosen silently: last resorts and doubled voices are told in the notes, and what cannot be had is a problem
with its remedy. Knows the resolved film, but no pictures.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from audio.engines import LAST_RESORT, engines
from audio.persona import Persona, persona
from audio.voice import Trouble, VoiceBackend, VoiceInfo, VoiceMissing, VoiceRequest
from storyboard.errors import WorkprintError
from storyboard.film import Character, Film

_SPREAD = (0.0, -1.8, 1.8, -3.2, 3.2)
"""Semitones by which a voice is moved when more characters speak than voices are left."""


@dataclass(frozen=True, slots=True)
class Cast:
    """One character's voice. `own` is the engine's name of it; `speed` and `pitch` are as asked, or moved apart."""

    engine: str
    own: str
    language: str
    speed: float
    pitch: float
    info: VoiceInfo

    def request(self, text: str, emotion: str = "neutral") -> VoiceRequest:
        """The request for one line in this voice."""
        return VoiceRequest(text, self.language, self.own, self.speed, self.pitch, emotion)


@dataclass(frozen=True, slots=True)
class Casting:
    """The voices by character id, what people should be told, and what stands in the way."""

    voices: Mapping[str, Cast]
    notes: tuple[str, ...]
    problems: tuple[WorkprintError, ...]


class _Troubles(Mapping[str, tuple[Trouble, ...]]):
    """What stands in the way of each engine, asked of it only when somebody wants to know: asking can take a second."""

    def __init__(self, installed: Mapping[str, VoiceBackend]) -> None:
        self._installed = installed
        self._told: dict[str, tuple[Trouble, ...]] = {}

    def __getitem__(self, name: str) -> tuple[Trouble, ...]:
        if name not in self._told:
            self._told[name] = tuple(self._installed[name].check())
        return self._told[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._installed)

    def __len__(self) -> int:
        return len(self._installed)


@dataclass(frozen=True, slots=True)
class _House:
    """Every installed voice, and what stands in the way of each engine."""

    voices: tuple[VoiceInfo, ...]
    troubles: Mapping[str, tuple[Trouble, ...]]

    def working(self, info: VoiceInfo) -> bool:
        return not self.troubles[info.engine]


def speakers(film: Film) -> tuple[Character, ...]:
    """Who needs a voice, in the order of first speech: authors of lines that have no recording of their own."""
    found: dict[str, Character] = {}
    for scene in film.scenes:
        for line in scene.lines:
            if not line.file:
                found.setdefault(line.by.id, line.by)
    return tuple(found.values())


def cast(film: Film, installed: Mapping[str, VoiceBackend] | None = None) -> Casting:
    """Gives every speaking character a voice; two characters get the same one only if that was asked for.

    `installed` is by default every engine of the registry. Unknown and missing voices are in `problems`.
    """
    house = _survey(engines() if installed is None else installed)
    asked = [who for who in speakers(film) if _names_a_voice(who)]
    # Voices are given in the order in which people are listed, not heard: exchanging two scenes recasts nobody.
    listed = [film.narrator.id, *(who.id for who in film.characters)]
    unasked = [who for who in speakers(film) if not _names_a_voice(who)]
    unasked.sort(key=lambda who: listed.index(who.id) if who.id in listed else len(listed))
    voices: dict[str, Cast] = {}
    notes: list[str] = []
    problems: list[WorkprintError] = []
    for who in asked:
        try:
            voices[who.id] = _as_asked(who, film, house)
        except WorkprintError as problem:
            problems.append(problem)
    for who in unasked:
        try:
            voices[who.id] = _chosen(who, film, house, tuple(voices.values()), notes)
        except WorkprintError as problem:
            problems.append(problem)
    notes += _told(voices, film)
    ordered = {who.id: voices[who.id] for who in speakers(film) if who.id in voices}
    return Casting(ordered, tuple(dict.fromkeys(notes)), tuple(problems))


def called(who: Character) -> str:
    """What messages call somebody: his name, or what he is."""
    return who.name or "the narrator"


def _names_a_voice(who: Character) -> bool:
    return who.voice.name not in ("", "auto")


def _survey(installed: Mapping[str, VoiceBackend]) -> _House:
    listed = [info for one in installed.values() for info in one.voices()]
    return _House(tuple(listed), _Troubles(installed))


def _as_asked(who: Character, film: Film, house: _House) -> Cast:
    """The voice that the storyboard names; VoiceMissing for one that is unknown or cannot speak here."""
    name, backend = who.voice.name, who.voice.backend
    offered = [info for info in house.voices if backend in ("", info.engine)]
    if backend and backend not in house.troubles:
        raise _unknown(f"{called(who)}: there is no voice engine {backend!r}", backend, sorted(house.troubles))
    names = [info.name for info in offered] + ([info.own for info in offered] if backend else [])
    found = [info for info in offered if name == info.name or (backend and name == info.own)]
    if not found:
        raise _unknown(f"{called(who)}: there is no voice {name!r}", name, names)
    working = [info for info in found if house.working(info)]
    if not working:
        trouble = house.troubles[found[0].engine][0]
        raise VoiceMissing(f"{called(who)}: the voice {name} cannot speak here: {trouble.what}", trouble.fix)
    return _hired(working[0], who, film)


def _unknown(what: str, name: str, known: Sequence[str]) -> VoiceMissing:
    near = difflib.get_close_matches(name.casefold(), known, n=1, cutoff=0.5)
    suggestion = f"did you mean {near[0]!r}? " if near else ""
    return VoiceMissing(what, f"{suggestion}there are: {', '.join(dict.fromkeys(known)) or 'none'}")


def _hired(info: VoiceInfo, who: Character, film: Film, moved: float = 0.0) -> Cast:
    language = film.language if info.language in ("*", primary(film.language)) else info.language
    return Cast(info.engine, info.own, language, who.voice.speed, who.voice.pitch + moved, info)


def primary(tag: str) -> str:
    """The language of a tag without region or script: `en` of `en-GB`."""
    return tag.casefold().split("-")[0]


def _chosen(who: Character, film: Film, house: _House, taken: Sequence[Cast], notes: list[str]) -> Cast:
    """The free voice that fits the character best; VoiceMissing where nothing speaks the film's language."""
    language = primary(film.language)
    fitting = [info for info in house.voices if info.language == language and info.engine != LAST_RESORT]
    last = [info for info in house.voices if info.engine == LAST_RESORT and info.language in ("*", language)]
    if who.voice.backend:
        fitting = [info for info in (*fitting, *last) if info.engine == who.voice.backend]
    working = [info for info in fitting if house.working(info)]
    if not working and not who.voice.backend:
        working = [info for info in last if house.working(info)]
        if working:
            notes.append(_last_resort(language, fitting, house))
    if not working:
        raise _nothing_speaks(who, language, (*fitting, *last), house)
    wanted = persona(who) if who.id != film.narrator.id else Persona()
    uses = {info.name: sum(one.info.name == info.name for one in taken) for info in working}
    best = min(working, key=lambda info: (uses[info.name], _misfit(info, wanted), working.index(info)))
    if not uses[best.name]:
        return _hired(best, who, film)
    moved = _SPREAD[uses[best.name] % len(_SPREAD)]
    notes.append(f"{called(who)} shares the voice {best.name} with somebody, moved by {moved:+.1f} semitones")
    return _hired(best, who, film, moved)


def _misfit(info: VoiceInfo, wanted: Persona) -> int:
    """How badly a voice fits: a wrong gender weighs more than a wrong age."""
    wrong_gender = bool(wanted.gender) and info.gender != wanted.gender
    wrong_age = info.age != wanted.age
    stranger = wrong_age and "child" in (info.age, wanted.age)
    return 4 * wrong_gender + wrong_age + 2 * stranger


def _last_resort(language: str, better: Sequence[VoiceInfo], house: _House) -> str:
    fixes = dict.fromkeys(trouble.fix for info in better for trouble in house.troubles[info.engine])
    remedy = f"; for a better voice: {'; '.join(fixes)}" if fixes else ""
    return f"no good voice for language {language!r} is here, espeak-ng reads the lines like a machine{remedy}"


def _nothing_speaks(who: Character, language: str, known: Sequence[VoiceInfo], house: _House) -> VoiceMissing:
    fixes = dict.fromkeys(trouble.fix for info in known for trouble in house.troubles.get(info.engine, ()))
    remedy = "; or ".join(fixes) or "record the lines and name the files (`file:`), or install a voice engine"
    return VoiceMissing(f"{called(who)}: nothing on this machine speaks {language!r}", remedy)


def _told(voices: Mapping[str, Cast], film: Film) -> list[str]:
    """What people should know about voices that are good but not what their language suggests."""
    language = primary(film.language)
    return [
        f"the voice {one.info.name} speaks {one.language!r}, the film is in {language!r}"
        for one in voices.values()
        if primary(one.language) != language
    ]
