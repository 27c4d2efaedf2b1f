"""Makes scenes/lettering/faces/noto-color-emoji.ttf, the emoji in colour that are shipped, out of a package of npm.

`npm pack @infolektuell/noto-color-emoji@0.2.0` fetches it: Noto Color Emoji 2.042 (SIL Open Font License 1.1) as the
web has it, cut into eleven slices. Here they are joined into the one TrueType file that Skia reads, as far as they are
wanted. The same package gives the same bytes. Needs fonttools and brotli, which nothing else of workprint does.
Usage: python tools/emoji.py infolektuell-noto-color-emoji-0.2.0.tgz
"""

from __future__ import annotations

import argparse
import copy
import io
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fontTools.colorLib.builder import buildCOLR, buildCPAL
from fontTools.colorLib.unbuilder import unbuildColrV1
from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph

FACES = Path(__file__).parent.parent / "scenes" / "lettering" / "faces"
FACE, LICENCE = FACES / "noto-color-emoji.ttf", FACES / "noto-color-emoji.LICENSE.txt"
SLICES = 11
SKINS = range(0x1F3FB, 0x1F400)
LETTERS = range(0x1F1E6, 0x1F200)
"""Two of these are the flag of a country."""

PLAIN = range(0x20, 0x3A)
"""Blanks, digits and the like, which other faces set; here they are only the beginnings of key caps."""

MOST_IN_A_FLAG = 8000
"""Bytes of outlines of a flag; coats of arms take many times more."""

Letters = tuple[int, ...]


@dataclass
class Joined:
    """What the slices come to: pictures by the signs that they stand for, their outlines and their colours."""

    pictures: dict[Letters, dict[str, Any]] = field(default_factory=dict)
    outlines: dict[bytes, str] = field(default_factory=dict)
    glyphs: dict[str, Any] = field(default_factory=dict)
    colours: dict[tuple[float, ...], int] = field(default_factory=dict)
    boxes: dict[Letters, tuple[int, int, int, int]] = field(default_factory=dict)
    weight: dict[str, int] = field(default_factory=dict)
    spelt: set[Letters] = field(default_factory=set)
    """Flags that are left out."""


def main() -> None:
    """Read the package, write the face and its licence."""
    parser = argparse.ArgumentParser(description="Joins the slices of Noto Color Emoji.")
    parser.add_argument("package", type=Path)
    joined = Joined()
    with tarfile.open(parser.parse_args().package) as package:
        files = [_file(package, f"package/files/{number}.woff2") for number in range(SLICES)]
        licence = _file(package, "package/LICENSE")
    slices = [TTFont(io.BytesIO(file), lazy=False) for file in files]
    for font in slices:
        gather(joined, font)
    FACES.mkdir(exist_ok=True)
    build(joined, slices[0]).save(FACE)
    LICENCE.write_bytes(licence)


def _file(package: tarfile.TarFile, name: str) -> bytes:
    found = package.extractfile(name)
    if found is None:
        raise SystemExit(f"{name} is not in the package")
    return found.read()


def gather(joined: Joined, font: TTFont) -> None:
    """Add a slice's pictures, each of which keeps the first place in which it is found."""
    colr, glyf = font["COLR"].table, font["glyf"]
    paints = unbuildColrV1(colr.LayerList, colr.BaseGlyphList)
    palette = [tuple(colour) for colour in _palette(font)]
    for letters, glyph in _drawn(font):
        if letters in joined.pictures or glyph not in paints or not _wanted(letters):
            continue
        picture = copy.deepcopy(paints[glyph])
        used: dict[str, str] = {}
        _rewrite(picture, joined, glyf, palette, used)
        if _is_flag(letters) and sum(joined.weight[name] for name in set(used.values())) > MOST_IN_A_FLAG:
            joined.spelt.add(letters)
            continue
        joined.pictures[letters] = picture
        clip = colr.ClipList.clips.get(glyph) if colr.ClipList else None
        if clip is not None:
            joined.boxes[letters] = (clip.xMin, clip.yMin, clip.xMax, clip.yMax)


def _drawn(font: TTFont) -> Iterator[tuple[Letters, str]]:
    """Yield what is written for each glyph: one sign, or several that are ligated."""
    signs = {glyph: letter for letter, glyph in font.getBestCmap().items()}
    yield from (((letter,), glyph) for glyph, letter in signs.items())
    lookups = font["GSUB"].table.LookupList.Lookup if "GSUB" in font else []
    for ligatures in (table.ligatures for look in lookups if look.LookupType == 4 for table in look.SubTable):
        for first, rest in ligatures.items():
            for one in rest:
                parts = (first, *one.Component)
                if all(part in signs for part in parts):
                    yield tuple(signs[part] for part in parts), one.LigGlyph


def _palette(font: TTFont) -> Iterator[tuple[float, ...]]:
    for colour in font["CPAL"].palettes[0]:
        yield (colour.red / 255, colour.green / 255, colour.blue / 255, colour.alpha / 255)


def _is_flag(letters: Letters) -> bool:
    return len(letters) > 1 and all(letter in LETTERS for letter in letters)


def _wanted(letters: Letters) -> bool:
    """Not the digits themselves, and of couples not every pair of colours of skin."""
    if len(letters) == 1:
        return letters[0] not in PLAIN
    return sum(letter in SKINS for letter in letters) < 2


def _rewrite(paint: Any, joined: Joined, glyf: Any, palette: list[tuple[float, ...]], used: dict[str, str]) -> None:
    """Give a picture's outlines and colours their places in the joined font, in place; `used` tells which."""
    for item in paint if isinstance(paint, (list, tuple)) else [paint]:
        if not isinstance(item, dict):
            continue
        for key, value in item.items():
            if key == "Glyph":
                item[key] = used[value] = _outline(joined, glyf, value)
            elif key == "PaletteIndex" and value != 0xFFFF:
                item[key] = joined.colours.setdefault(palette[value], len(joined.colours))
            else:
                _rewrite(value, joined, glyf, palette, used)


def _outline(joined: Joined, glyf: Any, name: str) -> str:
    """The joined font's name of an outline; the same ones are kept once. None of them is made of others."""
    glyph = glyf[name]
    drawn = glyph.compile(glyf)
    known = joined.outlines.setdefault(drawn, f"o{len(joined.outlines)}")
    joined.glyphs.setdefault(known, glyph)
    joined.weight[known] = len(drawn)
    return known


def build(joined: Joined, like: TTFont) -> TTFont:
    """The font of all that was gathered, with the measures and the names of one of the slices."""
    named = {letters: "e" + "_".join(f"{letter:x}" for letter in letters) for letters in joined.pictures}
    single = {letter for letters in named for letter in letters}
    bare = {letter: f"e{letter:x}" for letter in sorted(single) if (letter,) not in named}
    bare[0xFE0F] = "efe0f"
    reached = {name for picture in joined.pictures.values() for name in _glyphs(picture)}
    outlines = {name: glyph for name, glyph in joined.glyphs.items() if name in reached}
    spelt = {letters: "s" + "_".join(f"{letter:x}" for letter in letters) for letters in sorted(joined.spelt)}
    order = [".notdef", *named.values(), *bare.values(), *spelt.values(), *outlines]
    builder = FontBuilder(like["head"].unitsPerEm, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({letters[0]: name for letters, name in named.items() if len(letters) == 1} | bare)
    builder.setupGlyf({name: outlines.get(name, Glyph()) for name in order})
    wide = like["hmtx"][like.getBestCmap()[LETTERS[0]]][0]
    shown = {".notdef", *named.values()}
    # An outline is drawn where its left bearing says, which is where it lies.
    lefts = {name: outlines[name].xMin if name in outlines else 0 for name in order}
    builder.setupHorizontalMetrics({name: (wide if name in shown else 0, lefts[name]) for name in order})
    builder.setupHorizontalHeader(ascent=like["hhea"].ascent, descent=like["hhea"].descent)
    builder.setupOS2(sTypoAscender=like["hhea"].ascent, sTypoDescender=like["hhea"].descent)
    told = like["name"]
    builder.setupNameTable({
        "copyright": told.getDebugName(0),
        "familyName": told.getDebugName(1),
        "styleName": "Regular",
        "uniqueFontIdentifier": f"{told.getDebugName(5)};joined",
        "fullName": told.getDebugName(1),
        "version": told.getDebugName(5),
        "psName": "NotoColorEmoji-Regular",
        "licenseDescription": "SIL Open Font License 1.1",
        "licenseInfoURL": "https://openfontlicense.org",
    })  # fmt: skip
    builder.setupPost(keepGlyphNames=False)
    builder.addOpenTypeFeatures(_ligatures(named, bare, spelt))
    font = builder.font
    glyphs = {name: index for index, name in enumerate(order)}
    boxes = {named[letters]: box for letters, box in joined.boxes.items()}
    pictures = {named[letters]: picture for letters, picture in joined.pictures.items()}
    font["COLR"] = buildCOLR(pictures, version=1, glyphMap=glyphs, clipBoxes=boxes)
    font["CPAL"] = buildCPAL([list(joined.colours)])
    font["head"].created, font["head"].modified = like["head"].created, like["head"].modified
    font.recalcTimestamp = False
    return font


def _ligatures(named: dict[Letters, str], bare: dict[int, str], spelt: dict[Letters, str]) -> str:
    """The rules by which several signs are one picture, the longest first.

    The letters of a flag that is left out are joined and parted again, or the second of them would be taken for the
    first of the flag after it.
    """
    every = {letters[0]: name for letters, name in named.items() if len(letters) == 1} | bare
    written = {letters: " ".join(every[letter] for letter in letters) for letters in named | spelt}
    longest = sorted((named | spelt).items(), key=lambda item: (-len(item[0]), item[0]))
    joins = [f"  sub {written[letters]} by {name};" for letters, name in longest if len(letters) > 1]
    parts = [f"  sub {name} by {written[letters]};" for letters, name in spelt.items()]
    joins, parts = ["lookup joins {", *joins, "} joins;"], ["lookup parts {", *parts, "} parts;"]
    return "\n".join([*joins, *parts, "feature ccmp { lookup joins; lookup parts; } ccmp;"])


def _glyphs(paint: Any) -> Iterator[str]:
    """Yield the outlines of a picture."""
    for item in paint if isinstance(paint, (list, tuple)) else [paint]:
        if isinstance(item, dict):
            for key, value in item.items():
                if key == "Glyph":
                    yield value
                else:
                    yield from _glyphs(value)


if __name__ == "__main__":
    main()
