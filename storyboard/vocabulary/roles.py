"""Who somebody is: picks body, clothes and prop in the painter, and words in a prompt."""

from __future__ import annotations

from storyboard.vocabulary.table import Table

ROLES = Table(
    "role",
    {
        "hero": (
            "main character, protagonist, adventurer, traveller, traveler, hiker, explorer, hunter",
            "герой, главный герой, путешественник, путник, странник, искатель приключений, охотник",
        ),
        "heroine": (
            "female hero, adventuress",
            "героиня, главная героиня, путешественница, странница",
        ),
        "man": (
            "=male, adult man, gentleman, guy, father, husband, brother, landowner, nobleman",
            "мужчина, человек, господин, отец, муж, брат, барин, помещик, дворянин, парень, юноша",
        ),
        "woman": (
            "=female, adult woman, lady, mother, wife, sister, noblewoman",
            "женщина, госпожа, дама, мать, жена, сестра, барыня, помещица, дворянка, девушка, красавица",
        ),
        "child": (
            "boy, girl, kid, children, son, daughter, toddler, teenager, baby",
            "ребенок, мальчик, девочка, сын, дочь, подросток, малыш, дитя",
        ),
        "old man": (
            "grandfather, elderly man, =elder, granddad, old gentleman, monk",
            "старик, дед, дедушка, старец, пожилой мужчина, монах",
        ),
        "old woman": (
            "grandmother, elderly woman, granny, crone, old lady",
            "старуха, старушка, бабушка, пожилая женщина, бабка",
        ),
        "detective": (
            "investigator, inspector, police officer, policeman, cop, private eye, sleuth",
            "детектив, сыщик, следователь, инспектор, полицейский",
        ),
        "wizard": (
            "mage, sorcerer, magician, guru, warlock",
            "волшебник, маг, чародей, колдун, гуру, кудесник",
        ),
        "knight": (
            "paladin, warrior, swordsman",
            "рыцарь, воин, богатырь, витязь",
        ),
        "king": (
            "emperor, monarch, tsar, sultan",
            "король, царь, император, князь",
        ),
        "queen": (
            "empress, tsarina",
            "королева, царица, императрица, княгиня",
        ),
        "soldier": (
            "guard, officer, marine, guardsman, sentry, policeman, police officer, captain, sailor",
            "солдат, часовой, стражник, офицер, =военный, боец, полицейский, капитан, моряк, матрос",
        ),
        "scientist": (
            "professor, researcher, inventor, student, scholar, teacher",
            "ученый, профессор, исследователь, изобретатель, студент, учитель, учительница",
        ),
        "doctor": (
            "physician, medic, surgeon",
            "врач, доктор, лекарь, хирург",
        ),
        "robot": (
            "android, droid, cyborg, =machine",
            "робот, андроид, киборг, дроид",
        ),
        "astronaut": (
            "cosmonaut, spaceman, space traveller, pilot",
            "космонавт, астронавт, пилот",
        ),
        "worker": (
            "builder, engineer, mechanic, labourer, miner, driver, station master",
            "рабочий, строитель, инженер, механик, шахтер, водитель, начальник станции, слесарь",
        ),
        "farmer": (
            "peasant, shepherd, gardener, fisherman",
            "фермер, крестьянин, пастух, садовник, мужик, крестьянка, рыбак",
        ),
        "musician": (
            "singer, bard, violinist, guitarist, pianist, minstrel",
            "музыкант, певец, бард, скрипач, гитарист, пианист, певица",
        ),
        "villain": (
            "antagonist, bandit, criminal, outlaw",
            "злодей, антагонист, разбойник, бандит, преступник",
        ),
        "merchant": (
            "trader, shopkeeper, seller, salesman, businessman",
            "купец, торговец, лавочник, продавец, предприниматель",
        ),
        "servant": (
            "butler, footman, valet, waiter, lackey",
            "слуга, лакей, дворецкий, официант, камердинер",
        ),
        "maid": (
            "housemaid, maidservant, governess, =cook, nanny, waitress",
            "горничная, служанка, гувернантка, кухарка, няня, официантка",
        ),
        "clerk": (
            ("=official, secretary, accountant, bookkeeper, postal clerk, postman, postwoman, office worker, =witness"),
            ("конторщик, чиновник, секретарь, бухгалтер, писарь, почтовый чиновник, почтальон, приказчик, свидетель"),
        ),
        "witch": ("sorceress, enchantress, hag", "ведьма, колдунья, чародейка, волшебница"),
        "pirate": ("buccaneer, corsair, privateer", "пират, корсар, флибустьер"),
        "thief": ("burglar, robber, pickpocket", "вор, воришка, грабитель, карманник"),
        "prince": ("crown prince, young king", "принц, царевич, королевич"),
        "princess": ("crown princess, young queen", "принцесса, царевна, королевна"),
        "nurse": ("hospital nurse, sister of mercy", "медсестра, санитарка, сестра милосердия"),
        "crowd": (
            "people, passers-by, guests, audience, villagers, passer-by",
            "толпа, люди, прохожие, гости, зрители, жители, прохожий, прислуга",
        ),
        "dog": (
            "puppy, hound",
            "собака, пес, щенок",
        ),
        "cat": (
            "kitten",
            "кот, кошка, котенок, котик",
        ),
        "horse": (
            "pony, stallion, mare",
            "лошадь, конь, пони, жеребенок",
        ),
        "wolf": (
            "werewolf, wolves",
            "волк, волчица",
        ),
        "fox": ("foxes, vixen", "лиса, лисица, лис, лисичка"),
        "bird": (
            "crow, raven, owl, eagle, sparrow, parrot",
            "птица, ворона, ворон, сова, орел, воробей, попугай, птичка",
        ),
    },
)

ANIMALS = frozenset({"dog", "cat", "horse", "wolf", "fox", "bird"})
"""Roles that are no people."""
