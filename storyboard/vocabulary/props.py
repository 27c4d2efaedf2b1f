"""Things that can be shown: in a hand, or standing about.

Knows nothing of how they look; `PORTABLE` says which of them a hand can hold.
"""

from __future__ import annotations

from storyboard.vocabulary.table import Table

PROPS = Table(
    "prop",
    {
        "lantern": (
            "lanterns, oil lamp, hurricane lamp, lamp",
            "фонарь, фонарик, лампа, керосиновая лампа, светильник",
        ),
        "candle": (
            "candles, candlestick, candelabra",
            "свеча, свечка, свечи, подсвечник, свечек",
        ),
        "torch": (
            "torches, flashlight, burning torch",
            "факел, факелы",
        ),
        "staff": (
            "walking staff, magic staff, wizard's staff, crook",
            "посох",
        ),
        "spear": (
            "spears, lance, pike, halberd",
            "копье, копья, алебарда",
        ),
        "pitchfork": (
            "pitchforks, hayfork",
            "вилы",
        ),
        "broom": (
            "broomstick, besom, brooms",
            "метла, метлы, веник",
        ),
        "cane": (
            "walking stick, walking cane",
            "трость, палка, тростью",
        ),
        "umbrella": (
            "umbrellas, parasol",
            "зонт, зонтик, зонты",
        ),
        "book": (
            "books, open book, old book",
            "книга, книги, книжка, книг",
        ),
        "letter": (
            "letters, =note, envelope, telegram, newspaper",
            "письмо, письма, записка, конверт, телеграмма, газета",
        ),
        "bouquet": (
            "bouquets, bunch of flowers, flowers in hand",
            "букет, букеты, букет цветов",
        ),
        "suitcase": (
            "suitcases, luggage, valise",
            "чемодан, чемоданы, багаж",
        ),
        "bag": (
            "bags, handbag, sack, satchel, backpack, rucksack",
            "сумка, сумки, мешок, рюкзак, мешки, котомка, узелок",
        ),
        "sword": (
            "swords, sabre, saber, blade, rapier, dagger",
            "меч, мечи, сабля, шпага, клинок, кинжал",
        ),
        "wrench": (
            "spanner, wrenches, hammer, =tool",
            "гаечный ключ, молоток, =инструмент",
        ),
        "violin": (
            "violins, fiddle",
            "скрипка, скрипки",
        ),
        "tray": (
            "trays, salver, platter",
            "поднос, подносы",
        ),
        "flask": (
            "flasks, bottle, bottles, vial, potion",
            "бутылка, колба, бутылки, зелье, фляга, бутылок, фляжка",
        ),
        "crate": (
            "crates, box, boxes, parcel, package",
            "ящик, коробка, коробки, посылка, ящики, коробок",
        ),
        "stool": (
            "stools, =seat",
            "табурет, табуретка, скамеечка",
        ),
        "throne": (
            "thrones",
            "трон",
        ),
        "signpost": (
            "sign, signs, signposts, road sign, =pointer",
            "указатель, дорожный знак, вывеска, табличка",
        ),
        "boulder": (
            "boulders, large stone, big rock, giant rock",
            "валун, валуны, большой камень, глыба",
        ),
        "tent": (
            "tents, marquee",
            "палатка, шатер, палатки, палаток",
        ),
        "campfire": (
            "bonfire, campfires, camp fire, bonfires",
            "костер, костры",
        ),
        "table": (
            "tables, desk, desks",
            "стол, столы, столик, письменный стол, рабочий стол, парта",
        ),
        "chair": (
            "chairs, armchair, bench, sofa",
            "стул, стулья, кресло, кресла, скамья, скамейка, диван, лавка, скамейке",
        ),
        "lamppost": (
            "lamp post, street lamp, streetlamp, street light, streetlight, lampposts",
            "фонарный столб, уличный фонарь, уличные фонари",
        ),
        "car": (
            "cars, automobile, taxi, truck",
            "машина, автомобиль, машины, такси, грузовик",
        ),
        "bus": (
            "buses",
            "автобус, автобусы, троллейбус",
        ),
        "bicycle": (
            "bike, bicycles, bikes",
            "велосипед, велосипеды",
        ),
        "train": (
            "trains, locomotive, steam train, tram",
            "поезд, паровоз, поезда, электричка, трамвай",
        ),
        "boat": (
            "boats, rowing boat, canoe, gondola",
            "лодка, лодки, шлюпка, лодок, лодочка",
        ),
        "ship": (
            "ships, sailing ship, galleon, sailing boat",
            "корабль, корабли, парусник, судно, яхта, пароход",
        ),
        "rocket": (
            "rockets, spaceship, spacecraft, starship",
            "ракета, космический корабль, ракеты, звездолет",
        ),
        "plane": (
            "planes, airplane, aeroplane, aircraft",
            "самолет, самолеты",
        ),
        "piano": (
            "grand piano, pianos",
            "пианино, рояль, фортепиано",
        ),
        "guitar": (
            "guitars, lute, balalaika, banjo",
            "гитара, гитары, лютня, балалайка",
        ),
        "clock": (
            "clocks, alarm clock, pocket watch, wall clock, grandfather clock",
            "!часы, настенные часы, будильник, карманные часы, циферблат",
        ),
        "telephone": (
            "phone, telephones, phones, smartphone, mobile",
            "телефон, телефоны, смартфон, телефонная трубка",
        ),
        "computer": (
            "computers, laptop, laptops, monitor",
            "компьютер, компьютеры, ноутбук, монитор",
        ),
        "key": (
            "keys, golden key, old key",
            "ключ, ключи, ключик",
        ),
        "gift": (
            "gifts, present box, gift box, wrapped present",
            "подарок, подарки, подарков",
        ),
        "cake": (
            "cakes, pie, birthday cake",
            "торт, пирог, торты, пироги",
        ),
        "teapot": (
            "teapots, kettle, samovar",
            "чайник, самовар, чайники",
        ),
        "cup": (
            "cups, mug, mugs, goblet, tea cup, teacup",
            "чашка, кружка, чашки, бокал, кубок, стакан, чашек, кружки",
        ),
        "ball": (
            "balls, football",
            "мяч, мячик, мячи",
        ),
        "balloon": (
            "balloons, toy balloon",
            "воздушный шар, воздушные шары, воздушный шарик, шарик, шарики",
        ),
        "kite": (
            "kites, paper kite",
            "воздушный змей, бумажный змей",
        ),
        "bed": (
            "beds, cot, =bunk",
            "кровать, постель, кровати, койка",
        ),
        "mirror": (
            "mirrors, looking glass",
            "зеркало, зеркала, зеркал",
        ),
        "ladder": (
            "ladders, step ladder, stepladder",
            "стремянка, приставная лестница, =лестница",
        ),
        "barrel": (
            "barrels, cask, keg",
            "бочка, бочки, бочонок, бочек",
        ),
        "chest": (
            ("=chest, treasure chest, wooden chest, old chest, a chest, the chest, chest of gold, iron chest"),
            "сундук, сундуки, сундучок, ларец",
        ),
        "map": (
            "maps, treasure map, old map",
            "карта, карты, карта сокровищ",
        ),
        "telescope": (
            "telescopes, spyglass",
            "телескоп, подзорная труба, телескопы",
        ),
        "flag": (
            "flags, banner, banners",
            "флаг, знамя, флаги, знамена, флажок",
        ),
        "statue": (
            "statues, monument, sculpture",
            "статуя, памятник, статуи, скульптура, изваяние",
        ),
        "fountain": (
            "fountains",
            "фонтан, фонтаны",
        ),
        "well": (
            "=well, a well, the well, old well, stone well, wishing well, village well",
            "колодец, колодцы, у колодца",
        ),
        "gravestone": (
            "gravestones, tombstone, tombstones, =grave, on a grave, the grave, at a grave, headstone",
            "надгробие, !могила, могилы, могильный камень, надгробия, могильная плита",
        ),
        "skull": (
            "skulls, human skull",
            "череп",
        ),
        "crystal": (
            "crystals, gem, jewel, diamond",
            "кристалл, кристаллы, самоцвет, алмаз, драгоценный камень",
        ),
    },
)

PORTABLE = frozenset({
    "lantern", "candle", "torch", "staff", "spear", "pitchfork", "broom", "cane", "umbrella", "book", "letter",
    "bouquet", "suitcase", "bag", "sword", "wrench", "violin", "tray", "flask", "crate", "stool", "chair", "guitar",
    "clock", "telephone", "computer", "key", "gift", "cake", "teapot", "cup", "ball", "balloon", "kite", "mirror",
    "ladder", "map", "telescope", "flag", "skull", "crystal",
})  # fmt: skip
"""Things that one person can hold or carry."""
