"""The words of the storyboard, in English and Russian: one table a file.

`find` reads the value of a key, `read` reads prose. Knows no scenes, no pictures and no sounds.
"""

from __future__ import annotations

from storyboard.vocabulary.actions import ACTIONS
from storyboard.vocabulary.cameras import CAMERAS
from storyboard.vocabulary.colours import COLOURS
from storyboard.vocabulary.effects import EFFECTS
from storyboard.vocabulary.emotions import EMOTIONS
from storyboard.vocabulary.instruments import INSTRUMENTS
from storyboard.vocabulary.moods import MOODS
from storyboard.vocabulary.places import PLACES
from storyboard.vocabulary.props import PROPS
from storyboard.vocabulary.reading import Found, Prose, read
from storyboard.vocabulary.roles import ROLES
from storyboard.vocabulary.shots import SHOTS
from storyboard.vocabulary.styles import STYLES
from storyboard.vocabulary.table import Table, choices, find, suggest
from storyboard.vocabulary.times import TIMES
from storyboard.vocabulary.transitions import DIRECTIONS, TRANSITIONS
from storyboard.vocabulary.weathers import WEATHERS

__all__ = [
    "ACTIONS",
    "CAMERAS",
    "COLOURS",
    "DIRECTIONS",
    "EFFECTS",
    "EMOTIONS",
    "INSTRUMENTS",
    "MOODS",
    "PLACES",
    "PROPS",
    "ROLES",
    "SHOTS",
    "STYLES",
    "TIMES",
    "TRANSITIONS",
    "WEATHERS",
    "Found",
    "Prose",
    "Table",
    "choices",
    "find",
    "read",
    "suggest",
]
