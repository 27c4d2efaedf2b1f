"""How dates and times of day are said in English, British or American by the language's tag. Pure; knows no voice."""

from __future__ import annotations

import re
from functools import partial

from audio.reading.english_numbers import cardinal, ordinal, year
from audio.reading.spans import Rule, ending

MONTHS: list[str] = re.findall(
    r"\S+", "January February March April May June July August September October November December"
)
_MONTH = "|".join([*MONTHS, *(rf"{month[:3]}\.?" for month in MONTHS if month != "May"), r"Sept\.?"])
_DAYS = {day[:3]: day for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")}
_TH = r"(?:st|nd|rd|th)?"
_NOON = r"(?: ?([AaPp])\.?[Mm]\b\.?)"


def rules(day_first: bool) -> tuple[Rule, ...]:
    """The rules for dates and times; `day_first` says how 3/4/2026 is meant and how dates are spoken."""
    numeric = partial(_numeric, day_first=day_first)
    return (
        (re.compile(rf"(?<!\w)({'|'.join(_DAYS)})\.?(?=,? (?:\d|the \d|{_MONTH}))"), lambda m: _DAYS[m[1]]),
        (
            re.compile(rf"(?<!\w)({_MONTH}) (\d{{1,2}}){_TH}(?:,? (\d{{4}}))?(?![\w:]|\.\d)"),
            partial(_month_day, day_first),
        ),
        (re.compile(rf"(?<!\w)(the )?(\d{{1,2}}){_TH} (?:of )?({_MONTH})(?:,? (\d{{4}}))?(?!\w)"), _day_month),
        (re.compile(rf"(?<!\w)({_MONTH}) (\d{{4}})(?!\w)"), lambda m: f"{_month(m[1])} {year(int(m[2]))}"),
        (re.compile(r"(?<![\w/])(\d{4})-(\d{2})-(\d{2})(?![\w-])"), partial(_iso, day_first)),
        (re.compile(r"(?<![\w/.])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?![\w/-]|\.\d)"), numeric),
        (re.compile(rf"(?<![\w.:])(\d{{1,2}}):(\d{{2}})(?::(\d{{2}}))?{_NOON}?(?![\w:])"), _time),
        (re.compile(rf"(?<![\w.:])(\d{{1,2}}){_NOON}"), lambda m: f"{cardinal(m[1])} {_noon(m, m[2])}"),
        (
            re.compile(rf"(?<!\w)({'|'.join(m[:3] for m in MONTHS if m != 'May')}|Sept)\.(?= \w)"),
            lambda m: _month(m[1]),
        ),
        (re.compile(r"(?<!\w)(\d{1,4}) ?(B\.?C\.?E?\b\.?|A\.?D\b\.?)"), _era),
    )


def _month(name: str) -> str:
    return next(month for month in MONTHS if month[:3] == name[:3])


def _month_day(day_first: bool, found: re.Match[str]) -> str | None:
    day = int(found[2])
    if not 1 <= day <= 31:
        return None
    return _date(_month(found[1]), day, found[3] or "", day_first)


def _day_month(found: re.Match[str]) -> str | None:
    day = int(found[2])
    return _date(_month(found[3]), day, found[4] or "", True) if 1 <= day <= 31 else None


def _date(month: str, day: int, written_year: str, day_first: bool) -> str:
    said = f"the {ordinal(day)} of {month}" if day_first else f"{month} {ordinal(day)}"
    return f"{said}, {year(int(written_year))}" if written_year else said


def _iso(day_first: bool, found: re.Match[str]) -> str | None:
    month, day = int(found[2]), int(found[3])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return _date(MONTHS[month - 1], day, found[1], day_first)


def _numeric(found: re.Match[str], day_first: bool) -> str | None:
    first, second, written = int(found[1]), int(found[3]), found[4]
    day, month = (first, second) if day_first or first > 12 else (second, first)
    if month > 12:
        day, month = month, day
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    if len(written) == 2:
        written = f"{19 if int(written) > 50 else 20}{written}"
    return _date(MONTHS[month - 1], day, written, day_first)


def _time(found: re.Match[str]) -> str | None:
    hour, minute, second, half = int(found[1]), int(found[2]), found[3], found[4]
    if hour > 24 or minute > 59 or (second and int(second) > 59):
        return None
    said = cardinal(str(hour))
    if minute:
        said += f" oh {cardinal(str(minute))}" if minute < 10 else f" {cardinal(str(minute))}"
    elif not half and not second:
        said += " hundred" if hour > 12 else " o'clock" if hour else " hours"
    if second:
        said += f" and {cardinal(str(int(second)))} second{'' if int(second) == 1 else 's'}"
    return f"{said} {_noon(found, half)}" if half else said


def _noon(found: re.Match[str], half: str) -> str:
    return ending(found, "ay em" if half in "aA" else "pee em")


def _era(found: re.Match[str]) -> str:
    letters = [c for c in found[2] if c.isalpha()]
    names = {"A": "ay", "B": "bee", "C": "see", "D": "dee", "E": "ee"}
    figures = found[1]
    said = year(int(figures)) if len(figures) == 4 or (len(figures) == 3 and figures[0] != "0") else cardinal(figures)
    return ending(found, f"{said} {' '.join(names[letter] for letter in letters)}")
