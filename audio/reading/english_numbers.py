"""How figures are said in English: numbers, ordinals, years, decades, money, percent, fractions, units, telephones.

Number words come from num2words; what a figure means is decided here. Pure; knows no voice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module
from typing import Any

from audio.reading.spans import Rule

NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_BIG = r"(?:hundred|thousand|million|billion|trillion|bn|[kKmMbB](?![A-Za-z]))"
_BIGS: Mapping[str, str] = {"k": "thousand", "m": "million", "b": "billion", "bn": "billion"}
_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_LONGEST = 15
"""Figures in a row beyond which a number is read figure by figure."""

_MONEY: Mapping[str, tuple[str, str, str, str]] = {
    "$": ("dollar", "dollars", "cent", "cents"),
    "US$": ("US dollar", "US dollars", "cent", "cents"),
    "£": ("pound", "pounds", "penny", "pence"),
    "€": ("euro", "euros", "cent", "cents"),
    "¥": ("yen", "yen", "sen", "sen"),
    "₽": ("rouble", "roubles", "kopeck", "kopecks"),
    "₹": ("rupee", "rupees", "paisa", "paise"),
    "USD": ("dollar", "dollars", "cent", "cents"),
    "EUR": ("euro", "euros", "cent", "cents"),
    "GBP": ("pound", "pounds", "penny", "pence"),
    "RUB": ("rouble", "roubles", "kopeck", "kopecks"),
}

_UNITS: Mapping[str, tuple[str, str]] = {
    "km/h": ("kilometre an hour", "kilometres an hour"),
    "kmh": ("kilometre an hour", "kilometres an hour"),
    "mph": ("mile an hour", "miles an hour"),
    "m/s": ("metre a second", "metres a second"),
    "km": ("kilometre", "kilometres"),
    "cm": ("centimetre", "centimetres"),
    "mm": ("millimetre", "millimetres"),
    "m²": ("square metre", "square metres"),
    "km²": ("square kilometre", "square kilometres"),
    "m": ("metre", "metres"),
    "mi": ("mile", "miles"),
    "ft": ("foot", "feet"),
    "yd": ("yard", "yards"),
    "kg": ("kilogram", "kilograms"),
    "mg": ("milligram", "milligrams"),
    "g": ("gram", "grams"),
    "lb": ("pound", "pounds"),
    "lbs": ("pound", "pounds"),
    "oz": ("ounce", "ounces"),
    "l": ("litre", "litres"),
    "L": ("litre", "litres"),
    "ml": ("millilitre", "millilitres"),
    "kHz": ("kilohertz", "kilohertz"),
    "MHz": ("megahertz", "megahertz"),
    "GHz": ("gigahertz", "gigahertz"),
    "Hz": ("hertz", "hertz"),
    "kW": ("kilowatt", "kilowatts"),
    "W": ("watt", "watts"),
    "V": ("volt", "volts"),
    "KB": ("kilobyte", "kilobytes"),
    "MB": ("megabyte", "megabytes"),
    "GB": ("gigabyte", "gigabytes"),
    "TB": ("terabyte", "terabytes"),
    "dB": ("decibel", "decibels"),
    "fps": ("frame a second", "frames a second"),
    "ms": ("millisecond", "milliseconds"),
    "min": ("minute", "minutes"),
    "hrs": ("hour", "hours"),
    "hr": ("hour", "hours"),
    "h": ("hour", "hours"),
    "sec": ("second", "seconds"),
    "s": ("second", "seconds"),
    "°C": ("degree Celsius", "degrees Celsius"),
    "°F": ("degree Fahrenheit", "degrees Fahrenheit"),
    "°": ("degree", "degrees"),
    "px": ("pixel", "pixels"),
}
_PARTS: Mapping[str, str] = {"½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅛": "1/8"}
_NOT_PLURALS = "was|is|has|as|his|its|this|perhaps|always|across|does|sees|us|plus|minus"


@lru_cache(maxsize=1)
def _words() -> Any:
    return import_module("num2words").num2words  # it carries no types


@lru_cache(maxsize=512)
def cardinal(figures: str) -> str:
    """`1,234.5` as words; figure by figure where it begins with a needless zero or is very long."""
    plain = figures.replace(",", "")
    whole, _, rest = plain.partition(".")
    if len(whole) > _LONGEST or (len(whole) > 1 and whole[0] == "0"):
        return digits(plain)
    said = str(_words()(int(whole))).replace(",", "")
    return f"{said} point {digits(rest)}" if rest else said


@lru_cache(maxsize=512)
def ordinal(number: int) -> str:
    """22 as `twenty-second`."""
    return str(_words()(number, to="ordinal")).replace(",", "")


@lru_cache(maxsize=512)
def year(number: int) -> str:
    """1905 as `nineteen oh five`, 2026 as `twenty twenty-six`."""
    return str(_words()(number, to="year")).replace("oh-", "oh ")


def digits(figures: str) -> str:
    """Figure by figure."""
    return " ".join(_DIGITS[int(c)] for c in figures if c.isdigit())


def number(figures: str) -> str:
    """A number in plain text: four figures that may be a year are read as one."""
    if re.fullmatch(r"1[1-9]\d\d|20\d\d", figures):
        return year(int(figures))
    return cardinal(figures)


def rules() -> tuple[Rule, ...]:
    """The rules for figures, those that need more of the text first."""
    signs = "|".join(re.escape(sign) for sign in sorted(_MONEY, key=len, reverse=True))
    units = "|".join(re.escape(unit) for unit in sorted(_UNITS, key=len, reverse=True))
    minus = r"(?:(?<![\w)])[-−])?"
    return (
        (re.compile(r"(?<![\w.])\+?\d{1,3}[ -]?\(?\d{3}\)?[ -]\d{3}[ -]\d{2}[ -]?\d{2}(?![\w-])"), _telephone),
        (re.compile(r"(?<![\w.-])(?:\(\d{3}\) ?|\d{3}[-.])?\d{3}-\d{4}(?![\w-])"), _telephone),
        (re.compile(r"(?<![\w.])(?:911|999|112)(?![\w,.]\d|\w)(?! (?:people|years|days))"), _telephone),
        (re.compile(r"(?<![\w'’])['’]?(1[1-9]\d0|20\d0|[2-9]0)['’]?s(?!\w)"), _decade),
        (re.compile(rf"(?<!\w)({signs}) ?({NUMBER})(?: ?({_BIG}))?(?!\w)"), _money),
        (re.compile(rf"(?<![\w.])({NUMBER}) ?(USD|EUR|GBP|RUB|€|£|\$|₽)(?!\w)"), _money_after),
        (re.compile(rf"(?<![\w.])({NUMBER}) ?¢"), lambda m: f"{cardinal(m[1])} {'cent' if m[1] == '1' else 'cents'}"),
        (re.compile(rf"({minus})({NUMBER}) ?%"), lambda m: f"{_minus(m[1])}{cardinal(m[2])} percent"),
        (re.compile(rf"(?<!\w)({minus})({NUMBER})[ \u00a0]?({units})(?![\w/²])"), _measure),
        (re.compile(r"(?<![\w.,])(\d[\d,]*)(?:st|nd|rd|th)(?!\w)"), lambda m: ordinal(int(m[1].replace(",", "")))),
        (re.compile(r"(?<![\w./])(?:(\d+) )?(\d{1,2})[/⁄](\d{1,2})(?![\w/])"), _fraction),
        (re.compile(rf"(?<![\w.])(\d+)?([{''.join(_PARTS)}])"), _part),
        (
            re.compile(r"(?<![\w.-])(\d{1,4})[-–—](\d{1,4})(?![\w-]|\.\d)"),
            lambda m: f"{number(m[1])} to {number(m[2])}",
        ),
        (re.compile(r"(?<!\w)(\d{1,2}):(\d)(?!\d)"), lambda m: f"{cardinal(m[1])} to {cardinal(m[2])}"),
        (re.compile(r"(?<![\w.])(\d+) ?[x×] ?(\d+)(?!\w)"), lambda m: f"{cardinal(m[1])} by {cardinal(m[2])}"),
        (re.compile(rf"(?<![\w.,])(\d{{4}}) (?!(?:{_NOT_PLURALS})\b)(?=[a-z]+s\b)"), lambda m: cardinal(m[1]) + " "),
        (re.compile(rf"({minus})(?<![A-Za-z\d])({NUMBER})(?![A-Za-z\d])"), lambda m: _minus(m[1]) + number(m[2])),
    )


def _minus(sign: str) -> str:
    return "minus " if sign else ""


def _telephone(found: re.Match[str]) -> str:
    groups = re.findall(r"\d+", found[0])
    return ("plus " if found[0][0] == "+" else "") + ", ".join(digits(group) for group in groups)


def _money(found: re.Match[str]) -> str:
    return _amount(found[2], found[1], found[3] or "")


def _money_after(found: re.Match[str]) -> str:
    return _amount(found[1], found[2], "")


def _amount(figures: str, sign: str, big: str) -> str:
    one, many, small, smalls = _MONEY[sign]
    if big:
        return f"{cardinal(figures)} {_BIGS.get(big.casefold(), big)} {many}"
    whole, _, part = figures.replace(",", "").partition(".")
    if len(part) != 2:
        return f"{cardinal(figures)} {one if figures == '1' else many}"
    said = f"{cardinal(whole)} {one if whole == '1' else many}"
    coins = f"{cardinal(str(int(part)))} {small if int(part) == 1 else smalls}"
    if not int(part):
        return said
    return coins if not int(whole) else f"{said} and {coins}"


def _measure(found: re.Match[str]) -> str:
    one, many = _UNITS[found[3]]
    return f"{_minus(found[1])}{cardinal(found[2])} {one if found[2] == '1' else many}"


def _decade(found: re.Match[str]) -> str:
    whole = int(found[1])
    if whole % 1000 == 0:
        return f"{cardinal(found[1])}s"
    head, tail = (year(whole // 100 * 100).split()[0] + " ", whole % 100) if whole > 100 else ("", whole)
    if not tail:
        return f"{head}hundreds"
    return head + re.sub(r"y$", "ies", cardinal(str(tail)))


def _fraction(found: re.Match[str]) -> str | None:
    whole, above, below = found[1], int(found[2]), int(found[3])
    if not 0 < above < below or below > 20:
        return None if whole else f"{cardinal(found[2])} over {cardinal(found[3])}"
    name = {2: "half", 4: "quarter"}.get(below, ordinal(below) if below > 2 else "")
    many = "halves" if below == 2 else f"{name}s"
    said = f"{cardinal(found[2])} {name if above == 1 else many}"
    if not whole:
        return said
    return f"{cardinal(whole)} and {'a ' + name if above == 1 else said}"


def _part(found: re.Match[str]) -> str:
    above, below = _PARTS[found[2]].split("/")
    name = {"2": "half", "4": "quarter"}.get(below, ordinal(int(below)))
    said = f"{cardinal(above)} {name}" if above == "1" else f"{cardinal(above)} {name}s"
    if not found[1]:
        return said
    return f"{cardinal(found[1])} and {'a ' + name if above == '1' else said}"
