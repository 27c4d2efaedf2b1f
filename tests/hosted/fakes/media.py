"""Small films and sounds for fakes to hand over."""

from __future__ import annotations

import io
from fractions import Fraction
from functools import lru_cache

import av
import numpy as np


@lru_cache(maxsize=32)
def film(width: int, height: int, seconds: float, rate: int = 24, *, sound: bool = False) -> bytes:
    """An mp4 in which a bright bar walks from left to right, with a tone where there is sound."""
    target = io.BytesIO()
    with av.open(target, "w", format="mp4") as out:
        picture = out.add_stream("libx264", rate=Fraction(rate))
        picture.width, picture.height, picture.pix_fmt = width, height, "yuv420p"
        picture.options = {"preset": "ultrafast", "threads": "1"}
        tone = out.add_stream("aac", rate=48_000) if sound else None
        count = round(seconds * rate)
        for number in range(count):
            pixels = np.full((height, width, 3), (30, 60, 90), np.uint8)
            left = round(number / max(1, count - 1) * width * 0.8)
            pixels[:, left : left + max(2, width // 8)] = (230, 200, 120)
            for packet in picture.encode(av.VideoFrame.from_ndarray(pixels, "rgb24")):
                out.mux(packet)
        out.mux(picture.encode(None))
        if tone is not None:
            wave = (0.2 * np.sin(np.arange(round(seconds * 48_000)) * 2 * np.pi * 330 / 48_000)).astype(np.float32)
            for start in range(0, len(wave), 1024):
                block = np.ascontiguousarray(np.stack([wave[start : start + 1024]] * 2))
                frame = av.AudioFrame.from_ndarray(block, "fltp", "stereo")
                frame.rate, frame.pts = 48_000, start
                out.mux(tone.encode(frame))
            out.mux(tone.encode(None))
    return target.getvalue()
