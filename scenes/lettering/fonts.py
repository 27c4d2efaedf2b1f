"""Which typeface sets which sign: the faces of the installed font packages first, the system's own after them.

Latin, Cyrillic and Greek always come from packages and emoji from a face that lies beside this file, so that they look
the same everywhere; other scripts do where the packages `manimgx-fonts` and `manimgx-fonts-cjk` are installed. Knows no
sizes and no pictures.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.metadata import PackageNotFoundError, version
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

from storyboard.errors import MissingError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from importlib.resources.abc import Traversable

Family = Literal["sans", "serif"]

_FACES: dict[Family, str] = {"sans": "Noto Sans", "serif": "PT Serif"}
_BASE = {"fontpkg_noto_sans": "fontpkg-noto-sans", "fontpkg_pt_serif": "fontpkg-pt-serif"}
_SCRIPTS, _CJK = "manimgx_fonts", "manimgx_fonts_cjk"
_OPTIONAL = {_SCRIPTS: "manimgx-fonts", _CJK: "manimgx-fonts-cjk"}
_COLOURED = "Noto Color Emoji"
"""The face that paints emoji in colour: `tools/emoji.py` makes it, and tells what it leaves out."""

_COLOURED_FILE = "noto-color-emoji.ttf"

_DRAWN = "Noto Emoji"
"""The package's face of emoji, drawn in one colour."""

_AS_PICTURE = "\ufe0f"
"""After a sign that is a letter of a kind as well, this asks for the emoji."""

_MAX_TEXT = 4000
"""Characters; more cannot be read from a screen and would only fill the memory."""

_UNSPACED = frozenset({"THAI", "LAO", "KHMER", "MYANMAR"})
"""Scripts, besides Chinese and Japanese, that are written without spaces."""

_JOINERS = frozenset("\u200c\u200d\u200e\u200f\ufe0e\ufe0f") | {chr(tag) for tag in range(0xE0020, 0xE0080)}
"""Signs that show nothing themselves but shape or order their neighbours."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a text is set with: families in order of preference, their collection, and the signs that nothing has."""

    families: tuple[str, ...]
    collection: Any
    unset: str


def clean(text: str) -> str:
    """The text without control characters (but line breaks, tabs and joiners), and bounded."""
    kept = "".join(
        sign for sign in text.replace("\r\n", "\n") if sign in "\n\t" or sign.isprintable() or sign in _JOINERS
    )
    return kept[:_MAX_TEXT]


def choose_fonts(text: str, family: Family) -> Choice:
    """The faces for a cleaned text.

    A text of which the serif lacks a letter that the sans has is set in the sans throughout, not in a mixture.
    """
    signs = [sign for sign in sorted(set(text)) if not sign.isspace() and sign not in _JOINERS]
    base = _base_faces()
    foreign = "".join(sign for sign in signs if not _has(base["Noto Sans"], sign) and not _has(base["PT Serif"], sign))
    mixed = family == "serif" and any(
        not _has(base["PT Serif"], sign) and _has(base["Noto Sans"], sign) for sign in signs
    )
    # What follows a digit is a key cap: the digit is asked for as an emoji too.
    asked = "".join(sorted({one for one, after in pairwise(text) if after == _AS_PICTURE}))
    return _chosen(foreign + asked, "sans" if mixed else family, bool(asked))


def unset_signs(text: str) -> str:
    """The signs of a text that no font on this machine has, each once; they would show as empty boxes."""
    signs = clean(text)
    unset = choose_fonts(signs, "sans").unset
    return "".join(sign for sign in dict.fromkeys(signs) if sign in unset)


def has_drawn_emoji(text: str) -> bool:
    """Whether emoji of a text are set in one colour, because the coloured face does not have them."""
    return _DRAWN in choose_fonts(clean(text), "sans").families


@cache
def lettering_identity() -> str:
    """Versions of the engine and of the installed font packages, and the coloured emoji, for fingerprints."""
    names = ["skia-python", *_BASE.values()]
    told = [f"{name} {version(name)}" for name in names]
    told.append(f"emoji {hashlib.sha256(_coloured_file()).hexdigest()[:12]}")
    for name in _OPTIONAL.values():
        try:
            told.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue  # a package that is not there changes no pixel
    return ", ".join(told)


def runs_right_to_left(text: str) -> bool:
    """Whether the first letter of a text belongs to a script that is written from right to left."""
    strong = (unicodedata.bidirectional(sign) for sign in text)
    return next((kind in ("R", "AL") for kind in strong if kind in ("L", "R", "AL")), False)


def breaks_anywhere(word: str) -> bool:
    """Whether a word holds signs of a script that is written without spaces, and may be wrapped between them."""
    return any(_is_cjk(sign) or unicodedata.name(sign, "").split(" ")[0] in _UNSPACED for sign in word)


@lru_cache(maxsize=64)
def _chosen(foreign: str, family: Family, pictures: bool) -> Choice:
    """The choice for the signs that the base faces lack: script faces, emoji, CJK, then the system.

    With `pictures` emoji go before all: what is a letter of a kind as well becomes one.
    """
    import skia

    provider = skia.textlayout.TypefaceFontProvider()
    first = _FACES[family]
    base = _base_faces()
    families = [first, *(name for name in base if name != first)]
    for name in families:
        _register(provider, name, base[name])
    left = foreign
    for name, faces in _foreign_faces(foreign, pictures):
        if any(_has(faces, sign) for sign in left):
            _register(provider, name, faces)
            families.append(name)
            left = "".join(sign for sign in left if not _has(faces, sign))
    unset = _from_system(provider, families, left)
    collection = skia.textlayout.FontCollection()
    collection.setDefaultFontManager(provider)
    return Choice(tuple(families), collection, unset)


def _foreign_faces(foreign: str, pictures: bool) -> Iterable[tuple[str, tuple[Any, ...]]]:
    """Yield the families that may have the signs; the large ones only if they may."""
    if not foreign:
        return
    if pictures:
        yield _COLOURED, _coloured_faces()
    for name, faces in _script_faces().items():
        if name != _DRAWN:
            yield name, faces
    # Arrows and stars are letters of a kind: they come as signs, not as emoji, where both faces have them.
    if not pictures:
        yield _COLOURED, _coloured_faces()
    if _DRAWN in _script_faces():
        yield _DRAWN, _script_faces()[_DRAWN]
    if any(_is_cjk(sign) for sign in foreign):
        yield from _cjk_faces(_cjk_language(foreign)).items()


def _from_system(provider: Any, families: list[str], signs: str) -> str:
    """Add the system's faces for signs that no package has; returns those that it lacks too."""
    import skia

    unset = ""
    system = skia.FontMgr() if signs else None
    added: list[Any] = []
    for sign in signs:
        if system is None or any(_has((face,), sign) for face in added):
            continue
        face = system.matchFamilyStyleCharacter("sans-serif", skia.FontStyle(), [], ord(sign))
        if face is None or not face.unicharToGlyph(ord(sign)):
            unset += sign
            continue
        added.append(face)
        families.append(f"system {len(added)}")
        provider.registerTypeface(face, families[-1])
    return unset


def _register(provider: Any, name: str, faces: tuple[Any, ...]) -> None:
    for face in faces:
        provider.registerTypeface(face, name)


def _has(faces: tuple[Any, ...], sign: str) -> bool:
    """Whether every weight of a family has a sign."""
    return all(face.unicharToGlyph(ord(sign)) for face in faces)


def _is_cjk(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) in ("W", "F", "H") or unicodedata.name(sign, "").startswith("CJK")


def _cjk_language(signs: str) -> int:
    """Which face of the collection: Japanese where there is kana, Korean where there is hangul, else Chinese."""
    names = [unicodedata.name(sign, "") for sign in signs]
    if any("KATAKANA" in name or "HIRAGANA" in name for name in names):
        return 0
    return 1 if any("HANGUL" in name for name in names) else 2


@lru_cache(maxsize=1)
def _base_faces() -> dict[str, tuple[Any, ...]]:
    """The faces of the font packages that always come along, upright, regular and bold."""
    found: dict[str, tuple[Any, ...]] = {}
    for package, name in zip(_BASE, ("Noto Sans", "PT Serif"), strict=True):
        upright = [entry for entry in _font_files(package, "files") if "Italic" not in entry.name]
        if not upright:
            raise MissingError(
                f"the fonts of the package {package} are not there", "install workprint again, with its dependencies"
            )
        found[name] = tuple(_typeface(entry.read_bytes()) for entry in upright)
    # The variable file of fontpkg-noto-sans draws some letters too heavy at every weight but its own, so that the bold
    # comes from the other package, or there is none.
    for entry in _font_files(_SCRIPTS):
        if entry.name == "NotoSans[wght].ttf":
            found["Noto Sans"] = (*found["Noto Sans"], *_weights(entry.read_bytes())[1:])
    return found


@lru_cache(maxsize=1)
def _script_faces() -> dict[str, tuple[Any, ...]]:
    """The faces of many scripts, symbols and drawn emoji, by family; none where their package is not installed."""
    found: dict[str, tuple[Any, ...]] = {}
    for entry in _font_files(_SCRIPTS):
        if not entry.name.startswith(("NotoSans[", "NotoSans-")):
            faces = _weights(entry.read_bytes())
            found[str(faces[0].getFamilyName())] = faces
    return dict(sorted(found.items()))


@lru_cache(maxsize=1)
def _coloured_faces() -> tuple[Any, ...]:
    """The face that paints emoji in colour."""
    return (_typeface(_coloured_file()),)


def _coloured_file() -> bytes:
    """The bytes of the face that paints emoji in colour."""
    from importlib.resources import files

    return (files("scenes.lettering") / "faces" / _COLOURED_FILE).read_bytes()


@lru_cache(maxsize=2)
def _cjk_faces(language: int) -> dict[str, tuple[Any, ...]]:
    """The face of Chinese, Japanese and Korean in one country's shapes; none where its package is not installed."""
    found: dict[str, tuple[Any, ...]] = {}
    for entry in _font_files(_CJK):
        faces = _weights(entry.read_bytes(), language)
        found[str(faces[0].getFamilyName())] = faces
    return found


def _font_files(package: str, folder: str = "") -> list[Traversable]:
    """The font files of a package in order of their names; none where it is not installed."""
    from importlib.resources import files

    try:
        place = files(package) / folder if folder else files(package)
        return sorted((e for e in place.iterdir() if e.name.endswith((".ttf", ".ttc"))), key=lambda e: e.name)
    except (ModuleNotFoundError, FileNotFoundError):
        return []


@cache
def _reader() -> Any:
    """What reads faces without the system's fonts, whose settings skia's own manager would complain of."""
    import skia

    return skia.FontMgr.New_Custom_Empty()


def _typeface(data: bytes, index: int = 0) -> Any:
    """A typeface of a font file's bytes."""
    import skia

    face = _reader().makeFromData(skia.Data.MakeWithCopy(data), index)
    if face is None:
        raise MissingError("a font of the installed font packages cannot be read", "install workprint again")
    return face


def _weights(data: bytes, index: int = 0) -> tuple[Any, ...]:
    """A typeface; of a variable one, its regular and its bold."""
    face = _typeface(data, index)
    weighted = tuple(clone for weight in (400, 700) if (clone := _at_weight(face, weight)) is not None)
    return weighted or (face,)


def _at_weight(face: Any, weight: int) -> Any:
    """A variable typeface at a weight; None where it has none to vary."""
    import skia

    axis = int.from_bytes(b"wght", "big")
    variation = skia.FontArguments.VariationPosition
    places = variation.Coordinates([variation.Coordinate(axis, weight)])
    position = variation(places)
    made = face.makeClone(skia.FontArguments().setVariationDesignPosition(position))
    return made if made is not None and made.fontStyle().weight() == weight else None
