"""Captions from the words of a film: portions and lines, their times, and the files that hold them.

Pure text and integers: drawing captions into pictures is `render.burn`'s business.
"""

from __future__ import annotations

from render.captions.lines import break_lines, split
from render.captions.measure import Measure, measure_of
from render.captions.spans import Burned, Caption, Dress, Span, within
from render.captions.srt import srt
from render.captions.timing import hard_cuts, spans
from render.captions.vtt import vtt

__all__ = [
    "Burned",
    "Caption",
    "Dress",
    "Measure",
    "Span",
    "break_lines",
    "hard_cuts",
    "measure_of",
    "spans",
    "split",
    "srt",
    "vtt",
    "within",
]
