"""How the delivered film is coded: what each codec takes, what it gets where nothing is written, and what is wrong.

Knows no encoder and no file.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, cast

from storyboard.errors import Diagnostic
from storyboard.film import Encoding
from storyboard.model.delivery import WrittenEncoding
from storyboard.node import Node, WrittenInt, mapping, text_of
from storyboard.vocabulary.settings import CODECS
from storyboard.vocabulary.table import find, fold

_WORDS = ("ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow", "slower", "veryslow")


@dataclass(frozen=True, slots=True)
class CodecScale:
    """What one codec takes: quality from 1 to `worst`, and its presets, with the usual one of both."""

    crf: int
    worst: int
    preset: str
    presets: tuple[str, ...]


SCALES: Mapping[str, CodecScale] = {
    "h264": CodecScale(20, 51, "veryfast", _WORDS),
    "hevc": CodecScale(22, 51, "veryfast", _WORDS),
    "av1": CodecScale(32, 63, "10", tuple(map(str, range(14)))),
}
"""The codecs; quality 0 is left out because it changes what kind of stream is made."""


def encoding(written: WrittenEncoding | None) -> Encoding:
    """Return the encoding with the codec's own defaults; expects one that `check` found nothing wrong with."""
    if written is None:
        return Encoding()
    codec = written.codec or "h264"
    scale = SCALES[codec]
    return Encoding(
        codec=cast(Literal["h264", "hevc", "av1"], codec),
        crf=scale.crf if written.crf is None else int(written.crf),
        preset=scale.preset if written.preset is None else fold(written.preset),
        audio_bits=int(written.audio or 192_000),
    )


def check(node: Node) -> Iterator[Diagnostic]:
    """Report a quality or a preset that the codec does not have; single values are checked elsewhere."""
    keys = {key: entry.value for key, entry in mapping(node).items()}
    codec = find(CODECS, text_of(keys["codec"])) if "codec" in keys else "h264"
    scale = SCALES.get(codec or "")
    if scale is None:
        return
    crf = keys.get("crf")
    if crf is not None and isinstance(crf.value, WrittenInt) and scale.worst < crf.value <= SCALES["av1"].worst:
        message = f"'crf' of {codec} must be at most {scale.worst}, not {int(crf.value)}"
        yield Diagnostic(crf.path, crf.line, crf.column, "E133", message, f"{scale.crf} is usual")
    preset = keys.get("preset")
    written = fold(text_of(preset)) if preset is not None else ""
    if preset is not None and written and written not in scale.presets:
        near = difflib.get_close_matches(written, _WORDS, n=1, cutoff=0.6) if scale.presets is _WORDS else []
        hint = f"did you mean '{near[0]}'?" if near else f"choose {scale.presets[0]} to {scale.presets[-1]}"
        message = f"'{written[:40]}' is not a preset of {codec}"
        yield Diagnostic(preset.path, preset.line, preset.column, "E135", message, hint)
