"""What each role wears and carries when nothing more is written, and the colours that a film's people are given.

Tables of data. A role leaves out `top` where the person's own colour is to be seen.
"""

from __future__ import annotations

from typing import Any

from scenes.backends.animatic.figure import Colour

SKINS: tuple[Colour, ...] = (
    (0.95, 0.79, 0.66), (0.90, 0.70, 0.55), (0.83, 0.61, 0.45), (0.96, 0.82, 0.71), (0.62, 0.42, 0.30),
    (0.90, 0.73, 0.58),
    (0.47, 0.31, 0.23), (0.87, 0.66, 0.49),
)  # fmt: skip
HAIRS: tuple[Colour, ...] = (
    (0.24, 0.15, 0.10), (0.12, 0.09, 0.09), (0.43, 0.26, 0.14), (0.62, 0.42, 0.20), (0.55, 0.22, 0.10),
    (0.32, 0.20, 0.13), (0.80, 0.62, 0.34),
)  # fmt: skip
GREY: Colour = (0.82, 0.81, 0.80)
TOPS: tuple[Colour, ...] = (
    (0.74, 0.25, 0.19), (0.20, 0.42, 0.56), (0.84, 0.60, 0.22), (0.27, 0.49, 0.34), (0.51, 0.28, 0.47),
    (0.16, 0.50, 0.50), (0.86, 0.45, 0.29), (0.35, 0.36, 0.60), (0.72, 0.36, 0.44), (0.55, 0.53, 0.26),
)  # fmt: skip
BOTTOMS: tuple[Colour, ...] = (
    (0.18, 0.21, 0.33), (0.31, 0.24, 0.20), (0.25, 0.28, 0.26), (0.36, 0.31, 0.36), (0.21, 0.29, 0.38),
    (0.42, 0.35, 0.26),
)  # fmt: skip
SHOES: tuple[Colour, ...] = ((0.18, 0.13, 0.12), (0.33, 0.21, 0.14), (0.14, 0.14, 0.19))

STEEL: Colour = (0.60, 0.64, 0.70)
WHITE: Colour = (0.93, 0.93, 0.91)
BLACK: Colour = (0.15, 0.14, 0.17)
GOLD: Colour = (0.90, 0.71, 0.28)
BROWN: Colour = (0.45, 0.31, 0.20)

ROLES: dict[str, dict[str, Any]] = {
    "": {},
    "hero": {"garment": "coat", "scarf": (0.90, 0.74, 0.30)},
    "heroine": {"womanly": True, "garment": "coat", "scarf": (0.92, 0.82, 0.55), "hair_style": "pony"},
    "man": {},
    "woman": {"womanly": True, "garment": "dress"},
    "child": {"age": "child"},
    "old man": {"age": "old", "beard": "full", "garment": "suit", "prop": "cane", "hair_style": "bald"},
    "old woman": {"age": "old", "womanly": True, "garment": "dress", "hat": "headscarf", "hair_style": "bun"},
    "detective": {
        "garment": "coat", "top": (0.56, 0.45, 0.31), "hat": "fedora", "hat_colour": (0.33, 0.27, 0.21),
        "beard": "stubble", "bottom": (0.23, 0.22, 0.25),
    },
    "wizard": {
        "age": "old", "garment": "robe", "top": (0.25, 0.27, 0.52), "hat": "wizard",
        "hat_colour": (0.25, 0.27, 0.52), "beard": "long",
        "prop": "staff", "hair_style": "long",
    },
    "knight": {
        "garment": "armour", "top": STEEL, "bottom": STEEL, "hat": "helmet", "hat_colour": STEEL, "prop": "sword",
        "cape": (0.62, 0.16, 0.19), "shoes": (0.4, 0.43, 0.48),
    },
    "king": {
        "garment": "robe", "top": (0.55, 0.13, 0.19), "cape": (0.36, 0.17, 0.42), "hat": "crown", "hat_colour": GOLD,
        "beard": "full", "girth": 1.15,
    },
    "queen": {
        "womanly": True, "garment": "robe", "top": (0.47, 0.19, 0.42), "cape": (0.66, 0.16, 0.24), "hat": "crown",
        "hat_colour": GOLD, "hair_style": "long",
    },
    "soldier": {
        "garment": "coat", "top": (0.35, 0.39, 0.27), "bottom": (0.29, 0.32, 0.24), "hat": "peaked cap",
        "hat_colour": (0.32, 0.36, 0.25), "hair_style": "crop",
    },
    "scientist": {"garment": "coat", "top": WHITE, "glasses": True, "hair_style": "spiky", "prop": "flask"},
    "doctor": {"garment": "coat", "top": WHITE, "prop": "bag", "prop_colour": (0.30, 0.20, 0.16)},
    "robot": {
        "kind": "robot", "garment": "armour", "top": (0.58, 0.66, 0.71), "bottom": (0.46, 0.53, 0.58),
        "skin": (0.70, 0.77, 0.81), "shoes": (0.33, 0.37, 0.41), "hair_style": "bald",
    },
    "astronaut": {
        "garment": "spacesuit", "top": WHITE, "bottom": WHITE, "hat": "globe", "hat_colour": WHITE,
        "shoes": (0.55, 0.57, 0.62), "hair_style": "crop",
    },
    "worker": {
        "garment": "overalls", "bottom": (0.22, 0.34, 0.52), "hat": "hard hat", "hat_colour": (0.95, 0.74, 0.20),
        "prop": "wrench",
    },
    "farmer": {
        "garment": "overalls", "bottom": (0.32, 0.36, 0.45), "hat": "straw", "hat_colour": (0.88, 0.74, 0.42),
        "prop": "pitchfork",
    },
    "musician": {
        "garment": "suit", "top": BLACK, "bottom": BLACK, "prop": "violin", "prop_colour": (0.60, 0.30, 0.14),
        "hair_style": "curly",
    },
    "villain": {
        "garment": "coat", "top": (0.19, 0.16, 0.21), "bottom": BLACK, "cape": (0.33, 0.10, 0.17), "hat": "top hat",
        "hat_colour": BLACK, "beard": "moustache", "girth": 0.94,
    },
    "merchant": {
        "garment": "coat", "top": (0.24, 0.22, 0.27), "bottom": (0.27, 0.25, 0.28), "waistcoat": (0.52, 0.17, 0.19),
        "girth": 1.12, "beard": "full", "hair_style": "short",
    },
    "servant": {"garment": "suit", "top": BLACK, "bottom": (0.27, 0.27, 0.30), "prop": "tray"},
    "maid": {
        "womanly": True, "garment": "dress", "top": (0.22, 0.23, 0.31), "apron": WHITE, "hat": "bonnet",
        "hat_colour": WHITE, "hair_style": "bun",
    },
    "clerk": {"garment": "suit", "glasses": True, "prop": "letter", "girth": 0.94},
    "witch": {
        "womanly": True, "age": "old", "garment": "dress", "top": (0.23, 0.17, 0.31), "cape": (0.19, 0.33, 0.24),
        "hat": "witch", "hat_colour": (0.20, 0.15, 0.27), "hair_style": "long", "skin": (0.80, 0.80, 0.58),
        "prop": "broom",
    },
    "pirate": {
        "garment": "coat", "top": (0.50, 0.14, 0.15), "bottom": (0.22, 0.20, 0.24), "waistcoat": (0.82, 0.72, 0.48),
        "hat": "tricorne", "hat_colour": (0.16, 0.14, 0.17), "beard": "full", "patch": True, "prop": "sword",
        "hair_style": "long", "girth": 1.08,
    },
    "thief": {
        "garment": "shirt", "top": (0.21, 0.22, 0.26), "bottom": BLACK, "scarf": (0.45, 0.12, 0.14), "hat": "beanie",
        "hat_colour": (0.16, 0.17, 0.21), "beard": "stubble", "prop": "bag", "prop_colour": (0.66, 0.56, 0.40),
        "girth": 0.92,
    },
    "prince": {
        "garment": "coat", "top": (0.19, 0.31, 0.58), "bottom": (0.88, 0.84, 0.74), "cape": (0.68, 0.15, 0.21),
        "hat": "coronet", "hat_colour": GOLD, "prop": "sword", "shoes": (0.24, 0.15, 0.11), "hair_style": "curly",
        "waistcoat": (0.90, 0.78, 0.45),
    },
    "princess": {
        "womanly": True, "garment": "robe", "top": (0.88, 0.53, 0.64), "hat": "coronet", "hat_colour": GOLD,
        "hair_style": "braid", "cape": (0.97, 0.90, 0.86), "girth": 0.96,
    },
    "nurse": {
        "womanly": True, "garment": "dress", "top": (0.47, 0.63, 0.76), "apron": WHITE, "hat": "nurse cap",
        "hat_colour": WHITE, "hair_style": "bun", "prop": "tray", "shoes": WHITE,
    },
    "crowd": {},
    "dog": {"kind": "dog", "skin": (0.62, 0.44, 0.28), "stature": 0.4},
    "cat": {"kind": "cat", "skin": (0.45, 0.43, 0.45), "stature": 0.26},
    "horse": {"kind": "horse", "skin": (0.50, 0.31, 0.20), "stature": 1.05},
    "wolf": {"kind": "wolf", "skin": (0.43, 0.45, 0.49), "stature": 0.48},
    "fox": {"kind": "wolf", "skin": (0.83, 0.43, 0.17), "stature": 0.36},
    "bird": {"kind": "bird", "skin": (0.24, 0.26, 0.34), "stature": 0.16},
}  # fmt: skip
"""Fields of `Look` by canonical role."""
