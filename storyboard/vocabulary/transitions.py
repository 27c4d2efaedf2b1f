"""How one scene gives way to the next."""

from __future__ import annotations

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
            "fade to, fade through, fade out, fade in, dip, dip to",
            "затемнение, уход в затемнение, через затемнение, из затемнения, фейд, уход в, выход из",
        ),
        "wipe": ("wipes", "шторка, вытеснение, стирание"),
        "slide": ("push, slides", "сдвиг, скольжение, выталкивание, сдвижка"),
    },
)

DIRECTIONS = Table(
    "direction",
    {
        "left": ("to the left, leftwards, leftward", "влево, налево, справа налево"),
        "right": ("to the right, rightwards, rightward", "вправо, направо, слева направо"),
        "up": ("upwards, upward", "вверх, наверх, снизу вверх"),
        "down": ("downwards, downward", "вниз, сверху вниз"),
    },
)
