"""What a character's own words suggest about a voice nobody chose: gender, age, and what he is.

Canonical roles first, then words of role and looks in English and Russian, then the name. Pure; knows no voice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from audio.casting.names import gender_of_name
from storyboard.film import Character


@dataclass(frozen=True, slots=True)
class Persona:
    """`gender` is `female`, `male` or "" (not known); `age` is `child`, `young`, `adult` or `old`.

    `kind` is "" for people, else `robot`, `monster`, `large animal` or `small animal`.
    """

    gender: str = ""
    age: str = "adult"
    kind: str = ""

    @property
    def pitch(self) -> float:
        """Semitones by which what he is moves a voice."""
        return _PITCHES.get(self.kind, 0.0)


_PITCHES: Mapping[str, float] = MappingProxyType(
    {"robot": -2.0, "monster": -3.5, "large animal": -2.0, "small animal": 2.5}
)

_HABITS: Mapping[str, str] = MappingProxyType({"monster": "male", "large animal": "male"})
"""The gender of a kind whose words and name tell none."""

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
        "witch": Persona("female", "old"),
        "knight": Persona("male"),
        "king": Persona("male"),
        "queen": Persona("female"),
        "prince": Persona("male", "young"),
        "princess": Persona("female", "young"),
        "soldier": Persona("male"),
        "pirate": Persona("male"),
        "thief": Persona("male"),
        "merchant": Persona("male"),
        "maid": Persona("female", "young"),
        "nurse": Persona("female"),
        "villain": Persona("male"),
        "servant": Persona("male"),
        "farmer": Persona("male"),
        "robot": Persona("", "adult", "robot"),
        "dog": Persona("", "adult", "large animal"),
        "horse": Persona("", "adult", "large animal"),
        "wolf": Persona("male", "adult", "large animal"),
        "cat": Persona("", "young", "small animal"),
        "fox": Persona("", "young", "small animal"),
        "bird": Persona("", "young", "small animal"),
    }
)

_SURE = frozenset({"heroine", "woman", "old woman", "queen", "maid", "witch", "princess"}) | frozenset(
    {"man", "old man", "king", "prince"}
)
"""Roles that say the gender themselves."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_FEMALE = _words(
    "she her woman girl lady mother mom mum grandmother grandma granny sister daughter wife widow aunt queen princess"
    " witch actress waitress heroine maid goddess nun empress duchess hostess vixen mare bride female она её ее женщина"
    " девушка девочка девица дама мать мама бабушка сестра сестрица дочь дочка жена вдова тётя тетя королева царица"
    " принцесса царевна ведьма колдунья актриса героиня служанка горничная императрица княгиня графиня барыня старуха"
    " старушка учительница певица невеста подруга хозяйка волчица кошка лисица монахиня"
)
_MALE = _words(
    "he his man boy gentleman father dad grandfather grandpa granddad brother son husband widower uncle king prince"
    " actor waiter hero monk emperor duke guy lad stallion groom male он его мужчина парень мальчик юноша отец папа"
    " дедушка дед брат сын муж вдовец дядя король царь принц царевич актёр актер герой слуга монах император князь"
    " граф барин старик старец купец лакей мужик певец жених друг хозяин кот волк пёс пес"
)
_WORN_BY_WOMEN = _words("dress skirt gown lipstick earrings платье юбка юбке серьги сарафан сарафане косы платьице")
_WORN_BY_MEN = _words("beard bearded moustache mustache stubble борода бородой бородатый усы усами щетина бородка")
_OLD = _words(
    "elderly grandmother grandma granny grandfather grandpa granddad elder pensioner старик старуха старушка старец"
    " пожилой пожилая дедушка бабушка дед пенсионер пенсионерка"
)
_OLD_IF_SAID_OF_HIM = _words("old aged ancient старый старая древний древняя")
_CHILD = _words("child kid boy girl baby toddler kitten puppy ребёнок ребенок мальчик девочка малыш малышка дитя")
_YOUNG = _words(
    "young teenage teenager youth youthful молодой молодая юный юная юноша девушка подросток парень студент студентка"
)
_KINDS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(_words("robot android droid cyborg machine робот андроид дроид киборг"), "robot"),
        **dict.fromkeys(
            _words(
                "monster troll dragon giant ogre demon beast golem orc minotaur монстр чудовище тролль дракон великан"
                " демон чудище голем орк людоед леший змей горыныч"
            ),
            "monster",
        ),
        **dict.fromkeys(
            _words("bear lion elephant bull tiger gorilla медведь лев слон бык тигр волк конь"), "large animal"
        ),
        **dict.fromkeys(
            _words(
                "mouse bird sparrow kitten puppy squirrel hare rabbit hedgehog fairy elf imp frog мышь мышка мышонок"
                " птица птичка воробей котёнок котенок щенок белка заяц зайчик кролик ёж ежик ёжик фея эльф лягушка"
            ),
            "small animal",
        ),
    }
)
_PEOPLE = _words("person friend servant teacher sailor doctor artist учитель учёный ученый моряк врач художник")
_AND = _words("and but with и но с")
_YEARS = re.compile(
    r"\b(\d{1,3})[\s-]*(?:years?[\s-]*old|y\.?o\.?|лет|года?|летн\w+)\b|\bлет\s+(\d{1,3})\b", re.IGNORECASE
)
_AGED = re.compile(r"\baged?\s+(\d{1,3})\b")


def persona(character: Character) -> Persona:
    """What is known of a character; the words of his text win over his role's habit, and his name comes last."""
    base = _ROLES.get(character.role, Persona())
    text = f"{character.role_text}, {character.looks}".casefold()
    years, bare = _years(text)
    words = re.findall(r"\w+", bare)
    if not base.kind:
        kind = next((_KINDS[word] for word in re.findall(r"\w+", character.role_text.casefold()) if word in _KINDS), "")
        base = Persona(base.gender or _HABITS.get(kind, ""), base.age, kind)
    gender = base.gender if character.role in _SURE else _gender(words, character, base)
    return Persona(gender, _age(years, bare, base), base.kind)


def _gender(words: Sequence[str], character: Character, base: Persona) -> str:
    """The first telling word decides: "an old woman with her son's coat" is a woman."""
    for women, men in ((_FEMALE, _MALE), (_WORN_BY_WOMEN, _WORN_BY_MEN)):
        told = next(("female" if word in women else "male" for word in words if word in women or word in men), "")
        if told:
            return told
    # A name tells more than the habit of a role: a detective called Anna.
    named = re.findall(r"\w+", character.name.casefold())
    told = next(("female" if word in _FEMALE else "male" for word in named if word in _FEMALE or word in _MALE), "")
    return told or gender_of_name(character.name) or base.gender


def _years(text: str) -> tuple[int | None, str]:
    """The age that a text gives in years, if it does, and the text without it: `12 years old` is not `old`."""
    for form in (_YEARS, _AGED):
        found = form.search(text)
        if found:
            return int(next(group for group in found.groups() if group)), form.sub(" ", text)
    return None, text


def _age(years: int | None, text: str, base: Persona) -> str:
    if years is not None:
        return "child" if years < 13 else "young" if years < 25 else "old" if years >= 60 else "adult"
    for part in re.split(r"[,.;:]", text):
        words = re.findall(r"\w+", part)
        for word, following in pairwise([*words, ""]):
            if word in _OLD or (word in _OLD_IF_SAID_OF_HIM and _said_of_him(following)):
                return "old"
            if word in _YOUNG:
                return "young"
            if word in _CHILD:
                return "child"
    return base.age


def _said_of_him(following: str) -> bool:
    """Whether "old" before such a word means the person: an old woman, but no old coat."""
    people = (
        _FEMALE | _MALE | _words("person friend servant teacher sailor doctor слуга учитель учёный друг моряк врач")
    )
    return not following or following in people or following in _AND or following in _ROLES or following in _KINDS
