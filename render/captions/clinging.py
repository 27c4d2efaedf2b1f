"""Which words belong to the next one, so that no line ends with them, and which pairs must stay together.

Word lists of English and Russian, and what holds in every language. Knows no widths.
"""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FORWARD: dict[str, frozenset[str]] = {
    "en": _words(
        "a an the of in on at to for from with by into onto over under about after before through between without "
        "within against among upon per via as than and but or nor so yet that if because when while who whom whose "
        "which what where how my your his her its our their this these those not no very too i'm you're we're they're "
        "i he she we they is are was were be been will would can could shall should may might must don't "
        "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred thousand "
        "million"
    ),
    "ru": _words(
        "в во на с со к ко о об обо у от ото до из изо за под подо над надо по при про без безо для через между перед "
        "передо пред среди около после из-за из-под ради сквозь вокруг кроме вместо и а но да или либо что чтобы как "
        "если когда пока где куда откуда хотя потому поэтому который которая которое которые не ни очень слишком "
        "мой моя моё мои твой твоя твоё твои его её их наш наша наше наши ваш ваша ваше ваши этот эта это эти тот та "
        "те я ты мы вы он она они один одна два две три четыре пять шесть семь восемь девять десять одиннадцать "
        "двенадцать двадцать тридцать сорок пятьдесят сто двести триста пятьсот тысяча тысячи тысяч"
    ),
    "de": _words(
        "der die das den dem des ein eine einen einem einer eines und oder aber denn dass weil wenn als wie in im an "
        "am auf aus bei beim mit nach seit von vom zu zum zur für durch gegen ohne um über unter vor zwischen nicht "
        "mein dein sein ihr unser euer ich du er sie es wir"
    ),
    "fr": _words(
        "le la les un une des de du d' l' à au aux et ou mais que qui dans en sur sous avec sans pour par chez mon ma "
        "mes ton ta tes son sa ses notre nos votre vos leur leurs je tu il elle on nous vous ils elles ne si"
    ),
    "es": _words(
        "el la los las un una unos unas de del a al y o pero que en con sin por para sobre entre mi tu su mis tus sus "
        "nuestro nuestra no si me te se lo le"
    ),
}
"""Words that lean on the next one: articles, prepositions, conjunctions, possessives, negations, pronouns."""

BACKWARD: dict[str, frozenset[str]] = {"ru": _words("же ж ли ль бы б то де мол")}
"""Particles that lean on the word before."""

OPENERS: dict[str, frozenset[str]] = {
    "en": _words("and but or so that because when while who which where if than"),
    "ru": _words("и а но или что чтобы как если когда пока где который которая которое которые потому хотя"),
    "de": _words("und oder aber denn dass weil wenn als"),
    "fr": _words("et ou mais que qui car"),
    "es": _words("y o pero que porque cuando"),
}
"""Words before which a new part of the sentence begins: a good place to break."""

_TITLES = _words(
    "mr. mrs. ms. dr. prof. st. mt. no. vs. mr mrs ms dr г. гг. ул. пр. д. кв. стр. им. проф. акад. тов. гр. г-н г-жа "
    "герр фрау мистер миссис мисс доктор"
)
"""What stands before a name or a number and stays with it."""

_UNITS = _words(
    "% ‰ ° °c °f km m cm mm kg g mg l ml s sec min h hr hrs mph kph km/h ft in lb lbs oz am pm a.m. p.m. € $ £ ₽ "
    "км м см мм кг г мг л мл с сек мин ч час часа часов км/ч руб руб. коп. млн млрд тыс. тыс год года году лет г. гг. "
    "век века день дня дней минут минуты раз раза years days hours minutes miles percent dollars million billion "
    "thousand"
)
"""What follows a number and stays with it."""

_SPLIT_ABBREVIATIONS = frozenset(
    {("т.", "е."), ("т.", "д."), ("т.", "п."), ("и", "т."), ("т.", "к."), ("н.", "э."), ("до", "н."), ("и", "др.")}
)
_EDGES = "\"'«»„“”‘’()[]{}.,!?…;:"
_NUMBER = re.compile(r"[№#$€£]?\d[\d.,:/]*")
_INITIAL = re.compile(r"[^\W\d_]\.")
_DASH = re.compile(r"[-‐‑‒–—―]+[.,!?…;:]*")


def clings(word: str, language: str) -> bool:
    """Whether a word leans on the one after it: a break between them reads badly."""
    return word.strip("\"'«„“(").lower() in FORWARD.get(language, ())


def is_tied(word: str, following: str, language: str) -> bool:
    """Whether a break reads badly enough to be called a mistake: after a single letter, or before a particle."""
    plain = word.strip("\"'«„“(")
    if len(plain) == 1 and plain.isalpha() and language in ("ru", "uk", "be"):
        return True
    return following.strip(_EDGES).lower() in BACKWARD.get(language, ())


def inseparable(word: str, following: str, opens: bool) -> bool:
    """Whether two words are one thing: a name, a number with its unit, `т. е.`, a dash after its word.

    `opens` says that the first one begins a sentence, where a capital means nothing.
    """
    small, after = word.strip("\"'«„“(").lower(), following.lower()
    if _DASH.fullmatch(following):
        return True
    if (small, after.rstrip(",;:")) in _SPLIT_ABBREVIATIONS or small in _TITLES or word in ("№", "§", "#"):
        return True
    if _NUMBER.fullmatch(word):
        return after.rstrip(".,!?…;:") in _UNITS or after in _UNITS or bool(_NUMBER.fullmatch(following.rstrip(".,!?")))
    if _INITIAL.fullmatch(word) and word[0].isupper() and following[:1].isupper():
        return True
    named = word[:1].isupper() and following[:1].isupper() and word[-1:].isalpha() and word[1:].islower()
    return named and not opens and following[1:2].islower()


def begins_part(word: str, language: str) -> bool:
    """Whether a part of the sentence begins with a word."""
    return word.strip("\"'«„“(").lower() in OPENERS.get(language, ())
