"""Words as pictures: title cards, lower thirds, rolling credits and burned captions, set by Skia's paragraph engine.

Latin, Cyrillic and Greek are set in the bundled faces, the same on every machine; other scripts in the faces of
optional packages, or in the system's own. Yields premultiplied BGRA to be laid over any picture.
"""

from __future__ import annotations

from scenes.lettering.captions import caption, caption_advance, caption_band, column_of
from scenes.lettering.credits import Roll, credit_roll
from scenes.lettering.fonts import Family, lettering_identity, unset_signs
from scenes.lettering.layers import Layer, lay_over
from scenes.lettering.lower_thirds import LowerThird, lower_third
from scenes.lettering.setting import Align, LetteredBlock, set_text
from scenes.lettering.showing import lettered, lettering_notes, on_at, span_of, title_ink, words_of
from scenes.lettering.titles import title_card

__all__ = [
    "Align",
    "Family",
    "Layer",
    "LetteredBlock",
    "LowerThird",
    "Roll",
    "caption",
    "caption_advance",
    "caption_band",
    "column_of",
    "credit_roll",
    "lay_over",
    "lettered",
    "lettering_identity",
    "lettering_notes",
    "lower_third",
    "on_at",
    "set_text",
    "span_of",
    "title_card",
    "title_ink",
    "unset_signs",
    "words_of",
]
