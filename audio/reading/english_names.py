"""How English abbreviations, initials, acronyms, Roman numerals, addresses of the net and signs are said.

Pure; knows no voice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from audio.reading.english_numbers import cardinal, digits, number, ordinal
from audio.reading.spans import Rule, ending

_LETTERS: Mapping[str, str] = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        re.findall(
            r"\S+",
            "ay bee see dee ee eff gee aitch eye jay kay ell em en oh pee cue ar ess tee you vee double-you ex why zee",
        ),
        strict=True,
    )
)
_TITLES = {
    "Mr": "Mister",
    "Mrs": "Missus",
    "Ms": "Miz",
    "Dr": "Doctor",
    "Prof": "Professor",
    "Capt": "Captain",
    "Lt": "Lieutenant",
    "Col": "Colonel",
    "Gen": "General",
    "Sgt": "Sergeant",
    "Maj": "Major",
    "Cmdr": "Commander",
    "Rev": "Reverend",
    "Hon": "Honourable",
    "Sen": "Senator",
    "Gov": "Governor",
    "Pres": "President",
    "St": "Saint",
    "Mt": "Mount",
    "Ft": "Fort",
}
_STREETS = {
    "St": "Street",
    "Dr": "Drive",
    "Ave": "Avenue",
    "Rd": "Road",
    "Blvd": "Boulevard",
    "Ln": "Lane",
    "Sq": "Square",
}
_NO_NAMES = frozenset(re.findall(r"\S+", "In At On The To From Of And By For With But Is Was A An I"))
"""Words that begin a sentence and name no street."""
_SHORT = {
    "vs.": "versus",
    "vs": "versus",
    "v.": "versus",
    "e.g.": "for example",
    "i.e.": "that is",
    "etc.": "et cetera",
    "approx.": "approximately",
    "dept.": "department",
    "est.": "established",
    "a.k.a.": "also known as",
    "cf.": "compare",
    "w/o": "without",
    "w/": "with",
    "Jr.": "Junior",
    "Sr.": "Senior",
    "Inc.": "Incorporated",
    "Ltd.": "Limited",
    "Corp.": "Corporation",
    "Co.": "Company",
    "Bros.": "Brothers",
    "govt.": "government",
    "Ph.D.": "pee aitch dee",
    "PhD": "pee aitch dee",
}
_FINAL = frozenset({"etc.", "Jr.", "Sr.", "Inc.", "Ltd.", "Corp.", "Co.", "Bros.", "Ph.D."})
"""Abbreviations that often end a sentence."""
_NUMBERED = {
    "No": "number",
    "Nos": "numbers",
    "no": "number",
    "p": "page",
    "pp": "pages",
    "ch": "chapter",
    "vol": "volume",
}
_NUMBERED |= {"Ch": "chapter", "Vol": "volume", "fig": "figure", "Fig": "figure", "sec": "section", "Sec": "section"}
_COUNTED = "Chapter|Part|Book|Act|Scene|Volume|Episode|Season|Phase|Level|Type|Class|War|Section|Canto|Stage|Mark|Round"
_REGNAL = (
    "Henry|Elizabeth|Charles|George|Edward|Richard|James|William|Louis|Philip|Catherine|Peter|Alexander|Nicholas|Ivan|"
    "Paul|Pius|Benedict|Gregory|Leo|Clement|Innocent|Frederick|Napoleon|Ramesses|Ptolemy|Darius|Xerxes|Haakon|Harald|"
    "Christian|Gustav|Gustavus|Ludwig|Leopold|Albert|Victoria|Mary|Anne|Margaret|John|Stephen|Robert|David|Constantine"
)
_ROMAN = r"(?=[IVXLC])((?:XL|XC|L?X{0,3})(?:IX|IV|V?I{0,3}))"
SPELLED = frozenset(
    re.findall(
        r"\S+",
        "AC AI AM API ATM BBC BC CCTV CD CEO CIA CNN CPU CV DC DIY DJ DNA DVD EU FAQ FBI FM GPS GPU HQ HR ID IBM IQ "
        "IRS ISS IT KGB LA LED LP MC MI MIT MP MRI NBA NBC NFL NHS NY NYC OK PA PC PE PM POV PR QA RAF RIP RNA SMS SOS "
        "TNT TV UAE UFO UK UN URL USA USB USSR VFX VHS VIP VR WWF XP YMCA",
    )
)
"""Acronyms that are said letter by letter although they could be read as words."""
_SIGNS = {
    "&": " and ",
    "@": " at ",
    "+": " plus ",
    "=": " equals ",
    "×": " times ",
    "÷": " divided by ",
    "√": " root of ",
}


def letters(word: str) -> str:
    """The letters of a word by their names, figures as figures: `FBI` as `eff bee eye`."""
    return " ".join(_LETTERS.get(c.upper(), digits(c)) for c in word if c.isascii() and c.isalnum())


def first_rules() -> tuple[Rule, ...]:
    """What must be known before figures are read: addresses of the net, numbered things, codes."""
    return (
        (re.compile(r"(?<!\S)(?:https?://)?(?:www\.)?[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}"), _address),
        (re.compile(r"(?<!\w)(?:https?://|www\.)[^\s,;!?)]*[^\s,;!?).]"), _address),
        (
            re.compile(
                r"(?<![\w.@])(?:[\w-]+\.)+(?:com|org|net|edu|gov|io|uk|de|fr|ru|tv|me|ai)(?:/[\w./-]*\w)?(?![\w@])"
            ),
            _address,
        ),
        (re.compile(rf"(?<!\w)({'|'.join(_NUMBERED)})\. ?(?=\d)"), lambda m: _NUMBERED[m[1]] + " "),
        (re.compile(r"(?<!\w)(№ ?|#)(?=\d)"), lambda _: "number "),
        (re.compile(r"(?<!\w)#(?=[A-Za-z])"), lambda _: "hashtag "),
        (re.compile(r"(?<!\w)(24/7)(?!\w)"), lambda _: "twenty-four seven"),
    )


def rules() -> tuple[Rule, ...]:
    """The rules for names and abbreviations."""
    titles = "|".join(_TITLES)
    short = "|".join(re.escape(word) for word in sorted(_SHORT, key=len, reverse=True))
    return (
        (re.compile(rf"(?<=[a-z\d]) ({'|'.join(_STREETS)})\b\.?"), _street),
        (re.compile(rf"(?<!\w)({titles})\.?(?= [A-Z])"), lambda m: _TITLES[m[1]]),
        (
            re.compile(rf"(?<!\w)({'|'.join(t for t in _TITLES if t not in ('St', 'Mt', 'Ft'))})\.(?!\w)"),
            lambda m: _TITLES[m[1]],
        ),
        (re.compile(rf"(?<!\w)({short})(?!\w)"), _abbreviation),
        (re.compile(r"(?<!\w)((?:[A-Z]\. ?)+)(?=[A-Z][a-z])"), lambda m: letters(m[1]) + " "),
        (re.compile(r"(?<!\w)((?:[A-Z]\.){2,}[A-Z]?)(?!\w)"), lambda m: ending(m, letters(m[1]))),
        (re.compile(rf"(?<!\w)({_COUNTED}) {_ROMAN}(?!\w)"), _counted),
        (
            re.compile(
                rf"(?<!\w)({_REGNAL}) {_ROMAN}(?!\w)(?!['’]m|['’]ll|['’]ve| (?:am|have|know|think|said|saw|met|want))"
            ),
            _regnal,
        ),
        (
            re.compile(r"(?<=[a-z]) (X{0,3}(?:I[XV]|V?I{2,3}|VI|XI{0,3}V?))(?![\w'’])"),
            lambda m: " " + cardinal(str(_value(m[1]))),
        ),
        (re.compile(r"(?<!\w)([A-Z]{2,5})s?(?![\w])"), _acronym),
        (re.compile(r"(?<![^\W_])(?=[A-Za-z]{0,4}\d)(?=\d{0,4}[A-Za-z])[A-Za-z\d]{2,6}(?![^\W_])"), _code),
        (re.compile(r"\s*[&@=×÷√]\s*|(?<=\d) ?\+ ?(?=\d)|(?<!\S)\+(?=\s|\d)"), lambda m: _SIGNS[m[0].strip()]),
        (re.compile(r"(?<=\w)/(?=\w)"), lambda _: " "),
    )


def _address(found: re.Match[str]) -> str:
    plain = re.sub(r"^https?://", "", found[0])
    said = []
    for piece in re.findall(r"www(?=\.)|[A-Za-z]+|\d|[^\w\s]|_", plain.rstrip("/")):
        named = {
            ".": "dot",
            "@": "at",
            "/": "slash",
            "-": "dash",
            "_": "underscore",
            "www": "double-you double-you double-you",
        }
        if piece in {"com", "org", "net", "gov", "edu"} or (piece.isalpha() and len(piece) > 3):
            said.append(piece)
        elif piece in named:
            said.append(named[piece])
        elif piece.isdigit():
            said.append(digits(piece))
        elif piece.isalpha():
            said.append(piece if re.search("[aeiouy]", piece) and len(piece) == 3 else letters(piece))
    return " ".join(said)


def _street(found: re.Match[str]) -> str | None:
    before = found.string[: found.start()].split()[-1].strip("\"'“(")
    named = before[:1].isupper() and before not in _NO_NAMES
    if not (named or re.fullmatch(r"\d+(?:st|nd|rd|th)", before)) or (found[1] == "Dr" and found[0][-1] != "."):
        return None
    return " " + ending(found, _STREETS[found[1]])


def _abbreviation(found: re.Match[str]) -> str | None:
    if found[1] == "v." and not re.search(r"[A-Z]\w+ $", found.string[: found.start()]):
        return None
    return ending(found, _SHORT[found[1]]) if found[1] in _FINAL else _SHORT[found[1]]


def _value(roman: str) -> int:
    worth = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    total = 0
    for here, after in zip(roman, [*roman[1:], ""], strict=True):
        total += -worth[here] if after and worth[after] > worth[here] else worth[here]
    return total


def _counted(found: re.Match[str]) -> str | None:
    return f"{found[1]} {cardinal(str(_value(found[2])))}" if found[2] else None


def _regnal(found: re.Match[str]) -> str | None:
    return f"{found[1]} the {ordinal(_value(found[2]))}" if found[2] else None


def _acronym(found: re.Match[str]) -> str | None:
    word = found[1]
    line = re.findall(r"[A-Za-z]{2,}", found.string)
    shouted = len(line) > 1 and all(piece.isupper() for piece in line)
    if (word in SPELLED or not re.search("[AEIOUY]", word)) and not shouted:
        return letters(word) + ("s" if found[0][-1] == "s" else "")
    if (
        word == "US"
        and re.search(r"\b(?:the|in|from|a|to) $", found.string[: found.start()], re.IGNORECASE)
        and not shouted
    ):
        return letters(word)
    return None


def _code(found: re.Match[str]) -> str:
    pieces = re.findall(r"[A-Za-z]+|\d+", found[0])
    said = []
    for piece in pieces:
        if piece.isdigit():
            said.append(number(piece) if len(piece) < 5 else digits(piece))
        else:
            said.append(letters(piece) if len(piece) < 4 else piece)
    return " ".join(said)
