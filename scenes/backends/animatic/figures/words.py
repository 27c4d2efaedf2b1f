"""The words of looks and wears that the painter can draw, in English and Russian.

English words stand whole; Russian ones as stems, since they are inflected. Data only.
"""

from __future__ import annotations

from scenes.backends.animatic.figure import Colour

COLOURS: dict[str, Colour] = {
    "red": (0.78, 0.18, 0.16), "scarlet": (0.85, 0.16, 0.14), "crimson": (0.66, 0.10, 0.18),
    "orange": (0.92, 0.52, 0.18), "yellow": (0.94, 0.78, 0.26),
    "gold": (0.90, 0.71, 0.28), "golden": (0.90, 0.71, 0.28), "green": (0.25, 0.50, 0.29),
    "emerald": (0.10, 0.52, 0.38), "olive": (0.46, 0.47, 0.25),
    "blue": (0.18, 0.36, 0.64), "navy": (0.14, 0.18, 0.36), "turquoise": (0.16, 0.62, 0.62),
    "teal": (0.12, 0.45, 0.47), "purple": (0.45, 0.24, 0.55),
    "violet": (0.48, 0.30, 0.64), "lilac": (0.70, 0.58, 0.80), "pink": (0.93, 0.60, 0.66),
    "brown": (0.45, 0.30, 0.19), "beige": (0.84, 0.75, 0.60),
    "white": (0.94, 0.93, 0.91), "cream": (0.95, 0.90, 0.78), "black": (0.14, 0.13, 0.16),
    "grey": (0.54, 0.55, 0.58), "gray": (0.54, 0.55, 0.58),
    "silver": (0.78, 0.80, 0.83), "maroon": (0.44, 0.12, 0.16), "burgundy": (0.44, 0.10, 0.18),
    "dark": (0.20, 0.18, 0.22),
    "ginger": (0.74, 0.36, 0.13), "blond": (0.88, 0.72, 0.42), "blonde": (0.88, 0.72, 0.42), "fair": (0.88, 0.72, 0.42),
    "chestnut": (0.42, 0.23, 0.13), "auburn": (0.50, 0.20, 0.11),
}  # fmt: skip

COLOUR_STEMS: dict[str, str] = {
    "красн": "red", "ал": "scarlet", "багров": "crimson", "оранжев": "orange", "желт": "yellow", "золот": "gold",
    "зелен": "green", "изумруд": "emerald",
    "оливков": "olive", "голуб": "turquoise", "син": "blue", "бирюзов": "turquoise", "фиолетов": "violet",
    "лилов": "lilac", "сиренев": "lilac",
    "пурпур": "purple", "розов": "pink", "коричнев": "brown", "бур": "brown", "бежев": "beige", "бел": "white",
    "черн": "black", "сер": "grey",
    "серебр": "silver", "бордов": "burgundy", "темн": "dark", "рыж": "ginger", "русы": "blond", "русая": "blond",
    "русой": "blond", "белокур": "blond",
    "светл": "blond", "каштанов": "chestnut", "сед": "silver",
}  # fmt: skip

THINGS: dict[str, tuple[str, str]] = {
    **dict.fromkeys(("hat", "hats"), ("hat", "felt")), "fedora": ("hat", "fedora"), "hood": ("hat", "hood"),
    "crown": ("hat", "crown"), "tiara": ("hat", "crown"),
    "cap": ("hat", "cap"), "tophat": ("hat", "top hat"), "kerchief": ("hat", "kerchief"),
    "bandana": ("hat", "kerchief"), "bonnet": ("hat", "bonnet"),
    "headscarf": ("hat", "headscarf"), "shawl": ("hat", "headscarf"), "beanie": ("hat", "beanie"),
    "helmet": ("hat", "helmet"), "beret": ("hat", "beret"),
    "coat": ("garment", "coat"), "overcoat": ("garment", "coat"), "trenchcoat": ("garment", "coat"),
    "trench": ("garment", "coat"), "raincoat": ("garment", "coat"),
    "dress": ("garment", "dress"), "gown": ("garment", "dress"), "skirt": ("garment", "dress"),
    "robe": ("garment", "robe"), "robes": ("garment", "robe"),
    "suit": ("garment", "suit"), "tuxedo": ("garment", "suit"), "jacket": ("garment", "suit"),
    "uniform": ("garment", "coat"), "armour": ("garment", "armour"),
    "armor": ("garment", "armour"), "shirt": ("garment", "shirt"), "sweater": ("garment", "shirt"),
    "jumper": ("garment", "shirt"), "tunic": ("garment", "shirt"),
    "overalls": ("garment", "overalls"), "spacesuit": ("garment", "spacesuit"),
    "trousers": ("part", "bottom"), "pants": ("part", "bottom"), "jeans": ("part", "bottom"),
    "breeches": ("part", "bottom"), "boots": ("part", "shoes"),
    "shoes": ("part", "shoes"), "scarf": ("worn", "scarf"), "cape": ("worn", "cape"), "cloak": ("worn", "cape"),
    "mantle": ("worn", "cape"),
    "apron": ("worn", "apron"), "beard": ("beard", "full"), "bearded": ("beard", "full"),
    "moustache": ("beard", "moustache"), "mustache": ("beard", "moustache"),
    "stubble": ("beard", "stubble"), "unshaven": ("beard", "stubble"), "glasses": ("glasses", ""),
    "spectacles": ("glasses", ""), "eyepatch": ("patch", ""),
    "hair": ("hair", ""), "haired": ("hair", ""), "ponytail": ("hair", "pony"), "braid": ("hair", "braid"),
    "braids": ("hair", "braid"), "plait": ("hair", "braid"),
    "bun": ("hair", "bun"), "curls": ("hair", "curly"), "bob": ("hair", "bob"), "skin": ("skin", ""),
    "skinned": ("skin", ""),
    "lantern": ("prop", "lantern"), "lamp": ("prop", "lantern"), "torch": ("prop", "torch"),
    "candle": ("prop", "candle"), "staff": ("prop", "staff"),
    "umbrella": ("prop", "umbrella"), "book": ("prop", "book"), "bouquet": ("prop", "bouquet"),
    "flowers": ("prop", "bouquet"), "suitcase": ("prop", "suitcase"),
    "sword": ("prop", "sword"), "broom": ("prop", "broom"), "spear": ("prop", "spear"), "violin": ("prop", "violin"),
    "tray": ("prop", "tray"),
    "bag": ("prop", "bag"), "pitchfork": ("prop", "pitchfork"), "wrench": ("prop", "wrench"),
    "cane": ("prop", "cane"), "stick": ("prop", "cane"),
    "letter": ("prop", "letter"),
}  # fmt: skip

THING_STEMS: dict[str, tuple[str, str]] = {
    "шляп": ("hat", "felt"), "капюшон": ("hat", "hood"), "корон": ("hat", "crown"), "кепк": ("hat", "cap"),
    "цилиндр": ("hat", "top hat"),
    "косынк": ("hat", "kerchief"), "чепец": ("hat", "bonnet"), "чепц": ("hat", "bonnet"),
    "чепчик": ("hat", "bonnet"), "плат": ("hat", "headscarf"),
    "платье": ("garment", "dress"), "платья": ("garment", "dress"), "шапк": ("hat", "beanie"),
    "шлем": ("hat", "helmet"), "каск": ("hat", "hard hat"),
    "берет": ("hat", "beret"), "фуражк": ("hat", "peaked cap"), "колпак": ("hat", "wizard"),
    "пальто": ("garment", "coat"), "шинел": ("garment", "coat"),
    "плащ": ("garment", "coat"), "шуб": ("garment", "coat"), "сарафан": ("garment", "dress"),
    "юбк": ("garment", "dress"), "халат": ("garment", "coat"),
    "мантия": ("garment", "robe"), "мантии": ("garment", "robe"), "мантию": ("garment", "robe"),
    "костюм": ("garment", "suit"), "фрак": ("garment", "suit"),
    "пиджак": ("garment", "suit"), "сюртук": ("garment", "coat"), "мундир": ("garment", "coat"),
    "доспех": ("garment", "armour"), "латы": ("garment", "armour"),
    "рубаш": ("garment", "shirt"), "рубах": ("garment", "shirt"), "свитер": ("garment", "shirt"),
    "куртк": ("garment", "suit"), "комбинезон": ("garment", "overalls"),
    "скафандр": ("garment", "spacesuit"), "брюк": ("part", "bottom"), "штан": ("part", "bottom"),
    "джинс": ("part", "bottom"), "сапог": ("part", "shoes"),
    "ботин": ("part", "shoes"), "башмак": ("part", "shoes"), "туфл": ("part", "shoes"), "шарф": ("worn", "scarf"),
    "накидк": ("worn", "cape"),
    "фартук": ("worn", "apron"), "передник": ("worn", "apron"), "бород": ("beard", "full"),
    "усы": ("beard", "moustache"), "усами": ("beard", "moustache"),
    "усат": ("beard", "moustache"), "щетин": ("beard", "stubble"), "небрит": ("beard", "stubble"),
    "очк": ("glasses", ""), "волос": ("hair", ""),
    "хвост": ("hair", "pony"), "кос": ("hair", "braid"), "пуч": ("hair", "bun"), "кудр": ("hair", "curly"),
    "кожа": ("skin", ""), "кожей": ("skin", ""),
    "фонар": ("prop", "lantern"), "факел": ("prop", "torch"), "свеч": ("prop", "candle"), "посох": ("prop", "staff"),
    "зонт": ("prop", "umbrella"),
    "книг": ("prop", "book"), "букет": ("prop", "bouquet"), "цвет": ("prop", "bouquet"),
    "чемодан": ("prop", "suitcase"), "меч": ("prop", "sword"),
    "метл": ("prop", "broom"), "копь": ("prop", "spear"), "скрипк": ("prop", "violin"), "поднос": ("prop", "tray"),
    "сумк": ("prop", "bag"), "вил": ("prop", "pitchfork"),
    "трост": ("prop", "cane"), "письм": ("prop", "letter"),
}  # fmt: skip

TRAITS: dict[str, str] = {
    "short": "short", "small": "small", "little": "small", "tiny": "small", "tall": "tall", "big": "big",
    "large": "big", "huge": "big", "round": "round",
    "plump": "round", "fat": "round", "stout": "round", "chubby": "round", "heavy": "round", "thin": "thin",
    "slim": "thin", "slender": "thin", "lean": "thin",
    "skinny": "thin", "old": "old", "elderly": "old", "aged": "old", "young": "young", "long": "long",
    "curly": "curly", "bald": "bald", "spiky": "spiky",
    "pale": "pale", "tanned": "tanned", "dark-skinned": "dark-skinned", "woman": "woman", "girl": "girl",
    "lady": "woman", "female": "woman", "she": "woman",
    "man": "man", "male": "man", "boy": "boy", "child": "child", "straw": "straw", "wizard": "pointed",
    "pointed": "pointed", "pointy": "pointed",
    "top": "top", "knitted": "knitted", "woolly": "knitted", "hard": "hard", "hooded": "hooded", "bowler": "bowler",
    "flat": "flat", "peaked": "peaked",
}  # fmt: skip

TRAIT_STEMS: dict[str, str] = {
    "низк": "short", "невысок": "short", "коротк": "short", "маленьк": "small", "высок": "tall", "больш": "big",
    "крупн": "big", "кругл": "round",
    "полн": "round", "толст": "round", "худ": "thin", "тощ": "thin", "тонк": "thin", "стройн": "thin",
    "старый": "old", "старая": "old", "пожил": "old",
    "старик": "old", "старух": "old-woman", "молод": "young", "длинн": "long", "кудряв": "curly", "курчав": "curly",
    "лысый": "bald", "лысая": "bald",
    "лысин": "bald", "бледн": "pale", "загорел": "tanned", "смугл": "tanned", "темнокож": "dark-skinned",
    "женщин": "woman", "девушк": "woman", "дама": "woman",
    "девочк": "girl", "мужчин": "man", "мальчик": "boy", "ребен": "child", "соломенн": "straw",
    "остроконечн": "pointed", "вязан": "knitted", "рыжеволос": "red-haired",
    "светловолос": "fair-haired", "темноволос": "dark-haired", "черноволос": "black-haired",
    "седовлас": "grey-haired", "длинноволос": "long-haired",
}  # fmt: skip

FILLERS = frozenset({
    "a", "an", "the", "and", "with", "in", "of", "his", "her", "its", "their", "very", "quite", "rather", "wearing",
    "wears", "wear", "dressed", "has", "is", "always", "on", "at", "over", "under", "who", "to", "for", "travelling",
    "traveling", "travel", "worn", "warm", "woollen", "wool", "leather", "felt", "cotton", "silk", "velvet", "linen",
    "old-fashioned", "thick", "light", "plain", "simple", "и", "с", "со", "в", "во", "на", "из", "у", "за", "под",
    "очень", "всегда", "его", "её", "ее", "он", "она", "дорожн", "дорожное", "дорожный", "дорожная", "теплый",
    "теплая", "теплое", "фетровая", "фетровой", "фетровую", "фетровый", "шерстяной", "шерстяная", "кожаный",
    "кожаная", "кожаные", "простой", "простая", "простое", "носит", "одет", "одета", "одеты",
})  # fmt: skip
"""Words that change nothing and are not worth telling of."""
