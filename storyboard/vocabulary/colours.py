"""Colours that prose gives to things. Knows no numbers of them; whoever paints has those."""

from __future__ import annotations

from storyboard.vocabulary.table import Table

COLOURS = Table(
    "colour",
    {
        "red": ("scarlet, crimson, ruby", "красный, алый, багровый, рубиновый"),
        "orange": ("=apricot", "оранжевый"),
        "yellow": ("lemon yellow", "желтый"),
        "gold": ("golden, gilded", "золотой, золотистый, позолоченный"),
        "green": ("emerald, olive", "зеленый, изумрудный, оливковый"),
        "turquoise": ("teal, light blue, sky blue, cyan", "голубой, бирюзовый, лазурный"),
        "blue": ("azure", "синий"),
        "navy": ("dark blue, navy blue", "темно-синий"),
        "purple": ("violet", "фиолетовый, пурпурный"),
        "lilac": ("lavender", "лиловый, сиреневый"),
        "pink": ("rose-coloured", "розовый"),
        "brown": ("chestnut brown", "коричневый, бурый"),
        "beige": ("sand-coloured", "бежевый"),
        "white": ("snow-white, ivory", "белый, белоснежный"),
        "black": ("jet-black", "черный"),
        "grey": ("gray", "серый"),
        "silver": ("silvery", "серебряный, серебристый"),
        "burgundy": ("maroon, wine-red", "бордовый"),
    },
)
