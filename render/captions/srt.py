"""SubRip: the plainest caption file, which every player and platform reads. Knows no styles."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from render.captions.clock import span_of
from render.captions.lines import break_lines
from render.captions.measure import Measure
from render.captions.spans import Span

_TOP = "{\\an8}"
"""What players take for: at the top of the picture."""


def srt(shown: Sequence[Span], rate: Fraction, measure: Measure | None = None, *, top: bool = False) -> str:
    """SubRip text, UTF-8, times to the millisecond, lines broken by the measure."""
    measure = measure or Measure()
    blocks = []
    for number, span in enumerate(shown, 1):
        # A line that holds nothing but digits or an arrow could be read as the next caption's head.
        lines = [line.replace("-->", "→") for line in break_lines(span.text, measure.language, measure.width)]
        text = "\n".join(lines)
        blocks.append(f"{number}\n{span_of(span.first, span.last, rate, ',')}\n{_TOP if top else ''}{text}\n")
    return "\n".join(blocks)
