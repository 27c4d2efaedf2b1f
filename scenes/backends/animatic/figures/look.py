"""How one person looks: build, colours, clothes, hat, hair and what is carried.

Plain hashable data that both the whole figure and the close-up are painted from, so that the two agree.
Knows nothing of drawing, of poses or of the words that it was read from.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from scenes.backends.animatic.figure import Colour

Kind = Literal["person", "robot", "dog", "cat", "wolf", "horse", "bird"]
Age = Literal["child", "grown", "old"]
Garment = Literal["shirt", "suit", "coat", "dress", "robe", "armour", "apron", "overalls", "spacesuit"]
Hair = Literal["short", "crop", "long", "bob", "pony", "braid", "bun", "curly", "spiky", "bald"]
Beard = Literal["", "full", "long", "moustache", "stubble"]
Hat = Literal[
    "", "felt", "hood", "fedora", "wizard", "crown", "cap", "top hat", "kerchief", "bonnet", "headscarf",
    "beanie", "straw", "helmet", "hard hat", "peaked cap", "beret", "globe", "witch", "tricorne", "coronet",
    "nurse cap",
]  # fmt: skip
Prop = Literal[
    "", "lantern", "staff", "umbrella", "book", "candle", "bouquet", "suitcase", "sword", "broom", "spear",
    "violin", "tray", "bag", "pitchfork", "wrench", "cane", "flask", "letter", "torch", "guitar", "clock",
    "telephone", "computer", "key", "gift", "cake", "teapot", "cup", "ball", "balloon", "kite", "map", "telescope",
    "flag", "skull", "crystal",
]  # fmt: skip

HOLDABLE: frozenset[str] = frozenset(get_args(Prop)) - {""}
"""What a hand can hold."""
CARRIED = frozenset({"crate", "barrel", "chest", "stool", "chair", "mirror", "ladder", "gift", "cake"})
"""What both arms can carry, besides."""

GROWN_BODY = 0.84
"""What a grown person has below the chin, as a part of his height; body units are true to it."""
CHILD_HEAD = 0.215
"""The head of a child as a part of its own height."""


@dataclass(frozen=True, slots=True)
class Look:
    """One person as the painter sees him.

    `stature` is his height as a part of a grown person's; `head` the height of his head as a part of his own
    height; `girth` widens (above 1) or narrows the body. Colours are sRGB in 0..1. `scarf`, `cape`, `apron` and
    `waistcoat` are worn where they have a colour. `load` is what he carries in both arms when he carries, in
    `load_colour` or its own ("" is a crate). `unread` lists words of the description that changed nothing.
    """

    kind: Kind = "person"
    age: Age = "grown"
    womanly: bool = False
    stature: float = 1.0
    head: float = 0.175
    girth: float = 1.0
    skin: Colour = (0.91, 0.72, 0.57)
    hair: Colour = (0.23, 0.15, 0.1)
    hair_style: Hair = "short"
    beard: Beard = ""
    glasses: bool = False
    patch: bool = False
    garment: Garment = "shirt"
    top: Colour = (0.64, 0.23, 0.18)
    bottom: Colour = (0.17, 0.2, 0.31)
    shoes: Colour = (0.17, 0.13, 0.12)
    scarf: Colour | None = None
    cape: Colour | None = None
    apron: Colour | None = None
    waistcoat: Colour | None = None
    hat: Hat = ""
    hat_colour: Colour = (0.2, 0.2, 0.24)
    prop: Prop = ""
    prop_colour: Colour = (0.42, 0.29, 0.17)
    load: str = ""
    load_colour: Colour | None = None
    unread: tuple[str, ...] = ()


def mix(first: Colour, second: Colour, part: float) -> Colour:
    """The colour that lies `part` (0..1) of the way from `first` to `second`."""
    return (
        first[0] + (second[0] - first[0]) * part,
        first[1] + (second[1] - first[1]) * part,
        first[2] + (second[2] - first[2]) * part,
    )


def deeper(colour: Colour, part: float) -> Colour:
    """The colour in shade: `part` of the way to a cool dark of its own hue, never to plain black."""
    return mix(colour, (colour[0] * 0.18, colour[1] * 0.14, colour[2] * 0.24), part)


def paler(colour: Colour, part: float) -> Colour:
    """The colour `part` of the way to warm white."""
    return mix(colour, (1.0, 0.98, 0.94), part)


def luma(colour: Colour) -> float:
    """Perceived lightness of an sRGB colour, 0..1 (BT.709 weights)."""
    return 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]
