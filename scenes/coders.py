"""How the picture is coded: one profile for H.264, HEVC and AV1, set so that files can be joined without encoding.

Only settings, no frames. Each codec's library has its own words for the same demands: one thread, closed groups,
constant rate, and a header that is the same for a film of any length.
"""

from __future__ import annotations

import math
import os
import sys
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Literal

from storyboard.errors import RenderError

Codec = Literal["h264", "hevc", "av1"]

ENCODERS: dict[Codec, str] = {"h264": "libx264", "hevc": "libx265", "av1": "libsvtav1"}
"""The library that codes each, by its name in libavcodec."""

TAGS: dict[Codec, str] = {"h264": "avc1", "hevc": "hvc1", "av1": "av01"}
"""What each is called inside MP4: `hvc1` and not `hev1`, because ordinary players know only that."""

SMALLEST: dict[Codec, int] = {"h264": 2, "hevc": 16, "av1": 16}
"""Pixels that the shorter side needs at least."""

DELAYS: dict[Codec, int] = {"hevc": 2}
"""Frames by which decoding runs ahead of showing, where the times of decoding have to be counted: x265 leaves them to
chance in films of one or two frames, and a random one makes another file, or none.
"""

_WORST: dict[Codec, int] = {"h264": 51, "hevc": 51, "av1": 63}
"""The end of each codec's scale of quality."""


@dataclass(frozen=True, slots=True)
class EncoderProfile:
    """How an encoder is set: quality `crf`, speed `preset`, key frame distance, `tune`, B-frames in a row, `codec`.

    Quality runs from 0 (best) to 51, for AV1 to 63. `tune` and `bframes` are of H.264 and HEVC; AV1 has its own
    pyramid. Two files can be joined without encoding only when their profiles agree in all but `crf` and `keyint`.
    """

    crf: int
    preset: str
    keyint: int
    tune: str = ""
    bframes: int = 3
    codec: Codec = "h264"

    def options(self, rate: Fraction = Fraction(25)) -> dict[str, str]:
        """The same as options of the codec's library in libavcodec, for a film of that rate.

        Raises RenderError for a quality off the scale.
        """
        if not 0 <= self.crf <= _WORST[self.codec]:
            raise RenderError(f"crf {self.crf} is off the scale of {self.codec}", f"it ends at {_WORST[self.codec]}")
        chosen = {"crf": str(self.crf), "preset": self.preset}
        if self.codec == "av1":
            # The distance goes by libavcodec's own option: it also asks for true key frames and so for closed groups.
            return {**chosen, "g": str(self.keyint), "svtav1-params": "lp=1:scd=0"}
        name, own = _X264 if self.codec == "h264" else _X265
        if self.codec == "h264":
            chosen["crf"] = f"{self._evened(rate):g}"
            own += _STEADY if _has_avx512() else ""
        chosen[name] = f"{own}:open-gop=0:keyint={self.keyint}:min-keyint=1:bframes={self.bframes}"
        return {**chosen, "tune": self.tune} if self.tune else chosen

    def _evened(self, rate: Fraction) -> float:
        """The quality to ask x264 for, so that a frame is as good at any rate as at 25 frames a second.

        Where it follows macroblock trees, x264 makes frames worse the shorter they are shown: its quantiser grows with
        the power 0.4 (1 - `qcompress`) of the rate, up to 100 frames a second, and six steps of crf double it.
        """
        if self.preset in _WITHOUT_TREES or rate <= 25:
            return self.crf
        return round(max(min(self.crf, 1), self.crf - 2.4 * math.log2(min(rate, Fraction(100)) / 25)), 2)


_WITHOUT_TREES = ("ultrafast",)
_X264 = ("x264-params", "stitchable=1:force-cfr=1:threads=1:lookahead-threads=1:sliced-threads=0")
# x264's AVX-512 code of macroblock trees reads memory that nobody has written: at most sizes the same frames give
# other bytes from run to run. Its AVX2 code is as quick and gives the same bytes everywhere.
_STEADY = ":asm=AVX2,FMA3,BMI2,LZCNT"
# `info` would write the settings, quality among them, into the header; `log-level` keeps banners off the screen.
_X265 = ("x265-params", "pools=none:frame-threads=1:repeat-headers=0:info=0:log-level=none")

TAKE_PROFILE = EncoderProfile(crf=12, preset="ultrafast", keyint=12, bframes=0)
"""How takes are kept: near lossless, at most twelve frames from any place to a key frame, and quick on both ways: a
grainy 720p frame takes 18 ms to write and 12 ms to read, against 48 and 30 with the preset `superfast`.
"""


@cache
def _has_avx512() -> bool:
    """Whether the processor has AVX-512, as far as the system tells: Linux does."""
    return sys.platform == "linux" and " avx512f " in Path("/proc/cpuinfo").read_text(
        encoding="ascii", errors="replace"
    )


def check_size(width: int, height: int, profile: EncoderProfile) -> None:
    """Refuse a picture that the codec cannot code: odd sides, or too small ones."""
    least = SMALLEST[profile.codec]
    if width % 2 or height % 2 or min(width, height) < least:
        raise RenderError(
            f"a picture of {width}x{height} cannot be coded as {profile.codec}",
            f"both sides must be even, and at least {least}",
        )


def hush(profile: EncoderProfile) -> None:
    """Keep the AV1 library from printing its banner: it obeys nothing but its environment, read at its first start."""
    if profile.codec == "av1":
        os.environ.setdefault("SVT_LOG", "1")
