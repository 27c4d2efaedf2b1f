"""Long things that nobody holds: stuck into the ground, leaning on a post, lying in the grass."""

from __future__ import annotations

from scenes.backends.animatic.things.drawing import Piece, drawn

_POST = "line bark .07 -.02 .02 -.02 -.62"

PIECES = {
    "sword": Piece(drawn("""
        blob stone- -.34 .05 -.3 -.16 -.1 -.28 .16 -.25 .34 -.08 .36 .05
        poly steel+ -.03 -.2 -.035 -.72 .0 -.72 .0 -.2
        poly steel .0 -.2 .0 -.72 .035 -.72 .03 -.2
        line own .04 -.15 -.72 .15 -.72
        line bark .04 0 -.74 0 -.9
        oval own 0 -.93 .035 .035""", (0.84, 0.66, 0.30)), depth=1.12),
    "staff": Piece(drawn(f"""
        {_POST}
        line own .035 .16 .02 0 -1.05
        bow own .035 0 -1.05 .05 -1.12 .03 -1.22 -.07 -1.2 -.08 -1.1
        oval glass+ -.02 -1.14 .045 .045"""), depth=1.1),
    "spear": Piece(drawn(f"""
        {_POST}
        line own .03 .18 .02 -.04 -1.2
        poly steel -.09 -1.16 -.07 -1.36 .02 -1.2"""), depth=1.1),
    "torch": Piece(drawn("""
        line iron .04 0 .02 0 -.6
        line iron .025 -.12 .03 0 -.2 .12 .03
        poly own -.06 -.8 .06 -.8 .035 -.56 -.035 -.56
        blob fire -.08 -.8 -.06 -.96 .01 -1.12 .05 -.96 .08 -.8 0 -.76
        blob lamp -.035 -.81 -.02 -.9 .01 -.98 .035 -.88 .03 -.81"""), depth=1.1),
    "pitchfork": Piece(drawn(f"""
        {_POST}
        line own .03 .2 .02 0 -.8
        bow iron .024 -.12 -1.02 -.1 -.86 0 -.8 .08 -.84 .04 -1.06
        line iron .024 0 -.8 -.04 -1.04"""), depth=1.1),
    "broom": Piece(drawn(f"""
        {_POST}
        line own .03 .05 -.2 -.06 -1.1
        poly tan .02 -.26 .09 -.27 .2 .02 0 .03
        line red .024 .01 -.2 .11 -.21"""), depth=1.1),
    "cane": Piece(drawn(f"""
        {_POST}
        bow own .03 .16 .02 .02 -.6 -.05 -.66 -.1 -.58"""), depth=1.1),
    "umbrella": Piece(drawn("""
        line iron .022 .02 -.88 .02 -.08
        bow iron .026 .02 -.1 .03 -.02 .1 0 .14 -.07
        poly own -.54 -.44 -.5 -.6 -.4 -.73 -.24 -.82 .02 -.86 .28 -.82 .44 -.73 .54 -.6 .58 -.44 .39 -.5 .2 \
            -.45 .02 -.5 -.16 -.45 -.35 -.5
        poly own- .02 -.86 .28 -.82 .44 -.73 .54 -.6 .58 -.44 .39 -.5 .2 -.45 .2 -.64
        bow own-- .012 -.16 -.46 -.14 -.66 .02 -.86
        bow own-- .012 .2 -.46 .18 -.66 .02 -.86
        line iron .03 .02 -.86 .02 -.92""", (0.72, 0.24, 0.26)), depth=1.1),
    "wrench": Piece(drawn("""
        box own -.26 -.2 .26 .02 .02
        box own- -.28 -.24 .28 -.17 .02
        bow iron .024 -.1 -.24 0 -.34 .1 -.24
        line steel .05 .02 -.22 .2 -.42
        bow steel .05 .17 -.5 .2 -.42 .3 -.42""", (0.72, 0.24, 0.20)), depth=1.1),
    "violin": Piece(drawn("""
        line bark .03 -.16 .02 0 -.5
        line bark .03 .18 .02 .04 -.4
        blob own 0 -.08 -.13 -.12 -.14 -.24 -.07 -.32 -.11 -.42 -.05 -.5 .06 -.5 .12 -.42 .08 -.32 .15 -.24 .14 -.12
        line black .035 0 -.3 0 -.76
        oval bark 0 -.79 .03 .035
        box black -.03 -.2 .04 -.18
        line bark .012 .24 .02 .1 -.74""", (0.62, 0.30, 0.14)), depth=1.1),
}  # fmt: skip
"""Things of long shape that stand about, by canonical word."""
