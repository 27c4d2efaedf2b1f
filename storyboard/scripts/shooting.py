"""The elements of a script put into shots, the scenes of the film: new action after speech begins another one.

So each can be made, and made again, by itself. Whatever finds no place is remarked with its line. Knows no YAML.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from storyboard.dialogue import GAP, LEAD_IN, SAME_SPEAKER_GAP, estimated
from storyboard.scripts.headings import Heading, read_heading, told_by
from storyboard.scripts.names import Actor, fold, named_in
from storyboard.scripts.phrasing import action_of, is_pause, manner_of, paragraphs, parted, transition_of, unquoted
from storyboard.scripts.script import Element, Remark
from storyboard.time import spell

PAUSE = "1s"
"""Silence that a pause of the script becomes."""

LONGEST_TALK = 320
"""Letters of speech in one scene, about 25 seconds; a longer talk goes on in another one where the speaker changes."""

MOST_LINES = 60

SILENCE = Fraction(5, 2)
"""Seconds without a word after which subtitles begin another scene."""

LONGEST_TIMED = 12
"""Seconds after which subtitles begin another scene at the next word."""

SHORTEST_OPENING = Fraction(1)
"""Seconds before the first word of subtitles that are worth a scene."""

_HEARABLE = Fraction(1, 10)
"""Seconds of silence that are worth a pause."""

_PRONOUN = re.compile(r"\b(he|she|him|her|his|они|он|она|его|её|ее|ему|ей|they)\b", re.IGNORECASE)
_NOTE = re.compile(r"^\W*(note|nb|n\.b\.|примечание)\s*:", re.IGNORECASE)


@dataclass
class Shot:
    """A scene of the film in the making."""

    heading: Heading
    written: str
    begins: bool
    action: list[str] = field(default_factory=list)
    lines: list[dict[str, Any]] = field(default_factory=list)
    speakers: list[Actor] = field(default_factory=list)
    seen: list[Actor] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    transition: str = ""
    talk: int = 0
    first: Fraction = Fraction(0)
    last: Fraction = Fraction(0)
    """Where it begins, and its last word ends, in seconds of the source's time, where that is known."""
    said: Fraction = Fraction(0)
    """Seconds from its beginning to the end of its last line, as long as that probably takes here."""

    @property
    def empty(self) -> bool:
        """Whether nothing is shown or said."""
        return not (self.action or self.lines or self.titles)


NOWHERE = Heading("", "", "", "", "")


class Shooting:
    """Elements to shots, one after another."""

    def __init__(self, cast: Mapping[str, Actor], remarks: list[Remark], language: str = "en") -> None:
        self.cast = cast
        self.language = language
        self.people = list(dict.fromkeys(one for one in cast.values() if not one.narrates))
        self.remarks = remarks
        self.shots: list[Shot] = []
        self.opening = ""
        self._now = NOWHERE
        self._focus: Actor | None = None

    def take(self, element: Element) -> None:
        """Find a place for an element."""
        match element.kind:
            case "heading":
                self.shots.append(Shot(self._read(element), element.text, True))
            case "action" | "sound":
                self._action(element)
            case "speech":
                self._speech(element)
            case "pause":
                self._pause(element)
            case "transition":
                self._transition(element)
            case "title":
                self._title(element)
            case "section":
                self._section(element)
            case "note":
                self.remarks.append(Remark(element.line, element.text, "a note about the script"))

    def _shot(self) -> Shot:
        """The shot that is being filled."""
        if not self.shots:
            self.shots.append(Shot(self._now, "", True))
        return self.shots[-1]

    def _next(self) -> Shot:
        """Another shot of the same scene."""
        shot = self._shot()
        if not shot.empty:
            self.shots.append(Shot(shot.heading, shot.written, False))
        return self.shots[-1]

    def _read(self, element: Element) -> Heading:
        found = read_heading(element.text)
        before = self._now
        if found.same_time or (not found.time and found.location == before.location):
            found = replace(found, time=before.time)
        if not found.place and found.location:
            why = f"the place '{found.location}' is not known to the painter; it stays in the scene's words"
            self.remarks.append(Remark(element.line, element.text, why))
        self._now = found
        return found

    def _section(self, element: Element) -> None:
        shot = self._shot()
        if not shot.empty:
            self.shots.append(Shot(self._now, "", True))
        self.remarks.append(Remark(element.line, element.text, "a division of the script; the film has none"))

    def _title(self, element: Element) -> None:
        shot = self._next() if self._shot().lines else self._shot()
        shot.titles.append(element.text)

    def _action(self, element: Element) -> None:
        if is_pause(element.text):
            self._pause(element)
            return
        if not any(letter.isalnum() for letter in element.text):
            self.remarks.append(Remark(element.line, element.text, "nothing that can be shown"))
            return
        if _NOTE.match(element.text):
            self.remarks.append(Remark(element.line, element.text, "a note about the script"))
            return
        shot = self._next() if self._shot().lines or self._shot().titles else self._shot()
        for part in paragraphs(element.text):
            shot.action.append(part)
        named = named_in(unquoted(element.text), self.people)
        if not named and not shot.seen and _PRONOUN.search(element.text) and self._focus:
            # "He walks on": whoever was spoken of last.
            named = [self._focus]
        for person in named:
            self._focus = person
            if person not in shot.seen:
                shot.seen.append(person)
        if shot.heading is NOWHERE:
            shot.heading = self._now = told_by(element.text)

    def _pause(self, element: Element) -> None:
        lines = self._shot().lines
        if lines:
            lines[-1]["pause"] = PAUSE
        else:
            self.remarks.append(
                Remark(element.line, element.text, "a pause before anything is said; lengthen the scene")
            )

    def _transition(self, element: Element) -> None:
        way, known = transition_of(element.text)
        if not known:
            self.remarks.append(Remark(element.line, element.text, "not known as a transition; a cut stands there"))
        elif not self.shots or (len(self.shots) == 1 and self.shots[0].empty):
            self.opening = "fade black 1s" if way.startswith(("fade", "from")) else ""
        elif not way.startswith("from "):
            last = next((shot for shot in reversed(self.shots) if not shot.empty), None)
            if last is not None:
                last.transition = way
                if self.shots[-1] is last:
                    self.shots.append(Shot(self._now, last.written, False))

    def _speech(self, element: Element) -> None:
        person = self.cast.get(fold(element.who))
        if not any(letter.isalnum() for letter in element.text):
            self._pause(element)
            self.remarks.append(
                Remark(element.line, f"{element.who}: {element.text}", "nothing that can be said; a pause")
            )
            return
        shot = self._timed(element) if element.length else self._room_for(person, element.text)
        emotion = manner_of(element.manner)
        if element.manner and not emotion:
            if is_pause(element.manner) and shot.lines:
                shot.lines[-1]["pause"] = PAUSE
            elif not is_pause(element.manner):
                if not action_of(element.manner):
                    why = "not understood as a feeling; it stays in the scene's words"
                    self.remarks.append(Remark(element.line, f"{element.who} ({element.manner})", why))
                shot.action.append(_told(person, element.manner))
        for part in parted(element.text):
            shot.lines.append(_line(person, part, emotion))
        shot.talk += len(element.text)
        if person and not person.narrates and not element.offstage:
            self._focus = person
            for group in (shot.speakers, shot.seen):
                if person not in group:
                    group.append(person)

    def _timed(self, element: Element) -> Shot:
        """The shot of a speech whose time is known: another one after a silence, or where the last one grew long.

        The pause before it lets it begin at its time, whatever the line before takes here.
        """
        shot = self._shot()
        if shot.lines and (element.first - shot.last >= SILENCE or element.first - shot.first >= LONGEST_TIMED):
            shot = self._next()
        if not shot.lines:
            first = element.first - LEAD_IN
            shot.first = first if first >= SHORTEST_OPENING else Fraction(0)
            shot.said = LEAD_IN
        else:
            person = self.cast.get(fold(element.who))
            same = shot.lines[-1].get("by", "") == (person.id if person and not person.narrates else "")
            shot.said += SAME_SPEAKER_GAP if same else GAP
            silence = element.first - shot.first - shot.said
            if silence >= _HEARABLE:
                shot.lines[-1]["pause"] = spell(silence)
                shot.said += silence
        shot.said += estimated(element.text, self.language)
        shot.last = max(shot.last, element.first + element.length)
        return shot

    def _room_for(self, person: Actor | None, text: str) -> Shot:
        """The shot that a speech goes into: another one where the talk grew long and somebody else speaks."""
        shot = self._shot()
        last = shot.lines[-1] if shot.lines else {}
        changes = "pause" in last or last.get("by", "") != (person.id if person else "")
        if shot.lines and ((changes and shot.talk + len(text) > LONGEST_TALK) or len(shot.lines) >= MOST_LINES):
            return self._next()
        return shot


def _told(person: Actor | None, manner: str) -> str:
    """A manner that is no feeling, as words of the scene."""
    name = person.name if person else ""
    return f"{name} {manner}." if name and action_of(manner) else f"{name}: {manner}." if name else f"{manner}."


def _line(person: Actor | None, text: str, emotion: str) -> dict[str, Any]:
    """A line as it is written in a storyboard."""
    line: dict[str, Any] = {} if person is None or person.narrates else {"by": person.id}
    line["say"] = text
    if emotion:
        line["emotion"] = emotion
    return line
