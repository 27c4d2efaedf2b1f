"""What a language model wrote, made into a storyboard that has no mistake; every repair is told.

Nothing of a reply is trusted: its shape, its words, its lengths. Pure.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from storyboard.legibility import in_other_letters
from storyboard.scripts.names import fold, free, slug
from storyboard.source import FORBIDDEN
from storyboard.vocabulary.actions import ACTIONS
from storyboard.vocabulary.cameras import CAMERAS
from storyboard.vocabulary.emotions import EMOTIONS
from storyboard.vocabulary.moods import MOODS
from storyboard.vocabulary.places import PLACES
from storyboard.vocabulary.roles import ROLES
from storyboard.vocabulary.shots import SHOTS
from storyboard.vocabulary.table import Table, find, spot
from storyboard.vocabulary.times import TIMES
from storyboard.vocabulary.weathers import WEATHERS

MOST_SEEN = 5
_THINKING = re.compile(r"<think(ing)?>.*?(</think(ing)?>|\Z)", re.DOTALL | re.IGNORECASE)
_FENCE = re.compile(r"```(?:json)?\s*(.*?)```", re.DOTALL | re.IGNORECASE)
_PASSAGES = {"cut": "", "crossfade": "crossfade 0.8s", "fade": "fade black 1s"}
_NARRATORS = frozenset({"narrator", "voice over", "voiceover", "рассказчик", "диктор", "голос за кадром", "автор", ""})


class NotJson(ValueError):
    """A reply that holds no JSON object."""


def parsed(reply: str) -> dict[str, Any]:
    """The JSON object of a reply, whatever stands around it; raises NotJson."""
    text = _THINKING.sub("", reply)
    fenced = _FENCE.findall(text)
    for candidate in (text, *fenced, text[text.find("{") : text.rfind("}") + 1]):
        try:
            value: Any = json.loads(candidate)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict):
            return value
    raise NotJson("the reply holds no JSON object")


@dataclass
class Repair:
    """A reply on its way to a storyboard. `told` are the repairs so far."""

    told: list[str] = field(default_factory=list)
    language: str = "en"
    """That of the film."""
    people: dict[str, str] = field(default_factory=dict)
    """Folded names, and the ids that they have."""
    characters: dict[str, dict[str, str]] = field(default_factory=dict)
    _ids: set[str] = field(default_factory=lambda: {"narrator"})
    _scenes: set[str] = field(default_factory=set)

    def cast_of(self, reply: Mapping[str, Any]) -> None:
        """Take the characters of a reply in."""
        for one in _listed(reply.get("characters")):
            if isinstance(one, dict) and (name := _text(one.get("name"), 60)):
                self.person(name, _word(ROLES, one.get("role")), _text(one.get("looks"), 180), introduced=True)

    def person(self, name: str, role: str = "", looks: str = "", *, introduced: bool = False) -> str:
        """The id of somebody, who joins the film if nobody has that name yet; "" for the narrator."""
        folded = fold(name)
        if folded in _NARRATORS:
            return ""
        known = self.people.get(folded) or next(
            (number for other, number in self.people.items() if folded in other.split() or other in folded.split()), ""
        )
        if known:
            return known
        number = free(slug(name) or "person", self._ids)
        self.people[folded] = number
        told = {"name": name, "role": role, "looks": looks}
        self.characters[number] = {key: value for key, value in told.items() if value}
        if not introduced:
            self.told.append(f"{name} was in a scene and not among the characters; added")
        return number

    def scene(self, written: Any, number: int) -> dict[str, Any]:
        """One scene of a reply as a scene of a storyboard."""
        given = written if isinstance(written, dict) else {}
        if not given:
            self.told.append(f"scene {number} was empty; it shows its place")
        prompt = _text(given.get("prompt"), 900)
        lines = [line for one in _listed(given.get("lines"))[:12] if (line := self._line(one))]
        cast = self._cast(given.get("cast"), number)
        place = self._known(PLACES, given.get("place"), number) or _text(given.get("place"), 80)
        made: dict[str, Any] = {
            "id": free(slug(" ".join((prompt or place).split()[:4])) or "scene", self._scenes),
            "place": place,
            "time": self._known(TIMES, given.get("time"), number),
            "weather": self._known(WEATHERS, given.get("weather"), number),
            "shot": self._known(SHOTS, given.get("shot"), number),
            "camera": self._known(CAMERAS, given.get("camera"), number),
            "prompt": prompt,
            "cast": cast,
            "lines": lines,
            "transition": _PASSAGES.get(fold(str(given.get("transition", ""))), ""),
        }
        if not lines:
            made["length"] = "5s"
        if not prompt and not lines:
            made["prompt"] = place or f"{number}."
        return {key: value for key, value in made.items() if value}

    def _cast(self, written: Any, number: int) -> list[dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for one in _listed(written):
            given = one if isinstance(one, dict) else {"who": one}
            name = _text(given.get("who"), 60)
            who = self.person(name) if name else ""
            if not who or who in found:
                continue
            part = {"who": who, "action": _word(ACTIONS, given.get("action")), "emotion": ""}
            part["emotion"] = self._known(EMOTIONS, given.get("emotion"), number)
            found[who] = {key: value for key, value in part.items() if value and value != "neutral"}
        if len(found) > MOST_SEEN:
            self.told.append(f"scene {number} had {len(found)} people; {MOST_SEEN} are kept")
        return list(found.values())[:MOST_SEEN]

    def _line(self, written: Any) -> str | dict[str, str]:
        given = written if isinstance(written, dict) else {"say": written}
        say = _text(given.get("say"), 600).strip('"«»“” ')
        if not any(map(str.isalnum, say)):
            return ""
        if self.language.split("-")[0].lower() == "en" and in_other_letters(say):
            self.told.append(f"'{say[:40]}' is not in English letters; it was left out")
            return ""
        name = _text(given.get("by"), 60)
        by = self.person(name) if name else ""
        if not by:
            return say
        emotion = _word(EMOTIONS, given.get("emotion"))
        line = {"by": by, "say": say, "emotion": "" if emotion == "neutral" else emotion}
        return {key: value for key, value in line.items() if value}

    def _known(self, table: Table, written: Any, number: int) -> str:
        """A word of the vocabulary, "" with a word about it where it has none."""
        known = _word(table, written)
        if not known and isinstance(written, str) and written.strip() and table is not PLACES:
            self.told.append(f"scene {number}: '{_text(written, 40)}' is not known as a {table.name}; left out")
        return known


def storyboard_of(replies: list[dict[str, Any]], scenes: int, *, title: str, repair: Repair) -> dict[str, Any]:
    """The storyboard of one or several replies, with exactly so many scenes."""
    first = replies[0] if replies else {}
    for reply in replies:
        repair.cast_of(reply)
    written = [one for reply in replies for one in _listed(reply.get("scenes"))]
    if len(written) > scenes:
        repair.told.append(f"{len(written)} scenes were written; the first {scenes} are kept")
    if len(written) < scenes:
        repair.told.append(f"only {len(written)} of {scenes} scenes were written")
    made = [repair.scene(one, number) for number, one in enumerate(written[:scenes], 1)] or [repair.scene({}, 1)]
    if made[-1].get("transition", "fade").startswith("crossfade"):
        made[-1]["transition"] = "fade black 1s"
    document: dict[str, Any] = {"workprint": 1, "title": _text(first.get("title"), 120) or title[:120] or "Untitled"}
    mood = _word(MOODS, first.get("mood"))
    if mood:
        document["score"] = {"mood": mood}
    seen = {one["who"] for scene in made for one in scene.get("cast", ())}
    seen |= {line["by"] for scene in made for line in scene.get("lines", ()) if isinstance(line, dict)}
    people = {number: person for number, person in repair.characters.items() if number in seen}
    if people:
        document["characters"] = people
    return {**document, "scenes": made}


def _listed(value: Any) -> list[Any]:
    return value[:200] if isinstance(value, list) else []


def _text(value: Any, longest: int) -> str:
    """A text without signs that hide, on one line; "" for anything else."""
    if not isinstance(value, str):
        return ""
    return " ".join(FORBIDDEN.sub("", value).split())[:longest].strip()


def _word(table: Table, value: Any) -> str:
    text = _text(value, 80)
    return (find(table, text) or spot(table, text) or "") if text else ""
