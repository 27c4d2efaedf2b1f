"""The machine's own encoders: what each family is called, how it is told the quality, and whether it works here.

Each has a scale of its own. Nothing here can be tried without such a machine, so that an encoder is only taken after it
has coded pictures of the film's own size with the very options that the film gets.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Literal

from projects import programs
from storyboard.errors import MissingError, RenderError

Codec = Literal["h264", "hevc", "av1"]

SOFTER = 3
"""Steps of quality by which hardware needs more than the house's own encoders for a picture as good."""

_LARGEST = 51
"""The end of the scale of H.264 and HEVC."""

RENDER_NODE = Path("/dev/dri/renderD128")
"""The card that VA-API opens."""


@dataclass(frozen=True, slots=True)
class Family:
    """The encoders of one kind of hardware by codec, and their words.

    `opening` stands before the inputs, `filters` brings pictures to where the encoder takes them, `quality` gives the
    options for a quality in the codec's own software scale.
    """

    name: str
    encoders: Mapping[str, str]
    quality: Callable[[str, int], list[str]]
    opening: tuple[str, ...] = ()
    filters: str = "format=nv12"


@dataclass(frozen=True, slots=True)
class Encoder:
    """One encoder of a family."""

    family: Family
    codec: str

    @property
    def name(self) -> str:
        """What ffmpeg calls it."""
        return self.family.encoders[self.codec]

    def options(self, crf: int) -> list[str]:
        """What ffmpeg is told after its inputs, for a quality in the scale of the house's encoder of that codec."""
        how = ["-vf", self.family.filters, "-c:v", self.name, *self.family.quality(self.codec, crf), "-g", "48"]
        return [*how, "-tag:v", "hvc1"] if self.codec == "hevc" else how


def _evened(codec: str, crf: int, largest: int) -> int:
    """A software quality, with the reserve that hardware needs taken off, in a scale that ends at `largest`."""
    end = 63 if codec == "av1" else _LARGEST
    return max(1, min(largest, round(max(1, crf - SOFTER) * largest / end)))


def _nvenc(codec: str, crf: int) -> list[str]:
    quality = _evened(codec, crf, 63 if codec == "av1" else _LARGEST)
    # Without `-b:v 0` the usual 2 Mbit/s would win over the quality.
    return ["-preset", "p5", "-rc", "vbr", "-cq", str(quality), "-b:v", "0"]


def _qsv(codec: str, crf: int) -> list[str]:
    # A quality without a bit rate is Quick Sync's "intelligent constant quality", 1 to 51 for every codec.
    return ["-preset", "slow", "-global_quality", str(_evened(codec, crf, 51))]


def _vaapi(codec: str, crf: int) -> list[str]:
    quality = str(_evened(codec, crf, 255 if codec == "av1" else _LARGEST))
    # The encoder of AV1 has no `-qp`; there the general word sets the same quantiser.
    return ["-rc_mode", "CQP", "-global_quality" if codec == "av1" else "-qp", quality]


def _videotoolbox(codec: str, crf: int) -> list[str]:
    # From 1 to 100, and more is better.
    return ["-q:v", str(100 - _evened(codec, crf, 99)), "-allow_sw", "0"]


def _amf(codec: str, crf: int) -> list[str]:
    quality = str(_evened(codec, crf, 255 if codec == "av1" else _LARGEST))
    sides = ("-qp_i", "-qp_p") if codec == "hevc" else ("-qp_i", "-qp_p", "-qp_b")
    return ["-quality", "quality", "-rc", "cqp", *(word for side in sides for word in (side, quality))]


def _names(ending: str, *codecs: str) -> dict[str, str]:
    return {codec: f"{codec}_{ending}" for codec in codecs}


FAMILIES: Mapping[str, Family] = {
    one.name: one
    for one in (
        Family("nvenc", _names("nvenc", "h264", "hevc", "av1"), _nvenc),
        Family("qsv", _names("qsv", "h264", "hevc", "av1"), _qsv),
        Family("videotoolbox", _names("videotoolbox", "h264", "hevc"), _videotoolbox),
        Family("amf", _names("amf", "h264", "hevc", "av1"), _amf),
        Family(
            "vaapi",
            _names("vaapi", "h264", "hevc", "av1"),
            _vaapi,
            ("-vaapi_device", str(RENDER_NODE)),
            "format=nv12,hwupload",
        ),
    )
}
"""The families by the name that users know, in the order in which `auto` tries them."""


def encoder_for(codec: str, wish: str, size: tuple[int, int], rate: Fraction, crf: int) -> Encoder | None:
    """The first encoder that codes pictures of that size here, None where none does and the wish is `auto`.

    Raises MissingError for a family that is asked for by name and does not.
    """
    for name, family in FAMILIES.items():
        if wish in ("auto", name) and codec in family.encoders:
            found = Encoder(family, codec)
            if works(found, size, rate, crf):
                return found
    if wish == "auto":
        return None
    raise MissingError(
        f"no encoder of {wish} for {codec} at {size[0]}x{size[1]} works here",
        "Take `--encoder auto` or `--encoder software`.",
    )


def works(encoder: Encoder, size: tuple[int, int], rate: Fraction, crf: int) -> bool:
    """Whether an encoder codes pictures of that size here, with all options that the film would get."""
    source = f"testsrc2=s={size[0]}x{size[1]}:r={rate.numerator}/{rate.denominator}:d=0.4"
    command: list[str | Path] = [
        programs.ffmpeg(), "-v", "error", "-nostdin", *encoder.family.opening, "-f", "lavfi", "-i", source,
        *encoder.options(crf), "-f", "null", "-",
    ]  # fmt: skip
    try:
        programs.run(command, timeout=60.0)
    except RenderError:
        return False
    return True
