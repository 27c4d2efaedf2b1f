"""Lines whose letters their voice cannot read: a render would stop at them.

Knows of voices only what their names say: `en/george` is an English one of whichever engine.
"""

from __future__ import annotations

import unicodedata

from storyboard.film import Line

_ENGLISH = "en/"


def is_unread(line: Line, language: str) -> bool:
    """Whether a line is to be read by an English voice and is mostly in letters that it does not know.

    `language` is the film's, of which a voice is that nobody has chosen.
    """
    voice = line.by.voice
    english = (voice.name or f"{language.split('-')[0].lower()}/").startswith(_ENGLISH)
    return english and not line.file and not voice.backend and in_other_letters(line.text)


def in_other_letters(text: str) -> bool:
    """Whether a text is mostly written in letters that are not Latin."""
    letters = [sign for sign in text if sign.isalpha()]
    return 2 * sum(not unicodedata.name(sign, "").startswith("LATIN") for sign in letters) > len(letters)
