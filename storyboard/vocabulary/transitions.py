"""How one scene gives way to the next: the kinds, the words for their options, and what each kind takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from storyboard.vocabulary.table import Table

TRANSITIONS = Table(
    "transition",
    {
        "cut": (
            "hard cut, straight cut, none, cut to",
            "склейка, монтажная склейка, резкая склейка, стык, нет",
        ),
        "crossfade": (
            "cross fade, cross-fade, dissolve, cross dissolve, xfade, mix, fade over",
            "наплыв, растворение, перекрёстное растворение, микс",
        ),
        "fade": (
            "fade to, fade through, fade out, fade in, dip, dip to, dissolve through, dissolve to",
            "затемнение, уход в затемнение, через затемнение, из затемнения, фейд, уход в, выход из",
        ),
        "wipe": ("wipes", "шторка, вытеснение, стирание"),
        "slide": ("slides, cover", "сдвиг, скольжение, сдвижка, наезд кадра"),
        "push": ("pushes, push out", "выталкивание, толчок, вытолкнуть"),
        "circle": (
            "iris, circle wipe, iris wipe, circular iris",
            "круг, ирис, диафрагма, ирисовая диафрагма, круговая шторка",
        ),
        "clock": ("clock wipe, radial wipe, radial, clock hand", "часы, стрелка, часовая стрелка, радиальная шторка"),
        "zoom": ("cross zoom, crosszoom, zoom through, punch", "зум, трансфокация, наезд, кросс-зум"),
        "blur": ("cross blur, defocus, focus pull, blur over", "размытие, расфокус, расфокусировка, блюр"),
        "whip": (
            "whip pan, whippan, swish, swish pan, flash pan",
            "вжик, смаз, переброска, смазанная панорама, рывок камеры",
        ),
        "matte": (
            "luma matte, luma wipe, luma, gradient wipe, picture wipe, mask",
            "маска, каше, каше по картинке, по маске, яркостная маска, трафарет",
        ),
        "glitch": ("glitches, digital glitch, interference, noise", "глитч, помехи, сбой, цифровые помехи"),
    },
)

DIRECTIONS = Table(
    "direction",
    {
        "left": ("to the left, leftwards, leftward", "влево, налево, справа налево"),
        "right": ("to the right, rightwards, rightward", "вправо, направо, слева направо"),
        "up": ("upwards, upward", "вверх, наверх, снизу вверх"),
        "down": ("downwards, downward", "вниз, сверху вниз"),
        "in": ("inwards, open, opening, opens, growing", "внутрь, открытие, открыть, открывается, приближение"),
        "out": ("outwards, close, closing, closes, shrinking", "наружу, закрытие, закрыть, закрывается, удаление"),
    },
)

ANY_COLOUR = "#rrggbb"
"""Stands among a kind's options where it takes any colour."""
_FOUR = ("left", "right", "up", "down")
_USUAL = Fraction(7, 10)


@dataclass(frozen=True, slots=True)
class Manner:
    """What one kind of transition takes: its options, the usual one first, how long it lasts where nothing is written.

    `linear` says whether it mixes pictures, be it at an edge, so that it may do so in linear light; `picture` says
    whether it follows one.
    """

    options: tuple[str, ...] = ()
    seconds: Fraction = _USUAL
    linear: bool = False
    picture: bool = False

    @property
    def usual(self) -> str:
        """The option that is taken where none is written: a direction, black where it takes colours, or ""."""
        if not self.options:
            return ""
        return "#000000" if self.options[0] == ANY_COLOUR else self.options[0]


MANNERS: Mapping[str, Manner] = {
    "cut": Manner(seconds=Fraction(0)),
    "crossfade": Manner(seconds=Fraction(1), linear=True),
    "fade": Manner((ANY_COLOUR,), Fraction(1), linear=True),
    "wipe": Manner(_FOUR, linear=True),
    "slide": Manner(_FOUR),
    "push": Manner(_FOUR),
    "circle": Manner(("in", "out"), linear=True),
    "clock": Manner(linear=True),
    "zoom": Manner(("in", "out"), linear=True),
    "blur": Manner(linear=True),
    "whip": Manner(_FOUR),
    "matte": Manner(seconds=Fraction(1), linear=True, picture=True),
    "glitch": Manner(),
}
"""Every kind of the vocabulary; the plug-ins that make them name the same options."""
