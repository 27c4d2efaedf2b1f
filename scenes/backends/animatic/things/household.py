"""Furniture and what stands about a house: piano, bed, clock, mirror, ladder, barrel, chest, computer, telescope."""

from __future__ import annotations

from scenes.backends.animatic.things.drawing import Piece, drawn

_CLOCK = """
        line iron .016 -.035 .05 -.055 .07
        line iron .016 .035 .05 .055 .07
        oval own 0 0 .075 .075
        oval white 0 0 .058 .058
        line black .009 0 0 0 -.04
        line black .009 0 0 .028 .012
        oval own- -.04 -.08 .03 .024
        oval own- .04 -.08 .03 .024"""
_SPYGLASS = """
        poly own -.02 -.02 .1 -.06 .11 -.03 -.01 .014
        poly own- .1 -.075 .22 -.115 .235 -.06 .115 -.02
        poly brass .21 -.125 .235 -.13 .255 -.06 .23 -.05
        poly brass .095 -.078 .11 -.08 .125 -.02 .112 -.016
        oval black -.02 -.002 .014 .022"""

PIECES = {
    "piano": Piece(drawn("""
        box own- -.78 -.1 -.68 .02
        box own- .66 -.1 .76 .02
        box own -.8 -1.02 .78 -.06 .02
        box own+ -.84 -1.06 .82 -.99 .02
        box own- -.7 -.9 .68 -.62 .02
        box paper -.2 -.96 .16 -.7 .01
        line black .008 -.16 -.9 .12 -.9
        line black .008 -.16 -.85 .12 -.85
        line black .008 -.16 -.8 .12 -.8
        box own+ -.86 -.6 .84 -.5 .02
        box white -.76 -.585 .74 -.52
        line black .024 -.66 -.575 -.66 -.545
        line black .024 -.56 -.575 -.56 -.545
        line black .024 -.38 -.575 -.38 -.545
        line black .024 -.28 -.575 -.28 -.545
        line black .024 -.18 -.575 -.18 -.545
        line black .024 0 -.575 0 -.545
        line black .024 .1 -.575 .1 -.545
        line black .024 .28 -.575 .28 -.545
        line black .024 .38 -.575 .38 -.545
        line black .024 .48 -.575 .48 -.545
        line black .024 .64 -.575 .64 -.545
        line own- .05 -.76 -.5 -.72 .02
        line own- .05 .74 -.5 .7 .02
        line brass .03 -.06 -.07 -.06 -.02
        line brass .03 .04 -.07 .04 -.02
        box brass -.56 -1.16 -.5 -1.06
        box white -.545 -1.3 -.515 -1.14
        oval fire -.53 -1.34 .018 .035""", (0.28, 0.18, 0.15)), depth=1.3),
    "bed": Piece(drawn("""
        box own- -1.12 -.72 -1 .02 .03
        box own- .94 -.5 1.05 .02 .03
        box own -1.08 -.36 1 -.14 .03
        blob white -1.02 -.34 -1 -.56 -.6 -.58 .9 -.52 .98 -.42 .96 -.3
        blob white+ -.99 -.5 -.94 -.66 -.72 -.68 -.54 -.62 -.54 -.5 -.76 -.46
        blob red -.46 -.57 .2 -.57 .92 -.53 1 -.42 .99 -.2 .3 -.16 -.5 -.18 -.55 -.4
        bow red+ .03 -.44 -.52 -.48 -.36 -.44 -.2
        bow red- .018 -.1 -.5 -.14 -.34 -.08 -.2
        bow red- .018 .4 -.48 .36 -.34 .42 -.2
        oval own+ -1.06 -.75 .07 .06
        oval own+ 1 -.53 .065 .055""", (0.48, 0.32, 0.21)), depth=1.3),
    "clock": Piece(drawn("""
        box own- -.25 -.12 .25 .02 .02
        box own -.19 -1.02 .19 -.1 .01
        box glass-- -.12 -.94 .12 -.3 .02
        line brass .016 0 -.94 .03 -.44
        oval brass .035 -.42 .06 .06
        line brass .02 -.07 -.94 -.07 -.6
        box own -.25 -1.46 .25 -1 .03
        blob own- -.27 -1.44 -.12 -1.53 0 -1.62 .12 -1.53 .27 -1.44
        oval brass 0 -1.23 .19 .19
        oval white 0 -1.23 .165 .165
        line black .02 0 -1.23 0 -1.35
        line black .02 0 -1.23 .08 -1.2
        oval black 0 -1.37 .01 .014
        oval black 0 -1.09 .01 .014
        oval black -.14 -1.23 .014 .01
        oval black .14 -1.23 .014 .01""", (0.45, 0.28, 0.18)), depth=1.2, held=drawn(_CLOCK, (0.80, 0.30, 0.24))),
    "mirror": Piece(drawn("""
        line own- .045 -.2 -.3 -.28 .02
        line own- .045 .2 -.3 .28 .02
        line own- .04 -.26 -.12 .26 -.12
        oval own 0 -.78 .34 .56
        oval own+ 0 -.78 .31 .53
        oval glass 0 -.78 .27 .48
        poly glass++ -.2 -.7 .06 -1.22 .14 -1.18 -.15 -.58
        poly glass++ -.1 -.5 .22 -1.08 .24 -1 -.04 -.44
        blob own -.1 -1.32 0 -1.44 .1 -1.32 0 -1.3
        oval own -.34 -.78 .05 .05
        oval own .34 -.78 .05 .05""", (0.80, 0.62, 0.30)), depth=1.2),
    "ladder": Piece(drawn("""
        line own .05 -.26 .02 -.13 -1.75
        line own- .05 .26 .02 .13 -1.75
        line own .04 -.24 -.2 .24 -.2
        line own .04 -.22 -.46 .22 -.46
        line own .04 -.2 -.72 .2 -.72
        line own .04 -.18 -.98 .18 -.98
        line own .04 -.16 -1.24 .16 -1.24
        line own .04 -.15 -1.5 .15 -1.5""", (0.66, 0.46, 0.28)), depth=1.2),
    "barrel": Piece(drawn("""
        blob own -.164 .008 -.205 -.115 -.221 -.246 -.205 -.394 -.164 -.508 0 -.492 .164 -.508 .205 -.394 .221 \
            -.246 .205 -.115 .164 .008 0 .025
        blob own- .082 .016 .115 -.246 .082 -.5 .164 -.508 .205 -.394 .221 -.246 .205 -.115 .164 .008
        bow own-- .008 -.082 .008 -.107 -.246 -.082 -.492
        bow own-- .008 .016 .016 .016 -.246 .016 -.492
        bow iron .029 -.197 -.098 0 -.074 .197 -.098
        bow iron .029 -.197 -.41 0 -.385 .197 -.41
        oval own-- 0 -.5 .164 .037
        oval own+ 0 -.492 .139 .025""", (0.56, 0.37, 0.22)), depth=1.15),
    "chest": Piece(drawn("""
        box own -.36 -.28 .36 .02 .02
        blob own+ -.37 -.27 -.37 -.4 -.3 -.49 0 -.52 .3 -.49 .37 -.4 .37 -.27
        box own-- -.37 -.29 .37 -.26
        line brass .05 -.22 -.49 -.22 .01
        line brass .05 .22 -.49 .22 .01
        line brass .03 -.36 -.01 .36 -.01
        box brass -.06 -.34 .06 -.2 .02
        oval black 0 -.28 .016 .016
        line black .012 0 -.28 0 -.24""", (0.52, 0.32, 0.19)), depth=1.12),
    "crate": Piece(drawn("""
        box own -.216 -.396 .216 .018 .009
        box own+ -.216 -.396 .216 -.333
        box own+ -.216 -.045 .216 .018
        line own- .054 -.18 -.324 .18 -.054
        box own+ -.216 -.396 -.153 .018
        box own+ .153 -.396 .216 .018
        line own-- .009 -.153 -.234 .153 -.234
        line own-- .009 -.153 -.144 .153 -.144""", (0.66, 0.48, 0.29)), depth=1.12),
    "stool": Piece(drawn("""
        line own- .035 -.14 -.3 -.18 .02
        line own- .035 .14 -.3 .18 .02
        line own- .03 0 -.3 .02 -.02
        line own- .022 -.16 -.12 .16 -.12
        oval own- 0 -.3 .2 .05
        oval own 0 -.32 .2 .05""", (0.52, 0.35, 0.22)), depth=1.1),
    "chair": Piece(drawn("""
        line own- .03 -.12 -.01 -.11 -.28
        line own- .03 .17 -.01 .15 -.28
        line own .034 -.2 .02 -.16 -.29 -.23 -.64
        line own .034 .12 .02 .12 -.28
        line own- .02 -.16 -.12 .12 -.12
        line own .032 -.2 -.42 -.12 -.41
        line own .032 -.21 -.52 -.13 -.51
        line own .032 -.22 -.61 -.14 -.6
        line tan .05 -.18 -.295 .16 -.295""", (0.58, 0.40, 0.25)), depth=1.1),
    "computer": Piece(drawn("""
        box wood -.62 -.47 .62 -.4 .01
        box wood- -.58 -.4 -.52 .02
        box wood- .52 -.4 .58 .02
        box wood- .2 -.4 .54 -.08 .01
        line brass .02 .33 -.32 .41 -.32
        line brass .02 .33 -.18 .41 -.18
        box iron -.1 -.56 .06 -.48
        box own -.4 -1.02 .36 -.54 .03
        box blue- -.36 -.98 .32 -.6 .01
        line glass+ .018 -.3 -.9 .06 -.9
        line glass .018 -.3 -.83 .2 -.83
        line glass .018 -.3 -.76 -.04 -.76
        line brass .018 -.3 -.69 .1 -.69
        poly steel -.34 -.47 -.28 -.52 .24 -.52 .3 -.47
        blob own .38 -.47 .4 -.51 .47 -.5 .48 -.47""", (0.24, 0.26, 0.31)), depth=1.12, held=drawn("""
        poly own -.06 -.16 .11 -.19 .13 -.04 -.04 -.01
        poly blue -.045 -.145 .1 -.172 .115 -.055 -.03 -.028
        line glass+ .008 -.03 -.125 .05 -.14
        line glass+ .008 -.026 -.1 .07 -.118
        poly steel -.06 0 .13 -.035 .17 .005 -.02 .04""", (0.24, 0.26, 0.31))),
    "telescope": Piece(drawn("""
        line wood .035 0 -.72 -.26 .02
        line wood- .035 0 -.72 .05 .02
        line wood .035 0 -.72 .3 .02
        oval iron 0 -.74 .05 .05
        poly own -.4 -.6 -.36 -.52 .1 -.74 .04 -.86
        poly own+ .02 -.9 .12 -.7 .5 -.9 .4 -1.1
        poly brass .38 -1.13 .44 -1.15 .56 -.9 .5 -.87
        poly brass .02 -.9 .06 -.92 .14 -.72 .1 -.69
        poly black -.44 -.6 -.4 -.62 -.35 -.51 -.4 -.5""", (0.62, 0.40, 0.22)), depth=1.15,
        held=drawn(_SPYGLASS, (0.62, 0.40, 0.22))),
    "telephone": Piece(drawn("""
        blob own -.15 .005 -.13 -.06 -.08 -.13 .08 -.13 .13 -.06 .15 .005
        line own- .03 -.07 -.14 -.07 -.17
        line own- .03 .07 -.14 .07 -.17
        bow own .05 -.17 -.15 -.14 -.2 0 -.22 .14 -.2 .17 -.15
        oval own- -.165 -.15 .04 .032
        oval own- .165 -.15 .04 .032
        oval white 0 -.065 .06 .052
        oval own- 0 -.065 .025 .022
        oval black -.035 -.08 .009 .009
        oval black -.02 -.1 .009 .009
        oval black .02 -.1 .009 .009
        oval black .035 -.08 .009 .009
        oval black .04 -.05 .009 .009
        oval black -.04 -.05 .009 .009""", (0.17, 0.17, 0.20)), "table", held=drawn("""
        bow black .006 .01 .05 .04 .09 .0 .13 .04 .17
        bow own .028 -.03 .045 .0 0 .03 -.05 .05 -.1
        oval own -.015 .05 .028 .02
        oval own .062 -.095 .022 .028""", (0.17, 0.17, 0.20))),
}  # fmt: skip
"""Furniture and the like, by canonical word."""
