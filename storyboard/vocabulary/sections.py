"""The vocabulary in the order in which people read it: one section a kind of word.

Knows the tables and no page; commands and documentation are made of it.
"""

from __future__ import annotations

from dataclasses import dataclass

from storyboard.vocabulary import settings
from storyboard.vocabulary.actions import ACTIONS
from storyboard.vocabulary.cameras import CAMERAS
from storyboard.vocabulary.colours import COLOURS
from storyboard.vocabulary.effects import EFFECTS
from storyboard.vocabulary.emotions import EMOTIONS
from storyboard.vocabulary.instruments import INSTRUMENTS
from storyboard.vocabulary.moods import MOODS
from storyboard.vocabulary.places import PLACES
from storyboard.vocabulary.props import PROPS
from storyboard.vocabulary.roles import ANIMALS, ROLES
from storyboard.vocabulary.shots import SHOTS
from storyboard.vocabulary.styles import STYLES
from storyboard.vocabulary.table import Table, spellings
from storyboard.vocabulary.times import TIMES
from storyboard.vocabulary.transitions import TRANSITIONS
from storyboard.vocabulary.weathers import WEATHERS


@dataclass(frozen=True)
class Section:
    """Words of one kind: its name, where they are written, and the canonical words."""

    name: str
    where: str
    table: Table
    words: tuple[str, ...]

    def spellings(self, language: str) -> dict[str, tuple[str, ...]]:
        """Each canonical word and how it may be written in `en` or `ru`; in English the word itself counts too."""
        found = {}
        for word in self.words:
            others = spellings(self.table, word, language)
            found[word] = tuple(other for other in others if other != word)
        return found


def _of(name: str, where: str, table: Table) -> Section:
    return Section(name, where, table, table.canonical)


SECTIONS: tuple[Section, ...] = (
    _of("places", "`place`, `prompt`, `moments`", PLACES),
    _of("times", "`time`, `prompt`, `moments`", TIMES),
    _of("weathers", "`weather`, `prompt`, `moments`", WEATHERS),
    _of("shots", "`shot`, `prompt`", SHOTS),
    _of("cameras", "`camera`, `prompt`", CAMERAS),
    _of("actions", "`action` in `cast`, `prompt`, `moments`", ACTIONS),
    _of("emotions", "`emotion` in `cast` and `lines`, `prompt`, `moments`", EMOTIONS),
    Section(
        "roles",
        "`role` and `looks` of a character, `prompt`, `moments`",
        ROLES,
        tuple(word for word in ROLES.canonical if word not in ANIMALS),
    ),
    Section(
        "animals",
        "`role` of a character, `prompt`, `moments`",
        ROLES,
        tuple(word for word in ROLES.canonical if word in ANIMALS),
    ),
    _of("props", "`prompt`, `moments`", PROPS),
    _of("colours", "before a prop in `prompt` and `moments`", COLOURS),
    _of("styles", "`style`", STYLES),
    _of("transitions", "`transition`, `opening`", TRANSITIONS),
    Section(
        "grades",
        "`grade` in `post`",
        settings.GRADES,
        tuple(word for word in settings.GRADES.canonical if word != "none"),
    ),
    _of("effects", "`sounds`", EFFECTS),
    _of("moods", "`mood` of the `score`", MOODS),
    _of("instruments", "`instruments` of the `score`", INSTRUMENTS),
)
"""Every kind of word that changes picture or sound."""
