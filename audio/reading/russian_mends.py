"""What the Russian normaliser gets wrong or leaves, said or worded so that it gets it right. Pure; knows no voice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module
from typing import Any

from audio.reading.russian_sounds import by_letters, from_latin, letters
from audio.reading.spans import Rule

_MEASURED = (
    "цена|стоимость|сумма|плата|зарплата|долг|доход|счёт|вес|рост|длина|высота|ширина|глубина|возраст|расстояние|скорость|"
    "температура|население|площадь|объём|итого|всего"
)
_TIMES = r"(?<![\w:.])(\d{1,2}):(\d{2})(?![\w:])"
_SHORT: Mapping[str, str] = {
    "т. н.": "так называемый",
    "т.н.": "так называемый",
    "проф.": "профессор",
    "акад.": "академик",
    "им.": "имени",
    "др.": "другие",
    "напр.": "например",
    "тел.": "телефон",
    "мин.": "минут",
    "сек.": "секунд",
    "чел.": "человек",
    "экз.": "экземпляров",
    "ч.": "часов",
}
_COUNTED = frozenset({"мин.", "сек.", "чел.", "экз.", "ч."})
"""Abbreviations that are said only after figures."""
_SPELLED = frozenset(re.findall(r"\S+", "США МГУ ЭВМ ООО ЕС ИИ АО УК УФО ОК ИП ТЭЦ МИД УВД ОРТ КНДР ГУМ ЦУМ")) - {
    "МИД",
    "ГУМ",
    "ЦУМ",
}
_GENITIVE = r"(?:до|с|со|от|после|около|без|из|ранее|позже|раньше)"


def rules(text: str) -> tuple[Rule, ...]:
    """The rules, for one line: whether it is shouted decides what capitals mean."""
    words = re.findall(r"[^\W\d_]{2,}", text)
    shouted = len(words) > 1 and all(word.isupper() for word in words)
    short = "|".join(re.escape(word) for word in sorted(_SHORT, key=len, reverse=True))
    address = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:https?://|www\.)[^\s,;!?)]*[^\s,;!?).]|(?:[\w-]+\.)+(?:ru|com|org|net|рф)(?:/[\w./-]*\w)?"
    return (
        (re.compile(rf"(?<![\w.@])(?:{address})(?!\w)"), _address),
        (re.compile(rf"(?:(?<!\w)({_GENITIVE}|к|ко) )?{_TIMES}", re.IGNORECASE), _time),
        (re.compile(r"(?<!\w)(с|до) (\d{1,2})\.(\d{2})(?= (?:до|часов|утра|вечера)|\W*$)", re.IGNORECASE), _dotted),
        (
            re.compile(r"(?<![\w/])(\d{1,2})/(\d{1,2})/(\d{4})(?![\w/])"),
            lambda m: f"{int(m[1]):02}.{int(m[2]):02}.{m[3]}",
        ),
        (re.compile(r"(?<![\w.])(век(?:а|е|у|ом)?) ([IVX]+)(?!\w)"), _century),
        (re.compile(r"(?<!\w)№№ ?"), lambda _: "номера "),
        (re.compile(r"(?<!\w)#(?=\d)"), lambda _: "номер "),
        (re.compile(r"(?<!\w)#(?=\w)"), lambda _: "хэштег "),
        (re.compile(rf"(?<!\w)({_MEASURED})( [—–-])? (\d+)(?= ([а-яё]{{4,}})|[.!?]?$)", re.IGNORECASE), _measured),
        (re.compile(r"(?<![\w,.])1,5 (?=([а-яё]+))"), _one_and_a_half),
        (re.compile(r"(?<![\w/])(?:1/2|½) (?=[а-яё])"), lambda _: "половина "),
        (re.compile(r"(?<!\w)(\d+)0-([ех])(?!\w)"), _decade),
        (re.compile(r"(?:руб\.|рублей|₽)/(кг|м|л|час|шт)\.?(?!\w)"), _price),
        (re.compile(rf"(?<!\w)({short})"), _abbreviation),
        (re.compile(r"(?<!\w)((?:[А-ЯЁ]\. ?)+)(?=[А-ЯЁ][а-яё])"), _initials),
        (re.compile(r"(?<=[а-яё]) ((?:[А-ЯЁ]\. ?){1,2})(?=[,;:!?]|$| [а-яё—(])"), _initials_after),
        *(() if shouted else ((re.compile(r"(?<![\w-])([А-ЯЁ]{2,5})(?![\w])"), _acronym),)),
        (re.compile(r"(?<![A-Za-z\d])[A-Za-z]+(?:['’-][A-Za-z]+)*(?![A-Za-z])"), _latin),
        (re.compile(r" ?& ?"), lambda _: " и "),
        (re.compile(r"@"), lambda _: " собака "),
    )


def _address(found: re.Match[str]) -> str:
    named = {
        ".": "точка",
        "@": "собака",
        "/": "слэш",
        "-": "дефис",
        "_": "подчёркивание",
        "www": "даблъю даблъю даблъю",
    }
    named |= {"ru": "ру", "com": "ком", "рф": "эрэф"}
    pieces = re.findall(r"[^\W\d_]+|\d+|[^\w\s]|_", re.sub(r"^https?://", "", found[0]).rstrip("/"))
    said = [
        named.get(piece) or (by_letters(piece) if piece.isascii() and piece.isalpha() else piece) for piece in pieces
    ]
    return " ".join(word for word in said if word[0].isalnum())


def _time(found: re.Match[str]) -> str | None:
    before, hour, minute = found[1] or "", int(found[2]), int(found[3])
    if hour > 24 or minute > 59:
        return None
    lead = f"{before} " if before else ""
    dative = before.casefold() in {"к", "ко"}
    if not minute:
        return f"{lead}{hour} {_hours(hour, before, dative)}"
    case = "d" if dative else "g" if before else "n"
    tens = f"{_number(0, case)} {_number(minute, case)}" if minute < 10 else _number(minute, case)
    return f"{lead}{_number(hour, case)} {tens}"


def _hours(hour: int, before: str, dative: bool) -> str:
    one = hour % 10 == 1 and hour != 11
    if dative:
        return "часу" if one else "часам"
    if before:
        return "часа" if one else "часов"
    return "час" if one else "часа" if hour % 10 in {2, 3, 4} and hour // 10 != 1 else "часов"


def _dotted(found: re.Match[str]) -> str | None:
    hour, minute = int(found[2]), int(found[3])
    if hour > 24 or minute > 59 or minute % 5:
        return None
    said = _number(hour, "g") if minute else f"{hour} {'часа' if hour in {1, 21} else 'часов'}"
    return f"{found[1]} {said}{' ' + _number(minute, 'g') if minute else ''}"


@lru_cache(maxsize=1)
def _words() -> Any:
    return import_module("num2words").num2words  # it carries no types


def _number(value: int, case: str = "n", gender: str = "m") -> str:
    return str(_words()(value, lang="ru", case=case, gender=gender))


def _century(found: re.Match[str]) -> str:
    worth = {"I": 1, "V": 5, "X": 10}
    total = 0
    for here, after in zip(found[2], [*found[2][1:], ""], strict=True):
        total += -worth[here] if after and worth[after] > worth[here] else worth[here]
    case = {"век": "n", "века": "g", "веке": "p", "веку": "d", "веком": "i"}[found[1]]
    return f"{found[1]} {_words()(total, lang='ru', to='ordinal', case=case)}"


def _measured(found: re.Match[str]) -> str:
    return f"{found[1]}{',' if found[2] else ''} {_number(int(found[3]), gender=_gender(found[4] or ''))}"


def _gender(noun: str) -> str:
    from audio.reading.russian_words import gender

    return gender(noun)


def _one_and_a_half(found: re.Match[str]) -> str:
    return "полторы " if _gender(found[1]) == "f" else "полтора "


def _decade(found: re.Match[str]) -> str | None:
    whole = int(found[1] + "0")
    if whole not in range(20, 100, 10) and not 1000 < whole < 2100:
        return None
    singular = str(_words()(whole, lang="ru", to="ordinal"))
    return re.sub(r"[ыои]й$", "ые" if found[2] == "е" else "ых", singular)


def _price(found: re.Match[str]) -> str:
    per = {"кг": "килограмм", "м": "метр", "л": "литр", "час": "час", "шт": "штуку"}[found[1]]
    return f"рублей за {per}"


def _abbreviation(found: re.Match[str]) -> str | None:
    before = found.string[: found.start()]
    if found[1] in _COUNTED and not re.search(r"\d ?$", before):
        return None
    if found[1] == "им." and re.search(r"(?:^|[.!?] )$", before):
        return None
    ends = found[1].endswith(".") and not found.string[found.end() :].strip("\"'»”)")
    return _SHORT[found[1]] + ("." if ends else "")


def _initials(found: re.Match[str]) -> str:
    return " ".join(letters(c) for c in found[1] if c.isalpha()) + " "


def _initials_after(found: re.Match[str]) -> str:
    ends = not found.string[found.end() :].strip("\"'»”)")
    return " " + " ".join(letters(c) for c in found[1] if c.isalpha()) + ("." if ends else "")


def _acronym(found: re.Match[str]) -> str | None:
    word = found[1]
    return letters(word) if word in _SPELLED or not re.search("[АЕЁИОУЫЭЮЯ]", word) else None


def _latin(found: re.Match[str]) -> str | None:
    if re.fullmatch(r"[IVXLCM]+", found[0]) and len(found[0]) < 8:
        return None  # a Roman numeral: the normaliser knows what it counts
    said = from_latin(found[0].replace("'", "").replace("’", ""))
    return said or None
