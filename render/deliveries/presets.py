"""The presets of deliveries: a table with dates, and the film as one of them wants it.

A preset changes what the resolved film says of shape, size, loudness, coding, captions and safe area; everything that
it does not change is made once for all. Knows no files.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from storyboard.encodings import SCALES
from storyboard.errors import MissingError
from storyboard.film import Aspect, Captions, Encoding, Film, SafeArea
from storyboard.measures import aspect
from storyboard.safe_area import WHOLE
from storyboard.vocabulary.settings import DELIVERIES
from storyboard.vocabulary.table import find, suggest

FOLDER = "deliveries"
"""The folder of all deliveries, under `out`."""

Kind = Literal["film", "web", "master", "gif", "webp", "poster", "thumbnails"]


@dataclass(frozen=True, slots=True)
class Preset:
    """What one place wants. An empty `shape` is the film's main cut, a `short` side of 0 the film's own.

    `most` is how many seconds a film may last there, 0 for no limit; `lufs` None leaves the loudness to the film.
    """

    name: str
    title: str
    kind: Kind
    shape: str = ""
    short: int = 0
    codec: Literal["h264", "hevc", "av1"] = "h264"
    crf: int = 20
    lufs: float | None = None
    captions: Captions | None = None
    safe: SafeArea = WHOLE
    most: float = 0.0
    source: str = ""
    """Whose figures these are."""
    as_of: str = ""
    """The day on which they were looked up, as 2026-11-23."""

    def cut(self, film: Film) -> Aspect:
        """The shape of what is delivered."""
        return aspect(self.shape) if self.shape else film.cuts[0]


@cache
def presets() -> dict[str, Preset]:
    """Every preset by name, in the order of the table."""
    rows: dict[str, dict[str, Any]] = _table()["presets"]
    return {name: _preset(name, row) for name, row in rows.items()}


def as_of() -> str:
    """The day on which the table was true, as 2026-11-23."""
    return str(_table()["as_of"])


@cache
def _table() -> dict[str, Any]:
    import yaml

    table: dict[str, Any] = yaml.safe_load(
        files("render.deliveries").joinpath("presets.yaml").read_text(encoding="utf-8")
    )
    return table


def _preset(name: str, row: dict[str, Any]) -> Preset:
    given = dict(row)
    captions = given.pop("captions", None)
    return Preset(
        name=name,
        captions=None if captions is None else Captions(captions),
        safe=SafeArea(**given.pop("safe", {})),
        **given,
    )


def preset(name: str) -> Preset:
    """The preset of that name, which may be written in all ways of the vocabulary; raises MissingError with a hint."""
    known = find(DELIVERIES, name)
    if known is None:
        near = suggest(DELIVERIES, name)
        hint = f"Did you mean '{near}'? " if near else ""
        raise MissingError(f"there is no delivery '{name[:60]}'", f"{hint}There are: {', '.join(presets())}.")
    return presets()[known]


def shaped(film: Film, wanted: Preset, *, codec: str = "", short: int = 0) -> Film:
    """The film as a preset wants it; `codec` and `short` side, where given, win over the preset's.

    The cut that is delivered is its last. The film's main cut stays the first: other cuts are made out of its takes,
    as they are in every render.
    """
    chosen: Any = codec or wanted.codec
    crf = wanted.crf if chosen == wanted.codec else SCALES[chosen].crf
    captions = wanted.captions
    if captions is Captions.BURNED and film.captions is Captions.OFF:
        # Who wants no captions at all gets none anywhere.
        captions = Captions.OFF
    return replace(
        film,
        cuts=tuple(dict.fromkeys((film.cuts[0], wanted.cut(film)))),
        short_side=short or wanted.short or film.short_side,
        loudness=film.loudness if wanted.lufs is None else wanted.lufs,
        captions=film.captions if captions is None else captions,
        safe=wanted.safe,
        encoding=Encoding(chosen, crf, SCALES[chosen].preset, 192_000),
    )
