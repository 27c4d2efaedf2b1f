"""What a role suggests about a voice: gender and age, for characters whose voice nobody chose.

Canonical roles first, then words of the character's own text in English and Russian. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from storyboard.film import Character


@dataclass(frozen=True, slots=True)
class Persona:
    """`gender` is `female`, `male` or "" (not known); `age` is `child`, `young`, `adult` or `old`."""

    gender: str = ""
    age: str = "adult"


_ROLES: Mapping[str, Persona] = MappingProxyType(
    {
        "hero": Persona("male"),
        "heroine": Persona("female"),
        "man": Persona("male"),
        "woman": Persona("female"),
        "child": Persona("", "child"),
        "old man": Persona("male", "old"),
        "old woman": Persona("female", "old"),
        "detective": Persona("male"),
        "wizard": Persona("male", "old"),
        "knight": Persona("male"),
        "king": Persona("male"),
        "queen": Persona("female"),
        "soldier": Persona("male"),
        "merchant": Persona("male"),
        "maid": Persona("female", "young"),
        "villain": Persona("male"),
        "servant": Persona("male"),
        "farmer": Persona("male"),
    }
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_FEMALE = _words(
    "she her woman girl lady mother mom mum grandmother grandma sister daughter wife aunt queen princess witch actress"
    " waitress heroine maid goddess nun empress duchess она её женщина девушка девочка дама мать мама бабушка сестра"
    " дочь жена тётя королева принцесса ведьма актриса героиня служанка горничная императрица старуха"
)
_MALE = _words(
    "he his man boy gentleman father dad grandfather grandpa brother son husband uncle king prince actor waiter hero"
    " monk emperor duke он его мужчина парень мальчик отец папа дедушка брат сын муж дядя король принц актёр герой"
    " слуга монах император старик купец лакей"
)
_OLD = _words(
    "old elderly aged grandmother grandma grandfather grandpa старый старая старик старуха пожилой пожилая дедушка"
    " бабушка"
)
_CHILD = _words("child kid boy girl baby ребёнок мальчик девочка малыш")
_YOUNG = _words("young teenage teenager youth молодой молодая юный юная юноша девушка")


def persona(character: Character) -> Persona:
    """What is known of a character's gender and age; the words of the text win over the role's habit."""
    words = re.findall(r"\w+", f"{character.role_text} {character.looks}".casefold())
    base = _ROLES.get(character.role, Persona())
    # The first telling word decides: "an old woman with her son's coat" is a woman.
    gender = next(("female" if w in _FEMALE else "male" for w in words if w in _FEMALE or w in _MALE), base.gender)
    if character.role in ("heroine", "woman", "old woman", "queen", "maid", "man", "old man", "king"):
        gender = base.gender
    age = base.age
    for word in words:
        found = "old" if word in _OLD else "child" if word in _CHILD else "young" if word in _YOUNG else ""
        if found:
            age = found
            break
    return Persona(gender, age)
