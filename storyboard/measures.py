"""Written sizes and levels to numbers: resolutions, aspects, colours, decibels, loudness, positions, keys of music.

Raises UnreadableError with a remedy. Knows no scenes.
"""

from __future__ import annotations

import re
from fractions import Fraction

from storyboard.errors import UnreadableError
from storyboard.film import Aspect

_SIDES = {"4k": 2160, "2160p": 2160, "1440p": 1440, "1080p": 1080, "720p": 720, "480p": 480, "360p": 360}
_RESOLUTION = re.compile(r"([0-9]{2,4})p")
_ASPECT = re.compile(r"([0-9]{1,3})\s*[:xх×/]\s*([0-9]{1,3})")
_LEVEL = re.compile(r"([-+\u2212]?[0-9]{1,3}(?:[.,][0-9]{1,3})?)\s*(?:db|дб|dbfs)", re.IGNORECASE)
_LOUDNESS = re.compile(r"([-+\u2212]?[0-9]{1,3}(?:[.,][0-9]{1,3})?)\s*(?:lufs|lkfs)", re.IGNORECASE)
_NUMBER = re.compile(r"[-+\u2212]?[0-9]{1,6}(?:[.,][0-9]{1,6})?")
_PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,6})?)\s*%")
_COLOUR = re.compile(r"#(?:[0-9a-f]{6}|[0-9a-f]{3})", re.IGNORECASE)
_KEY = re.compile(r"([a-g])\s*(#|♯|sharp|b|♭|flat|is|es)?\s*[- ]?\s*(major|minor|maj|min|dur|moll)", re.IGNORECASE)

_BITS = re.compile(r"([0-9]{1,4})\s*(?:k|kbps|kbit/s|кбит/с|к)", re.IGNORECASE)

_COLOURS = {
    "black": "#000000",
    "white": "#ffffff",
    "red": "#b01e1e",
    "blue": "#16306a",
    "grey": "#808080",
    "gray": "#808080",
    "чёрный": "#000000",
    "черный": "#000000",
    "белый": "#ffffff",
    "красный": "#b01e1e",
    "синий": "#16306a",
    "серый": "#808080",
}
_RUSSIAN_NOTES = {"до": "C", "ре": "D", "ми": "E", "фа": "F", "соль": "G", "ля": "A", "си": "B"}
_RUSSIAN_KEY = re.compile(r"(до|ре|ми|фа|соль|ля|си)[- ]?(диез|бемоль)?[- ]?(мажор|минор)", re.IGNORECASE)
_MOMENTS = {
    "start": Fraction(0),
    "middle": Fraction(1, 2),
    "end": Fraction(1),
    "начало": Fraction(0),
    "середина": Fraction(1, 2),
    "конец": Fraction(1),
}


def short_side(text: str) -> int:
    """Return the short side in pixels, even, of a resolution such as `720p` or `4k`."""
    lowered = text.strip().lower()
    if lowered in _SIDES:
        return _SIDES[lowered]
    match = _RESOLUTION.fullmatch(lowered)
    hint = "write the short side: 360p, 480p, 720p, 1080p, 1440p or 4k"
    if match is None:
        raise UnreadableError(f"'{text[:40]}' is not a resolution", hint)
    side = int(match.group(1))
    if side % 2 or not 90 <= side <= 4320:
        raise UnreadableError(f"a short side of {side} pixels cannot be made: even, 90 to 4320", hint, "E133")
    return side


def aspect(text: str) -> Aspect:
    """Return the shape of a cut such as `16:9`; refuses shapes narrower than 1:4 or wider than 4:1."""
    match = _ASPECT.fullmatch(text.strip())
    hint = "write 16:9, 9:16, 1:1, 4:5, 4:3 or 21:9"
    if match is None:
        raise UnreadableError(f"'{text[:40]}' is not the shape of a picture", hint)
    width, height = int(match.group(1)), int(match.group(2))
    if not width or not height or not Fraction(1, 4) <= Fraction(width, height) <= 4:
        raise UnreadableError(f"a picture of {width}:{height} cannot be made: 1:4 to 4:1", hint, "E133")
    return Aspect(width, height)


def level(text: str) -> float:
    """Return a gain such as `-22 dB` in decibels, -60..12."""
    return _signed(text, _LEVEL, "level", "dB", (-60.0, 12.0))


def loudness(text: str) -> float:
    """Return an integrated loudness such as `-14 LUFS`, -40..-5."""
    return _signed(text, _LOUDNESS, "loudness", "LUFS", (-40.0, -5.0))


def audio_bits(text: str) -> int:
    """Return a rate of coded sound such as `192k` in bits a second, 32,000..512,000."""
    match = _BITS.fullmatch(text.strip())
    if match is None:
        digits = text.strip()[:6]
        bare = digits.isdecimal()
        raise UnreadableError(
            f"'{text[:40]}' is {'a number without a unit' if bare else 'not a rate of sound'}",
            f"write {digits}k" if bare and len(digits) < 4 else "write it like 192k",
        )
    bits = int(match.group(1)) * 1000
    if not 32_000 <= bits <= 512_000:
        raise UnreadableError(f"sound at {match.group(1)}k is out of range (32k to 512k)", "192k is usual", "E133")
    return bits


def _signed(text: str, pattern: re.Pattern[str], what: str, unit: str, bounds: tuple[float, float]) -> float:
    match = pattern.fullmatch(text.strip())
    if match is None:
        if _NUMBER.fullmatch(text.strip()):
            raise UnreadableError(f"'{text[:40]}' is a number without a unit", f"write {text.strip()[:12]} {unit}")
        example = "-14 LUFS" if unit == "LUFS" else "-22 dB"
        raise UnreadableError(f"'{text[:40]}' is not a {what}", f"write it like {example}")
    value = float(match.group(1).replace(",", ".").replace("\u2212", "-"))
    if not bounds[0] <= value <= bounds[1]:
        message = f"a {what} of {value:g} {unit} is out of range ({bounds[0]:g} to {bounds[1]:g} {unit})"
        raise UnreadableError(message, code="E133")
    return value


def colour(text: str) -> str:
    """Return a colour name or `#rrggbb` as lower-case `#rrggbb`, "" where it is none."""
    lowered = text.strip().lower()
    if _COLOUR.fullmatch(lowered):
        return lowered if len(lowered) == 7 else "#" + "".join(digit * 2 for digit in lowered[1:])
    return _COLOURS.get(lowered, "")


def position(text: str) -> Fraction:
    """Return a place within a scene (`start`, `middle`, `end`, `40%`) as a fraction 0..1."""
    lowered = text.strip().lower()
    if lowered in _MOMENTS:
        return _MOMENTS[lowered]
    match = _PERCENT.fullmatch(lowered)
    if match is None:
        raise UnreadableError(f"'{text[:40]}' is not a place within the scene", "write start, middle, end or 40%")
    share = Fraction(match.group(1)) / 100
    if share > 1:
        raise UnreadableError(f"'{text[:40]}' is after the end of the scene", "write start, middle, end or 40%", "E133")
    return share


def musical_key(text: str) -> str:
    """Return a key such as `D minor` or `ре минор` in its English form (`F# minor`, `Bb major`)."""
    stripped = text.strip()
    russian = _RUSSIAN_KEY.fullmatch(stripped)
    if russian:
        note, sign, mode = (part.lower() if part else "" for part in russian.groups())
        mark = {"диез": "#", "бемоль": "b"}.get(sign, "")
        return f"{_RUSSIAN_NOTES[note]}{mark} {'major' if mode == 'мажор' else 'minor'}"
    match = _KEY.fullmatch(stripped)
    if match is None:
        raise UnreadableError(f"'{text[:40]}' is not a key", "write it like D minor, F# minor or Bb major")
    note, sign, mode = match.groups()
    mark = {"#": "#", "♯": "#", "sharp": "#", "is": "#"}.get((sign or "").lower(), "b" if sign else "")
    return f"{note.upper()}{mark} {'major' if mode.lower() in ('major', 'maj', 'dur') else 'minor'}"
