"""How the delivered film is to be coded, as written. Knows no codec's limits."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from storyboard.model.base import Written
from storyboard.model.fields import AudioBits, Codec, ShortText


class WrittenEncoding(Written):
    """How the delivered film is coded; a bare text names the codec."""

    shorthand: ClassVar[str] = "codec"

    codec: Codec | None = Field(None, description="h264, hevc or av1; left out, h264, which plays everywhere.")
    crf: Annotated[int, Field(ge=1, le=63)] | None = Field(
        None, description="Quality in the codec's own scale, smaller is better; left out, 20, 22 (hevc) or 32 (av1)."
    )
    preset: ShortText | None = Field(
        None,
        description="How much work it takes: ultrafast to veryslow, left out veryfast; for av1 0 to 13, left out 10.",
    )
    audio: AudioBits | None = Field(None, description="Bits of sound a second, 32k to 512k; left out, 192k.")
