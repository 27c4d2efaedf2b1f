"""One filter of FFmpeg's by itself, set up for frames like a given one.

Knows no files; what goes in and what comes out are decoded frames.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from av.filter import Graph


def filter_like(frame: Any, name: str, settings: str) -> Graph:
    """A filter of one input and one output that takes frames of this one's size, format, clock and colours."""
    from av.filter import Graph

    graph = Graph()
    graph.threads = 1
    base = frame.time_base
    told = (
        f"video_size={frame.width}x{frame.height}:pix_fmt={frame.format.name}:time_base={base.numerator}/{base.denominator}"
        f":colorspace={int(frame.colorspace)}:range={int(frame.color_range)}"
    )
    source = graph.add("buffer", told)
    middle = graph.add(name, settings)
    sink = graph.add("buffersink")
    source.link_to(middle)
    middle.link_to(sink)
    graph.configure()
    return graph
