"""Written people to resolved ones: names, roles, voices. Knows no scenes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from storyboard.film import Character, Lora, VoiceChoice
from storyboard.model.people import WrittenCharacter, WrittenLora, WrittenNarrator, WrittenVoice
from storyboard.vocabulary.roles import ROLES
from storyboard.vocabulary.table import find, spot

NARRATOR = "narrator"


@dataclass(frozen=True, slots=True)
class People:
    """Everybody of a film."""

    characters: tuple[Character, ...]
    narrator: Character

    @property
    def by_id(self) -> Mapping[str, Character]:
        """Characters and narrator by id."""
        return {person.id: person for person in (*self.characters, self.narrator)}


def people(written: Mapping[str, WrittenCharacter], narrator: WrittenNarrator | None) -> People:
    """Resolve all characters and the narrator."""
    return People(tuple(_character(person_id, person) for person_id, person in written.items()), _narrator(narrator))


def role_of(person: WrittenCharacter) -> str:
    """Return the canonical role: as written, else as spotted in the looks, else ""."""
    if person.role:
        return find(ROLES, person.role) or spot(ROLES, person.role) or ""
    return (spot(ROLES, person.looks) or "") if person.looks else ""


def voice_choice(voice: WrittenVoice | None) -> VoiceChoice:
    """Return the chosen voice; an empty name leaves the casting to the house."""
    if voice is None:
        return VoiceChoice("")
    speed = 1.0 if voice.speed is None else float(voice.speed)
    pitch = 0.0 if voice.pitch is None else float(voice.pitch)
    return VoiceChoice(voice.name or "", voice.backend or "", speed, pitch, tuple(sorted((voice.model or {}).items())))


def _character(person_id: str, person: WrittenCharacter) -> Character:
    return Character(
        id=person_id,
        name=person.name or person_id,
        role=role_of(person),
        role_text=person.role or "",
        looks=person.looks or "",
        wears=person.wears or "",
        voice=voice_choice(person.voice),
        references=tuple(person.references or ()),
        loras=_loras(person.lora),
        seed=person.seed or 0,
    )


def _loras(written: WrittenLora | list[WrittenLora] | None) -> tuple[Lora, ...]:
    each = [written] if isinstance(written, WrittenLora) else written or []
    return tuple(
        Lora(one.file, 1.0 if one.weight is None else float(one.weight), one.trigger or "", one.backend or "")
        for one in each
    )


def _narrator(narrator: WrittenNarrator | None) -> Character:
    name = narrator.name if narrator and narrator.name else ""
    voice = voice_choice(narrator.voice if narrator else None)
    return Character(id=NARRATOR, name=name, role="", role_text="", looks="", wears="", voice=voice)
