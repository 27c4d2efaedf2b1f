"""What percussion plays: grooves as drawn bars, from a few strokes to many.

Each letter is a stroke: X strong, x middling, o soft; a dot is none. A bar divides evenly by its drawing. Data only.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

Groove = Mapping[str, str]

STROKES: Mapping[str, int] = MappingProxyType(
    {"kick": 36, "stick": 37, "snare": 38, "clap": 39, "hat": 42, "tom low": 43, "open hat": 46, "tom": 47,
     "crash": 49, "tom high": 50, "ride": 51, "tambourine": 54, "cowbell": 56, "conga low": 64, "conga": 63,
     "shaker": 70, "wood high": 76, "wood": 77, "triangle": 81}
)  # fmt: skip
"""Strokes on the keys of a General MIDI kit."""

ORCHESTRAL: Mapping[str, int] = MappingProxyType({"crash": 57, "ride": 59, "tom low": 36, "tom": 36, "tom high": 38})
"""What an orchestra's kit plays instead."""

LEVELS: Mapping[str, float] = MappingProxyType({"X": 1.0, "x": 0.72, "o": 0.45})

GROOVES: Mapping[str, tuple[Groove, ...]] = MappingProxyType(
    {
        "": ({}, {}, {}),
        "sparkle": ({}, {"triangle": "o..."}, {"triangle": "o.o.", "timpani": "o..."}),
        "pulse": (
            {"taiko": "o.......", "stick": "........"},
            {"taiko": "x..o....", "stick": "o.o.o.o.o.o.o.o."},
            {"taiko": "X..x..x.", "stick": "x.oox.oox.oox.oo", "shaker": "oooooooooooooooo"},
        ),
        "light": (
            {"shaker": ".o.o.o.o"},
            {"kick": "x...o...", "tambourine": "..x...x.", "shaker": "oxoxoxox"},
            {"kick": "X..ox...", "clap": "..x...x.", "tambourine": "oXoXoXoX", "shaker": "xoxoxoxo"},
        ),
        "march": (
            {"timpani": "o.......", "snare": "......oo"},
            {"timpani": "x.......", "snare": "x.ooo.x.x.ooo.xx", "kick": "x...x..."},
            {"timpani": "X..xX..x", "snare": "X.oox.oxX.ooxoxX", "kick": "X...X...", "crash": "X......."},
        ),
        "blocks": (
            {"wood": "..o.....", "wood high": "......o."},
            {"wood": "x..x....", "wood high": "..x...x.", "shaker": ".o.o.o.o"},
            {"wood": "x..x..x.", "wood high": "..x..x.x", "kick": "x...x...", "shaker": "xoxoxoxo"},
        ),
        "taiko": (
            {"taiko": "x.......", "kick": "o......."},
            {"taiko": "X..x..x.X..x.xx.", "kick": "X.......", "tom low": "....x......ox..."},
            {"taiko": "X.xxX.xxX.xxXxxx", "kick": "X...X...", "snare": "....X.......X..x", "crash": "X......."},
        ),
        "boom": (
            {"taiko": "o......."},
            {"taiko": "x.....o.", "kick": "x......."},
            {"taiko": "X.....x.x.......", "kick": "X.....x.", "tom low": "............o.o."},
        ),
        "waltz": (
            {"triangle": "o.."},
            {"triangle": ".oo", "wood": "x.."},
            {"triangle": ".xx", "kick": "x..", "tambourine": ".x.xoo"},
        ),
        "swing": (
            {"ride": "o..o..o..o.."},
            {"ride": "x..x.ox..x.o", "hat": "...x.....x..", "kick": "o..........."},
            {"ride": "X..x.xX..x.x", "hat": "...X.....X..", "snare": ".....o..x...", "kick": "x.....o....."},
        ),
        "frame": (
            {"tambourine": "..o...o."},
            {"tom low": "X..o..x.", "tambourine": "..x..ox."},
            {"tom low": "X..xx.x.", "tambourine": "oxXooxXo", "clap": "..x...x."},
        ),
        "four": (
            {"hat": "..o...o.", "kick": "o......."},
            {"kick": "X.X.X.X.", "hat": "o.x.o.x.o.x.o.x.", "clap": "..x...x."},
            {"kick": "X.X.X.X.", "hat": "xoXoxoXoxoXoxoXo", "clap": "..X...X.", "open hat": ".x.x.x.x"},
        ),
    }
)  # fmt: skip

FILLS: Mapping[str, Groove] = MappingProxyType(
    {
        "pulse": {"taiko": "........x.x.xxxx"},
        "light": {"snare": "............xxxX"},
        "march": {"snare": "........xxxxXXXX", "timpani": "........x.x.xxxx"},
        "blocks": {"wood": "........x.xx", "wood high": ".........x.x"},
        "taiko": {"taiko": "........xxxxXXXX", "tom": "............xxXX"},
        "swing": {"snare": "......x..x.x"},
        "frame": {"tom low": "........x.xxX.XX"},
        "four": {"snare": "........x.x.xxXX"},
        "waltz": {"tambourine": "..xxxx"},
    }
)  # fmt: skip
"""What is played on top in the last bar before a new passage."""
