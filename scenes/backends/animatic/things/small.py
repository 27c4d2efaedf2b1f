"""Small things that are held in a hand or stand on a little table, drawn larger than life so that they can be read."""

from __future__ import annotations

from scenes.backends.animatic.figure import Colour
from scenes.backends.animatic.things.drawing import Piece, Point, drawn, in_hand


def _small(text: str, own: Colour, grip: Point, size: float) -> Piece:
    """A thing for tables and hands; `grip` is where a palm takes it."""
    drawing = drawn(text, own)
    return Piece(drawing, "table", held=in_hand(drawing, grip, size))


def _laid(text: str, own: Colour) -> Piece:
    """A thing for tables that hands hold in a way of their own."""
    return Piece(drawn(text, own), "table")


PIECES = {
    "key": _small("""
        ring own .035 -.13 -.06 .055 .055
        line own .035 -.075 -.06 .18 -.06
        line own .03 .17 -.06 .17 -.005
        line own .03 .12 -.06 .12 -.015
        oval own- -.06 -.06 .02 .025""", (0.86, 0.67, 0.30), (-0.13, -0.06), 0.75),
    "cake": _small("""
        oval white 0 -.005 .24 .03
        box own -.19 -.16 .19 -.01 .03
        box own- .07 -.16 .19 -.01 .03
        blob pink -.2 -.15 -.19 -.19 0 -.2 .19 -.19 .2 -.15 .16 -.09 .12 -.14 .06 -.08 .01 -.14 -.06 -.09 -.11 \
            -.14 -.16 -.1
        box white -.09 -.28 -.07 -.18
        box white -.01 -.29 .01 -.18
        box white .07 -.28 .09 -.18
        oval fire -.08 -.31 .014 .026
        oval fire 0 -.32 .014 .026
        oval fire .08 -.31 .014 .026
        oval red -.14 -.18 .022 .022
        oval red .14 -.18 .022 .022
        oval red .04 -.19 .022 .022""", (0.88, 0.74, 0.52), (-0.16, 0.0), 0.48),
    "teapot": _small("""
        bow own- .032 -.12 -.17 -.23 -.17 -.22 -.06 -.12 -.05
        blob own .12 -.05 .2 -.09 .22 -.19 .27 -.2 .25 -.1 .16 -.02
        blob own -.13 0 -.17 -.1 -.12 -.19 0 -.22 .12 -.19 .17 -.1 .13 0 0 .01
        blob own- .06 .005 .1 -.1 .06 -.2 .12 -.19 .17 -.1 .13 0
        blob own+ -.09 -.19 0 -.26 .09 -.19 0 -.175
        oval own- 0 -.26 .026 .024
        bow white .016 -.13 -.08 -.04 -.06 .05 -.06 .14 -.08
        oval own++ -.08 -.14 .02 .03""", (0.25, 0.48, 0.58), (-0.21, -0.11), 0.65),
    "cup": _small("""
        bow own- .024 .08 -.13 .15 -.13 .14 -.05 .07 -.045
        oval white -.005 0 .15 .022
        blob own -.1 -.17 -.09 -.06 -.05 -.005 .05 -.005 .09 -.06 .1 -.17
        blob own- .03 -.005 .06 -.08 .06 -.17 .1 -.17 .09 -.06 .05 -.005
        oval own+ 0 -.17 .1 .024
        oval bark 0 -.168 .082 .016
        bow white .014 -.09 -.1 0 -.08 .09 -.1
        bow white- .012 -.03 -.21 -.05 -.25 -.02 -.29
        bow white- .012 .03 -.21 .01 -.26 .04 -.31""", (0.84, 0.44, 0.34), (0.12, -0.09), 0.62),
    "map": _small("""
        poly own- -.26 -.02 -.26 -.2 -.09 -.25 -.09 -.06
        poly own -.09 -.06 -.09 -.25 .09 -.2 .09 -.01
        poly own- .09 -.01 .09 -.2 .26 -.24 .26 -.05
        blob green -.22 -.16 -.14 -.21 -.1 -.16 -.15 -.11
        blob green -.02 -.2 .06 -.19 .05 -.12 -.04 -.14
        blob water .13 -.12 .22 -.2 .24 -.1 .16 -.06
        line red .012 -.2 -.08 -.16 -.095
        line red .012 -.13 -.1 -.07 -.095
        line red .012 -.03 -.08 .02 -.065
        line red .016 .11 -.17 .16 -.13
        line red .016 .16 -.18 .11 -.12""", (0.93, 0.84, 0.64), (-0.2, -0.05), 0.62),
    "skull": _small("""
        blob own -.1 -.02 -.1 -.08 -.16 -.14 -.15 -.25 -.05 -.32 .07 -.31 .15 -.23 .14 -.13 .1 -.08 .09 -.02 0 0
        blob own- .05 -.01 .06 -.1 .1 -.2 .07 -.31 .15 -.23 .14 -.13 .1 -.08 .09 -.02
        oval black -.055 -.15 .04 .042
        oval black .055 -.15 .038 .042
        poly black -.016 -.1 .016 -.1 0 -.13
        line black .01 -.06 -.05 .06 -.05
        line black .008 -.03 -.065 -.03 -.02
        line black .008 0 -.065 0 -.02
        line black .008 .03 -.065 .03 -.02""", (0.90, 0.86, 0.75), (0.0, 0.0), 0.6),
    "book": _laid("""
        poly own- -.22 -.01 -.2 -.1 .2 -.1 .22 -.01
        poly white -.2 -.03 -.18 -.09 .18 -.09 .2 -.03
        box own -.22 -.035 .22 0 .01
        box own+ -.22 -.125 .22 -.09 .01
        box green -.17 -.2 .19 -.125 .01
        box paper -.16 -.18 .17 -.145""", (0.58, 0.22, 0.24)),
    "letter": _laid("""
        poly own -.17 0 -.15 -.2 .17 -.17 .15 .02
        poly own- -.15 -.2 .02 -.09 .17 -.17
        oval red .02 -.1 .03 .03""", (0.93, 0.88, 0.76)),
    "lantern": _laid("""
        bow iron .014 -.06 -.27 0 -.35 .06 -.27
        poly iron -.1 -.25 0 -.31 .1 -.25
        box lamp -.075 -.25 .075 -.04
        oval fire 0 -.12 .028 .05
        line iron .014 -.075 -.25 -.085 -.03
        line iron .014 .075 -.25 .085 -.03
        line iron .01 0 -.25 0 -.2
        box iron -.1 -.045 .1 0 .01""", (0.3, 0.3, 0.34)),
    "bag": _laid("""
        bow own- .028 -.09 -.22 0 -.33 .09 -.22
        blob own -.19 0 -.18 -.14 -.12 -.24 .12 -.24 .18 -.14 .19 0
        blob own- -.12 -.24 .12 -.24 .15 -.15 0 -.1 -.15 -.15
        box brass -.03 -.14 .03 -.09 .008""", (0.48, 0.31, 0.20)),
    "flask": _laid("""
        blob glass+ -.04 -.3 -.03 -.18 -.13 -.02 -.1 .005 .1 .005 .13 -.02 .03 -.18 .04 -.3
        blob own -.085 -.1 -.125 -.025 -.1 0 .1 0 .125 -.025 .085 -.1
        oval own++ -.03 -.05 .014 .014
        oval own++ .04 -.07 .01 .01
        box bark -.035 -.33 .035 -.285 .01""", (0.32, 0.72, 0.54)),
    "tray": _laid("""
        oval own 0 -.01 .26 .03
        oval own+ 0 -.018 .22 .018
        blob white -.12 -.13 -.11 -.05 -.08 -.02 -.02 -.02 .01 -.05 .02 -.13
        blob green- .08 -.02 .07 -.16 .1 -.2 .1 -.28 .14 -.28 .14 -.2 .17 -.16 .16 -.02""", (0.72, 0.74, 0.78)),
}  # fmt: skip
"""Things for a table or a hand, by canonical word."""
