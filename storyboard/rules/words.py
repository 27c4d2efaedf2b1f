"""Words by which rules know prose that says little, things that move, and what is denied; English and Russian.

Kept as stems, so that every form of them is found. Knows no rule.
"""

from __future__ import annotations

import re

from storyboard.vocabulary.actions import ACTIONS
from storyboard.vocabulary.stems import stem_set, stems, word_set
from storyboard.vocabulary.table import spot

PRAISE = stem_set(
    "beautiful pretty gorgeous stunning amazing awesome incredible fantastic wonderful great nice good best perfect "
    "epic cool impressive breathtaking spectacular magnificent lovely fine interesting masterpiece masterful quality "
    "high highly ultra super hd uhd fullhd 4k 8k hdr detailed detail realistic photorealistic hyperrealistic "
    "professional award winning trending artstation viral cinematic dramatic aesthetic atmospheric vivid sharp "
    "крутой красивый красиво прекрасный прекрасно потрясающий восхитительный великолепный удивительный невероятный "
    "шикарный замечательный отличный хороший лучший классный эпичный эпический впечатляющий интересный идеальный "
    "шедевр качество качественный высокий высококачественный детальный детализированный реалистичный "
    "фотореалистичный профессиональный кинематографичный атмосферный эстетичный яркий супер ультра"
)
"""What praises a picture and shows nothing."""

MEDIUM = stem_set(
    "video film movie clip footage shot scene picture image photo frame animation render rendering style look view "
    "видео фильм кино ролик клип съёмка план сцена картина картинка изображение фото кадр анимация стиль вид"
)
"""What a picture is, whatever it shows."""

LITTLE = word_set(
    "a an the of in on at to and or with very really so some this that it is are be for by from as more most some "
    "something someone thing stuff make made make show shows showing please i we want like about "
    "и или в во на с со к по из от для о об очень самый самая самое самые какой какая какой-то что-то нечто это этот "
    "эта как так ещё весьма пожалуйста сделай покажи хочу мне нам про всё все"
)
"""Words that stand with others and show nothing by themselves."""

MOTION = stem_set(
    "move motion moving sail row steam ring knock beat flap chatter stretch bow curtsy sweep scrub stir boil bubble "
    "flow drift float fly flying glide soar rise rising sink fall falling drop drip pour spill burn "
    "flicker glow pulse shimmer sway swing wave waving blow billow flutter rustle tremble shake roll spin rotate swirl "
    "whirl turn twist run walk ride drive race chase jump leap climb crawl swim dive dance play fight throw catch push "
    "pull open close enter exit leave arrive come go approach pass cross follow carry lift raise lower grow spread "
    "break crack explode melt freeze rain snow storm stream surge crash splash ripple gallop march stride step stumble "
    "look turn nod smile laugh cry blink breathe speak talk sing whisper shout write read eat drink pick put take give "
    "reach point hug kiss kneel sit stand lie wake sleep hide appear vanish fade emerge unfold settle scatter gather "
    "двигаться движение двигается течёт течь плыть плывёт парить парит лететь летит летают поднимается поднимается "
    "опускается падает падать капает льётся горит горят мерцает мигает пульсирует качается качаются колышется машет "
    "дует развевается трепещет дрожит трясётся катится крутится кружится вращается вертится поворачивается бежит идёт "
    "идут едет едут мчится гонится прыгает прыгают лезет ползёт плавает ныряет танцует играет дерётся бросает ловит "
    "толкает тянет открывает открывается закрывает закрывается входит выходит уходит приходит приближается проходит "
    "пересекает следует несёт растёт ломается трескается взрывается тает замерзает дождь снегопад буря плещет плещется "
    "скачет марширует шагает спотыкается смотрит кивает улыбается смеётся плачет моргает дышит говорит поёт шепчет "
    "кричит пишет читает ест пьёт берёт кладёт даёт указывает обнимает целует садится встаёт ложится просыпается "
    "прячется появляется исчезает гаснет тушит разлетается собирается волнуется всходит заходит"
)
"""What moves in a picture, or has somebody move."""

NEGATIONS = re.compile(r"\b(?P<word>no|not|without|never|нет|без|не|ни)\s+(?P<what>[^\W\d_][\w'-]*)", re.IGNORECASE)
"""A denial and the word after it."""

STROBES = re.compile(
    r"\b(strob\w*|flash(?:es|ing)? (?:rapidly|quickly|on and off|lights?)|(?:rapid|rapidly|quick) flash\w*|"
    r"flashing|flicker\w* rapidly|rapid\w* flicker\w*|"
    r"стробоскоп\w*|строб(?:ы|ов|ит)?|мига\w*|быстр\w* вспышк\w*|вспышк\w* за вспышк\w*|часты\w* вспышк\w*)\b",
    re.IGNORECASE,
)
"""What says that light goes on and off quickly."""


def said(text: str) -> list[str]:
    """The stems of a text that say something: neither praise nor what any picture is."""
    from storyboard.vocabulary.stems import stem, tokens

    every = (token for token in tokens(text) if token not in LITTLE)
    found = (stem(token) for token in every)
    return [one for one in found if one not in PRAISE and one not in MEDIUM and not one.isdigit()]


def praises(text: str) -> bool:
    """Whether a text praises what it is to show."""
    return any(one in PRAISE for one in stems(text))


def moves(text: str) -> bool:
    """Whether a text has something move."""
    return bool(spot(ACTIONS, text)) or any(one in MOTION for one in stems(text))
